"""A real mail server for tests: it keeps what it takes, and refuses or breaks off as it is told."""

from __future__ import annotations

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

BREAK_OFF = "break off"


@dataclass(frozen=True)
class Arrived:
    """One mail as the server took it."""

    sender: str
    recipient: str
    mail: EmailMessage

    @property
    def plain(self) -> str:
        """Its text, without the HTML."""
        return str(self.mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]


@dataclass
class PostOffice:
    """What a server has taken, and what it says to a recipient or to a mail's text instead of 250."""

    arrived: list[Arrived] = field(default_factory=list)
    says_to: dict[str, str] = field(default_factory=dict)
    says_of: dict[str, str] = field(default_factory=dict)
    says_to_sender: str = ""
    connections: int = 0
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.says_to_sender:
            return self.says_to_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.says_to.get(address, "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        address = envelope.rcpt_tos[0]
        said = self.says_of.get(address, "250 OK")
        if said.startswith(("250", BREAK_OFF)):
            mail: Any = message_from_bytes(envelope.content, policy=default)  # type: ignore[arg-type]
            with self.lock:
                self.arrived.append(Arrived(envelope.mail_from or "", address, mail))
        if said == BREAK_OFF:
            server.transport.abort()  # type: ignore[union-attr]
        return said

    @property
    def recipients(self) -> Counter[str]:
        """How many mails each address got."""
        with self.lock:
            return Counter(one.recipient for one in self.arrived)


def knows_confer(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    """Takes one user name and password."""
    return AuthResult(success=(data.login, data.password) == (b"confer", b"secret"), handled=False)


@contextmanager
def serving(office: PostOffice, *, trust: ssl.SSLContext | None = None, **options: Any) -> Iterator[PostOffice]:
    """The server on a free port; `trust` lets it speak STARTTLS."""
    if trust is not None:
        options |= {"tls_context": trust, "require_starttls": True}
    controller = Controller(office, hostname="127.0.0.1", port=office.port or _free_port(), **options)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
