"""Names that pages give of questions elsewhere: a rule's question, what a map is coloured by, how large a sample is."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.baseline import items_of
from instruments.lint_people import source_of
from instruments.problems import Finding, did_you_mean, listed
from instruments.schema import (
    AlterFormPage,
    AlterTiesPage,
    FormPage,
    Instrument,
    NameGeneratorPage,
    NarrativePage,
    PlacePage,
)

COLUMNS = {
    ("people", "search"): ("name", "job_title", "site"),
    ("people", "show"): ("name", "job_title", "site"),
    ("sites", "search"): ("name", "code", "ods_code", "town", "aliases"),
    ("sites", "show"): ("name",),
}
"""What a roster's `search` and `show` may name, by its source."""


def references(instrument: Instrument) -> Iterator[Finding]:
    """Each name that leads nowhere, and each sample that is never smaller than the whole."""
    yield from _columns(instrument)
    for at, page in enumerate(instrument.pages):
        if isinstance(page, FormPage | AlterFormPage):
            yield from _rules(page, at)
        elif isinstance(page, NarrativePage):
            yield from _narrative(page, instrument, at)
        elif isinstance(page, AlterTiesPage):
            yield from _sample(page, instrument, at)


def _columns(instrument: Instrument) -> Iterator[Finding]:
    """What a roster searches and shows are columns that such a list has."""
    for name, roster in instrument.rosters.items():
        if roster.source == "sites" and not roster.exclude_self:
            message = "Nobody is asked about their own site, so 'exclude_self' does nothing here"
            yield Finding(("rosters", name, "exclude_self"), message, "Remove it.")
        for key in ("search", "show"):
            known = COLUMNS[roster.source, key]
            for n, column in enumerate(getattr(roster, key)):
                if column not in known:
                    message = f"A roster of {roster.source} has no '{column}' to {key}"
                    yield Finding(("rosters", name, key, n), message, did_you_mean(column, known, listed(known)))


def _rules(page: FormPage | AlterFormPage, at: int) -> Iterator[Finding]:
    """A rule sends back to a question of its own page."""
    known = [item.id for item in page.items]
    for n, rule in enumerate(page.rules):
        if rule.item is not None and rule.item not in known:
            remedy = did_you_mean(rule.item, known, "Name a question of this page.")
            yield Finding(("pages", at, "rules", n, "item"), f"'{rule.item}' is no question of this page", remedy)


def _narrative(page: NarrativePage, instrument: Instrument, at: int) -> Iterator[Finding]:
    """A map is coloured and sized by what was asked about each person before."""
    known = set()
    for earlier in instrument.pages[:at]:
        if isinstance(earlier, PlacePage):
            known.add(earlier.id)
        elif source_of(earlier) is not None:
            known |= {item.id for item in items_of(earlier)}
    for key in ("color_by", "size_by"):
        name = getattr(page, key)
        if name is not None and name not in known:
            remedy = did_you_mean(name, known, "Name a question about people that stands before this page.")
            yield Finding(("pages", at, key), f"'{name}' is no earlier question about people", remedy)


def _sample(page: AlterTiesPage, instrument: Instrument, at: int) -> Iterator[Finding]:
    sources = [p for p in instrument.pages if isinstance(p, NameGeneratorPage) and p.id == page.alters.source]
    if page.alters.sample is not None and sources and page.alters.sample >= sources[0].max:
        message = f"At most {sources[0].max} people are named, so a sample of {page.alters.sample} leaves nobody out"
        yield Finding(("pages", at, "alters", "sample"), message, "Lower it, or remove it.")
