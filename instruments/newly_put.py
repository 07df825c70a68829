"""Pages that were answered, and now put a question which they had ruled out: they are asked again."""

from __future__ import annotations

from instruments.asked import keys_put, questions_on
from instruments.baseline import asks, items_of
from instruments.counted import counted
from instruments.once import once
from instruments.responses import AnswerKey, Missing, Responses
from instruments.route import Step, steps
from instruments.schema import Instrument


def newly_put(instrument: Instrument, saved: Step, before: Responses, after: Responses) -> frozenset[str]:
    """The keys of done steps other than `saved` that put a question now, ruled out before, which nobody answered.

    An answer given on an earlier page can make the condition of a question on a later one hold: whoever had passed
    that page never saw it.
    """
    if before.answers == after.answers:
        return frozenset()
    ruled = _ruled(instrument) - {saved.page}
    done = [step for step in steps(instrument, after) if step.page in ruled and step.key in after.done] if ruled else []
    if not done:
        return frozenset()
    was, now = counted(instrument, before), counted(instrument, after)
    told = {key for key, value in after.answers.items() if value is not Missing.SKIPPED}
    return frozenset(step.key for step in done if _put(instrument, step, now) - _put(instrument, step, was) - told)


@once
def _ruled(instrument: Instrument) -> frozenset[str]:
    """The pages with a question that a condition may rule out."""
    return frozenset(page.id for page in instrument.pages if any(item.when for item in items_of(page)))


def _put(instrument: Instrument, step: Step, responses: Responses) -> frozenset[AnswerKey]:
    """Where the answers to the questions stand that a step puts as things are."""
    questions = questions_on(instrument, step, responses, responses.language)
    return frozenset(keys_put(one for one in questions if asks(one.item, responses, one.key.alter)))
