"""Counts the screens, clicks and keystrokes of one interview in a browser: five of 200 people, five attributes each.

The start page and the confirmation count as screens; reloads of the page of names do not, for the page stays the same.
"""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from bench.services import NOW, new_service
from surveys.invitations import invite
from surveys.people import new_key, search_text
from surveys.studies import publish_instrument
from surveys.tables import Person
from surveys.waves import add_wave, open_wave
from tests.conftest import CHROMIUM_FLAGS
from tests.small_study import SmallStudy, make_small_study, tokens

PEERS = Path(__file__).parents[2] / "bench" / "peers.yaml"
TYPED = (
    ("ben", "Ben Costa"), ("dee o", "Dee Okafor"), ("novak", "Eli Novák"), ("raj k", "Raj Khan"), ("raj k", "Raj Khan"),
)  # fmt: skip
"""What is typed until the person is among the ten that are listed: there are eleven called Dee, and two Raj Khan."""
CHOSEN = ("weekly", "informal", "both")
FIRST = (
    "Ada", "Ben", "Cai", "Dee", "Eli", "Fay", "Gus", "Hana", "Ivo", "Joy", "Kit", "Lea", "Mia", "Ned", "Oti", "Pam",
    "Quin", "Raj", "Sue", "Tom",
)  # fmt: skip
LAST = ("Abbot", "Bardsey", "Coombe", "Denholm", "Elwick", "Farrow", "Gorse", "Heddle", "Khan", "Larkin")
ROSTER = 200


@dataclass
class Effort:
    """What the interview took; `keys` are characters typed."""

    screens: int = 0
    clicks: int = 0
    keys: int = 0


class Walk:
    """One browser's way, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.effort, self.seen = page, Effort(), set[str]()

    def arrive(self) -> None:
        self.page.wait_for_load_state()
        address = self.page.url.partition("?")[0]
        self.effort.screens += address not in self.seen
        self.seen.add(address)

    def click(self, thing: Locator) -> None:
        thing.click()
        self.effort.clicks += 1

    def press(self, name: str) -> None:
        here = self.page.url
        self.click(self.page.get_by_role("button", name=name))
        self.page.wait_for_url(lambda url: url != here)
        self.arrive()


def walk(page: Page, link: str) -> Effort:
    """The whole interview, with what a person does for each answer."""
    going = Walk(page)
    page.goto(link)
    going.arrive()
    going.press("Start")
    going.click(page.get_by_label("I choose to take part."))
    going.press("Continue")
    for at, (typed, name) in enumerate(TYPED):
        _pick(going, typed, name, place=at - TYPED.index((typed, name)), first=at == 0, last=at == len(TYPED) - 1)
    page.wait_for_load_state("networkidle")  # the box comes with a script of its own, and moves the button
    going.press("Continue with 5 people")
    for row in page.locator(".app-matrix tbody tr").all():
        box = next(box for value in CHOSEN if (box := row.locator(f'input[value="{value}"]')).count())
        going.click(box)
    going.press("Continue")
    going.press("Send my answers")
    return going.effort


def _pick(going: Walk, typed: str, name: str, *, place: int, first: bool, last: bool) -> None:
    """Type a few letters and pick; the box has the focus after each pick."""
    box = going.page.locator(".autocomplete__input")
    if first:
        going.click(box)
    going.page.keyboard.type(typed)
    going.effort.keys += len(typed)
    found = going.page.locator(".autocomplete__option", has_text=name).nth(place)
    found.wait_for()
    here = going.page.url
    going.click(found)
    going.page.wait_for_url(lambda url: url != here)
    going.arrive()
    if not last:
        expect(box).to_be_focused()


def _fill_roster(session: Session, small: SmallStudy) -> None:
    """Colleagues until the roster has 200 people, up to ten of each first name among them."""
    like, missing = small.people["p2"], ROSTER - len(small.people)
    names = [f"{first} {last}" for last in LAST for first in FIRST if (first, last) != ("Raj", "Khan")]
    for at, name in enumerate(names[:missing]):
        session.add(
            Person(
                key=new_key(), study_id=small.study.id, reference=f"more{at}", name=name, job_title="Nurse",
                site_id=like.site_id, role_id=like.role_id, search_text=search_text(name, "Nurse", "Site B"),
            )
        )  # fmt: skip
    session.flush()


def serve_and_walk(page: Page) -> Effort:
    """The walk on a service of its own, over the small study with the peers' survey."""
    app, store, key = new_service()
    with store.writing() as session:
        small = make_small_study(session, now=NOW, key=key)
        _fill_roster(session, small)
        version = publish_instrument(session, small.study, PEERS.read_text(encoding="utf-8"), now=NOW)
        wave = add_wave(
            session, small.study, version, "Peers", opens_at=small.wave.opens_at, closes_at=small.wave.closes_at
        )
        open_wave(wave)
        invite(session, wave, [small.people["p1"]], key=key, now=NOW)
        token = tokens(session, wave, key)["p1"]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        return walk(page, f"http://127.0.0.1:{server.port}/interview/{token}")
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


def walk_in_a_browser() -> Effort:
    """The walk in a browser of its own: the machine's, or the one that Playwright installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        effort = serve_and_walk(browser.new_page(viewport={"width": 1280, "height": 900}))
        browser.close()
    return effort
