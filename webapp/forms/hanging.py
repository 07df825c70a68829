"""Questions that hang on other answers of their page: when a browser shows them, and words that say when to answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from instruments.fields import field_name
from instruments.responses import AnswerKey
from instruments.same_page import NONE, Case
from webapp.forms.questions import Question


def hanging(
    question: Question, found: Sequence[Case] | None, number: int | None, before: Iterable[Question],
    words: Mapping[str, str],
) -> Question:  # fmt: skip
    """A question with the cases in which it is asked; None of them when only the server can tell.

    `before` are the questions above it, whose words the note uses.
    """
    if found is None:
        return replace(question, note=words.get("hangs", ""))
    named = [{field_name(AnswerKey(item, number)): given for item, given in case.items()} for case in found]
    return replace(
        question,
        asked_when=json.dumps(named, ensure_ascii=False, separators=(",", ":")),
        note=_note(named, before, words),
    )


def _note(cases: Sequence[Mapping[str, tuple[str, ...]]], before: Iterable[Question], words: Mapping[str, str]) -> str:
    """When to answer, for those who see the question whatever they said: by the answer it hangs on, where it is one."""
    one = dict(cases[0]) if len(cases) == 1 and len(cases[0]) == 1 else {}
    for question in (part for above in before for part in (above, *above.rows)):
        said = one.get(question.name, ())
        texts = [f"“{choice.text}”" for choice in question.choices if choice.value in said]
        if texts and NONE not in said:
            answers = words.get("hangs_or", " / ").join(texts)
            return words.get("hangs_on", "").format(answers=answers, question=question.label)
    return words.get("hangs", "")
