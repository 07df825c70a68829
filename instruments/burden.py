"""How long a questionnaire takes, estimated question by question."""

from __future__ import annotations

from collections.abc import Callable

from instruments.baseline import items_of
from instruments.lint_people import least_people
from instruments.responses import Responses
from instruments.route import steps
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    ArdPage,
    ConsentPage,
    FormPage,
    InfoItem,
    InfoPage,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    NarrativePage,
    OrgTiesPage,
    PlacePage,
    RankItem,
    Text,
)
from instruments.wording import in_language

SECONDS_PER_ITEM = {
    "single": 6.0, "multi": 8.0, "scale": 5.0, "likert": 4.0, "rank": 3.0, "text": 12.0, "longtext": 60.0,
    "number": 8.0, "boolean": 4.0, "date": 12.0, "month": 9.0, "lookup": 10.0, "email": 15.0, "phone": 15.0,
    "info": 0.0, "calculated": 0.0,
}  # fmt: skip
"""Seconds for one question; for likert one statement, for rank one option."""
SECONDS_PER_PAGE = 3.0
SECONDS_FOR_CONSENT = 20.0
SECONDS_PER_PROMPT = 12.0
SECONDS_PER_NAME = 10.0
SECONDS_PER_CELL = 1.5
SECONDS_PER_PAIR = 3.0
SECONDS_PER_TICKED_PAIR = 1.0
SECONDS_PER_GROUP = 6.0
SECONDS_PER_SITE = 12.0
SECONDS_PER_PLACE = 4.0
WORDS_PER_SECOND = 4.0
USUAL_SITES = 3
BEFORE = 3
"""How many people of the last wave a review is estimated with."""


def estimated_minutes(instrument: Instrument, alters: int = 5, wave: int = 1) -> float:
    """Minutes for someone who names `alters` people and answers everything, optional long texts half the time.

    Pages of other waves are left out. The seconds are our own rules of thumb for a phone; field times replace them
    once a study has some.
    """
    pages = (page for page in instrument.pages if not page.waves or wave in page.waves)
    return sum(page_seconds(page, instrument, alters, wave) for page in pages) / 60


def minutes_left(instrument: Instrument, responses: Responses, expected: int = 4) -> float:
    """Minutes for what is still open on the route; pages about people not yet asked for count `expected` of them."""
    route = steps(instrument, responses)
    named = len({nomination.alter for nomination in responses.nominations})
    open_steps = [step for step in route if step.key not in responses.done]
    seconds = sum(step_seconds(instrument.page(step.page), instrument, named or expected) for step in open_steps)
    waiting = {step.page for step in open_steps}
    to_come = (page for page in instrument.pages if (least := least_people(page)) and least[0] in waiting)
    shown = {step.page for step in route}
    for page in (page for page in to_come if page.id not in shown and (not page.waves or responses.wave in page.waves)):
        seconds += page_seconds(page, instrument, expected, responses.wave)
    return seconds / 60


def seconds_by_page(instrument: Instrument, alters: int = 5) -> dict[str, float]:
    """Seconds for each page by its id, all people of an alter page together."""
    return {page.id: page_seconds(page, instrument, alters) for page in instrument.pages}


def page_seconds(page: AnyPage, instrument: Instrument, alters: int, wave: int = 1) -> float:
    """Seconds for one page with `alters` people named; a review takes none in the first wave."""
    if isinstance(page, AlterReviewPage):
        return 0.0 if wave == 1 else SECONDS_PER_PAGE + BEFORE * _items(page)
    return SECONDS.get(page.type, _plain)(page, instrument, alters)


def step_seconds(page: AnyPage, instrument: Instrument, alters: int) -> float:
    """Seconds for one step of a page: one person's or one pair's share where it has a step for each."""
    whole = page_seconds(page, instrument, alters, wave=2)
    return whole / max(_steps(page, alters), 1)


def _steps(page: AnyPage, alters: int) -> int:
    if isinstance(page, AlterFormPage) and page.layout == "one_at_a_time":
        return alters
    if isinstance(page, AlterTiesPage):
        people = min(alters, page.alters.sample or alters)
        return {"one_to_many": people - 1, "sociogram": 1}.get(page.mode, people * (people - 1) // 2)
    return 1


def _plain(page: AnyPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PAGE


def _consent(page: ConsentPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_FOR_CONSENT


def _info(page: InfoPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PAGE + _reading(page.text)


def _form(page: FormPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PAGE + _items(page)


def _generator(page: NameGeneratorPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PROMPT * len(page.prompts) + SECONDS_PER_NAME * min(alters, page.max)


def _alter_form(page: AlterFormPage, instrument: Instrument, alters: int) -> float:
    """A page for each person, or one page with a row for each."""
    if page.layout == "one_at_a_time":
        return alters * (SECONDS_PER_PAGE + _items(page))
    return SECONDS_PER_PAGE + alters * _items(page)


def _grid(page: AlterGridPage, instrument: Instrument, alters: int) -> float:
    return alters * (SECONDS_PER_PAGE + SECONDS_PER_CELL * len(instrument.topics))


def _pairs(page: AlterTiesPage, instrument: Instrument, alters: int) -> float:
    people = min(alters, page.alters.sample or alters)
    pairs = people * (people - 1) / 2
    if page.mode in ("pairs", "strength"):
        return pairs * (SECONDS_PER_PAGE + SECONDS_PER_PAIR)
    return SECONDS_PER_PAGE * _steps(page, alters) + pairs * SECONDS_PER_TICKED_PAIR


def _org_ties(page: OrgTiesPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PAGE + SECONDS_PER_SITE * min(USUAL_SITES, page.max)


def _ard(page: ArdPage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PAGE + SECONDS_PER_GROUP * len(page.groups)


def _place(page: PlacePage, instrument: Instrument, alters: int) -> float:
    return SECONDS_PER_PAGE + SECONDS_PER_PLACE * alters


def _narrative(page: NarrativePage, instrument: Instrument, alters: int) -> float:
    told = SECONDS_PER_ITEM["longtext"] * (1 if page.required else 0.5) if page.label else 0
    return SECONDS_PER_PAGE + SECONDS_PER_ITEM["number"] + told


def _items(page: AnyPage) -> float:
    return sum(_item_seconds(item) for item in items_of(page))


def _item_seconds(item: AnyItem) -> float:
    seconds = SECONDS_PER_ITEM[item.type]
    if isinstance(item, LikertItem):
        return seconds * len(item.statements)
    if isinstance(item, RankItem):
        return seconds * len(item.options)
    if isinstance(item, InfoItem):
        return _reading(item.text)
    return seconds * (0.5 if item.type == "longtext" and not item.required else 1)


def _reading(text: Text) -> float:
    return len(in_language(text, "en").split()) / WORDS_PER_SECOND


SECONDS: dict[str, Callable[..., float]] = {
    "consent": _consent,
    "info": _info,
    "form": _form,
    "name_generator": _generator,
    "alter_form": _alter_form,
    "alter_grid": _grid,
    "alter_ties": _pairs,
    "org_ties": _org_ties,
    "ard": _ard,
    "place": _place,
    "narrative": _narrative,
}
