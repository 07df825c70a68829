"""The pages of mail texts: previewed, saved, refused beside the field, told of when others changed them, tried out."""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from config import MailSettings, Settings
from surveys.mailing.rewording import TextNow, text_now
from surveys.store import Store
from surveys.tables import Study
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, Visitor, Who

LIST = "/studies/small/mail-texts"
PAGE = f"{LIST}/invitation/en"
MAIL = "/studies/small/waves/1/reminders"
OWN = {"subject": "Hello from {study}", "body": "Dear {name},\r\n\r\nHere: {link}\r\n"}


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    made = Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)
    return replace(made, mail=MailSettings(carrier="folder", folder=str(tmp_path / "outbox")))


@pytest.fixture
def editor(client: Visitor, evaluator: Who, study: SmallStudy) -> Visitor:
    client.sign_in(evaluator)
    return client


def send(editor: Visitor, values: dict[str, str], path: str = PAGE) -> TestResponse:
    return editor.send(path, dict(values), page=PAGE)


def now(store: Store) -> TextNow:
    with store.reader() as session:
        return text_now(session, session.get_one(Study, 1), "invitation", "en")


def test_the_list_leads_to_each_text_and_the_study_and_the_wave_lead_to_it(editor: Visitor) -> None:
    assert LIST in editor.get("/studies/small").text
    assert LIST in editor.get(MAIL).text
    page = editor.get(LIST).text
    assert page.count("Comes with the service") == len(re.findall(rf"{LIST}/\w+/\w+", page))
    assert f"{LIST}/reminder/en" in page
    assert editor.get(f"{LIST}/letter/en").status_code == editor.get(f"{LIST}/reminder/fr").status_code == 404


def test_a_text_is_shown_as_people_see_it_with_every_place_told(editor: Visitor) -> None:
    page = editor.get(PAGE).text
    assert "Please take part: A small study" in page
    assert "Hello Sam Sample," in page
    for place in ("name", "link", "closes", "minutes", "study", "opt_out"):
        assert f">{{{place}}}</dt>" in page


def test_a_preview_keeps_nothing_and_a_save_is_used(editor: Visitor, store: Store) -> None:
    seen = send(editor, OWN | {"revision": "0", "do": "preview"})
    assert "Dear Sam Sample," in seen.text and "This is not saved yet." in seen.text
    assert not now(store).wording.own
    assert send(editor, OWN | {"revision": "0"}).location == f"{PAGE}?said=changed"
    assert (now(store).wording.body, now(store).revision) == ("Dear {name},\n\nHere: {link}\n", 1)
    assert send(editor, OWN | {"revision": "1"}).location == f"{PAGE}?said=same"
    assert "Your own words, saved on 2 November 2026 at 09:00 GMT" in editor.get(LIST).text


@pytest.mark.parametrize("do", ["save", "preview"])
def test_what_cannot_be_sent_is_said_beside_its_box_and_the_text_is_kept(
    editor: Visitor, store: Store, do: str
) -> None:
    bad = {"subject": "Hello {nmae}", "body": "No link <b>here</b>", "revision": "0", "do": do}
    refused = send(editor, bad)
    assert refused.status_code == 422
    assert "{nmae}, which nothing fills" in refused.text and "The body has no {link}." in refused.text
    assert 'href="#subject"' in refused.text and 'href="#body"' in refused.text
    assert "No link &lt;b&gt;here&lt;/b&gt;" in refused.text and 'value="Hello {nmae}"' in refused.text
    assert now(store).revision == 0


def test_whoever_saves_second_is_told_with_both_and_chooses(editor: Visitor, store: Store) -> None:
    send(editor, OWN | {"revision": "0"})
    mine = {"subject": "Mine", "body": "My words: {link}\n", "revision": "0"}
    both = send(editor, mine)
    assert both.status_code == 409
    assert "Somebody else changed this text" in both.text
    assert "Dear {name}," in both.text and "My words: {link}" in both.text
    assert now(store).wording.subject == OWN["subject"]
    undecided = send(editor, mine | {"revision": "1", "deciding": "yes", "keep.subject": "saved"})
    assert (undecided.status_code, 'href="#keep.body"' in undecided.text) == (422, True)
    chosen = mine | {"revision": "1", "deciding": "yes", "keep.subject": "saved", "keep.body": "mine"}
    assert send(editor, chosen).status_code == 303
    assert (now(store).wording.subject, now(store).wording.body) == (OWN["subject"], "My words: {link}\n")


def test_the_services_words_come_back_unless_somebody_wrote_meanwhile(editor: Visitor, store: Store) -> None:
    send(editor, OWN | {"revision": "0"})
    assert send(editor, {"revision": "0"}, f"{PAGE}/reset").status_code == 409
    assert now(store).wording.own
    assert send(editor, {"revision": "1"}, f"{PAGE}/reset").location == f"{PAGE}?said=reset"
    assert not now(store).wording.own and "Hello Sam Sample," in editor.get(PAGE).text


def test_a_test_goes_to_ones_own_address_and_leads_to_the_preview(
    editor: Visitor, tmp_path: Path, clock: Clock
) -> None:
    send(editor, OWN | {"revision": "0"})
    assert send(editor, {}, f"{PAGE}/test").location == f"{PAGE}?said=tried"
    clock.pass_time(seconds=1)
    assert send(editor, {}, f"{MAIL}/test/reminder").location == f"{MAIL}?said=tried-reminder"
    assert "A test of the reminder was sent" in editor.get(f"{MAIL}?said=tried-reminder").text
    mails = [message_from_bytes(one.read_bytes(), policy=default) for one in (tmp_path / "outbox").iterdir()]
    assert {mail["To"].addresses[0].addr_spec for mail in mails} == {"evaluator@example.org"}
    assert {mail["Subject"].split(":")[0] for mail in mails} == {"TEST"}
    texts = " ".join(mail.get_body(("plain",)).get_content() for mail in mails)
    assert "Dear Sam Sample" in texts and "/preview/" in texts and "/interview/" not in texts


class TestWithoutACarrier:
    """Where mail is not set up, a test says what to set."""

    @pytest.fixture
    def settings(self, sqlite_url: str) -> Settings:
        return Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)

    def test_it_is_said_what_to_set(self, editor: Visitor) -> None:
        for path in (f"{PAGE}/test", f"{MAIL}/test/invitation"):
            refused = send(editor, {}, path)
            assert (refused.status_code, "Set MAIL_CARRIER" in refused.text) == (409, True)


def test_before_any_wave_a_text_is_filled_with_invented_days(editor: Visitor, store: Store) -> None:
    editor.send("/new-study", {"code": "new", "name": "A new study"}, page="/new-study")
    page = editor.get("/studies/new/mail-texts/invitation/en").text
    assert "Please take part: A new study" in page and "until 30 November 2026" in page
