"""How much more people name than in the first wave: the same people, all who answered, and the limits of both."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.columns import FORMALITIES
from networks.release.growth import answered, asked, of_role
from networks.release.types import Filters, Release
from networks.uncertainty.bounds import NO_LIMITS, Limits, likely_change, worst_change
from networks.uncertainty.everyone import standardised_change
from networks.uncertainty.intervals import NOBODY, Change, paired_change
from networks.uncertainty.weights import propensities, weighted_change

_KEYS = {"first": pl.Int32, "second": pl.Int32, "formality": pl.String, "roster": pl.Int64, "most": pl.Int64}
_CHANGE = ("before", "after", "change", "low", "high", "share", "share_low", "share_high")
_LIMITS = ("likely_low", "likely_high", "worst_low", "worst_high")
_SCHEMA = {
    **_KEYS,
    "people": pl.Int64,
    **dict.fromkeys(_CHANGE, pl.Float64),
    "clear": pl.Boolean,
    "all_people": pl.Int64,
    **{f"all_{name}": pl.Float64 for name in _CHANGE},
    "all_clear": pl.Boolean,
    **dict.fromkeys(_LIMITS, pl.Float64),
    "weighted_change": pl.Float64,
    "weighted_share": pl.Float64,
}
_FEW, _MANY = 1 / 3, 2 / 3
"""Between them lies the middle third of how many people were named."""
Values = NDArray[np.float64]


@dataclass(frozen=True)
class _Two:
    """Two waves as they were answered.

    people      respondent, site, role, kept (invited to both), and for each formality its count in either wave with
                _first or _second behind its name; null in the wave not answered
    rosters     site, role, invited: how many were invited to both
    invited     how many were invited to the second wave, by site
    most        how many people one respondent can name
    panel       the people who answered both waves, and their propensity to do so (0..1)
    """

    people: pl.DataFrame
    rosters: pl.DataFrame
    invited: dict[str, int]
    most: int
    panel: pl.DataFrame


def change(release: Release, filters: Filters) -> pl.DataFrame:
    """How many more people each respondent names than in the first wave that asked, by later wave and formality.

    Gives   first, second (waves), formality (formal, informal, both)
            people, before, after, change, low, high, share, share_low, share_high, clear: the same people, who
                answered both waves: how many, their means, the mean of their own differences with its 95% interval,
                the same as a share of before, and whether the interval of the change excludes 0
            all_...: the same of all who answered either wave, each site weighing as many as it has people
            roster: how many were invited to both waves
            likely_low, likely_high: limits of the change on the roster, should those not in the panel have changed as
                its 5th or its 95th percentile, widened by chance among the panel
            worst_low, worst_high: should every missing answer have been 0, or `most` (the questionnaire's limit, or
                everyone else on the roster)
            weighted_change, weighted_share: the same people weighted by how unlikely they were to answer both
    Null where undefined: nobody in it, formality not asked in either wave. With a role, those of that role in each
    wave. A chosen wave leaves its rows only.
    """
    told = answered(release, filters)
    waves = sorted(asked(release, filters) & set(told["wave"]))
    schema = pl.Schema(_SCHEMA)
    if not waves:
        return schema.to_frame()
    later = [wave for wave in sorted(release.respondents["wave"].unique()) if wave > waves[0]]
    rows = []
    for second in later if filters.wave is None else [wave for wave in later if wave == filters.wave]:
        two = _two(release, filters, told, (waves[0], second))
        for kind in FORMALITIES:
            rows.append((waves[0], second, kind, *(_row(two, kind) if second in waves else _nothing(two))))
    table = pl.DataFrame(rows, schema=schema, orient="row")
    return table if filters.formality is None else table.filter(pl.col("formality") == filters.formality)


def _two(release: Release, filters: Filters, told: pl.DataFrame, waves: tuple[int, int]) -> _Two:
    first, second = waves
    sides = []
    for wave, name in ((first, "first"), (second, "second")):
        rows = told.filter(pl.col("wave") == wave)
        sides.append(
            rows.select("respondent", pl.col("site", "role", "invited_in", *FORMALITIES).name.suffix(f"_{name}"))
        )
    joined = sides[0].join(sides[1], on="respondent", how="full", coalesce=True).sort("respondent")
    people = joined.with_columns(
        *(pl.coalesce(f"{name}_second", f"{name}_first").alias(name) for name in ("site", "role", "invited_in"))
    ).with_columns(kept=pl.col("invited_in").list.contains(first) & pl.col("invited_in").list.contains(second))
    rosters = of_role(release.rosters, filters).filter(pl.col("first") == first, pl.col("second") == second)
    here = of_role(release.respondents, filters).filter(pl.col("wave") == second)
    invited = dict(here.group_by("site").agg(pl.col("invited").sum()).iter_rows())
    caps = [release.caps[wave] for wave in waves if wave in release.caps]
    everyone = release.respondents.filter(pl.col("wave") == second)["invited"].sum()
    most = max(caps) if len(caps) == len(waves) else max(int(everyone) - 1, 0)
    places = rosters.select("site", "role", "invited")
    return _Two(people, places, invited, most, _panel(people, places))


def _values(rows: pl.DataFrame, kind: str) -> tuple[Values, Values]:
    """How many each person named in the first wave and in the second, NaN where they did not answer."""
    first, second = (
        rows[f"{kind}_{wave}"].cast(pl.Float64).fill_null(np.nan).to_numpy() for wave in ("first", "second")
    )
    return first, second


def _site(rows: pl.DataFrame) -> NDArray[np.str_]:
    return rows["site"].to_numpy().astype(np.str_)


def _row(two: _Two, kind: str) -> tuple[object, ...]:
    first, second = _values(two.panel, kind)
    roster = dict(two.rosters.group_by("site").agg(pl.col("invited").sum()).iter_rows())
    places = max(sum(roster.values()), two.panel.height)
    found = paired_change(first, second, _site(two.panel), roster)
    every = standardised_change(*_values(two.people, kind), _site(two.people), two.invited)
    likely = likely_change(second - first, places, found)
    worst = worst_change(*_values(two.people.filter("kept"), kind), places, two.most)
    weighted = weighted_change(first, second, two.panel["propensity"].to_numpy())
    ends = (*_flat(found), *_flat(every), *_sides(likely), *_sides(worst))
    return (places, two.most, *ends, weighted.absolute.value, weighted.relative.value)


def _nothing(two: _Two) -> tuple[object, ...]:
    """The row of a wave that did not ask for formality."""
    empty = (*_flat(NOBODY), *_flat(NOBODY), *_sides(NO_LIMITS), *_sides(NO_LIMITS))
    return (int(two.rosters["invited"].sum()), two.most, *empty, None, None)


def _flat(found: Change) -> tuple[object, ...]:
    ends = (found.absolute, found.relative)
    numbers = [number for one in ends for number in (one.value, one.low, one.high)]
    return (found.people, found.before, found.after, *numbers, found.clear)


def _sides(limits: Limits) -> tuple[float | None, float | None]:
    return limits.low, limits.high


def _panel(people: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Those who answered both waves, with how likely that was: the first by site and role, then the second again.

    Of those who answered the first, the second by role and by how many people they had named in it.
    """
    panel = people.drop_nulls(["informal_first", "informal_second"])
    told = _thirds(people.filter(pl.col("kept") & pl.col("informal_first").is_not_null()))
    came = told.group_by("site", "role").agg(answered=pl.len())
    cells = places.join(came, on=["site", "role"], how="full", coalesce=True).fill_null(0)
    cells = cells.with_columns(invited=pl.max_horizontal("invited", "answered"))
    again = told.group_by("role", "third").agg(invited=pl.len(), answered=pl.col("informal_second").is_not_null().sum())
    likely = told.join(propensities(cells).rename({"propensity": "came"}), on=["site", "role"])
    likely = likely.join(propensities(again, ("role", "third")), on=["role", "third"])
    both = likely.select("respondent", propensity=pl.col("came") * pl.col("propensity"))
    joined = panel.join(both, on="respondent", how="left", maintain_order="left")
    return joined.with_columns(pl.col("propensity").fill_null(1.0))


def _thirds(told: pl.DataFrame) -> pl.DataFrame:
    """With a column third: whether a person named few people in the first wave (0), some (1) or many (2)."""
    named = pl.col("formal_first") + pl.col("informal_first") - pl.col("both_first")
    above = [(named > named.quantile(share, "nearest")).cast(pl.Int8) for share in (_FEW, _MANY)]
    return told.with_columns(third=above[0] + above[1])
