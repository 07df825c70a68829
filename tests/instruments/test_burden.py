"""Minutes: of a whole questionnaire, of a wave, and of what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from instruments.burden import estimated_minutes, minutes_left, page_seconds, seconds_by_page, step_seconds
from instruments.load import load, loads
from instruments.responses import Responses
from instruments.route import steps

from .interviews import GDE, SAMPLES, interview


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_page_takes_time_and_steps_add_up_to_it(path: Path) -> None:
    instrument = load(path)
    assert estimated_minutes(instrument) > 0
    for page in instrument.pages:
        assert page_seconds(page, instrument, 4, wave=2) > 0, page.id
        assert 0 < step_seconds(page, instrument, 4) <= page_seconds(page, instrument, 4, wave=2)


def test_pages_of_other_waves_are_left_out() -> None:
    base = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    page = "  - {id: f, type: form, waves: [2], items: [{id: z, type: boolean}]}\n  - {id: done"
    waves = loads(base.replace("  - {id: done", page), "s")
    assert estimated_minutes(waves, wave=2) - estimated_minutes(waves, wave=1) == pytest.approx(7 / 60)


def test_pairs_grow_with_the_square_and_a_sample_stops_them() -> None:
    """Four people are six pairs; ten are 45, but a sample of five has ten."""
    base = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")
    page = "  - {id: p, type: alter_ties, relation: advice, alters: {from: names%s}, mode: pairs}\n  - {id: done"
    whole, some = (loads(base.replace("  - {id: done", page % extra), "s") for extra in ("", ", sample: 5"))
    assert seconds_by_page(whole, 4)["p"] == 6 * 6
    assert (seconds_by_page(whole, 10)["p"], seconds_by_page(some, 10)["p"]) == (45 * 6, 10 * 6)


def test_what_is_left_shrinks_to_nothing_and_counts_people_still_to_be_named() -> None:
    gde = load(GDE)
    start = Responses()
    assert minutes_left(gde, start, expected=5) == pytest.approx(estimated_minutes(gde, 5))
    said = interview(3, page="advice_names", done=["consent", "about_you", "advice_names"])
    assert 0 < minutes_left(gde, said) < minutes_left(gde, start)
    everything = interview(3, page="advice_names", done=[step.key for step in steps(gde, said)])
    assert minutes_left(gde, everything) == 0


def test_nobody_named_leaves_no_pages_about_people() -> None:
    gde = load(GDE)
    nobody = interview(0, done=["consent", "about_you", "advice_names"], no_one=["advice_names"])
    assert minutes_left(gde, nobody) == pytest.approx((3 + 30 + 3) / 60)
