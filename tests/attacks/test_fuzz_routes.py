"""Whatever is sent to whatever address, by whomever: a page or a refusal, never a fault of ours, never a wait."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes

import pytest
from flask import Flask, got_request_exception
from hypothesis import Phase, given
from hypothesis import settings as examples
from sqlalchemy import text
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from surveys.store import Store
from tests.attacks.conftest import BOTH_ENGINES, LONG
from tests.attacks.requests import Odd, odd_requests
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, Visitor, Who
from tests.webapp.interview.conftest import Respondent

pytestmark = BOTH_ENGINES
FIRST_FAULT = 500
EXAMPLES = 5000 if LONG else 100
LONGEST_SECONDS = 3.0


def send(app: Flask, odd: Odd, cookies: str, token: str) -> Response:
    """The answer to a request exactly as it stands: no client sees to it that it makes sense."""
    builder = EnvironBuilder(
        method=odd.method,
        data=odd.body,
        headers=[("X-CSRFToken", token), ("Cookie", cookies), *odd.headers],
    )
    environ = builder.get_environ()
    builder.close()
    path = unquote_to_bytes(odd.path).decode("latin-1")
    environ |= {"PATH_INFO": path, "REQUEST_URI": odd.path, "RAW_URI": odd.path}
    environ |= {"QUERY_STRING": odd.query, "CONTENT_TYPE": odd.kind, "REQUEST_METHOD": odd.method}
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in odd.headers}
    return Response.from_app(app, environ, buffered=True)


def cookies_of(client: Visitor) -> str:
    held = [client.get_cookie(name) for name in ("confer", "confer-sign-in")]
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in held if cookie)


def attack(app: Flask, client: Visitor, link_token: str, page: str = "/sign-in", spare: tuple[str, ...] = ()) -> None:
    """Send many, and name every kind of fault that was met. `spare` holds endpoints that are left alone."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    token, faults, met = client.token(page), {}, Counter()
    cookies = cookies_of(client)

    def note(_app: Flask, exception: Exception) -> None:
        app.extensions["fault"] = exception

    @given(odd_requests(app, link_token, spare))
    @examples(max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None, phases=[Phase.generate])
    def each(odd: Odd) -> None:
        began = time.monotonic()
        answer = send(app, odd, cookies, token)
        met[answer.status_code] += 1
        for what in wrong_with(answer, time.monotonic() - began):
            faults.setdefault(f"{what} {app.extensions.pop('fault', '')!r:.200}", odd)

    with got_request_exception.connected_to(note, app):
        each()
    assert not faults, "\n".join(f"{what}: {odd}" for what, odd in faults.items())
    assert 200 in met and len(met) > 3, met


def wrong_with(answer: Response, seconds: float) -> Iterator[str]:
    """What must not be so in the answer to anything."""
    if answer.status_code >= FIRST_FAULT:
        yield str(answer.status_code)
    if b"Traceback" in answer.data:
        yield "shows its inside"
    if "X-Own" in answer.headers:
        yield "takes headers from what was sent"
    if seconds > LONGEST_SECONDS:
        yield f"{seconds:.0f} seconds"


def not_begun(ada: Respondent, store: Store, clock: Clock) -> None:
    """The link as it came."""


def half_way(ada: Respondent, store: Store, clock: Clock) -> None:
    ada.to_grid("p3", "p5")


def finished(ada: Respondent, store: Store, clock: Clock) -> None:
    ada.to_check("p3")
    ada.post("/finish")


def declined(ada: Respondent, store: Store, clock: Clock) -> None:
    ada.post("/decline")


def closed(ada: Respondent, store: Store, clock: Clock) -> None:
    ada.to_check("p3")
    clock.pass_time(days=40)


def revoked(ada: Respondent, store: Store, clock: Clock) -> None:
    ada.to_names()
    with store.writing() as session:
        session.execute(text("UPDATE invitation SET revoked_at = invited_at"))


@pytest.mark.parametrize("state", [not_begun, half_way, finished, declined, closed, revoked])
def test_the_holder_of_a_link_meets_no_fault(
    app: Flask,
    client: Visitor,
    ada: Respondent,
    store: Store,
    clock: Clock,
    study: SmallStudy,
    state: Callable[[Respondent, Store, Clock], None],
) -> None:
    state(ada, store, clock)
    attack(app, client, study.tokens["p1"])


def test_somebody_unknown_meets_no_fault(app: Flask, client: Visitor, study: SmallStudy) -> None:
    attack(app, client, "AAAAAAAAAAAAAAAAAAAAAA")


def test_an_analyst_meets_no_fault(app: Flask, client: Visitor, study: SmallStudy, analyst: Who) -> None:
    client.sign_in(analyst)
    attack(app, client, study.tokens["p2"], page="/home", spare=("auth.sign_out", "auth.check_sign_in"))
    assert client.get("/home").status_code == 200
