"""Texts that would be scripts, through every field and into every page that shows them: shown as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import count
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import update

from surveys.people import search_text
from surveys.store import Store
from surveys.tables import Person, Site
from tests.attacks.conftest import LONG
from tests.attacks.payloads import PAYLOADS, RUNS
from tests.attacks.test_callbacks import CALLBACKS
from tests.small_study import SmallStudy
from tests.webapp.conftest import LiveApp, Visitor
from tests.webapp.interview.conftest import Respondent, about_contact

PLAIN = "Qq"
OWN_MARKUP = re.compile(r"</?(?:b|br|extra|span)>")


class Reading(HTMLParser):
    """What a browser makes of a page: its elements with the names of their attributes, and its texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.bones: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bones.append((tag, tuple(sorted(name for name, _value in attrs))))
        self.texts += [value or "" for _name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def shows(page: str, like: str, payload: str) -> bool:
    """Whether a page is built as the page `like`, and holds the payload only as text."""
    read = Reading(page)
    assert read.bones == Reading(like).bones, payload
    return any(payload in text for text in read.texts)


def test_there_are_sixty() -> None:
    assert len(set(PAYLOADS)) == 60


def pages_with_name(ada: Respondent, name: str) -> dict[str, str]:
    """Every page of an interview that shows a typed name, other words and a long text."""
    number = int(ada.to(ada.type_name(name)).rpartition("/")[2].partition("?")[0])
    pages = {"describe": ada.get(f"/advice_names/describe/{number}").text}
    pages["names"] = ada.get(f"/advice_names?added={number}").text
    pages["remove"] = ada.get(f"/advice_names/remove/{number}").text
    ada.post("/advice_names")
    pages["grid"] = ada.get("/topic_grid").text
    ada.post("/topic_grid", {f"flow.{number}.epma": ["i_get"]})
    pages["person"] = ada.get(f"/about_contacts/{number}").text
    ada.post(f"/about_contacts/{number}", about_contact(number))
    ada.post("/story", {"exchange": name})
    pages["story"] = ada.get("/story").text
    pages["check"] = ada.get("/check").text
    ada.post(f"/advice_names/remove/{number}", {"sure": "yes"})
    return pages


def test_what_a_respondent_types_is_shown_as_it_was_typed(ada: Respondent) -> None:
    ada.to_names()
    like = pages_with_name(ada, PLAIN)
    for payload in PAYLOADS:
        typed = " ".join(payload.split())
        for place, page in pages_with_name(ada, payload).items():
            assert shows(page, like[place], typed), (place, payload)


def test_what_is_shown_again_beside_a_message_is_shown_as_it_was_typed(ada: Respondent, client: Visitor) -> None:
    visits = count(1)

    def again(text: str) -> dict[str, str]:
        client.environ_base["REMOTE_ADDR"] = f"10.0.0.{next(visits)}"  # an address may try twenty passwords a minute
        long, token = text * 250, client.token()
        wrong = {"email": text, "password": "wrong", "csrf_token": token}
        return {
            "too long": ada.post("/advice_names/add", {"prompt": "any", "name": long[:900], "person": ""}).text,
            "waiting": ada.post("/advice_names", {"name": text}).text,
            "other": ada.post("/about_you", {"site": text, "role": text}).text,
            "nobody": ada.get(f"/advice_names?added={text}&notice={text}").text,
            "sign-in": client.post("/sign-in", data=wrong).text,
            "nowhere": client.get("/nowhere", query_string={"q": text}).text,
        }

    ada.to_names()
    like = again(PLAIN)
    for payload in PAYLOADS:
        for place, page in again(payload).items():
            shown = shows(page, like[place], payload if place == "sign-in" else " ".join(payload.split()))
            assert shown or place not in ("too long", "waiting", "sign-in"), (place, payload)


def rename(store: Store, study: SmallStudy, name: str) -> None:
    """Give sites, people and their jobs a name, as an import would."""
    with store.writing() as session:
        session.execute(update(Site).values(name=name, region=name))
        session.execute(update(Person).values(name=name, job_title=name, search_text=search_text("abc", "", "")))


def test_imported_names_are_shown_as_they_were_written(
    app: Flask, store: Store, study: SmallStudy, ada: Respondent, ben: Respondent
) -> None:
    def pages() -> dict[str, str]:
        return {
            "start": ada.get("").text,
            "about": ben.get("/about_you").text,
            "names": ben.get("/advice_names").text,
            "choose": ben.get("/advice_names/choose?q=abc").text,
            "grid": ben.get("/topic_grid").text,
            "check": ben.get("/check").text,
        }

    ben.to_check("p3")
    rename(store, study, PLAIN)
    like = pages()
    for payload in PAYLOADS:
        rename(store, study, payload)
        for place, page in pages().items():
            assert shows(page, like[place], payload), (place, payload)
        found = ben.get("/advice_names/search?q=abc")
        assert found.mimetype == "application/json"
        assert {match["label"] for match in found.json["matches"]} == {payload}
    ben.post("/finish")
    rename(store, study, PLAIN)
    like_done = ben.get("/done").text
    for payload in PAYLOADS:
        rename(store, study, payload)
        done, words = Reading(ben.get("/done").text), payload.split()
        assert set(done.bones) <= {*Reading(like_done).bones, ("tspan", ("x", "y"))}, payload  # long names are broken
        assert all(any(word in text for text in done.texts) for word in words[:1]), payload


def texts_of(part: Any, *, drawn: bool = False) -> Iterator[str]:
    """Every text within the Plotly figures of an answer."""
    if isinstance(part, dict):
        for key, inside in part.items():
            yield from texts_of(inside, drawn=drawn or key == "figure")
    elif isinstance(part, list):
        for inside in part:
            yield from texts_of(inside, drawn=drawn)
    elif isinstance(part, str) and drawn:
        yield part


def test_figures_hold_no_markup_of_anyone(
    reader: Visitor, right: dict[str, Any], store: Store, study: SmallStudy, ben: Respondent
) -> None:
    ben.to_check("p3")
    ben.post("/finish")
    drawn = 0
    pages = ("response", "flows", "roles", "growth")
    for number, payload in enumerate(PAYLOADS):
        rename(store, study, payload)
        for page in pages if LONG else (pages[number % 3], "flows"):
            right["inputs"][0]["value"], right["inputs"][1]["value"] = f"/dashboards/{page}", ""
            answer = reader.post(CALLBACKS, json=right)
            assert answer.status_code == 200
            for text in texts_of(answer.json):
                theirs = OWN_MARKUP.sub("", text)
                drawn += RUNS in theirs
                assert not (RUNS in theirs and "<" in theirs), (page, text)
    assert drawn > len(PAYLOADS)


@pytest.mark.browser
def test_in_a_browser_nothing_runs(page: Page, live_app: LiveApp, store: Store, study: SmallStudy) -> None:
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda fault: said.append(str(fault)))
    name = PAYLOADS[5]
    rename(store, study, name)
    page.goto(f"{live_app.url}/interview/{study.tokens['p1']}")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_label("I have read about this study.").check()
    page.get_by_label("I choose to take part.").check()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_url("**/advice_names")
    page.locator(".autocomplete__input").press_sequentially("abc")
    option = page.locator(".autocomplete__option", has_text="alert").first
    option.wait_for()
    assert name in option.inner_text()
    option.click()
    page.get_by_role("status").filter(has_text="Added").wait_for()
    page.locator(".autocomplete__input").fill(PAYLOADS[2])
    page.locator(".autocomplete__input").press("Enter")
    page.wait_for_url("**/describe/*")
    assert PAYLOADS[2] in page.inner_text("main")
    assert said == []
