"""How far an interview has come: steps noted as saved, asked again when they ask something new, and its revision."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, text, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from instruments.check import step_keys
from instruments.newly_put import newly_put
from instruments.responses import Responses
from instruments.route import Step, steps
from instruments.schema import Instrument
from surveys.prepared import Prepared
from surveys.tables import Base, Interview

_interview = Base.metadata.tables["interview"]
_saved_step = Base.metadata.tables["saved_step"]
_this_interview = bindparam("interview", type_=_interview.c.id.type)
_MARK = Prepared(
    text(
        "INSERT INTO saved_step (interview_id, step, revision, saved_at) VALUES (:interview, :step, :revision, :now) "
        "ON CONFLICT (interview_id, step) DO UPDATE SET revision = excluded.revision, saved_at = excluded.saved_at"
    ).bindparams(bindparam("now", type_=_saved_step.c.saved_at.type))
)
_UNMARK = delete(_saved_step).where(
    _saved_step.c.interview_id == _this_interview, _saved_step.c.step == bindparam("of_step")
)
_now = bindparam("now", type_=_interview.c.saved_at.type)
_TOUCH = Prepared(
    update(_interview)
    .where(_interview.c.id == _this_interview)
    .values(revision=_interview.c.revision + 1, saved_at=_now, started_at=func.coalesce(_interview.c.started_at, _now))
)


def touch(session: Session, interview: Interview, *, now: datetime) -> int:
    """Raise the interview's revision, note the time of the save, and give the new revision.

    The interview's row must be held, as `resume` and `arrive` hold it in a session that writes: then it is what was
    read, and need not be read again.
    """
    session.flush()
    _TOUCH.run(session.connection(), {"interview": interview.id, "now": now})
    set_committed_value(interview, "revision", interview.revision + 1)
    set_committed_value(interview, "saved_at", now)
    set_committed_value(interview, "started_at", interview.started_at or now)
    return interview.revision


def mark_done(session: Session, interview: Interview, step: Step, *, now: datetime) -> None:
    """Note that a step was saved at the interview's present revision."""
    this = {"interview": interview.id, "step": step.key, "revision": interview.revision, "now": now}
    _MARK.run(session.connection(), this)


def mark_undone(session: Session, interview_id: int, step_key: str) -> None:
    """Forget that a step was done, so that the route asks for it again."""
    session.connection().execute(_UNMARK, {"interview": interview_id, "of_step": step_key})


def ask_again(
    session: Session, interview_id: int, instrument: Instrument, before: Responses, after: Responses
) -> frozenset[str]:
    """Forget as done each step that asks more than it did before, as a grid with a new row does; gives their keys."""
    more = frozenset(
        step.key
        for step in steps(instrument, after)
        if step.key in before.done
        and not set(step_keys(instrument, step, after)) <= set(step_keys(instrument, step, before))
    )
    for key in more:
        mark_undone(session, interview_id, key)
    return more


def ask_what_is_new(
    session: Session, interview_id: int, instrument: Instrument, saved: Step, before: Responses, after: Responses
) -> Responses:
    """The responses with each step no longer done that puts, since a step was saved, a question ruled out before."""
    undone = newly_put(instrument, saved, before, after)
    for key in undone:
        mark_undone(session, interview_id, key)
    return replace(after, done=after.done - undone) if undone else after
