"""Ties from wave to wave, worked by hand; whoever did not answer is missing and not silent."""

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.graphs import Network, network
from networks.measures.panels import between, changes, conversion, panels, transitions

Maker = Callable[..., pl.DataFrame]
Pairs = list[tuple[int, int]]


def net(n: int, pairs: Pairs) -> Network:
    nodes = pl.DataFrame({"id": [str(node) for node in range(n)]}, schema={"id": pl.String})
    schema = {"source": pl.String, "target": pl.String}
    return network(nodes, pl.DataFrame([(str(a), str(b)) for a, b in pairs], schema=schema, orient="row"))


def done(**people: str) -> pl.DataFrame:
    """Who finished: `w1="a1 a2"`."""
    rows = [(int(wave[1:]), person) for wave, names in people.items() for person in names.split()]
    return pl.DataFrame(rows, schema={"wave": pl.Int32, "person": pl.String}, orient="row")


def test_four_people_of_whom_one_tie_stays_one_ends_and_two_form() -> None:
    """Before 0 -> 1, 0 -> 2; after 0 -> 1, 1 -> 0, 3 -> 2."""
    found = between(net(4, [(0, 1), (0, 2)]), net(4, [(0, 1), (1, 0), (3, 2)]))
    assert (found.maintained, found.dissolved, found.formed, found.never) == (1, 1, 2, 8)
    assert (found.jaccard, found.persistence, found.hamming) == (1 / 4, 1 / 2, 3)
    assert (found.gross_turnover, found.hamming_normalised, found.egos) == (3 / 5, 3 / 12, 4)


def test_who_did_not_answer_is_missing_and_not_silent() -> None:
    """2 named two people, then did not answer: nothing of theirs ended."""
    before, after = net(3, [(0, 1), (2, 0), (2, 1)]), net(3, [(0, 1), (1, 2)])
    silent = between(before, after)
    missing = between(before, after, {"0", "1"})
    assert (silent.dissolved, silent.jaccard) == (2, 1 / 4)
    assert (missing.dissolved, missing.jaccard, missing.never, missing.egos) == (0, 1 / 2, 2, 2)


def test_without_any_tie_nothing_but_the_counts_is_defined() -> None:
    found = between(net(2, []), net(2, []))
    assert (found.jaccard, found.persistence, found.gross_turnover) == (None, None, None)
    assert (found.never, found.hamming, found.hamming_normalised) == (2, 0, 0.0)
    assert between(net(1, []), net(1, [])).hamming_normalised is None


def test_a_pair_counts_once_where_direction_does_not_matter() -> None:
    found = between(net(3, [(0, 1), (1, 0), (1, 2)]), net(3, [(1, 0)]), directed=False)
    assert (found.maintained, found.dissolved, found.formed, found.never) == (1, 1, 0, 1)
    assert between(net(3, [(0, 1), (1, 2)]), net(3, []), {"0", "1"}, directed=False).dissolved == 1


def test_waves_over_different_nodes_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same nodes"):
        between(net(2, []), net(3, []))


def test_three_waves_give_each_wave_and_the_next() -> None:
    found = panels([net(2, [(0, 1)]), net(2, []), net(2, [(0, 1)])], [{"0", "1"}, {"0"}, {"0"}])
    assert {key: (one.dissolved, one.formed, one.egos) for key, one in found.items()} == {
        "1_2": (1, 0, 1),
        "2_3": (0, 1, 1),
    }


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_counts_add_up_and_relabelling_changes_nothing(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 6))
    node = st.integers(0, n - 1)
    pairs = st.lists(st.tuples(node, node), max_size=15)
    one, two, order = data.draw(pairs), data.draw(pairs), data.draw(st.permutations(range(n)))
    egos = data.draw(st.sets(node))
    found = between(net(n, one), net(n, two), {str(ego) for ego in egos})
    moved = [[(order[a], order[b]) for a, b in pairs] for pairs in (one, two)]
    again = between(net(n, moved[0]), net(n, moved[1]), {str(order[ego]) for ego in egos})
    assert found == again
    assert found.maintained + found.dissolved + found.formed + found.never == len(egos) * (n - 1)
    back = between(net(n, two), net(n, one), {str(ego) for ego in egos})
    assert (back.formed, back.dissolved, back.jaccard) == (found.dissolved, found.formed, found.jaccard)


