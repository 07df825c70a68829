"""Whether answers of pages that are off the route count for anything."""

from __future__ import annotations

from typing import Any

from instruments.check import step_keys
from instruments.responses import AnswerKey, Responses
from instruments.route import steps
from instruments.schema import Instrument, Silent
from instruments.summary import summarise
from instruments.ties import bind, bind_pairs, bind_sites
from tests.machine.answering import promise


def see_route_counts(instrument: Instrument, said: Responses) -> None:
    """Answers of pages that are off the route change no tie and no line of the summary."""
    kept = on_route(instrument, said)
    for what in (bind, bind_pairs, bind_sites):
        promise(what(instrument, said) == what(instrument, kept), f"{what.__name__} counts answers off the route")
    told, fewer = (summarise(instrument, one, "en") for one in (said, kept))
    promise(told == fewer, "The summary counts answers off the route")
    keys = {step.key for step in steps(instrument, said)}
    rows = {row.step_key for section in told for row in section.rows}
    promise(rows <= keys, f"The summary has pages off the route: {rows - keys}")


def on_route(instrument: Instrument, said: Responses) -> Responses:
    """The responses without the answers of pages that are off the route."""
    route = steps(instrument, said)
    keys: set[AnswerKey] = {key for step in route for key in step_keys(instrument, step, said)}
    pages = {step.page for step in route}
    silent: set[str] = {
        item.id for page in instrument.pages if page.id in pages for item in items_of(page) if isinstance(item, Silent)
    }
    kept = {key: value for key, value in said.answers.items() if key in keys or key.item in silent}
    return Responses(**{**vars(said), "answers": kept})


def items_of(page: Any) -> tuple[Any, ...]:
    return getattr(page, "items", ())
