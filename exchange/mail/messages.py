"""A letter as a MIME message: plain text and simple HTML, with the headers by which what comes back finds its mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

from surveys.mailing.letters import Letter

KEY_HEADER = "X-Confer"
UNSUBSCRIBE = "unsubscribe"
_LINK = re.compile(r"https?://[^\s<>\"]+")
_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)


class SenderRefused(Exception):
    """Mail cannot be sent from this address; the text says what to set."""


@dataclass(frozen=True)
class Sender:
    """Who mail comes from, and where what cannot be delivered goes back to.

    With `returns` ("bounces@example.org") each mail goes back to an address of its own ("bounces+KEY@example.org").
    """

    name: str
    address: str
    returns: str = ""

    def __post_init__(self) -> None:
        for setting, address in (("MAIL_SENDER", self.address), ("MAIL_RETURNS", self.returns or self.address)):
            if not _ADDRESS.fullmatch(address):
                raise SenderRefused(f"{setting} is no mail address. Set it to one such as survey@example.org.")

    @property
    def domain(self) -> str:
        """The part behind the @."""
        return self.address.rpartition("@")[2]

    def return_path(self, key: str) -> str:
        """The envelope's sender for one mail: what cannot be delivered goes there."""
        if not (key and self.returns):
            return self.returns or self.address
        local, _at, domain = self.returns.rpartition("@")
        return f"{local}+{key}@{domain}"


def message(letter: Letter, sender: Sender, *, now: datetime) -> EmailMessage:
    """The letter as a message. One letter always has the same Message-ID, so that servers can drop a second copy."""
    made = EmailMessage(policy=SMTP)
    made["From"] = _address(sender.name, sender.address)
    made["To"] = _address(letter.name, letter.address)
    made["Subject"] = letter.subject
    made["Date"] = now
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = ", ".join(part.language for part in letter.parts)
    if letter.key:
        made["Message-ID"] = f"<{letter.key}.{letter.kind}@{sender.domain}>"
        made[KEY_HEADER] = letter.key
        _say_how_to_stop(made, letter, sender)
    made.set_content(letter.text, cte="quoted-printable")
    made.add_alternative(html(letter), subtype="html", cte="quoted-printable")
    return made


def _say_how_to_stop(made: EmailMessage, letter: Letter, sender: Sender) -> None:
    """Where mail programs stop further mail: by mail (RFC 2369), and by one click (RFC 8058) where we serve https."""
    by_mail = f"<mailto:{sender.return_path(letter.key)}?subject={UNSUBSCRIBE}%20{letter.key}>"
    made["List-Unsubscribe"] = f"{by_mail}, <{letter.unsubscribe or letter.opt_out}>"
    if letter.unsubscribe.startswith("https://"):
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _address(name: str, address: str) -> Address:
    """Name and address; line breaks in a name become spaces, as in any header."""
    return Address(display_name=" ".join(name.split()), addr_spec=address)


def html(letter: Letter) -> str:
    """The letter as a plain web page: a paragraph for each, links that can be pressed, nothing loaded."""
    sections = "\n<hr>\n".join(
        f'<div lang="{escape(part.language)}">\n{_paragraphs(part.body)}\n</div>' for part in letter.parts
    )
    head = f'<head><meta charset="utf-8"><title>{escape(letter.subject)}</title></head>'
    style = "font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5"
    start = f'<!DOCTYPE html>\n<html lang="{escape(letter.parts[0].language)}">{head}'
    return f'{start}\n<body style="{style}">\n{sections}\n</body></html>\n'


def _paragraphs(body: str) -> str:
    return "\n".join(f"<p>{_linked(block)}</p>" for block in re.split(r"\n\s*\n", body.strip()))


def _linked(block: str) -> str:
    """One paragraph with its lines and links; all else is shown as it is written."""
    parts, end = [], 0
    for found in _LINK.finditer(block):
        url = escape(found[0])
        parts += [escape(block[end : found.start()]), f'<a href="{url}">{url}</a>']
        end = found.end()
    return "".join([*parts, escape(block[end:])]).replace("\n", "<br>\n")
