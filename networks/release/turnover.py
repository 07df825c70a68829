"""What became of each tie between two waves, counted; and the change of all ties taken apart."""

from itertools import combinations

import polars as pl

from networks.measures.panels import NONE, STATES
from networks.release.pairs import nominations
from networks.release.types import ANY, Filters, Release
from networks.uncertainty.decomposition import Decomposition

SILENT = "silent"
"""What stands for a tie's state in the wave that its reporter did not answer."""
_PAIR = ("topic", "ego", "alter")
_CELL = ("first", "second", "topic", "role", "before", "after", "on_roster")
_SCHEMA = {
    "first": pl.Int32,
    "second": pl.Int32,
    "topic": pl.String,
    "role": pl.String,
    "before": pl.String,
    "after": pl.String,
    "on_roster": pl.Boolean,
    "ties": pl.Int64,
}
_COUNTS_AS = {"formal": ("formal", "both"), "informal": ("informal", "both"), "both": ("both",)}


def turnover(ties: pl.DataFrame, finished: pl.DataFrame) -> pl.DataFrame:
    """How many ties were so in one wave and so in a later one, for every two waves; ties of finished interviews.

    Takes   TIES; finished: wave, person, role
    Gives   first, second, topic (or ANY), role of the reporter in the later wave (or ANY), before, after, on_roster
            (whether the other is a person on the roster), ties. before and after are formal, informal, both, "none"
            (answered, and did not name the other), "silent" (did not answer), or null (formality was not asked).
    """
    known = _states(ties, finished)
    waves = sorted(finished["wave"].unique().to_list())
    parts = [_between(known, finished, *two) for two in combinations(waves, 2)]
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *parts]).sort(_CELL)


def _states(ties: pl.DataFrame, finished: pl.DataFrame) -> pl.DataFrame:
    """Each tie of those who finished: wave, topic, ego, alter, state ("" where not asked), on_roster."""
    rostered = ties.group_by("wave", "alter").agg(on_roster=pl.col("alter_on_roster").any())
    named = nominations(ties).join(finished.select("wave", ego="person"), on=["wave", "ego"], how="semi")
    formal, informal = pl.col("formal"), pl.col("informal")
    state = (
        pl.when(formal & informal)
        .then(pl.lit("both"))
        .when(formal)
        .then(pl.lit("formal"))
        .when(informal)
        .then(pl.lit("informal"))
        .otherwise(pl.lit(""))
    )
    return named.join(rostered, on=["wave", "alter"]).select("wave", *_PAIR, "on_roster", state=state)


def _between(known: pl.DataFrame, finished: pl.DataFrame, first: int, second: int) -> pl.DataFrame:
    sides = [
        known.filter(pl.col("wave") == wave).select(*_PAIR, "on_roster", pl.col("state").alias(name))
        for wave, name in ((first, "before"), (second, "after"))
    ]
    joined = sides[0].join(sides[1], on=_PAIR, how="full", coalesce=True)
    rows = joined.join(_reporters(finished, first, second), on="ego").with_columns(
        on_roster=pl.col("on_roster").fill_null(False) | pl.col("on_roster_right").fill_null(False),
        before=_told("before", "told_first"),
        after=_told("after", "told_second"),
    )
    both = pl.concat([rows, rows.with_columns(role=pl.lit(ANY))])
    waves = {"first": pl.lit(first, pl.Int32), "second": pl.lit(second, pl.Int32)}
    counted = both.with_columns(**waves).group_by(_CELL).agg(ties=pl.len().cast(pl.Int64))
    return counted.select(*_SCHEMA).with_columns(pl.col("before", "after").replace("", None))


def _told(side: str, told: str) -> pl.Expr:
    """A state: as it was told, none where the reporter answered without naming the other, or silent."""
    absent = pl.when(pl.col(told)).then(pl.lit(NONE)).otherwise(pl.lit(SILENT))
    return pl.coalesce(side, absent)


def _reporters(finished: pl.DataFrame, first: int, second: int) -> pl.DataFrame:
    """Who answered either wave: ego, role (the later one), told_first, told_second."""
    sides = [
        finished.filter(pl.col("wave") == wave).select(
            "person", pl.col("role").alias(f"role_{name}"), pl.lit(True).alias(f"told_{name}")
        )
        for wave, name in ((first, "first"), (second, "second"))
    ]
    joined = sides[0].join(sides[1], on="person", how="full", coalesce=True)
    role = pl.coalesce("role_second", "role_first")
    return joined.select(pl.col("told_first", "told_second").fill_null(False), ego="person", role=role)


def _chosen(release: Release, filters: Filters, first: int, second: int) -> pl.DataFrame:
    return release.turnover.filter(
        pl.col("first") == first,
        pl.col("second") == second,
        pl.col("topic") == (filters.topic or ANY),
        pl.col("role") == (filters.role or ANY),
    )


def transitions(release: Release, filters: Filters, first: int, second: int) -> pl.DataFrame:
    """How many ties went from each state to each between two waves, of people who answered both.

    Gives before, after (none, formal, informal, both), ties: sixteen rows. none to none is null: nobody counts what
    was never there. Only others on the roster; ties whose formality was not asked in either wave are left out. The
    formality filter does not matter here.
    """
    rows = _chosen(release, filters, first, second).filter("on_roster")
    counted = rows.group_by("before", "after").agg(pl.col("ties").sum())
    states = pl.DataFrame({"before": STATES}).join(pl.DataFrame({"after": STATES}), how="cross")
    table = states.join(counted, on=["before", "after"], how="left", maintain_order="left")
    never = (pl.col("before") == NONE) & (pl.col("after") == NONE)
    return table.with_columns(ties=pl.when(~never).then(pl.col("ties").fill_null(0)))


def decomposition(release: Release, filters: Filters, first: int, second: int) -> Decomposition:
    """The change of all ties between two waves taken apart; of the formality that the filters name, or of any.

    A tie that was formal and is informal now counts as dissolved among the formal, as formed among the informal. With
    a role, of reporters who have it in the later wave, or in the one they answered.
    """
    kinds = _COUNTS_AS.get(filters.formality or ANY)
    rows = _chosen(release, filters, first, second)
    sides = {side: _counts(side, kinds) for side in ("before", "after")}
    silent = {side: (pl.col(side) == SILENT).fill_null(False) for side in ("before", "after")}
    here = rows.with_columns(was=sides["before"], now=sides["after"])
    told = ~silent["before"] & ~silent["after"]
    roster, was, now = pl.col("on_roster"), pl.col("was"), pl.col("now")
    parts = {
        "kept": told & roster & was & now,
        "dissolved": told & roster & was & ~now,
        "formed": told & roster & ~was & now,
        "elsewhere_before": told & ~roster & was,
        "elsewhere_after": told & ~roster & now,
        "left": silent["after"] & was,
        "joined": silent["before"] & now,
    }
    sums = here.select(pl.col("ties").filter(which).sum().alias(name) for name, which in parts.items())
    return Decomposition(**sums.row(0, named=True))


def _counts(side: str, kinds: tuple[str, ...] | None) -> pl.Expr:
    """Whether a tie was there on that side: of any kind, or of one of `kinds`."""
    if kinds is None:
        return pl.col(side).is_null() | ~pl.col(side).is_in([NONE, SILENT])
    return pl.col(side).is_in(kinds).fill_null(False)
