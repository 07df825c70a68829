"""Interviews: begun from an invitation, resumed anywhere, saved step by step, finished once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from instruments import ties
from instruments.check import Checked, step_keys
from instruments.responses import Responses
from instruments.route import Step, reachable, steps
from instruments.schema import Instrument
from surveys.answers import read_responses, with_answers, write_answers
from surveys.invitations import Invited, undo_decline
from surveys.store import writes
from surveys.studies import instrument_of
from surveys.tables import Alter, Base, Interview, Tie
from surveys.waves import refuse_unless_open

_interview = Base.metadata.tables["interview"]
_saved_step = Base.metadata.tables["saved_step"]
_alter = Base.metadata.tables["alter"]
_this_interview = bindparam("interview", type_=_interview.c.id.type)
_of_invitation = bindparam("invitation", type_=_interview.c.id.type)
_OF_INVITATION = select(Interview).where(Interview.invitation_id == _of_invitation)
_HELD = _OF_INVITATION.with_for_update().execution_options(populate_existing=True)
_invitation = Base.metadata.tables["invitation"]
_HOLD_INVITATION = select(_invitation.c.id).where(_invitation.c.id == _of_invitation).with_for_update()
_ALTER_IDS = select(_alter.c.number, _alter.c.id).where(_alter.c.interview_id == _this_interview)
_MARK = insert(_saved_step)
_UNMARK = delete(_saved_step).where(
    _saved_step.c.interview_id == _this_interview, _saved_step.c.step == bindparam("of_step")
)
_now = bindparam("now", type_=_interview.c.saved_at.type)
_TOUCH = (
    update(_interview)
    .where(_interview.c.id == _this_interview)
    .values(revision=_interview.c.revision + 1, saved_at=_now, started_at=func.coalesce(_interview.c.started_at, _now))
    .returning(_interview.c.revision, _interview.c.saved_at, _interview.c.started_at)
)


class NotBegun(Exception):
    """The invitation has no interview yet: the start button was not pressed."""


class StepNotReached(Exception):
    """The step is not on the route, or lies beyond the first one that is not done."""


class NotFinishable(Exception):
    """Something on the route is not answered yet; `step` is where to go."""

    def __init__(self, step: Step) -> None:
        self.step = step
        super().__init__("Some questions are not answered yet.")


@dataclass(frozen=True)
class OpenInterview:
    """An interview as it stands, with its questionnaire and its route."""

    invited: Invited
    interview: Interview
    instrument: Instrument
    responses: Responses
    route: tuple[Step, ...]

    @property
    def finished(self) -> bool:
        return self.interview.finished_at is not None


def begin(session: Session, invited: Invited, *, language: str, now: datetime) -> Interview:
    """The invitation's interview, made when it is not there; beginning twice is beginning once.

    The invitation's row is held until the caller commits, so that two presses at once wait for each other.
    Raises WaveClosed.
    """
    refuse_unless_open(invited.wave, now=now)
    session.connection().execute(_HOLD_INVITATION, {"invitation": invited.invitation.id})
    known = _interview_of(session, invited)
    if known is not None:
        return known
    undo_decline(invited.invitation)
    invited.invitation.opened_at = invited.invitation.opened_at or now
    interview = Interview(
        invitation_id=invited.invitation.id,
        instrument_version_id=invited.wave.instrument_version_id,
        language=language,
        revision=0,
        last_alter=0,
        opened_at=now,
    )
    session.add(interview)
    session.flush()
    return interview


def has_begun(session: Session, invited: Invited) -> bool:
    """Whether the invitation has an interview."""
    return _interview_of(session, invited) is not None


def resume(session: Session, invited: Invited) -> OpenInterview:
    """The invitation's interview as it stands; raises NotBegun.

    In a session that writes, the interview's row is held until the caller commits: what is decided on what was
    read here is still true when it is saved.
    """
    interview = _interview_of(session, invited, hold=writes(session))
    if interview is None:
        raise NotBegun("Press Start to begin.")
    return _as_it_stands(session, invited, interview)


def _as_it_stands(session: Session, invited: Invited, interview: Interview) -> OpenInterview:
    instrument = instrument_of(session, interview.instrument_version_id)
    responses = read_responses(session, interview.id, invited.wave.number)
    return OpenInterview(invited, interview, instrument, responses, steps(instrument, responses))


def _interview_of(session: Session, invited: Invited, *, hold: bool = False) -> Interview | None:
    return session.scalar(_HELD if hold else _OF_INVITATION, {"invitation": invited.invitation.id})


def refuse_beyond(current: OpenInterview, step: Step) -> None:
    """Raise StepNotReached unless the step may be shown and saved as things stand."""
    if step not in reachable(current.route, current.responses):
        raise StepNotReached("This question comes later. We have brought you to the next one to answer.")


def refuse_changes_when_over(current: OpenInterview, *, now: datetime) -> None:
    """Raise WaveClosed or AlreadyFinished when nothing may change any more."""
    refuse_unless_open(current.invited.wave, now=now)
    if current.finished:
        raise AlreadyFinished("You have already sent your answers. Thank you.")


class AlreadyFinished(Exception):
    """The answers were sent; they do not change any more."""


def save_step(
    session: Session, current: OpenInterview, step: Step, checked: Checked, *, now: datetime
) -> OpenInterview:
    """Keep one step's checked answers and give the interview as it then stands.

    Raises StepNotReached, WaveClosed or AlreadyFinished, and ValueError when `checked` holds errors.
    """
    if checked.errors:
        raise ValueError("Only answers without errors are saved.")
    refuse_changes_when_over(current, now=now)
    refuse_beyond(current, step)
    rows = alter_ids(session, current.interview.id) if current.responses.alters else {}
    about = rows[step.alter] if step.alter is not None else None
    write_answers(session, current.interview.id, step.page, about, checked.values, checked.other_text, rows, now=now)
    mark_done(session, current.interview.id, step, now=now)
    touch(session, current.interview, now=now)
    replaced = frozenset(step_keys(current.instrument, step, current.responses))
    responses = with_answers(current.responses, replaced, checked.values, checked.other_text, step.key)
    return replace(current, responses=responses, route=steps(current.instrument, responses))


def alter_ids(session: Session, interview_id: int) -> dict[int, int]:
    """The row of each alter's number in one interview."""
    return dict(session.connection().execute(_ALTER_IDS, {"interview": interview_id}).all())


