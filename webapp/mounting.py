"""Puts the dashboards under their address, inside the frame of the service, for those who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Flask, current_app, url_for

from config import Settings
from dashboards.app import mount
from dashboards.data import Source
from dashboards.pages.page import PREFIX
from dashboards.parts.frame import Frame
from webapp import guard
from webapp.assets import Assets
from webapp.services import Services

SOURCE = "confer.dashboards"


def install(app: Flask, services: Services, assets: Assets) -> Sequence[str]:
    """Mount the dashboards and declare who may open them, each page for those who may see it.

    Gives the hashes of their inline scripts.
    """
    app.extensions[SOURCE] = Source(services.store)
    mounted = mount(
        app,
        app.extensions[SOURCE],
        stylesheets=[assets("staff.css")],
        frame=partial(_frame, services.settings, assets),
        boundaries=services.settings.boundaries or None,
        may_see=guard.may_see,
    )
    guard.declare(app, PREFIX, *guard.FIELD_ROLES)
    hashes: Sequence[str] = mounted.csp_hashes()
    return hashes


def source() -> Source:
    """Where this application's dashboards read."""
    found: Source = current_app.extensions[SOURCE]
    return found


def _frame(settings: Settings, assets: Assets) -> Frame:
    account = guard.current_account()
    return Frame(
        service_name=settings.service_name,
        service_url=url_for("manage.home"),
        organisation=settings.organisation,
        icon=assets("favicon.svg"),
        account=f"{account.name} ({account.role})" if account is not None else "",
        sign_out=url_for("auth.sign_out"),
    )
