"""The state of a wave in figures and sentences: how far it is, when it closes, and who is missing."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from dashboards.parts.counts import Count
from dashboards.words import Words, counted, percent
from networks.release import Filters, Release
from networks.release.response import STEPS
from networks.uncertainty.coverage import coverage

MAILED = ("delivered", "unreachable")
"""Steps that only mail knows of: left out while it knows nothing."""


def wave_shown(release: Release, filters: Filters) -> int | None:
    """The wave that the page is about: the chosen one, or the latest; None before anyone was invited."""
    waves = Words(release).waves
    return filters.wave if filters.wave is not None else (waves[-1] if waves else None)


def needed(finished: int, invited: int, target: float) -> int:
    """How many more people must answer to reach the target."""
    return max(0, math.ceil(target * invited - 1e-9) - finished)


def steps(rows: pl.DataFrame) -> Sequence[str]:
    """The steps of people that anything is known of, in order; takes a column for each."""
    return [step for step in STEPS if step not in MAILED or int(rows[step].sum() or 0)]


def closing(closes: datetime | None, now: datetime | None) -> Sequence[Count]:
    """When the wave closes or closed; nothing where that is not known."""
    if closes is None or now is None:
        return []
    day = f"{closes.day} {closes:%B %Y}"
    if closes <= now:
        return [Count("Closed", day)]
    left = (closes.date() - now.date()).days
    return [Count("Days left", f"{left:,}", f"closes on {day}")]


def top_line(
    row: Mapping[str, int], target: float, closes: datetime | None, now: datetime | None, ahead: Sequence[Count] = ()
) -> Sequence[Count]:
    """How many came to each step in `row`, the share against the target, coverage, what lies ahead, and days left."""
    invited, finished = row["invited"], row["finished"]
    share = percent(finished / invited if invited else None)
    short = needed(finished, invited, target)
    goal = f"target {percent(target)}: " + (
        f"{counted(short, 'more person', 'more people')} needed" if short else "reached"
    )
    counts = [Count(name.capitalize(), f"{row[name]:,}") for name in STEPS if name in row]
    seen = "of all possible pairs of people include someone who answered; the maps rest on these"
    return [
        *counts,
        Count("Answered", share, f"{finished:,} of {invited:,}; {goal}"),
        *ahead,
        Count("Network coverage", percent(coverage(invited, finished).share), seen),
        *closing(closes, now),
    ]
