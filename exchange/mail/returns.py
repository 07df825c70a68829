"""What comes back by mail, read: delivery reports, servers' own words, auto-replies, and "write to me no more"."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from enum import StrEnum

from exchange.mail.messages import KEY_HEADER, UNSUBSCRIBE
from exchange.mail.statuses import find_code, verdict

LARGEST = 10 * 1024 * 1024
MOST_PARTS = 50
_KEY = r"([0-9a-fA-F]{32})"
_KEYS = (
    re.compile(rf"^\W*{KEY_HEADER}:\s*{_KEY}\b", re.MULTILINE | re.IGNORECASE),
    re.compile(rf"<{_KEY}\.(?:invitation|reminder)@", re.IGNORECASE),
    re.compile(rf"\+{_KEY}@", re.IGNORECASE),
    re.compile(rf"\b{UNSUBSCRIBE}\s+{_KEY}\b", re.IGNORECASE),
)
_DAEMON = re.compile(
    r"mailer-daemon|postmaster|mail ?delivery|microsoftexchange|microsoft outlook|qmail", re.IGNORECASE
)
_FAILED = re.compile(
    r"qmail-send program|not be delivered|n[o']t delivered|did not reach|undeliver|delivery[\w ]* failed|"
    r"returned mail|delivery failure|unable to deliver|permanent (?:fatal )?error",
    re.IGNORECASE,
)
_WAITING = re.compile(r"delivery[\w ]* delayed|will (?:be retried|keep trying)|warning message only", re.IGNORECASE)
_AWAY = re.compile(r"out of (?:the )?office|auto(?:matic)?[- ]?(?:reply|response)|on (?:annual )?leave", re.IGNORECASE)
_COPY = re.compile(
    r"^-+ ?(?:below this line is a copy|original message|this is a copy)|^original message headers", re.M | re.I
)
_TAGS = re.compile(r"<[^<>@]{0,2000}>")


class Meaning(StrEnum):
    """What a mail that came in says."""

    HARD = "hard"  # there is no such address
    SOFT = "soft"  # not delivered, and it may be another time
    REFUSED = "refused"  # not delivered, though the address may be right
    DELAYED = "delayed"  # the other server is still trying
    AUTO_REPLY = "auto-reply"
    OPT_OUT = "opt-out"
    OTHER = "other"


@dataclass(frozen=True)
class CameBack:
    """What one mail says; `key` names the mail of ours that it is about, or is empty when it does not say."""

    meaning: Meaning
    key: str = ""
    code: str = ""
    dated: datetime | None = None


def read_return(data: bytes) -> CameBack:
    """What a mail that came in says; anything at all can be read, and most of it is OTHER."""
    mail = email.message_from_bytes(data[:LARGEST])
    meaning, code = _meaning(mail)
    return CameBack(meaning, _key(mail), code, _dated(mail))


def _meaning(mail: Message) -> tuple[Meaning, str]:
    blocks = list(_report(mail))
    if blocks:
        return _reported(blocks)
    if _says_failed(mail):
        return _in_own_words(mail)
    if _is_auto_reply(mail):
        return Meaning.AUTO_REPLY, ""
    if re.match(rf"\s*{UNSUBSCRIBE}\b", _header(mail, "Subject"), re.IGNORECASE):
        return Meaning.OPT_OUT, ""
    return Meaning.OTHER, ""


def _report(mail: Message) -> Iterator[Message]:
    """The blocks of a delivery report (RFC 3464) that are about a recipient."""
    for part in _parts(mail):
        if part.get_content_type() == "message/delivery-status":
            yield from (one for one in _inside(part) if _header(one, "Action"))


def _reported(blocks: list[Message]) -> tuple[Meaning, str]:
    """What a report says: a failure before a delay before all else."""
    by_action = {_header(one, "Action").split()[0].casefold(): one for one in blocks}
    if "failed" in by_action:
        block = by_action["failed"]
        return _failed(_exact(find_code(_header(block, "Status")), find_code(_header(block, "Diagnostic-Code"))))
    return (Meaning.DELAYED if "delayed" in by_action else Meaning.OTHER), ""


def _exact(status: str, diagnostic: str) -> str:
    """The status, unless it only says that something failed (5.0.0) and the other server said more."""
    return diagnostic if diagnostic and (not status or status.endswith(".0.0")) else status


def _failed(code: str) -> tuple[Meaning, str]:
    return (Meaning(verdict(code).value) if code else Meaning.REFUSED), code


def _says_failed(mail: Message) -> bool:
    """Whether a mail server wrote, in its own words, that something was not delivered."""
    if mail.get("X-Failed-Recipients") or mail.get("X-MS-Exchange-Message-Is-Ndr") is not None:
        return True
    if not _DAEMON.search(_header(mail, "From")):
        return False
    return bool(
        _FAILED.search(_header(mail, "Subject")) or _FAILED.search(_words(mail)) or _WAITING.search(_words(mail))
    )


def _in_own_words(mail: Message) -> tuple[Meaning, str]:
    words = _words(mail)
    if _WAITING.search(words):
        return Meaning.DELAYED, ""
    return _failed(find_code(_COPY.split(words, maxsplit=1)[0]))


def _is_auto_reply(mail: Message) -> bool:
    submitted = _header(mail, "Auto-Submitted").casefold()
    marked = any(mail.get(name) for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"))
    answers = _header(mail, "Precedence").casefold() in ("auto_reply", "auto-reply")
    away = _AWAY.search(_header(mail, "Subject")) is not None
    return submitted not in ("", "no") or marked or answers or away


def _key(mail: Message) -> str:
    """The key of our mail: in the address it came back to, in its headers, or in the copy of ours."""
    for text in _texts(mail):
        for pattern in _KEYS:
            found = pattern.search(text)
            if found is not None:
                return found[1].lower()
    return ""


def _texts(mail: Message) -> Iterator[str]:
    """All headers and texts, of the mail itself and of everything in it."""
    for part in _parts(mail):
        yield "\n".join(f"{name}: {value}" for name, value in part.items())
        if part.get_content_maintype() == "text":
            yield _text(part)


def _words(mail: Message) -> str:
    """What the mail says itself: its own texts, without tags, and without mails within it."""
    own = (part for part in _parts(mail, within=False) if part.get_content_type() in ("text/plain", "text/html"))
    return "\n".join(
        _TAGS.sub(" ", _text(part)) if part.get_content_subtype() == "html" else _text(part) for part in own
    )


def _parts(mail: Message, *, within: bool = True) -> Iterator[Message]:
    """The mail's parts, itself first; `within` also those of mails in it."""
    waiting = [mail]
    for _count in range(MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        waiting += _inside(part) if within or part.get_content_maintype() != "message" else []


def _inside(part: Message) -> list[Message]:
    inside = part.get_payload()
    return [one for one in inside if isinstance(one, Message)] if isinstance(inside, list) else []


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _header(mail: Message, name: str) -> str:
    return " ".join(str(mail.get(name, "")).split())


def _dated(mail: Message) -> datetime | None:
    """When the other server says that it wrote, or None."""
    try:
        moment = parsedate_to_datetime(_header(mail, "Date"))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
