"""Every page as questions with their keys: about ego, a person, a topic, a group, a pair.

Pages that are one question themselves (circles, pairs, groups) become items too, so that one reader and one set of
templates serve them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from instruments.baseline import item_keys
from instruments.order import ordered_items
from instruments.pairs import Pair, pair_key, pairs_from, pairs_of
from instruments.responses import Alter, AnswerKey, Responses
from instruments.route import Step, people
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    ArdPage,
    BooleanItem,
    ChoiceItem,
    FormPage,
    Instrument,
    LikertItem,
    NarrativePage,
    NumberItem,
    OrgTiesPage,
    PlacePage,
    QuestionPage,
    ScaleItem,
    TextItem,
)
from instruments.wording import phrase, say

Names = dict[str, str]


class Put(NamedTuple):
    """One question as it is put: its item, where its answer stands, what fills its wording, and the row it stands in.

    `row` names a line of a table: the person, the group; "" where a question stands alone.
    """

    item: AnyItem
    key: AnswerKey
    names: Names
    row: str = ""


def questions_on(instrument: Instrument, step: Step, responses: Responses, language: str) -> tuple[Put, ...]:
    """All questions of one step in the respondent's order, whether or not their conditions hold.

    `org_ties` gives none: its rows are a roster's, and `row_of` makes the question of one. KeyError for no such page.
    """
    page = instrument.page(step.page)
    return tuple(MAKERS.get(page.type, _none)(page, instrument, step, responses, language))


def expanded(put: Put, language: str) -> Iterator[Put]:
    """The question itself, or for a likert one question a statement."""
    item = put.item
    if not isinstance(item, LikertItem):
        yield put
        return
    for statement in item.statements:
        shared = {name: getattr(item, name) for name in ("error", "required", "when", "ask_once", "allow", "pii")}
        one = ScaleItem(
            id=statement.id, type="scale", label=statement.label, scale=item.scale, options=item.options, **shared
        )
        yield Put(one, put.key._replace(item=statement.id), put.names, put.row)


def keys_put(put: Iterable[Put]) -> tuple[AnswerKey, ...]:
    """Where the answers to some questions stand: for a likert one under each statement, for texts none."""
    return tuple(
        key._replace(topic=one.key.topic, to=one.key.to) for one in put for key in item_keys(one.item, one.key.alter)
    )


def page_item(page: QuestionPage) -> AnyItem:
    """The question that a page is, as an item of its id."""
    return ITEMS[type(page)](page)


def row_of(page: OrgTiesPage, code: str, label: str) -> Put:
    """The question about one site."""
    return Put(page_item(page), AnswerKey(page.id, None, code), {"site": label}, label)


def _shared(page: QuestionPage) -> dict[str, object]:
    label = page.label if page.label is not None else page.title
    return {"id": page.id, "label": label, "hint": page.hint, "required": page.required, "allow": page.allow}


def _choice(page: QuestionPage, kind: str) -> AnyItem:
    return ChoiceItem.model_validate({**_shared(page), "type": kind, "options": getattr(page, "options", ())})


def _scale(page: QuestionPage) -> AnyItem:
    chosen = {"scale": getattr(page, "scale", None) or page.id, "options": getattr(page, "options", ())}
    return ScaleItem.model_validate({**_shared(page), "type": "scale", **chosen})


def _ties_item(page: AlterTiesPage) -> AnyItem:
    return _scale(page) if page.mode == "strength" else BooleanItem.model_validate({**_shared(page), "type": "boolean"})


def _ard_item(page: ArdPage) -> AnyItem:
    return NumberItem.model_validate({**_shared(page), "type": "number", "minimum": 0, "maximum": page.maximum})


def _narrative_item(page: NarrativePage) -> AnyItem:
    shared = {**_shared(page), "type": "longtext", "max_length": 5000, "pii": "free_text"}
    return TextItem.model_validate(shared)


ITEMS: dict[type[QuestionPage], Callable[..., AnyItem]] = {
    AlterTiesPage: _ties_item,
    OrgTiesPage: lambda page: _scale(page) if page.scale else _choice(page, "multi"),
    ArdPage: _ard_item,
    PlacePage: lambda page: _choice(page, "single"),
    NarrativePage: _narrative_item,
}


def _form(page: FormPage, instrument: Instrument, step: Step, responses: Responses, language: str) -> Iterator[Put]:
    return (Put(item, AnswerKey(item.id), {}) for item in ordered_items(page, responses))


def _alter_form(
    page: AlterFormPage, instrument: Instrument, step: Step, responses: Responses, language: str
) -> Iterator[Put]:
    alone = page.layout == "one_at_a_time"
    about = [a for a in responses.alters if a.number == step.alter] if alone else people(page, responses)
    for alter in about:
        for item in ordered_items(page, responses):
            yield _about(item, alter, "" if alone else alter.label)


def _review(
    page: AlterReviewPage, instrument: Instrument, step: Step, responses: Responses, language: str
) -> Iterator[Put]:
    return (_about(item, alter, alter.label) for alter in people(page, responses) for item in page.ask)


def _grid(
    page: AlterGridPage, instrument: Instrument, step: Step, responses: Responses, language: str
) -> Iterator[Put]:
    topics = [(topic.id, say(topic.label, language)) for topic in instrument.topics]
    for alter in people(page, responses):
        for item in page.then:
            for topic, label in topics:
                names = {"alter": alter.label, "topic": label}
                yield Put(item, AnswerKey(item.id, alter.number, topic), names, alter.label)


def _ties(
    page: AlterTiesPage, instrument: Instrument, step: Step, responses: Responses, language: str
) -> Iterator[Put]:
    item = page_item(page)
    if item.label is None:
        item = item.model_copy(update={"label": phrase("pair", language)})
    for low, high in step_pairs(page, step, responses):
        other = low if high.number == step.alter else high
        row = "" if step.to is not None else other.label if step.alter else f"{low.label}, {high.label}"
        yield Put(item, pair_key(page, (low, high)), {"alter": low.label, "to": high.label}, row)


def step_pairs(page: AlterTiesPage, step: Step, responses: Responses) -> tuple[Pair, ...]:
    """The pairs that one step asks about: one, those of one person, or all."""
    if step.to is not None:
        return tuple(p for p in pairs_of(page, responses) if (p[0].number, p[1].number) == (step.alter, step.to))
    return pairs_of(page, responses) if step.alter is None else pairs_from(page, responses, step.alter)


def _ard(page: ArdPage, instrument: Instrument, step: Step, responses: Responses, language: str) -> Iterator[Put]:
    item = page_item(page)
    for group in page.groups:
        yield Put(item, AnswerKey(page.id, None, group.id), {}, say(group.label, language))


def _place(page: PlacePage, instrument: Instrument, step: Step, responses: Responses, language: str) -> Iterator[Put]:
    item = page_item(page)
    return (_about(item, alter, alter.label) for alter in people(page, responses))


def _narrative(
    page: NarrativePage, instrument: Instrument, step: Step, responses: Responses, language: str
) -> Iterator[Put]:
    if page.label is not None:
        yield Put(page_item(page), AnswerKey(page.id), {})


def _none(page: AnyPage, instrument: Instrument, step: Step, responses: Responses, language: str) -> Iterator[Put]:
    return iter(())


def _about(item: AnyItem, alter: Alter, row: str) -> Put:
    return Put(item, AnswerKey(item.id, alter.number), {"alter": alter.label}, row)


MAKERS: dict[str, Callable[..., Iterator[Put]]] = {
    "form": _form,
    "alter_form": _alter_form,
    "alter_review": _review,
    "alter_grid": _grid,
    "alter_ties": _ties,
    "ard": _ard,
    "place": _place,
    "narrative": _narrative,
}