def cells(table: pl.DataFrame) -> dict[tuple[str, str], int]:
    rows = table.filter(pl.col("pairs") > 0).select("before", "after", "pairs").iter_rows()
    return {(before, after): pairs for before, after, pairs in rows}


def test_the_table_has_what_every_pair_was_and_became(make_ties: Maker) -> None:
    """a1: b1 formal -> both, b2 formal -> none, b3 none -> informal. a2 answered once: not in the table."""
    ties = pl.concat(
        [
            make_ties("a1 > b1", "a1 > b2", "a2 > b1"),
            make_ties("a1 > b1", wave=2),
            make_ties("a1 > b1", wave=2, formality="informal", topic="data"),
            make_ties("a1 > b3", wave=2, formality="informal"),
        ]
    )
    table = transitions(ties, done(w1="a1 a2", w2="a1"), possible=5)
    assert table.height == 16
    assert cells(table) == {("none", "none"): 2, ("formal", "both"): 1, ("formal", "none"): 1, ("none", "informal"): 1}
    assert table["pairs"].sum() == 5


def test_without_a_closed_list_nobody_knows_how_many_pairs_there_could_be(make_ties: Maker) -> None:
    table = transitions(make_ties("a1 > b1"), done(w1="a1", w2="a1"))
    assert table.filter((pl.col("before") == "none") & (pl.col("after") == "none"))["pairs"].to_list() == [None]
    assert table["pairs"].null_count() == 1


def test_pairs_whose_formality_nobody_asked_are_left_out(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1", formality=None), make_ties("a1 > b1", "a1 > b2", wave=2)])
    table = transitions(ties, done(w1="a1", w2="a1"))
    assert cells(table) == {("none", "formal"): 1}
    assert changes(ties, done(w1="a1", w2="a1"))["before"].to_list() == [None, "none"]


def test_people_off_the_roster_neither_form_nor_end(make_ties: Maker) -> None:
    ties = make_ties("a1 > off-7", alter_on_roster=False)
    assert changes(ties, done(w1="a1", w2="a1")).is_empty()


def test_a_wave_left_out_by_a_person_is_not_bridged(make_ties: Maker) -> None:
    ties = pl.concat([make_ties("a1 > b1"), make_ties("a1 > b1", wave=3)])
    assert changes(ties, done(w1="a1", w2="b1", w3="a1")).is_empty()


def test_conversion_counts_those_that_ended_too(make_ties: Maker) -> None:
    """Three formal: one turns informal, one both, one ends. One informal: stays."""
    before = [make_ties("a1 > b1", "a1 > b2", "a1 > b3"), make_ties("a1 > b4", formality="informal")]
    after = [
        make_ties("a1 > b1", "a1 > b4", wave=2, formality="informal"),
        make_ties("a1 > b2", wave=2, formality="both"),
    ]
    found = conversion(transitions(pl.concat(before + after), done(w1="a1", w2="a1")))
    assert found.select("before", "pairs", "converted").rows() == [("formal", 3, 2), ("informal", 1, 0)]
    assert found["share"].to_list() == [pytest.approx(2 / 3), 0.0]


def test_conversion_of_nothing_is_undefined(make_ties: Maker) -> None:
    found = conversion(transitions(make_ties("a1 > b1"), done(w1="a1", w2="a1")))
    assert dict(found.select("before", "share").iter_rows()) == {"formal": 0.0, "informal": None}


def test_no_waves_no_table(make_ties: Maker) -> None:
    assert transitions(make_ties(), done()).is_empty()
    assert conversion(transitions(make_ties("a1 > b1"), done(w1="a1"))).is_empty()
