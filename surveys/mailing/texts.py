"""What mails say: a study's own texts or those that come with the service, checked when they are set, and filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveys.mailing.default_texts import DEFAULTS
from surveys.tables import MailText, Study

KINDS = ("invitation", "reminder")
PLACES = ("name", "link", "closes", "minutes", "study", "opt_out")
ONLY_IN_BODY = ("link", "opt_out")
LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000
FALLBACK = "en"
_PLACE = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class TextRefused(Exception):
    """A mail cannot say this; the text names everything that is wrong and what to write instead."""


@dataclass(frozen=True)
class Wording:
    """Subject and body of one kind of mail in one language, with places such as {name} still to be filled."""

    language: str
    subject: str
    body: str
    own: bool = False


def faults(subject: str, body: str) -> list[str]:
    """Everything that keeps a mail from being written like this, each with what to do about it."""
    found = [*_unknown("The subject", subject), *_unknown("The body", body)]
    if "{link}" not in body:
        found.append("The body has no {link}. Write {link} where the person's own link shall stand.")
    found += [
        f"The subject has {{{place}}}. Write it in the body only." for place in ONLY_IN_BODY if _has(subject, place)
    ]
    if not subject.strip() or len(subject.splitlines()) > 1:
        found.append("The subject must be one line with some words on it.")
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        found.append(f"Keep the subject to {LONGEST_SUBJECT} characters and the body to {LONGEST_BODY}.")
    return found


def _has(text: str, place: str) -> bool:
    return f"{{{place}}}" in text


def _unknown(where: str, text: str) -> list[str]:
    known = ", ".join(f"{{{place}}}" for place in PLACES)
    strange = [place for place in dict.fromkeys(_PLACE.findall(text)) if place not in PLACES]
    found = [f"{where} has {{{place}}}, which nothing fills. Use only: {known}." for place in strange]
    if set("{}") & set(_PLACE.sub("", text)):
        found.append(f"{where} has a curly bracket without its partner. Use them only as in: {known}.")
    return found


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each place filled once; what is filled in is never read for places itself."""
    return _PLACE.sub(lambda found: values[found[1]], text)


def set_text(
    session: Session, study: Study, kind: str, language: str, subject: str, body: str, *, now: datetime
) -> None:
    """Let the study's mails say this from now on; raises TextRefused."""
    found = faults(subject, body)
    if kind not in KINDS or not _LANGUAGE.fullmatch(language):
        found.append(f"A text is an {' or a '.join(KINDS)}, in a language such as en or cy.")
    if found:
        raise TextRefused("\n".join(found))
    row = session.scalar(_rows(study.id, kind).where(MailText.language == language))
    if row is None:
        row = MailText(study_id=study.id, kind=kind, language=language)
        session.add(row)
    row.subject, row.body, row.changed_at = subject, body.rstrip() + "\n", now
    session.flush()


def wordings(session: Session, study_id: int, kind: str, languages: Sequence[str]) -> list[Wording]:
    """The study's wordings of one kind in these languages, in their order.

    A language without a text of the study's or the service's is left out; English stands in when that leaves none.
    """
    own = {row.language: row for row in session.scalars(_rows(study_id, kind))}
    found = [_wording(kind, language, own.get(language)) for language in languages]
    written = [one for one in found if one is not None]
    return written or [one for one in [_wording(kind, FALLBACK, own.get(FALLBACK))] if one is not None]


def _wording(kind: str, language: str, own: MailText | None) -> Wording | None:
    if own is not None:
        return Wording(language, own.subject, own.body, own=True)
    default = DEFAULTS.get((kind, language))
    return None if default is None else Wording(language, *default)


def _rows(study_id: int, kind: str) -> Select[MailText]:
    return select(MailText).where(MailText.study_id == study_id, MailText.kind == kind)
