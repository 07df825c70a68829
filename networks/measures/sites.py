"""How much is asked of each group, who gives more than they get, what pairings carry, and how far mechanisms reach."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from networks.columns import RESPONSE, SITES, TIES
from networks.ties import knowledge_flows

DRAWS, SEED, CONFIDENCE = 1000, 1, 0.95


def _named(ties: pl.DataFrame, attribute: str) -> pl.DataFrame:
    """Each ego and alter of known, different groups once in each wave: wave, ego, alter, source, target (groups)."""
    ends = (pl.col(f"ego_{attribute}").alias("source"), pl.col(f"alter_{attribute}").alias("target"))
    known = TIES.check(ties).select("wave", "ego", "alter", *ends).drop_nulls().unique(["wave", "ego", "alter"])
    return known.filter(pl.col("source") != pl.col("target"))


def request_burden(ties: pl.DataFrame, response: pl.DataFrame, attribute: str = "site") -> pl.DataFrame:
    """How often people of each group are gone to from outside, for each head.

    Takes   TIES; RESPONSE (its invited people are the heads); attribute: site or role
    Gives   wave, group, named (by how many people from other groups, each pair once), heads, burden (named / heads),
            corrected (the same had everybody invited answered as those of their own group did); null without heads
    Whoever is gone to did not report it: burden rises with the response of others, which `corrected` takes away.
    Groups of which nobody answered add nothing even so.
    """
    invited = RESPONSE.check(response).rename({attribute: "group"}).drop_nulls("group")
    sizes = invited.group_by("wave", "group").agg(
        heads=pl.len().cast(pl.Int64), answered=pl.col("finished_at").count().cast(pl.Int64)
    )
    reporters = invited.filter(pl.col("finished_at").is_not_null()).select("wave", ego="person")
    named = _named(ties, attribute).join(reporters, on=["wave", "ego"], how="semi")
    factor = sizes.select("wave", source="group", factor=pl.col("heads") / pl.col("answered"))
    counted = (
        named.join(factor, on=["wave", "source"], how="left")
        .group_by("wave", group="target")
        .agg(named=pl.len().cast(pl.Int64), scaled=pl.col("factor").sum())
    )
    joined = sizes.join(counted, on=["wave", "group"], how="left").with_columns(pl.col("named", "scaled").fill_null(0))
    rates = joined.with_columns(burden=pl.col("named") / pl.col("heads"), corrected=pl.col("scaled") / pl.col("heads"))
    order = rates.sort("wave", "burden", "group", descending=[False, True, False])
    return order.select("wave", "group", "named", "heads", "burden", "corrected")


def giving(
    ties: pl.DataFrame, response: pl.DataFrame, attribute: str = "site", *, draws: int = DRAWS, seed: int = SEED
) -> pl.DataFrame:
    """Which groups give more than they get, each with an interval, wave by wave.

    Takes   TIES; RESPONSE; attribute: site or role
    Gives   wave, group, given, got (reports by respondents of knowledge to and from other groups), asymmetry
            ((given - got)/(given + got), -1 to 1), low, high (the middle 95 % of `draws` samples of respondents, drawn
            again within their group); null where nothing was given or got
    Source of the interval: Efron and Tibshirani 1993, An Introduction to the Bootstrap, chapter 13.
    """
    invited = RESPONSE.check(response).filter(pl.col("finished_at").is_not_null())
    ends = [pl.col(f"{end}_{attribute}").alias(f"{end}_group") for end in ("giver", "getter")]
    told = knowledge_flows(ties).select("wave", "reporter", "giver", "getter", *ends).drop_nulls().unique()
    outside = told.filter(pl.col("giver_group") != pl.col("getter_group"))
    schema = {"wave": pl.Int32, "group": pl.String, "given": pl.Int64, "got": pl.Int64}
    frames = [pl.DataFrame(schema=schema | dict.fromkeys(("asymmetry", "low", "high"), pl.Float64))]
    for wave in sorted(invited["wave"].unique()):
        people = invited.filter(pl.col("wave") == wave).select("person", stratum=attribute).sort("person")
        rows = outside.filter(pl.col("wave") == wave).join(people, left_on="reporter", right_on="person", how="semi")
        groups = sorted({*rows["giver_group"], *rows["getter_group"]})
        if groups:
            frames.append(_giving(rows, people, groups, np.random.default_rng(seed), draws).insert_column(0, _of(wave)))
    return pl.concat([frame.cast(frames[0].schema) for frame in frames])


def _of(wave: int) -> pl.Expr:
    return pl.lit(wave, pl.Int32).alias("wave")


def _giving(
    rows: pl.DataFrame, people: pl.DataFrame, groups: list[str], draw: np.random.Generator, draws: int
) -> pl.DataFrame:
    given, got = (_counts(rows, people, groups, end) for end in ("giver_group", "getter_group"))
    weights = _weights(people["stratum"].fill_null("").to_numpy(), draw, draws)
    low, high = np.nanquantile(
        _index(weights @ given, weights @ got), [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], axis=0
    )
    totals = given.sum(axis=0), got.sum(axis=0)
    values = {"given": totals[0], "got": totals[1], "asymmetry": _index(*totals), "low": low, "high": high}
    return pl.DataFrame({"group": groups} | values)


def _counts(rows: pl.DataFrame, people: pl.DataFrame, groups: list[str], end: str) -> NDArray[np.float64]:
    """People x groups: how many reports each person made with that group at that end."""
    counts = np.zeros((people.height, len(groups)))
    person = {name: place for place, name in enumerate(people["person"])}
    group = {name: place for place, name in enumerate(groups)}
    for reporter, name in rows.select("reporter", end).iter_rows():
        counts[person[reporter], group[name]] += 1
    return counts


def _weights(strata: NDArray[np.object_], draw: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """How often each person is drawn in each sample: as many as there are, within each stratum."""
    weights = np.zeros((draws, len(strata)))
    for stratum in sorted(set(strata)):
        members = np.flatnonzero(strata == stratum)
        weights[:, members] = draw.multinomial(len(members), np.full(len(members), 1 / len(members)), size=draws)
    return weights


def _index(given: NDArray[np.float64], got: NDArray[np.float64]) -> NDArray[np.float64]:
    """(given - got)/(given + got); where a sample holds neither, even: 0."""
    total = given + got
    return np.divide(given - got, total, out=np.zeros_like(total), where=total > 0)


def pairing(ties: pl.DataFrame, sites: pl.DataFrame) -> pl.DataFrame:
    """Whether sites that the programme paired are tied, and how much of what goes between sites runs inside pairings.

    Takes   TIES; SITES
    Gives   wave, pairings (how many), tied (with a tie either way), compliance (tied / pairings), external (pairs of
            people in different sites), inside (of these in paired sites), share (inside / external); null where there
            is nothing to divide by. Only waves in which somebody named someone.
    """
    told = SITES.check(sites).select("site", "pair").drop_nulls().iter_rows()
    paired = sorted({(min(one, other), max(one, other)) for one, other in told})
    known = pl.DataFrame(paired, schema={"low": pl.String, "high": pl.String}, orient="row")
    two = (
        pl.min_horizontal("source", "target").alias("low"),
        pl.max_horizontal("source", "target").alias("high"),
    )
    outside = _named(ties, "site").with_columns(*two)
    both = outside.join(known.with_columns(inside=True), on=["low", "high"], how="left")
    inside = pl.col("inside").fill_null(False)
    counted = both.group_by("wave").agg(
        tied=pl.struct("low", "high").filter(inside).n_unique().cast(pl.Int64),
        external=pl.len().cast(pl.Int64),
        inside=inside.sum().cast(pl.Int64),
    )
    waves = TIES.check(ties).select("wave").unique()
    every = waves.join(counted, on="wave", how="left").with_columns(pl.exclude("wave").fill_null(0))
    number = pl.lit(len(paired), pl.Int64)
    return every.select(
        "wave",
        number.alias("pairings"),
        "tied",
        pl.when(number > 0).then(pl.col("tied") / number).alias("compliance"),
        "external",
        "inside",
        pl.when(pl.col("external") > 0).then(pl.col("inside") / pl.col("external")).alias("share"),
    ).sort("wave")


def mechanism_reach(ties: pl.DataFrame) -> pl.DataFrame:
    """How far each mechanism reaches: how many people and sites its ties join, the widest first within a wave.

    Takes   TIES
    Gives   wave, mechanism, mechanism_kind, ties (pairs of people), people, sites, site_pairs (different sites joined),
            external_share (of the ties whose sites are known, those between sites; null without any)
    """
    keys = ["wave", "mechanism", "mechanism_kind"]
    told = TIES.check(ties).filter(pl.col("mechanism").is_not_null() & (pl.col("ego") != pl.col("alter")))
    each = told.group_by(*keys, "ego", "alter").agg(
        one=pl.col("ego_site").drop_nulls().first(), other=pl.col("alter_site").drop_nulls().first()
    )
    apart = pl.col("one") != pl.col("other")
    two = pl.struct(low=pl.min_horizontal("one", "other"), high=pl.max_horizontal("one", "other"))
    found = each.group_by(keys).agg(
        ties=pl.len().cast(pl.Int64),
        people=pl.col("ego").append(pl.col("alter")).n_unique().cast(pl.Int64),
        sites=pl.col("one").append(pl.col("other")).drop_nulls().n_unique().cast(pl.Int64),
        site_pairs=two.filter(apart.fill_null(False)).n_unique().cast(pl.Int64),
        external_share=apart.mean(),
    )
    return found.sort("wave", "site_pairs", "ties", "mechanism", descending=[False, True, True, False])
