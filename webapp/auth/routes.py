"""Sign-in and sign-out. The browser holds a random token; the store holds its hash, and ending it there ends it."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from surveys.accounts import AccountLocked, begin_sign_in, end_sign_in, settle_attempt, try_password
from surveys.tables import Account
from webapp import cookies, guard
from webapp.auth.forms import SignInForm
from webapp.database import session
from webapp.services import services

WRONG = "The e-mail address or the password is not right. After five wrong tries you have to wait before the next one."

bp = Blueprint("auth", __name__)


@bp.get("/sign-in")
@guard.access(guard.PUBLIC)
def sign_in() -> ResponseReturnValue:
    """The sign-in page; whoever is signed in goes on to where they wanted."""
    wanted = guard.own_page(request.args.get("next"))
    if guard.current_account() is not None:
        return redirect(wanted or url_for("manage.home"), 303)
    return render_template("auth/sign_in.html", form=SignInForm(next=wanted), errors=[])


@bp.post("/sign-in")
@guard.access(guard.PUBLIC)
def check_sign_in() -> ResponseReturnValue:
    """Sign in, or say that it did not work, in the same words whether or not there is such an account."""
    form = SignInForm()
    if not form.validate():
        return _again(form, form.problems())
    try:
        account = _account_of(form.email.data or "", form.password.data or "")
    except AccountLocked as locked:
        return _again(form, [{"text": str(locked), "href": "#email"}])
    if account is None:
        return _again(form, [{"text": WRONG, "href": "#email"}])
    return _signed_in(account, guard.own_page(form.next.data))


def _account_of(email: str, password: str) -> Account | None:
    """The account when the password is right. It is tried before this request begins to write."""
    now = services().clock()
    with services().store.reader() as looking:
        attempt = try_password(looking, email, password, now=now)
    return settle_attempt(session(), attempt, now=now)


def _again(form: SignInForm, errors: object) -> ResponseReturnValue:
    return render_template("auth/sign_in.html", form=form, errors=errors), 422


def _signed_in(account: Account, wanted: str | None) -> Response:
    """A fresh token and a fresh browser session, so that nothing from before signing in lives on."""
    _end_this_sign_in()
    browser.clear()
    token = begin_sign_in(session(), account, now=services().clock())
    answer = redirect(wanted or url_for("manage.home"), 303)
    cookies.give(answer, token, services().settings)
    return answer


@bp.post("/sign-out")
@guard.access(guard.PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End the sign-in in the store, and have the browser forget it and all that it kept."""
    _end_this_sign_in()
    browser.clear()
    answer = make_response(redirect(url_for("manage.start"), 303))
    cookies.take_away(answer, services().settings)
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def _end_this_sign_in() -> None:
    token = guard.sign_in_token()
    if token is not None:
        end_sign_in(session(), token, now=services().clock())
