"""The page behind a site's open link: whoever uses it says their role, and gets a link of their own."""

from __future__ import annotations

import secrets

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from instruments.schema import Instrument
from instruments.wording import say
from surveys.invitations import UnknownLink
from surveys.open_links import Opened, OpenLinkFull, find_open_link, join, roles_of
from surveys.studies import instrument_of
from surveys.waves import WaveClosed, refuse_unless_open
from webapp.database import roll_back, session
from webapp.guard import LINK, access
from webapp.interview.refusing import Known
from webapp.limits import may_join
from webapp.link_pages import chosen, languages_of, refuse_closed, refuse_unknown, show
from webapp.link_texts import link_words
from webapp.services import services

LONGEST_ATTEMPT = 64

bp = Blueprint("joining", __name__, url_prefix="/join/<token>")
bp.register_error_handler(UnknownLink, lambda _error: refuse_unknown())


@bp.get("")
@access(LINK)
def look(token: str) -> ResponseReturnValue:
    """Who asks, and which role somebody has; writes nothing."""
    found = find_open_link(session(), token)
    refuse_unless_open(found.wave, now=services().clock())
    return _page(found, token, secrets.token_urlsafe(16))


@bp.post("")
@access(LINK)
def come_in(token: str) -> ResponseReturnValue:
    """Ask them as somebody new, and lead to their own link's start page, in the language that they chose."""
    found = find_open_link(session(), token)
    attempt = request.form.get("attempt", "")[:LONGEST_ATTEMPT]
    roles = {role.code: role for role in roles_of(session(), found.study)}
    role = roles.get(request.form.get("role", ""))
    if role is None or not attempt:
        return _page(found, token, attempt or secrets.token_urlsafe(16), error="join_role_empty", status=422)
    if not may_join():
        return _page(found, token, attempt, refused="join_many", status=429)
    try:
        own = join(session(), found, role, attempt, key=services().link_key, now=services().clock())
    except OpenLinkFull:
        roll_back()
        return _page(find_open_link(session(), token), token, attempt, refused="join_full", status=410)
    return redirect(url_for("interview.start", token=own, language=_language(languages_of(_instrument(found)))), 303)


@bp.errorhandler(WaveClosed)
def _closed(_error: WaveClosed) -> ResponseReturnValue:
    """That nobody can take part now, in the languages of the questionnaire."""
    found = find_open_link(session(), str((request.view_args or {})["token"]))
    return refuse_closed(Known(languages_of(_instrument(found)), found.wave))


def _instrument(found: Opened) -> Instrument:
    return instrument_of(session(), found.wave.instrument_version_id)


def _language(languages: tuple[str, ...]) -> str | None:
    """The language for the next address, where it is not the questionnaire's first."""
    language = chosen(languages)
    return language if language != languages[0] else None


def _page(
    found: Opened, token: str, attempt: str, *, error: str = "", refused: str = "", status: int = 200
) -> ResponseReturnValue:
    languages = languages_of(_instrument(found))
    words = link_words(chosen(languages))
    return show(
        "joining.html",
        languages,
        status=status,
        action=url_for("joining.come_in", token=token, language=_language(languages)),
        attempt=attempt,
        who=services().settings.organisation or found.study.name,
        site=found.site,
        roles=_roles(found, chosen(languages)),
        chosen=request.form.get("role"),
        error=words[error] if error else "",
        refused=words[refused] if refused else "",
    )


def _roles(found: Opened, language: str) -> list[dict[str, str]]:
    """The study's roles to choose from, in the page's language where the questionnaire has them in it."""
    known = {role.id: say(role.label, language) for role in _instrument(found).roles}
    return [{"value": role.code, "text": known.get(role.code, role.label)} for role in roles_of(session(), found.study)]
