"""What became of ties from wave to wave: kept, ended and formed; formal, informal or both before and after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.columns import TIES
from networks.graphs import Network
from networks.measures.contacts import pairs
from networks.measures.whole import ratio

NONE = "none"
STATES = (NONE, "formal", "informal", "both")
"""What a pair can be in one wave; "none" is a respondent who did not name the other."""
_PAIR = ("ego", "alter")


@dataclass(frozen=True)
class Panel:
    """What became of every possible tie between two waves, of respondents of both; None where undefined.

    maintained, dissolved, formed, never  counts n11, n10, n01, n00      egos  who answered both times
    jaccard      n11/(n11+n10+n01)      persistence        n11/(n11+n10)
    hamming      n10+n01                hamming_normalised  the same of all possible ties
    gross_turnover  (n10+n01)/(2 n11+n10+n01)
    """

    maintained: int
    dissolved: int
    formed: int
    never: int
    jaccard: float | None
    hamming: int
    persistence: float | None
    gross_turnover: float | None
    hamming_normalised: float | None
    egos: int


def between(first: Network, second: Network, egos: Collection[str] | None = None, *, directed: bool = True) -> Panel:
    """What became of each possible tie from the first wave to the second.

    Takes   first, second  networks over the same nodes
            egos           ids of those who answered in both waves, or None for all nodes. Whoever did not answer is
                           missing, not silent: their ties are left out, kept ones too.
            directed       False counts a pair once, whoever named the other (and needs both to have answered)
    Refuses ValueError when the nodes differ.
    Source: Ripley et al, Manual for RSiena, section on descriptives of change; Jaccard 1900.
    """
    if first.ids != second.ids:
        raise ValueError("Both waves must be over the same nodes, in the same order.")
    asked = np.array([egos is None or one in egos for one in first.ids], dtype=bool)
    before, after = _codes(first, asked, directed), _codes(second, asked, directed)
    kept = len(np.intersect1d(before, after, assume_unique=True))
    return _panel(kept, len(before), len(after), _possible(asked, directed), int(asked.sum()))


def _codes(net: Network, asked: NDArray[np.bool_], directed: bool) -> NDArray[np.int64]:
    """One number for each observed tie of those who answered."""
    source, target = net.arcs[:, 0], net.arcs[:, 1]
    if directed:
        return (source * net.n + target)[asked[source]]
    both = asked[source] & asked[target]
    return np.unique((np.minimum(source, target) * net.n + np.maximum(source, target))[both])


def _possible(asked: NDArray[np.bool_], directed: bool) -> int:
    answered, everyone = int(asked.sum()), len(asked)
    return answered * (everyone - 1) if directed else answered * (answered - 1) // 2


def _panel(kept: int, before: int, after: int, possible: int, egos: int) -> Panel:
    dissolved, formed = before - kept, after - kept
    changed = dissolved + formed
    return Panel(
        maintained=kept,
        dissolved=dissolved,
        formed=formed,
        never=possible - kept - changed,
        jaccard=ratio(kept, kept + changed),
        hamming=changed,
        persistence=ratio(kept, before),
        gross_turnover=ratio(changed, 2 * kept + changed),
        hamming_normalised=ratio(changed, possible),
        egos=egos,
    )


def panels(
    waves: Sequence[Network], answered: Sequence[Collection[str]] | None = None, *, directed: bool = True
) -> dict[str, Panel]:
    """What became of ties between each wave and the next, by "1_2", "2_3", ...

    Takes networks over the same nodes, and the ids of those who answered in each wave, or None when all did.
    """
    found = {}
    for place in range(len(waves) - 1):
        both = None if answered is None else set(answered[place]) & set(answered[place + 1])
        found[f"{place + 1}_{place + 2}"] = between(waves[place], waves[place + 1], both, directed=directed)
    return found


def changes(ties: pl.DataFrame, finished: pl.DataFrame) -> pl.DataFrame:
    """Each pair tied in a wave or in the next, with what it was before and after.

    Takes   TIES; finished: wave, person (who sent their answers in that wave)
    Gives   wave, next_wave, ego, alter, before, after (formal, informal, both, none; null where not asked);
            a tie formal on one topic and informal on another is both
    Only egos who answered both waves, and only alters who are persons on the roster: anyone else may be called
    something else next time, which would look like change.
    """
    known = pairs(TIES.check(ties).filter("alter_on_roster"))
    parts = [_changes(known, finished, *two) for two in pairwise(sorted(finished["wave"].unique().to_list()))]
    schema = {"wave": pl.Int32, "next_wave": pl.Int32, **dict.fromkeys((*_PAIR, "before", "after"), pl.String)}
    return pl.concat([pl.DataFrame(schema=schema), *parts])


def _changes(known: pl.DataFrame, finished: pl.DataFrame, wave: int, following: int) -> pl.DataFrame:
    sides = []
    for number, name in ((wave, "before"), (following, "after")):
        side = known.filter(pl.col("wave") == number).select(*_PAIR, pl.col("formality").fill_null("").alias(name))
        sides.append(side.join(_both(finished, wave, following), on="ego", how="semi"))
    joined = sides[0].join(sides[1], on=_PAIR, how="full", coalesce=True)
    named = joined.with_columns(pl.col("before", "after").fill_null(NONE).replace("", None))
    waves = (pl.lit(wave, pl.Int32).alias("wave"), pl.lit(following, pl.Int32).alias("next_wave"))
    return named.select(*waves, *_PAIR, "before", "after").sort(*_PAIR)


def _both(finished: pl.DataFrame, wave: int, following: int) -> pl.DataFrame:
    """Who answered in both waves: ego."""
    first = finished.filter(pl.col("wave") == wave).select(ego="person")
    return first.join(finished.filter(pl.col("wave") == following).select(ego="person"), on="ego", how="semi").unique()


def transitions(ties: pl.DataFrame, finished: pl.DataFrame, possible: int | None = None) -> pl.DataFrame:
    """The 4 x 4 table from each wave to the next: how many pairs went from each of STATES to each.

    Takes   TIES; finished: wave, person; possible: how many alters each ego could have named, where the list is closed
    Gives   wave, next_wave, before, after, pairs; sixteen rows for each wave and the next. none -> none is null
            unless `possible` is given. Pairs whose formality was not asked in either wave are left out.
    """
    found = changes(ties, finished)
    known = found.drop_nulls(["before", "after"]).group_by("wave", "next_wave", "before", "after").agg(pairs=pl.len())
    waves = list(pairwise(sorted(finished["wave"].unique().to_list())))
    cells = [(*two, before, after) for two in waves for before, after in product(STATES, STATES)]
    schema = {"wave": pl.Int32, "next_wave": pl.Int32, "before": pl.String, "after": pl.String}
    every = pl.DataFrame(cells, schema=schema, orient="row")
    table = every.join(known, on=list(schema), how="left", maintain_order="left")
    silent = _silent(found, finished, waves, possible)
    joined = table.join(silent, on=["wave", "next_wave"], how="left", maintain_order="left")
    neither = (pl.col("before") == NONE) & (pl.col("after") == NONE)
    counted = pl.when(neither).then(pl.col("silent")).otherwise(pl.col("pairs").fill_null(0).cast(pl.Int64))
    return joined.select(*schema, pairs=counted)


def _silent(
    found: pl.DataFrame, finished: pl.DataFrame, waves: Sequence[tuple[int, int]], possible: int | None
) -> pl.DataFrame:
    """Pairs tied in neither wave, or null where nobody knows how many there could be."""
    rows = []
    for wave, following in waves:
        egos = _both(finished, wave, following).height
        seen = found.filter((pl.col("wave") == wave) & (pl.col("next_wave") == following)).height
        rows.append((wave, following, None if possible is None else egos * possible - seen))
    schema = {"wave": pl.Int32, "next_wave": pl.Int32, "silent": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def conversion(table: pl.DataFrame) -> pl.DataFrame:
    """How many formal-only ties turned informal (or both) by the next wave, and how many informal-only ones formal.

    Takes   what `transitions` gives
    Gives   wave, next_wave, before (formal, informal), pairs (of that kind, whatever became of them), converted,
            share (None without pairs)
    """
    only = table.filter(pl.col("before").is_in(["formal", "informal"]))
    turned = ~pl.col("after").is_in([NONE]) & (pl.col("after") != pl.col("before"))
    keys = ["wave", "next_wave", "before"]
    counted = only.group_by(keys).agg(pl.col("pairs").sum(), converted=pl.col("pairs").filter(turned).sum())
    share = pl.when(pl.col("pairs") > 0).then(pl.col("converted") / pl.col("pairs"))
    return counted.with_columns(share=share).sort(keys)
