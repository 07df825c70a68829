"""What a person reads when something cannot be done, and what to do next; nothing that was refused is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.wrappers import Response

from surveys.invitations import UnknownLink
from surveys.studies import UnknownStudy
from surveys.waves import WaveClosed
from webapp.database import roll_back
from webapp.interview.refusing import AREA, closed_parts, in_respondents_area, known_of, languages_for, link, parts
from webapp.interview.texts import texts
from webapp.limits import may_try_another_link
from webapp.services import services

DRAIN_AT_MOST = 16 * 1024 * 1024
DRAIN_PIECE = 64 * 1024
FIRST_FAULT_OF_OURS = 500
WITH_FILES = "multipart/form-data"
"""How forms with a box for a file are sent, and of ours no others."""


@dataclass(frozen=True)
class Refusal:
    """One error page: its status, its heading, what to do, and seconds to wait where waiting helps.

    `name` is that of its other languages; a refusal that no respondent meets has none.
    """

    status: int
    heading: str
    advice: tuple[str, ...]
    retry_after: int | None = None
    name: str = ""


BAD_REQUEST = Refusal(
    400,
    "We could not read that",
    ("Go back to the page before and try again.", "If you pasted a web address, check that you copied all of it."),
    name="bad_request",
)
PAGE_TOO_OLD = Refusal(
    400,
    "Your page was open too long",
    (
        "We did not save what you sent. Go back, check your answers and press Continue again.",
        "If this page comes up again, your browser may be blocking cookies. Allow cookies for this site and try again.",
    ),
    name="page_too_old",
)
SIGNED_OUT = Refusal(
    401, "You are signed out", ("Nothing was changed.", "Sign in again, then go back and do it once more.")
)
NOT_ALLOWED = Refusal(
    403,
    "You cannot open this page",
    (
        "Your account does not have the role that this page needs.",
        "Ask your administrator if you need it for your work. Dashboards are for analysts.",
    ),
    name="not_allowed",
)
NOT_FOUND = Refusal(
    404,
    "Page not found",
    (
        "If you typed or pasted the web address, check that it is right and that you copied all of it.",
        "If you came from an invitation, use the link in your e-mail again.",
    ),
    name="not_found",
)
NO_STUDY = Refusal(404, "There is no such study", ())
UNKNOWN_LINK = Refusal(
    404,
    "We do not know this link",
    (
        "Use the whole link in your invitation. Some e-mail programs break long links in two.",
        "If it still does not work, ask the person who invited you for a new link.",
    ),
    name="unknown_link",
)
WRONG_METHOD = Refusal(
    405, "This page does not work like that", ("Go back and use the buttons on the page.",), name="wrong_method"
)
SURVEY_CLOSED = Refusal(410, "You cannot answer this survey now", ())
TOO_LARGE = Refusal(
    413,
    "That is too much to send at once",
    ("We did not save what you sent.", "Go back, make your text shorter and try again."),
    name="too_large",
)
FILE_TOO_LARGE = Refusal(
    413,
    "That file is too large",
    (
        "Nothing of it was kept.",
        "Go back and choose a smaller file: leave out columns that are not needed, or split a long list in two.",
    ),
)
TOO_MANY_TRIES = Refusal(
    429, "Too many tries", ("Wait one minute, then try again.",), retry_after=60, name="too_many_tries"
)
OUR_FAULT = Refusal(
    500,
    "Sorry, something went wrong",
    (
        "This is our fault, not yours. What you saved before is safe.",
        "Go back and try again. If it happens again, try later.",
    ),
    name="our_fault",
)
BUSY = Refusal(
    503,
    "Sorry, we are busy",
    (
        "We could not save this page just now. What you typed is not lost: wait a moment, go back and press Continue "
        "again.",
        "What you saved before is safe.",
    ),
    retry_after=30,
    name="busy",
)
BY_STATUS = {
    refusal.status: refusal
    for refusal in (
        BAD_REQUEST,
        SIGNED_OUT,
        NOT_ALLOWED,
        NOT_FOUND,
        WRONG_METHOD,
        SURVEY_CLOSED,
        TOO_LARGE,
        TOO_MANY_TRIES,
        OUR_FAULT,
        BUSY,
    )
}


def install(app: Flask) -> None:
    """Answer every refusal and every fault with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, lambda _error: page(PAGE_TOO_OLD))
    app.register_error_handler(UnknownLink, _unknown_link)
    app.register_error_handler(WaveClosed, _closed)
    app.register_error_handler(UnknownStudy, lambda error: page(replace(NO_STUDY, advice=(str(error),))))
    app.register_error_handler(DataError, lambda _error: page(BAD_REQUEST))  # such as NUL, which PostgreSQL cannot hold
    for unavailable in (OperationalError, InterfaceError, NoConnection):
        app.register_error_handler(unavailable, _unavailable)


def page(refusal: Refusal) -> Response:
    """A refusal as a page. What the request wrote is rolled back."""
    roll_back()
    html = _for_respondents(refusal) if in_respondents_area() else render_template("errors/page.html", refusal=refusal)
    answer = make_response(html, refusal.status)
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _for_respondents(refusal: Refusal) -> str:
    """The refusal in the languages of respondents; their interview is looked up only where it can be trusted to be."""
    trusted = refusal.status < FIRST_FAULT_OF_OURS and refusal not in (UNKNOWN_LINK, TOO_MANY_TRIES)
    known = known_of(link()) if trusted else None
    languages = languages_for(known)
    if refusal.status == SURVEY_CLOSED.status and known is not None:
        shown = closed_parts(known, languages, now=services().clock())
    else:
        shown = parts(refusal.name, refusal.heading, refusal.advice, languages)
    back = f"{AREA}{link()}" if known is not None and refusal.status == NOT_FOUND.status else None
    words = texts(languages[0])
    return render_template("errors/respondent.html", parts=shown, back=back, t=words, lang=languages[0])


def _closed(error: WaveClosed) -> Response:
    return page(replace(SURVEY_CLOSED, advice=(str(error),)))


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error
    if isinstance(error, RequestEntityTooLarge):
        _read_the_rest()
    answer = page(_refusal_of(error))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(error.valid_methods)
    return answer


def _refusal_of(error: HTTPException) -> Refusal:
    status = error.code or InternalServerError.code
    if status == FILE_TOO_LARGE.status and request.mimetype == WITH_FILES and not in_respondents_area():
        return FILE_TOO_LARGE
    kind = BAD_REQUEST if status < FIRST_FAULT_OF_OURS else OUR_FAULT
    return BY_STATUS.get(status) or replace(kind, status=status)


def _unknown_link(_error: UnknownLink) -> Response:
    return page(UNKNOWN_LINK if may_try_another_link() else TOO_MANY_TRIES)


def _unavailable(error: Exception) -> Response:
    current_app.logger.error("The database did not answer.", exc_info=error)
    return page(BUSY)


def _read_the_rest() -> None:
    """Take in what is left of a large body, so that the browser reads our page and not a broken connection."""
    body, left = request.environ["wsgi.input"], min(request.content_length or 0, DRAIN_AT_MOST)
    while left > 0:
        piece = body.read(min(left, DRAIN_PIECE))
        if not piece:
            return
        left -= len(piece)
