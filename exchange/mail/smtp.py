"""Carries mail by SMTP: one connection for many letters, opened again when it breaks."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from exchange.mail.carriers import CarrierDown
from exchange.mail.messages import Sender, message
from exchange.mail.statuses import Verdict, find_code, verdict
from surveys.mailing.letters import Letter
from surveys.mailing.outbox import Outcome

Tls = Literal["starttls", "tls", "none"]
TIMEOUT_SECONDS = 30
PERMANENT = 500
REFUSALS = {
    Verdict.HARD: Outcome.NO_SUCH_ADDRESS,
    Verdict.SOFT: Outcome.LATER,
    Verdict.REFUSED: Outcome.REFUSED,
}


@dataclass(frozen=True)
class SmtpServer:
    """Where the mail server is, and how to talk to it."""

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = "starttls"


class SmtpCarrier:
    """Carries letters to one SMTP server."""

    def __init__(
        self,
        server: SmtpServer,
        sender: Sender,
        clock: Callable[[], datetime],
        *,
        trust: ssl.SSLContext | None = None,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self._server, self._sender, self._clock = server, sender, clock
        self._trust = trust or ssl.create_default_context()
        self._timeout = timeout
        self._open: smtplib.SMTP | None = None

    def hand_over(self, letter: Letter) -> Outcome:
        """Hand one letter over; UNSURE when the connection broke before the server had answered for it."""
        text = message(letter, self._sender, now=self._clock()).as_bytes()
        smtp = self._announced(letter)
        code, said = self._asked(lambda: smtp.rcpt(letter.address))
        if code >= 400:
            self._reset()
            return _refused_recipient(code, said)
        try:
            code, said = smtp.data(text)
        except smtplib.SMTPDataError as refusal:
            self._reset()
            return Outcome.REFUSED if refusal.smtp_code >= PERMANENT else Outcome.LATER
        except (smtplib.SMTPException, OSError):
            self.close()
            return Outcome.UNSURE
        if code < 400:
            return Outcome.SENT
        self._reset()
        return Outcome.REFUSED if code >= PERMANENT else Outcome.LATER

    def _announced(self, letter: Letter) -> smtplib.SMTP:
        """A connection on which the server has taken our sender, opened again once when it had gone stale."""
        kept = self._open is not None
        try:
            return self._mail_from(letter)
        except (smtplib.SMTPException, OSError) as failure:
            self.close()
            if not kept:
                raise CarrierDown(_why(failure)) from None
        try:
            return self._mail_from(letter)
        except (smtplib.SMTPException, OSError) as failure:
            self.close()
            raise CarrierDown(_why(failure)) from None

    def _mail_from(self, letter: Letter) -> smtplib.SMTP:
        smtp = self._open = self._open or self._connect()
        code, said = smtp.mail(self._sender.return_path(letter.key))
        if code >= 400:
            raise smtplib.SMTPResponseException(code, said)
        return smtp

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=self._trust)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.tls == "starttls":
                smtp.starttls(context=self._trust)
                smtp.ehlo()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _asked(self, ask: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        """The server's answer to something said before the letter itself; raises CarrierDown when there is none."""
        try:
            return ask()
        except (smtplib.SMTPException, OSError) as failure:
            self.close()
            raise CarrierDown(_why(failure)) from None

    def _reset(self) -> None:
        """Make the connection ready for the next letter, or let it go."""
        try:
            if self._open is not None:
                self._open.rset()
        except (smtplib.SMTPException, OSError):
            self.close()

    def knows(self, letter: Letter) -> bool:
        """SMTP servers cannot say what they took before."""
        return False

    def close(self) -> None:
        """End the connection, if there is one."""
        smtp, self._open = self._open, None
        if smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()


def _refused_recipient(code: int, said: bytes) -> Outcome:
    """What it means that the server did not take a recipient."""
    if code < PERMANENT:
        return Outcome.LATER
    return REFUSALS[verdict(find_code(said.decode("utf-8", "replace")) or str(code))]


def _why(failure: Exception) -> str:
    """Why the server takes no mail, without what it said: that may hold addresses."""
    if isinstance(failure, smtplib.SMTPAuthenticationError):
        return "The mail server refused our user name and password. Check SMTP_USER and SMTP_PASSWORD."
    if isinstance(failure, smtplib.SMTPNotSupportedError | ssl.SSLError):
        return "The mail server offers no encrypted connection that we trust. Check SMTP_TLS, SMTP_HOST and SMTP_PORT."
    if isinstance(failure, smtplib.SMTPResponseException):
        return f"The mail server refused our sender with code {failure.smtp_code}. Check MAIL_SENDER and MAIL_RETURNS."
    return "The mail server cannot be reached. Check SMTP_HOST and SMTP_PORT."
