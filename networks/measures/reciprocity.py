"""Which namings are returned, among people who could have returned them."""

from collections.abc import Sequence

import polars as pl


def with_returned(arcs: pl.DataFrame, within: Sequence[str] = ()) -> pl.DataFrame:
    """The arcs with a Boolean column returned: whether the other names ego back within the same `within` columns.

    Takes ego, alter and the columns of `within` (wave, topic, ...); one row per pair and `within`.
    """
    back = arcs.select(*within, ego="alter", alter="ego").with_columns(returned=pl.lit(True))
    joined = arcs.join(back, on=[*within, "ego", "alter"], how="left")
    return joined.with_columns(pl.col("returned").fill_null(False))


def among_both_answered(arcs: pl.DataFrame, finished: pl.DataFrame) -> pl.DataFrame:
    """The arcs whose two ends both answered that wave: the only ones that could be confirmed.

    Takes arcs with wave, ego, alter; finished with wave, person. From all reports, reciprocity would fall with
    the response alone: half the network silent halves it.
    """
    kept = arcs.join(finished.select("wave", ego="person"), on=["wave", "ego"], how="semi")
    return kept.join(finished.select("wave", alter="person"), on=["wave", "alter"], how="semi")


def confirmed_reciprocity(arcs: pl.DataFrame, finished: pl.DataFrame) -> float | None:
    """Share of namings between two respondents that are returned, 2M/(2M+A); None without any.

    Takes arcs with wave, ego, alter, one row per pair and wave; finished with wave, person.
    Source: Wasserman and Faust 1994, doi:10.1017/CBO9780511815478, section 13.1.
    """
    both = with_returned(among_both_answered(arcs, finished), ["wave"])
    return None if both.is_empty() else both.select(pl.col("returned").mean()).item()
