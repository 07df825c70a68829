"""How often one address may try passwords and links that we do not know."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app, request
from flask.typing import RouteCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse

UNKNOWN_LINKS = parse("30 per minute")
JOININGS = parse("30 per minute")
SIGN_INS = "20 per minute"
KEY = "confer limits"


def install(app: Flask, sign_in: str) -> None:
    """Limit tries per address: passwords at the endpoint `sign_in`, and unknown links wherever they are refused.

    Each worker process counts for itself: with two workers an address has up to twice as many tries.
    """
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    limiter.request_filter(lambda: request.endpoint != sign_in)  # looking for limits costs each request a tenth of it
    app.view_functions[sign_in] = cast(RouteCallable, limiter.limit(SIGN_INS)(app.view_functions[sign_in]))
    app.extensions[KEY] = limiter


def may_try_another_link() -> bool:
    """Count one unknown link against this address; False from the 31st within a minute.

    A link that is known is never held up: a whole hospital may share one address, and 128 bits need no limit.
    """
    limiter: Limiter = current_app.extensions[KEY]
    return limiter.limiter.hit(UNKNOWN_LINKS, "unknown link", get_remote_address())


def may_join() -> bool:
    """Count one use of a site's open link against this address; False from the 31st within a minute."""
    limiter: Limiter = current_app.extensions[KEY]
    return limiter.limiter.hit(JOININGS, "open link", get_remote_address())
