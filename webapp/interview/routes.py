"""The addresses of the respondents' pages, and where each refusal leads."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request
from werkzeug.wrappers import Response

from surveys.interviews import AlreadyFinished, NotBegun, NotFinishable, StepNotReached
from surveys.naming import UnknownAlter
from webapp.interview import asking, ending, naming, opening, persons, sites, switching
from webapp.interview.visit import address, arrive, go, to_first_open

bp = Blueprint("interview", __name__, url_prefix="/interview/<token>")

ROUTES: tuple[tuple[str, str, str, Callable[..., Response]], ...] = (
    ("GET", "", "start", opening.start),
    ("POST", "/start", "begin", opening.begin_interview),
    ("POST", "/language", "language", switching.switch),
    ("GET", "/decline", "ask_decline", opening.ask_decline),
    ("POST", "/decline", "decline", opening.decline_invitation),
    ("GET", "/check", "check", ending.check),
    ("POST", "/finish", "send", ending.send),
    ("GET", "/done", "done", ending.done),
    ("GET", "/leave", "left", ending.left),
    ("POST", "/leave", "leave", ending.leave),
    ("POST", "/<page>/add", "add", naming.add),
    ("POST", "/<page>/position", "add_position", naming.add_position),
    ("GET", "/<page>/search", "search", naming.search),
    ("GET", "/<page>/choose", "choose", naming.choose),
    ("POST", "/<page>/choose", "chosen", naming.chosen),
    ("GET", "/<page>/describe/<int:alter>", "describe", persons.describe),
    ("POST", "/<page>/describe/<int:alter>", "save_description", persons.save_description),
    ("GET", "/<page>/remove/<int:alter>", "ask_remove", persons.ask_remove),
    ("POST", "/<page>/remove/<int:alter>", "remove", persons.remove),
    ("GET", "/<page>/sites", "search_sites", sites.search),
    ("POST", "/<page>/sites", "change_sites", sites.change),
    ("GET", "/<page>", "show", asking.show),
    ("GET", "/<page>/<int:alter>", "show", asking.show),
    ("GET", "/<page>/<int:alter>/<int:to>", "show", asking.show),
    ("POST", "/<page>", "save", asking.save),
    ("POST", "/<page>/<int:alter>", "save", asking.save),
    ("POST", "/<page>/<int:alter>/<int:to>", "save", asking.save),
)

for method, rule, endpoint, view in ROUTES:
    bp.add_url_rule(rule, endpoint, view, methods=[method])


def _token() -> str:
    return str((request.view_args or {})["token"])


@bp.errorhandler(NotBegun)
def _to_start(_error: NotBegun) -> Response:
    return go(address("start", _token()))


@bp.errorhandler(AlreadyFinished)
def _to_the_end(_error: AlreadyFinished) -> Response:
    return go(address("done", _token()))


@bp.errorhandler(StepNotReached)
def _to_the_open_page(_error: StepNotReached) -> Response:
    return to_first_open(arrive(_token()), notice="later")


@bp.errorhandler(NotFinishable)
def _to_what_is_missing(_error: NotFinishable) -> Response:
    return to_first_open(arrive(_token()), notice="waiting")


@bp.errorhandler(UnknownAlter)
@bp.errorhandler(persons.PersonGone)
def _person_gone(_error: Exception) -> Response:
    return to_first_open(arrive(_token()), notice="gone")
