"""Which mechanism seeded which informal tie, and why ties ended."""

from collections.abc import Callable

import polars as pl

from networks.measures.seeding import ended, reasons_counted, seeded

Maker = Callable[..., pl.DataFrame]
FINISHED = pl.DataFrame({"wave": [1, 2], "person": ["a1", "a1"]}, schema={"wave": pl.Int32, "person": pl.String})


def counts(found: pl.DataFrame) -> list[tuple[object, ...]]:
    return found.select("wave", "mechanism", "by_origin", "by_earlier_wave", "seeded", "informal").rows()


def test_an_informal_tie_counts_for_the_mechanism_it_came_from(make_ties: Maker) -> None:
    ties = pl.concat(
        [
            make_ties("a1 > b1", formality="informal", mechanism="visit", mechanism_kind="formal"),
            make_ties("a1 > b2", formality="both", mechanism="visit", mechanism_kind="formal"),
            make_ties("a1 > b3", formality="formal", mechanism="visit", mechanism_kind="formal"),
            make_ties("a1 > b4", formality="informal"),
        ]
    )
    assert counts(seeded(ties)) == [(1, "visit", 2, 0, 2, 3)]
    assert seeded(ties)["share"].to_list() == [2 / 3]


def test_an_informal_tie_counts_for_the_mechanism_of_an_earlier_wave(make_ties: Maker) -> None:
    """b1 was met through the pairing; a wave later the tie is informal and of no mechanism."""
    ties = pl.concat(
        [
            make_ties("a1 > b1", mechanism="pairing", mechanism_kind="formal"),
            make_ties("a1 > b1", wave=2, formality="informal"),
            make_ties("a1 > b2", wave=2, formality="informal", mechanism="course", mechanism_kind="intermediary"),
        ]
    )
    assert counts(seeded(ties)) == [(2, "course", 1, 0, 1, 2), (2, "pairing", 0, 1, 1, 2)]


def test_a_pair_counts_once_for_a_mechanism_however_many_topics_and_waves(make_ties: Maker) -> None:
    ties = pl.concat(
        make_ties("a1 > b1", wave=wave, topic=topic, formality="informal", mechanism="visit")
        for wave in (1, 2, 3)
        for topic in ("epr", "data")
    )
    assert counts(seeded(ties)) == [(1, "visit", 1, 0, 1, 1), (2, "visit", 1, 1, 1, 1), (3, "visit", 1, 1, 1, 1)]


def test_a_later_mechanism_seeds_nothing_earlier(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1", formality="informal"), make_ties("a1 > b1", wave=2, mechanism="visit")])
    assert seeded(ties).is_empty()


def test_no_ties_no_seeds(make_ties: Maker) -> None:
    assert seeded(make_ties()).is_empty()


def test_an_ended_tie_has_the_reason_given_in_the_wave_after(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1", "a1 > b2", "a1 > b3"), make_ties("a1 > b1", wave=2)])
    reasons = pl.DataFrame(
        {"wave": [2, 1], "ego": ["a1", "a1"], "alter": ["b2", "b3"], "reason": ["moved on", "of wave 1: no end"]}
    )
    gone = ended(ties, FINISHED, reasons)
    assert gone.select("wave", "next_wave", "alter", "before", "reason").rows() == [
        (1, 2, "b2", "formal", "moved on"),
        (1, 2, "b3", "formal", None),
    ]
    assert sorted(reasons_counted(gone).select("reason", "ties").rows(), key=str) == [("moved on", 1), (None, 1)]


def test_where_no_reason_was_asked_none_is_known(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1"), make_ties("a1 > b2", wave=2)])
    assert ended(ties, FINISHED).select("alter", "reason").rows() == [("b1", None)]
