"""When a page was saved on another screen meanwhile: both answers, and which of them to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request
from werkzeug.wrappers import Response

from instruments.check import Checked, step_keys
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import Step
from instruments.summary import summarise
from instruments.wording import phrase
from webapp.interview.pages import show_in
from webapp.interview.visit import Visit, entry_words, here, returning

CONFLICT = 409
OURS = frozenset({"csrf_token", "seen"})


@dataclass(frozen=True)
class Difference:
    """One question with both answers in words."""

    question: str
    mine: str
    theirs: str


def show_conflict(visit: Visit, step: Step, checked: Checked, stored: Mapping[AnswerKey, Value]) -> Response:
    """Both answers side by side. What was sent stays on the page, so that it can still be kept."""
    rows = differences(visit, step, checked, stored)
    answer = show_in(
        visit,
        "interview/conflict.html",
        step=step,
        rows=rows,
        revision=visit.current.revision_of(step),
        sent=[(name, value) for name, value in request.form.items(multi=True) if name not in OURS],
        theirs=here(visit.token, step, **{"return": returning()}),
        returning=returning(),
        back=None,
        timed=False,
    )
    answer.status_code = CONFLICT
    return answer


def differences(
    visit: Visit, step: Step, checked: Checked, stored: Mapping[AnswerKey, Value]
) -> tuple[Difference, ...]:
    """The step's questions that were answered differently, in the order of the page."""
    responses = visit.current.responses
    keys = frozenset(step_keys(visit.current.instrument, step, responses))
    elsewhere = {key: value for key, value in responses.answers.items() if key not in keys}
    mine = _told(visit, step, replace(responses, answers=elsewhere | checked.values, other_text=checked.other_text))
    theirs = _told(visit, step, replace(responses, answers=elsewhere | dict(stored)))
    blank = phrase("blank", visit.language)
    questions = dict.fromkeys([*mine, *theirs])
    both = [Difference(name, mine.get(name, blank), theirs.get(name, blank)) for name in questions]
    return tuple(row for row in both if row.mine != row.theirs) or tuple(both)


def _told(visit: Visit, step: Step, responses: Responses) -> dict[str, str]:
    """Question to answer in words, of one step."""
    told = responses if step.key in responses.done else replace(responses, done=responses.done | {step.key})
    sections = summarise(visit.current.instrument, told, visit.language, entry=entry_words(visit))
    return {
        f"{row.question} ({section.title})": row.answer
        for section in sections
        for row in section.rows
        if row.step_key == step.key
    }
