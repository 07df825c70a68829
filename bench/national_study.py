"""A national study from import to close, by pages and by commands: `python -m bench.national_study`.

Each way runs on a store of its own, with a web server, a mail worker and a mail server; at the end the two stores are
compared table by table. 48 sites, 50 people each and 3 waves unless told otherwise. Exit code 1 when anything differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic, perf_counter, sleep
from urllib.parse import urlsplit

import psycopg

from bench.national_commands import ByCommands, Evaluator, Planned
from bench.national_field import Field, Spread, links_in
from bench.national_files import QUESTIONNAIRE, NationalStudy, invent
from bench.national_service import Service, running
from bench.national_state import State, differences, state
from surveys.demonstration.calendar import Dates
from surveys.demonstration.shape import Shape
from tests.walks.national_browser import Page, browser
from tests.walks.national_pages import PASSWORD, WHO, ByPages

FIRST_DAY = date(2027, 1, 11)
BETWEEN = timedelta(days=84)
LASTS = timedelta(days=20)
WAYS: dict[str, Callable[[Service, Page], Evaluator]] = {
    "pages": ByPages,
    "commands": lambda service, _page: ByCommands(service),
}
WAITS_FOR_MAIL = 300.0
Running = Callable[[Path, str, int, datetime], AbstractContextManager[Service]]


class WentWrong(Exception):
    """Something did not come about that had to; the text says what."""


@dataclass
class Log:
    """What was done, how long it took in seconds, and how many of what."""

    way: str
    steps: list[tuple[str, float, str]] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[list[str]]:
        """Time what is done meanwhile; what is put into the list stands beside it."""
        told: list[str] = []
        began = perf_counter()
        yield told
        self.steps.append((name, perf_counter() - began, ", ".join(told)))
        print(f"{self.way}: {name}, {perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Size:
    """How much is done: the study's shape, how many answers are given by hand and over the network, and on what."""

    shape: Shape
    by: Spread
    links: int = 200
    returned: int = 4
    waits: bool = True
    running: Running = running


@dataclass
class Run:
    """One way through the whole study."""

    study: NationalStudy
    size: Size
    service: Service
    evaluator: Evaluator
    respondents: Field
    log: Log
    downloads: list[str] = field(default_factory=list)
    silenced: set[str] = field(default_factory=set)

    def whole(self) -> None:
        """From making the study to the last wave's release."""
        folder = self.service.folder
        sites = folder / "sites.csv"
        sites.write_text(self.study.sites_file(), encoding="utf-8")
        with self.log.step("study, agreement, questionnaire, sites"):
            self.evaluator.prepare(QUESTIONNAIRE, sites)
        for wave in range(1, self.size.shape.waves + 1):
            self._wave(wave, FIRST_DAY + (wave - 1) * BETWEEN)

    def _wave(self, wave: int, opens: date) -> None:
        closes = opens + LASTS
        dates = Dates(_at(opens, 9), _at(closes, 22))
        self.service.clock.put(_at(opens - timedelta(days=7), 10))
        if wave > 1 and wave == self.size.shape.waves:
            site, into = (self.study.sites[place].code for place in self.study.merger)
            with self.log.step(f"{wave}: merger of two sites"):
                self.evaluator.merge(site, into, opens - timedelta(days=10))
        people = self.service.folder / f"people-{wave}.csv"
        people.write_text(self.study.people_file(wave), encoding="utf-8")
        with self.log.step(f"{wave}: people, looked at and imported") as told:
            self.evaluator.load_people(people)
            told.append(f"{len(self.study.rosters[wave - 1])} on the list")
        with self.log.step(f"{wave}: planned, invited, opened"):
            panel = wave == self.size.shape.waves
            self.evaluator.plan(wave, Planned(f"Round {wave}", opens, closes, "panel" if panel else "all", 60))
            self.evaluator.invite(wave)
            if panel:
                self.evaluator.ask_everyone(wave)
                self.evaluator.invite(wave)
            self.evaluator.open(wave)
        self.service.clock.put(dates.opens_at)
        links = self._invitations(wave)
        visits = self.respondents.visits(wave, dates)
        first = [visit for visit in visits if visit.moment < dates.opens_at + timedelta(days=6)]
        self._answers(wave, "first week", lambda: self.respondents.answer(wave, dates, first, links, self.size.by))
        self.service.clock.put(dates.opens_at + timedelta(days=7))
        self._reminders(wave)
        later = [visit for visit in visits if visit not in first]
        self._answers(wave, "to the end", lambda: self.respondents.answer(wave, dates, later, links, Spread(0, 0)))
        self.service.clock.put(dates.closes_at)
        with self.log.step(f"{wave}: looked at, closed, released"):
            self.downloads.append(self.evaluator.look(wave))
            self.evaluator.close(wave)
            self.evaluator.release(wave)

    def _answers(self, wave: int, when: str, act: Callable[[], int]) -> None:
        with self.log.step(f"{wave}: answers, {when}") as told:
            told.append(f"{act()} by browser and network")

    def _invitations(self, wave: int) -> dict[str, str]:
        """Queue them, let them go out, see each arrive once and its link work, and let some come back."""
        with self.log.step(f"{wave}: invitations queued"):
            self.evaluator.queue_invitations(wave)
        expected = {one.email for one in self.study.rosters[wave - 1].values()} - self.silenced
        with self.log.step(f"{wave}: invitations sent") as told:
            self._send(len(expected), by_worker=wave == 1 and self.size.waits)
            mails = self.respondents.arrived()
            got = sorted(mail.recipient for mail in mails)
            if got != sorted(expected):
                raise WentWrong(f"Wave {wave}: {len(got)} invitations arrived, and not {len(expected)}.")
            told.append(f"{len(got)} arrived, each once")
        links = links_in(mails)
        with self.log.step(f"{wave}: links looked at") as told:
            told.append(f"{self.respondents.look(sorted(links.values())[: self.size.links])} work")
        if wave == 1:
            with self.log.step("1: mails come back") as told:
                said = self.respondents.come_back(mails, self.size.returned)
                self.silenced = self.respondents.silenced
                told.append(", ".join(f"{count} {what}" for what, count in sorted(said.items())))
        return links

    def _reminders(self, wave: int) -> None:
        with self.log.step(f"{wave}: reminders queued and sent") as told:
            self.evaluator.queue_reminders(wave)
            self._send(0, by_worker=False)
            got = [mail.recipient for mail in self.respondents.arrived()]
            if len(got) != len(set(got)) or set(got) & self.silenced:
                raise WentWrong(f"Wave {wave}: somebody got two reminders, or one that they must not get.")
            told.append(f"{len(got)} arrived, each once")

    def _send(self, expected: int, *, by_worker: bool) -> None:
        """By the worker, who looks every minute; otherwise by hand."""
        if not by_worker:
            self.service.command("mail", "send")
            return
        with self.service.worker():
            until = monotonic() + WAITS_FOR_MAIL
            while len(self.service.office.arrived) < expected and monotonic() < until:
                sleep(0.5)
            sleep(2)


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def one_way(way: str, size: Size, database_url: str, folder: Path, port: int, page: Page) -> tuple[State, Run]:
    """The whole study one way; gives the store's state at the end and what was done."""
    study = invent(size.shape)
    with size.running(folder, database_url, port, _at(FIRST_DAY - timedelta(days=30), 9)) as service:
        service.command("accounts", "create", WHO, "--role", "evaluator", "--password-stdin", given=f"{PASSWORD}\n")
        run = Run(study, size, service, WAYS[way](service, page), Field(study, service, page), Log(way))
        run.whole()
    return state(database_url), run


