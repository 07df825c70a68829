"""Ties: does every relation become one, and do its parts name questions that can give it?"""

from __future__ import annotations

from collections.abc import Iterator

from instruments.problems import Finding, did_you_mean
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterTiesPage,
    AnyItem,
    ChoiceItem,
    Instrument,
    NameGeneratorPage,
    OrgTiesPage,
    ScaleItem,
    TieBinding,
)

PARTS = ("frequency", "formality", "direction", "mechanism")
VALUES = {"formality": {"formal", "informal", "both"}, "direction": {"i_get", "i_give", "both"}}


def ties(instrument: Instrument) -> Iterator[Finding]:
    """Each binding part by part; and what is asked but bound to nothing."""
    if not instrument.ties:
        yield Finding(("pages",), "The instrument binds nothing: no answer becomes a tie", "Add 'ties:'.")
    for relation, binding in instrument.ties.items():
        yield from _binding(relation, binding, instrument)
    bound = {binding.source for binding in instrument.ties.values()}
    for at, page in enumerate(instrument.pages):
        if instrument.ties and isinstance(page, NameGeneratorPage) and page.id not in bound:
            yield Finding(("pages", at), f"'{page.id}' binds nothing: its names become no tie", "Add it under 'ties:'.")


def _binding(relation: str, binding: TieBinding, instrument: Instrument) -> Iterator[Finding]:
    if relation not in instrument.relations:
        remedy = did_you_mean(relation, instrument.relations, "Declare it under 'relations:'.")
        yield Finding(("ties", relation), f"'{relation}' is no relation", remedy)
    sources = {p.id: p for p in instrument.pages if isinstance(p, NameGeneratorPage | AlterTiesPage | OrgTiesPage)}
    page = sources.get(binding.source)
    if page is None:
        remedy = did_you_mean(binding.source, sources, "Name a page of type name_generator.")
        yield Finding(("ties", relation, "from"), f"'{binding.source}' is no page that names people", remedy)
        return
    if page.relation != relation:
        message = f"'{page.id}' asks about '{page.relation}', not '{relation}'"
        yield Finding(("ties", relation, "from"), message, "Name a page that asks about this relation.")
    if isinstance(page, NameGeneratorPage):
        yield from _topic(relation, binding, instrument)
        yield from _parts(relation, binding, instrument)
    else:
        yield from _whole(relation, binding, page)


def _whole(relation: str, binding: TieBinding, page: AlterTiesPage | OrgTiesPage) -> Iterator[Finding]:
    """A page about pairs or about sites is bound as it is: it has no parts."""
    for part in ("topic", *PARTS):
        if getattr(binding, part) is not None:
            message = f"'{page.id}' has no {part}: its answers are the ties"
            yield Finding(("ties", relation, part), message, f"Remove '{part}'.")


def _topic(relation: str, binding: TieBinding, instrument: Instrument) -> Iterator[Finding]:
    grids = [p.id for p in instrument.pages if isinstance(p, AlterGridPage) and p.over.alters == binding.source]
    if binding.topic is not None and binding.topic not in grids:
        remedy = did_you_mean(binding.topic, grids, f"Name a page of type alter_grid over '{binding.source}'.")
        yield Finding(("ties", relation, "topic"), f"'{binding.topic}' is no grid of these people", remedy)


def _parts(relation: str, binding: TieBinding, instrument: Instrument) -> Iterator[Finding]:
    asked = _asked_about(binding, instrument)
    for part in PARTS:
        item_id = getattr(binding, part)
        if item_id is None:
            continue
        in_grid = item_id in asked and asked[item_id][1]
        if item_id not in asked or (in_grid and part != "direction"):
            remedy = did_you_mean(item_id, asked, f"Name a question about the people of '{binding.source}'.")
            yield Finding(("ties", relation, part), f"'{item_id}' is no question about each of these people", remedy)
        elif fault := _fault(part, asked[item_id][0], instrument):
            yield Finding(("ties", relation, part), f"'{item_id}' cannot give the {part}: {fault[0]}", fault[1])


def _asked_about(binding: TieBinding, instrument: Instrument) -> dict[str, tuple[AnyItem, bool]]:
    """Questions about the people of one page: by id, with whether they stand in the bound grid."""
    asked: dict[str, tuple[AnyItem, bool]] = {}
    for page in instrument.pages:
        if isinstance(page, AlterFormPage) and page.alters == binding.source:
            asked |= {item.id: (item, False) for item in page.items}
        elif isinstance(page, AlterGridPage) and page.id == binding.topic:
            asked |= {item.id: (item, True) for item in page.then}
    return asked


def _fault(part: str, item: AnyItem, instrument: Instrument) -> tuple[str, str] | None:
    if not isinstance(item, ChoiceItem | ScaleItem):
        return "it is no choice", "Name a question of type single, multi or scale."
    if item.type == "multi" and part != "direction":
        return "it takes several answers", "Name a question of type single or scale."
    if part == "frequency":
        lacking = [option.value for option in item.options if option.contacts_per_year is None]
        return (f"'{lacking[0]}' has no contacts_per_year", "Give each option contacts_per_year.") if lacking else None
    allowed = VALUES.get(part) or {mechanism.id for mechanism in instrument.mechanisms}
    strange = [option.value for option in item.options if option.value not in allowed]
    if strange:
        return f"'{strange[0]}' is not one of its values", f"Use {', '.join(sorted(allowed)) or 'mechanisms'}."
    return None
