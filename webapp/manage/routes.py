"""The front door, and the first page of those who are signed in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import guard
from webapp.database import session
from webapp.manage.overview import studies
from webapp.services import services

DASHBOARDS = (
    {"address": "/dashboards/response", "name": "Response", "gives": "who has answered, and who has not yet"},
    {"address": "/dashboards/flows", "name": "Flows", "gives": "where knowledge goes between places"},
    {"address": "/dashboards/roles", "name": "Roles", "gives": "who gives knowledge and who gets it"},
    {"address": "/dashboards/growth", "name": "Growth", "gives": "formal and informal contact from wave to wave"},
)

bp = Blueprint("manage", __name__)


@bp.get("/")
@guard.access(guard.PUBLIC)
def start() -> ResponseReturnValue:
    """What this service is; whoever is signed in goes to their first page."""
    if guard.current_account() is not None:
        return redirect(url_for("manage.home"), 303)
    return render_template("manage/start.html")


@bp.get("/home")
@guard.access("evaluator", "analyst", "administrator")
def home() -> ResponseReturnValue:
    """The studies, their waves and, for those who may see them, the dashboards."""
    account = guard.current_account()
    dashboards = [page for page in DASHBOARDS if guard.may_see(page["address"].rpartition("/")[2])]
    lines = studies(session(), now=services().clock())
    return render_template(
        "manage/home.html", user=account, studies=lines, dashboards=dashboards, more=len(DASHBOARDS) - len(dashboards)
    )
