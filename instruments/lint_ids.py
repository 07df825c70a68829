"""Ids that stand twice, and ids that mean something else already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from instruments.baseline import items_of
from instruments.problems import Finding, Place
from instruments.schema import (
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    ArdPage,
    ChoiceItem,
    Choosing,
    ConsentPage,
    FinishPage,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    OrgTiesPage,
    PlacePage,
)

OURS = {
    "wave", "alter", "no_one", "csrf_token", "other", "action", "next", "add", "remove", "query", "q",
    "start", "check", "submit", "search", "send", "decline", "leave", "name", "person", "prompt", "sure", "language",
    "position", "choose", "describe", "left",
}  # fmt: skip
OF_CONDITIONS = {
    "true", "false", "null", "in", "has", "size", "all", "exists", "exists_one", "map", "filter", "matches",
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while", "int", "uint", "double", "string", "bool", "bytes", "list", "type",
}  # fmt: skip
RESERVED = frozenset(OURS | OF_CONDITIONS)
RESERVED_FOR_THE_END = frozenset({"done", "finish"})
RESERVED_ANSWERS = frozenset({"dont_know", "prefer_not"})

Named = Iterable[tuple[str, Place]]
Asking = Choosing | AlterTiesPage | OrgTiesPage | PlacePage


def duplicates(instrument: Instrument) -> Iterator[Finding]:
    """Pages, questions and statements share one space of ids: they are field names, columns and conditions' words."""
    yield from _twice(_fields(instrument), "is the id of another page, question or statement")
    for name in ("topics", "roles", "mechanisms"):
        entries = getattr(instrument, name)
        yield from _twice(((e.id, (name, n)) for n, e in enumerate(entries)), f"stands twice in {name}")
    for at, page in enumerate(instrument.pages):
        if isinstance(page, NameGeneratorPage):
            prompts = ((p.id, ("pages", at, "prompts", n)) for n, p in enumerate(page.prompts))
            yield from _twice(prompts, "is the id of another prompt")
        elif isinstance(page, ArdPage):
            groups = ((g.id, ("pages", at, "groups", n)) for n, g in enumerate(page.groups))
            yield from _twice(groups, "is the id of another group")
    for name, scale in instrument.scales.items():
        steps = ((o.value, ("scales", name, "options", n)) for n, o in enumerate(scale.options))
        yield from _twice(steps, f"stands twice in '{name}'")
    for item, place in _choices(instrument):
        values = ((o.value, (*place, "options", n)) for n, o in enumerate(item.options))
        yield from _twice(values, f"stands twice in '{item.id}'")


def reserved(instrument: Instrument) -> Iterator[Finding]:
    """Words that fields, conditions or URLs use for something else."""
    for word, place in _fields(instrument):
        if word in RESERVED:
            yield Finding((*place, "id"), f"'{word}' is a reserved word", "Use another id.")
    for n, page in enumerate(instrument.pages):
        if page.id in RESERVED_FOR_THE_END and not isinstance(page, FinishPage):
            yield Finding(("pages", n, "id"), f"'{page.id}' is kept for the finish page", "Use another id.")
    for n, topic in enumerate(instrument.topics):
        if topic.id == "other":
            yield Finding(("topics", n, "id"), "'other' is a reserved word", "Use another id.")
    for item, place in _choices(instrument):
        taken = RESERVED_ANSWERS | ({"other"} if isinstance(item, ChoiceItem) and item.other else set())
        for n, option in enumerate(item.options):
            if option.value in taken:
                remedy = "Use 'allow:' or 'other: true' for it, or another value."
                yield Finding((*place, "options", n), f"'{option.value}' is a reserved answer", remedy)


def _twice(named: Named, message: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for word, place in named:
        if word in seen:
            yield Finding(place, f"'{word}' {message}", "Use another id.")
        seen.add(word)


def _fields(instrument: Instrument) -> Iterator[tuple[str, Place]]:
    for at, page in enumerate(instrument.pages):
        yield page.id, ("pages", at)
        if isinstance(page, ConsentPage):
            yield from ((s.id, ("pages", at, "statements", n)) for n, s in enumerate(page.statements))
        for item, place in _items(page, at):
            yield item.id, place
            if isinstance(item, LikertItem):
                yield from ((s.id, (*place, "statements", n)) for n, s in enumerate(item.statements))


def _items(page: AnyPage, at: int) -> Iterator[tuple[AnyItem, Place]]:
    key = "then" if isinstance(page, AlterGridPage) else "ask" if isinstance(page, AlterReviewPage) else "items"
    return ((item, ("pages", at, key, n)) for n, item in enumerate(items_of(page)))


def _choices(instrument: Instrument) -> Iterator[tuple[Asking, Place]]:
    """Everything that offers options: questions, and pages that are one."""
    for at, page in enumerate(instrument.pages):
        if isinstance(page, AlterTiesPage | OrgTiesPage | PlacePage):
            yield page, ("pages", at)
        yield from ((item, place) for item, place in _items(page, at) if isinstance(item, Choosing))
