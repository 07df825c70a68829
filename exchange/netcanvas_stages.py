"""The stages of a Network Canvas protocol, one by one, as pages of ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exchange.foreign_texts import Wording, joined, lead, one_line
from exchange.netcanvas_checks import rules_of, without_rules
from exchange.netcanvas_lost import note_stage
from exchange.netcanvas_pairs import census, composer, sociogram
from exchange.netcanvas_parts import Names, Page, Protocol, Stage, part_of, rows_of
from exchange.netcanvas_people import ask, fields_of, generator, named_before, titled
from exchange.netcanvas_skips import people_where, shown_when

RULE = "Write it under 'when': a condition may read what was asked about oneself before, and who was named."
SHOWN = "Somebody who leaves it blank does not see the page. Make that question required, or change 'when'."
ALTOGETHER = "Ask it by hand, or leave it out."


def read_stage(stage: Stage, protocol: Protocol) -> None:
    """Add the pages that a stage becomes, and note what is lost of it."""
    protocol.jumps = [jump for jump in protocol.jumps if jump[0] != str(stage.held.get("id"))]
    reader = READERS.get(stage.kind)
    if reader is None:
        what, remedy = ELSEWHERE.get(stage.kind, (f"there is no page like {stage.kind or 'it'}", ALTOGETHER))
        protocol.draft.lose(stage.name, what, remedy)
        _shown(stage, protocol)
        return
    note_stage(stage, protocol.draft)
    when = _shown(stage, protocol)
    first = len(protocol.draft.pages)
    protocol.draft.pages += reader(stage, protocol)
    _share(protocol.draft.pages[first:], when, stage, protocol)
    _part_names(stage, protocol)


def _share(pages: list[Page], when: str, stage: Stage, protocol: Protocol) -> None:
    """Put the stage's words on its first page, and its condition on each."""
    panel = part_of(stage.held, "introductionPanel")
    intro = joined([protocol.text(panel.get("title")), protocol.text(panel.get("text"))], "\n")
    if intro and pages:
        pages[0]["intro"] = joined([intro, pages[0].get("intro", "")], "\n")
    elif intro:
        protocol.draft.lose(stage.name, "its introduction, as no page came of it", "Put it on a page of type info.")
    for page in pages if when else ():
        page["when"] = " && ".join(f"({one})" for one in (when, page.get("when")) if one) if page.get("when") else when


def _part_names(stage: Stage, protocol: Protocol) -> None:
    """Once people are asked about, later pages of names stand by themselves; a text between only parts them."""
    if stage.kind in NAMING:
        return
    for names in (names for pages in protocol.named.values() for names in pages):
        names.parted = True
        names.joinable &= stage.kind in ("Information", "LanguageChooser")


def _shown(stage: Stage, protocol: Protocol) -> str:
    """When the stage is shown: its own rule, and the rules of stages before that jump over it; "" for always."""
    found = [condition for _, condition in protocol.jumps]
    skip = part_of(stage.held, "skipLogic")
    told = shown_when(skip, protocol.asked, protocol.named) if skip else None
    if skip and told is None:
        what = "when it is shown or skipped: its rule cannot be told here, so it is always shown"
        protocol.draft.lose(stage.name, what, RULE)
    for name in told.unsure if told else ():
        protocol.draft.lose(stage.name, f"that it is shown where “{name}” has no answer", SHOWN)
    if told:
        found.append(told.condition)
        end = part_of(skip, "destination")
        if end:
            protocol.jumps.append((str(end.get("stageId", "")), told.condition))
    whole = found[0] if len(found) == 1 else " && ".join(f"({one})" for one in found)
    if len(whole) > 500:
        protocol.draft.lose(stage.name, "when it is shown or skipped: its rules are too long together", RULE)
    return whole if len(whole) <= 500 else ""


def _information(stage: Stage, protocol: Protocol) -> list[Page]:
    rows = rows_of(stage.held, "items")
    texts = [protocol.text(row.get("content")) for row in rows if row.get("type", "text") == "text"]
    for row in (row for row in rows if row.get("type", "text") != "text"):
        what = f"its picture, sound or film “{protocol.asset(row.get('content'))}”"
        protocol.draft.lose(stage.name, what, "Say in words what it shows.")
        texts.append(protocol.text(row.get("description")))
    body = joined([protocol.text(stage.held.get("title")), *texts], "\n")
    return [{**titled(stage, protocol, "info"), "text": body}] if body else []


def _ego_form(stage: Stage, protocol: Protocol) -> list[Page]:
    asked = fields_of(part_of(stage.held, "form"), stage, protocol, "ego")
    protocol.asked.update({one.variable.key: one for one in asked})
    if not asked:
        return []
    rules = rules_of(asked, "", protocol.draft, stage.name)
    page = {**titled(stage, protocol, "form"), "items": [one.item for one in asked]}
    return [page | ({"rules": rules} if rules else {})]


def _filtered(stage: Stage, names: Names, protocol: Protocol) -> Page:
    """Which of the people the page asks about, where the protocol filters them."""
    held = stage.held.get("filter")
    if not held:
        return {}
    told = people_where(held, stage.subject, names.asked)
    if told is None:
        what = "which people it is about: its filter reads what was not asked about them before"
        protocol.draft.lose(stage.name, what, _instead(held, protocol))
    return {"when": told} if told else {}


def _instead(held: object, protocol: Protocol) -> str:
    """What to do about a filter: those whom a prompt marks can have a page of names of their own."""
    read = [str(part_of(rule, "options").get("attribute")) for rule in rows_of(held, "rules")]
    marked = [protocol.marked[key] for key in read if key in protocol.marked]
    if not marked:
        return "It asks about everybody: write 'when' with alter.QUESTION."
    return f"It asks about everybody: give those of “{marked[0]}” a page of names, and name it under 'alters'."


