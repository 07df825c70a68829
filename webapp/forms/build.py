"""A step of a questionnaire as a form: its questions as they stand, and what a posting of it means."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_wtf import FlaskForm

from instruments.check import Checked, Posted, check_step, field_name
from instruments.conditions import applies, compile_condition
from instruments.responses import Alter, AnswerKey, Responses, Value
from instruments.route import Step
from instruments.schema import AlterFormPage, AlterGridPage, AnyItem, AnyPage, ConsentPage, FormPage, Instrument
from instruments.wording import say
from webapp.forms.questions import Question, Rosters, Setting, agree, as_posted, ask

NOTHING = Checked()


@dataclass(frozen=True)
class Problem:
    """What to change, and the field to go to."""

    text: str
    href: str


@dataclass(frozen=True)
class GridCell:
    """What is asked about one alter and one topic."""

    topic: str
    question: Question


@dataclass(frozen=True)
class GridRow:
    """One alter's cells, one for each topic."""

    alter: Alter
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class Heading:
    """A column of a grid: a topic and what it means."""

    label: str
    hint: str | None


class StepForm(FlaskForm):
    """One page's form. Its fields are the instrument's questions; the token against forged posts is Flask-WTF's.

    page       the instrument's page           alter     the person it is about, if any
    title      heading in the page's language   intro     text under it, in paragraphs
    questions  for consent, form and alter form  columns, rows  for a grid
    checked    what the posting means           problems  what to change, empty when it may be saved
    """

    def __init__(self, page: AnyPage, alter: Alter | None, checked: Checked, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.page = page
        self.alter = alter
        self.checked = checked
        self.problems = tuple(Problem(error.message, f"#{error.field}") for error in checked.errors)
        self.title: str = ""
        self.intro: tuple[str, ...] = ()
        self.questions: tuple[Question, ...] = ()
        self.columns: tuple[Heading, ...] = ()
        self.rows: tuple[GridRow, ...] = ()


def build(
    instrument: Instrument,
    step: Step,
    responses: Responses,
    posted: Posted | None = None,
    *,
    language: str = "en",
    rosters: Rosters | None = None,
    prefill: Mapping[str, str] | None = None,
    shorts: Mapping[str, str] | None = None,
) -> StepForm:
    """The form of one step: filled in with what was posted, else saved, else known (`prefill`, item to value).

    `rosters` gives the entries of each roster that a look-up may name; `shorts` gives, by value, how much of a choice
    a narrow cell shows. Raises KeyError for an unknown page.
    """
    page, entries = instrument.page(step.page), rosters or {}
    checked = NOTHING
    if posted is not None:
        checked = check_step(
            instrument,
            step,
            responses,
            posted,
            known=lambda roster, code: code in entries.get(roster, {}),
            language=language,
        )
    alter = next((person for person in responses.alters if person.number == step.alter), None)
    form = StepForm(page, alter, checked)
    names = {"alter": alter.label} if alter else {}
    setting = Setting(
        language=language,
        names=names,
        rosters=entries,
        values=_values(responses, posted, {} if step.key in responses.done else prefill or {}),
        other=_other(responses, posted),
        errors={error.field: error.message for error in checked.errors},
        compact=isinstance(page, AlterFormPage),
        shorts=shorts or {},
    )
    form.title = say(page.title, language, **names) if page.title else say(instrument.title, language)
    form.intro = _paragraphs(page, language)
    FILL.get(page.type, _nothing)(form, instrument, _as_filled_in(responses, checked), setting)
    return form


def _paragraphs(page: AnyPage, language: str) -> tuple[str, ...]:
    """The page's own text, one entry a line."""
    texts = [page.intro, page.text if isinstance(page, ConsentPage) else None]
    lines = [line.strip() for text in texts if text for line in say(text, language).splitlines()]
    return tuple(line for line in lines if line)


def _values(
    responses: Responses, posted: Posted | None, prefill: Mapping[str, str]
) -> Callable[[AnswerKey], tuple[str, ...]]:
    def values(key: AnswerKey) -> tuple[str, ...]:
        if posted is not None:
            return tuple(posted.get(field_name(key), ()))
        known = as_posted(responses.answers.get(key))
        return known or ((prefill[key.item],) if key.item in prefill and key.alter is None else ())

    return values


def _other(responses: Responses, posted: Posted | None) -> Callable[[AnswerKey], str]:
    def other(key: AnswerKey) -> str:
        if posted is not None:
            return next(iter(posted.get(field_name(key, other=True), ())), "")
        return responses.other_text.get(key, "")

    return other


def _as_filled_in(responses: Responses, checked: Checked) -> Responses:
    """The responses as the posting would leave them, for conditions between questions of one page."""
    answers: dict[AnswerKey, Value] = {**responses.answers, **checked.values}
    return replace(responses, answers=answers)


def _consent(form: StepForm, instrument: Instrument, responses: Responses, setting: Setting) -> None:
    if isinstance(form.page, ConsentPage):
        form.questions = tuple(agree(statement, setting) for statement in form.page.statements)


def _form(form: StepForm, instrument: Instrument, responses: Responses, setting: Setting) -> None:
    if isinstance(form.page, FormPage | AlterFormPage):
        number = form.alter.number if form.alter else None
        shown = _shown(form.page.items, responses, number)
        form.questions = tuple(ask(item, AnswerKey(item.id, number), setting) for item in shown)


def _shown(items: tuple[AnyItem, ...], responses: Responses, alter: int | None) -> Iterator[AnyItem]:
    """Items whose condition holds, and those that hang on another answer of the same page: it may change yet."""
    on_page = {item.id for item in items}
    for item in items:
        if applies(item.when, responses, alter) or (item.when and on_page & _read_by(item.when)):
            yield item


def _read_by(condition: str) -> set[str]:
    compiled = compile_condition(condition)
    return {*compiled.names, *compiled.alter_items}


def _grid(form: StepForm, instrument: Instrument, responses: Responses, setting: Setting) -> None:
    page = form.page
    if not isinstance(page, AlterGridPage):
        return
    form.columns = tuple(
        Heading(say(topic.label, setting.language), say(topic.hint, setting.language) if topic.hint else None)
        for topic in instrument.topics
    )
    form.rows = tuple(
        GridRow(alter, tuple(_cells(page, alter, instrument, setting)))
        for alter in responses.named_on(page.over.alters)
    )


def _cells(page: AlterGridPage, alter: Alter, instrument: Instrument, setting: Setting) -> Iterator[GridCell]:
    for topic in instrument.topics:
        label = say(topic.label, setting.language)
        here = replace(setting, names={"alter": alter.label, "topic": label})
        yield GridCell(label, ask(page.then[0], AnswerKey(page.then[0].id, alter.number, topic.id), here))


def _nothing(form: StepForm, instrument: Instrument, responses: Responses, setting: Setting) -> None:
    """Pages whose own template does everything: names, and the end."""


FILL: Mapping[str, Callable[[StepForm, Instrument, Responses, Setting], None]] = {
    "consent": _consent,
    "form": _form,
    "alter_form": _form,
    "alter_grid": _grid,
}
