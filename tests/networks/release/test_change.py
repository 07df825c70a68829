"""Growth since the first wave: the same people, everybody, and their limits."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from networks.columns import LABELS
from networks.release import Filters, Release, build, change, decomposition, transitions
from tests.dashboards.synthetic import programme

Maker = Callable[..., pl.DataFrame]
STAFF = [f"{site}{at}" for site in "ab" for at in range(1, 7)]


def only(release: Release, **filters: Any) -> dict[str, Any]:
    (row,) = change(release, Filters(**{"formality": "informal", **filters})).iter_rows(named=True)
    return row


@pytest.fixture
def made(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> Callable[..., Release]:
    """A study of twelve from how many each person names, wave by wave; whoever is not in a wave is silent."""

    def make(*waves: dict[str, int], caps: dict[int, int] | None = None) -> Release:
        ties, response = [], []
        for wave, counts in enumerate(waves, 1):
            pairs = [f"{ego} > c{at}" for ego, named in counts.items() for at in range(named)]
            ties.append(make_ties(*pairs, wave=wave, formality="informal"))
            response.append(make_response(STAFF, dict.fromkeys(counts, 1), wave))
        return build(pl.concat(ties), pl.concat(response), sites, LABELS.empty(), caps=caps)

    return make


def test_only_joiners_add_ties_and_the_right_answer_is_no_growth(made: Callable[..., Release]) -> None:
    """Four name one each, twice; eight join and name three each: ties rise sevenfold."""
    old, new = STAFF[:4], STAFF[4:]
    row = only(made(dict.fromkeys(old, 1), {**dict.fromkeys(old, 1), **dict.fromkeys(new, 3)}))
    assert (row["people"], row["before"], row["after"], row["change"]) == (4, 1.0, 1.0, 0.0)
    assert not row["clear"]


def test_everybody_grows_and_it_is_clear(made: Callable[..., Release]) -> None:
    row = only(made(dict.fromkeys(STAFF, 2), dict.fromkeys(STAFF, 3)))
    assert (row["change"], row["share"], row["low"], row["clear"]) == (1.0, 0.5, 1.0, True)
    assert row["all_change"] == pytest.approx(1.0)
    assert row["weighted_change"] == pytest.approx(1.0)
    assert (row["roster"], row["likely_low"], row["worst_low"], row["worst_high"]) == (12, 1.0, 1.0, 1.0)


def test_low_answerers_silent_in_the_first_wave_fake_growth_only_among_all(made: Callable[..., Release]) -> None:
    """Half of each site name 1, half 5, never changing; those with 1 answer only the second wave."""
    steady = {person: 5 if int(person[1]) > 3 else 1 for person in STAFF}
    second = {person: named for person, named in steady.items() if named == 5}
    row = only(made(steady, second))
    assert (row["all_before"], row["all_after"], row["all_share"]) == (3.0, 5.0, pytest.approx(2 / 3))
    assert (row["change"], row["share"]) == (0.0, 0.0)


def test_the_limits_say_what_the_silent_might_hide(made: Callable[..., Release]) -> None:
    """Six of twelve answered both waves and grew by 0 or 2; at most 8 can be named."""
    told = STAFF[::2]
    second = {person: 2 + 2 * (at % 2) for at, person in enumerate(told)}
    row = only(made(dict.fromkeys(told, 2), second, caps={1: 8, 2: 8}))
    assert row["most"] == 8
    assert (row["worst_low"], row["worst_high"]) == (pytest.approx((6 - 48) / 12), pytest.approx((6 + 48) / 12))
    assert row["worst_low"] < row["likely_low"] <= row["low"] < row["high"] <= row["likely_high"] < row["worst_high"]


def test_without_a_limit_of_the_questionnaire_everyone_else_can_be_named(made: Callable[..., Release]) -> None:
    assert only(made(dict.fromkeys(STAFF, 1), dict.fromkeys(STAFF, 1), caps={1: 8}))["most"] == 11


def test_the_weights_lift_those_of_cells_that_answered_less(made: Callable[..., Release]) -> None:
    """All of site a answered twice and did not change; one of site b did, and grew by 4."""
    told = [*STAFF[:6], "b1"]
    row = only(made(dict.fromkeys(told, 2), {**dict.fromkeys(told, 2), "b1": 6}))
    assert row["change"] == pytest.approx(4 / 7)
    assert row["weighted_change"] > 4 / 7
    assert row["all_change"] == pytest.approx(4 / 7)  # one answer of b cannot stand by itself


def test_each_later_wave_is_set_beside_the_first_that_asked(made: Callable[..., Release]) -> None:
    release = made(*(dict.fromkeys(STAFF, named) for named in (1, 2, 4)))
    rows = change(release, Filters(formality="informal"))
    assert rows.select("first", "second", "change").rows() == [(1, 2, 1.0), (1, 3, 3.0)]
    assert only(release, wave=3)["change"] == 3.0
    assert change(release, Filters(wave=1)).is_empty()


def test_a_wave_that_nobody_answered_has_no_change(made: Callable[..., Release]) -> None:
    row = only(made(dict.fromkeys(STAFF, 1), {}))
    assert (row["people"], row["change"], row["likely_low"], row["clear"]) == (0, None, None, False)


def test_a_role_and_a_topic_keep_their_own(made: Callable[..., Release]) -> None:
    release = made(dict.fromkeys(STAFF, 1), {**dict.fromkeys(STAFF, 1), "a1": 3, "b1": 3})
    row = only(release, role="role_1")
    assert (row["people"], row["roster"], row["change"]) == (2, 2, 2.0)
    assert only(release, topic="epr")["change"] == pytest.approx(4 / 12)


def test_who_was_not_invited_again_is_not_missing(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> None:
    response = [
        make_response(STAFF, dict.fromkeys(STAFF, 1), 1),
        make_response(STAFF[:6], dict.fromkeys(STAFF[:6], 1), 2),
    ]
    ties = pl.concat([make_ties("a1 > b1", wave=wave, formality="informal") for wave in (1, 2)])
    row = only(build(ties, pl.concat(response), sites, LABELS.empty()))
    assert (row["roster"], row["people"], row["worst_low"], row["worst_high"]) == (6, 6, 0.0, 0.0)


@pytest.mark.parametrize("seed", [1, 2])
def test_other_names_and_another_order_of_rows_change_nothing(seed: int) -> None:
    parts = dict(programme(count=5, each=8, seed=seed))
    first = build(**parts)
    people = parts["response"]["person"].unique().sort()
    others = people.sample(fraction=1, shuffle=True, seed=seed)
    renamed = dict(zip(people.to_list(), (f"z{name}" for name in others), strict=True))
    columns = pl.col("ego", "alter").replace(renamed)
    parts["ties"] = parts["ties"].with_columns(columns).sample(fraction=1, shuffle=True, seed=seed)
    parts["response"] = parts["response"].with_columns(pl.col("person").replace(renamed)).reverse()
    second = build(**parts)
    for filters in (Filters(), Filters(topic="records", role="nurse")):
        assert_frame_equal(change(first, filters), change(second, filters))
        assert decomposition(first, filters, 1, 3) == decomposition(second, filters, 1, 3)
        assert_frame_equal(transitions(first, filters, 2, 3), transitions(second, filters, 2, 3))
