"""The stages of a Network Canvas protocol, one by one, as pages of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from exchange.foreign_draft import Draft, plain
from exchange.netcanvas_items import Asked, Variable, item_of
from exchange.netcanvas_skips import condition_of
from instruments.pairs import NO_TIE

Page = dict[str, Any]


@dataclass(frozen=True)
class Stage:
    """One stage as the file has it; what is absent or of another shape counts as empty."""

    held: dict[str, Any]
    number: int

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return f"stage {self.number} “{plain(self.held.get('label')) or self.kind}”"

    @property
    def kind(self) -> str:
        """Its type."""
        return str(self.held.get("type", ""))

    def part(self, key: str) -> dict[str, Any]:
        """A part that holds keys."""
        found = self.held.get(key)
        return found if isinstance(found, dict) else {}

    def rows(self, key: str) -> list[dict[str, Any]]:
        """A part that is a list."""
        found = self.held.get(key)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    @property
    def subject(self) -> str:
        """The type of node that it is about."""
        return str(self.part("subject").get("type", ""))


@dataclass
class Protocol:
    """What is known while the stages are read."""

    draft: Draft
    codebook: dict[str, Any]
    named: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)

    def variable(self, entity: str, kind: str, name: str) -> Variable | None:
        """A variable of the codebook: entity is ego, node or edge, `kind` the type of node or edge."""
        held = self.codebook.get(entity)
        owner = held.get(kind) if entity != "ego" and isinstance(held, dict) else held
        variables = owner.get("variables") if isinstance(owner, dict) else None
        found = variables.get(name) if isinstance(variables, dict) else None
        return Variable(name, found) if isinstance(found, dict) else None


def read_stage(stage: Stage, protocol: Protocol) -> None:
    """Add the pages that a stage becomes, and note what is lost of it."""
    reader = READERS.get(stage.kind)
    if reader is None:
        protocol.draft.lose(stage.name, f"there is no page like {stage.kind or 'it'}")
        return
    _note_the_rest(stage, protocol.draft)
    shared = _shared(stage, protocol)
    for page in reader(stage, protocol):
        protocol.draft.pages.append({**page, **shared})


def _note_the_rest(stage: Stage, draft: Draft) -> None:
    """What no page of ours has."""
    said = {
        "filter": "it shows only some of the people, by a filter",
        "interviewScript": "its script for the interviewer",
        "panels": "its side panels",
        "sortOptions": "how its list is sorted",
    }
    for key, what in said.items():
        if stage.held.get(key):
            draft.lose(stage.name, what)
    if stage.part("behaviours").get("minNodes"):
        draft.lose(stage.name, "the least number of people: fewer, or none, is an answer")


def _shared(stage: Stage, protocol: Protocol) -> Page:
    shared: Page = {}
    panel = stage.part("introductionPanel")
    intro = "\n".join(text for text in (plain(panel.get("title")), plain(panel.get("text"))) if text)
    if intro:
        shared["intro"] = intro
    skip = stage.part("skipLogic")
    if skip:
        when = condition_of(skip, protocol.asked, protocol.named)
        if when is None:
            protocol.draft.lose(
                stage.name, "when it is skipped: the rule names what was not asked about oneself before"
            )
        else:
            shared["when"] = when
    return shared


def _page(stage: Stage, protocol: Protocol, kind: str) -> Page:
    title = plain(stage.held.get("label"))
    page: Page = {"id": protocol.draft.word(title, "page"), "type": kind}
    return page | ({"title": title.replace("\n", " ")} if title else {})


def _information(stage: Stage, protocol: Protocol) -> list[Page]:
    texts = [plain(row.get("content")) for row in stage.rows("items") if row.get("type") == "text"]
    if any(row.get("type") != "text" for row in stage.rows("items")):
        protocol.draft.lose(stage.name, "its pictures, sounds and films")
    body = "\n".join(text for text in (plain(stage.held.get("title")), *texts) if text)
    return [{**_page(stage, protocol, "info"), "text": body}] if body else []


def _items(stage: Stage, protocol: Protocol, entity: str) -> list[Page]:
    """The questions of a stage's form; each is known to later conditions when it is about ego."""
    rows = stage.part("form").get("fields")
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            asked = _ask(str(row.get("variable", "")), row.get("prompt"), stage, protocol, entity)
            found += [asked.item] if asked else []
    return found


def _ask(name: str, prompt: object, stage: Stage, protocol: Protocol, entity: str) -> Asked | None:
    variable = protocol.variable(entity, stage.subject, name)
    if variable is None:
        protocol.draft.lose(stage.name, f"the variable “{plain(name)}”, which the codebook does not have")
        return None
    asked = item_of(variable, plain(prompt), protocol.draft, stage.name)
    if asked is not None and entity == "ego":
        protocol.asked[name] = asked
    return asked


def _ego_form(stage: Stage, protocol: Protocol) -> list[Page]:
    items = _items(stage, protocol, "ego")
    return [{**_page(stage, protocol, "form"), "items": items}] if items else []


