"""What stands beside a figure of growth: first-timers, names at the limit, and measures that must wait."""

import numpy as np
import polars as pl
from scipy.special import stdtrit

from networks.columns import FORMALITIES
from networks.measures.growth import CONFIDENCE
from networks.release.growth import answered, asked, of_role
from networks.release.types import ANY, Filters, Release
from networks.uncertainty.coverage import coverage_by_site
from networks.uncertainty.gates import THRESHOLDS, gate

_NEWCOMERS = {
    "wave": pl.Int32,
    "formality": pl.String,
    "first_timers": pl.Int64,
    "first_timers_mean": pl.Float64,
    "returners": pl.Int64,
    "returners_mean": pl.Float64,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}


def newcomers(release: Release, filters: Filters) -> pl.DataFrame:
    """How many people first-timers name, beside those who answered an earlier wave too; from the second wave on.

    Gives wave, formality, first_timers, first_timers_mean, returners, returners_mean, difference (returners less
    first-timers) with its 95% interval low, high (Welch's). Returners who name clearly fewer may have tired. Null
    where a group is empty or formality was not asked.
    """
    told, with_formality = answered(release, filters), sorted(asked(release, filters))
    first = release.per_person.group_by("respondent").agg(first=pl.col("wave").min())
    joined = told.join(first, on="respondent", maintain_order="left").with_columns(
        again=pl.col("wave") > pl.col("first")
    )
    rows: list[tuple[object, ...]] = []
    for wave in with_formality[1:]:
        here = joined.filter(pl.col("wave") == wave)
        rows += [(wave, kind, *_beside(here, kind)) for kind in FORMALITIES]
    table = pl.DataFrame(rows, schema=_NEWCOMERS, orient="row")
    wanted = {"formality": filters.formality, "wave": filters.wave}
    return table.filter(True, *(pl.col(column) == value for column, value in wanted.items() if value is not None))


def _beside(rows: pl.DataFrame, kind: str) -> tuple[object, ...]:
    """First-timers and their mean, returners and theirs, and the difference with its interval."""
    groups = [rows.filter(pl.col("again") == again)[kind].cast(pl.Float64).to_numpy() for again in (False, True)]
    counts = [part for group in groups for part in (len(group), float(group.mean()) if len(group) else None)]
    if min(map(len, groups)) == 0:
        return (*counts, None, None, None)
    difference = float(groups[1].mean() - groups[0].mean())
    if min(map(len, groups)) == 1:
        return (*counts, difference, None, None)
    parts = [float(group.var(ddof=1)) / len(group) for group in groups]
    shares = sum(part**2 / (len(group) - 1) for part, group in zip(parts, groups, strict=True))
    reach = np.sqrt(sum(parts)) * stdtrit(sum(parts) ** 2 / shares, (1 + CONFIDENCE) / 2) if shares else 0.0
    return (*counts, difference, difference - float(reach), difference + float(reach))


def at_the_limit(release: Release, filters: Filters) -> pl.DataFrame:
    """How many respondents named as many people as the questionnaire lets them: more would not have been seen.

    Gives wave, most (the limit), respondents, at_limit (of them), share; only waves whose questionnaire has a limit.
    The topic and formality filters do not matter here.
    """
    rows = of_role(release.per_person, filters).filter(pl.col("topic") == ANY)
    caps = pl.DataFrame(list(release.caps.items()), schema={"wave": pl.Int32, "most": pl.Int64}, orient="row")
    counted = (
        rows.join(caps, on="wave")
        .group_by("wave", "most")
        .agg(respondents=pl.len().cast(pl.Int64), at_limit=(pl.col("any") >= pl.col("most")).sum().cast(pl.Int64))
        .with_columns(share=pl.col("at_limit") / pl.col("respondents"))
    )
    return counted.filter(True if filters.wave is None else pl.col("wave") == filters.wave).sort("wave")


def gates(release: Release, filters: Filters) -> pl.DataFrame:
    """Which measures of the network must wait for more answers, by wave: wave, measure, finished, invited, gate.

    gate is a sentence, or null where the measure may be shown. With a role, by the answers of that role.
    """
    rows = of_role(release.respondents, filters)
    if filters.wave is not None:
        rows = rows.filter(pl.col("wave") == filters.wave)
    counted = rows.group_by("wave").agg(pl.col("finished", "invited").sum()).sort("wave")
    listed = [
        (wave, measure, finished, invited, gate(measure, finished, invited))
        for wave, finished, invited in counted.iter_rows()
        for measure in THRESHOLDS
    ]
    schema = {"wave": pl.Int32, "measure": pl.String, "finished": pl.Int64, "invited": pl.Int64, "gate": pl.String}
    return pl.DataFrame(listed, schema=schema, orient="row")


def coverage(release: Release, filters: Filters, wave: int) -> pl.DataFrame:
    """What of a wave's network each site's answers have shown, and what one answer more from there would add.

    Gives site, invited, finished, coverage, confirmable, flows, gain (see networks.uncertainty.coverage), the largest
    gain first. With a role, among people of that role; the other filters do not matter here.
    """
    rows = of_role(release.respondents, filters).filter(pl.col("wave") == wave)
    sites = rows.group_by("site").agg(pl.col("invited", "finished").sum()).sort("site")
    return coverage_by_site(sites).sort("gain", "site", descending=[True, False], nulls_last=True)
