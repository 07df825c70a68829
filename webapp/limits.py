"""How often one address may try passwords and links that we do not know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Blueprint, Flask, Response, g
from flask.typing import RouteCallable
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

UNKNOWN_LINKS = "30 per minute"
SIGN_INS = "20 per minute"
UNKNOWN_LINK = "unknown_link"


def install(app: Flask, links: Sequence[Blueprint], sign_in: str) -> None:
    """Limit tries per address: passwords at the endpoint `sign_in`, and unknown links in the blueprints `links`.

    Each worker process counts for itself: with two workers an address has up to twice as many tries.
    """
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", headers_enabled=True)
    for blueprint in links:
        limiter.limit(UNKNOWN_LINKS, deduct_when=_was_unknown)(blueprint)
    app.view_functions[sign_in] = cast(RouteCallable, limiter.limit(SIGN_INS)(app.view_functions[sign_in]))


def note_unknown_link() -> None:
    """Count this request among those whose link nobody has."""
    g.setdefault(UNKNOWN_LINK, True)


def _was_unknown(_response: Response) -> bool:
    return UNKNOWN_LINK in g
