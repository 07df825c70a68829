"""A server that answers as GOV.UK Notify does: it takes mails that are signed, and tells what became of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

SERVICE, SECRET, TEMPLATE = str(UUID(int=1)), str(UUID(int=2)), str(UUID(int=3))
KEY = f"a-name-{SERVICE}-{SECRET}"
PAGE = 3


@dataclass
class Notify:
    """What the server took, and what it answers instead of 201."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    code: int = 201
    said: str = "{}"
    silent: bool = False
    url: str = ""
    notifications: list[dict[str, Any]] = field(default_factory=list)
    pages: int = 0

    def page(self, older_than: str) -> list[dict[str, Any]]:
        """A page of notifications, the newest first, as the API gives them: those older than one of them."""
        self.pages += 1
        newest = sorted(self.notifications, key=lambda one: str(one["created_at"]), reverse=True)
        ids = [one["id"] for one in newest]
        start = ids.index(older_than) + 1 if older_than else 0
        return newest[start : start + PAGE]


def signed_right(token: str, now: datetime) -> bool:
    """Whether a token was made with our secret, for our service, at our time (RFC 7515)."""
    head, claims, seal = token.split(".")
    made = base64.urlsafe_b64encode(hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest())
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    algorithm = json.loads(base64.urlsafe_b64decode(head + "=="))["alg"]
    right = {"iss": SERVICE, "iat": int(now.timestamp())}
    return algorithm == "HS256" and seal == made.decode().rstrip("=") and said == right


@contextmanager
def serving_notify(at: Callable[[], datetime]) -> Iterator[Notify]:
    """Such a server, which takes tokens of the time `at`."""
    state = Notify()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, code: int, said: str) -> None:
            self.send_response(code)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said.encode())

        def allowed(self) -> bool:
            return signed_right(self.headers["Authorization"].removeprefix("Bearer "), at())

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
            asked = parse_qs(urlsplit(self.path).query)
            if "reference" in asked:
                found = [one for one in state.taken if one["reference"] == asked["reference"][0]]
            else:
                found = state.page(asked.get("older_than", [""])[0])
            self.answer(200 if self.allowed() else 403, json.dumps({"notifications": found}))

        def log_message(self, *_words: object) -> None:
            """Nothing is written."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        running.join(5)
