"""Measures of the network as a whole, worked out once per wave, topic, formality and reporter's role."""

import polars as pl

from networks.columns import FORMALITIES, UNKNOWN
from networks.measures.reciprocity import with_returned
from networks.release.checks import gates
from networks.release.pairs import by_formality, nominations
from networks.release.types import ANY, Filters, Release

SITE_ATTRIBUTES = ("region", "designation", "care_setting", "core_system", "grouping")
_SLICE = ("wave", "topic", "formality", "reporter_role")


def _arcs(ties: pl.DataFrame, invited: pl.DataFrame) -> pl.DataFrame:
    """Invited people named by those who finished: pairs with formal, informal, reporter_role, alter_finished."""
    finished = pl.col("finished_at").is_not_null()
    egos = invited.filter(finished).select("wave", ego="person", reporter_role="role")
    alters = invited.select("wave", alter="person", alter_finished=finished)
    return nominations(ties).join(egos, on=["wave", "ego"]).join(alters, on=["wave", "alter"])


def _with_places(arcs: pl.DataFrame, invited: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """The arcs with each end's site, role and the attributes of its site; null where not known."""
    told = [pl.when(pl.col(place) != UNKNOWN).then(pl.col(place)).alias(place) for place in ("site", "role")]
    attributes = sites.select("site", *SITE_ATTRIBUTES)
    places = invited.select("wave", "person", *told).join(attributes, on="site", how="left")
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


def _slices(arcs: pl.DataFrame, possible: pl.DataFrame) -> pl.DataFrame:
    """Every slice that has a density, also where nobody is named: each topic of the wave and ANY, each formality."""
    topics = pl.concat([arcs.select("wave", "topic"), possible.select("wave", topic=pl.lit(ANY))]).unique()
    formalities = pl.DataFrame({"formality": [ANY, *FORMALITIES]})
    return possible.join(topics, on="wave").join(formalities, how="cross")


def whole_table(ties: pl.DataFrame, invited: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """Every whole-network measure as a numerator and a denominator.

    Takes TIES, the invited rows of RESPONSE, SITES. Gives wave, topic, formality, reporter_role, measure, numerator,
    denominator.
    """
    answered = with_returned(by_formality(_arcs(ties, invited)), ["wave", "topic", "formality"])
    arcs = _with_places(answered, invited, sites)
    both = pl.concat([arcs, arcs.with_columns(reporter_role=pl.lit(ANY))])
    slices = _slices(arcs, _possible(invited))
    counted = slices.join(both.group_by(_SLICE).agg(_counts()), on=_SLICE, how="left").fill_null(0)
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

    Gives wave, measure, value (null when undefined), numerator, denominator, gate (a sentence to show in the value's
    place where too few answered for it: see networks.uncertainty.gates; otherwise null). A returned naming must pass
    the same topic and formality filter; the role filter is the namer's. Source: Snijders and Borgatti for densities
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
    waiting = gates(release, Filters(role=filters.role)).select("wave", "measure", "gate")
    shown = rows.with_columns(value=value).join(waiting, on=["wave", "measure"], how="left", maintain_order="left")
    return shown.select("wave", "measure", "value", "numerator", "denominator", "gate")
