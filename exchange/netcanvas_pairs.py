"""The stages of a Network Canvas protocol about pairs of people, as pages about who knows whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from exchange.foreign_texts import Wording, lead, one_line
from exchange.netcanvas_items import item_of
from exchange.netcanvas_parts import Names, Page, Protocol, Stage, part_of, rows_of
from exchange.netcanvas_people import ask, generator, named_before, titled
from instruments.pairs import NO_TIE

PLACED = "Use a page of type place to ask for closeness in circles."
FILTERED = "It asks about the pairs of everybody named."


def census(mode: str) -> Callable[[Stage, Protocol], list[Page]]:
    """A reader that makes each prompt a page about pairs."""

    def read(stage: Stage, protocol: Protocol) -> list[Page]:
        _note_filter(stage, protocol)
        return [page for row in rows_of(stage.held, "prompts") for page in pair_page(row, mode, stage, protocol)]

    return read


def sociogram(stage: Stage, protocol: Protocol) -> list[Page]:
    """Prompts that draw ties become pages about pairs, prompts that mark people become yes or no for each."""
    _note_filter(stage, protocol)
    pages: list[Page] = []
    for row in rows_of(stage.held, "prompts"):
        edges, highlight = part_of(row, "edges"), part_of(row, "highlight")
        if edges.get("create"):
            pages += pair_page(row, "sociogram", stage, protocol)
        elif highlight.get("variable") and highlight.get("allowHighlighting", True):
            pages += [page for names in named_before(stage, protocol) for page in _marked(row, names, stage, protocol)]
        else:
            prompt = lead(one_line(protocol.text(row.get("text")))) or "without words"
            protocol.draft.lose(stage.name, f"where people are put on the picture: the prompt “{prompt}”", PLACED)
    return pages


def _marked(row: dict[str, Any], names: Names, stage: Stage, protocol: Protocol) -> list[Page]:
    asked = ask(str(part_of(row, "highlight")["variable"]), protocol.text(row.get("text")), stage, protocol, "node")
    if asked is None:
        return []
    names.asked[asked.variable.key] = asked
    page = titled(stage, protocol, "alter_form")
    return [{**page, "alters": names.page["id"], "layout": "matrix", "items": [asked.item]}]


def pair_page(row: dict[str, Any], mode: str, stage: Stage, protocol: Protocol) -> list[Page]:
    """One prompt about pairs as a page; none, noted, when nobody was named."""
    found = named_before(stage, protocol)
    if not found:
        return []
    page = titled(stage, protocol, "alter_ties")
    label = one_line(protocol.text(row.get("text")))
    relation = protocol.draft.relation(page["id"], label)
    protocol.draft.relations[relation]["directed"] = False
    page |= {"relation": relation, "alters": {"from": found[0].page["id"]}, "mode": mode}
    page |= {"label": label} if label else {}
    return [_strength(page, row, label, stage, protocol) if mode == "strength" else page]


def _strength(page: Page, row: dict[str, Any], label: Wording, stage: Stage, protocol: Protocol) -> Page:
    """The steps of the variable, and one for no tie."""
    variable = protocol.variable("edge", str(row.get("createEdge", "")), str(row.get("edgeVariable", "")))
    asked = item_of(variable, label, protocol, stage.name) if variable else None
    if asked is None or len(asked.item.get("options", ())) < 2:
        what = "how strong the ties are: its variable has no options"
        protocol.draft.lose(stage.name, what, "It asks yes or no: write 'mode: strength' with a scale.")
        return {**page, "mode": "pairs"}
    none = {"value": NO_TIE, "label": one_line(protocol.text(row.get("negativeLabel"))) or "Not at all"}
    return {**page, "options": [*(o for o in asked.item["options"] if o["value"] != NO_TIE), none]}


def composer(stage: Stage, protocol: Protocol) -> list[Page]:
    """A drawing of people and ties becomes a page of names, its form, and a picture for each kind of tie."""
    prompt = {"id": "prompt", "text": stage.held.get("label")}
    generator(Stage({**stage.held, "prompts": [prompt]}, stage.number), protocol)
    protocol.draft.lose(stage.name, "the words of its prompt, as it has none", "Write them on its page of names.")
    pages: list[Page] = []
    for edge in rows_of(stage.held, "edges"):
        kind = str(part_of(edge, "subject").get("type", ""))
        name = part_of(part_of(protocol.codebook, "edge"), kind).get("name") or kind
        pages += pair_page({"text": f"Who are joined by “{name}”?"}, "sociogram", stage, protocol)
        if rows_of(part_of(edge, "form"), "fields"):
            what = f"the questions about each tie “{name}”"
            protocol.draft.lose(stage.name, what, "Ask one about every pair: alter_ties with 'mode: strength'.")
    return pages


def _note_filter(stage: Stage, protocol: Protocol) -> None:
    if stage.held.get("filter"):
        protocol.draft.lose(stage.name, "which people it is about, by a filter", FILTERED)
