"""Letters through a real SMTP server: what each of its answers means, and what happens when it goes away."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from exchange.mail.carriers import CarrierDown
from exchange.mail.smtp import SmtpCarrier, SmtpServer
from surveys.mailing.outbox import Outcome
from tests.exchange.mail.letters import BODY, LETTER, SENDER, clock, letter_to
from tests.exchange.mail.post_office import BREAK_OFF, PostOffice, knows_confer, serving


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with serving(PostOffice()) as served:
        yield served


def carrier_to(office: PostOffice, **options: object) -> SmtpCarrier:
    trust = options.pop("trust", None)
    server = SmtpServer("127.0.0.1", office.port, **{"tls": "none", **options})  # type: ignore[arg-type]
    return SmtpCarrier(server, SENDER, clock, timeout=5, trust=trust)  # type: ignore[arg-type]


@pytest.fixture
def carrier(office: PostOffice) -> Iterator[SmtpCarrier]:
    opened = carrier_to(office)
    yield opened
    opened.close()


def test_many_letters_go_over_one_connection(office: PostOffice, carrier: SmtpCarrier) -> None:
    letters = [letter_to(f"p{number}@example.org", f"{number:032x}") for number in range(20)]
    assert {carrier.hand_over(letter) for letter in letters} == {Outcome.SENT}
    assert office.connections == 1
    assert [one.recipient for one in office.arrived] == [letter.address for letter in letters]
    assert office.arrived[7].sender == f"bounces+{letters[7].key}@returns.example"


def test_what_arrives_is_what_was_written(office: PostOffice, carrier: SmtpCarrier) -> None:
    carrier.hand_over(LETTER)
    (arrived,) = office.arrived
    assert arrived.plain.splitlines() == BODY.splitlines()
    assert arrived.mail["X-Confer"] == LETTER.key


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("550 5.1.1 No such user", Outcome.NO_SUCH_ADDRESS),
        ("550 No such user", Outcome.NO_SUCH_ADDRESS),
        ("550 5.4.1 Recipient address rejected: Access denied", Outcome.NO_SUCH_ADDRESS),
        ("450 4.2.1 Greylisted", Outcome.LATER),
        ("552 5.2.2 Mailbox full", Outcome.LATER),
        ("550 5.7.1 Blocked by policy", Outcome.REFUSED),
        ("554 Relay denied", Outcome.REFUSED),
    ],
)
def test_each_answer_to_a_recipient_has_its_meaning_and_the_next_letter_goes_on(
    office: PostOffice, carrier: SmtpCarrier, said: str, outcome: Outcome
) -> None:
    office.says_to["gone@example.org"] = said
    assert carrier.hand_over(letter_to("gone@example.org")) is outcome
    assert carrier.hand_over(letter_to("here@example.org")) is Outcome.SENT
    assert (office.recipients, office.connections) == ({"here@example.org": 1}, 1)


@pytest.mark.parametrize(("said", "outcome"), [("554 No", Outcome.REFUSED), ("451 4.3.0 Not now", Outcome.LATER)])
def test_a_refused_text_is_not_the_addresss_fault(
    office: PostOffice, carrier: SmtpCarrier, said: str, outcome: Outcome
) -> None:
    office.says_of["p1@example.org"] = said
    assert carrier.hand_over(letter_to("p1@example.org")) is outcome
    assert carrier.hand_over(letter_to("p2@example.org")) is Outcome.SENT


def test_a_connection_that_breaks_before_the_answer_leaves_it_unsure(office: PostOffice, carrier: SmtpCarrier) -> None:
    office.says_of["p1@example.org"] = BREAK_OFF
    assert carrier.hand_over(letter_to("p1@example.org")) is Outcome.UNSURE
    assert office.recipients == {"p1@example.org": 1}, "it had arrived"
    assert carrier.hand_over(letter_to("p2@example.org")) is Outcome.SENT
    assert office.connections == 2


def test_a_server_that_was_started_again_is_connected_to_again() -> None:
    office = PostOffice()
    with serving(office):
        carrier = carrier_to(office)
        carrier.hand_over(letter_to("p1@example.org"))
    with serving(office):
        assert carrier.hand_over(letter_to("p2@example.org")) is Outcome.SENT
        carrier.close()


def test_without_a_server_nothing_is_handed_over_and_the_text_names_the_settings() -> None:
    with serving(PostOffice()) as office:
        pass
    with pytest.raises(CarrierDown, match="SMTP_HOST"):
        carrier_to(office).hand_over(LETTER)


def test_a_sender_that_the_server_does_not_take_stops_everything(office: PostOffice, carrier: SmtpCarrier) -> None:
    office.says_to_sender = "550 5.7.1 not for zoe@example.org"
    with pytest.raises(CarrierDown, match="MAIL_SENDER") as stopped:
        carrier.hand_over(LETTER)
    assert "zoe" not in str(stopped.value)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for this machine, with its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    made, key = tmp_path / "server.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run(["openssl", *words, "-keyout", key, "-out", made], check=True, capture_output=True)
    made.write_text(made.read_text() + key.read_text())
    return made


def test_starttls_needs_a_certificate_that_is_trusted(certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    with serving(PostOffice(), trust=server) as office:
        with pytest.raises(CarrierDown, match="SMTP_TLS"):
            carrier_to(office, tls="starttls").hand_over(LETTER)
        trusting = ssl.create_default_context(cafile=str(certificate))
        carrier = carrier_to(office, tls="starttls", trust=trusting)
        assert carrier.hand_over(LETTER) is Outcome.SENT
        carrier.close()


def test_a_server_without_starttls_gets_no_mail_where_it_is_wanted(office: PostOffice) -> None:
    with pytest.raises(CarrierDown, match="SMTP_TLS"):
        carrier_to(office, tls="starttls").hand_over(LETTER)
    assert office.arrived == []


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(SmtpServer("mail.example", password="secret"))
    assert carrier_to(PostOffice()).knows(replace(LETTER, may_be_twice=True)) is False


def test_a_password_is_asked_for_and_a_wrong_one_stops_everything(certificate: Path) -> None:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))
    secure = {"tls": "starttls", "trust": trusting, "user": "confer"}
    with serving(PostOffice(), trust=server, authenticator=knows_confer, auth_required=True) as office:
        with pytest.raises(CarrierDown, match="SMTP_PASSWORD"):
            carrier_to(office, password="wrong", **secure).hand_over(LETTER)
        right = carrier_to(office, password="secret", **secure)
        assert right.hand_over(LETTER) is Outcome.SENT
        right.close()
