"""A step of a questionnaire as a form: its questions as they stand, and what a posting of it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from instruments.check import Checked, Known, Posted, check_step
from instruments.counted import as_judged
from instruments.order import ordered_options, ordered_statements
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import Step
from instruments.schema import AnyPage, ConsentPage, InfoPage, Instrument
from instruments.wording import say, sentence
from webapp.forms.choices import Rosters, Wording
from webapp.forms.filled import LISTED, Filled
from webapp.forms.fills import FILL, Asking
from webapp.forms.questions import Setting
from webapp.forms.shapes import Problem, StepForm

__all__ = ["LISTED", "Problem", "StepForm", "build"]

NOTHING = Checked()


def build(
    instrument: Instrument,
    step: Step,
    responses: Responses,
    posted: Posted | None = None,
    *,
    language: str = "en",
    rosters: Rosters | None = None,
    prefill: Mapping[str, tuple[str, ...]] | None = None,
    shorts: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
    judged: bool = True,
) -> StepForm:
    """The form of one step: filled in with what was posted, else saved, else known (`prefill`, item to value).

    `rosters` gives the entries of each roster that a look-up may name; `shorts` gives, by value, how much of a choice
    a narrow cell shows; `words` the pages' own words. What was posted is checked unless not `judged`. Raises KeyError
    for an unknown page.
    """
    page, entries = instrument.page(step.page), rosters or {}
    checked = NOTHING
    if posted is not None and judged:
        known = _known(entries)
        checked = check_step(instrument, step, responses, posted, known=known, language=language)
    people = {person.number: person for person in responses.alters}
    alter = people.get(step.alter or 0)
    form = StepForm(page, step, alter, people.get(step.to or 0), checked)
    names = {"alter": alter.label} if alter else {}
    setting = Setting(
        wording=_wording(language, entries, shorts or {}, responses),
        filled=Filled(responses, posted, prefill or {}),
        errors={error.field: error.message for error in checked.errors},
        queries={query.field: query.message for query in checked.questions},
        names=names,
        compact=page.type == "alter_form",
    )
    form.title = _title(form, instrument, names, setting, words or {})
    form.intro = _paragraphs(page, language)
    form.help = say(page.help, language) if page.help else None
    if page.type in FILL:
        judged_by = as_judged(instrument, _as_filled_in(responses, checked))
        FILL[page.type](form, page, Asking(instrument, step, judged_by, setting, words or {}))
    form.problems = tuple(_problems(form))
    return form


def _title(
    form: StepForm, instrument: Instrument, names: Mapping[str, str], setting: Setting, words: Mapping[str, str]
) -> str:
    """The page's heading: whom of a pair it is about, else its title, what it asks, or the questionnaire's title."""
    page, language = form.page, setting.language
    if form.alter and form.other:
        return words.get("ties_pair", "{low}, {high}").format(low=form.alter.label, high=form.other.label)
    if form.alter and (page.type == "alter_ties" or not page.title):
        return form.alter.label
    if page.title:
        return say(page.title, language, **names)
    label = getattr(page, "label", None)
    return sentence(say(label or instrument.title, language, alter=words.get("each_person", "{alter}")))


def _problems(form: StepForm) -> Iterator[Problem]:
    """What to change or to confirm, each with a link to the first field that can be mended.

    The first box of an answer that has several carries the id of the whole question.
    """
    first = {question.boxes[0].name: question.name for question in form.questions if question.boxes}
    for error in form.checked.errors:
        yield Problem(error.message, f"#{first.get(error.field, error.field)}")
    for query in form.checked.questions:
        yield Problem(query.message, f"#{query.field}-query")


def _known(entries: Rosters) -> Known:
    return lambda roster, code: code in entries.get(roster, {})


def _wording(language: str, rosters: Rosters, shorts: Mapping[str, str], responses: Responses) -> Wording:
    return Wording(
        language,
        rosters,
        shorts,
        ordered=lambda item: ordered_options(item, responses),
        ordered_statements=lambda item: ordered_statements(item, responses),
    )


def _paragraphs(page: AnyPage, language: str) -> tuple[str, ...]:
    """The page's own text, one entry a line."""
    texts = [page.intro, page.text if isinstance(page, ConsentPage | InfoPage) else None]
    lines = [line.strip() for text in texts if text for line in say(text, language).splitlines()]
    return tuple(line for line in lines if line)


def _as_filled_in(responses: Responses, checked: Checked) -> Responses:
    """The responses as the posting would leave them, for conditions between questions of one page."""
    if not checked.values:
        return responses
    answers: dict[AnswerKey, Value] = {**responses.answers, **checked.values}
    return replace(responses, answers=answers)
