"""The whole instrument looked at together: ids, wordings, conditions, pages, ties, privacy and burden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from instruments.burden import estimated_minutes, seconds_by_page
from instruments.lint_conditions import conditions
from instruments.lint_ids import duplicates, reserved
from instruments.lint_pages import (
    alter_pages,
    generators,
    lookups,
    page_order,
    relations,
    rosters_used,
    waves,
)
from instruments.lint_reach import unreachable
from instruments.lint_reading import reading_ages
from instruments.lint_references import references
from instruments.lint_same_page import same_page
from instruments.lint_settings import settings, unused
from instruments.lint_ties import ties
from instruments.lint_words import wordings
from instruments.problems import Finding, Problem
from instruments.schema import Instrument

__all__ = ["estimated_minutes", "findings", "lint"]

MAX_ITEMS = 500
PEOPLE = 5
"""How many people the burden is estimated with."""


def lint(instrument: Instrument, name: str = "instrument") -> tuple[Problem, ...]:
    """Every error and warning; lines are 0, as an Instrument has none: `load.examine` gives them with lines."""
    return tuple(Problem(name, 0, f.message, f.remedy, f.severity) for f in findings(instrument))


def findings(instrument: Instrument) -> tuple[Finding, ...]:
    """Every error and warning with its place in the file; what conditions rule out only where all of them are sound."""
    found = [finding for check in CHECKS for finding in check(instrument)]
    if not any(finding.severity == "error" for finding in found):
        found += [finding for check in WHEN_SOUND for finding in check(instrument)]
    return tuple(found)


def burden(instrument: Instrument) -> Iterator[Finding]:
    """Warns when the estimate passes the target; refuses a questionnaire beyond 500 questions."""
    count = sum(len(getattr(page, key, ())) for page in instrument.pages for key in ("items", "ask"))
    if count > MAX_ITEMS:
        yield Finding(("pages",), f"There are {count} questions", f"Ask {MAX_ITEMS} at most.")
    minutes = estimated_minutes(instrument, PEOPLE)
    if minutes > instrument.target_minutes:
        longest = max(instrument.pages, key=lambda page: seconds_by_page(instrument, PEOPLE)[page.id])
        message = (
            f"With {PEOPLE} people named it takes about {minutes:.1f} minutes, more than {instrument.target_minutes:g}"
        )
        remedy = f"Ask less (most of it is '{longest.id}'), or raise 'target_minutes'."
        yield Finding(("target_minutes",), message, remedy, "warning")


CHECKS: tuple[Callable[[Instrument], Iterator[Finding]], ...] = (
    duplicates, reserved, wordings, page_order, waves, relations, generators, lookups, alter_pages, conditions, ties,
    references,
    settings, rosters_used, unused, burden, reading_ages,
)  # fmt: skip
WHEN_SOUND: tuple[Callable[[Instrument], Iterator[Finding]], ...] = (unreachable, same_page)
