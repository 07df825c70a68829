"""What every response tells browsers: what may load, what may be kept, who may embed it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial

from flask import Flask, Response, request

from config import Settings

POLICY = "Content-Security-Policy"
STATIC = "/static/"
DASHBOARDS = "/dashboards/"
BUNDLES = f"{DASHBOARDS}_dash-component-suites/"
OWN_FILES = f"{DASHBOARDS}assets/"
A_YEAR = 31_536_000
HASHED_FILE = re.compile(r"/build/[\w.-]*[-.][0-9A-Za-z]{8,}\.(css|js|svg)$")
FINGERPRINTED = re.compile(r"\.v[\w-]+m[0-9a-fA-F]+\.[\w.]+$")

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
CLOSED = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "frame-ancestors": ("'none'",),
    "base-uri": ("'none'",),
}


def install(app: Flask, settings: Settings, dashboard_scripts: Sequence[str] = ()) -> None:
    """Set the headers of every response. `dashboard_scripts` are the hashes of the dashboards' inline scripts."""
    pages = policy(CLOSED)
    dashboards = policy(
        CLOSED | {"script-src": ("'self'", *dashboard_scripts), "style-src": ("'self'", "'unsafe-inline'")}
    )
    app.after_request(partial(_set_headers, pages, dashboards, settings.secure_cookies))


def policy(sources: Mapping[str, Sequence[str]]) -> str:
    """A content security policy as one line."""
    return "; ".join(f"{kind} {' '.join(allowed)}" for kind, allowed in sources.items())


def _set_headers(pages: str, dashboards: str, secure: bool, response: Response) -> Response:
    response.headers.update(ALWAYS)
    response.headers.setdefault(POLICY, dashboards if request.path.startswith(DASHBOARDS) else pages)
    response.headers["Cache-Control"] = _keeping(request.path, response.status_code)
    if secure:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    return response


def _keeping(path: str, status: int) -> str:
    """How long a browser may keep what is at `path`: pages never, files named after their content for ever."""
    if status not in (200, 206, 304) or not path.startswith((STATIC, BUNDLES, OWN_FILES)):
        return "no-store"
    if not lasts(path):
        return "no-cache"
    audience = "public" if path.startswith(STATIC) else "private"
    return f"{audience}, max-age={A_YEAR}, immutable"


def lasts(path: str) -> bool:
    """Whether what is at `path` never changes, because its name changes with its content."""
    if path.startswith(STATIC):
        return HASHED_FILE.search(path) is not None
    return path.startswith(BUNDLES) and FINGERPRINTED.search(path) is not None
