"""The preview: every page for any wave, role and language, for those who write questionnaires, and nothing kept."""

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from surveys.studies import publish_instrument
from surveys.tables import Alter, Answer, Interview, Invitation, SavedStep
from webapp.preview.routes import ASKS

WHOLE = Path(__file__).parents[2] / "instruments" / "samples" / "whole.yaml"
PAGES = (
    "consent", "welcome", "about_you", "still_in_touch", "advice_names", "topic_grid", "about_contacts", "circles",
    "who_knows_whom/1", "how_close/1/2", "other_sites", "how_many", "picture",
)  # fmt: skip


@pytest.fixture
def version(store, study, clock) -> int:
    with store.writing() as session:
        return publish_instrument(session, study.study, WHOLE.read_text(encoding="utf-8"), now=clock()).id


@pytest.fixture
def kept(store):
    def count() -> list[int]:
        with store.reader() as session:
            tables = (Interview, Invitation, SavedStep, Alter, Answer)
            return [session.scalar(select(func.count()).select_from(table)) for table in tables]

    return count


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_is_shown_and_nothing_is_kept(client, evaluator, version, kept, language):
    client.sign_in(evaluator)
    before = kept()
    for page in PAGES:
        shown = client.get(f"/preview/{version}/{page}?wave=2&role=nurse&language={language}")
        assert shown.status_code == 200, page
        assert f'<html lang="{language}">' in shown.text and "Nothing is stored" in shown.text
        assert "/interview/" not in shown.text, page
    assert kept() == before


def test_people_are_invented_and_waves_differ(client, evaluator, version):
    client.sign_in(evaluator)
    assert "Person A" in client.get(f"/preview/{version}/topic_grid").text
    assert client.get(f"/preview/{version}").text.count("not asked") == 1
    assert "not asked" not in client.get(f"/preview/{version}?wave=2").text


def test_buttons_lead_on_and_keep_nothing(client, evaluator, version, kept):
    client.sign_in(evaluator)
    before = kept()
    answer = client.send(
        f"/preview/{version}/consent?language=cy", {"agree": "yes"}, page=f"/preview/{version}/consent"
    )
    assert answer.status_code == 303 and f"/preview/{version}/welcome?" in answer.location
    assert "language=cy" in answer.location
    end = client.send(f"/preview/{version}/picture", {}, page=f"/preview/{version}/consent")
    assert end.location.startswith(f"/preview/{version}?")
    assert kept() == before


def test_a_language_leads_to_the_same_page_in_it(client, evaluator, version):
    client.sign_in(evaluator)
    page = client.get(f"/preview/{version}/how_close/1/2?wave=2").text
    where = re.search(r'formaction="([^"]*/language[^"]*)"', page)[1].replace("&amp;", "&")
    answer = client.send(where, {"language": "cy"}, page=f"/preview/{version}/consent")
    assert answer.status_code == 303 and answer.location.startswith(f"/preview/{version}/how_close/1/2?wave=2")
    assert '<html lang="cy">' in client.get(answer.location).text
    for bogus in ("nothing", "//x", ""):
        sent = client.send(
            f"/preview/{version}/language?from={bogus}", {"language": "x"}, page=f"/preview/{version}/consent"
        )
        assert sent.location.startswith(f"/preview/{version}?")


def test_bogus_pages_versions_and_people_are_not_found(client, evaluator, version):
    client.sign_in(evaluator)
    for path in (f"/preview/{version}/nothing", "/preview/999", f"/preview/{version}/about_contacts/9", "/preview/0/x"):
        assert client.get(path).status_code == 404, path


def test_analysts_and_strangers_see_no_preview(client, analyst, version):
    assert client.get(f"/preview/{version}").status_code == 303
    client.sign_in(analyst)
    assert client.get(f"/preview/{version}").status_code == 403


def test_the_list_of_pages_says_in_words_what_each_asks(client, evaluator, version):
    client.sign_in(evaluator)
    shown = client.get(f"/preview/{version}").text
    assert [words for words in ASKS.values() if f"({words})" not in shown] == []
