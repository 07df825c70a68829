"""Interviews: begun from an invitation, resumed anywhere, saved step by step, finished once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from instruments.check import Checked, step_keys
from instruments.counted import counted
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import Step, reachable, steps
from instruments.schema import AlterReviewPage
from surveys.answers import forget_namings, with_answers, with_calculated, write_changes
from surveys.binding import write_ties
from surveys.carrying import carry, with_previous
from surveys.ego import with_ego
from surveys.holding import hold
from surveys.invitations import Invited, undo_decline
from surveys.matching.keeping import keep_names
from surveys.progress import ask_what_is_new, mark_done, mark_undone, touch
from surveys.reviewing import take_up
from surveys.said import read_said
from surveys.standing import OpenInterview
from surveys.store import writes
from surveys.studies import instrument_of, parsed
from surveys.tables import Alter, Base, InstrumentVersion, Interview
from surveys.waves import refuse_unless_open

__all__ = [
    "AlreadyFinished",
    "NotBegun",
    "NotFinishable",
    "OpenInterview",
    "StaleStep",
    "StepNotReached",
    "UnknownLanguage",
    "as_it_stands",
    "begin",
    "finish",
    "first_waiting",
    "has_begun",
    "mark_undone",
    "refuse_beyond",
    "refuse_changes_when_over",
    "resume",
    "save_step",
    "set_language",
]

SEEDS = 2**31

_interview = Base.metadata.tables["interview"]
_invitation = Base.metadata.tables["invitation"]
_of_invitation = bindparam("invitation", type_=_invitation.c.id.type)
_OF_INVITATION = select(Interview).where(Interview.invitation_id == _of_invitation)
_STANDING = (
    select(Interview, InstrumentVersion.source)
    .join(InstrumentVersion, InstrumentVersion.id == Interview.instrument_version_id)
    .where(Interview.invitation_id == _of_invitation, Interview.simulated == bindparam("simulated"))
    .execution_options(populate_existing=True)
)
_HELD = _STANDING.with_for_update(of=Interview)


class NotBegun(Exception):
    """The invitation has no interview yet: the start button was not pressed."""


class StepNotReached(Exception):
    """The step is not on the route, or lies beyond the first one that is not done."""


class NotFinishable(Exception):
    """Something on the route is not answered yet; `step` is where to go."""

    def __init__(self, step: Step) -> None:
        self.step = step
        super().__init__("Some questions are not answered yet.")


class StaleStep(Exception):
    """The page was saved elsewhere with other answers since it was shown; nothing was written.

    `stored` and `other_text` are what the store has for the step, `revision` what it was saved at.
    """

    def __init__(self, stored: Mapping[AnswerKey, Value], other_text: Mapping[AnswerKey, str], revision: int) -> None:
        self.stored, self.other_text, self.revision = stored, other_text, revision
        super().__init__("This page was changed in another window. Choose which answers to keep.")


class UnknownLanguage(Exception):
    """The questionnaire is not written in that language; the text says in which it is."""


def begin(
    session: Session,
    invited: Invited,
    *,
    language: str,
    now: datetime,
    seed: int | None = None,
    simulated: bool = False,
) -> Interview:
    """The invitation's interview, made when it is not there; beginning twice is beginning once.

    The invitation's row is held until the caller commits, so that two presses at once wait for each other. `seed`
    (31 bits) decides random orders; without one it is taken from the invitation's random nonce. Simulated answers
    make way for a person who begins. Raises WaveClosed.
    """
    refuse_unless_open(invited.wave, now=now)
    hold(session, invited)
    known = session.scalar(_OF_INVITATION, {"invitation": invited.invitation.id})
    if known is not None and (simulated or not known.simulated):
        return known
    if known is not None:
        session.execute(delete(Interview).where(Interview.id == known.id))
    if not simulated:
        undo_decline(invited.invitation)
        invited.invitation.opened_at = invited.invitation.opened_at or now
    interview = Interview(
        invitation_id=invited.invitation.id,
        instrument_version_id=invited.wave.instrument_version_id,
        language=language,
        seed=int(invited.invitation.nonce[:8], 16) % SEEDS if seed is None else seed,
        simulated=simulated,
        revision=0,
        last_alter=0,
        opened_at=now,
    )
    session.add(interview)
    session.flush()
    carry(session, invited, interview, instrument_of(session, interview.instrument_version_id))
    return interview


def has_begun(session: Session, invited: Invited) -> bool:
    """Whether the invitation has an interview that a person began."""
    return _standing(session, invited) is not None


def resume(session: Session, invited: Invited, *, simulated: bool = False) -> OpenInterview:
    """The invitation's interview as it stands; raises NotBegun, also where there are only simulated answers.

    In a session that writes, the interview's row is held until the caller commits: what is decided on what was
    read here is still true when it is saved.
    """
    standing = _standing(session, invited, held=writes(session), simulated=simulated)
    if standing is None:
        raise NotBegun("Press Start to begin.")
    return as_it_stands(session, invited, *standing)


def as_it_stands(session: Session, invited: Invited, interview: Interview, source: str) -> OpenInterview:
    """An interview of which the row and the questionnaire's source were read already, with what was said so far."""
    instrument = parsed(source)
    said = read_said(session, interview, instrument, invited.wave.number)
    known = with_ego(session, invited, instrument, said.responses)
    responses = with_previous(session, interview, instrument, known)
    route = steps(instrument, responses)
    return OpenInterview(invited, interview, instrument, responses, route, said.rows, said.revisions)


