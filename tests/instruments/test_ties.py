"""What answers mean for the network."""

from __future__ import annotations

import pytest

from instruments.load import load, loads
from instruments.responses import Missing, Value
from instruments.ties import BoundTie, bind

from .interviews import GDE, SAMPLES, interview, sample


def gde(named: int, answers: dict[tuple[str, int | None, str | None], Value]) -> tuple[BoundTie, ...]:
    return bind(load(GDE), interview(named, answers, page="advice_names"))


def test_each_topic_ticked_is_a_tie_with_all_that_was_said() -> None:
    """Ann is met weekly through a pairing; we learn about prescribing and share records both ways."""
    ties = gde(
        1,
        {
            ("flow", 1, "epma"): ("i_get",),
            ("flow", 1, "records"): ("i_get", "i_give"),
            ("freq", 1, None): "weekly",
            ("formality", 1, None): "both",
            ("origin", 1, None): "pairing",
        },
    )
    assert ties == (
        BoundTie("advice", 1, "epma", 48.0, "both", "get", "pairing", "formal"),
        BoundTie("advice", 1, "records", 48.0, "both", "both", "pairing", "formal"),
    )


def test_a_person_without_a_topic_is_one_tie_without_a_topic() -> None:
    ties = gde(2, {("flow", 2, "epma"): ("i_give",)})
    assert [(t.alter, t.topic, t.direction) for t in ties] == [(1, None, None), (2, "epma", "give")]


def test_no_one_named_means_no_tie() -> None:
    assert gde(0, {}) == ()


def test_a_reason_for_no_answer_is_no_answer() -> None:
    ties = gde(
        1, {("freq", 1, None): "rarer", ("formality", 1, None): "informal", ("origin", 1, None): Missing.DONT_KNOW}
    )
    assert ties == (BoundTie("advice", 1, None, 3.0, "informal", None, None, None),)


@pytest.mark.parametrize(
    ("origin", "kind"), [("blueprint", "formal"), ("academy", "intermediary"), ("friend", "informal")]
)
def test_the_mechanism_says_its_kind(origin: str, kind: str) -> None:
    tie = gde(1, {("origin", 1, None): origin})[0]
    assert (tie.mechanism, tie.mechanism_kind) == (origin, kind)


def test_answers_about_someone_removed_are_no_ties() -> None:
    answers: dict[tuple[str, int | None, str | None], Value] = {("flow", 2, "epma"): ("i_get",)}
    assert [t.alter for t in gde(1, answers)] == [1]


def test_a_binding_without_parts_gives_bare_ties() -> None:
    assert bind(sample("smallest"), interview(1)) == (BoundTie("advice", 1, None, None, None, None, None, None),)


def test_answers_on_pages_that_left_the_route_do_not_count() -> None:
    text = GDE.read_text(encoding="utf-8")
    hidden = text.replace("    type: alter_form\n", "    type: alter_form\n    waves: [2]\n")
    grid = loads(hidden, "hidden.yaml")
    said: dict[tuple[str, int | None, str | None] | str, Value] = {
        ("freq", 1, None): "daily",
        ("flow", 1, "epma"): ("i_get",),
    }
    assert [t.contacts_per_year for t in bind(grid, interview(1, said, page="advice_names", wave=1))] == [None]
    assert [t.contacts_per_year for t in bind(grid, interview(1, said, page="advice_names", wave=2))] == [220.0]


def test_the_direction_may_be_asked_about_the_person() -> None:
    item = "{id: who, type: single, options: [i_get, i_give, both]}"
    page = f"  - {{id: each, type: alter_form, alters: names, items: [{item}]}}\n"
    text = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8").replace("  - {id: done", page + "  - {id: done")
    text = text.replace("{from: names}", "{from: names, direction: who}")
    said = interview(3, {("who", 1, None): "both", ("who", 2, None): "i_give"})
    assert [t.direction for t in bind(loads(text, "direction.yaml"), said)] == ["both", "give", None]
