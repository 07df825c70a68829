"""One click gets no more mail: posted by mail programs without a cookie, or pressed on a page; by nothing else."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from instruments.reading_age import reading
from surveys.mailing.queueing import queue_invitations
from surveys.store import Store
from surveys.tables import Invitation, Mail, OptOut, Person
from tests.small_study import SOURCE, SmallStudy, make_small_study
from tests.webapp.conftest import Clock, Visitor
from webapp.limits import UNSUBSCRIBINGS
from webapp.link_texts import ENGLISH, OWN, link_words
from webapp.logs import mask

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def key(store: Store, study: SmallStudy, clock: Clock) -> str:
    """The key of Ada's invitation."""
    return _key(store, study, clock)


def _key(store: Store, study: SmallStudy, clock: Clock) -> str:
    with store.writing() as session:
        queue_invitations(session, study.wave, key=b"k" * 48, now=clock())
    of_ada = select(Mail.key).join(Invitation, Invitation.id == Mail.invitation_id)
    with store.reader() as session:
        found = of_ada.join(Person, Person.id == Invitation.person_id).where(Person.reference == "p1")
        return session.scalars(found).one()


@pytest.fixture
def program(app: Flask) -> FlaskClient:
    """A mail program's server: it keeps no cookies and reads no pages."""
    return app.test_client(use_cookies=False)


def stopped(store: Store) -> int:
    with store.reader() as session:
        return len(session.scalars(select(OptOut.person_id)).all())


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_stops_further_mail_with_one_post_however_often(
    program: FlaskClient, store: Store, key: str, kind: str
) -> None:
    for _again in range(3):
        answer = program.post(f"/unsubscribe/{key}", data=ONE_CLICK, content_type=kind)
        assert (answer.status_code, "We will not write to you again" in answer.text) == (200, True)
        assert "Set-Cookie" not in answer.headers
    assert stopped(store) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"List-Unsubscribe": "one-click"},
        {"List-Unsubscribe": ["One-Click", "One-Click"]},
        {"List-Unsubscribe": "One-Click", "more": "1"},
        {"list-unsubscribe": "One-Click"},
        {"csrf_token": "x", "email": "a@example.org"},
    ],
)
def test_any_other_post_changes_nothing(program: FlaskClient, store: Store, key: str, body: dict[str, object]) -> None:
    assert program.post(f"/unsubscribe/{key}", data=body).status_code == 400
    assert program.post(f"/unsubscribe/{key}", json=body).status_code == 400
    assert program.post(f"/unsubscribe/{key}?List-Unsubscribe=One-Click").status_code == 400
    assert stopped(store) == 0


def test_the_page_has_a_button_and_a_way_back(client: Visitor, store: Store, key: str) -> None:
    page = client.get(f"/unsubscribe/{key}").text
    assert "A small study" in page and "Stop writing to me" in page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)"', page))
    assert fields == ONE_CLICK, "the button posts what a mail program does"
    assert client.post(f"/unsubscribe/{key}", data=fields).status_code == 200
    assert stopped(store) == 1
    assert client.post(f"/unsubscribe/{key}/undo").status_code == 400, "it wants the form's token"
    assert client.send(f"/unsubscribe/{key}/undo", page=f"/unsubscribe/{key}").status_code == 303
    assert stopped(store) == 0


def test_what_is_not_ours_is_unknown_and_slowed_down(program: FlaskClient, store: Store, key: str) -> None:
    tries = [program.post(f"/unsubscribe/{n:032x}", data=ONE_CLICK).status_code for n in range(31)]
    assert tries == [404] * 30 + [429]
    assert program.post(f"/unsubscribe/{key}", data=ONE_CLICK).status_code == 200, "a link that is known is not held up"


def test_the_31st_press_in_a_minute_waits_and_nothing_is_lost(program: FlaskClient, store: Store, key: str) -> None:
    codes = [program.post(f"/unsubscribe/{key}", data=ONE_CLICK).status_code for _ in range(UNSUBSCRIBINGS.amount + 1)]
    assert codes == [200] * UNSUBSCRIBINGS.amount + [429]
    assert stopped(store) == 1


class TestInWelsh:
    """A questionnaire in Welsh and English has the page in both."""

    @pytest.fixture
    def study(self, store: Store, clock: Clock) -> SmallStudy:
        with store.writing() as session:
            return make_small_study(session, now=clock(), key=b"k" * 48, source=bilingual())

    def test_the_page_is_in_welsh_too_and_stays_so(
        self, client: Visitor, store: Store, study: SmallStudy, clock: Clock
    ) -> None:
        address = f"/unsubscribe/{_key(store, study, clock)}"
        assert 'name="language" value="cy"' in client.get(address).text
        page = client.get(f"{address}?language=cy").text
        assert 'lang="cy"' in page and OWN["cy"]["stop_button"] in page
        assert f'action="{address}?language=cy"' in page
        assert OWN["cy"]["stopped_title"] in client.post(f"{address}?language=cy", data=ONE_CLICK).text


def bilingual() -> str:
    """The library's questionnaire, said to be in Welsh too."""
    return SOURCE.replace("languages: [en]", "languages: [en, cy]")


def test_links_of_mails_are_masked_in_logs() -> None:
    assert "a1b2" not in mask("POST /unsubscribe/a1b2c3?language=cy 200")


def test_every_word_is_there_in_each_language_and_easy_to_read() -> None:
    assert {language: set(words) for language, words in OWN.items()} == {language: set(ENGLISH) for language in OWN}
    gaps = {name: set(re.findall(r"\{\w+\}", text)) for name, text in ENGLISH.items()}
    assert {name: set(re.findall(r"\{\w+\}", OWN["cy"][name])) for name in ENGLISH} == gaps
    measured = reading(list(ENGLISH.values()))
    assert measured.longest_sentence <= 20
    assert measured.age is not None and measured.age <= 11
    assert link_words("pl")["join_title"] == "Take part"
