"""The stages of a Network Canvas protocol that name people, as pages of names and questions about those named."""

from __future__ import annotations

from typing import Any

from exchange.foreign_draft import names_page
from exchange.foreign_texts import Wording, lead, one_line
from exchange.netcanvas_checks import rules_of
from exchange.netcanvas_items import item_of
from exchange.netcanvas_parts import Asked, Names, Page, Protocol, Stage, Variable, part_of, rows_of

MOST_PEOPLE = 50
USUAL = 20
WHO = "Who do you know?"
LOAD = "Load them with: flask study import-people FILE. What a list may show and search is under 'rosters'."
PANEL = "Load those people as the study's people, and add a roster."


def titled(stage: Stage, protocol: Protocol, kind: str) -> Page:
    """A new page with the stage's label as its title."""
    title = one_line(protocol.text(stage.held.get("label")))
    page: Page = {"id": protocol.draft.word(lead(title), "page"), "type": kind}
    return page | ({"title": title} if title else {})


def ask(name: str, prompt: Wording, stage: Stage, protocol: Protocol, entity: str, hint: Wording = "") -> Asked | None:
    """The question for a variable of the stage's subject, or of ego; None, noted, when it cannot be asked."""
    variable = protocol.variable(entity, stage.subject, name)
    if variable is None:
        remedy = "Name a variable that is there, or leave the question out."
        protocol.draft.lose(stage.name, f"the variable “{name}”, which the codebook does not have", remedy)
        return None
    return item_of(variable, prompt, protocol, stage.name, hint)


def fields_of(form: dict[str, Any], stage: Stage, protocol: Protocol, entity: str, without: str = "") -> list[Asked]:
    """The questions of a form, field by field, but for the variable `without`."""
    found = []
    for row in rows_of(form, "fields"):
        name = str(row.get("variable", ""))
        prompt = protocol.text(row.get("prompt") or row.get("label"))
        asked = ask(name, prompt, stage, protocol, entity, protocol.text(row.get("hint"))) if name != without else None
        found += [asked] if asked else []
    return found


def named_before(stage: Stage, protocol: Protocol) -> list[Names]:
    """The pages that name the people whom a stage is about; none, noted, when nobody was named."""
    found = protocol.named.get(stage.subject, [])
    if not found:
        remedy = "Add a page of names before it."
        protocol.draft.lose(stage.name, "it is about people whom no stage before names", remedy)
    return found


def generator(stage: Stage, protocol: Protocol) -> list[Page]:
    """A page of names; where the stage before names people of the same type, its prompts join that page.

    So later stages about "all people" are about all of them.
    """
    name = _name_variable(stage, protocol)
    for row in rows_of(stage.held, "prompts"):
        protocol.marked.update({str(one.get("variable")): stage.label for one in rows_of(row, "additionalAttributes")})
    prompts = [protocol.text(row.get("text")) or WHO for row in rows_of(stage.held, "prompts")] or [WHO]
    before = protocol.named.get(stage.subject, [])
    if before and _may_join(before[-1], stage):
        names = before[-1]
        _join(names, prompts, stage, protocol)
    else:
        names = _new(stage, prompts, protocol)
        names.name_variable = name
    _panels(names, len(prompts), stage, protocol)
    _about(names, stage, protocol, name)
    return []


def _new(stage: Stage, prompts: list[Wording], protocol: Protocol) -> Names:
    draft = protocol.draft
    page = names_page("", prompts) | titled(stage, protocol, "name_generator")
    page["max"] = _most(stage)
    if _listed(stage):
        page |= {"modes": ["roster"], "roster": "people"}
        _note_list(stage, protocol)
    draft.names(page, prompts[0])
    names = Names(page, stage.label, joinable=not stage.held.get("skipLogic"))
    others = protocol.named.setdefault(stage.subject, [])
    others.append(names)
    if len(others) > 1:
        remedy = "Put the pages of names one after the other, as one page with several prompts."
        what = f"that pages about pairs are about these people too: they ask about those of “{others[0].label}”"
        draft.lose(stage.name, what, remedy)
    return names


def _listed(stage: Stage) -> bool:
    return "Roster" in stage.kind or bool(stage.held.get("dataSource"))


def _may_join(names: Names, stage: Stage) -> bool:
    return names.joinable and not stage.held.get("skipLogic")


