"""Many presses at the same moment, over HTTP: sent once, added up to the most, and two tabs that agree."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from surveys.store import Store
from surveys.tables import Alter, Interview, Tie
from tests.attacks.conftest import BOTH_ENGINES
from tests.webapp.conftest import Visitor
from tests.webapp.interview.conftest import CONSENT, Respondent

PRESSES = 50
pytestmark = BOTH_ENGINES


def all_at_once(app: Flask, client: Visitor, path: str, *bodies: dict[str, object]) -> Counter[int]:
    """Post each body to the same address at the same time, from browsers that share one session; count the statuses."""
    token, cookie = client.token(), client.get_cookie("confer")

    def press(body: dict[str, object]) -> int:
        other = app.test_client()
        other.set_cookie("confer", cookie.value)
        return other.post(path, data={"csrf_token": token, **body}).status_code

    with ThreadPoolExecutor(10) as pool:
        return Counter(pool.map(press, bodies))


def test_fifty_submits_of_the_same_answers_are_one_submission(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.to_check("p3")
    with store.reader() as session:
        before = session.scalars(select(Interview.revision)).one()
    assert all_at_once(app, client, f"{ada.link}/finish", *[{}] * PRESSES) == {303: PRESSES}
    with store.reader() as session:
        assert session.scalars(select(Interview.revision)).one() == before + 1
        assert session.scalar(select(func.count()).select_from(Tie)) == 1
        assert session.scalars(select(Interview.finished_at)).one() is not None


def test_fifty_starts_are_one_interview(app: Flask, client: Visitor, ada: Respondent, store: Store) -> None:
    assert all_at_once(app, client, f"{ada.link}/start", *[{}] * PRESSES) == {303: PRESSES}
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Interview)) == 1


def test_fifty_different_names_fill_the_list_and_no_more(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.to_names()
    bodies = [{"prompt": "any", "person": "", "name": f"Qx{number}"} for number in range(PRESSES)]
    assert all_at_once(app, client, f"{ada.link}/advice_names/add", *bodies) == {303: 8, 422: PRESSES - 8}
    with store.reader() as session:
        assert session.scalars(select(Alter.number).order_by(Alter.number)).all() == list(range(1, 9))


def test_starting_and_declining_at_once_wait_for_each_other(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.begin()
    with ThreadPoolExecutor(2) as pool:
        presses = [
            pool.submit(all_at_once, app, client, ada.link + path, *[{}] * 20) for path in ("/start", "/decline")
        ]
    assert [press.result() for press in presses] == [{303: 20}, {303: 20}]


def test_one_person_picked_fifty_times_is_on_the_list_once(
    app: Flask, client: Visitor, ada: Respondent, store: Store
) -> None:
    ada.to_names()
    body = {"prompt": "any", "person": ada.study.people["p3"].key}
    assert all_at_once(app, client, f"{ada.link}/advice_names/add", *[body] * PRESSES) == {303: PRESSES}
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Alter)) == 1


def test_the_same_save_ten_times_is_one_answer(app: Flask, client: Visitor, ada: Respondent, counts: object) -> None:
    ada.begin()
    ada.post("/consent", CONSENT)
    before = counts()  # type: ignore[operator]
    assert all_at_once(app, client, f"{ada.link}/consent", *[CONSENT] * 10) == {303: 10}
    assert counts() == before | {"revision": before["revision"] + 10}  # type: ignore[operator]


def test_a_second_tab_that_is_behind_is_brought_along(app: Flask, ada: Respondent) -> None:
    ada.to_grid("p3", "p5")
    other = Respondent(app.test_client(), ada.link, ada.study)
    other.post("/advice_names/remove/2", {"sure": "yes"})
    assert ada.post("/topic_grid", {"flow.1.epma": ["i_get"], "flow.2.epma": ["i_get"]}).status_code in (303, 422)
    assert ada.get("/about_contacts/2").status_code == 303
    other.post("/topic_grid", {"flow.1.epma": ["i_get"]})
    other.post("/about_contacts/1", {"freq.1": "weekly", "formality.1": "informal", "origin.1": "event"})
    other.post("/story")
    other.post("/finish")
    late = ada.post("/story", {"exchange": "late"})
    assert ada.to(late) == "/done"
