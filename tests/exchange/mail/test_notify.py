"""Letters to a server that answers as GOV.UK Notify does: signed requests, refusals, and mails known again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from exchange.mail.carriers import CarrierDown
from exchange.mail.notify import NotifyAccount, NotifyCarrier, NotifyRefused
from surveys.mailing.outbox import Outcome
from tests.exchange.mail.letters import LETTER, NOW, clock

SERVICE, SECRET, TEMPLATE = str(UUID(int=1)), str(UUID(int=2)), str(UUID(int=3))
KEY = f"a-name-{SERVICE}-{SECRET}"


@dataclass
class Notify:
    """What the server took, and what it answers instead of 201."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    code: int = 201
    said: str = "{}"
    silent: bool = False
    url: str = ""


def signed_right(token: str) -> bool:
    """Whether a token was made with our secret, for our service, at our time (RFC 7515)."""
    head, claims, seal = token.split(".")
    made = base64.urlsafe_b64encode(hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest())
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    algorithm = json.loads(base64.urlsafe_b64decode(head + "=="))["alg"]
    right = {"iss": SERVICE, "iat": int(NOW.timestamp())}
    return algorithm == "HS256" and seal == made.decode().rstrip("=") and said == right


@pytest.fixture
def notify() -> Iterator[Notify]:
    state = Notify()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, code: int, said: str) -> None:
            self.send_response(code)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said.encode())

        def allowed(self) -> bool:
            return signed_right(self.headers["Authorization"].removeprefix("Bearer "))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self.allowed():
                self.answer(403, "{}")
                return
            if state.code == 201:
                state.taken.append(body)
            if state.silent:
                self.close_connection = True
                return
            self.answer(state.code, state.said)

        def do_GET(self) -> None:
            wanted = parse_qs(urlsplit(self.path).query)["reference"][0]
            found = [one for one in state.taken if one["reference"] == wanted]
            self.answer(200 if self.allowed() else 403, json.dumps({"notifications": found}))

        def log_message(self, *_words: object) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    yield state
    server.shutdown()
    server.server_close()
    running.join(5)


@pytest.fixture
def carrier(notify: Notify) -> NotifyCarrier:
    return NotifyCarrier(NotifyAccount(KEY, TEMPLATE, notify.url), clock, timeout=5)


def test_a_letter_is_handed_over_once_with_its_key_and_known_again(notify: Notify, carrier: NotifyCarrier) -> None:
    assert not carrier.knows(LETTER)
    assert carrier.hand_over(LETTER) is Outcome.SENT
    assert notify.taken == [
        {
            "email_address": "zoe@example.org",
            "template_id": TEMPLATE,
            "personalisation": {"subject": LETTER.subject, "body": LETTER.text},
            "reference": LETTER.key,
        }
    ]
    assert carrier.knows(LETTER)


def test_notify_is_told_where_one_click_stops_mail(notify: Notify, carrier: NotifyCarrier) -> None:
    stop = f"https://confer.example/unsubscribe/{LETTER.key}"
    carrier.hand_over(replace(LETTER, unsubscribe=stop))
    carrier.hand_over(replace(LETTER, unsubscribe=stop.replace("https", "http")))
    assert [one.get("one_click_unsubscribe_url") for one in notify.taken] == [stop, None]


def test_no_answer_leaves_it_unsure_and_notify_knows_better(notify: Notify, carrier: NotifyCarrier) -> None:
    notify.silent = True
    assert carrier.hand_over(LETTER) is Outcome.UNSURE
    assert carrier.knows(LETTER)


@pytest.mark.parametrize(
    ("code", "said", "outcome"),
    [
        (400, '{"errors": [{"message": "email_address Not a valid email address"}]}', Outcome.NO_SUCH_ADDRESS),
        (400, '{"errors": [{"message": "Content is too long"}]}', Outcome.REFUSED),
    ],
)
def test_a_refusal_is_about_the_address_or_the_mail(
    notify: Notify, carrier: NotifyCarrier, code: int, said: str, outcome: Outcome
) -> None:
    notify.code, notify.said = code, said
    assert carrier.hand_over(LETTER) is outcome


@pytest.mark.parametrize("code", [403, 404, 429, 500, 503])
def test_what_is_about_the_account_or_the_service_stops_everything(
    notify: Notify, carrier: NotifyCarrier, code: int
) -> None:
    notify.code = code
    with pytest.raises(CarrierDown, match=rf"code {code}"):
        carrier.hand_over(LETTER)


def test_a_wrong_secret_stops_everything(notify: Notify) -> None:
    wrong = NotifyAccount(f"a-name-{SERVICE}-{UUID(int=9)}", TEMPLATE, notify.url)
    with pytest.raises(CarrierDown, match="NOTIFY_KEY"):
        NotifyCarrier(wrong, clock, timeout=5).hand_over(LETTER)
    with pytest.raises(CarrierDown):
        NotifyCarrier(wrong, clock, timeout=5).knows(LETTER)


def test_nobody_there_stops_everything() -> None:
    with pytest.raises(CarrierDown, match="cannot be reached"):
        NotifyCarrier(NotifyAccount(KEY, TEMPLATE, "http://127.0.0.1:9"), clock, timeout=2).hand_over(LETTER)


@pytest.mark.parametrize(
    ("key", "template", "api", "named"),
    [
        ("short", TEMPLATE, "https://n.example", "NOTIFY_KEY"),
        (KEY, "short", "https://n.example", "NOTIFY_TEMPLATE"),
        (KEY, TEMPLATE, "file:///etc", "NOTIFY_API"),
    ],
)
def test_settings_that_cannot_be_are_named(key: str, template: str, api: str, named: str) -> None:
    with pytest.raises(NotifyRefused, match=named):
        NotifyAccount(key, template, api)
    assert SECRET not in repr(NotifyAccount(KEY, TEMPLATE))
