"""Mail as the settings have it: the carrier, the sender, and the desk that a worker sends from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from config import MailSettings
from exchange.mail.carriers import Carrier
from exchange.mail.folder import FolderCarrier
from exchange.mail.messages import Sender
from exchange.mail.notify import NotifyAccount, NotifyCarrier
from exchange.mail.receipts import Settled, note_statuses
from exchange.mail.sending import Desk
from exchange.mail.smtp import SmtpCarrier, SmtpServer, Tls
from surveys.mailing.letters import Letter, Office
from surveys.mailing.outbox import LEASE, Outcome
from surveys.mailing.returning import CLOCKS_APART, unsettled_since
from webapp.services import Services

NOBODY = "survey@localhost.invalid"


class NoCarrier(Exception):
    """No mail can be sent with these settings; the text says what to set."""


def office(services: Services) -> Office:
    """What links in mails are made with."""
    return Office(services.link_key, services.settings.public_url)


def carrier(services: Services) -> Carrier:
    """The carrier that the settings name; raises NoCarrier, SenderRefused or NotifyRefused."""
    make = CARRIERS.get(services.settings.mail.carrier)
    if make is None:
        raise NoCarrier("Mail is not set up. Set MAIL_CARRIER to smtp or notify, and what that needs.")
    return make(services.settings.mail, services)


def hand_over(services: Services, letter: Letter) -> Outcome:
    """Hand one letter over, outside the outbox, as a mail to try; raises what `carrier` does, and CarrierDown."""
    opened = carrier(services)
    try:
        return opened.hand_over(letter)
    finally:
        opened.close()


def ask_what_became(services: Services) -> Settled:
    """Ask GOV.UK Notify what became of mails, and note it; nothing where it is not the carrier. Raises CarrierDown."""
    with services.store.reader() as session:
        since = unsettled_since(session, now=services.clock())
    if services.settings.mail.carrier != "notify" or since is None:
        return Settled()
    found = list(_notify_carrier(services.settings.mail, services).notifications(since - CLOCKS_APART))
    with services.store.writing() as session:
        return note_statuses(session, iter(found), now=services.clock())


def desk(services: Services, *, lease_seconds: float | None = None) -> Desk:
    """What a worker sends with."""
    lease = LEASE if lease_seconds is None else LEASE * (lease_seconds / LEASE.total_seconds())
    return Desk(services.store, carrier(services), office(services), services.clock, lease)


def _sender(mail: MailSettings, services: Services) -> Sender:
    return Sender(services.settings.organisation or services.settings.service_name, mail.sender or NOBODY, mail.returns)


def _folder(mail: MailSettings, services: Services) -> Carrier:
    return FolderCarrier(Path(mail.folder), _sender(mail, services), services.clock)


def _smtp(mail: MailSettings, services: Services) -> Carrier:
    tls = cast(Tls, mail.smtp_tls)
    server = SmtpServer(mail.smtp_host, mail.smtp_port, mail.smtp_user, mail.smtp_password, tls)
    return SmtpCarrier(server, _sender(mail, services), services.clock)


def _notify(mail: MailSettings, services: Services) -> Carrier:
    return _notify_carrier(mail, services)


def _notify_carrier(mail: MailSettings, services: Services) -> NotifyCarrier:
    return NotifyCarrier(NotifyAccount(mail.notify_key, mail.notify_template, mail.notify_api), services.clock)


CARRIERS: dict[str, Callable[[MailSettings, Services], Carrier]] = {
    "folder": _folder,
    "smtp": _smtp,
    "notify": _notify,
}
