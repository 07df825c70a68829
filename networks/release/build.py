"""Makes a release: checks the frames, counts once, and keeps no tie and no name."""

from collections.abc import Mapping
from datetime import datetime

import polars as pl

from networks.columns import FORMALITIES, LABELS, RESPONSE, SITES, TIES, UNKNOWN
from networks.measures.flows import total_contacts
from networks.release.pairs import by_formality, flow_pairs, named_per_person
from networks.release.response import STEPS
from networks.release.rosters import invitations, rosters
from networks.release.turnover import turnover
from networks.release.types import ANALYST, ANY, Release, UnprotectedAudience
from networks.release.whole import whole_table

ZONE = "Europe/London"
"""Where a day begins and ends."""
_ENDS = ("giver_site", "giver_role", "getter_site", "getter_role")
_TEXTS = ("topic", "formality", "reporter_role", *_ENDS)
_CELL = ("wave", *_TEXTS)
_MOMENTS = tuple(f"{step}_at" for step in STEPS)
_SHUFFLE = 11


def _blank_is_null(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    return frame.with_columns(pl.when(pl.col(column) != "").then(pl.col(column)).alias(column) for column in columns)


def _reporters(pairs: pl.DataFrame) -> pl.DataFrame:
    """How many different people reported each cell: the cell's columns, people."""
    sides = [pairs.filter(f"{end}_reports").select(*_CELL, reporter=end) for end in ("giver", "getter")]
    return pl.concat(sides).group_by(_CELL).agg(people=pl.col("reporter").n_unique().cast(pl.Int64))


def _flows(ties: pl.DataFrame) -> pl.DataFrame:
    kinds = pl.Enum([ANY, *FORMALITIES])
    pairs = by_formality(flow_pairs(ties).with_columns(pl.col(_ENDS).fill_null(UNKNOWN)))
    pairs = pairs.with_columns(pl.col("formality").cast(kinds))
    cells = pairs.group_by(_CELL).agg(pl.len().cast(pl.Int64).alias("ties"), total_contacts())
    counted = cells.join(_reporters(pairs), on=_CELL).sort(_CELL)
    return counted.select(*_CELL, "ties", "people", "contacts_per_year").with_columns(pl.col(_TEXTS).cast(pl.String))


def _invited(response: pl.DataFrame) -> pl.DataFrame:
    """Those who were invited: whoever opened, answered or declined was, even where no moment was noted."""
    invited = pl.coalesce("invited_at", "opened_at", "started_at", "finished_at", "declined_at")
    return response.with_columns(invited_at=invited).filter(pl.col("invited_at").is_not_null())


def _daily(invited: pl.DataFrame) -> pl.DataFrame:
    steps = invited.unpivot(_MOMENTS, index=["wave", "site", "role"], variable_name="step", value_name="at").drop_nulls(
        "at"
    )
    days = steps.with_columns(day=pl.col("at").dt.convert_time_zone(ZONE).dt.date())
    counts = [(pl.col("step") == f"{step}_at").sum().cast(pl.Int64).alias(step) for step in STEPS]
    return days.group_by("wave", "site", "role", "day").agg(counts).sort("wave", "site", "role", "day")


def _respondents(invited: pl.DataFrame) -> pl.DataFrame:
    counts = [pl.len().cast(pl.Int64).alias("invited"), pl.col("finished_at").count().cast(pl.Int64).alias("finished")]
    return invited.group_by("wave", "site", "role").agg(counts).sort("wave", "site", "role")


def _numbered(people: pl.Series) -> pl.DataFrame:
    """Each person with a number that says nothing about them."""
    shuffled = people.unique().sort().sample(fraction=1, shuffle=True, seed=_SHUFFLE)
    return pl.DataFrame({"person": shuffled}).with_row_index("respondent", offset=1)


def _per_person(ties: pl.DataFrame, finished: pl.DataFrame, invited: pl.DataFrame) -> pl.DataFrame:
    counts = ["any", *FORMALITIES]
    named = named_per_person(ties).rename({"ego": "person"})
    everyone = finished.with_columns(topic=pl.lit(ANY)).join(named, on=["wave", "person", "topic"], how="left")
    on_topics = finished.join(named.filter(pl.col("topic") != ANY), on=["wave", "person"])
    rows = pl.concat([everyone, on_topics], how="diagonal").with_columns(pl.col(counts).fill_null(0))
    anonymous = rows.join(_numbered(finished["person"]), on="person").join(invitations(invited), on="person")
    columns = ["respondent", "wave", "site", "role", "invited_in", "topic", *counts]
    return anonymous.select(columns).sort("wave", "respondent", "topic")


def _stamp(invited: pl.DataFrame) -> str:
    if invited.is_empty():
        return "Nobody has been invited yet"
    waves = ", ".join(str(wave) for wave in sorted(invited["wave"].unique()))
    latest = invited.select(pl.max_horizontal(pl.col(_MOMENTS).max())).item()
    moment = latest.strftime("%d %B %Y, %H:%M UTC") if isinstance(latest, datetime) else "no date"
    finished = invited["finished_at"].count()
    return f"Wave {waves}: {finished} of {invited.height} interviews finished, data as of {moment.lstrip('0')}"


def build(
    ties: pl.DataFrame,
    response: pl.DataFrame,
    sites: pl.DataFrame,
    labels: pl.DataFrame,
    *,
    audience: str = ANALYST,
    caps: Mapping[int, int] | None = None,
) -> Release:
    """The tables a dashboard may read.

    Takes TIES, RESPONSE, SITES and LABELS, and how many people a respondent could name at most, by wave. Flows count
    every tie given, also from an interview not finished yet; all other figures count finished interviews only.
    Refuses MissingColumn, WrongType, and UnprotectedAudience for any reader but an analyst.
    """
    if audience != ANALYST:
        raise UnprotectedAudience(audience)
    places = ("ego_site", "ego_role", "alter_site", "alter_role")
    told = _blank_is_null(TIES.check(ties), "topic", *places)
    places_known = pl.col("site", "role").fill_null(UNKNOWN)
    invited = _invited(_blank_is_null(RESPONSE.check(response), "site", "role").with_columns(places_known))
    checked_sites = SITES.check(sites)
    finished = invited.filter(pl.col("finished_at").is_not_null()).select("wave", "person", "site", "role")
    return Release(
        flows=_flows(told),
        response=_daily(invited),
        respondents=_respondents(invited),
        per_person=_per_person(told, finished, invited),
        rosters=rosters(invited),
        turnover=turnover(told, finished),
        whole=whole_table(told, invited, checked_sites),
        sites=checked_sites,
        labels=LABELS.check(labels),
        stamp=_stamp(invited),
        audience=audience,
        caps=dict(caps or {}),
    )
