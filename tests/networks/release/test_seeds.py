"""What mechanisms seeded and why ties ended, as a release keeps them."""

from collections.abc import Callable

import polars as pl

from networks.columns import ENDINGS, LABELS
from networks.release import Filters, build, endings, seeded

Maker = Callable[..., pl.DataFrame]


def both_waves(make_response: Maker) -> pl.DataFrame:
    people = ["a1", "a2", "b1"]
    return pl.concat([make_response(people, dict.fromkeys(people, 1), wave) for wave in (1, 2)])


def test_a_formal_contact_that_became_informal_counts_for_its_mechanism(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    """a1 met b1 in a pairing in wave 1; in wave 2 they talk informally, and so do a2 and b1, without a mechanism."""
    ties = pl.concat(
        [
            make_ties("a1 > b1", mechanism="pairing", mechanism_kind="formal"),
            make_ties("a1 > b1", "a2 > b1", wave=2, formality="informal"),
        ]
    )
    release = build(ties, both_waves(make_response), sites, LABELS.empty())
    found = seeded(release, Filters(wave=2)).select("mechanism", "by_origin", "by_earlier_wave", "seeded", "informal")
    assert found.rows() == [("pairing", 0, 1, 1, 2)]
    assert seeded(release, Filters(wave=1)).is_empty()


def test_ties_that_ended_are_counted_by_reason_and_those_without_one_too(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    """Three ties of wave 1 are gone in wave 2; for two of them ego said that the other moved."""
    ties = pl.concat([make_ties("a1 > b1", "a1 > a2", "a2 > b1"), make_ties("b1 > a1", wave=2)])
    told = pl.DataFrame([(2, "a1", "b1", "moved"), (2, "a2", "b1", "moved")], schema=ENDINGS.schema, orient="row")
    release = build(ties, both_waves(make_response), sites, LABELS.empty(), reasons=told)
    found = endings(release, Filters(wave=2)).select("reason", "ties")
    assert found.rows() == [("moved", 2), (None, 1)]
    assert endings(release, Filters(wave=1)).is_empty()


def test_where_no_reasons_were_asked_none_are_counted_as_missing(
    make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    release = build(make_ties("a1 > b1"), both_waves(make_response), sites, LABELS.empty())
    assert endings(release, Filters()).is_empty()
