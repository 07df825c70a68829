"""Refusals as respondents read them: in the interview's language, else the browser's, else in English and Welsh."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from surveys.store import Store
from tests.webapp.interview.conftest import Respondent
from tests.webapp.interview.test_screens import bilingual  # noqa: F401
from webapp import errors
from webapp.guard import LINK, access
from webapp.interview.texts.refusals import WELSH_REFUSALS

UNKNOWN = "/interview/AAAAAAAAAAAAAAAAAAAAAA"
ENGLISH_WORDS, WELSH_WORDS = "We do not know this link", "Nid ydym yn adnabod y ddolen hon"


def main_of(answer) -> str:
    return answer.text.split("<main")[1].split("</main>")[0]


def test_an_unknown_link_is_refused_in_both_languages_english_first(client):
    answer = client.get(UNKNOWN)
    main = main_of(answer)
    assert answer.status_code == 404 and '<html lang="en">' in answer.text
    assert main.index(ENGLISH_WORDS) < main.index('<div lang="cy">') < main.index(WELSH_WORDS)
    assert answer.text.count("<h1") == 1
    assert f"<title>{ENGLISH_WORDS} – {WELSH_WORDS} – " in answer.text


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [("cy,en;q=0.5", WELSH_WORDS, ENGLISH_WORDS), ("en-GB,en;q=0.9", ENGLISH_WORDS, WELSH_WORDS)],
)
def test_the_browsers_language_is_used_where_nothing_else_is_known(client, asked, said, unsaid):
    answer = client.get(UNKNOWN, headers={"Accept-Language": asked})
    assert said in answer.text and unsaid not in answer.text


def test_a_language_that_we_do_not_have_is_answered_in_both(client):
    answer = client.get(UNKNOWN, headers={"Accept-Language": "pl"})
    assert ENGLISH_WORDS in answer.text and WELSH_WORDS in answer.text


def test_a_choice_made_in_this_browser_comes_before_what_the_browser_asks_for(bilingual):  # noqa: F811
    bilingual.post("/language?from=start", {"language": "cy"})
    answer = bilingual.client.get(UNKNOWN, headers={"Accept-Language": "en"})
    assert WELSH_WORDS in answer.text and ENGLISH_WORDS not in answer.text
    assert '<html lang="cy">' in answer.text


def test_a_page_that_is_not_there_is_refused_in_the_interviews_language_with_a_way_back(bilingual):  # noqa: F811
    bilingual.begin()
    bilingual.post("/language?from=consent", {"language": "cy"}, page="/consent")
    other = bilingual.client.application.test_client()
    answer = other.get(f"{bilingual.link}/nothing", headers={"Accept-Language": "en"})
    assert answer.status_code == 404 and "Heb ddod o hyd" in answer.text and "Page not found" not in answer.text
    assert f'<a href="{bilingual.link}">Ewch yn ôl' in answer.text


def test_a_questionnaire_in_english_alone_is_refused_in_english_alone(ada: Respondent):
    answer = ada.begin().client.get(f"{ada.link}/nothing", headers={"Accept-Language": "cy"})
    assert "Page not found" in answer.text and 'lang="cy"' not in answer.text


def test_a_wave_that_is_over_or_not_open_yet_says_the_day_in_each_language(
    bilingual,  # noqa: F811
    store: Store,
    clock,
):
    clock.pass_time(days=20)
    over = bilingual.get()
    assert over.status_code == 410 and "This survey closed on 11 November 2026." in over.text
    assert "Caeodd yr arolwg hwn ar 11 Tachwedd 2026." in over.text
    with store.writing() as session:
        session.execute(text("UPDATE wave SET opens_at = :day, closes_at = :end"), _from(clock()))
    early = bilingual.get()
    assert early.status_code == 410 and "It opens on 25 November 2026." in early.text
    assert "Mae'n agor ar 25 Tachwedd 2026." in re.sub("&#39;", "'", early.text)


def _from(now) -> dict[str, str]:
    at = [now + timedelta(days=days) for days in (3, 9)]
    return dict(zip(("day", "end"), (f"{one:%Y-%m-%d %H:%M:%S.%f}" for one in at), strict=True))


def test_too_much_at_once_is_refused_in_both(client, links):
    answer = client.post(f"{UNKNOWN}/start", data={"csrf_token": client.token(), "x": "x" * 70_000})
    assert answer.status_code == 413 and "too much to send" in answer.text and "ormod" in answer.text


def test_too_many_links_are_refused_in_both(client):
    answers = [client.get(UNKNOWN) for _ in range(31)]
    assert answers[-1].status_code == 429 and "Too many tries" in answers[-1].text
    assert "Gormod o gynigion" in answers[-1].text


def test_a_fault_of_ours_is_told_in_both_and_looks_nothing_up(app, client, links, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @access(LINK)
    def broken(token: str) -> None:
        raise RuntimeError("a fault with a secret: 7f3a")

    monkeypatch.setitem(app.view_functions, "interview.start", broken)
    answer = client.get(links["p1"])
    assert answer.status_code == 500 and "7f3a" not in answer.text
    assert "This is our fault, not yours" in answer.text and "Ein bai ni yw hyn" in answer.text


def test_staff_pages_stay_in_english(client):
    answer = client.get("/nothing")
    assert "Page not found" in answer.text and 'lang="cy"' not in answer.text


def test_every_refusal_with_a_name_has_its_welsh_with_as_much_advice():
    named = {one.name: one for one in vars(errors).values() if isinstance(one, errors.Refusal) and one.name}
    assert named.keys() == WELSH_REFUSALS.keys()
    assert {name: len(WELSH_REFUSALS[name]) - 1 for name in named if name != "not_allowed"} == {
        name: len(one.advice) for name, one in named.items() if name != "not_allowed"
    }


def test_refusals_while_adding_people_are_in_the_interviews_language(bilingual):  # noqa: F811
    bilingual.begin()
    bilingual.post("/consent", {"agree": "yes"})
    bilingual.post("/about", {"nickname": "Kit", "born": "2019-05-07"})
    bilingual.post("/language?from=names", {"language": "cy"}, page="/consent")
    hidden = bilingual.post("/names/add", {"prompt": "any", "name": "Kit\x07"}, page="/consent")
    assert hidden.status_code == 422 and "characters" not in main_of(hidden)
    gone = bilingual.post("/names/add", {"prompt": "any", "person": "nobody"}, page="/consent")
    assert gone.status_code == 422 and "Ni allem ddod o hyd" in gone.text