def _generator(stage: Stage, protocol: Protocol) -> list[Page]:
    draft = protocol.draft
    page = _page(stage, protocol, "name_generator")
    prompts = [plain(row.get("text")) for row in stage.rows("prompts")] or ["Who do you know?"]
    if any(row.get("additionalAttributes") for row in stage.rows("prompts")):
        draft.lose(stage.name, "the attributes that its prompts set: which prompt named somebody is kept itself")
    most = stage.part("behaviours").get("maxNodes")
    page |= {
        "relation": draft.relation(page["id"], prompts[0][:200]),
        "modes": ["recall"],
        "max": min(max(most, 1), 50) if isinstance(most, int) and most > 0 else 20,
        "none_option": "Nobody",
        "prompts": [{"id": f"prompt_{n}", "text": text or "Who?"} for n, text in enumerate(prompts, 1)],
    }
    if "Roster" in stage.kind or stage.held.get("dataSource"):
        draft.rosters.setdefault("people", {"source": "people"})
        page |= {"modes": ["roster"], "roster": "people"}
        draft.lose(stage.name, "its list of people: load them with flask study import-people")
    draft.ties[page["relation"]] = {"from": page["id"]}
    if stage.subject in protocol.named:
        draft.lose(stage.name, "later stages about all these people ask about those named first")
    protocol.named.setdefault(stage.subject, page["id"])
    about = [item for item in _items(stage, protocol, "node") if item["label"].casefold() not in ("name", "first name")]
    extra = {"id": draft.word(f"{page['id']}_more"), "type": "alter_form", "alters": page["id"], "items": about}
    return [page, extra] if about else [page]


def _about(stage: Stage, protocol: Protocol, kind: str) -> Page | None:
    """A page about people named before; None, noted, when nobody was."""
    source = protocol.named.get(stage.subject)
    if source is None:
        protocol.draft.lose(stage.name, "it is about people whom no stage before names")
        return None
    return {**_page(stage, protocol, kind), "alters": source}


def _alter_form(stage: Stage, protocol: Protocol) -> list[Page]:
    items = _items(stage, protocol, "node")
    page = _about(stage, protocol, "alter_form") if items else None
    return [{**page, "items": items}] if page else []


def _bins(stage: Stage, protocol: Protocol) -> list[Page]:
    """Each prompt a page of bins."""
    pages = []
    for row in stage.rows("prompts"):
        asked = _ask(str(row.get("variable", "")), row.get("text"), stage, protocol, "node")
        page = _about(stage, protocol, "alter_form") if asked else None
        if asked and page:
            item = {**asked.item, "type": "single"} if asked.item["type"] == "multi" else asked.item
            pages.append({**page, "layout": "bins", "items": [item]})
        if row.get("otherVariable"):
            protocol.draft.lose(stage.name, "its “other” bin")
    return pages


def _pairs(mode: str) -> Callable[[Stage, Protocol], list[Page]]:
    """Each prompt a page about pairs of people."""

    def read(stage: Stage, protocol: Protocol) -> list[Page]:
        return [page for row in stage.rows("prompts") for page in _pair_page(row, mode, stage, protocol)]

    return read


def _pair_page(row: dict[str, Any], mode: str, stage: Stage, protocol: Protocol) -> list[Page]:
    page = _about(stage, protocol, "alter_ties")
    if page is None:
        return []
    source = page.pop("alters")
    label = plain(row.get("text")).replace("\n", " ")
    relation = protocol.draft.relation(page["id"], label or "know each other")
    protocol.draft.relations[relation]["directed"] = False
    page |= {"relation": relation, "alters": {"from": source}, "mode": mode}
    page |= {"label": label} if label else {}
    if mode == "strength":
        kind = str(row.get("createEdge", ""))
        variable = protocol.variable("edge", kind, str(row.get("edgeVariable", "")))
        asked = item_of(variable, label, protocol.draft, stage.name) if variable else None
        if asked is None or len(asked.item.get("options", ())) < 2:
            protocol.draft.lose(stage.name, "how strong the ties are: its variable has no options")
            return [{**page, "mode": "pairs"}]
        none = {"value": NO_TIE, "label": plain(row.get("negativeLabel")) or "Not at all"}
        page["options"] = [*(o for o in asked.item["options"] if o["value"] != NO_TIE), none]
    return [page]


def _sociogram(stage: Stage, protocol: Protocol) -> list[Page]:
    """Prompts that draw ties become pages about pairs, prompts that mark people become yes or no for each."""
    pages: list[Page] = []
    for row in stage.rows("prompts"):
        edges, highlight = row.get("edges"), row.get("highlight")
        if isinstance(edges, dict) and edges.get("create"):
            pages += _pair_page(row, "sociogram", stage, protocol)
        elif isinstance(highlight, dict) and highlight.get("variable"):
            asked = _ask(str(highlight["variable"]), row.get("text"), stage, protocol, "node")
            page = _about(stage, protocol, "alter_form") if asked else None
            pages += [{**page, "layout": "matrix", "items": [asked.item]}] if asked and page else []
        else:
            protocol.draft.lose(stage.name, "where people are put on the picture")
    return pages


def _narrative(stage: Stage, protocol: Protocol) -> list[Page]:
    protocol.draft.lose(stage.name, "its presets: the picture shows the respondent's own ties")
    page = _about(stage, protocol, "narrative")
    return [page] if page else []


READERS: dict[str, Callable[[Stage, Protocol], list[Page]]] = {
    "Information": _information,
    "EgoForm": _ego_form,
    "NameGenerator": _generator,
    "NameGeneratorQuickAdd": _generator,
    "NameGeneratorRoster": _generator,
    "AlterForm": _alter_form,
    "OrdinalBin": _bins,
    "CategoricalBin": _bins,
    "DyadCensus": _pairs("pairs"),
    "OneToManyDyadCensus": _pairs("one_to_many"),
    "TieStrengthCensus": _pairs("strength"),
    "Sociogram": _sociogram,
    "Narrative": _narrative,
}
