"""The page behind a site's open link: whoever uses it says their role, and gets a link of their own."""

from __future__ import annotations

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.open_links import Opened, OpenLinkFull, find_open_link, join, roles_of
from surveys.waves import refuse_unless_open
from webapp.database import roll_back, session
from webapp.guard import LINK, access
from webapp.limits import may_join
from webapp.services import services

LONGEST_ATTEMPT = 64

bp = Blueprint("joining", __name__, url_prefix="/join/<token>")


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
    """Ask them as somebody new, and lead to their own link's start page."""
    found = find_open_link(session(), token)
    attempt = request.form.get("attempt", "")[:LONGEST_ATTEMPT]
    roles = {role.code: role for role in roles_of(session(), found.study)}
    role = roles.get(request.form.get("role", ""))
    if role is None or not attempt:
        return _page(found, token, attempt or secrets.token_urlsafe(16), error="Select your role"), 422
    if not may_join():
        return _page(found, token, attempt, refused="Many people are using this link now. Wait one minute."), 429
    try:
        own = join(session(), found, role, attempt, key=services().link_key, now=services().clock())
    except OpenLinkFull as refusal:
        roll_back()
        return _page(find_open_link(session(), token), token, attempt, refused=str(refusal)), 410
    return redirect(url_for("interview.start", token=own), 303)


def _page(found: Opened, token: str, attempt: str, *, error: str = "", refused: str = "") -> str:
    return render_template(
        "joining.html",
        token=token,
        attempt=attempt,
        who=services().settings.organisation or found.study.name,
        site=found.site,
        roles=[{"value": role.code, "text": role.label} for role in roles_of(session(), found.study)],
        chosen=request.form.get("role"),
        error=error,
        refused=refused,
    )
