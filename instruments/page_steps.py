"""The steps of one page as things stand: one, or one for each person or pair; none where it has nothing to ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile
from typing import NamedTuple

from instruments.baseline import asks
from instruments.conditions import applies
from instruments.order import ordered_alters
from instruments.pairs import askers, pairs_of
from instruments.responses import Alter, Responses
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyPage,
    FormPage,
    Instrument,
    NarrativePage,
    PlacePage,
)

Route = tuple["Step", ...]
KEY = re.compile(r"([^/]+)(?:/([0-9]{1,5})(?:/([0-9]{1,5}))?)?", re.ASCII)


class Step(NamedTuple):
    """One page as one person meets it; `alter` is the number of whom it is about, `to` of the second of a pair."""

    page: str
    alter: int | None = None
    to: int | None = None

    @property
    def key(self) -> str:
        """The step in one word, as URLs and `Responses.done` hold it: "consent", "about_contacts/3", "knows/3/5"."""
        if self.alter is None:
            return self.page
        return f"{self.page}/{self.alter}" if self.to is None else f"{self.page}/{self.alter}/{self.to}"


def step_of(key: str) -> Step | None:
    """The step that a key names; None when it is not the shape of a key."""
    found = KEY.fullmatch(key)
    if found is None:
        return None
    page, alter, to = found.groups()
    return Step(page, None if alter is None else int(alter), None if to is None else int(to))


def people(page: AnyPage, responses: Responses) -> tuple[Alter, ...]:
    """The people that a page asks about one by one or row by row, in this respondent's order; none for other pages.

    The people of `alter_ties` are those of `pairs.sampled`.
    """
    if isinstance(page, AlterFormPage):
        named = ordered_alters(page, responses.named_on(page.alters), responses)
        return tuple(a for a in named if applies(page.when, responses, a.number) and _put(page, responses, a.number))
    if isinstance(page, AlterGridPage):
        return ordered_alters(page, responses.named_on(page.over.alters), responses)
    if isinstance(page, PlacePage):
        return ordered_alters(page, responses.named_on(page.alters), responses)
    return responses.carried if isinstance(page, AlterReviewPage) else ()


def pictured(instrument: Instrument, page: NarrativePage, responses: Responses) -> tuple[Alter, ...]:
    """The people on the respondent's map so far: those of the page that it names, or of all pages before it."""
    if page.alters:
        return responses.named_on(page.alters)
    before = {one.id for one in takewhile(lambda one: one.id != page.id, instrument.pages)}
    named = {nomination.alter for nomination in responses.nominations if nomination.page in before}
    return tuple(alter for alter in responses.alters if alter.number in named)


def page_steps(instrument: Instrument, page: AnyPage, responses: Responses) -> Route:
    """The steps of a page, given the answers that count before it; none in a wave that is not the page's."""
    if page.waves and responses.wave not in page.waves:
        return ()
    if page.type == "alter_form":
        return _alter_form_steps(page, responses)
    if not applies(page.when, responses) or (page.type == "narrative" and not pictured(instrument, page, responses)):
        return ()
    return STEPS.get(page.type, _one)(page, responses)


def _alter_form_steps(page: AlterFormPage, responses: Responses) -> Route:
    asked = people(page, responses)
    if page.layout == "one_at_a_time":
        return tuple(Step(page.id, alter.number) for alter in asked)
    return _one(page, responses) if asked else ()


def _one(page: AnyPage, responses: Responses) -> Route:
    return (Step(page.id),)


def _with_people(page: AnyPage, responses: Responses) -> Route:
    return _one(page, responses) if people(page, responses) else ()


def _form_steps(page: FormPage, responses: Responses) -> Route:
    return _one(page, responses) if _put(page, responses, None) else ()


def _ties_steps(page: AlterTiesPage, responses: Responses) -> Route:
    if page.mode == "one_to_many":
        return tuple(Step(page.id, alter.number) for alter in askers(page, responses))
    pairs = pairs_of(page, responses)
    if page.mode == "sociogram":
        return _one(page, responses) if pairs else ()
    return tuple(Step(page.id, low.number, high.number) for low, high in pairs)


STEPS: dict[str, Callable[..., Route]] = {
    "form": _form_steps,
    "alter_review": _with_people,
    "alter_grid": _with_people,
    "alter_ties": _ties_steps,
    "place": _with_people,
}


def _put(page: FormPage | AlterFormPage, responses: Responses, alter: int | None) -> bool:
    """Whether there is anything to answer or to read."""
    return any(asks(item, responses, alter) for item in page.items if item.type != "calculated")
