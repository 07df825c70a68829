"""What became of ties between two waves, and the change of all ties taken apart."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import LABELS
from networks.measures import panels
from networks.release import Filters, Release, build, decomposition, transitions
from tests.dashboards.synthetic import programme

Maker = Callable[..., pl.DataFrame]
PEOPLE = ["a1", "a2", "b1", "b2"]


def table(release: Release, filters: Filters = Filters(), first: int = 1, second: int = 2) -> dict[str, int]:  # noqa: B008
    rows = transitions(release, filters, first, second).filter(pl.col("ties") > 0)
    return {f"{before}-{after}": ties for before, after, ties in rows.iter_rows()}


@pytest.fixture
def study(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> Release:
    """a1 answers twice, a2 only the first wave, b1 only the second.

    a1 keeps b1 (formal, then both), drops b2 (informal), takes up a2 (informal), and names someone off the roster anew.
    """
    ties = [
        make_ties("a1 > b1", wave=1),
        make_ties("a1 > b2", "a2 > b1", wave=1, formality="informal"),
        make_ties("a1 > x1", wave=1, formality="informal", alter_on_roster=False),
        make_ties("a1 > b1", wave=2, formality="both"),
        make_ties("a1 > a2", "b1 > a1", "b1 > a2", wave=2, formality="informal"),
        make_ties("a1 > x2", "a1 > x3", wave=2, formality="informal", alter_on_roster=False),
    ]
    response = [make_response(PEOPLE, {"a1": 1, "a2": 1}, 1), make_response(PEOPLE, {"a1": 1, "b1": 1}, 2)]
    return build(pl.concat(ties), pl.concat(response), sites, LABELS.empty())


def test_each_tie_goes_from_what_it_was_to_what_it_is(study: Release) -> None:
    assert table(study) == {"formal-both": 1, "informal-none": 1, "none-informal": 1}


def test_the_table_has_sixteen_cells_and_nobody_counts_what_never_was(study: Release) -> None:
    rows = transitions(study, Filters(), 1, 2)
    assert rows.height == 16
    assert rows.filter(pl.col("ties").is_null()).select("before", "after").rows() == [("none", "none")]


def test_all_ties_are_taken_apart(study: Release) -> None:
    found = decomposition(study, Filters(), 1, 2)
    assert (found.before, found.after) == (4, 6)
    assert (found.kept, found.dissolved, found.formed, found.elsewhere) == (1, 1, 1, 1)
    assert (found.left, found.joined) == (1, 2)
    assert (found.named_more, found.answered_more) == (1, 1)


def test_a_formal_tie_that_became_both_is_formed_among_the_informal(study: Release) -> None:
    informal = decomposition(study, Filters(formality="informal"), 1, 2)
    assert (informal.kept, informal.dissolved, informal.formed) == (0, 1, 2)
    formal = decomposition(study, Filters(formality="formal"), 1, 2)
    assert (formal.kept, formal.dissolved, formal.formed, formal.joined) == (1, 0, 0, 0)
    assert decomposition(study, Filters(formality="both"), 1, 2).formed == 1


def test_a_role_keeps_its_own_reporters(study: Release) -> None:
    found = decomposition(study, Filters(role="role_2"), 1, 2)
    assert (found.before, found.after, found.left) == (1, 0, 1)


def test_only_joiners_who_add_ties_are_no_growth(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> None:
    ties = [make_ties("a1 > b1", wave=1), make_ties("a1 > b1", "b1 > a1", "b2 > a1", "b2 > a2", wave=2)]
    response = [make_response(PEOPLE, {"a1": 1}, 1), make_response(PEOPLE, {"a1": 1, "b1": 1, "b2": 1}, 2)]
    found = decomposition(build(pl.concat(ties), pl.concat(response), sites, LABELS.empty()), Filters(), 1, 2)
    assert (found.before, found.after, found.named_more, found.answered_more) == (1, 4, 0, 3)


def test_formality_that_was_not_asked_is_in_no_cell_and_still_a_tie(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    ties = pl.concat([make_ties("a1 > b1", wave=1, formality=None), make_ties("a1 > b1", wave=2)])
    response = pl.concat([make_response(PEOPLE, {"a1": 1}, wave) for wave in (1, 2)])
    release = build(ties, response, sites, LABELS.empty())
    assert table(release) == {}
    assert decomposition(release, Filters(), 1, 2).kept == 1


def test_waves_that_are_not_there_give_nothing(study: Release) -> None:
    assert table(study, first=1, second=9) == {}
    assert decomposition(study, Filters(), 1, 9).before == 0


@pytest.fixture(scope="module")
def large() -> tuple[Release, pl.DataFrame, pl.DataFrame]:
    parts = programme(count=6, each=12)
    answered = parts["response"].filter(pl.col("finished_at").is_not_null()).select("wave", "person")
    return build(**parts), parts["ties"], answered


@pytest.mark.parametrize("waves", [(1, 2), (1, 3), (2, 3)])
def test_two_ways_of_counting_agree(large: tuple[Release, pl.DataFrame, pl.DataFrame], waves: tuple[int, int]) -> None:
    release, ties, answered = large
    chosen = pl.col("wave").is_in(waves)
    other = panels.transitions(ties.filter(chosen), answered.filter(chosen))
    counted = {f"{row['before']}-{row['after']}": row["pairs"] for row in other.iter_rows(named=True) if row["pairs"]}
    assert table(release, Filters(), *waves) == counted


@pytest.mark.parametrize("filters", [Filters(formality="informal"), Filters(formality="formal", topic="records")])
def test_the_totals_are_those_of_all_who_answered(
    large: tuple[Release, pl.DataFrame, pl.DataFrame], filters: Filters
) -> None:
    release = large[0]
    rows = release.per_person.filter(pl.col("topic") == (filters.topic or ""))
    totals = dict(rows.group_by("wave").agg(pl.col(str(filters.formality)).sum()).iter_rows())
    found = decomposition(release, filters, 1, 3)
    assert (found.before, found.after) == (totals[1], totals[3])
