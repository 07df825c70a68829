"""Growth that a better response cannot fake."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import LABELS
from networks.release import Filters, Release, build, growth

Maker = Callable[..., pl.DataFrame]
PEOPLE = ["a1", "a2", "b1", "b2"]


def figures(release: Release, filters: Filters, *columns: str) -> dict[tuple[int, str], tuple[object, ...]]:
    rows = growth(release, filters).iter_rows(named=True)
    return {(row["wave"], row["formality"]): tuple(row[column] for column in columns) for row in rows}


@pytest.fixture
def joined(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> Release:
    """a1 names one person in both waves; in wave 2 b1 and b2 join and name three each."""
    ties = [make_ties("a1 > b1", wave=1), make_ties("a1 > b1", wave=2)]
    ties += [make_ties(f"{ego} > {alter}", wave=2) for ego in ("b1", "b2") for alter in ("a1", "a2", "c1")]
    response = [make_response(PEOPLE, {"a1": 1}, 1), make_response(PEOPLE, {"a1": 1, "b1": 1, "b2": 1}, 2)]
    return build(pl.concat(ties), pl.concat(response), sites, LABELS.empty())


def test_joiners_who_name_more_are_no_growth_among_the_same_people(joined: Release) -> None:
    found = figures(joined, Filters(formality="formal"), "mean", "panel_mean", "panel_n")
    assert found == {(1, "formal"): (1.0, 1.0, 1), (2, "formal"): (pytest.approx(7 / 3), 1.0, 1)}


def test_who_was_invited_and_answered_stands_beside_each_figure(joined: Release) -> None:
    found = figures(joined, Filters(), "respondents", "invited")
    assert (found[1, "informal"], found[2, "informal"]) == ((1, 4), (3, 4))


def test_a_person_named_on_three_topics_is_one_person_named(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    ties = pl.concat([make_ties("a1 > b1", topic=topic) for topic in "xyz"])
    release = build(ties, make_response(PEOPLE, {"a1": 1}), sites, LABELS.empty())
    assert figures(release, Filters(), "mean")[1, "formal"] == (1.0,)
    assert figures(release, Filters(topic="y"), "mean")[1, "formal"] == (1.0,)


def test_no_one_is_zero_and_silence_is_missing(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> None:
    """a1 names one, a2 answers that there is no one, b1 and b2 are silent."""
    release = build(make_ties("a1 > b1"), make_response(PEOPLE, {"a1": 1, "a2": 1}), sites, LABELS.empty())
    assert figures(release, Filters(), "mean", "respondents")[1, "formal"] == (0.5, 2)


def test_a_wave_that_nobody_has_answered_has_no_mean(
    make_response: Maker, make_ties: Maker, sites: pl.DataFrame
) -> None:
    response = pl.concat([make_response(PEOPLE, {"a1": 1}, 1), make_response(PEOPLE, {}, 2)])
    release = build(make_ties("a1 > b1"), response, sites, LABELS.empty())
    found = figures(release, Filters(), "mean", "panel_mean", "panel_n", "respondents")
    assert found[2, "formal"] == (None, None, 0, 0)
    assert found[1, "formal"] == (1.0, 1.0, 1, 1)


def test_a_wave_that_did_not_ask_for_formality_has_no_figure(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    ties = pl.concat([make_ties("a1 > b1", formality=None), make_ties("a1 > b1", wave=2)])
    response = pl.concat([make_response(PEOPLE, {"a1": 1}, wave) for wave in (1, 2)])
    found = figures(build(ties, response, sites, LABELS.empty()), Filters(), "mean")
    assert (found[1, "informal"], found[2, "informal"]) == ((None,), (0.0,))


def test_both_counts_in_each_and_is_shown_as_its_own(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    ties = pl.concat([make_ties("a1 > b1", formality="both"), make_ties("a1 > b2", formality="informal")])
    release = build(ties, make_response(PEOPLE, {"a1": 1}), sites, LABELS.empty())
    found = figures(release, Filters(), "mean")
    assert found == {(1, "formal"): (1.0,), (1, "informal"): (2.0,), (1, "both"): (1.0,)}


def test_role_keeps_respondents_of_that_role(joined: Release) -> None:
    assert figures(joined, Filters(role="role_2"), "respondents", "invited", "mean")[2, "formal"] == (1, 2, 3.0)


def test_a_wave_that_has_just_opened_is_not_in_the_panel_yet(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    people = [f"a{number}" for number in range(10, 40)]
    everyone = dict.fromkeys(people, 1)
    response = [make_response(people, done, wave) for wave, done in enumerate((everyone, everyone, {"a10": 1}), 1)]
    release = build(make_ties("a10 > a11", wave=3), pl.concat(response), sites, LABELS.empty())
    found = figures(release, Filters(formality="formal"), "panel_n", "panel_mean", "respondents", "mean")
    assert found[1, "formal"] == found[2, "formal"] == (30, 0.0, 30, 0.0)
    assert found[3, "formal"] == (0, None, 1, 1.0)
