"""Settings that can never take effect, each told with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from instruments.baseline import items_of
from instruments.lint_domains import number_domain
from instruments.lint_people import CARRIED, source_of
from instruments.problems import Finding, Place
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    ArdPage,
    ChoiceItem,
    Choosing,
    DateItem,
    Instrument,
    NameGeneratorPage,
    NumberItem,
    OrgTiesPage,
    PlacePage,
    QuestionPage,
    RankItem,
    ScaleItem,
    Silent,
    Synthetic,
    TextItem,
)

Findings = Iterator[Finding]


def settings(instrument: Instrument) -> Findings:
    """Every setting of a page or a question that cannot do anything where it stands."""
    for at, page in enumerate(instrument.pages):
        place: Place = ("pages", at)
        yield from _page(page, place)
        key = "then" if isinstance(page, AlterGridPage) else "ask" if isinstance(page, AlterReviewPage) else "items"
        for n, item in enumerate(items_of(page)):
            for rule in ITEM_RULES:
                yield from rule(item, page, (*place, key, n))


def unused(instrument: Instrument) -> Findings:
    """Warns of topics, roles, mechanisms, scales, relations and privacy that nothing uses."""
    pages = instrument.pages
    asked = [item for page in pages for item in items_of(page)]
    values = [tuple(option.value for option in i.options) for i in asked if isinstance(i, Choosing)]
    values += [
        tuple(o.value for o in p.options) for p in pages if isinstance(p, AlterTiesPage | OrgTiesPage | PlacePage)
    ]
    if instrument.topics and not _listed(instrument.topics, values) and not _has(pages, AlterGridPage):
        yield _unused(("topics",), "No page asks by topic", "Add a page of type alter_grid, or remove 'topics'.")
    for name in ("roles", "mechanisms"):
        entries = getattr(instrument, name)
        if entries and not _listed(entries, values) and not (name == "roles" and _positions(pages)):
            yield _unused((name,), f"No question offers the {name}", f"Add a question with 'options: {name}'.")
    for name, scale in instrument.scales.items():
        if tuple(option.value for option in scale.options) not in values:
            yield _unused(("scales", name), f"No question uses '{name}'", "Remove it, or use it.")
    related = {p.relation for p in pages if isinstance(p, NameGeneratorPage | AlterTiesPage | OrgTiesPage)}
    for name in (name for name in instrument.relations if name not in related):
        yield _unused(("relations", name), f"No page asks about '{name}'", "Remove it, or ask about it.")
    if instrument.privacy.names == "roster" and "people" not in {r.source for r in instrument.rosters.values()}:
        remedy = "Use 'names: none', 'initials' or 'vault', or add a roster of people."
        yield _unused(("privacy", "names"), "Names come from a roster, and there is no roster of people", remedy)


def _page(page: AnyPage, place: Place) -> Findings:
    if isinstance(page, AlterReviewPage) and page.waves and max(page.waves) < 2:
        yield _idle((*place, "waves"), f"'{page.id}' looks back at the last wave, and the first has none", "Use [2].")
    if isinstance(page, NameGeneratorPage):
        yield from _generator(page, place)
    if isinstance(page, AlterTiesPage):
        yield from _pairs(page, place)
    if isinstance(page, AlterFormPage) and page.randomise == "items" and len(page.items) < 2:
        yield _idle((*place, "randomise"), "One question has no order", "Remove 'randomise'.")
    if isinstance(page, QuestionPage | NameGeneratorPage) and page.synthetic is not None:
        yield from _weights(page.synthetic, _page_words(page), (*place, "synthetic"))


def _generator(page: NameGeneratorPage, place: Place) -> Findings:
    if "position" not in page.modes and page.sites is not None:
        yield _idle((*place, "sites"), f"'{page.id}' takes no positions", "Add position to 'modes', or remove 'sites'.")
    if page.max == 1 and page.nudges:
        yield _idle(
            (*place, "nudges"), "Nudges ask for more people, and one is the most", "Raise 'max', or remove them."
        )


def _pairs(page: AlterTiesPage, place: Place) -> Findings:
    if page.unrelated_option and page.mode != "one_to_many":
        message = "'unrelated_option' is for the mode one_to_many"
        yield _idle((*place, "unrelated_option"), message, "Remove it, or use that mode.")
    if page.options and page.mode != "strength":
        yield _idle((*place, "scale"), "A scale is for the mode strength", "Remove it, or use 'mode: strength'.")
    if page.mode == "strength" and len(page.options) < 2:
        yield _idle((*place, "mode"), "The mode strength has no scale", "Add 'scale: NAME'.")


def _bounds(item: AnyItem, page: AnyPage, place: Place) -> Findings:
    if isinstance(item, NumberItem) and number_domain(item).empty:
        message = f"No number is at least {item.minimum:g} and at most {item.maximum:g}"
        yield _idle((*place, "minimum"), message, "Swap them.")
    if isinstance(item, DateItem):
        shape = 10 if item.type == "date" else 7
        for key in ("earliest", "latest"):
            day = getattr(item, key)
            if day is not None and len(day) != shape:
                yield _idle((*place, key), f"'{day}' is no {item.type}", "Write a day for a date, a month for a month.")
        if item.earliest and item.latest and item.earliest > item.latest:
            yield _idle((*place, "earliest"), "'earliest' is after 'latest'", "Swap them.")
    if isinstance(item, RankItem) and item.top is not None and item.top > len(item.options):
        yield _idle((*place, "top"), f"There are {len(item.options)} options to put in order", "Lower 'top'.")


def _silent(item: AnyItem, page: AnyPage, place: Place) -> Findings:
    """Settings about answers, on an item that nobody answers."""
    if isinstance(item, Silent):
        for key in ("required", "allow", "prefill", "ask_once", "error", "synthetic"):
            if getattr(item, key):
                yield _idle((*place, key), f"Nobody answers '{item.id}', so '{key}' does nothing", f"Remove '{key}'.")
        if item.type == "calculated" and (item.label or item.hint):
            yield _idle(place, f"Nobody sees '{item.id}', so its label does nothing", "Remove 'label' and 'hint'.")


def _waves(item: AnyItem, page: AnyPage, place: Place) -> Findings:
    first_only = page.waves == (1,)
    if item.prefill == "previous_wave" and first_only:
        yield _idle((*place, "prefill"), f"'{page.id}' is asked in the first wave only", "Remove 'prefill'.")
    if item.ask_once and first_only:
        yield _idle((*place, "ask_once"), f"'{page.id}' is asked in the first wave only", "Remove 'ask_once'.")
    if item.prefill == "person" and source_of(page) not in (None,):
        yield _idle((*place, "prefill"), "The roster fills in answers about the respondent only", "Remove 'prefill'.")
    if item.ask_once and source_of(page) == CARRIED:
        yield _idle((*place, "ask_once"), "A review is about what changed", "Remove 'ask_once'.")


def _choices(item: AnyItem, page: AnyPage, place: Place) -> Findings:
    if item.error and not item.required:
        yield _idle((*place, "error"), f"'{item.id}' may be left blank, so 'error' is never said", "Remove it.")
    if isinstance(item, ChoiceItem | RankItem) and item.randomise and sum(not o.fixed for o in item.options) < 2:
        yield _idle((*place, "randomise"), "There are no two options to swap", "Remove 'randomise' or 'fixed'.")
    if isinstance(item, ChoiceItem | RankItem) and not item.randomise and any(o.fixed for o in item.options):
        yield _idle((*place, "options"), "'fixed' is for a random order", "Remove it, or add 'randomise: true'.")
    if item.synthetic is not None:
        yield from _weights(item.synthetic, _words(item), (*place, "synthetic"))
        yield from _simulated(item, item.synthetic, (*place, "synthetic"))


def _simulated(item: AnyItem, synthetic: Synthetic, place: Place) -> Findings:
    """Parts of `synthetic` that the type of the question does not use."""
    if (synthetic.mean is not None or synthetic.sd is not None) and item.type != "number":
        yield _idle((*place, "mean"), "'mean' and 'sd' are for numbers", "Use 'weights' or 'texts'.")
    if synthetic.texts and not isinstance(item, TextItem):
        yield _idle((*place, "texts"), "'texts' is for text and longtext", "Use 'weights'.")
    if synthetic.blank and item.required:
        yield _idle((*place, "blank"), f"'{item.id}' must be answered, so it is never blank", "Remove 'blank'.")


def _weights(synthetic: Synthetic, known: frozenset[str], place: Place) -> Findings:
    for word in (word for word in synthetic.weights if word not in known):
        yield _idle((*place, "weights", word), f"'{word}' is none of its answers", "Weigh the answers there are.")
    if synthetic.weights and not any(synthetic.weights.values()):
        yield _idle((*place, "weights"), "Every weight is nought", "Give one answer a weight above 0.")


def _words(item: AnyItem) -> frozenset[str]:
    """The answers that weights may name."""
    if isinstance(item, ChoiceItem | ScaleItem | RankItem) or item.type == "likert":
        words = {option.value for option in item.options} | set(item.allow)
        return frozenset(words | ({"other"} if getattr(item, "other", False) else set()))
    return frozenset({"yes", "no", *item.allow}) if item.type == "boolean" else frozenset(item.allow)


def _page_words(page: QuestionPage | NameGeneratorPage) -> frozenset[str]:
    if isinstance(page, NameGeneratorPage):
        return frozenset(str(n) for n in range(page.max + 1))
    if isinstance(page, ArdPage):
        return frozenset()
    return frozenset({"yes", "no", *(option.value for option in getattr(page, "options", ()))})


def _idle(place: Place, message: str, remedy: str) -> Finding:
    return Finding(place, message, remedy)


def _unused(place: Place, message: str, remedy: str) -> Finding:
    return Finding(place, message, remedy, "warning")


def _listed(entries: tuple[object, ...], values: list[tuple[str, ...]]) -> bool:
    words = {getattr(entry, "id", "") for entry in entries}
    return any(words <= set(offered) or (offered and set(offered) <= words) for offered in values)


def _has(pages: tuple[AnyPage, ...], kind: type[object]) -> bool:
    return any(isinstance(page, kind) for page in pages)


def _positions(pages: tuple[AnyPage, ...]) -> bool:
    return any(isinstance(page, NameGeneratorPage) and "position" in page.modes for page in pages)


ITEM_RULES: tuple[Callable[[AnyItem, AnyPage, Place], Findings], ...] = (_bounds, _silent, _waves, _choices)
