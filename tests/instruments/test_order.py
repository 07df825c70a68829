"""Random order: the same again for one seed, another for another, and fixed things stay."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from instruments.order import chance, ordered_items, ordered_options, ordered_statements
from instruments.responses import Responses
from instruments.route import Step, people, steps
from instruments.schema import AlterFormPage, FormPage, Instrument, LikertItem

from .interviews import interview, sample

SEEDS = st.integers(0, 2**31 - 1)
MIXED = sample("random_order")


def form(instrument: Instrument, page_id: str) -> FormPage:
    page = instrument.page(page_id)
    assert isinstance(page, FormPage)
    return page


def order(seed: int) -> list[str]:
    return [option.value for option in ordered_options(form(MIXED, "mixed").items[0], Responses(seed=seed))]


@given(SEEDS)
def test_one_seed_gives_one_order_of_all_options_with_the_fixed_one_last(seed: int) -> None:
    assert order(seed) == order(seed)
    assert sorted(order(seed)[:-1]) == list("abcde")
    assert order(seed)[-1] == "none"


def test_every_option_comes_first_for_about_as_many_respondents() -> None:
    """1,000 respondents, five options: 200 each, give or take five standard deviations (12.6)."""
    first = [order(seed)[0] for seed in range(1000)]
    assert all(abs(first.count(option) - 200) < 63 for option in "abcde")


def test_options_stand_as_written_without_randomise() -> None:
    item = form(sample("rank"), "order").items[0]
    assert {tuple(o.value for o in ordered_options(item, Responses(seed=s))) for s in range(20)} == {
        ("time", "money", "people")
    }
    assert ordered_options(form(MIXED, "mixed").items[1], Responses()) == (), "a text has no options"


def test_statements_and_questions_are_mixed_by_seed() -> None:
    likert = form(sample("likert"), "views").items[0]
    assert isinstance(likert, LikertItem)
    orders = {tuple(s.id for s in ordered_statements(likert, Responses(seed=seed))) for seed in range(20)}
    assert orders == {("safe", "heard"), ("heard", "safe")}
    page = form(MIXED, "mixed")
    assert {ordered_items(page, Responses(seed=seed))[0].id for seed in range(50)} == {item.id for item in page.items}


@given(SEEDS, st.integers(2, 8))
def test_people_met_in_random_order_keep_it_when_one_more_is_named(seed: int, named: int) -> None:
    page = MIXED.page("each")
    assert isinstance(page, AlterFormPage)
    before = people(page, interview(named, seed=seed))
    after = people(page, interview(named + 1, seed=seed))
    assert [alter for alter in after if alter in before] == list(before)
    route = [step.alter for step in steps(MIXED, interview(named, seed=seed)) if step.page == "each"]
    assert route == [alter.number for alter in before]


def test_two_seeds_meet_people_in_two_orders() -> None:
    said = interview(6)
    routes = {steps(MIXED, replace(said, seed=seed)) for seed in range(20)}
    assert len(routes) > 10
    assert all(set(route) == set(steps(MIXED, said)) for route in routes)
    assert chance(1, "a", 2) == chance(1, "a", 2) != chance(2, "a", 2)
    assert Step("each", 3) in steps(MIXED, said)
