"""Measures of the network as a whole, worked out once per wave, topic, formality and reporter's role."""

import polars as pl

from networks.release.pairs import by_formality, nominations
from networks.release.types import ANY, Filters, Release

SITE_ATTRIBUTES = ("region", "designation", "care_setting", "core_system", "grouping")
_SLICE = ("wave", "topic", "formality", "reporter_role")


def _arcs(ties: pl.DataFrame, invited: pl.DataFrame) -> pl.DataFrame:
    """Invited people named by those who finished: wave, topic, ego, alter, alter_finished, formal, informal."""
    people = invited.select("wave", "person", finished=pl.col("finished_at").is_not_null())
    finished = people.filter("finished").select("wave", ego="person")
    alters = people.rename({"person": "alter", "finished": "alter_finished"})
    named = nominations(ties).join(finished, on=["wave", "ego"], how="semi")
    return named.drop("ego_role").join(alters, on=["wave", "alter"])


def _with_answer(arcs: pl.DataFrame) -> pl.DataFrame:
    """The arcs under each formality, with whether the other end names them back under the same."""
    sliced = by_formality(arcs)
    keys = ["wave", "topic", "formality"]
    back = sliced.select(*keys, ego="alter", alter="ego").with_columns(returned=pl.lit(True))
    return sliced.join(back, on=[*keys, "ego", "alter"], how="left").with_columns(pl.col("returned").fill_null(False))


def _with_places(arcs: pl.DataFrame, invited: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """The arcs with each end's site, role and the attributes of its site."""
    places = invited.select("wave", "person", "site", "role").join(
        sites.select("site", *SITE_ATTRIBUTES), on="site", how="left"
    )
    for end in ("ego", "alter"):
        own = places.rename({name: f"{end}_{name}" for name in places.columns if name not in ("wave", "person")})
        arcs = arcs.join(own.rename({"person": end}), on=["wave", end], how="left")
    return arcs


def _inside_outside(attribute: str) -> list[pl.Expr]:
    same = pl.col(f"ego_{attribute}") == pl.col(f"alter_{attribute}")
    return [
        ((~same).sum().cast(pl.Int64) - same.sum().cast(pl.Int64)).cast(pl.Float64).alias(f"ei_{attribute}:n"),
        same.count().cast(pl.Float64).alias(f"ei_{attribute}:d"),
    ]


def _counts() -> list[pl.Expr]:
    answered = pl.col("alter_finished")
    reciprocity = [
        (pl.col("returned") & answered).sum().cast(pl.Float64).alias("reciprocity:n"),
        answered.sum().cast(pl.Float64).alias("reciprocity:d"),
    ]
    pairs = [pl.len().cast(pl.Float64).alias("density:n")]
    outside = [count for attribute in ("site", "role", *SITE_ATTRIBUTES) for count in _inside_outside(attribute)]
    return pairs + reciprocity + outside


def _possible(invited: pl.DataFrame) -> pl.DataFrame:
    """How many pairs the respondents could have named: wave, reporter_role, density:d."""
    sized = invited.with_columns(others=(pl.len().over("wave") - 1).cast(pl.Float64))
    finished = sized.filter(pl.col("finished_at").is_not_null()).select("wave", "others", reporter_role="role")
    both = pl.concat([finished, finished.with_columns(reporter_role=pl.lit(ANY))])
    return both.group_by("wave", "reporter_role").agg(pl.col("others").sum().alias("density:d"))


def whole_table(ties: pl.DataFrame, invited: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """Every whole-network measure as a numerator and a denominator.

    Takes TIES, the invited rows of RESPONSE, SITES. Gives wave, topic, formality, reporter_role, measure, numerator,
    denominator.
    """
    arcs = _with_places(_with_answer(_arcs(ties, invited)), invited, sites).rename({"ego_role": "reporter_role"})
    arcs = arcs.with_columns(ego_role=pl.col("reporter_role"))
    both = pl.concat([arcs, arcs.with_columns(reporter_role=pl.lit(ANY))])
    counted = both.group_by(_SLICE).agg(_counts()).join(_possible(invited), on=["wave", "reporter_role"], how="left")
    long = counted.unpivot(index=_SLICE, variable_name="part", value_name="value").with_columns(
        measure=pl.col("part").str.split(":").list.first(), side=pl.col("part").str.split(":").list.last()
    )
    numerators = long.filter(pl.col("side") == "n").select(*_SLICE, "measure", numerator="value")
    denominators = long.filter(pl.col("side") == "d").select(*_SLICE, "measure", denominator="value")
    return numerators.join(denominators, on=[*_SLICE, "measure"]).sort(pl.all())


def whole(release: Release, filters: Filters) -> pl.DataFrame:
    """The measures of the whole network, one row per wave and measure.

    density       people named, of those the respondents could have named: arcs/(r(n-1)), r respondents of n invited
    reciprocity   share of namings that are returned, where both ends answered: 2M/(2M+A)
    ei_<what>     (outside - inside)/(outside + inside) by site, role, region, designation, care_setting, core_system,
                  grouping: 1 when all named are elsewhere, -1 when all are at home; unknown places left out

    Gives wave, measure, value (null when undefined), numerator, denominator. A returned naming must pass the same
    topic and formality filter; the role filter is the namer's. Source: Snijders and Borgatti for reading densities
    under non-response; Krackhardt and Stern 1988, doi:10.2307/2786835 for E-I.
    """
    rows = release.whole.filter(
        pl.col("topic") == (filters.topic or ANY),
        pl.col("formality") == (filters.formality or ANY),
        pl.col("reporter_role") == (filters.role or ANY),
    )
    if filters.wave is not None:
        rows = rows.filter(pl.col("wave") == filters.wave)
    value = pl.when(pl.col("denominator") > 0).then(pl.col("numerator") / pl.col("denominator"))
    return rows.with_columns(value=value).select("wave", "measure", "value", "numerator", "denominator")
