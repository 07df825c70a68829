"""One mail, written: to whom, in which words, with the person's own link in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from instruments.wording import date_in_words
from surveys.invitations import link_token
from surveys.mailing.texts import Wording, fill, wordings
from surveys.studies import instrument_of
from surveys.tables import Study, Wave
from surveys.uk_days import uk_day

SAMPLE_NAME, SAMPLE_MINUTES = "Sam Sample", "10"
USUAL_LENGTH = timedelta(days=28)
BETWEEN_LANGUAGES = "\n" + "-" * 40 + "\n\n"


@dataclass(frozen=True)
class Office:
    """What links in mails are made with: the service's key and the address at which people reach it."""

    key: bytes
    public_url: str


@dataclass(frozen=True)
class Part:
    """What a mail says in one language."""

    language: str
    body: str


@dataclass(frozen=True)
class Letter:
    """A mail that can be handed over. `key` is its name in the outbox, `opt_out` where the person says no.

    `unsubscribe` is where mail programs post that the person wants no more mail, with one click.
    """

    key: str
    kind: str
    name: str
    address: str
    subject: str
    parts: tuple[Part, ...]
    opt_out: str
    may_be_twice: bool = False
    unsubscribe: str = ""

    @property
    def text(self) -> str:
        """All languages, one below the other."""
        return BETWEEN_LANGUAGES.join(part.body for part in self.parts)


@dataclass(frozen=True)
class Recipient:
    """Who a mail is for: name and address, their link, and where they can say that they want no mail."""

    name: str
    address: str
    link: str
    opt_out: str


def recipient(office: Office, name: str, address: str, nonce: str) -> Recipient:
    """Somebody invited; the link is made again from the key, as it is stored nowhere."""
    link = f"{office.public_url}/interview/{link_token(office.key, nonce)}"
    return Recipient(name, address, link, f"{link}/decline")


def unsubscribe_link(office: Office, key: str) -> str:
    """Where whoever got the mail of that key gets no more, with one click; it opens no interview."""
    return f"{office.public_url}/unsubscribe/{key}"


def write_letter(session: Session, study: Study, wave: Wave, kind: str, to: Recipient, key: str) -> Letter:
    """The mail of one kind to one person, in each language of the wave's questionnaire that there is a text for."""
    instrument = instrument_of(session, wave.instrument_version_id)
    found = wordings(session, study.id, kind, instrument.languages)
    minutes = f"{instrument.target_minutes:g}"
    values = {one.language: _values(study, wave, to, minutes, one.language) for one in found}
    subject = " / ".join(fill(one.subject, values[one.language]) for one in found)
    parts = tuple(_part(one, values[one.language]) for one in found)
    return Letter(key, kind, to.name, to.address, " ".join(subject.split()), parts, to.opt_out)


def _part(wording: Wording, values: Mapping[str, str]) -> Part:
    return Part(wording.language, fill(wording.body, values))


def _values(study: Study, wave: Wave, to: Recipient, minutes: str, language: str) -> dict[str, str]:
    return _filled(study, wave.closes_at, to, minutes, language)


def _filled(study: Study, closes_at: datetime, to: Recipient, minutes: str, language: str) -> dict[str, str]:
    last = uk_day(closes_at - timedelta(seconds=1))
    return {
        "name": to.name,
        "link": to.link,
        "closes": date_in_words(last.isoformat(), language),
        "minutes": minutes,
        "study": study.name,
        "opt_out": to.opt_out,
    }


def sample_letter(session: Session, study: Study, wave: Wave, kind: str, address: str, office: Office) -> Letter:
    """The mail as an invented person would get it; its links lead to the preview, never to an interview."""
    preview = f"{office.public_url}/preview/{wave.instrument_version_id}"
    letter = write_letter(session, study, wave, kind, Recipient(SAMPLE_NAME, address, preview, preview), "")
    return Letter("", kind, "", address, f"TEST: {letter.subject}", letter.parts, "")


def sample_of_text(
    session: Session, study: Study, wave: Wave | None, wording: Wording, office: Office, *, now: datetime
) -> Wording:
    """One wording filled for an invented person, of a wave or, before one is planned, of an invented one.

    The wording must be one that `texts.faults` finds nothing wrong with.
    """
    preview = f"{office.public_url}/preview/{wave.instrument_version_id if wave else ''}"
    minutes, closes_at = SAMPLE_MINUTES, now + USUAL_LENGTH
    if wave is not None:
        minutes = f"{instrument_of(session, wave.instrument_version_id).target_minutes:g}"
        closes_at = wave.closes_at
    to = Recipient(SAMPLE_NAME, "", preview, preview)
    values = _filled(study, closes_at, to, minutes, wording.language)
    return Wording(wording.language, " ".join(fill(wording.subject, values).split()), fill(wording.body, values))


def letter_to_try(filled: Wording, kind: str, address: str) -> Letter:
    """A filled wording as a mail to somebody's own address, marked TEST."""
    return Letter("", kind, "", address, f"TEST: {filled.subject}", (Part(filled.language, filled.body),), "")
