"""What formal mechanisms leave behind: the informal ties that each one seeded, and why ties ended."""

import polars as pl

from networks.columns import TIES
from networks.measures.panels import NONE, changes

_PAIR = ["ego", "alter"]
_INFORMAL = ["informal", "both"]


def seeded(ties: pl.DataFrame) -> pl.DataFrame:
    """How many informal ties of each wave each mechanism seeded.

    A pair is informal in a wave when any of its ties is informal or both. A mechanism seeded it when one of those
    informal ties came from it, or when any tie of the pair in an earlier wave did.

    Takes   TIES
    Gives   wave, mechanism, mechanism_kind, by_origin, by_earlier_wave, seeded (pairs; either way, each once),
            informal (all informal pairs of the wave), share (seeded / informal); most first within a wave.
            A pair may count for several mechanisms, so shares need not add up to 1.
    """
    checked = TIES.check(ties)
    informal = checked.filter(pl.col("formality").is_in(_INFORMAL))
    pairs = informal.select("wave", *_PAIR).unique()
    came = checked.drop_nulls("mechanism").select(*_PAIR, "mechanism", "mechanism_kind", earlier="wave")
    origin = informal.drop_nulls("mechanism").select("wave", *_PAIR, "mechanism", "mechanism_kind", origin=True)
    before = pairs.join(came, on=_PAIR).filter(pl.col("earlier") < pl.col("wave")).with_columns(origin=False)
    found = pl.concat([origin, before.select(origin.columns)]).unique()
    return _counted(found, pairs)


def _counted(found: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    each = found.group_by("wave", "mechanism", "mechanism_kind", *_PAIR).agg(
        origin=pl.col("origin").any(), earlier=(~pl.col("origin")).any()
    )
    counts = each.group_by("wave", "mechanism", "mechanism_kind").agg(
        by_origin=pl.col("origin").sum().cast(pl.Int64),
        by_earlier_wave=pl.col("earlier").sum().cast(pl.Int64),
        seeded=pl.len().cast(pl.Int64),
    )
    sizes = pairs.group_by("wave").agg(informal=pl.len().cast(pl.Int64))
    joined = counts.join(sizes, on="wave").with_columns(share=pl.col("seeded") / pl.col("informal"))
    return joined.sort("wave", "seeded", "mechanism", descending=[False, True, False])


def ended(ties: pl.DataFrame, finished: pl.DataFrame, reasons: pl.DataFrame | None = None) -> pl.DataFrame:
    """Each tie of a wave that was gone in the next, with the reason that ego gave.

    Takes   TIES; finished: wave, person (who sent their answers); reasons: wave (in which it was told), ego, alter,
            reason; or None where it was not asked
    Gives   wave, next_wave, ego, alter, before (formal, informal, both or null), reason (null when none was given)
    """
    gone = changes(ties, finished).filter(pl.col("after") == NONE).drop("after")
    if reasons is None:
        return gone.with_columns(reason=pl.lit(None, pl.String))
    told = reasons.select(*_PAIR, "reason", next_wave=pl.col("wave").cast(pl.Int32))
    told = told.unique(["next_wave", *_PAIR], keep="first", maintain_order=True)
    return gone.join(told, on=["next_wave", *_PAIR], how="left", maintain_order="left")


def reasons_counted(gone: pl.DataFrame) -> pl.DataFrame:
    """How many ties ended for each reason, most first: wave, next_wave, reason, ties. Takes what `ended` gives."""
    counts = gone.group_by("wave", "next_wave", "reason").agg(ties=pl.len().cast(pl.Int64))
    return counts.sort("wave", "next_wave", "ties", "reason", descending=[False, False, True, False])
