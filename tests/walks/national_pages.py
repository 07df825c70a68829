"""What an evaluator does in the national study, by pressing buttons in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page

from bench.national_commands import Planned
from bench.national_service import Service

WHO, PASSWORD = "evaluator@example.org", "nine blue doors open slowly"
SAMPLES = {
    "all": "Everyone on the roster",
    "panel": "Those who sent their answers in an earlier wave",
}
STUDY = "/studies/national"


@dataclass
class ByPages:
    """The evaluator in a browser; `slowest` keeps the longest that each kind of page took to come, in seconds."""

    service: Service
    page: Page
    slowest: dict[str, float] = field(default_factory=dict)

    def prepare(self, questionnaire: Path, sites: Path) -> None:
        self._goto("/home")
        self._press("Make a study")
        self._fill(Code="national", Name="The national study")
        self._press("Make the study")
        self._link("Record the agreement")
        self._fill(Agreed_with="The sites", Day_of_the_agreement="1 12 2026", Who_may_see_what="Sites see counts.")
        self.page.get_by_label("Reference (optional)", exact=True).fill("REC 7")
        self.page.get_by_label("It was agreed that no one is judged").check()
        self._press("Record")
        self._press("Publish a questionnaire")
        self._choose(questionnaire)
        self._press("Look at it", first=True)
        self._press("Publish this version")
        self._goto(STUDY)
        self._link("Sites")
        self._press("Load sites from a file")
        self._choose(sites)
        self._press("Look at what it would change")
        self._press("Import these sites")

    def load_people(self, file: Path) -> None:
        self._goto(STUDY)
        self._link("People")
        self._press("Load people from a file")
        self._choose(file)
        self.page.get_by_label("They have left, wherever they are").check()
        self._press("Look at what it would change")
        self._press("Import these people")

    def plan(self, number: int, wave: Planned) -> None:
        self._goto(STUDY)
        self._press("Plan a wave")
        self._fill(Label=wave.label, First_day=_day(wave.opens), Last_day=_day(wave.closes), Target=str(wave.target))
        self._fill(Time_on_the_first_day="09:00")
        self.page.get_by_label(SAMPLES[wave.sample]).check()
        self._press("Plan the wave")
        self._link("Mail: invitations and reminders")
        boxes = ("Days from the invitation to the first reminder", "Days from one reminder to the next")
        for label, value in zip((*boxes, "Reminders at most"), ("5", "7", "2"), strict=True):
            self.page.get_by_label(label, exact=True).fill(value)
        self._press("Save")

    def invite(self, number: int) -> None:
        self._wave(number)
        self._press("Invite people")
        self._press(re.compile(r"Invite [\d,]+ (?:people|person)"))

    def ask_everyone(self, number: int) -> None:
        self._wave(number)
        self._link("Change the settings")
        self.page.get_by_label(SAMPLES["all"]).check()
        self._press("Save")

    def open(self, number: int) -> None:
        self._wave(number)
        self._press("Open")
        self._press("Open this wave")

    def queue_invitations(self, number: int) -> None:
        self._wave(number)
        self._link("Mail: invitations and reminders")
        self._press(re.compile(r"Queue [\d,]+ invitations?"))

    def queue_reminders(self, number: int) -> None:
        self._wave(number)
        self._link("Mail: invitations and reminders")
        self._press(re.compile(r"Queue [\d,]+ reminders?"))

    def look(self, number: int) -> str:
        """The response page, the collection table and its download; gives what was downloaded."""
        self._goto(f"/dashboards/response?study=national&wave={number}")
        self.page.locator("h1").first.wait_for()
        self.page.wait_for_load_state("networkidle")
        self._wave(number)
        self._link("What each site has given")
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name="Download this table (CSV)").click()
        return Path(waiting.value.path()).read_text(encoding="utf-8-sig")

    def close(self, number: int) -> None:
        self._wave(number)
        self._press("Close")
        self._press("Close this wave")

    def release(self, number: int) -> None:
        self._wave(number)
        self._press("Release")
        self._press("Release this wave")

    def merge(self, site: str, into: str, on: date) -> None:
        self._goto(STUDY)
        self._link("Sites")
        self._link(f"Site {site}")
        self.page.get_by_text("It merged into another site", exact=True).click()
        self.page.get_by_label("The site that it is part of now").select_option(label=f"Site {into}")
        self.page.locator("#merged-on").fill(_day(on))
        self._press("Record it: It merged into another site")

    # ---- a hand on the mouse -----------------------------------------------------------------------------------------

    def _wave(self, number: int) -> None:
        self._goto(STUDY)
        self._link(re.compile(rf"^Wave {number}: "))

    def _goto(self, path: str) -> None:
        self._timed(path, lambda: self.page.goto(self.service.url + path))
        if "/sign-in" in self.page.url:
            self._fill(**{"E-mail_address": WHO, "Password": PASSWORD})
            self._press("Sign in")
            self.page.goto(self.service.url + path)

    def _link(self, name: str | re.Pattern[str]) -> None:
        link = self.page.get_by_role("main").get_by_role("link", name=name, exact=isinstance(name, str))
        self._timed(_plain(name), link.first.click)

    def _press(self, name: str | re.Pattern[str], *, first: bool = False) -> None:
        found = self.page.get_by_role("button", name=name, exact=isinstance(name, str) and not first)
        button = found.first if first else found
        self._timed(_plain(name), button.click)
        if self.page.title().startswith("Error"):
            raise RuntimeError(f"{_plain(name)}: {self.page.get_by_role('alert').inner_text()}")

    def _timed(self, what: str, act: Callable[[], object]) -> None:
        began = perf_counter()
        act()
        self.page.wait_for_load_state()
        self.slowest[what] = max(self.slowest.get(what, 0.0), perf_counter() - began)

    def _fill(self, **values: str) -> None:
        for label, value in values.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(value)

    def _choose(self, file: Path) -> None:
        self.page.locator('input[type="file"]').set_input_files(file)


def _plain(name: str | re.Pattern[str]) -> str:
    return name if isinstance(name, str) else re.sub(r"[^A-Za-z ]", "", name.pattern.split("(")[0]).strip()


def _day(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"
