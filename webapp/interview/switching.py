"""The interview in another of its languages, at the same page, with what was typed there."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.route import Step, reachable, step_of
from instruments.schema import NameGeneratorPage
from surveys.interviews import NotBegun, resume, set_language
from surveys.invitations import find_invited
from surveys.studies import instrument_of
from webapp.database import session
from webapp.guard import LINK, access
from webapp.interview.asking import form_of, posted, render
from webapp.interview.listing import BOX, Typed, show_names
from webapp.interview.refusing import remember
from webapp.interview.visit import Visit, address, go, here, returning

PLACES = ("start", "check", "done", "left")
OURS = frozenset({"csrf_token", "language", "seen", "prompt", "person"})


@access(LINK)
def switch(token: str) -> Response:
    """Go on in the language that was pressed; before Start was pressed, show the start page in it."""
    invited, language = find_invited(session(), token), request.form.get("language", "")
    if language not in instrument_of(session(), invited.wave.instrument_version_id).languages:
        raise NotFound
    remember(language)
    try:
        current = resume(session(), invited)
    except NotBegun:
        return go(address("start", token, language=language))
    return _again(Visit(token, set_language(session(), current, language)), request.args.get("from", ""))


def _again(visit: Visit, place: str) -> Response:
    """The page that the button stood on."""
    if place in PLACES:
        return go(address(place, visit.token))
    step, current = step_of(place), visit.current
    if step is None or step not in reachable(current.route, current.responses):
        return go(address("start", visit.token))
    if _typed():
        return _as_typed(visit, step)
    return go(here(visit.token, step, **{"return": returning()}))


def _typed() -> bool:
    """Whether anything is filled in on the page; its form is sent whole."""
    return any(value.strip() for name, values in posted().items() if name not in OURS for value in values)


def _as_typed(visit: Visit, step: Step) -> Response:
    page = visit.current.instrument.page(step.page)
    if isinstance(page, NameGeneratorPage):
        waiting = Typed(request.form.get("prompt", ""), request.form.get(BOX, ""))
        return show_names(visit, page, typed=waiting)
    return render(visit, form_of(visit, step, posted(), judged=False), step)
