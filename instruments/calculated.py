"""Values worked out from other answers when a page is saved: CEL over what the respondent said."""

from __future__ import annotations

from instruments.baseline import items_of
from instruments.counted import counted
from instruments.responses import AnswerKey, Responses, Value
from instruments.schema import AlterFormPage, AlterReviewPage, CalculatedItem, Instrument


def calculate(instrument: Instrument, responses: Responses) -> dict[AnswerKey, Value]:
    """Every calculated value of the pages on the route, in the order of the file: a later one sees the earlier ones.

    One that needs an answer not given, or gives neither text, finite number, yes or no nor a list of texts, has no
    value. A page that holds nothing else is never shown and counts as on the route.
    """
    items = {item.id for page in instrument.pages for item in items_of(page) if isinstance(item, CalculatedItem)}
    answers = counted(instrument, responses).answers if items else {}
    return {key: value for key, value in answers.items() if key.item in items}


def calculated_keys(instrument: Instrument, responses: Responses) -> frozenset[AnswerKey]:
    """Every key that a calculated value may stand under: what `calculate` gives afresh."""
    numbers = [alter.number for alter in responses.alters]
    return frozenset(
        AnswerKey(item.id, number)
        for page in instrument.pages
        for item in items_of(page)
        if isinstance(item, CalculatedItem)
        for number in (numbers if isinstance(page, AlterFormPage | AlterReviewPage) else [None])
    )
