"""The way through a questionnaire as things stand: its steps, the next, the first one still open."""

from __future__ import annotations

from instruments.counted import route_alone
from instruments.page_steps import Route, Step, people, step_of
from instruments.responses import Responses
from instruments.schema import Instrument

__all__ = [
    "Route", "Step", "first_open", "next_step", "people", "previous_step", "reachable", "share_done", "step_of",
    "steps",
]  # fmt: skip


def steps(instrument: Instrument, responses: Responses) -> Route:
    """The whole route, in order: pages of this wave whose conditions hold, with a step for each person or pair.

    Conditions see only answers that count: those of questions that are on the route themselves (`counted`). Pages
    about people are left out while there are none to ask about, and so is a page whose every question is ruled out or
    was answered for good in an earlier wave. The finish page is the last step: it is open once all others are done,
    and reached by submitting.
    """
    return route_alone(instrument, responses)


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
