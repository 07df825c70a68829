"""What mails say: a study's own texts or those that come with the service, checked when they are set, and filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from surveys.faults import Faulty
from surveys.mailing.default_texts import DEFAULTS
from surveys.tables import MailText, Study

KINDS = ("invitation", "reminder")
PLACES = ("name", "link", "closes", "minutes", "study", "opt_out")
ONLY_IN_BODY = ("link", "opt_out")
LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000
FALLBACK = "en"
_PLACE = re.compile(r"\{([^{}]*)\}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class TextRefused(Faulty):
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
    return [*_of_subject(subject), *_of_body(body)]


def faults_by_field(subject: str, body: str) -> dict[str, str]:
    """The same, by "subject" and "body"; nothing for what can be written."""
    found = {"subject": " ".join(_of_subject(subject)), "body": " ".join(_of_body(body))}
    return {field: said for field, said in found.items() if said}


def _of_subject(subject: str) -> list[str]:
    found = _unknown("The subject", subject)
    found += [
        f"The subject has {{{place}}}. Write it in the body only." for place in ONLY_IN_BODY if _has(subject, place)
    ]
    if not subject.strip() or len(subject.splitlines()) > 1:
        found.append("The subject must be one line with some words on it.")
    if len(subject) > LONGEST_SUBJECT:
        found.append(f"Keep the subject to {LONGEST_SUBJECT} characters.")
    return found


def _of_body(body: str) -> list[str]:
    found = _unknown("The body", body)
    if not _has(body, "link"):
        found.append("The body has no {link}. Write {link} where the person's own link shall stand.")
    if len(body) > LONGEST_BODY:
        found.append(f"Keep the body to {LONGEST_BODY:,} characters.")
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
    found = faults_by_field(subject, body)
    if kind not in KINDS or not _LANGUAGE.fullmatch(language):
        found[""] = f"A text is an {' or a '.join(KINDS)}, in a language such as en or cy."
    if found:
        raise TextRefused(found)
    row = text_row(session, study, kind, language)
    if row is None:
        row = MailText(study_id=study.id, kind=kind, language=language, revision=0)
        session.add(row)
    row.subject, row.body, row.changed_at = subject, ended(body), now
    row.own, row.revision = True, row.revision + 1
    session.flush()


def ended(body: str) -> str:
    """A body as it is kept: its lines as this service ends them, and one line break at the end."""
    return "\n".join(body.splitlines()).rstrip() + "\n"


def text_row(session: Session, study: Study, kind: str, language: str) -> MailText | None:
    """What the study keeps of that text, also when it was taken back; None when it never had one of its own."""
    return session.scalar(_rows(study.id, kind).where(MailText.language == language))


def wordings(session: Session, study_id: int, kind: str, languages: Sequence[str]) -> list[Wording]:
    """The study's wordings of one kind in these languages, in their order.

    A language without a text of the study's or the service's is left out; English stands in when that leaves none.
    """
    own = {row.language: row for row in session.scalars(_rows(study_id, kind).where(MailText.own))}
    found = [_wording(kind, language, own.get(language)) for language in languages]
    written = [one for one in found if one is not None]
    return written or [one for one in [_wording(kind, FALLBACK, own.get(FALLBACK))] if one is not None]


def service_wording(kind: str, language: str) -> Wording | None:
    """The wording that comes with the service, or None where it has none in that language."""
    return _wording(kind, language, None)


def _wording(kind: str, language: str, own: MailText | None) -> Wording | None:
    if own is not None:
        return Wording(language, own.subject, own.body, own=True)
    default = DEFAULTS.get((kind, language))
    return None if default is None else Wording(language, *default)


def _rows(study_id: int, kind: str) -> Select[MailText]:
    return select(MailText).where(MailText.study_id == study_id, MailText.kind == kind)
