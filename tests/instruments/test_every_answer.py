"""Every question with its answer or the reason for none: the kinds of missing stay apart."""

from __future__ import annotations

from instruments.every_answer import every_answer
from instruments.fields import field_name
from instruments.responses import Missing, Responses, Value
from instruments.schema import Instrument

from .interviews import interview, sample

NOT_ASKED, SKIPPED = Missing.NOT_ASKED, Missing.SKIPPED


def told(instrument: Instrument, said: Responses, begins: str = "") -> dict[str, Value | None]:
    found = {field_name(key): value for key, value in every_answer(instrument, said).items()}
    return {name: value for name, value in found.items() if name.startswith(begins)}


def test_the_kinds_of_missing_stay_apart_from_each_other_and_from_a_blank() -> None:
    said = interview(
        2, {("near", 1): "far", ("why_far", 1): Missing.PREFER_NOT, ("near", 2): "close", ("why_far", 2): SKIPPED}
    )
    open_yet = told(sample("matrix"), interview(2))
    assert open_yet == {
        "agree": NOT_ASKED, "near.1": NOT_ASKED, "why_far.1": NOT_ASKED, "near.2": NOT_ASKED, "why_far.2": NOT_ASKED,
    }  # fmt: skip
    assert told(sample("matrix"), said) == {
        "agree": NOT_ASKED, "near.1": "far", "why_far.1": Missing.PREFER_NOT, "near.2": "close", "why_far.2": SKIPPED,
    }  # fmt: skip
    blank = told(sample("matrix"), interview(1, done=["each"]))
    assert blank == {"agree": NOT_ASKED, "near.1": None, "why_far.1": SKIPPED}


def test_a_page_of_another_wave_is_not_asked_and_one_ruled_out_is_skipped() -> None:
    whole = sample("groups")
    for change, outcome in (({"waves": (2,)}, NOT_ASKED), ({"when": "wave > 1"}, SKIPPED)):
        pages = tuple(p.model_copy(update=change) if p.id == "how_many" else p for p in whole.pages)
        changed = whole.model_copy(update={"pages": pages})
        assert set(told(changed, interview(), "how_many").values()) == {outcome}


def test_an_answer_for_good_counts_in_a_later_wave() -> None:
    said = interview(previous={"trained": "Twice", "leads": True, "mood": "Fine"})
    assert told(sample("asked_once"), said) == {
        "agree": NOT_ASKED, "trained": "Twice", "leads": True, "mood": NOT_ASKED, "team": NOT_ASKED,
    }  # fmt: skip


def test_none_of_the_rest_tells_every_pair_left() -> None:
    ticked = {("knows_whom", 1, None, 2): True, ("knows_whom", 1, None, 3): False}
    said = interview(3, ticked, done=["knows_whom/1"])
    assert told(sample("one_to_many"), said, "knows_whom") == {
        "knows_whom.1-2": True, "knows_whom.1-3": False, "knows_whom.2-3": NOT_ASKED,
    }  # fmt: skip
    none = interview(3, {("knows_whom", 1): True}, done=["knows_whom/1"])
    assert set(told(sample("one_to_many"), none, "knows_whom").values()) == {False}


def test_pairs_have_steps_of_their_own() -> None:
    said = interview(3, {("knows_whom", 1, None, 2): "well"}, done=["knows_whom/1/2", "knows_whom/1/3"])
    assert told(sample("strength"), said, "knows_whom") == {
        "knows_whom.1-2": "well", "knows_whom.1-3": None, "knows_whom.2-3": NOT_ASKED,
    }  # fmt: skip


def test_an_answer_on_a_page_that_left_the_route_does_not_count() -> None:
    page = sample("dates").page("when_was_it").model_copy(update={"when": "wave > 1"})
    pages = tuple(page if p.id == page.id else p for p in sample("dates").pages)
    changed = sample("dates").model_copy(update={"pages": pages})
    assert told(changed, interview(0, {"born": "1980-01-01"}), "born") == {"born": SKIPPED}


def test_sites_stand_where_something_was_said() -> None:
    said = interview(0, {("shared", None, "RXX"): ("pairing",)}, done=["shared", "how_linked"])
    assert told(sample("org_ties"), said, "shared") == {"shared..RXX": ("pairing",)}
    assert told(sample("org_ties"), said, "how_linked") == {}
