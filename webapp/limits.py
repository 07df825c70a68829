"""How often one address may try passwords and links that we do not know."""

from __future__ import annotations

from functools import wraps

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue, RouteCallable
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

UNKNOWN_LINKS = parse("30 per minute")
JOININGS = parse("30 per minute")
UNSUBSCRIBINGS = parse("30 per minute")
SIGN_INS = parse("20 per minute")
KEY = "confer limits"
TOO_MANY_TRIES = 429
NO_ADDRESS = "127.0.0.1"


def install(app: Flask, sign_in: str) -> None:
    """Limit tries per address: passwords at the endpoint `sign_in`, and unknown links wherever they are refused.

    Nothing is looked for in other requests. Each worker process counts for itself: with two workers an address has up
    to twice as many tries.
    """
    app.extensions[KEY] = FixedWindowRateLimiter(MemoryStorage())
    app.view_functions[sign_in] = _slowed(app.view_functions[sign_in])


def _slowed(view: RouteCallable) -> RouteCallable:
    """A view that counts its requests, and refuses those beyond SIGN_INS."""

    @wraps(view)
    def counted(**values: object) -> ResponseReturnValue:
        if not _may(SIGN_INS, "sign in"):
            abort(TOO_MANY_TRIES)
        answer: ResponseReturnValue = current_app.ensure_sync(view)(**values)
        return answer

    return counted


def may_try_another_link() -> bool:
    """Count one unknown link against this address; False from the 31st within a minute.

    A link that is known is never held up: a whole hospital may share one address, and 128 bits need no limit.
    """
    return _may(UNKNOWN_LINKS, "unknown link")


def may_join() -> bool:
    """Count one use of a site's open link against this address; False from the 31st within a minute."""
    return _may(JOININGS, "open link")


def _may(limit: RateLimitItem, what: str) -> bool:
    """Count one try of this address; False when it had as many as it may."""
    limiter: FixedWindowRateLimiter = current_app.extensions[KEY]
    return limiter.hit(limit, what, request.remote_addr or NO_ADDRESS)


def may_unsubscribe(key: str) -> bool:
    """Count one "unsubscribe" of a mail that we know; False from the 31st of the same mail within a minute.

    It is not counted against addresses: mail services post it for all of their people from a few.
    """
    limiter: FixedWindowRateLimiter = current_app.extensions[KEY]
    return limiter.hit(UNSUBSCRIBINGS, "unsubscribe", key)
