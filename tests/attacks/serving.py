"""A real server over a store, whose workers can be killed, and a client that keeps cookies and its connection."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from surveys.store import Store
from tests.webapp.test_server import ROOT, TOKEN_FIELD, free_port

FORM = "application/x-www-form-urlencoded"
SET_COOKIE = re.compile(r"^([^=]+)=([^;]*)")


@dataclass(frozen=True)
class Served:
    """gunicorn, answering on a port."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def workers(self) -> list[int]:
        """The processes that it started and that answer requests."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def kill(self, most: int) -> int:
        """kill -9 for up to so many workers; gives how many."""
        killed = self.workers()[:most]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        return len(killed)

    def answers(self) -> bool:
        with suppress(OSError, HTTPException), closing(Browser(self.port)) as browser:
            return browser.ask("GET", "/sign-in")[0] == 200
        return False

    def wait(self, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > until:
                raise TimeoutError(self.log.read_text()[-2000:])
            time.sleep(0.05)


@contextmanager
def serve(store: Store, folder: Path, *, workers: int = 2) -> Iterator[Served]:
    """gunicorn as `make run` starts it, over that store."""
    environ = os.environ | {
        "CONFER_ENV": "testing",
        "SECRET_KEY": "k" * 48,
        "DATABASE_URL": store.engine.url.render_as_string(hide_password=False),
    }
    port, log = free_port(), folder / "server.log"
    program = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    with log.open("wb") as written:
        started = subprocess.Popen(
            [*program, "--threads", "4", "wsgi:app"], cwd=ROOT, env=environ, stdout=written, stderr=written
        )
        served = Served(port, started, log)
        try:
            served.wait()
            yield served
        finally:
            started.terminate()
            started.wait(20)


@dataclass
class Browser:
    """A client with cookies that keeps its connection, and opens another when that breaks."""

    port: int
    timeout: float = 20
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def ask(self, method: str, path: str, body: str | bytes | None = None, kind: str = FORM) -> tuple[int, str]:
        """Status and text; raises OSError or HTTPException when there was no whole answer."""
        self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self.connection.request(method, path, body, {"Content-Type": kind, "Cookie": cookies})
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException):
            self.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, value = SET_COOKIE.match(line).groups()  # type: ignore[union-attr]
            self.cookies[name] = value
        return answer.status, text

    def token(self) -> str:
        """A form token for this browser."""
        return str(TOKEN_FIELD.search(self.ask("GET", "/sign-in")[1])[1])  # type: ignore[index]

    def post(self, path: str, token: str, **data: str) -> int:
        return self.ask("POST", path, urlencode({"csrf_token": token, **data}))[0]

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None
