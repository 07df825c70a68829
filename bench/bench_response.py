"""What the response page costs the server for 1,500,000 people invited to each of two waves, from 220 sites.

Every answer is worked out anew: what pages remember of earlier questions is forgotten before each run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import cycle

import numpy as np
import polars as pl
from numpy.typing import NDArray
from plotly.io.json import to_json_plotly

from bench.run import Work
from dashboards import asked
from dashboards.data import Known
from dashboards.layout import contents
from dashboards.pages import PAGES
from dashboards.view import View, make
from networks.columns import LABELS, RESPONSE, SITES, TIES, UTC_MOMENT
from networks.release import ANALYST, Field, Release, build
from networks.release.response import daily, respondents

PEOPLE, SITES_COUNT, ROLES = 1_500_000, 220, 8
OPENED = (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 9, 7, 9, tzinfo=UTC))
RATES = (0.55, 0.35)
NOW = OPENED[1] + timedelta(days=12)
DAYS = 28


def _moments(opened: datetime, minutes: NDArray[np.float64], happened: NDArray[np.bool_]) -> pl.Series:
    at = np.datetime64(opened.replace(tzinfo=None), "us") + minutes.astype("timedelta64[m]")
    return pl.Series(np.where(happened, at, np.datetime64("NaT"))).dt.replace_time_zone("UTC").cast(UTC_MOMENT)


def wave(number: int, people: int = PEOPLE) -> pl.DataFrame:
    """RESPONSE of one wave: sites of uneven size, half of the answers in the first week."""
    random, opened = np.random.default_rng(number), OPENED[number - 1]
    place = np.arange(people)
    sites = pl.Series(place % SITES_COUNT % (SITES_COUNT - place % 3)).cast(pl.String)
    reply = random.exponential(10 * 1440, people)
    open_for = DAYS * 1440 if number == 1 else (NOW - opened).total_seconds() / 60
    told = (random.random(people) < RATES[number - 1]) & (reply < open_for)
    finished = _moments(opened, reply, told)
    columns = {
        "wave": np.full(people, number, np.int32),
        "person": pl.Series(place).cast(pl.String),
        "site": "s" + sites,
        "role": "r" + pl.Series(random.integers(0, ROLES, people)).cast(pl.String),
        "invited_at": _moments(opened, np.zeros(people), np.ones(people, bool)),
        "opened_at": finished,
        "started_at": finished,
        "finished_at": finished,
        "declined_at": _moments(opened, reply, ~told & (random.random(people) < 0.02)),
        "named": pl.Series(np.where(told, random.integers(0, 9, people), -1), dtype=pl.Int32),
    }
    named = pl.when(pl.col("named") >= 0).then(pl.col("named"))
    return RESPONSE.check(pl.DataFrame(columns).with_columns(named=named))


def sites() -> pl.DataFrame:
    """SITES without places."""
    codes = [f"s{number}" for number in range(SITES_COUNT)]
    known = {"site": codes, "label": [f"Site {code}" for code in codes]}
    return pl.DataFrame({name: known.get(name, [None] * SITES_COUNT) for name in SITES.schema}, schema=SITES.schema)


def words() -> pl.DataFrame:
    """LABELS of roles and waves."""
    rows = [("role", f"r{number}", f"Role {number}", number) for number in range(ROLES)]
    rows += [("wave", str(number), f"Wave {number}", number) for number in (1, 2)]
    return pl.DataFrame(rows, schema=LABELS.schema, orient="row")


@lru_cache(maxsize=1)
def everyone() -> pl.DataFrame:
    """RESPONSE of both waves, of whose mail nothing is known."""
    never = [pl.lit(None, UTC_MOMENT).alias(f"{step}_at") for step in ("delivered", "unreachable")]
    return pl.concat([wave(1), wave(2)]).with_columns(never)


@lru_cache(maxsize=1)
def release() -> Release:
    """A release without ties, with the tables of both waves that the page reads."""
    field = Field(targets={1: 0.6, 2: 0.6}, days={1: DAYS, 2: DAYS})
    bare = build(TIES.empty(), RESPONSE.empty(), sites(), words(), audience=ANALYST, field=field)
    return replace(bare, response=daily(everyone()), respondents=respondents(everyone()))


@dataclass(frozen=True)
class OneStudy:
    """The dashboards' source, of a release that is there already."""

    one: Known

    def studies(self) -> Mapping[str, str]:
        return {self.one.code: self.one.name}

    def known(self, study_code: str | None = None) -> Known:
        return self.one


def _answer(source: OneStudy, search: str) -> View:
    asked.forget()
    return make(source, PAGES["response"], search, now=NOW)  # type: ignore[arg-type]  # a source in all but name


def _source() -> OneStudy:
    return OneStudy(Known("national", "A national study", release(), {}, {2: OPENED[1] + timedelta(days=DAYS)}))


def bench_the_page_with_another_filter_each_time() -> Work:
    """The whole page, for a role, another, a wave, all, and so on."""
    source = _source()
    searches = cycle(["", "?role=r1", "?wave=1", "?role=r2&wave=2", "?wave=1&role=r3"])
    return lambda: contents(_answer(source, next(searches)))


def bench_the_page_as_it_is_sent() -> Work:
    """The same, written as JSON for the browser."""
    source = _source()
    searches = cycle(["", "?role=r1", "?wave=1", "?role=r2&wave=2", "?wave=1&role=r3"])
    return lambda: to_json_plotly(dict(contents(_answer(source, next(searches)))))


def bench_counting_three_million_invitations() -> Work:
    """The tables that the page reads, from one row a person and wave."""
    rows = everyone()
    return lambda: (daily(rows), respondents(rows))
