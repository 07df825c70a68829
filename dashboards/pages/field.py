"""The state of a wave in figures and sentences: how far it is, when it closes, and who is missing."""

import math
from collections.abc import Sequence
from datetime import datetime

import polars as pl

from dashboards.parts.counts import Count
from dashboards.words import counted, percent

TARGET = 0.6
"""The share of answers to plan for, until a study can set its own."""
UNEVEN = 0.03
"""A role's share of answers and of those invited are called different from here on."""


def needed(finished: int, invited: int) -> int:
    """How many more people must answer to reach the target."""
    return max(0, math.ceil(TARGET * invited - 1e-9) - finished)


def coverage(finished: int, invited: int) -> float | None:
    """The share of possible pairs of people with an end who answered, 1-(1-r)²; None when nobody is invited."""
    return 1 - (1 - finished / invited) ** 2 if invited else None


def closing(closes: datetime | None, now: datetime | None) -> Sequence[Count]:
    """When the wave closes or closed; nothing where that is not known."""
    if closes is None or now is None:
        return []
    day = f"{closes.day} {closes:%B %Y}"
    if closes <= now:
        return [Count("Closed", day)]
    left = (closes.date() - now.date()).days
    return [Count("Days left", f"{left:,}", f"closes on {day}")]


def top_line(row: dict[str, int], closes: datetime | None, now: datetime | None) -> Sequence[Count]:
    """Invited, opened, started, finished, declined, share against the target, coverage, and days left."""
    invited, finished = row["invited"], row["finished"]
    share = percent(finished / invited if invited else None)
    short = needed(finished, invited)
    goal = f"target {percent(TARGET)}: " + (
        f"{counted(short, 'more person', 'more people')} needed" if short else "reached"
    )
    steps = [
        Count(name.capitalize(), f"{row[name]:,}") for name in ("invited", "opened", "started", "finished", "declined")
    ]
    seen = "of all possible pairs of people include someone who answered; the maps rest on these"
    return [
        *steps,
        Count("Answered", share, f"{finished:,} of {invited:,}; {goal}"),
        Count("Network coverage", percent(coverage(finished, invited)), seen),
        *closing(closes, now),
    ]


def mix(groups: pl.DataFrame) -> str:
    """How the roles of those who answered differ from those invited, the largest differences first, at most two.

    Takes label, invited, finished.
    """
    invited, finished = int(groups["invited"].sum()), int(groups["finished"].sum())
    if not finished:
        return ""
    shares = groups.select("label", asked=pl.col("invited") / invited, told=pl.col("finished") / finished).with_columns(
        apart=(pl.col("told") - pl.col("asked")).abs()
    )
    uneven = shares.filter(pl.col("apart") >= UNEVEN).sort("apart", "label", descending=[True, False]).head(2)
    if uneven.is_empty():
        return f"The mix of roles among answers is within {100 * UNEVEN:.0f} points of the mix invited."
    parts = [
        f"{label} makes up {percent(told)} of answers and {percent(asked)} of those invited"
        for label, asked, told in uneven.select("label", "asked", "told").iter_rows()
    ]
    return "; ".join(parts) + "."
