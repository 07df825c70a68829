"""Whatever a browser posts to whatever step: answers of that step, or messages that say something, never a fault."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from instruments.answers import OTHER_MAX
from instruments.check import check_step, field_name, step_keys
from instruments.check_ties import UNRELATED
from instruments.messages import LANGUAGES
from instruments.responses import Alter, Missing, Nomination, Responses
from instruments.route import Step, first_open, reachable, step_of, steps
from instruments.schema import Instrument

from .interviews import known, sample

NAMES = (
    "whole", "dates", "rank", "likert", "contact", "calculated", "rules", "matrix", "bins", "pairs", "strength",
    "sociogram", "one_to_many", "org_ties", "groups", "place", "own_map", "review", "every_kind", "grid", "asked_once",
)  # fmt: skip
INSTRUMENTS = {name: sample(name) for name in NAMES}
PARTS = (None, "day", "month", "year", "time", "money", "calls")
GIVEN = st.lists(
    st.sampled_from(["yes", "no", "", "1", "2", "31", "2021", "2021-04", "weekly", "well", "none", "other", "inner",
                     "dont_know", "prefer_not", "stopped", "close", "a", "pairing", "RXX", "2=money", "x=", "=", "-"])
    | st.text(max_size=12),
    max_size=3,
)  # fmt: skip


def everyone(instrument: Instrument) -> Responses:
    """Three people on every list, all of them known from the last wave."""
    lists = [page.id for page in instrument.pages if page.type == "name_generator"]
    return Responses(
        wave=2,
        alters=tuple(Alter(n, f"Person {n}", carried=True) for n in (1, 2, 3)),
        nominations=tuple(Nomination(page, "any", n) for page in lists for n in (1, 2, 3)),
        seed=3,
    )


@st.composite
def posting(draw: st.DrawFn) -> tuple[Instrument, Step, dict[str, list[str]]]:
    instrument = INSTRUMENTS[draw(st.sampled_from(NAMES))]
    step = draw(st.sampled_from(steps(instrument, everyone(instrument))))
    keys = step_keys(instrument, step, everyone(instrument))
    page_fields = [field_name(key, part=part) for key in keys for part in PARTS]
    sites = [f"{step.page}..{code}" for code in ("RXX", "RYY", "NONE", "%20")]
    fields = st.sampled_from([*page_fields, *sites, UNRELATED, "no_one", "agree", step.page]) | st.text(max_size=8)
    return instrument, step, draw(st.dictionaries(fields, GIVEN, max_size=8))


@settings(deadline=None, max_examples=400)
@given(posting(), st.sampled_from(LANGUAGES))
def test_any_posting_is_answers_of_its_step_or_messages(
    posted: tuple[Instrument, Step, dict[str, list[str]]], language: str
) -> None:
    instrument, step, fields = posted
    said = everyone(instrument)
    checked = check_step(instrument, step, said, fields, known=known, language=language)
    mine = set(step_keys(instrument, step, said)) | {k for k in checked.values if k.topic in ("RXX", "RYY")}
    assert set(checked.values) <= mine
    assert all(key in checked.values for key in checked.other_text)
    assert all(len(text) <= OTHER_MAX for text in checked.other_text.values())
    for error in (*checked.errors, *checked.questions):
        assert error.field and len(error.message) > 5
        assert "{" not in error.message.replace("{alter}", "").replace("{topic}", "")
    assert Missing.NOT_ASKED not in checked.values.values(), "a page that was posted was asked"


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(NAMES), st.integers(0, 2**31 - 1), st.integers(0, 3))
def test_any_route_is_walked_to_its_end_by_one_key_a_step(name: str, seed: int, wave: int) -> None:
    instrument = INSTRUMENTS[name]
    said = Responses(**{**everyone(instrument).__dict__, "seed": seed, "wave": wave + 1})
    route = steps(instrument, said)
    assert len({step.key for step in route}) == len(route)
    assert all(step_of(step.key) == step for step in route)
    assert first_open(route, said) in reachable(route, said)
    assert route[-1].page == "done"
