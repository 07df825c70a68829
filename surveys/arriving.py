"""A link's interview in one look: what every page of an interview starts with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, Select, bindparam, false, select
from sqlalchemy.orm import Session

from surveys.interviews import OpenInterview, as_it_stands, resume
from surveys.invitations import Invited, find_invited, token_hash
from surveys.store import writes
from surveys.tables import InstrumentVersion, Interview, Invitation, Person, Study, Wave

_KINDS = (Invitation, Wave, Person, Study, Interview)
_COLUMNS = {kind: {column.key: column.expression for column in kind.__mapper__.column_attrs} for kind in _KINDS}


def _behind(*, begun: bool) -> Select[*tuple[Any, ...]]:
    """The rows behind a link whose interview was begun; else those behind any link, with an interview or without."""
    return (
        select(*(column for kind in _KINDS for column in _COLUMNS[kind].values()), InstrumentVersion.source)
        .select_from(Invitation)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(Study, Study.id == Wave.study_id)
        .join(
            Interview,
            (Interview.invitation_id == Invitation.id) & (Interview.simulated == false()),
            isouter=not begun,
        )
        .join(InstrumentVersion, InstrumentVersion.id == Interview.instrument_version_id, isouter=not begun)
        .where(Invitation.token_hash == bindparam("hash"), Invitation.revoked_at.is_(None))
    )


_BEGUN = _behind(begun=True)
_HELD = _BEGUN.with_for_update(of=Interview)
_ANY = _behind(begun=False)


def arrive(session: Session, token: str) -> OpenInterview:
    """The interview behind a link, as `resume` gives it: one statement where finding and resuming take two.

    In a session that writes, the interview's row is held until the caller commits. The rows come as objects that the
    session does not follow, at a third of the cost: they are for reading, and what is assigned to them is not kept.
    Raises UnknownLink and NotBegun.
    """
    statement = _HELD if writes(session) else _BEGUN
    row = session.connection().execute(statement, {"hash": token_hash(token)}).first()
    if row is None:
        return resume(session, find_invited(session, token))
    invited, interview, source = _behind_it(row)
    return as_it_stands(session, invited, interview, source)


def look(session: Session, token: str) -> tuple[Invited, OpenInterview | None]:
    """Who holds a link, and their interview where they began one: for looking, as nothing is held. Raises UnknownLink.

    Like `arrive` it reads one statement's rows, as objects that the session does not follow.
    """
    row = session.connection().execute(_ANY, {"hash": token_hash(token)}).first()
    if row is None:
        return find_invited(session, token), None
    invited, interview, source = _behind_it(row)
    return invited, as_it_stands(session, invited, interview, source) if source is not None else None


def _behind_it(row: Row[*tuple[Any, ...]]) -> tuple[Invited, Interview, Any]:
    values = iter(row)
    invitation, wave, person, study, interview = (_read(kind, values) for kind in _KINDS)
    return Invited(invitation, wave, person, study), interview, next(values)


def _read(kind: type[Any], values: Iterator[Any]) -> Any:
    """An object of a table's class with the next values of a row; no session follows it."""
    made = kind.__mapper__.class_manager.new_instance()
    vars(made).update(zip(_COLUMNS[kind], values, strict=False))
    return made
