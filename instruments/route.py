"""The way through a questionnaire as things stand: its steps, the next, the first one still open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from instruments.conditions import applies
from instruments.responses import Responses
from instruments.schema import AlterFormPage, AlterGridPage, AnyPage, FormPage, Instrument

Route = tuple["Step", ...]


class Step(NamedTuple):
    """One page as one person meets it; `alter` is the number of the person it is about, if any."""

    page: str
    alter: int | None = None

    @property
    def key(self) -> str:
        """The step in one word, as URLs and `Responses.done` hold it: "about_contacts/3" or "consent"."""
        return self.page if self.alter is None else f"{self.page}/{self.alter}"


def step_of(key: str) -> Step | None:
    """The step that a key names; None when it is not the shape of a key."""
    page, slash, number = key.partition("/")
    if not slash:
        return Step(page) if page else None
    return Step(page, int(number)) if page and number.isascii() and number.isdigit() and len(number) < 6 else None


def steps(instrument: Instrument, responses: Responses) -> Route:
    """The whole route, in order: pages of this wave whose conditions hold, one step for each alter of an alter form.

    Alter pages are left out while nobody is named on their page, and so is a page whose every question is ruled out.
    The finish page is the last step: it is open once all others are done, and reached by submitting.
    """
    return tuple(step for page in instrument.pages for step in _page_steps(page, responses))


def _page_steps(page: AnyPage, responses: Responses) -> Iterator[Step]:
    if page.waves and responses.wave not in page.waves:
        return
    if isinstance(page, AlterFormPage):
        for alter in responses.named_on(page.alters):
            if applies(page.when, responses, alter.number) and _asks(page, responses, alter.number):
                yield Step(page.id, alter.number)
    elif applies(page.when, responses) and _has_matter(page, responses):
        yield Step(page.id)


def _has_matter(page: AnyPage, responses: Responses) -> bool:
    if isinstance(page, AlterGridPage):
        return any(n.page == page.over.alters for n in responses.nominations)
    return not isinstance(page, FormPage) or _asks(page, responses, None)


def _asks(page: FormPage | AlterFormPage, responses: Responses, alter: int | None) -> bool:
    return any(applies(item.when, responses, alter) for item in page.items)


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
