"""One click to get no more mail (RFC 8058): mail programs post it for people, and a page has a button for it."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveys.invitations import UnknownLink
from surveys.mailing.returning import MailFor, mail_for, opt_out, opted_out, undo_opt_out
from surveys.studies import instrument_of
from webapp.database import session
from webapp.guard import LINK, access
from webapp.limits import may_unsubscribe
from webapp.link_pages import chosen, languages_of, refuse_unknown, show
from webapp.link_texts import link_words
from webapp.services import services

ONE_CLICK = {"List-Unsubscribe": ["One-Click"]}

bp = Blueprint("unsubscribing", __name__, url_prefix="/unsubscribe/<key>")
bp.register_error_handler(UnknownLink, lambda _error: refuse_unknown())


@bp.get("")
@access(LINK)
def look(key: str) -> ResponseReturnValue:
    """Whether the person is sure; once they are, that it is done and how to undo it. Writes nothing."""
    return _page(key, _found(key))


@bp.post("")
@access(LINK)
def one_click(key: str) -> ResponseReturnValue:
    """Write to the person no more, in any wave; twice is once.

    Whoever posts has no cookie of ours and no form's token, so that only the very words of RFC 8058 do anything. It is
    answered with a page and no other address, as mail programs follow none.
    """
    found = _found(key)
    if request.form.to_dict(flat=False) != ONE_CLICK or request.files:
        return _page(key, found, status=400)
    if not may_unsubscribe(key):
        refused = link_words(chosen(_languages(found)))["stop_many"]
        return _page(key, found, refused=refused, status=429)
    opt_out(session(), found.person, now=services().clock())
    return _page(key, found, undoable=False)


@bp.post("/undo")
@access(LINK)
def undo(key: str) -> ResponseReturnValue:
    """Write to the person again: a press on the page, never what a mail program posts."""
    undo_opt_out(session(), _found(key).person)
    return redirect(url_for("unsubscribing.look", key=key, language=_language()), 303)


def _found(key: str) -> MailFor:
    """What the link's mail was about; raises UnknownLink."""
    found = mail_for(session(), key)
    if found is None:
        raise UnknownLink("We do not know this link. Use the whole link from your mail.")
    return found


def _languages(found: MailFor) -> tuple[str, ...]:
    return languages_of(instrument_of(session(), found.wave.instrument_version_id))


def _language() -> str | None:
    """The language that the address asked for, for the addresses on the page."""
    return request.args.get("language")


def _page(
    key: str, found: MailFor, *, refused: str = "", undoable: bool = True, status: int = 200
) -> ResponseReturnValue:
    return show(
        "unsubscribe.html",
        _languages(found),
        status=status,
        study=found.study,
        stopped=opted_out(session(), found.person),
        look=url_for("unsubscribing.look", key=key, language=_language()),
        undo=url_for("unsubscribing.undo", key=key, language=_language()) if undoable else "",
        refused=refused,
    )
