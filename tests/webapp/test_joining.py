"""A site's poster and the page behind its link: off at first, counted, slowed down, and of nobody else."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from config import Settings
from surveys.store import Store
from surveys.tables import Invitation, OpenLink, Study
from tests.small_study import SmallStudy, make_small_study
from tests.webapp.conftest import Clock, Visitor, Who
from tests.webapp.test_unsubscribing import bilingual
from webapp.link_texts import OWN

POSTERS = "/studies/small/waves/1/posters"


@pytest.fixture
def editor(client: Visitor, evaluator: Who, study: SmallStudy, store: Store) -> Visitor:
    with store.writing() as session:
        session.get_one(Study, study.study.id).open_links_allowed = True
    client.sign_in(evaluator)
    return client


@pytest.fixture
def poster(editor: Visitor) -> str:
    """The path of site A's open link, for two people."""
    assert editor.send(POSTERS, {"site": "A", "most": "2"}, page="/home").location == f"{POSTERS}?said=made"
    found = re.search(r"http://[^/]+(/join/[\w-]+)", editor.get(f"{POSTERS}/A").text)
    assert found is not None
    return found[1]


@pytest.fixture
def phone(app) -> Visitor:
    """A browser that is not signed in."""
    return app.test_client()


def attempt(phone: Visitor, link: str) -> dict[str, object]:
    found = re.search(r'name="attempt" value="([^"]+)"', phone.get(link).text)
    assert found is not None
    return {"attempt": found[1], "role": "nurse"}


def count(store: Store) -> int:
    with store.reader() as session:
        return len(session.scalars(select(Invitation.id).where(Invitation.came_by == "link")).all())


def test_posters_are_off_until_the_study_permits_them(client: Visitor, evaluator: Who, study: SmallStudy) -> None:
    client.sign_in(evaluator)
    assert "does not permit links that anyone may use" in client.get(POSTERS).text
    assert "Links for posters" not in client.get("/studies/small/waves/1").text
    assert client.send(POSTERS, {"site": "A", "most": "2"}, page="/home").status_code == 422
    assert client.get(f"{POSTERS}/A").status_code == 404


def test_a_poster_holds_a_picture_of_its_link_and_nothing_from_elsewhere(editor: Visitor, poster: str) -> None:
    page = editor.get(f"{POSTERS}/A").text
    assert "<svg" in page
    assert poster in page
    assert "<script" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    ("values", "field"), [({"site": "Z", "most": "2"}, "site"), ({"site": "A", "most": "²"}, "most")]
)
def test_what_cannot_be_made_is_said_beside_its_box(editor: Visitor, values: dict[str, object], field: str) -> None:
    answer = editor.send(POSTERS, values, page="/home")
    assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True)


def test_looking_at_the_link_changes_nothing(phone: Visitor, poster: str, store: Store) -> None:
    for _ in range(20):
        assert phone.get(poster).status_code == 200
        phone.head(poster)
    assert phone.send(poster, {"attempt": "x"}, page=poster).status_code == 422
    assert count(store) == 0


def test_whoever_comes_gets_an_interview_of_their_own_and_pressing_twice_is_once(
    phone: Visitor, poster: str, store: Store
) -> None:
    values = attempt(phone, poster)
    first = phone.send(poster, values, page=poster).location
    assert phone.send(poster, values, page=poster).location == first
    assert first.startswith("/interview/")
    assert "Somebody at Site A" in phone.get(first).text
    assert phone.send(f"{first}/start", page=first).status_code == 303
    assert count(store) == 1


def test_the_link_is_full_when_as_many_as_may_have_used_it(phone: Visitor, poster: str, store: Store) -> None:
    for _ in range(2):
        assert phone.send(poster, attempt(phone, poster), page=poster).status_code == 303
    full = phone.send(poster, attempt(phone, poster), page=poster)
    assert (full.status_code, "As many people as can" in full.text) == (410, True)
    assert count(store) == 2


def test_a_closed_link_is_as_unknown_as_any(editor: Visitor, phone: Visitor, poster: str) -> None:
    editor.send(f"{POSTERS}/close", {"site": "A"}, page="/home")
    unknown = phone.get("/join/nonsense")
    assert (phone.get(poster).status_code, unknown.status_code) == (404, 404)
    assert phone.get(poster).text == unknown.text


def test_the_31st_use_in_a_minute_waits(editor: Visitor, phone: Visitor, store: Store) -> None:
    editor.send(POSTERS, {"site": "A", "most": "100"}, page="/home")
    with store.reader() as session:
        assert session.scalars(select(OpenLink.most)).one() == 100
    found = re.search(r"http://[^/]+(/join/[\w-]+)", editor.get(f"{POSTERS}/A").text)
    assert found is not None
    values = attempt(phone, found[1]) | {"csrf_token": phone.token(found[1])}
    answers = [phone.post(found[1], data=values | {"attempt": f"a{n}"}).status_code for n in range(31)]
    assert answers == [303] * 30 + [429]


def test_commands_make_the_same_link_and_close_it(app, editor: Visitor, phone: Visitor, poster: str) -> None:
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["waves", "open-link", "1", "A", "--most", "9"]).output
    assert printed.strip().endswith(poster)
    assert "People who used it: 0" in runner.invoke(args=["waves", "close-link", "1", "A"]).output
    assert "no site “Z”" in runner.invoke(args=["waves", "open-link", "1", "Z", "--most", "9"]).output
    assert phone.get(poster).status_code == 404


class TestInWelsh:
    """A questionnaire in Welsh and English has its poster's page in both."""

    @pytest.fixture
    def study(self, store: Store, clock: Clock, settings: Settings) -> SmallStudy:
        with store.writing() as session:
            return make_small_study(session, now=clock(), key=settings.secret_key.encode(), source=bilingual())

    def test_the_page_its_errors_and_the_way_on_are_in_the_language_chosen(self, phone: Visitor, poster: str) -> None:
        assert 'name="language" value="cy"' in phone.get(poster).text
        welsh = f"{poster}?language=cy"
        page = phone.get(welsh).text
        assert OWN["cy"]["join_role"] in page and 'lang="cy"' in page and "Take part" not in page
        refused = phone.send(welsh, {"attempt": "x"}, page=welsh)
        assert (refused.status_code, OWN["cy"]["join_role_empty"] in refused.text) == (422, True)
        assert "Mae problem" in refused.text
        values = attempt(phone, welsh)
        assert phone.send(welsh, values, page=welsh).location.endswith("?language=cy")

    def test_a_closed_wave_and_an_unknown_link_are_told_in_welsh_too(
        self, phone: Visitor, poster: str, clock: Clock
    ) -> None:
        clock.pass_time(days=60)
        closed = phone.get(poster, headers={"Accept-Language": "cy"})
        assert (closed.status_code, "Caeodd yr arolwg hwn" in closed.text) == (410, True)
        unknown = phone.get("/join/nonsense", headers={"Accept-Language": "cy"})
        assert (unknown.status_code, "Nid ydym yn adnabod y ddolen hon" in unknown.text) == (404, True)
