"""Makes a release: checks the frames, counts once, and keeps no tie and no name."""

from collections.abc import Mapping
from datetime import datetime

import polars as pl

from networks.columns import FORMALITIES, LABELS, RESPONSE, SITES, TIES, UNKNOWN, UTC_MOMENT
from networks.measures.flows import total_contacts
from networks.release.field import MAILED, MINUTES, PAGE_TIMES, Field
from networks.release.pairs import by_formality, flow_pairs, named_per_person
from networks.release.response import daily, respondents
from networks.release.rosters import invitations, rosters
from networks.release.seeds import endings_table, seeded_table
from networks.release.turnover import turnover
from networks.release.types import ANALYST, ANY, Release, UnprotectedAudience
from networks.release.whole import whole_table

_ENDS = ("giver_site", "giver_role", "getter_site", "getter_role")
_TEXTS = ("topic", "formality", "reporter_role", *_ENDS)
_CELL = ("wave", *_TEXTS)
_MOMENTS = ("invited_at", "opened_at", "started_at", "finished_at", "declined_at")
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


def _invited(response: pl.DataFrame, mailed: pl.DataFrame) -> pl.DataFrame:
    """Those who were invited, with what mail knows of them.

    Whoever opened, answered or declined was invited, even where no moment was noted.
    """
    invited = pl.coalesce(_MOMENTS)
    known = response.with_columns(invited_at=invited).filter(pl.col("invited_at").is_not_null())
    if mailed.is_empty():
        return known.with_columns(pl.lit(None, UTC_MOMENT).alias(name) for name in ("delivered_at", "unreachable_at"))
    return known.join(mailed, on=["wave", "person"], how="left", maintain_order="left")


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
    field: Field | None = None,
    reasons: pl.DataFrame | None = None,
) -> Release:
    """The tables a dashboard may read.

    Takes TIES, RESPONSE, SITES and LABELS, how many people a respondent could name at most, by wave, what else is
    known of the field, and ENDINGS where reasons were asked. Flows count every tie given, also from an interview not
    finished yet; all other figures count finished interviews only.
    Refuses MissingColumn, WrongType, and UnprotectedAudience for any reader but an analyst.
    """
    if audience != ANALYST:
        raise UnprotectedAudience(audience)
    places = ("ego_site", "ego_role", "alter_site", "alter_role")
    told = _blank_is_null(TIES.check(ties), "topic", *places)
    places_known = pl.col("site", "role").fill_null(UNKNOWN)
    beside = field or Field()
    asked = _blank_is_null(RESPONSE.check(response), "site", "role").with_columns(places_known)
    invited = _invited(asked, MAILED.check(beside.mailed))
    checked_sites = SITES.check(sites)
    finished = invited.filter(pl.col("finished_at").is_not_null()).select("wave", "person", "site", "role")
    return Release(
        flows=_flows(told),
        response=daily(invited),
        respondents=respondents(invited),
        per_person=_per_person(told, finished, invited),
        rosters=rosters(invited),
        turnover=turnover(told, finished),
        whole=whole_table(told, invited, checked_sites),
        sites=checked_sites,
        labels=LABELS.check(labels),
        page_times=PAGE_TIMES.check(beside.page_times),
        minutes=MINUTES.check(beside.minutes),
        seeded=seeded_table(told),
        endings=endings_table(told, finished, reasons),
        stamp=_stamp(invited),
        audience=audience,
        caps=dict(caps or {}),
        targets=dict(beside.targets),
        days=dict(beside.days),
    )
