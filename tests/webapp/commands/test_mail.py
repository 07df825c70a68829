"""`flask mail`: from the roster to a mail in a real server whose link starts the interview, and back by a bounce."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select

from config import MailSettings, Settings
from surveys.invitations import decline, find_invited
from surveys.store import Store
from surveys.tables import Interview, Mail
from tests.exchange.mail.post_office import Arrived, PostOffice, serving
from tests.exchange.mail.returned_mails import KEY, QMAIL
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, Visitor

LINK = re.compile(r"http://127\.0\.0\.1:8000(/\S+)")
Succeed = Callable[..., str]
File = Callable[[str, str], Path]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with serving(PostOffice()) as served:
        yield served


@pytest.fixture
def settings(sqlite_url: str, office: PostOffice) -> Settings:
    """Settings that send to that server."""
    mail = MailSettings(
        carrier="smtp",
        sender="survey@confer.example",
        returns="bounces@confer.example",
        smtp_host="127.0.0.1",
        smtp_port=office.port,
        smtp_tls="none",
    )
    return Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url, mail=mail)


def links(arrived: Arrived) -> list[str]:
    """The paths of the addresses in a mail, in order."""
    return LINK.findall(arrived.plain)


def sent_out(succeed: Succeed) -> str:
    succeed("mail", "queue-invitations", "--wave", 1)
    return succeed("mail", "send")


def test_invitations_arrive_once_and_their_links_start_the_interview(
    succeed: Succeed, study: SmallStudy, office: PostOffice, client: Visitor, store: Store
) -> None:
    assert "Queued 6 invitations; 0 were there before." in succeed("mail", "queue-invitations", "--wave", 1)
    assert "Queued 0 invitations; 6 were there before." in succeed("mail", "queue-invitations", "--wave", 1)
    assert succeed("mail", "send") == "Sent 6.\n"
    assert succeed("mail", "send") == "Sent 0.\n"
    assert sorted(office.recipients.items()) == [(f"p{n}@example.org", 1) for n in range(1, 7)]
    for arrived in office.arrived:
        link, no = links(arrived)
        assert no == f"{link}/decline"
        assert client.get(link).status_code == client.get(no).status_code == 200
    first = next(one for one in office.arrived if one.recipient == "p1@example.org")
    assert links(first)[0] == f"/interview/{study.tokens['p1']}"
    page = links(first)[0]
    assert client.send(f"{page}/start", page=page).status_code == 303
    with store.reader() as session:
        assert len(session.scalars(select(Interview)).all()) == 1


def test_status_says_how_many_are_where_and_why_some_are_not_written_to(
    succeed: Succeed, study: SmallStudy, store: Store, office: PostOffice, clock: Clock
) -> None:
    assert "has no mail yet" in succeed("mail", "status", "--wave", 1)
    office.says_to["p2@example.org"] = "550 5.1.1 gone"
    office.says_to["p3@example.org"] = "450 4.2.1 later"
    with store.writing() as session:
        decline(find_invited(session, study.tokens["p1"]).invitation, now=clock())
    assert "Not written to: 1 declined." in succeed("mail", "queue-invitations", "--wave", 1)
    assert "Sent 3. Not sent: 1 later, 1 no such address." in succeed("mail", "send")
    table = succeed("mail", "status", "--wave", 1)
    heading, row, against = table.splitlines()
    found = dict(zip(re.split(r" {2,}", heading), row.split(), strict=True))
    assert found == {
        "mail": "invitation",
        "queued": "1",
        "sending": "0",
        "sent": "3",
        "skipped": "0",
        "bounced": "1",
        "failed": "0",
        "may be twice": "0",
        "known to have arrived": "0",
    }
    assert against == "Not written to any more: 1 address bounced, 1 declined."
    clock.pass_time(minutes=15)
    del office.says_to["p3@example.org"]
    assert succeed("mail", "send") == "Sent 1.\n"


def test_reminders_follow_the_schedule(
    succeed: Succeed, refuse: Succeed, study: SmallStudy, office: PostOffice, clock: Clock
) -> None:
    sent_out(succeed)  # a Monday
    assert "flask mail schedule set --wave 1" in refuse("mail", "queue-reminders", "--wave", 1)
    assert "none are planned" in succeed("mail", "schedule", "show", "--wave", 1)
    said = succeed("mail", "schedule", "set", "--wave", 1, "--first-after", 5)
    assert "After 5 days, then every 7 days, at most 3, not on weekends or bank holidays." in said
    assert said == succeed("mail", "schedule", "show", "--wave", 1)
    clock.pass_time(days=5)  # a Saturday
    assert "Would queue 0 reminders." in succeed("mail", "queue-reminders", "--wave", 1, "--dry-run")
    clock.pass_time(days=2)
    assert "Would queue 6 reminders." in succeed("mail", "queue-reminders", "--wave", 1, "--dry-run")
    of_b = ("mail", "queue-reminders", "--wave", 1, "--dry-run", "--site", "B")
    assert "Would queue 2 reminders." in succeed(*of_b)
    assert "Would queue 1 reminders." in succeed(*of_b, "--role", "nurse")
    assert "no site “Z”" in refuse(*of_b[:-1], "Z")
    assert "Queued 6 reminders." in succeed("mail", "queue-reminders", "--wave", 1)
    assert succeed("mail", "send") == "Sent 6.\n"
    reminder, invitation = (
        office.arrived[-1],
        next(one for one in office.arrived if one.recipient == office.arrived[-1].recipient),
    )
    assert reminder.mail["Subject"].startswith("A reminder")
    assert links(reminder) == links(invitation), "the same link, so that people resume"


def test_a_bounce_stops_what_would_follow(
    succeed: Succeed, study: SmallStudy, office: PostOffice, clock: Clock, store: Store, tmp_path: Path
) -> None:
    sent_out(succeed)
    clock.pass_time(days=7)
    key = office.arrived[0].mail["X-Confer"]
    bounce = tmp_path / "bounce.eml"
    bounce.write_bytes(QMAIL.replace(KEY.encode(), key.encode()))
    assert "Read 1 mails: 1 hard. Changed the outbox: 1." in succeed("mail", "bounces", bounce)
    assert "Changed the outbox: 0." in succeed("mail", "bounces", bounce)
    succeed("mail", "schedule", "set", "--wave", 1)
    assert "Queued 5 reminders. Not written to: 1 address bounced." in succeed("mail", "queue-reminders", "--wave", 1)
    piped = QMAIL.replace(KEY.encode(), office.arrived[1].mail["X-Confer"].encode())
    assert "Changed the outbox: 1." in succeed("mail", "bounces", "--stdin", input=piped)


def test_bounces_wants_files_or_the_input(refuse: Succeed, study: SmallStudy) -> None:
    assert "--stdin" in refuse("mail", "bounces", code=2)


def test_an_opt_out_by_mail_or_by_command_is_kept(
    succeed: Succeed, refuse: Succeed, study: SmallStudy, office: PostOffice, tmp_path: Path
) -> None:
    sent_out(succeed)
    wanted = re.search(r"mailto:(\S+?)\?subject=(\S+?)>", office.arrived[0].mail["List-Unsubscribe"])
    assert wanted is not None
    answer = tmp_path / "answer.eml"
    answer.write_text(f"From: x@example.org\nTo: {wanted[1]}\nSubject: {wanted[2].replace('%20', ' ')}\n\n")
    assert "1 opt-out. Changed the outbox: 1." in succeed("mail", "bounces", answer)
    assert "not written to any more" in succeed("mail", "opt-out", "p6@example.org")
    assert "so already" in succeed("mail", "opt-out", "p6")
    assert "2 opted out" in succeed("mail", "status", "--wave", 1)
    assert "written to again" in succeed("mail", "opt-out", "p6", "--undo")
    assert "Nobody in the study" in refuse("mail", "opt-out", "p99")


def test_texts_are_shown_set_and_refused_with_the_remedy(
    succeed: Succeed, refuse: Succeed, study: SmallStudy, office: PostOffice, file: File
) -> None:
    assert "== reminder cy (comes with the service)" in succeed("mail", "templates", "show")
    said = refuse("mail", "templates", "set", file("bad.txt", "Subject\nHello {nmae}\n"))
    assert "{nmae}, which nothing fills" in said and "Write {link}" in said
    succeed("mail", "templates", "set", file("good.txt", "Hi {study}\n\nDear {name}: {link}\n"))
    assert "== invitation en\nHi {study}\n\nDear {name}: {link}\n" in succeed("mail", "templates", "show")
    preview = succeed("mail", "templates", "show", "--preview", 1)
    assert "Subject: TEST: Hi A small study\n\nDear Sam Sample: http://127.0.0.1:8000/preview/1\n" in preview
    sent_out(succeed)
    assert {one.mail["Subject"] for one in office.arrived} == {"Hi A small study"}


def test_a_test_mail_is_marked_and_leads_to_the_preview(
    succeed: Succeed, refuse: Succeed, study: SmallStudy, office: PostOffice, store: Store
) -> None:
    assert succeed("mail", "test-send", "ann@example.org", "--wave", 1, "--kind", "reminder")
    (arrived,) = office.arrived
    assert arrived.mail["Subject"].startswith("TEST: A reminder")
    assert set(links(arrived)) == {"/preview/1"}
    assert "interview" not in arrived.plain
    with store.reader() as session:
        assert session.scalars(select(Mail)).all() == []
    assert "no mail address" in refuse("mail", "test-send", "ann", "--wave", 1)


def test_when_the_server_is_away_everything_waits(run, succeed: Succeed, study: SmallStudy, office: PostOffice) -> None:
    office.says_to_sender = "550 5.7.1 no"
    succeed("mail", "queue-invitations", "--wave", 1)
    result = run("mail", "send")
    assert result.exit_code == 1
    assert "MAIL_SENDER" in result.stderr and "waits in the outbox" in result.stderr
    assert "Sent 0." in result.stdout
    office.says_to_sender = ""
    assert succeed("mail", "send") == "Sent 6.\n"


def test_only_so_many_are_sent_as_asked_for(succeed: Succeed, study: SmallStudy, office: PostOffice) -> None:
    succeed("mail", "queue-invitations", "--wave", 1)
    assert succeed("mail", "send", "--limit", 2) == "Sent 2.\n"
    assert office.recipients.total() == 2


def test_nobody_invited_is_said_with_the_command_that_invites(refuse: Succeed, ready: None) -> None:
    assert "flask waves invite 1" in refuse("mail", "queue-invitations", "--wave", 1)


class TestWithoutAServer:
    """In development mail goes into a folder; without any setting it is refused."""

    @pytest.fixture
    def settings(self, sqlite_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
        carrier = getattr(request, "param", "folder")
        made = Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)
        return replace(made, mail=MailSettings(carrier=carrier, folder=str(tmp_path / "outbox")))

    def test_each_mail_is_a_file(self, succeed: Succeed, study: SmallStudy, tmp_path: Path) -> None:
        sent_out(succeed)
        files = list((tmp_path / "outbox").iterdir())
        mails = [message_from_bytes(one.read_bytes(), policy=default) for one in files]
        assert sorted(mail["To"].addresses[0].addr_spec for mail in mails) == [f"p{n}@example.org" for n in range(1, 7)]
        assert {one.stem for one in files} == {mail["X-Confer"] for mail in mails}

    @pytest.mark.parametrize("settings", [""], indirect=True)
    def test_without_a_carrier_it_is_said_what_to_set(
        self, succeed: Succeed, refuse: Succeed, study: SmallStudy
    ) -> None:
        succeed("mail", "queue-invitations", "--wave", 1)
        assert "MAIL_CARRIER" in refuse("mail", "send")