def _alter_form(stage: Stage, protocol: Protocol) -> list[Page]:
    return [page for names in named_before(stage, protocol) for page in _form_about(names, stage, protocol)]


def _form_about(names: Names, stage: Stage, protocol: Protocol) -> list[Page]:
    only = _filtered(stage, names, protocol)
    asked = fields_of(part_of(stage.held, "form"), stage, protocol, "node")
    names.asked.update({one.variable.key: one for one in asked})
    if not asked:
        return []
    rules = rules_of(asked, "alter.", protocol.draft, stage.name)
    page = {**titled(stage, protocol, "alter_form"), "alters": names.page["id"], "items": [one.item for one in asked]}
    return [page | only | ({"rules": rules} if rules else {})]


def _bins(stage: Stage, protocol: Protocol) -> list[Page]:
    """Each prompt a page of bins."""
    rows = rows_of(stage.held, "prompts")
    found = named_before(stage, protocol)
    return [page for names in found for row in rows for page in _bin(row, names, stage, protocol)]


def _bin(row: dict[str, Any], names: Names, stage: Stage, protocol: Protocol) -> list[Page]:
    only = _filtered(stage, names, protocol)
    asked = ask(str(row.get("variable", "")), protocol.text(row.get("text")), stage, protocol, "node")
    if asked is None:
        return []
    if "options" not in asked.item:
        what = f"its bins: “{asked.variable.name}” has no options"
        protocol.draft.lose(stage.name, what, "It is asked as a question.")
    names.asked[asked.variable.key] = asked
    if "options" in asked.item:
        asked.item.update({"type": "single"} | ({"other": True} if row.get("otherVariable") else {}))
    without_rules([asked], protocol.draft, stage.name)
    layout = "bins" if "options" in asked.item else "matrix"
    page = {**titled(stage, protocol, "alter_form"), "alters": names.page["id"], "layout": layout}
    return [{**page, **only, "items": [asked.item]}]


def _narrative(stage: Stage, protocol: Protocol) -> list[Page]:
    """The respondent's own map, coloured by what the first preset groups people by where that was asked."""
    found = named_before(stage, protocol)
    presets = rows_of(stage.held, "presets")
    if stage.held.get("filter"):
        protocol.draft.lose(stage.name, "which people its picture shows", "It shows everybody.")
    for number, preset in enumerate(presets):
        _preset(number, preset, stage, protocol)
    if not found:
        return []
    groups = [found[0].asked.get(str(preset.get("groupVariable"))) for preset in presets[:1]]
    colour = {"color_by": groups[0].item["id"]} if groups and groups[0] and "options" in groups[0].item else {}
    return [{**titled(stage, protocol, "narrative"), "alters": found[0].page["id"], **colour}]


def _preset(number: int, preset: dict[str, Any], stage: Stage, protocol: Protocol) -> None:
    label = lead(one_line(protocol.text(preset.get("label")))) or str(number + 1)
    parts = "its places, ties and marks" if number == 0 else "all of it"
    remedy = "The picture shows everybody with the ties that were told, coloured by 'color_by'."
    protocol.draft.lose(stage.name, f"the preset “{label}”: {parts}", remedy)


def _chooser(stage: Stage, protocol: Protocol) -> list[Page]:
    """Here the language is changed on every page, so no page is needed."""
    return []


def _anonymisation(stage: Stage, protocol: Protocol) -> list[Page]:
    what = "the phrase that respondents choose to encrypt names, and the words about it"
    remedy = "Use 'names: vault' under 'privacy' if the study's agreement asks for it, and say so in the consent."
    protocol.draft.lose(stage.name, what, remedy)
    return []


def _edge_form(stage: Stage, protocol: Protocol) -> list[Page]:
    """Questions about ties have no page; each is named."""
    remedy = "Ask one of them about every pair: a page of type alter_ties with 'mode: strength'."
    for row in rows_of(part_of(stage.held, "form"), "fields"):
        prompt: Wording = one_line(protocol.text(row.get("prompt")))
        protocol.draft.lose(stage.name, f"the question about each tie “{lead(prompt) or row.get('variable')}”", remedy)
    return []


NAMING = ("NameGenerator", "NameGeneratorQuickAdd", "NameGeneratorRoster")
ELSEWHERE = {
    "Geospatial": (
        "there is no page like Geospatial, where places are pointed at on a map",
        "Ask for the place in a question of type text, on a page of type alter_form.",
    ),
    "FamilyPedigree": (
        "there is no page like FamilyPedigree, where a family tree is drawn",
        "Ask for relatives on a page of type name_generator, and how they are related on one of type alter_form.",
    ),
    "NarrativePedigree": (
        "there is no page like NarrativePedigree, where a family tree is looked at",
        "Show the map of people with a page of type narrative.",
    ),
    "FamilyTreeCensus": (
        "there is no page like FamilyTreeCensus, where a family tree is drawn",
        "Ask for relatives on a page of type name_generator, and how they are related on one of type alter_form.",
    ),
}
READERS: dict[str, Callable[[Stage, Protocol], list[Page]]] = {
    "Information": _information,
    "EgoForm": _ego_form,
    **dict.fromkeys(NAMING, generator),
    "AlterForm": _alter_form,
    "AlterEdgeForm": _edge_form,
    "OrdinalBin": _bins,
    "CategoricalBin": _bins,
    "DyadCensus": census("pairs"),
    "OneToManyDyadCensus": census("one_to_many"),
    "TieStrengthCensus": census("strength"),
    "Sociogram": sociogram,
    "NetworkComposer": composer,
    "Narrative": _narrative,
    "LanguageChooser": _chooser,
    "Anonymisation": _anonymisation,
}
