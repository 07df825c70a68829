"""What nobody can ever see: conditions, pages and rules that no answers can make hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from instruments.baseline import items_of
from instruments.lint_domains import Domain, Search, number_domain, strangers
from instruments.lint_people import least_people
from instruments.lint_tree import Call, Constant, Items, Name, Tree, tree_of
from instruments.problems import Finding, Place, did_you_mean
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AnyItem,
    AnyPage,
    BooleanItem,
    ChoiceItem,
    ConsentPage,
    FormPage,
    Instrument,
    Item,
    LikertItem,
    NameGeneratorPage,
    NumberItem,
    PlacePage,
    RankItem,
    ScaleItem,
)

WAVE = "wave"


@dataclass
class _Known:
    """What each answer can be, and what must hold so that it is given."""

    domains: dict[str, Domain] = field(default_factory=dict)
    needs: dict[str, tuple[Tree, ...]] = field(default_factory=dict)

    def possible(self, goals: tuple[Tree, ...], *, holds: bool = True) -> bool:
        """Whether all goals can hold together; with `holds` false, whether the last one can fail."""
        wanted = tuple((goal, holds or at < len(goals) - 1) for at, goal in enumerate(goals))
        return Search(lambda path: self.needs.get(path, ())).possible(wanted, self.domains, frozenset())


def unreachable(instrument: Instrument) -> Iterator[Finding]:
    """Every condition that can never hold, words that are no answers, and rules that always or never hold."""
    known = _known(instrument)
    for at, page in enumerate(instrument.pages):
        context = page_needs(page)
        place: Place = ("pages", at)
        strange = tuple(_strange(page.when, (*place, "when"), known))
        yield from strange
        if strange or not known.possible(context):
            yield from () if strange else (_never_shown(page, place, known),)
            continue
        key = "then" if isinstance(page, AlterGridPage) else "ask" if isinstance(page, AlterReviewPage) else "items"
        for n, item in enumerate(getattr(page, key, ())):
            yield from _never_asked(item, context, (*place, key, n), known)
        for n, rule in enumerate(getattr(page, "rules", ())):
            yield from _idle_rule(rule.when, context, (*place, "rules", n), known)


def page_needs(page: AnyPage) -> tuple[Tree, ...]:
    """What must hold for a page to be shown: its wave, somebody to ask about, and its condition."""
    goals: list[Tree] = []
    if page.waves:
        goals.append(Call("in", (Name(WAVE), Items(tuple(Constant(float(wave)) for wave in page.waves)))))
    if isinstance(page, AlterReviewPage):
        goals.append(Call(">", (Name(WAVE), Constant(1.0))))
    if (least := least_people(page)) is not None:
        goals.append(Call(">=", (Call("size", (Name(least[0]),)), Constant(float(least[1])))))
    return (*goals, tree_of(page.when)) if page.when else tuple(goals)


def _never_shown(page: AnyPage, place: Place, known: _Known) -> Finding:
    if page.when and not known.possible((tree_of(page.when),)):
        return _never((*place, "when"), page.when)
    message = f"'{page.id}' can never be shown: its waves, its condition and the pages before it rule each other out"
    return Finding((*place, "when") if page.when else place, message, "Change 'when' or 'waves', or remove the page.")


def _never_asked(item: AnyItem, context: tuple[Tree, ...], place: Place, known: _Known) -> Iterator[Finding]:
    if item.when is None:
        return
    strange = tuple(_strange(item.when, (*place, "when"), known))
    yield from strange
    if not strange and not known.possible((*context, tree_of(item.when))):
        yield _never((*place, "when"), item.when)


def _idle_rule(condition: str, context: tuple[Tree, ...], place: Place, known: _Known) -> Iterator[Finding]:
    yield from _strange(condition, (*place, "when"), known)
    if not known.possible((*context, tree_of(condition))):
        message = "Nobody can pass: no answers make this rule hold"
        yield Finding((*place, "when"), message, "Say what must hold, not what must not.")
    elif not known.possible((*context, tree_of(condition)), holds=False):
        yield Finding((*place, "when"), "This rule always holds, so it never says anything", "Remove it.", "warning")


def _never(place: Place, condition: str) -> Finding:
    return Finding(
        place, f"No answers can make this hold: {condition}", "Look at what its questions need to be asked at all."
    )


def _strange(condition: str | None, place: Place, known: _Known) -> Iterator[Finding]:
    for path, word in strangers(tree_of(condition), known.domains) if condition else ():
        values = sorted(str(value) for value in known.domains[path].values or ())
        remedy = did_you_mean(word, values, f"Use one of: {', '.join(values[:8])}.")
        yield Finding(place, f"'{word}' is no answer to '{path}'", remedy)


def _known(instrument: Instrument) -> _Known:
    known = _Known({WAVE: Domain("number", low=1, whole=True)})
    for page in instrument.pages:
        needs = page_needs(page)
        if isinstance(page, ConsentPage):
            known.domains |= {s.id: Domain("truth", frozenset({True})) for s in page.statements}
        elif isinstance(page, NameGeneratorPage):
            known.domains[page.id] = Domain("list", low=0, high=page.max)
            known.needs[page.id] = needs
        elif isinstance(page, PlacePage):
            _add(known, f"alter.{page.id}", Domain("word", _values(page)), needs)
        elif isinstance(page, FormPage | AlterFormPage | AlterReviewPage | AlterGridPage):
            _add_items(page, instrument, needs, known)
    return known


def _add_items(
    page: FormPage | AlterFormPage | AlterReviewPage | AlterGridPage,
    instrument: Instrument,
    needs: tuple[Tree, ...],
    known: _Known,
) -> None:
    prefix = "" if isinstance(page, FormPage) else "alter."
    if isinstance(page, AlterGridPage):
        topics = frozenset(topic.id for topic in instrument.topics)
        for cell in page.then:
            _add(known, prefix + cell.id, Domain("list", topics, low=1, high=len(topics)), needs)
        return
    for item in items_of(page):
        asked = needs if item.when is None else (*needs, tree_of(item.when))
        for name, domain in _domains(item):
            _add(known, prefix + name, domain, () if item.ask_once else asked)


def _add(known: _Known, path: str, domain: Domain, needs: tuple[Tree, ...]) -> None:
    known.domains[path] = domain
    known.needs[path] = needs


def _domains(item: AnyItem) -> Iterator[tuple[str, Domain]]:
    """Each answer of one question with what it can be; questions whose answers are free have none."""
    if isinstance(item, LikertItem):
        yield from ((s.id, Domain("word", _values(item))) for s in item.statements)
    elif isinstance(item, RankItem):
        yield item.id, Domain("list", _values(item), low=1, high=item.top or len(item.options))
    elif isinstance(item, ChoiceItem) and item.type == "multi":
        values = _values(item)
        yield item.id, Domain("list", values, low=1, high=len(values))
    elif isinstance(item, ChoiceItem | ScaleItem):
        yield item.id, Domain("word", _values(item))
    elif isinstance(item, BooleanItem):
        yield item.id, Domain("truth", frozenset({True, False}))
    elif isinstance(item, NumberItem):
        yield item.id, number_domain(item)


def _values(item: Item | PlacePage) -> frozenset[str | bool]:
    values = {option.value for option in getattr(item, "options", ())}
    return frozenset(values | ({"other"} if getattr(item, "other", False) else set()))
