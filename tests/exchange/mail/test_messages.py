"""Letters as MIME: two parts with the same words, headers that bring back what comes back, nothing loaded."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.mail.messages import Sender, SenderRefused, html, message
from surveys.mailing.letters import Part
from tests.exchange.mail.letters import BODY, LETTER, LINK, NOW, SENDER

KEY = LETTER.key


def read(data: bytes) -> EmailMessage:
    found = message_from_bytes(data, policy=default)
    assert isinstance(found, EmailMessage)
    return found


class Page(HTMLParser):
    """The texts and tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_letter_survives_the_way_through_bytes() -> None:
    mail = read(message(LETTER, SENDER, now=NOW).as_bytes())
    assert mail["To"] == "Zoë O'Neil <zoe@example.org>"
    assert mail["From"] == "A trust <survey@confer.example>"
    assert mail["Subject"] == "Please take part: Café"
    plain, page = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None and plain.get_content().splitlines() == BODY.splitlines()
    assert page is not None and LINK in page.get_content()


def test_headers_bring_back_what_comes_back_to_its_mail() -> None:
    mail = message(LETTER, SENDER, now=NOW)
    assert mail["Message-ID"] == f"<{KEY}.invitation@confer.example>" == message(LETTER, SENDER, now=NOW)["Message-ID"]
    assert mail["X-Confer"] == KEY
    assert mail["Auto-Submitted"] == "auto-generated"
    assert SENDER.return_path(KEY) == f"bounces+{KEY}@returns.example"
    unsubscribe = f"<mailto:bounces+{KEY}@returns.example?subject=unsubscribe%20{KEY}>, <{LINK}>"
    assert "".join(mail["List-Unsubscribe"].split(" ")) == "".join(unsubscribe.split(" "))


def test_mail_programs_may_stop_mail_with_one_click_where_we_serve_https() -> None:
    stop = f"https://confer.example/unsubscribe/{KEY}"
    mail = message(replace(LETTER, unsubscribe=stop), SENDER, now=NOW)
    assert f"<{stop}>" in mail["List-Unsubscribe"] and LINK not in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain = message(replace(LETTER, unsubscribe=stop.replace("https", "http")), SENDER, now=NOW)
    assert plain["List-Unsubscribe-Post"] is None


def test_the_page_shows_the_same_words_and_nothing_of_theirs_is_markup() -> None:
    page = Page(html(LETTER))
    assert " ".join(page.text.split()).endswith(" ".join(BODY.split()))
    assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == [LINK]
    assert {tag for tag, _attributes in page.tags} <= {"html", "head", "meta", "title", "body", "div", "p", "a", "br"}


@given(st.text(max_size=300))
def test_no_text_becomes_markup_or_loads_anything(body: str) -> None:
    page = Page(html(replace(LETTER, parts=(Part("en", body),))))
    assert {tag for tag, _attributes in page.tags} <= {"html", "head", "meta", "title", "body", "div", "p", "a", "br"}
    assert all(set(attributes) <= {"href"} for tag, attributes in page.tags if tag == "a")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_no_name_can_write_a_header_of_its_own(name: str) -> None:
    mail = read(message(replace(LETTER, name=f"{name}\r\nBcc: all@example.org"), SENDER, now=NOW).as_bytes())
    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["zoe@example.org"]


def test_each_language_has_its_part() -> None:
    page = html(replace(LETTER, parts=(Part("en", "Hello"), Part("cy", "Helo"))))
    assert '<div lang="en">' in page and '<div lang="cy">' in page and "<hr>" in page


@pytest.mark.parametrize("address", ["", "survey", "a b@example.org", "a@example.org\nBcc: x@example.org"])
def test_a_sender_that_cannot_be_is_refused_with_the_setting(address: str) -> None:
    with pytest.raises(SenderRefused, match="MAIL_SENDER"):
        Sender("A trust", address)
    with pytest.raises(SenderRefused, match="MAIL_RETURNS"):
        Sender("A trust", "a@example.org", address or "x")
