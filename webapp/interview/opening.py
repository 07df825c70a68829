"""The start page of a link, beginning, and "do not ask me again"."""

from __future__ import annotations

from flask import request
from werkzeug.wrappers import Response

from instruments.schema import Instrument
from instruments.wording import say
from surveys.arriving import look
from surveys.holding import hold
from surveys.interviews import NotBegun, OpenInterview, begin, first_waiting, resume
from surveys.invitations import Invited, decline, find_invited, undo_decline
from surveys.mailing.returning import opt_out, opted_out
from surveys.studies import instrument_of
from surveys.waves import refuse_unless_open
from webapp.database import session
from webapp.guard import LINK, access
from webapp.interview.pages import show
from webapp.interview.refusing import remember
from webapp.interview.texts import counted, texts
from webapp.interview.timing import opened
from webapp.interview.visit import Visit, address, arrive, entry_of, go, last_day, now, to_first_open
from webapp.services import services


@access(LINK)
def start(token: str) -> Response:
    """Who asks, why, what is kept, how long it takes; for those who began, the way back in. Writes nothing."""
    invited, current = look(session(), token)
    if current is not None and current.finished:
        return go(address("done", token))
    refuse_unless_open(invited.wave, now=now())
    instrument = current.instrument if current else _instrument(invited)
    language = current.interview.language if current else _chosen(instrument, request.args.get("language", ""))
    return show(
        "interview/start.html",
        language,
        languages=instrument.languages,
        token=token,
        title=say(instrument.title, language),
        who=services().settings.organisation or invited.study.name,
        person=entry_of(invited),
        names_kept=texts(language)[f"start_names_{instrument.privacy.names}"],
        minutes=f"{instrument.target_minutes:g}",
        closes=last_day(invited.wave.closes_at, language),
        declined=invited.invitation.declined_at is not None,
        saved=_saved(current) if current else (),
    )


def _visit(token: str, invited: Invited) -> Visit | None:
    try:
        return Visit(token, resume(session(), invited))
    except NotBegun:
        return None


def _saved(current: OpenInterview) -> tuple[str, ...]:
    """What has been saved, in sentences."""
    words, responses, route = texts(current.interview.language), current.responses, current.route[:-1]
    done = sum(step.key in responses.done for step in route)
    sentences = [counted(words, "resume_saved", done, done=done, all=len(route))]
    if responses.alters:
        sentences.append(counted(words, "resume_people", len(responses.alters)))
    return (words["resume_ready"],) if first_waiting(current) is None else tuple(sentences)


@access(LINK)
def begin_interview(token: str) -> Response:
    """Begin, or go on with what was begun; taking part undoes "do not ask me again"."""
    invited = find_invited(session(), token)
    hold(session(), invited)
    visit = _visit(token, invited)
    if visit is not None and visit.current.finished:
        return go(address("done", token))
    language = _chosen(_instrument(invited), request.form.get("language", ""))
    begin(session(), invited, language=language, now=now())
    remember(language)
    undo_decline(invited.invitation)
    visit = arrive(token)
    begun_step = first_waiting(visit.current)
    if begun_step is not None:
        opened(visit, begun_step)
    return to_first_open(visit)


def _chosen(instrument: Instrument, language: str) -> str:
    """The language that was pressed, where the questionnaire is written in it, else its first."""
    return language if language in instrument.languages else instrument.languages[0]


def _instrument(invited: Invited) -> Instrument:
    return instrument_of(session(), invited.wave.instrument_version_id)


@access(LINK)
def ask_decline(token: str) -> Response:
    """Whether the person is sure; once they are, that it is done and how to undo it."""
    invited = find_invited(session(), token)
    visit = _visit(token, invited)
    if visit is not None and visit.current.finished:
        return go(address("done", token))
    language = visit.language if visit else _instrument(invited).languages[0]
    declined = invited.invitation.declined_at is not None
    return show(
        "interview/declined.html" if declined else "interview/decline.html",
        language,
        token=token,
        begun=visit is not None,
        closes=last_day(invited.wave.closes_at, language),
        always=opted_out(session(), invited.person),
    )


@access(LINK)
def decline_invitation(token: str) -> Response:
    """The person is not asked again in this wave, and with a tick not written to in any."""
    invited = find_invited(session(), token)
    hold(session(), invited)
    visit = _visit(token, invited)
    if visit is not None and visit.current.finished:
        return go(address("done", token))
    decline(invited.invitation, now=now())
    if request.form.get("always"):
        opt_out(session(), invited.person, now=now())
    return go(address("ask_decline", token))
