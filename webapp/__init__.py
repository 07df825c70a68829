"""The web: puts the parts together into one Flask application."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from surveys.store import open_store
from webapp import (
    cli,
    compression,
    cookies,
    database,
    dates,
    downloads,
    errors,
    guard,
    headers,
    joining,
    limits,
    logs,
    mounting,
    receipts,
    services,
    unsubscribing,
)
from webapp.assets import Assets, read_assets
from webapp.auth import routes as auth
from webapp.interview import routes as interview
from webapp.manage import (
    acts,
    agreement,
    collection,
    imports,
    mail_texts,
    mailing,
    matching,
    people,
    posters,
    questionnaire_versions,
    questionnaires,
    sites,
    studies,
    uploads,
    waves,
)
from webapp.manage import routes as manage
from webapp.preview import routes as preview
from webapp.services import Services, wall_clock

LARGEST_BODY = 64 * 1024
LARGEST_FORM = 1000

BLUEPRINTS = (interview.bp, auth.bp, manage.bp, matching.bp, sites.bp, people.bp, imports.bp, downloads.bp, preview.bp)
FIELDWORK = (
    studies.bp,
    agreement.bp,
    waves.bp,
    mailing.bp,
    mail_texts.bp,
    acts.bp,
    collection.bp,
    posters.bp,
    joining.bp,
    unsubscribing.bp,
    receipts.bp,
)
QUESTIONNAIRES = (questionnaires.bp, questionnaire_versions.bp)


def create_app(settings: Settings | None = None, *, clock: Callable[[], datetime] = wall_clock) -> Flask:
    """A whole application: pages, dashboards and commands, over one store.

    Without `settings` they come from the environment; raises UnsafeSettings when they must not be used.
    """
    settings = settings or Settings.from_environment(os.environ)
    settings.refuse_unsafe()
    logs.install()
    app = Flask(__name__)
    app.request_class = uploads.InMemory
    app.config.update(_configuration(settings))
    provided = Services(settings, open_store(settings.database_url), clock)
    services.install(app, provided)
    files = read_assets(app)
    _prepare_templates(app, settings, files)
    for blueprint in (*BLUEPRINTS, *FIELDWORK, *QUESTIONNAIRES):
        app.register_blueprint(blueprint)
    compression.install(app)
    headers.install(app, settings, mounting.install(app, provided, files))
    _protect(app, settings)
    cli.register(app)
    return app


def _protect(app: Flask, settings: Settings) -> None:
    """Everything that stands between a request and its view, in the order in which it acts."""
    guard.declare(app, f"{app.static_url_path}/", guard.PUBLIC)
    limits.install(app, sign_in="auth.check_sign_in")
    guard.install_first(app)
    protection = CSRFProtect(app)
    for view in (unsubscribing.one_click, receipts.take):
        protection.exempt(view)
    guard.install(app)
    database.install(app)
    errors.install(app)
    if settings.proxies:
        near = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=near)  # type: ignore[method-assign]


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.environment == "testing",
        "DEBUG": settings.debug,
        "TRUSTED_HOSTS": [settings.host] if settings.in_production else None,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "MAX_FORM_PARTS": LARGEST_FORM,
        "SESSION_COOKIE_NAME": cookies.guarded("confer", settings),
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PREFERRED_URL_SCHEME": "https" if settings.secure_cookies else "http",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the browser's session: people are called away mid-page
        "WTF_CSRF_SSL_STRICT": False,  # wants a Referer, which no-referrer withholds; guard checks the sender instead
    }


def _prepare_templates(app: Flask, settings: Settings, files: Assets) -> None:
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals.update(
        asset=files,
        service_name=settings.service_name,
        nhs_identity=settings.nhs_identity,
        organisation=settings.organisation,
    )
    app.jinja_env.filters["day"] = dates.day