def _join(names: Names, prompts: list[Wording], stage: Stage, protocol: Protocol) -> None:
    """Add prompts to the page before, and as many people as they may bring."""
    rows, first = names.page["prompts"], len(names.page["prompts"]) + 1
    rows += [{"id": f"prompt_{n}", "text": text} for n, text in enumerate(prompts, first)]
    most = names.page["max"] + _most(stage)
    names.page["max"] = min(most, MOST_PEOPLE)
    if most > MOST_PEOPLE:
        what = f"that it and “{names.label}” together take {most} people"
        protocol.draft.lose(stage.name, what, f"A page takes {MOST_PEOPLE} at most: make two of it.")
    _mix(names, stage, protocol)
    if names.parted:
        what = f"its place: its prompts stand on the page of “{names.label}”, as both name the same kind of people"
        protocol.draft.lose(stage.name, what, "Move the text that stood between them.")


def _mix(names: Names, stage: Stage, protocol: Protocol) -> None:
    """One page takes names picked and names typed where its stages do either."""
    page, own = names.page, "roster" if _listed(stage) else "recall"
    if own == "roster":
        page["roster"] = "people"
        _note_list(stage, protocol)
    if own not in page["modes"]:
        page["modes"] = ["roster", "recall"]
        what = f"that names are only {'picked' if own == 'roster' else 'typed'}: the page of “{names.label}” takes both"
        protocol.draft.lose(stage.name, what, "Make two pages of it, with 'modes' of their own.")


def _note_list(stage: Stage, protocol: Protocol) -> None:
    protocol.draft.rosters.setdefault("people", {"source": "people"})
    source = protocol.asset(stage.held.get("dataSource", "its data"))
    protocol.draft.lose(stage.name, f"its list of people, “{source}”", LOAD)


def _most(stage: Stage) -> int:
    most = part_of(stage.held, "behaviours").get("maxNodes")
    return min(max(most, 1), MOST_PEOPLE) if isinstance(most, int) and most > 0 else USUAL


def _panels(names: Names, added: int, stage: Stage, protocol: Protocol) -> None:
    """A panel of people named already becomes `reuse`; other panels are noted."""
    panels = rows_of(stage.held, "panels")
    for panel in panels:
        title = lead(one_line(protocol.text(panel.get("title")))) or "without a title"
        if panel.get("dataSource") != "existing":
            what = f"its side panel “{title}” with the people of “{protocol.asset(panel.get('dataSource'))}”"
            protocol.draft.lose(stage.name, what, PANEL)
        elif panel.get("filter"):
            what = f"the filter of its side panel “{title}”"
            protocol.draft.lose(stage.name, what, "Everybody named on this page before is offered.")
    if not any(panel.get("dataSource") == "existing" for panel in panels):
        return
    rows = names.page["prompts"]
    for at in range(max(len(rows) - added, 1), len(rows)):
        rows[at]["reuse"] = [row["id"] for row in rows[:at]]
    if len(rows) == added and len(protocol.named[stage.subject]) > 1:
        what = "that those named on earlier pages are offered again in its side panel"
        protocol.draft.lose(stage.name, what, "Put the pages of names one after the other.")


def _about(names: Names, stage: Stage, protocol: Protocol, name: str) -> None:
    """The other fields of its form, asked about each person named; nobody is asked the same twice."""
    form = part_of(stage.held, "form") or part_of(stage.held, "nodeForm")
    fresh = [row for row in rows_of(form, "fields") if str(row.get("variable")) not in names.asked]
    about = fields_of({"fields": fresh}, stage, protocol, "node", without=name)
    names.asked.update({one.variable.key: one for one in about})
    if not about:
        return
    rules = rules_of(about, "alter.", protocol.draft, stage.name)
    if names.more is None:
        word = protocol.draft.word(f"{names.page['id'][:31]}_more")
        names.more = {"id": word, "type": "alter_form", "title": "{alter}", "alters": names.page["id"], "items": []}
        protocol.draft.pages.append(names.more)
    names.more["items"] += [one.item for one in about]
    if rules:
        names.more["rules"] = names.more.get("rules", []) + rules


def _name_variable(stage: Stage, protocol: Protocol) -> str:
    """The variable that holds people's names: the page of names asks for it itself."""
    if stage.held.get("quickAdd"):
        return str(stage.held["quickAdd"])
    held = protocol.variables("node", stage.subject)
    asked = [str(row.get("variable")) for row in rows_of(part_of(stage.held, "form"), "fields")]
    texts = [Variable(key, held[key]) for key in asked if isinstance(held.get(key), dict)]
    texts = [one for one in texts if one.kind == "text"]
    exact = [one.key for one in texts if one.name.casefold() in ("name", "full name", "full_name", "fullname")]
    near = [one.key for one in texts if "name" in one.name.casefold()]
    return (exact + near or [""])[0]
