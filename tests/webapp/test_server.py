"""Under the real server: bodies too large are answered, and its log holds no link."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from surveys.store import Store
from tests.small_study import SmallStudy

ROOT = Path(__file__).parents[2]
TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Server:
    port: int
    log: Path

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def study(open_now: tuple[Store, SmallStudy]) -> SmallStudy:
    return open_now[1]


@pytest.fixture(scope="module")
def server(open_now: tuple[Store, SmallStudy], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """gunicorn, as `make run` starts it, with its access log on."""
    made = Server(free_port(), tmp_path_factory.mktemp("server") / "server.log")
    environ = os.environ | {
        "CONFER_ENV": "testing",
        "SECRET_KEY": "k" * 48,
        "DATABASE_URL": open_now[0].engine.url.render_as_string(hide_password=False),
    }
    program = [
        sys.executable,
        "-m",
        "gunicorn",
        "--bind",
        f"127.0.0.1:{made.port}",
        "--access-logfile",
        "-",
        "wsgi:app",
    ]
    with made.log.open("wb") as log:
        running = subprocess.Popen(program, cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            wait_for(made.port)
            yield made
        finally:
            running.terminate()
            running.wait(20)


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not start.")


def test_ten_megabytes_get_a_page_and_not_a_broken_connection(server: Server) -> None:
    status, page = server.ask("POST", "/sign-in", b"email=" + b"x" * 10_000_000)
    assert status == 413
    assert "That is too much to send at once" in page
    assert server.ask("GET", "/")[0] == 200


def test_the_servers_log_holds_no_link_and_no_address(server: Server, study: SmallStudy) -> None:
    token = study.tokens["p1"]
    assert server.ask("GET", f"/interview/{token}")[0] == 200
    assert server.ask("GET", f"/interview/{token}/names/search?q=Raj+Khan")[0] in (200, 303)
    assert server.ask("GET", "/sign-in?next=/home&email=ada@example.org")[0] == 200
    log = server.log.read_text()
    assert "GET /interview/…" in log
    assert token not in log
    assert "ada@example.org" not in log
    assert "Raj" not in log
