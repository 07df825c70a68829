"""What a review of last wave's people means: those still in touch are named again, those who are not are taken off."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.orm import Session

from instruments.responses import AnswerKey, Missing, Nomination, Responses
from instruments.schema import AlterReviewPage, Instrument, NameGeneratorPage
from surveys.progress import ask_again, mark_undone
from surveys.tables import Base

STOPPED = "stopped"

_answer = Base.metadata.tables["answer"]
_nomination = Base.metadata.tables["nomination"]
_NOMINATE = insert(_nomination)
_TAKE_OFF = delete(_nomination).where(
    _nomination.c.alter_id == bindparam("alter"), _nomination.c.page == bindparam("on_page")
)
_FORGET_NO_ONE = delete(_answer).where(
    _answer.c.interview_id == bindparam("interview"), _answer.c.item == bindparam("on_page")
)


def names_page_of(instrument: Instrument, page: AlterReviewPage) -> NameGeneratorPage | None:
    """The page on which those still in touch are named: the one that the review says, or the next that asks names."""
    at = instrument.pages.index(page)
    later = [other for other in instrument.pages[at + 1 :] if isinstance(other, NameGeneratorPage)]
    if page.names is None:
        return later[0] if later else None
    return next((other for other in later if other.id == page.names), None)


def take_up(
    session: Session,
    interview_id: int,
    instrument: Instrument,
    page: AlterReviewPage,
    rows: Mapping[int, int],
    said: Responses,
    *,
    now: datetime,
) -> Responses:
    """Name those whose first answer is not "stopped", take off those whose is, and give the responses after that.

    Somebody of whom nothing was said stays as they are: a blank answer makes no tie and breaks none.
    """
    names = names_page_of(instrument, page)
    if names is None:
        return said
    told = {alter.number: said.answers.get(AnswerKey(page.ask[0].id, alter.number)) for alter in said.carried}
    listed = {nomination.alter for nomination in said.nominations if nomination.page == names.id}
    known = {number for number, value in told.items() if value is not None and not isinstance(value, Missing)}
    stopped = {number for number in known if told[number] == STOPPED}
    new = sorted(known - stopped - listed)
    after = _renamed(said, names, new, stopped)
    _write(session, interview_id, names, rows, new, stopped & listed, now)
    undone = ask_again(session, interview_id, instrument, said, after)
    if listed and not after.named_on(names.id):
        mark_undone(session, interview_id, names.id)
        undone |= {names.id}
    return replace(after, done=after.done - undone)


def _renamed(said: Responses, names: NameGeneratorPage, new: Collection[int], stopped: Collection[int]) -> Responses:
    kept = tuple(one for one in said.nominations if one.page != names.id or one.alter not in stopped)
    added = tuple(Nomination(names.id, names.prompts[0].id, number) for number in new)
    return replace(said, nominations=kept + added, no_one=said.no_one - {names.id} if new else said.no_one)


def _write(
    session: Session,
    interview_id: int,
    names: NameGeneratorPage,
    rows: Mapping[int, int],
    new: Collection[int],
    off: Collection[int],
    now: datetime,
) -> None:
    connection = session.connection()
    if off:
        connection.execute(_TAKE_OFF, [{"alter": rows[number], "on_page": names.id} for number in off])
    if new:
        prompt = names.prompts[0].id
        named = [{"alter_id": rows[number], "page": names.id, "prompt": prompt, "named_at": now} for number in new]
        connection.execute(_FORGET_NO_ONE, {"interview": interview_id, "on_page": names.id})
        connection.execute(_NOMINATE, named)
