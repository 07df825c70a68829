"""Reading instrument files: what is taken, and what is refused with line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.load import InstrumentError, content_hash, examine, load, loads
from instruments.schema import ChoiceItem, FormPage, Instrument, ScaleItem

SAMPLES = Path(__file__).parent / "samples"
REFUSED = sorted((SAMPLES / "refused").glob("*.yaml"))
GDE = Path(__file__).parents[2] / "instruments" / "library" / "gde.yaml"


def sample(name: str) -> Instrument:
    return load(SAMPLES / f"{name}.yaml")


def options_of(instrument: Instrument, page: str) -> dict[str, list[tuple[str, object]]]:
    form = instrument.page(page)
    assert isinstance(form, FormPage)
    return {i.id: [(o.value, o.label) for o in i.options] for i in form.items if isinstance(i, ChoiceItem | ScaleItem)}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_sound_sample_is_read_without_any_problem(path: Path) -> None:
    reading = examine(path.read_text(encoding="utf-8"), path.name)
    assert [str(p) for p in reading.problems] == []
    assert reading.instrument is not None


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_faulty_sample_is_refused_at_its_marked_line_in_the_marked_words(path: Path) -> None:
    """Each sample marks its fault: `# refused: part of the message | part of the remedy`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "# refused: " in text)
    message, _, remedy = lines[line - 1].partition("# refused: ")[2].partition(" | ")
    with pytest.raises(InstrumentError) as caught:
        load(path)
    there = [p for p in caught.value.problems if p.line == line and message in p.message]
    assert there, f"expected line {line}: {message}; got\n{caught.value}"
    assert remedy in there[0].remedy
    assert f"{path.name}:{line}: " in str(caught.value)


def test_samples_are_short() -> None:
    long = [p.name for p in SAMPLES.rglob("*.yaml") if len(p.read_text(encoding="utf-8").splitlines()) >= 20]
    assert long == ["whole.yaml"], "one sample holds the whole language"


def test_short_forms_are_written_out() -> None:
    options = options_of(sample("short_forms"), "about_you")
    assert options["role"] == [("nurse", "Nurse"), ("doctor", "Doctor")]
    assert options["tie"] == options["tie_again"] == [("weak", "Weak"), ("very_strong", "Very strong")]
    assert options["change"] == [("same", "Same"), ("yes", "Yes"), ("no", "No")], "yes and no stay words"


def test_every_fault_of_a_file_is_listed_in_its_order() -> None:
    text = 'instrument: {id: X, version: "1"}\npages: []\nties: {advice: {fom: names}}\n'
    with pytest.raises(InstrumentError) as caught:
        loads(text, "three.yaml")
    assert [p.line for p in caught.value.problems] == sorted(p.line for p in caught.value.problems)
    assert {p.line for p in caught.value.problems} == {1, 2, 3}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
        ("- a\n- b\n", 1, "no 'instrument:'"),
        ("instrument: 3\n", 1, "holds no keys"),
        ("? [a]\n: b\n", 1, "one word"),
        ("a: b\nc: \x00\n", 2, "does not allow"),
        ('a: b\nc: "\\ud800"\n', 2, "hidden character"),
        ('a: b\nc: "\\U99999999"\n', 2, "not YAML"),
        ("a: " + "x" * 1024 * 1024, 1, "larger than 1 MiB"),
        ("a: [" + "b," * 60_000 + "]", 1, "more than 60000 entries"),
        ("[" * 5000, 1, "nested deeper"),
        ("a: &a [b]\nc: &c [*a, *a]\n", 2, "alias"),
    ],
)
def test_odd_files_are_refused_with_a_line(text: str, line: int, words: str) -> None:
    reading = examine(text, "odd.yaml")
    assert reading.instrument is None
    assert [(p.line, words in p.message) for p in reading.problems] == [(line, True)]


def test_a_file_that_is_absent_or_not_utf8_is_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"instrument: {id: caf\xe9}")
    for path, words in [(latin, "UTF-8"), (tmp_path / "absent.yaml", "cannot be read")]:
        with pytest.raises(InstrumentError, match=words):
            load(path)


def test_more_than_500_questions_are_refused() -> None:
    head, tail = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8").split("  - {id: done")
    items = ", ".join(f"{{id: q{n}, type: boolean}}" for n in range(501))
    with pytest.raises(InstrumentError, match="There are 501 questions"):
        loads(f"{head}  - {{id: f, type: form, items: [{items}]}}\n  - {{id: done{tail}", "long.yaml")


def test_a_warning_is_kept_apart_from_errors() -> None:
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    reading = examine(text.replace("title: A sample", "title: A sample, target_minutes: 0.1"), "slow.yaml")
    assert reading.instrument is not None
    assert [(p.severity, p.line) for p in reading.problems] == [("warning", 2)]
    assert "slow.yaml:2: warning: " in str(reading.problems[0])


def test_the_hash_sees_content_and_nothing_else() -> None:
    one = "instrument: {id: a, title: No}\npages: [x]\n"
    same = "# a comment\npages:\n  - x\n\ninstrument:\n  title: No   # another\n  'id': \"a\"\n"
    assert content_hash(one) == content_hash(same)
    assert content_hash(one) != content_hash(one.replace("No", "Nay"))
    assert len(content_hash(one)) == 64


MARKS = st.sampled_from([*"{}[]:,&*!|>'\"%@`~#-? \tz1\x00\u2028é\n", "<<: ", "- ", "!!int ", "&a ", "*a", "null"])
EDIT = st.tuples(st.integers(0, 10**6), st.integers(0, 12), MARKS)


@settings(max_examples=60, deadline=None)
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_a_damaged_file_is_taken_or_refused_with_lines_and_nothing_else(edits: list[tuple[int, int, str]]) -> None:
    text = GDE.read_text(encoding="utf-8")
    for place, cut, put in edits:
        at = place % len(text)
        text = text[:at] + put + text[at + cut :]
    try:
        assert isinstance(loads(text, "damaged.yaml"), Instrument)
    except InstrumentError as error:
        most = len(text.splitlines()) + 1
        assert error.problems and all(1 <= p.line <= most for p in error.problems)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused(text: str) -> None:
    assert examine(text, "any.yaml").instrument is None
