"""What is made of an instrument for people and programs beside it: paper, codebook, JSON Schema."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from instruments.codebook import Column, codebook, codebook_csv, codebook_json
from instruments.json_schema import json_schema, json_schema_text
from instruments.lint_texts import texts
from instruments.load import load, loads
from instruments.printing import printed
from instruments.printing_conditions import in_words
from instruments.source import plain, read_tree

from .interviews import GDE, SAMPLES, sample

LIBRARY = sorted(GDE.parent.glob("*.yaml"))
SOUND = [*LIBRARY, *sorted(SAMPLES.glob("*.yaml"))]
JOB = "the answer to “What is your main job?”"
VALIDATOR = Draft202012Validator(json_schema())


def written(text: str) -> object:
    return plain(read_tree(text, "x.yaml"))


class Reader(HTMLParser):
    """The words of a page, and which tags were left open."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open += [] if tag in ("meta", "br") else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> str:
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    return " ".join(" ".join(reader.words).split())


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_the_paper_holds_every_wording_in_every_language(path: Path) -> None:
    instrument = load(path)
    paper = read(printed(instrument))
    for text, place in texts(instrument):
        for words in [text] if isinstance(text, str) else text.values():
            shown = " ".join(words.split()).replace("{alter}", "[name]").replace("{to}", "[other name]")
            shown = re.sub(r"\{(\w+)\}", r"[\1]", shown)
            unread = place[0] in ("relations", "scales", "roles", "mechanisms") or place[-1] == "error"
            assert unread or shown in paper, place


def test_the_paper_loads_nothing_from_anywhere() -> None:
    paper = printed(load(GDE))
    assert not re.search(r"(?:src|href)=|url\(|@import|https?:", paper)


def test_a_wording_is_never_markup() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    paper = printed(loads(text.replace("Please read this.", '"<script>alert(1)</script> & more"'), "x"))
    assert "<script>" not in paper
    assert "<script>alert(1)</script> & more" in read(paper)


def test_each_language_is_a_part_of_its_own() -> None:
    paper = printed(sample("two_languages"))
    assert re.findall(r'<main class="language" lang="(\w+)">', paper) == ["en", "cy"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('role == "nurse"', f"{JOB} is “Nurse or midwife”"),
        ('role != "nurse" && wave > 1', f"{JOB} is not “Nurse or midwife” and the wave is more than 1"),
        ("size(topics_of_mine) >= 3", "size(topics_of_mine) >= 3"),
        ("size(digital_years) >= 3", "the number of people or answers for “How long?” is at least 3"),
        ('alter.freq in ["daily", "weekly"]', "the answer to “How often, …?” is one of “Most days” or “Most weeks”"),
        ('!("epma" in alter.flow)', "the answer to “…: …” does not include “Electronic prescribing”"),
        ("role.startsWith('n')", "role.startsWith('n')"),
        ('role == digital_years', f"{JOB} is the answer to “How long?”"),
    ],
)  # fmt: skip
def test_a_condition_is_told_in_words(condition: str, words: str) -> None:
    text = GDE.read_text(encoding="utf-8").replace("How often do you talk to {alter}?", "How often, {alter}?")
    text = text.replace("How long have you worked on digital projects?", "How long?")
    assert in_words(condition, loads(text, "gde"), "en") == words


def test_the_codebook_has_a_row_for_each_column() -> None:
    columns = {column.id: column for column in codebook(load(GDE))}
    assert list(columns)[:5] == ["agree_read", "agree_voluntary", "site", "role", "digital_years"]
    assert columns["flow"].of == "alter x topic"
    assert columns["freq"].values.startswith("daily=Most days; weekly=Most weeks")
    assert columns["digital_years"].missing.endswith("prefer_not=would rather not say")
    assert columns["exchange"].pii == "free_text"
    assert columns["advice_names"].pii == "none", "how many were named, and not who"


def test_a_page_that_is_one_question_has_its_reasons_for_no_answer_and_its_words_in_the_codebook() -> None:
    column = next(column for column in codebook(sample("pairs")) if column.of == "alter pair")
    assert column.missing.endswith("dont_know=does not know")
    column = next(column for column in codebook(sample("whole")) if column.id == "who_knows_whom")
    assert column.question == "Do {alter} and {to} know each other?"


def test_the_paper_tells_which_answers_are_taken() -> None:
    said = read(printed(sample("dates"))) + read(printed(sample("rank"))) + read(printed(sample("whole")))
    for words in (
        "born: must be answered, from 1930-01-01 to 2010-12-31",
        "first_two: may be left blank, the first 2 in order, in an order of each respondent's own",
        "first_year: may be left blank, from 1990 to 2026, whole numbers",
    ):
        assert words in said


def test_other_words_likert_statements_and_groups_have_columns_of_their_own() -> None:
    whole = {column.id for path in SOUND for column in codebook(load(path))}
    assert {"one_other", "people_you_know.gps"} <= whole
    statements = {column.id for column in codebook(sample("likert"))}
    likert = next(i for p in sample("likert").pages for i in getattr(p, "items", ()) if i.type == "likert")
    assert {statement.id for statement in likert.statements} <= statements
    assert likert.id not in statements


def test_the_conditions_of_page_and_question_stand_together() -> None:
    text = (SAMPLES / "every_kind.yaml").read_text(encoding="utf-8")
    page = "  - {id: f, type: form, when: age > 20, items: [{id: z, type: text, when: agreed}]}\n  - {id: done"
    columns = {c.id: c for c in codebook(loads(text.replace("  - {id: done", page), "x"))}
    assert columns["z"].condition == "(age > 20) && (agreed)"


def test_the_codebook_as_csv_reads_back_and_runs_no_formula() -> None:
    column = Column("a", "p", "ego", "=1+1", "text", "-5 to 5", "", "", "all", "none")
    row = next(csv.DictReader(io.StringIO(codebook_csv((column,)))))
    assert (row["question"], row["values"]) == ("'=1+1", "'-5 to 5")
    assert json.loads(codebook_json((column,)))[0]["question"] == "=1+1"


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_a_sound_file_fits_the_schema(path: Path) -> None:
    assert list(VALIDATOR.iter_errors(written(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: consent", "type: consnt"),
        ("none_option", "no_option"),
        ("id: sample,", ""),
        ("modes: [recall]", "modes: [telepathy]"),
        ("statements:", "statement:"),
        ("version: 1.0.0", "version: one"),
    ],
)
def test_a_faulty_file_does_not_fit_it(old: str, new: str) -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    assert VALIDATOR.is_valid(written(text))
    assert not VALIDATOR.is_valid(written(text.replace(old, new, 1)))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads(json_schema_text()))