def mark_done(session: Session, interview_id: int, step: Step, *, now: datetime) -> None:
    """Note that a step was saved."""
    mark_undone(session, interview_id, step.key)
    session.connection().execute(_MARK, {"interview_id": interview_id, "step": step.key, "saved_at": now})


def mark_undone(session: Session, interview_id: int, step_key: str) -> None:
    """Forget that a step was done, so that the route asks for it again."""
    session.connection().execute(_UNMARK, {"interview": interview_id, "of_step": step_key})


def touch(session: Session, interview: Interview, *, now: datetime) -> None:
    """Raise the revision and note the time of a save."""
    session.flush()
    row = session.connection().execute(_TOUCH, {"interview": interview.id, "now": now}).one()
    for name, value in row._mapping.items():
        set_committed_value(interview, name, value)


def finish(session: Session, current: OpenInterview, *, now: datetime) -> None:
    """Send the answers: write their ties, destroy typed labels, and note the time. Finishing twice is finishing once.

    Raises NotFinishable with the step to go to, and WaveClosed.
    """
    if current.finished:
        return
    refuse_unless_open(current.invited.wave, now=now)
    waiting = first_waiting(current)
    if waiting is not None:
        raise NotFinishable(waiting)
    rows = alter_ids(session, current.interview.id)
    _write_ties(session, current, rows)
    session.execute(update(Alter).where(Alter.interview_id == current.interview.id).values(label=None))
    current.interview.finished_at = now
    touch(session, current.interview, now=now)


def first_waiting(current: OpenInterview) -> Step | None:
    """The first step before the end that is not done, or None."""
    for step in current.route[:-1]:
        if step.key not in current.responses.done:
            return step
    return None


def _write_ties(session: Session, current: OpenInterview, rows: dict[int, int]) -> None:
    session.execute(delete(Tie).where(Tie.interview_id == current.interview.id))
    bound = [
        {
            "interview_id": current.interview.id,
            "alter_id": rows[tie.alter],
            "relation": tie.relation,
            "topic": tie.topic,
            "contacts_per_year": tie.contacts_per_year,
            "formality": tie.formality,
            "direction": tie.direction,
            "mechanism": tie.mechanism,
        }
        for tie in ties.bind(current.instrument, current.responses)
    ]
    if bound:
        session.execute(insert(Tie), bound)
