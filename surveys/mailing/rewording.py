"""A study's mail texts changed by one person at a time, and taken back to the service's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile
from surveys.mailing.texts import FALLBACK, Wording, ended, service_wording, set_text, text_row
from surveys.studies import instrument_of, versions_of
from surveys.tables import MailText, Study


@dataclass(frozen=True)
class TextNow:
    """A text as it stands: its wording, the revision that a change of it must name, and since when it is the study's.

    The wording is empty where neither the study nor the service has one in that language.
    """

    wording: Wording
    revision: int
    changed_at: datetime | None


def text_now(session: Session, study: Study, kind: str, language: str) -> TextNow:
    """How the study's text of one kind and language stands."""
    row = text_row(session, study, kind, language)
    if row is not None and row.own:
        return TextNow(Wording(language, row.subject, row.body, own=True), row.revision, row.changed_at)
    wording = service_wording(kind, language) or Wording(language, "", "")
    return TextNow(wording, 0 if row is None else row.revision, None)


def change_text(session: Session, study: Study, kind: str, wording: Wording, *, revision: int, now: datetime) -> bool:
    """Let the study's mails say this, changed from how they stood at `revision`; gives whether anything changed.

    The study's row is held until the caller commits. Raises ChangedMeanwhile when the text stands at another revision,
    and TextRefused.
    """
    before = _held(session, study, kind, wording.language, revision)
    same = (before.wording.subject, before.wording.body) == (wording.subject, ended(wording.body))
    if same:
        return False
    set_text(session, study, kind, wording.language, wording.subject, wording.body, now=now)
    return True


def take_back(session: Session, study: Study, kind: str, language: str, *, revision: int, now: datetime) -> bool:
    """Let the service's words count again; gives whether anything changed. Raises ChangedMeanwhile."""
    before = _held(session, study, kind, language, revision)
    row = text_row(session, study, kind, language)
    if row is None or not before.wording.own:
        return False
    row.own, row.revision, row.changed_at = False, row.revision + 1, now
    session.flush()
    return True


def _held(session: Session, study: Study, kind: str, language: str, revision: int) -> TextNow:
    """The text as it stands, while nobody else can change it; raises ChangedMeanwhile."""
    session.flush()
    session.refresh(study, with_for_update=True)
    before = text_now(session, study, kind, language)
    if before.revision != revision:
        raise ChangedMeanwhile("this text", before.revision)
    return before


def text_languages(session: Session, study: Study) -> list[str]:
    """The languages that the study's mails may be written in: those of its questionnaires, and of its own texts."""
    asked = [one for version in versions_of(session, study.id) for one in instrument_of(session, version.id).languages]
    own = session.scalars(select(MailText.language).where(MailText.study_id == study.id).order_by(MailText.id))
    return list(dict.fromkeys([*asked, *own])) or [FALLBACK]
