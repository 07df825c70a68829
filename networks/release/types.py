"""What a release is, and the filters a reader may set on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

ANY = ""
"""In a topic, formality or role column: all of them together, each pair or person counted once."""
ANY_WAVE = 0
"""In a wave column: all waves together, each pair counted once."""

ANALYST = "analyst"


class UnprotectedAudience(ValueError):
    """A release was asked for readers who may only see protected tables."""

    def __init__(self, audience: str) -> None:
        super().__init__(
            f'There is no disclosure control yet, so no release can be made for "{audience}". '
            f'Build it for "{ANALYST}" and show it to analysts only.'
        )


@dataclass(frozen=True)
class Filters:
    """What a reader has chosen; None means all.

    topic      topic code; None: any topic, and a pair who share on three topics is one pair
    wave       wave number; None: a row or line per wave where the table is about change, otherwise all waves
               together, where a pair met in two waves is one pair
    role       role of the person who reported the tie (the respondent), not of the one they named
    formality  "formal" or "informal" (a tie that is both counts in each), or "both" (only those that are both)
    """

    topic: str | None = None
    wave: int | None = None
    role: str | None = None
    formality: str | None = None


@dataclass(frozen=True)
class Release:
    """The aggregated tables a dashboard may read: no tie, no name, no id of a person.

    flows        wave, topic, formality, reporter_role, giver_site, giver_role, getter_site, getter_role, ties, people,
                 contacts_per_year. ANY and ANY_WAVE rows hold what adding up would count twice; read it through the
                 functions of this package. "ties" are distinct pairs giver -> getter and may be added up over
                 sites and roles; "people" are distinct respondents who reported them and may not.
    response     wave, site, role, day (Date), invited, delivered, opened, started, finished, declined, unreachable: how
                 many that day
    respondents  wave, site, role, invited, finished, nobody (finished and named nobody), silent (neither finished nor
                 declined nor unreachable)
    per_person   respondent (a number drawn at random, the same in every wave), wave, site, role, invited_in (the waves
                 they were invited to), topic, any, formal, informal, both: how many people that respondent named. One
                 row per finished respondent and wave with topic ANY, and one per topic on which they named anyone. For
                 analysts only: the table that disclosure control will replace.
    rosters      first, second, site, role, invited: how many were invited to both of two waves
    turnover     first, second, topic, role, before, after, on_roster, ties: see networks.release.turnover
    whole        wave, topic, formality, reporter_role, measure, numerator, denominator
    sites        SITES    labels  LABELS
    seeded       informal ties by wave and mechanism; endings  ties that ended by wave and reason: see
                 networks.measures.seeding
    page_times   PAGE_TIMES    minutes  MINUTES, of networks.release.field
    caps         how many people a respondent could name at most, by wave; a wave without an entry has no such limit
    targets      the share of those invited who should answer, by wave
    days         how many days a wave is open for, by wave
    stamp        in words: waves, people, and the moment of the last answer
    audience     who may read it
    """

    flows: pl.DataFrame
    response: pl.DataFrame
    respondents: pl.DataFrame
    per_person: pl.DataFrame
    rosters: pl.DataFrame
    turnover: pl.DataFrame
    whole: pl.DataFrame
    sites: pl.DataFrame
    labels: pl.DataFrame
    page_times: pl.DataFrame
    minutes: pl.DataFrame
    seeded: pl.DataFrame
    endings: pl.DataFrame
    stamp: str
    audience: str
    caps: Mapping[int, int] = field(default_factory=dict)
    targets: Mapping[int, float] = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)