def _standing(
    session: Session, invited: Invited, *, held: bool = False, simulated: bool = False
) -> tuple[Interview, str] | None:
    """The invitation's interview, and the source of its questionnaire."""
    found = {"invitation": invited.invitation.id, "simulated": simulated}
    row = session.execute(_HELD if held else _STANDING, found).one_or_none()
    return None if row is None else (row[0], row[1])


def set_language(session: Session, current: OpenInterview, language: str) -> OpenInterview:
    """Go on in another language of the questionnaire; no answer changes. Raises UnknownLanguage."""
    if language not in current.instrument.languages:
        there = ", ".join(current.instrument.languages)
        raise UnknownLanguage(f"This questionnaire is not written in “{language}”. Choose one of: {there}.")
    _write(session, current.interview, {"language": language})
    return replace(current, responses=replace(current.responses, language=language))


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
    session: Session,
    current: OpenInterview,
    step: Step,
    checked: Checked,
    *,
    now: datetime,
    seen: int | None = None,
) -> OpenInterview:
    """Keep one step's checked answers and give the interview as it then stands.

    `seen` is the step's revision that the page was made from (`revision_of`). When the step was saved since, the same
    answers are simply kept and others are not written: StaleStep. Raises StepNotReached, WaveClosed or
    AlreadyFinished, and ValueError when `checked` holds errors or questions that were not confirmed.
    """
    if checked.errors or checked.questions:
        raise ValueError("Only answers without errors are saved.")
    refuse_changes_when_over(current, now=now)
    refuse_beyond(current, step)
    keys = step_keys(current.instrument, step, current.responses)
    if seen is not None and seen != current.revision_of(step):
        return _unless_stale(current, step, keys, checked)
    return _keep(session, current, step, with_answers(current.responses, keys, checked, step), now=now)


def _unless_stale(current: OpenInterview, step: Step, keys: tuple[AnswerKey, ...], checked: Checked) -> OpenInterview:
    """The interview as it is, when the store has for a step exactly what was checked; else raises StaleStep."""
    said = current.responses
    stored = {key: said.answers[key] for key in keys if key in said.answers}
    other_text = {key: said.other_text[key] for key in keys if key in said.other_text}
    if stored != checked.values or other_text != {key: text for key, text in checked.other_text.items() if text}:
        raise StaleStep(stored, other_text, current.revision_of(step))
    return current


def _keep(session: Session, current: OpenInterview, step: Step, said: Responses, *, now: datetime) -> OpenInterview:
    """Write what a saved step changed, in itself and beyond, and note that it was saved."""
    interview, instrument = current.interview, current.instrument
    after = with_calculated(instrument, said)
    write_changes(session, interview.id, instrument, current.rows, current.responses, after, now=now)
    page = instrument.page(step.page)
    if isinstance(page, AlterReviewPage):
        after = take_up(session, interview.id, instrument, page, current.rows, after, now=now)
    after = ask_what_is_new(session, interview.id, instrument, step, current.responses, after)
    touch(session, interview, now=now)
    mark_done(session, interview, step, now=now)
    revisions = {key: at for key, at in current.revisions.items() if key in after.done}
    revisions[step.key] = interview.revision
    return replace(current, responses=after, route=steps(instrument, after), revisions=revisions)


def finish(session: Session, current: OpenInterview, *, now: datetime) -> None:
    """Send the answers: write their ties, destroy typed labels, and note the time. Finishing twice is finishing once.

    Under `names: vault` what was typed is kept apart from the answers, until it is known who was meant.

    What was asked once, in an earlier wave, and still counts is kept with this wave's answers too. What is off the
    route as the interview is sent is not kept: nothing can bring it back now. Raises NotFinishable with the step to go
    to, and WaveClosed.
    """
    if current.finished:
        return
    refuse_unless_open(current.invited.wave, now=now)
    waiting = first_waiting(current)
    if waiting is not None:
        raise NotFinishable(waiting)
    interview, instrument, said = current.interview, current.instrument, current.responses
    whole = counted(instrument, said)
    write_changes(session, interview.id, instrument, current.rows, said, whole, now=now)
    forget_namings(session, current.rows, said, whole)
    write_ties(session, interview.id, current.invited.study.id, instrument, whole, current.rows)
    keep_names(session, interview.id, instrument, now=now)
    session.execute(update(Alter).where(Alter.interview_id == interview.id).values(label=None))
    _write(session, interview, {"finished_at": now})
    touch(session, interview, now=now)


def _write(session: Session, interview: Interview, values: Mapping[str, object]) -> None:
    """Write values to an interview's row, whether the session follows the object or not."""
    session.connection().execute(update(_interview).where(_interview.c.id == interview.id).values(values))
    for name, value in values.items():
        set_committed_value(interview, name, value)


def first_waiting(current: OpenInterview) -> Step | None:
    """The first step before the end that is not done, or None."""
    for step in current.route[:-1]:
        if step.key not in current.responses.done:
            return step
    return None
