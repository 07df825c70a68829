"""Pages: their order, the pages of names they build on, the relations and rosters they use, and their waves."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.baseline import items_of
from instruments.lint_people import CARRIED, least_people, source_of
from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import (
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    ConsentPage,
    FinishPage,
    Instrument,
    LookupItem,
    NameGeneratorPage,
    NarrativePage,
    OrgTiesPage,
)

NAMELESS = ("none", "initials")


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
    """Waves count from 1, and each stands once."""
    for at, page in enumerate(instrument.pages):
        place = ("pages", at, "waves")
        if any(wave < 1 for wave in page.waves):
            yield Finding(place, f"'{page.id}' names a wave below 1", "Waves count from 1.")
        if len(set(page.waves)) < len(page.waves):
            yield Finding(place, f"'{page.id}' names a wave twice", "Keep one of them.")


def relations(instrument: Instrument) -> Iterator[Finding]:
    """The relations that pages ask about are declared."""
    for at, page in enumerate(instrument.pages):
        relation = page.relation if isinstance(page, NameGeneratorPage | AlterTiesPage | OrgTiesPage) else None
        if relation is not None and relation not in instrument.relations:
            remedy = did_you_mean(relation, instrument.relations, "Declare it under 'relations:'.")
            yield Finding(("pages", at, "relation"), f"'{relation}' is no relation", remedy)


def generators(instrument: Instrument) -> Iterator[Finding]:
    """Rosters that name generators use exist, and earlier prompts that are offered again."""
    for at, page in enumerate(instrument.pages):
        if isinstance(page, NameGeneratorPage):
            yield from _generator_roster(page, instrument, at)
            yield from _positions(page, instrument, at)
            earlier: set[str] = set()
            for n, prompt in enumerate(page.prompts):
                for word in (word for word in prompt.reuse if word not in earlier):
                    remedy = did_you_mean(word, earlier, "Name an earlier prompt of this page.")
                    yield Finding(("pages", at, "prompts", n, "reuse"), f"'{word}' is no earlier prompt", remedy)
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
    else:
        yield from _roster(page.roster, "people", instrument, ("pages", at, "roster"))
    if instrument.privacy.names in NAMELESS:
        message = f"'{page.id}' picks people from a roster under 'names: {instrument.privacy.names}'"
        yield Finding(("pages", at, "modes"), message, "Use 'modes: [recall]', or 'names: roster' if you may.")


def _positions(page: NameGeneratorPage, instrument: Instrument, at: int) -> Iterator[Finding]:
    if page.sites is not None:
        yield from _roster(page.sites, "sites", instrument, ("pages", at, "sites"))
    elif "position" in page.modes and "sites" not in {r.source for r in instrument.rosters.values()}:
        message = f"'{page.id}' asks for a role at a site, and there is no roster of sites"
        yield Finding(("pages", at, "modes"), message, "Add one under 'rosters:' with 'source: sites'.")


def _roster(name: str, source: str, instrument: Instrument, place: Place) -> Iterator[Finding]:
    """A roster that is used exists and lists what it should."""
    roster = instrument.rosters.get(name)
    if roster is None:
        yield Finding(
            place, f"'{name}' is no roster", did_you_mean(name, instrument.rosters, "Declare it under 'rosters:'.")
        )
    elif roster.source != source:
        yield Finding(place, f"'{name}' is no list of {source}", f"Name a roster of {source}.")


def lookups(instrument: Instrument) -> Iterator[Finding]:
    """Rosters that questions search exist, and are no lists of people where names may not go."""
    for at, page in enumerate(instrument.pages):
        if isinstance(page, OrgTiesPage):
            yield from _roster(page.roster, "sites", instrument, ("pages", at, "roster"))
        key = "ask" if isinstance(page, AlterReviewPage) else "items"
        for n, item in enumerate(items_of(page)):
            if isinstance(item, LookupItem):
                yield from _lookup(item, instrument, ("pages", at, key, n, "roster"))


def _lookup(item: LookupItem, instrument: Instrument, place: Place) -> Iterator[Finding]:
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
        source = source_of(page)
        if isinstance(page, NameGeneratorPage):
            earlier.add(page.id)
        elif source is not None and source != CARRIED and source not in earlier:
            key = "over" if isinstance(page, AlterGridPage) else "alters"
            yield _not_named(source, earlier, ("pages", at, key))
        elif isinstance(page, NarrativePage) and (least := least_people(page)) and least[0] not in earlier:
            yield _not_named(least[0], earlier, ("pages", at, "alters"))
        if isinstance(page, AlterGridPage):
            yield from _grid(page, instrument, at)
        elif isinstance(page, AlterReviewPage):
            yield from _review(page, instrument, at)


def _not_named(source: str, earlier: set[str], place: Place) -> Finding:
    remedy = did_you_mean(source, earlier, "Name an earlier page of type name_generator.")
    return Finding(place, f"'{source}' is no earlier page that names people", remedy)


def _grid(page: AlterGridPage, instrument: Instrument, at: int) -> Iterator[Finding]:
    if not instrument.topics:
        yield Finding(("pages", at, "over"), f"'{page.id}' asks by topic, and there are none", "Add 'topics:'.")
    if page.then[0].required:
        yield Finding(("pages", at, "then", 0, "required"), "Nothing in a grid is required", "Remove 'required'.")


def _review(page: AlterReviewPage, instrument: Instrument, at: int) -> Iterator[Finding]:
    """People who are still there go on to a page of names, which comes after the review."""
    later = [p.id for p in instrument.pages[at + 1 :] if isinstance(p, NameGeneratorPage)]
    if page.names is not None and page.names not in later:
        remedy = did_you_mean(page.names, later, "Name a later page of type name_generator.")
        yield Finding(("pages", at, "names"), f"'{page.names}' is no later page that names people", remedy)
    elif not later:
        remedy = "Put it before the page of type name_generator."
        yield Finding(("pages", at), f"No page of names comes after '{page.id}'", remedy)


def rosters_used(instrument: Instrument) -> Iterator[Finding]:
    """Warns of rosters that no page searches."""
    used: set[str | None] = set()
    for page in instrument.pages:
        if isinstance(page, NameGeneratorPage):
            used |= {page.roster, page.sites}
        used |= {page.roster} if isinstance(page, OrgTiesPage) else set()
        used |= {item.roster for item in items_of(page) if isinstance(item, LookupItem)}
    by_position = any(isinstance(p, NameGeneratorPage) and "position" in p.modes for p in instrument.pages)
    for name, roster in instrument.rosters.items():
        if name not in used and not (by_position and roster.source == "sites"):
            yield Finding(("rosters", name), f"No page searches '{name}'", "Remove it, or use it.", "warning")
