"""The way through a questionnaire as things stand: its steps, the next, the first one still open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from instruments.baseline import asks, with_baseline
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


def steps(instrument: Instrument, responses: Responses) -> Route:
    """The whole route, in order: pages of this wave whose conditions hold, with a step for each person or pair.

    Pages about people are left out while there are none to ask about, and so is a page whose every question is ruled
    out or was answered for good in an earlier wave. The finish page is the last step: it is open once all others are
    done, and reached by submitting.
    """
    known = with_baseline(instrument, responses)
    return tuple(step for page in instrument.pages for step in _page_steps(page, known))


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


def _page_steps(page: AnyPage, responses: Responses) -> Iterator[Step]:
    if page.waves and responses.wave not in page.waves:
        return
    if isinstance(page, AlterFormPage):
        yield from _alter_form_steps(page, responses)
    elif applies(page.when, responses):
        yield from STEPS.get(page.type, _one)(page, responses)


def _alter_form_steps(page: AlterFormPage, responses: Responses) -> Iterator[Step]:
    asked = people(page, responses)
    if page.layout == "one_at_a_time":
        yield from (Step(page.id, alter.number) for alter in asked)
    elif asked:
        yield Step(page.id)


def _one(page: AnyPage, responses: Responses) -> Iterator[Step]:
    yield Step(page.id)


def _with_people(page: AnyPage, responses: Responses) -> Iterator[Step]:
    if people(page, responses):
        yield Step(page.id)


def _form_steps(page: FormPage, responses: Responses) -> Iterator[Step]:
    if _put(page, responses, None):
        yield Step(page.id)


def _ties_steps(page: AlterTiesPage, responses: Responses) -> Iterator[Step]:
    if page.mode == "one_to_many":
        yield from (Step(page.id, alter.number) for alter in askers(page, responses))
    elif page.mode == "sociogram":
        yield from (Step(page.id) for _ in pairs_of(page, responses)[:1])
    else:
        yield from (Step(page.id, low.number, high.number) for low, high in pairs_of(page, responses))


def _narrative_steps(page: NarrativePage, responses: Responses) -> Iterator[Step]:
    named = {n.page for n in responses.nominations}
    if page.alters in named or (page.alters is None and named):
        yield Step(page.id)


STEPS: dict[str, Callable[..., Iterator[Step]]] = {
    "form": _form_steps,
    "alter_review": _with_people,
    "alter_grid": _with_people,
    "alter_ties": _ties_steps,
    "place": _with_people,
    "narrative": _narrative_steps,
}


def _put(page: FormPage | AlterFormPage, responses: Responses, alter: int | None) -> bool:
    """Whether there is anything to answer or to read."""
    return any(asks(item, responses, alter) for item in page.items if item.type != "calculated")


def next_step(route: Route, step: Step) -> Step | None:
    """The step after this one; None after the last, and when this one is not on the route."""
    at = route.index(step) + 1 if step in route else len(route)
    return route[at] if at < len(route) else None


def previous_step(route: Route, step: Step) -> Step | None:
    """The step before this one; None before the first, and when this one is not on the route."""
    at = route.index(step) - 1 if step in route else -1
    return route[at] if at >= 0 else None


def first_open(route: Route, responses: Responses) -> Step:
    """The first step that was not saved; the last one when all were. ValueError for an empty route."""
    if not route:
        raise ValueError("a route without steps")
    return next((step for step in route if step.key not in responses.done), route[-1])


def reachable(route: Route, responses: Responses) -> Route:
    """The steps that may be opened and posted to: all that were saved, and the first one still open."""
    open_step = first_open(route, responses)
    return tuple(step for step in route if step == open_step or step.key in responses.done)


def share_done(route: Route, responses: Responses) -> float:
    """How much of the route was saved, from 0 to 1; the finish page does not count."""
    asked = route[:-1]
    return sum(step.key in responses.done for step in asked) / len(asked) if asked else 1.0
