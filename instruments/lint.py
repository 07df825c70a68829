"""The whole instrument looked at together: ids, wordings, conditions, pages, ties, privacy and burden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from instruments.burden import estimated_minutes
from instruments.lint_conditions import conditions
from instruments.lint_ids import duplicates, reserved
from instruments.lint_ties import ties
from instruments.lint_words import wordings
from instruments.problems import Finding, Problem, did_you_mean
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    ConsentPage,
    FinishPage,
    FormPage,
    Instrument,
    LookupItem,
    NameGeneratorPage,
)

__all__ = ["estimated_minutes", "findings", "lint"]

MAX_ITEMS = 500
NAMELESS = ("none", "initials")


def lint(instrument: Instrument, name: str = "instrument") -> tuple[Problem, ...]:
    """Every error and warning; lines are 0, as an Instrument has none: `load.examine` gives them with lines."""
    return tuple(Problem(name, 0, f.message, f.remedy, f.severity) for f in findings(instrument))


def findings(instrument: Instrument) -> tuple[Finding, ...]:
    """Every error and warning with its place in the file."""
    return tuple(finding for check in CHECKS for finding in check(instrument))


def page_order(instrument: Instrument) -> Iterator[Finding]:
    """Consent comes first, and the finish page last and once."""
    pages = instrument.pages
    if not isinstance(pages[0], ConsentPage):
        yield Finding(("pages", 0), "The first page is not a consent page", "Put the page of type consent first.")
    if not isinstance(pages[-1], FinishPage):
        yield Finding(
            ("pages", len(pages) - 1), "The last page is not a finish page", "Put the page of type finish last."
        )
    for at, page in enumerate(pages):
        if isinstance(page, FinishPage) and at < len(pages) - 1:
            yield Finding(
                ("pages", at), f"'{page.id}' finishes before the last page", "Keep one finish page, the last."
            )
        if isinstance(page, ConsentPage | FinishPage) and (page.when or page.waves):
            message = f"'{page.id}' must be shown to everyone, in every wave"
            yield Finding(("pages", at), message, "Remove 'when' and 'waves' from it.")


def waves(instrument: Instrument) -> Iterator[Finding]:
    """Waves count from 1."""
    for at, page in enumerate(instrument.pages):
        if any(wave < 1 for wave in page.waves):
            yield Finding(("pages", at, "waves"), f"'{page.id}' names a wave below 1", "Waves count from 1.")


def generators(instrument: Instrument) -> Iterator[Finding]:
    """Relations and rosters that name generators use exist, and earlier prompts that are offered again."""
    for at, page in enumerate(instrument.pages):
        if isinstance(page, NameGeneratorPage):
            place = ("pages", at)
            if page.relation not in instrument.relations:
                remedy = did_you_mean(page.relation, instrument.relations, "Declare it under 'relations:'.")
                yield Finding((*place, "relation"), f"'{page.relation}' is no relation", remedy)
            yield from _generator_roster(page, instrument, at)
            earlier: set[str] = set()
            for n, prompt in enumerate(page.prompts):
                for word in (word for word in prompt.reuse if word not in earlier):
                    remedy = did_you_mean(word, earlier, "Name an earlier prompt of this page.")
                    yield Finding((*place, "prompts", n, "reuse"), f"'{word}' is no earlier prompt", remedy)
                earlier.add(prompt.id)


def _generator_roster(page: NameGeneratorPage, instrument: Instrument, at: int) -> Iterator[Finding]:
    if "roster" not in page.modes:
        if page.roster is not None:
            remedy = "Add roster to 'modes', or remove 'roster'."
            yield Finding(("pages", at, "roster"), f"'{page.id}' names a roster that it never uses", remedy)
        return
    if page.roster is None:
        remedy = "Add 'roster: NAME', or remove roster from 'modes'."
        yield Finding(("pages", at, "modes"), f"'{page.id}' picks from a roster and names none", remedy)
    elif page.roster not in instrument.rosters:
        remedy = did_you_mean(page.roster, instrument.rosters, "Declare it under 'rosters:'.")
        yield Finding(("pages", at, "roster"), f"'{page.roster}' is no roster", remedy)
    elif instrument.rosters[page.roster].source != "people":
        yield Finding(("pages", at, "roster"), f"'{page.roster}' is no list of people", "Name a roster of people.")
    if instrument.privacy.names in NAMELESS:
        message = f"'{page.id}' picks people from a roster under 'names: {instrument.privacy.names}'"
        yield Finding(("pages", at, "modes"), message, "Use 'modes: [recall]', or 'names: roster' if you may.")


def lookups(instrument: Instrument) -> Iterator[Finding]:
    """Rosters that lookups search exist, and are no lists of people where names may not go."""
    for at, page in enumerate(instrument.pages):
        for n, item in enumerate(page.items if isinstance(page, FormPage | AlterFormPage) else ()):
            if not isinstance(item, LookupItem):
                continue
            place = ("pages", at, "items", n, "roster")
            roster = instrument.rosters.get(item.roster)
            if roster is None:
                remedy = did_you_mean(item.roster, instrument.rosters, "Declare it under 'rosters:'.")
                yield Finding(place, f"'{item.roster}' is no roster", remedy)
            elif roster.source == "people" and instrument.privacy.names in NAMELESS:
                message = f"'{item.id}' searches people under 'names: {instrument.privacy.names}'"
                yield Finding(place, message, "Remove it, or use 'names: roster' if you may.")


def alter_pages(instrument: Instrument) -> Iterator[Finding]:
    """Pages about people come after the page that names them; a grid has topics and requires nothing."""
    earlier: set[str] = set()
    for at, page in enumerate(instrument.pages):
        if isinstance(page, NameGeneratorPage):
            earlier.add(page.id)
        elif isinstance(page, AlterFormPage | AlterGridPage):
            source, key = (page.alters, "alters") if isinstance(page, AlterFormPage) else (page.over.alters, "over")
            if source not in earlier:
                remedy = did_you_mean(source, earlier, "Name an earlier page of type name_generator.")
                yield Finding(("pages", at, key), f"'{source}' is no earlier page that names people", remedy)
        if isinstance(page, AlterGridPage):
            if not instrument.topics:
                yield Finding(("pages", at, "over"), f"'{page.id}' asks by topic, and there are none", "Add 'topics:'.")
            if page.then[0].required:
                yield Finding(
                    ("pages", at, "then", 0, "required"), "Nothing in a grid is required", "Remove 'required'."
                )


def rosters_used(instrument: Instrument) -> Iterator[Finding]:
    """Warns of rosters that no page searches."""
    used = {page.roster for page in instrument.pages if isinstance(page, NameGeneratorPage)}
    for page in instrument.pages:
        used |= {i.roster for i in getattr(page, "items", ()) if isinstance(i, LookupItem)}
    for name in instrument.rosters:
        if name not in used:
            yield Finding(("rosters", name), f"No page searches '{name}'", "Remove it, or use it.", "warning")


def burden(instrument: Instrument) -> Iterator[Finding]:
    """Warns when the estimate passes the target; refuses a questionnaire beyond 500 questions."""
    count = sum(len(getattr(page, "items", ())) for page in instrument.pages)
    if count > MAX_ITEMS:
        yield Finding(("pages",), f"There are {count} questions", f"Ask {MAX_ITEMS} at most.")
    minutes = estimated_minutes(instrument)
    if minutes > instrument.target_minutes:
        message = f"With 5 people named it takes about {minutes:.1f} minutes, more than {instrument.target_minutes:g}"
        yield Finding(("target_minutes",), message, "Ask less, or raise 'target_minutes'.", "warning")


CHECKS: tuple[Callable[[Instrument], Iterator[Finding]], ...] = (
    duplicates, reserved, wordings, page_order, waves, generators, lookups, alter_pages, conditions, ties, rosters_used,
    burden,
)  # fmt: skip
