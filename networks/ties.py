"""Ties turned into flows of knowledge: the one place that knows who gives when someone asks."""

import polars as pl

from networks.columns import FLOWS, TIES

_ENDS = ("", "_site", "_role")


def _flows(ties: pl.DataFrame, giver: str, getter: str) -> pl.DataFrame:
    ends = [pl.col(f"{giver}{end}").alias(f"giver{end}") for end in _ENDS]
    ends += [pl.col(f"{getter}{end}").alias(f"getter{end}") for end in _ENDS]
    return ties.select(
        "wave", "topic", "contacts_per_year", "formality", pl.col("ego").alias("reporter"), *ends
    ).select(list(FLOWS.columns))


def knowledge_flows(ties: pl.DataFrame) -> pl.DataFrame:
    """Who gives knowledge to whom, one row per report.

    A tie ego -> alter says that ego goes to alter; knowledge then flows from alter to ego.

    Takes   TIES
    Gives   FLOWS  direction "get": alter gives, ego gets; "give": ego gives, alter gets; "both": one row each way.
                   No direction asked (null): read as "get", for a person who goes to another gets from them.
    Refuses MissingColumn and WrongType, as TIES says.
    """
    checked = TIES.check(ties)
    direction = pl.col("direction")
    got = checked.filter(direction.is_null() | direction.is_in(["get", "both"]))
    given = checked.filter(direction.is_in(["give", "both"]))
    return pl.concat([_flows(got, "alter", "ego"), _flows(given, "ego", "alter")])


def ties_of_edges(edges: pl.DataFrame, wave: int) -> pl.DataFrame:
    """Ties between people on the roster of whom only who names whom, and how formal it is, is known.

    Takes   source, target (ids), formality (formal, informal, both or null)
    Gives   TIES of that wave, null in every other column
    """
    known = {"ego": "source", "alter": "target", "formality": "formality"}
    named = edges.select(**known).with_columns(wave=pl.lit(wave, pl.Int32), alter_on_roster=True)
    missing = [pl.lit(None, kind).alias(name) for name, kind in TIES.schema.items() if name not in named.columns]
    return TIES.check(named.with_columns(missing))
