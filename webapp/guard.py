"""Who may open what: every view declares it, and a view that declares nothing is not served."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, session, url_for
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.routing import MapAdapter
from werkzeug.wrappers import Response as AnyResponse

from surveys.accounts import ROLES, find_sign_in, note_seen
from webapp.cookies import sign_in_cookie
from webapp.database import SAFE_METHODS
from webapp.services import services

PUBLIC = "public"
LINK = "link"
OPEN_TO_ALL = frozenset({PUBLIC, LINK})
DASHBOARD_ROLES = ("analyst", "administrator")
FIELD_ROLES = ("evaluator", *DASHBOARD_ROLES)
FIELD_PAGE = "response"
"""The dashboard that says who has answered, and nothing of what they said: those who run waves see it too."""
DECLARED = "confer.access"
OWN_SENDERS = ("same-origin", "none")
SEEN = "seen"
NOTE_SEEN_EVERY = timedelta(minutes=1)

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class SignedIn:
    """The account that this browser is signed in with."""

    id: int
    email: str
    name: str
    role: str


def access(*who: str) -> Callable[[View], View]:
    """Declare who may open a view: PUBLIC, LINK (holders of an interview link, checked by the view), or roles."""
    admitted = _known(who)

    def declare_on(view: View) -> View:
        view.access = admitted  # type: ignore[attr-defined]
        return view

    return declare_on


def declare(app: Flask, prefix: str, *who: str) -> None:
    """Declare who may open all addresses that begin with `prefix`, for views that were made elsewhere."""
    admitted = _known(who)
    table = app.extensions.setdefault(DECLARED, {})
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(prefix):
            table[rule.endpoint] = admitted


def _known(who: tuple[str, ...]) -> frozenset[str]:
    unknown = set(who) - OPEN_TO_ALL - set(ROLES)
    if unknown or not who:
        raise ValueError(f"Access is declared with PUBLIC, LINK or some of {', '.join(ROLES)}, not {who}.")
    return frozenset(who)


def access_of(app: Flask, endpoint: str) -> frozenset[str] | None:
    """Who may open an endpoint, or None when nobody said."""
    declared: dict[str, frozenset[str]] = app.extensions.get(DECLARED, {})
    return declared.get(endpoint) or getattr(app.view_functions.get(endpoint), "access", None)


def install_first(app: Flask) -> None:
    """Refuse forms that no browser makes before anything reads them."""
    app.before_request(_refuse_nameless_fields)


def _refuse_nameless_fields() -> None:
    """A field without a name is read as None, where everyone expects a text."""
    if request.method not in SAFE_METHODS and None in {*request.form, *request.files}:
        abort(400)


def install(app: Flask) -> None:
    """Check each request before its view runs: where it was sent from, and who may open the view."""
    app.before_request(_refuse_other_senders)
    app.before_request(_admit)


def _refuse_other_senders() -> None:
    """Refuse what a page of another site sent. Browsers too old to say where a form comes from rely on its token."""
    if request.method in SAFE_METHODS:
        return
    from_here = ("null", f"http://{request.host}", f"https://{request.host}")
    sender, relation = request.headers.get("Origin", "null"), request.headers.get("Sec-Fetch-Site", "same-origin")
    if sender not in from_here or relation not in OWN_SENDERS:
        abort(400)


def _admit() -> AnyResponse | None:
    if request.endpoint is None:
        return None
    admitted = access_of(current_app, request.endpoint)
    if admitted is None:
        current_app.logger.error("Not served: the view %s declares no access.", request.endpoint)
        abort(404)
    if admitted & OPEN_TO_ALL:
        return None
    account = current_account()
    if account is None:
        return _to_sign_in()
    if account.role not in admitted:
        abort(403)
    _keep_signed_in()
    return None


def _to_sign_in() -> AnyResponse:
    """Sign-in, for a person who opens a page; a plain refusal for anything that a script or a form sent."""
    looks = request.method in SAFE_METHODS and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    if not looks:
        raise Unauthorized
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("auth.sign_in", next=wanted), 303)


def current_account() -> SignedIn | None:
    """Who is signed in on this browser, or None; looked up once a request."""
    if "account" not in g:
        g.account = _find_account()
    found: SignedIn | None = g.account
    return found


def _find_account() -> SignedIn | None:
    token = sign_in_token()
    if token is None:
        return None
    with services().store.reader() as looking:
        account = find_sign_in(looking, token, now=services().clock())
    return SignedIn(account.id, account.email, account.name, account.role) if account is not None else None


def sign_in_token() -> str | None:
    """The token that this browser's cookie holds."""
    return request.cookies.get(sign_in_cookie(services().settings))


def _keep_signed_in() -> None:
    """Note that the account is in use, at most once a minute, so that looking at pages rarely writes."""
    now, token = services().clock(), sign_in_token()
    if token is None or not _due(session.get(SEEN), now):
        return
    with suppress(OperationalError), services().store.writing() as writing:
        note_seen(writing, token, now=now)
        session[SEEN] = now.isoformat()


def _due(seen: str | None, now: datetime) -> bool:
    return seen is None or not timedelta(0) <= now - datetime.fromisoformat(seen) < NOTE_SEEN_EVERY


def own_page(path: str | None) -> str | None:
    """`path` when it is the address of a staff page of ours, else None: where sign-in may lead."""
    if not path or not path.startswith("/") or path.startswith("//") or not path.isprintable() or "\\" in path:
        return None
    try:
        endpoint, _values = _addresses().match(path.partition("?")[0], method="GET")
    except HTTPException:
        return None
    admitted = access_of(current_app, endpoint)
    return path if admitted and not admitted & OPEN_TO_ALL else None


def _addresses() -> MapAdapter:
    return current_app.url_map.bind(services().settings.host)


def may_see(dashboard: str) -> bool:
    """Whether the account of this request may see a dashboard page, by its name; nobody may outside a request."""
    account = current_account() if has_request_context() else None
    return account is not None and account.role in (FIELD_ROLES if dashboard == FIELD_PAGE else DASHBOARD_ROLES)
