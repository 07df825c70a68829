"""Bodies that are too large, too many or too odd, under the real server: a page soon, and the connection whole."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from flask import Flask

from surveys.store import Store
from tests.attacks.serving import Browser, Served, serve
from tests.small_study import SmallStudy
from webapp import LARGEST_BODY

SECONDS = 2.0
TEN_MEGABYTES = b"name=" + b"x" * 10_000_000
HARDLY_HTTP = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET http://[bad/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /%00%ff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET //evil.example/.. HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(100)) + b"\r\n",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
)


@pytest.fixture(scope="module")
def served(open_now: tuple[Store, SmallStudy], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for all of these: whatever it was sent, it answers the next."""
    with serve(open_now[0], tmp_path_factory.mktemp("served"), workers=1) as running:
        yield running


@pytest.fixture
def study(open_now: tuple[Store, SmallStudy]) -> SmallStudy:
    return open_now[1]


def posting(app: Flask, token: str) -> list[str]:
    """The address of every rule that takes a form."""
    gaps = {"token": token, "page": "advice_names", "alter": "1", "to": "2", "version": "1", "where": "consent"}
    gaps |= {"code": "small", "kind": "people"}
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    filled = ("".join(gaps.get(text, "1") if is_gap else text for is_gap, text in rule._trace) for rule in rules)
    return [path.lstrip("|") for path in filled]


def test_bodies_too_large_get_their_page_on_a_connection_that_stays_whole(
    app: Flask, served: Served, study: SmallStudy
) -> None:
    addresses = posting(app, study.tokens["p1"])
    assert len(addresses) > 10
    with closing(Browser(served.port)) as browser:
        browser.ask("GET", "/sign-in")
        connection = browser.connection
        for path in addresses:
            began = time.monotonic()
            status, page = browser.ask("POST", path, TEN_MEGABYTES)
            assert time.monotonic() - began < SECONDS, path
            assert (status, "too much to send at once" in page) == (413, True), path
            assert browser.ask("GET", "/sign-in")[0] == 200
        assert browser.connection is connection


def test_many_fields_and_one_byte_too_many(served: Served, study: SmallStudy) -> None:
    start = f"/interview/{study.tokens['p1']}/start"
    with closing(Browser(served.port)) as browser:
        token = browser.token()
        full = f"csrf_token={token}&x="
        assert browser.ask("POST", start, full.ljust(LARGEST_BODY + 1, "x"))[0] == 413
        assert browser.ask("POST", start, f"csrf_token={token}&" + "a=&" * 10_000)[0] in (303, 413)
        parts = "".join(f'---\r\nContent-Disposition: form-data; name="f{n}"\r\n\r\n\r\n' for n in range(1001))
        assert browser.ask("POST", start, f"{parts}-----\r\n", "multipart/form-data; boundary=-")[0] == 413
        assert browser.ask("POST", start, full.ljust(LARGEST_BODY, "x"))[0] == 303


def test_what_is_hardly_http_is_no_fault_of_ours(served: Served, study: SmallStudy) -> None:
    for sent in HARDLY_HTTP:
        assert raw(served, sent)[:1] in (b"", b"2", b"3", b"4"), sent
    assert raw(served, chunked(study, 8 * LARGEST_BODY)) in (b"400", b"413")
    assert served.answers()


def chunked(study: SmallStudy, size: int) -> bytes:
    """A form whose length is not told."""
    head = (
        f"POST /interview/{study.tokens['p1']}/start HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )
    return f"{head}{size:x}\r\n{'x' * size}\r\n0\r\n\r\n".encode()


def test_what_cannot_be_read_leaves_no_link_and_no_name_in_the_log(served: Served, study: SmallStudy) -> None:
    token = study.tokens["p1"]
    for line in (f"GET /interview/{token} x", f"GET  /interview/{token} HTTP/1.1", f"/interview/{token}"):
        raw(served, f"{line}\r\nHost: localhost\r\n\r\n".encode())
    raw(served, f"GET / HTTP/1.1\r\nReferer /interview/{token}\r\n\r\n".encode())
    raw(
        served,
        b"GET /sign-in?email=zoe.quark%40example.org HTTP/1.1\r\nCookie zoe.quark@example.org\r\n\r\n",
    )
    with closing(Browser(served.port)) as browser:
        form = browser.token()
        browser.post(f"/interview/{token}/start", form)
        browser.post("/sign-in", form, email="zoe.quark@example.org", password="Zoe Quark's own")
        browser.post(f"/interview/{token}/advice_names/add", form, name="Zoe Quark")
    log = served.log.read_text()
    assert token not in log
    assert "quark" not in log.lower()


def raw(served: Served, sent: bytes) -> bytes:
    """The status that raw bytes are answered with; nothing when the connection is closed."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        first = connection.makefile("rb").readline()
    return (first.split() or [b"", b""])[1] if first.startswith(b"HTTP/") else b""
