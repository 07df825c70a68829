"""What an evaluator does in the national study, by the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bench.national_service import Service


@dataclass(frozen=True)
class Planned:
    """A wave as the evaluator plans it; days are those of the UK."""

    label: str
    opens: date
    closes: date
    sample: str
    target: int


class Evaluator(Protocol):
    """Everything that is done with a study, by pages or by commands."""

    def prepare(self, questionnaire: Path, sites: Path) -> None: ...
    def load_people(self, file: Path) -> None: ...
    def plan(self, number: int, wave: Planned) -> None: ...
    def invite(self, number: int) -> None: ...
    def ask_everyone(self, number: int) -> None: ...
    def open(self, number: int) -> None: ...
    def queue_invitations(self, number: int) -> None: ...
    def queue_reminders(self, number: int) -> None: ...
    def look(self, number: int) -> str: ...
    def close(self, number: int) -> None: ...
    def release(self, number: int) -> None: ...
    def merge(self, site: str, into: str, on: date) -> None: ...


@dataclass
class ByCommands:
    """The evaluator at a terminal."""

    service: Service

    def prepare(self, questionnaire: Path, sites: Path) -> None:
        run = self.service.command
        run("study", "create", "national", "The national study")
        agreed = ("--with", "The sites", "--on", "2026-12-01", "--reference", "REC 7", "--by", "evaluator@example.org")
        run("agreement", "record", *agreed, "--who-sees", "Sites see counts.", "--no-judging")
        run("instruments", "publish", questionnaire)
        run("study", "import-sites", sites, "--dry-run")
        run("study", "import-sites", sites)

    def load_people(self, file: Path) -> None:
        self.service.command("study", "import-people", file, "--absent", "left", "--dry-run")
        self.service.command("study", "import-people", file, "--absent", "left")

    def plan(self, number: int, wave: Planned) -> None:
        days = ("--opens", f"{wave.opens} 09:00", "--closes", f"{wave.closes}")
        self.service.command("waves", "add", wave.label, *days, "--sample", wave.sample, "--target", wave.target)
        often = ("--first-after", 5, "--then-every", 7, "--most", 2)
        self.service.command("mail", "schedule", "set", "--wave", number, *often)

    def invite(self, number: int) -> None:
        self.service.command("waves", "invite", number)

    def ask_everyone(self, number: int) -> None:
        self.service.command("waves", "change", number, "--sample", "all")

    def open(self, number: int) -> None:
        self.service.command("waves", "open", number)

    def queue_invitations(self, number: int) -> None:
        self.service.command("mail", "queue-invitations", "--wave", number)

    def queue_reminders(self, number: int) -> None:
        self.service.command("mail", "queue-reminders", "--wave", number)

    def look(self, number: int) -> str:
        kept = self.service.folder / "collection.csv"
        self.service.command("waves", "collection", number, "-o", kept)
        return kept.read_text(encoding="utf-8-sig")

    def close(self, number: int) -> None:
        self.service.command("waves", "close", number)

    def release(self, number: int) -> None:
        self.service.command("waves", "release", number)

    def merge(self, site: str, into: str, on: date) -> None:
        by = ("--by", "evaluator@example.org")
        self.service.command("study", "site-event", site, "merged", "--on", on, "--into", into, *by)
