"""The front door, and the first page of each role."""

from __future__ import annotations

from datetime import timedelta

from surveys.store import Store
from surveys.tables import Wave
from tests.small_study import SmallStudy, answered_about_ego
from tests.webapp.conftest import Clock, Visitor, Who
from webapp.manage.overview import studies


def test_the_front_door_says_what_this_is_and_where_to_go(client: Visitor) -> None:
    page = client.get("/").text
    assert "Use the link in your e-mail" in page
    assert 'href="/sign-in"' in page


def test_the_front_door_leads_home_when_signed_in(client: Visitor, evaluator: Who) -> None:
    client.sign_in(evaluator)
    assert client.get("/").location == "/home"


def test_without_a_study_the_page_says_how_to_make_one(client: Visitor, administrator: Who) -> None:
    client.sign_in(administrator)
    assert "flask study create" in client.get("/home").text


def test_an_analyst_finds_the_four_dashboards_of_each_study(client: Visitor, analyst: Who, study: SmallStudy) -> None:
    client.sign_in(analyst)
    page = client.get("/home").text
    for name in ("response", "flows", "roles", "growth"):
        assert f'href="/dashboards/{name}?study=small"' in page


def test_an_evaluator_finds_who_has_answered_and_reads_that_the_rest_is_for_analysts(
    client: Visitor, evaluator: Who, study: SmallStudy
) -> None:
    client.sign_in(evaluator)
    page = client.get("/home").text
    assert 'href="/dashboards/response?study=small"' in page
    assert page.count('href="/dashboards/') == 1
    assert "are for accounts with the role of analyst." in page


def test_waves_show_what_holds_now(store: Store, study: SmallStudy, clock: Clock) -> None:
    with store.writing() as session:
        answered_about_ego(session, study)
    with store.reader() as session:
        (line,) = studies(session, now=clock())
        (wave,) = line.waves
        assert (line.name, wave.status, wave.invited, wave.finished) == ("A small study", "open", 6, 0)
        assert studies(session, now=clock() + timedelta(days=60))[0].waves[0].status == "closed"
        assert studies(session, now=clock() - timedelta(days=60))[0].waves[0].status == "planned"


def test_a_name_is_shown_as_it_was_typed(client: Visitor, analyst: Who, study: SmallStudy, store: Store) -> None:
    with store.writing() as session:
        wave = session.get(Wave, study.wave.id)
        assert wave is not None
        wave.label = "<script>alert(1)</script>"
    client.sign_in(analyst)
    page = client.get("/home").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
