"""The service that the national study runs on: a web server of two workers, a mail worker, and a mail server.

Its clock stands at the moment that a file names, so that both ways do the same thing at the same second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server

from config import ROOT, Settings
from tests.exchange.mail.post_office import PostOffice, serving
from webapp import create_app

CLOCK = "NATIONAL_CLOCK"
APPLICATION = "bench.national_service:made"
SECRET = "national-study-" * 4
STARTS_WITHIN = 30.0


class NotStarted(Exception):
    """The server did not answer in time."""


class CommandFailed(Exception):
    """A command ended with an error; the text is what it printed."""


@dataclass(frozen=True)
class FileClock:
    """A clock that stands still until its file is written again."""

    path: Path

    def __call__(self) -> datetime:
        return datetime.fromisoformat(self.path.read_text(encoding="utf-8"))

    def put(self, moment: datetime) -> None:
        """Let it be that moment."""
        written = self.path.with_suffix(".new")
        written.write_text(moment.isoformat(), encoding="utf-8")
        written.replace(self.path)


def made() -> Flask:
    """The application with the clock that the environment names."""
    return create_app(Settings.from_environment(os.environ), clock=FileClock(Path(os.environ[CLOCK])))


@dataclass(frozen=True)
class Service:
    """A service that runs: its address, its clock, its environment, and the mail server that its mail goes to."""

    url: str
    clock: FileClock
    environment: Mapping[str, str]
    office: PostOffice
    folder: Path

    @property
    def key(self) -> bytes:
        """What its links are made with."""
        return self.environment["SECRET_KEY"].encode()

    @property
    def database_url(self) -> str:
        """Its store."""
        return self.environment["DATABASE_URL"]

    def command(self, *words: object, given: str = "") -> str:
        """Run a `flask` command and give what it printed; raises CommandFailed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", APPLICATION, *map(str, words)],
            cwd=ROOT,
            env=dict(self.environment),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CommandFailed(f"flask {' '.join(map(str, words))}: {done.stderr or done.stdout}")
        return done.stdout

    @contextmanager
    def worker(self) -> Iterator[None]:
        """The jobs run meanwhile: mail goes out every minute."""
        words = [sys.executable, "-m", "flask", "--app", APPLICATION, "mail", "work"]
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(words, cwd=ROOT, env=dict(self.environment), stdout=log, stderr=log)
            try:
                yield
            finally:
                _end(process)


@dataclass(frozen=True)
class NearService(Service):
    """The same in this process: commands start no program, and the server is a thread. For tests, which cannot wait."""

    app: Flask

    def command(self, *words: object, given: str = "") -> str:
        """Run a `flask` command and give what it printed; raises CommandFailed."""
        done = self.app.test_cli_runner().invoke(args=[str(word) for word in words], input=given)
        if done.exit_code:
            raise CommandFailed(f"flask {' '.join(map(str, words))}: {done.output}") from done.exception
        return str(done.stdout)


@contextmanager
def running_near(folder: Path, database_url: str, _port: int, start: datetime) -> Iterator[Service]:
    """As `running`, in this process and on any ports that are free."""
    clock = FileClock(folder / "clock")
    clock.put(start)
    with serving(PostOffice()) as office:
        server = make_server("127.0.0.1", 0, Flask("not yet"), threaded=True)
        url = f"http://127.0.0.1:{server.port}"
        environment = _environment(folder, database_url, url, office.port)
        app = create_app(Settings.from_environment(environment), clock=clock)
        service = NearService(url, clock, environment, office, folder, app)
        service.command("db", "upgrade")
        server.app = app
        try:
            with _serving_thread(server):
                yield service
        finally:
            app.extensions["confer"].store.engine.dispose()


@contextmanager
def _serving_thread(server: BaseWSGIServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def running(folder: Path, database_url: str, port: int, start: datetime) -> Iterator[Service]:
    """A service over a store with no tables yet; everything is stopped at the end."""
    clock = FileClock(folder / "clock")
    clock.put(start)
    with serving(PostOffice(port=port + 1)) as office:
        url = f"http://127.0.0.1:{port}"
        service = Service(url, clock, _environment(folder, database_url, url, office.port), office, folder)
        service.command("db", "upgrade")
        with _web_server(service, port):
            yield service


def _environment(folder: Path, database_url: str, url: str, mail_port: int) -> dict[str, str]:
    return dict(os.environ) | {
        "CONFER_ENV": "development",
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database_url,
        "PUBLIC_URL": url,
        "MAIL_CARRIER": "smtp",
        "MAIL_SENDER": "survey@confer.example",
        "MAIL_RETURNS": "bounces@confer.example",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail_port),
        "SMTP_TLS": "none",
        "JOBS": f"sqlite:///{folder / 'jobs.sqlite3'}",
        CLOCK: str(folder / "clock"),
    }


@contextmanager
def _web_server(service: Service, port: int) -> Iterator[None]:
    words = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}", f"{APPLICATION}()"]
    with (service.folder / "server.log").open("ab") as log:
        process = subprocess.Popen(words, cwd=ROOT, env=dict(service.environment), stdout=log, stderr=log)
        try:
            _wait(f"{service.url}/sign-in")
            yield
        finally:
            _end(process)


def _wait(url: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise NotStarted(f"Nothing answers at {url}.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
