"""Every questionnaire of the library: nothing to mend, short, easy to read, and answerable to the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from instruments.check import Checked, check_step, step_keys
from instruments.lint import estimated_minutes, lint
from instruments.lint_reading import whole_reading
from instruments.lint_words import untranslated
from instruments.load import examine, load
from instruments.responses import Alter, Nomination, Responses
from instruments.route import Step, first_open, steps
from instruments.schema import Instrument, NameGeneratorPage
from instruments.summary import summarise
from instruments.synthetic import invent, namings
from instruments.ties import bind, bind_pairs, bind_sites

LIBRARY = Path(__file__).parents[2] / "instruments" / "library"
NAMES = sorted(path.stem for path in LIBRARY.glob("*.yaml"))
ROSTERS = {"staff": ("k1", "k2", "k3", "k4", "k5", "k6"), "sites": ("A", "B", "C", "D")}
HARDEST_AGE = 11.5


@pytest.fixture(params=NAMES)
def whole(request: pytest.FixtureRequest) -> Instrument:
    return load(LIBRARY / f"{request.param}.yaml")


def test_the_library_has_a_long_a_short_and_a_clinical_questionnaire():
    assert {"gde", "pulse", "clinical"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_to_be_mended(name: str):
    path = LIBRARY / f"{name}.yaml"
    assert examine(path.read_text(encoding="utf-8"), path.name).problems == ()


def test_it_takes_no_longer_than_it_says(whole: Instrument):
    assert estimated_minutes(whole, 5) <= whole.target_minutes


def test_a_child_of_eleven_can_read_it(whole: Instrument):
    assert whole_reading(whole, "en").age < HARDEST_AGE
    assert lint(whole) == ()


def test_the_pulse_takes_two_minutes_with_three_people_and_is_all_in_welsh_too():
    pulse = load(LIBRARY / "pulse.yaml")
    assert estimated_minutes(pulse, 3) <= 2
    assert untranslated(pulse, "cy") == () == untranslated(pulse, "en")


@pytest.mark.parametrize("wave", [1, 2])
@pytest.mark.parametrize("seed", range(10))
def test_it_can_be_answered_to_the_end(whole: Instrument, seed: int, wave: int):
    end = list(answered(whole, Random(seed), wave))[-1]
    assert len(end.done) == len(steps(whole, end)) - 1
    assert summarise(whole, end, "en")
    named = {one.alter for one in end.nominations}
    assert {tie.alter for tie in bind(whole, end)} == named


def test_the_clinical_network_gives_ties_between_people_and_between_places():
    clinical = load(LIBRARY / "clinical.yaml")
    ends = [list(answered(clinical, Random(seed), 1))[-1] for seed in range(20)]
    assert any(bind_pairs(clinical, end) for end in ends)
    assert any(bind_sites(clinical, end) for end in ends)
    assert any(len({n.prompt for n in end.nominations}) == 2 for end in ends)


def answered(instrument: Instrument, random: Random, wave: int) -> Iterator[Responses]:
    """An invented interview, step by step, as it stands after each."""
    said = Responses(wave=wave, seed=random.getrandbits(31))
    for _ in range(400):
        step = first_open(steps(instrument, said), said)
        if step == steps(instrument, said)[-1]:
            return
        said = _after(instrument, step, _named(instrument, step, said, random), random)
        yield said
    raise AssertionError("The interview has no end.")


def _named(instrument: Instrument, step: Step, said: Responses, random: Random) -> Responses:
    page = instrument.page(step.page)
    if not isinstance(page, NameGeneratorPage):
        return said
    found = namings(page, random, ROSTERS, [role.id for role in instrument.roles])
    first = len(said.alters) + 1
    return replace(
        said,
        alters=(*said.alters, *(Alter(n, one.text) for n, one in enumerate(found, first))),
        nominations=(*said.nominations, *(Nomination(page.id, one.prompt, n) for n, one in enumerate(found, first))),
    )


def _after(instrument: Instrument, step: Step, said: Responses, random: Random) -> Responses:
    posted = invent(instrument, step, said, random, ROSTERS)
    checked: Checked = check_step(
        instrument, step, said, posted, known=lambda roster, code: code in ROSTERS.get(roster, ())
    )
    assert checked.errors == () == checked.questions
    gone = set(step_keys(instrument, step, said))
    kept = {key: value for key, value in said.answers.items() if key not in gone}
    no_one = said.no_one | {step.page} if checked.no_one else said.no_one
    return replace(said, answers=kept | checked.values, no_one=no_one, done=said.done | {step.key})
