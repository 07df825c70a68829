"""Agreements: what was agreed before a study asks anybody, and who may see what; without one no wave opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.faults import Faulty
from surveys.tables import Agreement, Study
from surveys.uk_days import uk_day

LONGEST_PARTY = 200
LONGEST_REFERENCE = 120
LONGEST_TERMS = 4000


class AgreementRefused(Faulty):
    """An agreement cannot be recorded like this; the text says what to change."""


class AgreementMissing(Exception):
    """The study has no agreement, so that none of its waves may open; the text says how to record one."""


@dataclass(frozen=True)
class Terms:
    """What was agreed: with whom, who may see what, that no one is judged by it, and when.

    `reference` is where the agreement itself is kept, such as the number of an ethics board.
    """

    agreed_with: str
    who_sees_what: str
    no_judging: bool
    agreed_on: date
    reference: str = ""


def record_agreement(session: Session, study: Study, terms: Terms, *, by: str, now: datetime) -> Agreement:
    """Record what was agreed; from now on it holds, and the agreements before it stay as they were.

    The same terms again are not recorded twice. Raises AgreementRefused.
    """
    faults = faults_of(terms, now=now)
    if faults:
        raise AgreementRefused(faults)
    known = current_agreement(session, study.id)
    if known is not None and terms_of(known) == terms:
        return known
    agreement = Agreement(
        study_id=study.id,
        agreed_with=terms.agreed_with,
        reference=terms.reference or None,
        who_sees_what=terms.who_sees_what,
        no_judging=terms.no_judging,
        agreed_on=terms.agreed_on,
        recorded_by=by,
        recorded_at=now,
    )
    session.add(agreement)
    session.flush()
    return agreement


def faults_of(terms: Terms, *, now: datetime) -> dict[str, str]:
    """What is wrong with the terms, by setting; nothing when they can be recorded."""
    wrong = {
        "agreed_with": not 0 < len(terms.agreed_with) <= LONGEST_PARTY,
        "reference": len(terms.reference) > LONGEST_REFERENCE,
        "who_sees_what": not 0 < len(terms.who_sees_what) <= LONGEST_TERMS,
        "no_judging": not terms.no_judging,
        "agreed_on": terms.agreed_on > uk_day(now),
    }
    said = {
        "agreed_with": f"Say with whom this was agreed, in 1 to {LONGEST_PARTY} characters.",
        "reference": f"A reference has at most {LONGEST_REFERENCE} characters.",
        "who_sees_what": f"Say who may see what, in 1 to {LONGEST_TERMS} characters.",
        "no_judging": "A study may only ask people when it was agreed that no one is judged by what is said.",
        "agreed_on": "The day on which it was agreed must not lie ahead.",
    }
    return {name: said[name] for name, is_wrong in wrong.items() if is_wrong}


def terms_of(agreement: Agreement) -> Terms:
    """The terms of a recorded agreement."""
    return Terms(
        agreement.agreed_with,
        agreement.who_sees_what,
        agreement.no_judging,
        agreement.agreed_on,
        agreement.reference or "",
    )


def agreements_of(session: Session, study_id: int) -> list[Agreement]:
    """Every agreement of a study, the one that holds first."""
    query = select(Agreement).where(Agreement.study_id == study_id).order_by(Agreement.id.desc())
    return list(session.scalars(query))


def current_agreement(session: Session, study_id: int) -> Agreement | None:
    """The agreement that holds, or None."""
    query = select(Agreement).where(Agreement.study_id == study_id).order_by(Agreement.id.desc()).limit(1)
    return session.scalar(query)


def refuse_without_agreement(session: Session, study_id: int) -> None:
    """Raise AgreementMissing when nothing was agreed on the study yet."""
    if current_agreement(session, study_id) is None:
        raise AgreementMissing(
            "Nobody may be asked before it is agreed who may see what, and that no one is judged by it. "
            "Record the agreement first, on the study's page or with: flask agreement record"
        )