def both_ways(
    size: Size, urls: dict[str, str], folder: Path, port: int, new_page: Callable[[], Page]
) -> dict[str, tuple[State, Run]]:
    """Both ways, one after the other, each with a page of its own."""
    found = {}
    for number, (way, url) in enumerate(urls.items()):
        (folder / way).mkdir()
        found[way] = one_way(way, size, url, folder / way, port + 2 * number, new_page())
    return found


def told(found: dict[str, tuple[State, Run]]) -> str:
    """The steps of both ways side by side."""
    (_, pages), (_, commands) = found["pages"], found["commands"]
    lines = ["| step | pages s | commands s | what |", "|---|---:|---:|---|"]
    for (name, one, what), (_, other, _) in zip(pages.log.steps, commands.log.steps, strict=True):
        lines.append(f"| {name} | {one:.1f} | {other:.1f} | {what} |")
    return "\n".join(lines)


def compared(found: dict[str, tuple[State, Run]]) -> tuple[str, bool]:
    """Each table with its rows and whether both ways have the same; and whether all are the same."""
    (one, by_pages), (other, by_commands) = found["pages"], found["commands"]
    differ = differences(one, other)
    lines = ["| table | rows | the same |", "|---|---:|---|"]
    lines += [
        f"| {name} | {rows.total()} | {'no' if name in differ else 'yes'} |" for name, rows in one.items() if rows
    ]
    lines += [f"{name}: {line}" for name, found_there in differ.items() for line in found_there]
    same_files = by_pages.downloads == by_commands.downloads
    lines.append(f"Collection tables that were downloaded: {'the same' if same_files else 'they differ'}.")
    return "\n".join(lines), not differ and same_files


def databases(server: str, folder: Path) -> dict[str, str]:
    """An empty store for each way: files, or databases that are made in the PostgreSQL of that address."""
    if not server:
        return {way: f"sqlite:///{folder / way}.sqlite3" for way in WAYS}
    for way in WAYS:
        with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS national_{way} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE national_{way}")
    return {way: urlsplit(server)._replace(path=f"/national_{way}").geturl() for way in WAYS}


def main(arguments: list[str]) -> int:
    """Runs both ways, prints what was done and how the stores compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.national_study")
    parser.add_argument("--database-url", default="", help="A PostgreSQL to make two databases in; else SQLite.")
    parser.add_argument("--sites", type=int, default=48)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--waves", type=int, default=3)
    parser.add_argument("--port", type=int, default=8310)
    parser.add_argument("--no-worker", action="store_true", help="Send all mail by command, without a minute's wait.")
    asked = parser.parse_args(arguments)
    size = Size(Shape(asked.sites, asked.people, asked.waves), Spread(6, 40), waits=not asked.no_worker)
    with tempfile.TemporaryDirectory(prefix="confer-national-") as name, browser() as new_page:
        folder = Path(name)
        found = both_ways(size, databases(asked.database_url, folder), folder, asked.port, new_page)
    table, same = compared(found)
    print(told(found), table, sep="\n\n")
    slowest = sorted(getattr(found["pages"][1].evaluator, "slowest", {}).items(), key=lambda one: -one[1])
    print("Slowest pages: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in slowest[:8]))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
