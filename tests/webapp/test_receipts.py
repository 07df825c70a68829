"""Receipts of GOV.UK Notify: taken with the right token alone, off unless set, and asked for every hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import MailSettings, Settings, UnsafeSettings
from exchange.mail.sending import send_waiting
from surveys.mailing.queueing import queue_invitations
from surveys.store import Store
from surveys.tables import Mail
from tests.exchange.mail.notify_server import KEY, TEMPLATE, Notify, serving_notify
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock
from webapp.jobs import settle
from webapp.mail import desk

TOKEN = "a token that is long enough to guess by nobody"
PAGE = "/mail/receipts"


@pytest.fixture
def notify(clock: Clock) -> Iterator[Notify]:
    with serving_notify(clock) as served:
        yield served


@pytest.fixture
def settings(sqlite_url: str, notify: Notify) -> Settings:
    made = Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)
    mail = MailSettings(
        carrier="notify", notify_key=KEY, notify_template=TEMPLATE, notify_receipts=TOKEN, notify_api=notify.url
    )
    return replace(made, mail=mail)


@pytest.fixture
def sent(app: Flask, store: Store, study: SmallStudy, clock: Clock, notify: Notify) -> list[str]:
    """The keys of six invitations that the server took."""
    with store.writing() as session:
        queue_invitations(session, study.wave, key=b"k" * 48, now=clock())
    assert send_waiting(desk(app.extensions["confer"])).outcomes == {"sent": 6}
    return [str(one["reference"]) for one in notify.taken]


def states(store: Store) -> dict[str, str]:
    with store.reader() as session:
        return dict(session.execute(select(Mail.key, Mail.state)).all())


def take(app: Flask, key: str, token: str = TOKEN, **said: object) -> int:
    caller: FlaskClient = app.test_client(use_cookies=False)
    receipt = {"id": "1", "reference": key, "to": "p1@example.org", "status": "permanent-failure"} | said
    return caller.post(PAGE, json=receipt, headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_receipt_with_the_token_is_noted(app: Flask, store: Store, sent: list[str]) -> None:
    assert take(app, sent[0]) == take(app, sent[0]) == 204
    assert states(store)[sent[0]] == "bounced"
    assert take(app, "nobody's") == 204
    assert app.test_client().post(PAGE, data=b"{", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 400


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\xff"])
def test_without_the_token_nothing_is_noted(app: Flask, store: Store, sent: list[str], token: str) -> None:
    assert take(app, sent[0], token) == 403
    assert app.test_client().post(PAGE, json={}).status_code == 403
    assert set(states(store).values()) == {"sent"}


def test_every_hour_the_server_is_asked(
    app: Flask, store: Store, sent: list[str], notify: Notify, clock: Clock
) -> None:
    clock.pass_time(minutes=30)
    at = clock().isoformat()
    ends = ["delivered"] * 4 + ["permanent-failure", "temporary-failure"]
    notify.notifications = [
        {"id": f"n{n}", "reference": key, "status": status, "created_at": at, "completed_at": at}
        for n, (key, status) in enumerate(zip(sent, ends, strict=True))
    ]
    assert settle(app.extensions["confer"]) == 6
    assert sorted(states(store).values()) == ["bounced", "queued", "sent", "sent", "sent", "sent"]
    notify.pages = 0
    assert (settle(app.extensions["confer"]), notify.pages) == (0, 0), "nothing is open any more"


def test_the_command_says_what_became_of_mails(app: Flask, sent: list[str], notify: Notify, clock: Clock) -> None:
    at = clock().isoformat()
    notify.notifications = [
        {"id": "n", "reference": sent[0], "status": "delivered", "created_at": at, "completed_at": at}
    ]
    run = app.test_cli_runner()
    said = run.invoke(args=["mail", "receipts"])
    assert said.output == "Statuses: 1 delivered. Changed the outbox: 1.\n"
    assert run.invoke(args=["mail", "status", "--wave", "1"]).stdout.splitlines()[1].split()[-1] == "1"


class TestOff:
    """Without a token there is no such page, and without Notify nobody is asked."""

    @pytest.fixture
    def settings(self, sqlite_url: str) -> Settings:
        return Settings(environment="testing", secret_key="k" * 48, database_url=sqlite_url)

    def test_there_is_no_page_and_nobody_to_ask(self, app: Flask, study: SmallStudy) -> None:
        assert take(app, "k", "") == 404
        assert settle(app.extensions["confer"]) == 0
        refused = app.test_cli_runner().invoke(args=["mail", "receipts"])
        assert (refused.exit_code, "MAIL_CARRIER is not notify" in refused.stderr) == (1, True)


def test_a_token_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(UnsafeSettings, match="NOTIFY_RECEIPTS is shorter"):
        Settings.from_environment({"CONFER_ENV": "testing", "NOTIFY_RECEIPTS": "short"})
