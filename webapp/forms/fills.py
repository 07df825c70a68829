"""What each type of page asks: its questions, tables and people, put into the form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from instruments.baseline import answered_before
from instruments.fields import field_name
from instruments.order import ordered_items
from instruments.pairs import Pair, pair_key, pairs_from, pairs_of, unrelated_key
from instruments.responses import Alter, AnswerKey, Responses
from instruments.route import Step, people
from instruments.same_page import cases
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    ArdPage,
    ConsentPage,
    FormPage,
    Instrument,
    NarrativePage,
    OrgTiesPage,
    PlacePage,
    Text,
    TextItem,
)
from instruments.wording import phrase, question, say, sentence
from webapp.forms.choices import Choice, choice_of, yes_no
from webapp.forms.filled import Filled
from webapp.forms.hanging import hanging
from webapp.forms.questions import Question, Setting, agree, ask, choose
from webapp.forms.shapes import About, Finder, GridCell, GridRow, Heading, Matrix, StepForm

LONGEST_STORY = 2000

MOST_SITES = 12
"""So many sites are shown in one table; of more only those that were added, which are found by their names."""


@dataclass(frozen=True)
class Asking:
    """One page as it is asked: of whom, in what words, with what known."""

    instrument: Instrument
    step: Step
    responses: Responses
    setting: Setting
    words: Mapping[str, str]

    def say(self, text: Text | None) -> str:
        return say(text, self.setting.language, **self.setting.names) if text else ""

    def of_everyone(self, text: Text | None) -> str:
        """A wording about {alter}, read of all of them."""
        everyone = self.words.get("each_person", "{alter}")
        return sentence(say(text, self.setting.language, alter=everyone)) if text else ""

    def about(self, alter: Alter) -> Setting:
        """The setting with that person's name to fill in."""
        return replace(self.setting, names={"alter": alter.label})


def _consent(form: StepForm, page: ConsentPage, asking: Asking) -> None:
    form.questions = tuple(agree(statement, asking.setting) for statement in page.statements)


def _form(form: StepForm, page: FormPage, asking: Asking) -> None:
    form.questions = _asked(ordered_items(page, asking.responses), None, asking, asking.setting)


def _asked(items: Sequence[AnyItem], number: int | None, asking: Asking, setting: Setting) -> tuple[Question, ...]:
    """Items that are put, and those that other answers of the same page can bring about: these may change yet."""
    responses, shown = asking.responses, list[Question]()
    here = [item for item in items if not (item.ask_once and answered_before(item, responses, number))]
    for item in here:
        found = cases(item.when, here, responses, number) if item.when else ({},)
        if item.type == "calculated" or found == ():
            continue
        one = ask(item, AnswerKey(item.id, number), setting)
        always = found is not None and {} in found
        shown.append(one if always else hanging(one, found, number, shown, asking.words))
    return tuple(shown)


def _alter_form(form: StepForm, page: AlterFormPage, asking: Asking) -> None:
    items = ordered_items(page, asking.responses)
    if form.alter is not None:
        form.questions = _asked(items, form.alter.number, asking, asking.setting)
        return
    by_person = [
        (alter, _asked(items, alter.number, asking, _wide(alter, asking))) for alter in people(page, asking.responses)
    ]
    form.matrices = tuple(_by_question(item, by_person, asking) for item in items if item.type != "calculated")


def _wide(alter: Alter, asking: Asking) -> Setting:
    return replace(asking.about(alter), compact=False)


def _by_question(item: AnyItem, by_person: Sequence[tuple[Alter, tuple[Question, ...]]], asking: Asking) -> Matrix:
    """One item of everyone; whom it does not ask about has no row, unless another answer here may change that."""
    rows = tuple(
        replace(one, label=alter.label, detail=alter.detail)
        for alter, questions in by_person
        for one in questions
        if one.name == field_name(AnswerKey(item.id, alter.number))
    )
    label = asking.of_everyone(item.label) or question(item, asking.setting.language)
    return Matrix(label, asking.of_everyone(item.hint) or None, rows[0].choices if rows else (), rows)


def _review(form: StepForm, page: AlterReviewPage, asking: Asking) -> None:
    form.people = tuple(
        About(alter.label, alter.detail, _asked(page.ask, alter.number, asking, asking.about(alter)))
        for alter in people(page, asking.responses)
    )


def _grid(form: StepForm, page: AlterGridPage, asking: Asking) -> None:
    language = asking.setting.language
    topics = asking.instrument.topics
    form.columns = tuple(Heading(asking.say(topic.label), asking.say(topic.hint) or None) for topic in topics)
    labels = {topic.id: say(topic.label, language) for topic in topics}
    form.rows = tuple(
        GridRow(alter, tuple(_cells(page, alter, labels, asking.setting))) for alter in people(page, asking.responses)
    )


def _cells(page: AlterGridPage, alter: Alter, labels: Mapping[str, str], setting: Setting) -> Iterator[GridCell]:
    item = page.then[0]
    for topic, label in labels.items():
        here = replace(setting, names={"alter": alter.label, "topic": label})
        yield GridCell(label, ask(item, AnswerKey(item.id, alter.number, topic), here))


def _reasons(page: OrgTiesPage | ArdPage | PlacePage | AlterTiesPage, asking: Asking) -> tuple[Choice, ...]:
    return tuple(Choice(reason, phrase(reason, asking.setting.language)) for reason in page.allow)


def _options(page: OrgTiesPage | PlacePage | AlterTiesPage, asking: Asking) -> tuple[Choice, ...]:
    return tuple(choice_of(option, asking.setting.wording) for option in page.options)


def _place(form: StepForm, page: PlacePage, asking: Asking) -> None:
    columns = _options(page, asking) + _reasons(page, asking)
    rows = tuple(
        choose(AnswerKey(page.id, alter.number), alter.label, columns, asking.setting, detail=alter.detail)
        for alter in people(page, asking.responses)
    )
    label = asking.of_everyone(page.label) or form.title
    form.matrices = (Matrix(label, asking.of_everyone(page.hint) or None, columns, rows),)


def _org_ties(form: StepForm, page: OrgTiesPage, asking: Asking) -> None:
    columns, kind = _options(page, asking), "radios" if page.scale else "checkboxes"
    own = asking.responses.ego.site if asking.responses.ego else None  # a site has no tie to itself
    sites = {code: name for code, name in asking.setting.wording.rosters.get(page.roster, {}).items() if code != own}
    shown = tuple(sites) if len(sites) <= MOST_SITES else _listed(page, sites, asking.setting.filled)
    rows = tuple(
        choose(AnswerKey(page.id, None, code), sites[code], columns, asking.setting, kind=kind) for code in shown
    )
    form.finder = Finder(full=len(shown) >= page.max) if len(sites) > MOST_SITES else None
    form.matrices = (Matrix(asking.say(page.label) or form.title, asking.say(page.hint) or None, columns, rows),)


def _listed(page: OrgTiesPage, sites: Collection[str], filled: Filled) -> tuple[str, ...]:
    """The sites of a long list that are shown: those added, newest first, and those with an answer."""
    keys = {code: AnswerKey(page.id, None, code) for code in sites}
    names = {field_name(key): code for code, key in keys.items()}
    added = [names[name] for name in filled.listed if name in names]
    return tuple(dict.fromkeys([*added, *(code for code, key in keys.items() if any(filled.values(key)))]))


def _ard(form: StepForm, page: ArdPage, asking: Asking) -> None:
    form.questions = tuple(
        replace(
            choose(AnswerKey(page.id, None, group.id), asking.say(group.label), (), asking.setting, kind="number"),
            extra=_reasons(page, asking),
        )
        for group in page.groups
    )


def _ties(form: StepForm, page: AlterTiesPage, asking: Asking) -> None:
    TIES[page.mode](form, page, asking)


def _one_to_many(form: StepForm, page: AlterTiesPage, asking: Asking) -> None:
    if form.alter is None:
        return
    number = form.alter.number
    form.questions = tuple(
        _pair_box(page, pair, _other_of(pair, number), asking) for pair in pairs_from(page, asking.responses, number)
    )
    if page.unrelated_option:
        key = unrelated_key(page, number)
        form.questions += (choose(key, "", (Choice("yes", _unrelated(page, asking)),), asking.setting, kind="alone"),)


def _unrelated(page: AlterTiesPage, asking: Asking) -> str:
    said = page.unrelated_option
    return asking.words.get("ties_unrelated", "") if isinstance(said, bool) else asking.say(said)


def _other_of(pair: Pair, number: int) -> Alter:
    return pair[1] if pair[0].number == number else pair[0]


def _pair_box(page: AlterTiesPage, pair: Pair, alter: Alter, asking: Asking) -> Question:
    choices = (Choice("yes", alter.label, alter.detail or None),)
    return choose(pair_key(page, pair), alter.label, choices, asking.setting, kind="alone", detail=alter.detail)


def _one_pair(form: StepForm, page: AlterTiesPage, asking: Asking) -> None:
    if form.alter is None or form.other is None:
        return
    pair = (form.alter, form.other)
    choices = (_options(page, asking) or yes_no(asking.setting.wording)) + _reasons(page, asking)
    named = {"alter": pair[0].label, "to": pair[1].label}
    label = say(page.label, asking.setting.language, **named) if page.label else asking.words.get("ties_ask", "")
    form.questions = (choose(pair_key(page, pair), label, choices, asking.setting),)


def _pair_label(pair: Pair, asking: Asking) -> str:
    return asking.words.get("ties_pair", "{low}, {high}").format(low=pair[0].label, high=pair[1].label)


def _sociogram(form: StepForm, page: AlterTiesPage, asking: Asking) -> None:
    form.questions = tuple(
        choose(pair_key(page, pair), "", (Choice("yes", _pair_label(pair, asking)),), asking.setting, kind="alone")
        for pair in pairs_of(page, asking.responses)
    )


TIES: Mapping[str, Callable[[StepForm, AlterTiesPage, Asking], None]] = {
    "one_to_many": _one_to_many,
    "pairs": _one_pair,
    "strength": _one_pair,
    "sociogram": _sociogram,
}


def _narrative(form: StepForm, page: NarrativePage, asking: Asking) -> None:
    if page.label:
        item = TextItem(
            id=page.id,
            type="longtext",
            label=page.label,
            hint=page.hint,
            required=page.required,
            allow=page.allow,
            max_length=LONGEST_STORY,
        )
        form.questions = (ask(item, AnswerKey(page.id), asking.setting),)


FILL: Mapping[str, Callable[..., None]] = {
    "consent": _consent,
    "form": _form,
    "alter_review": _review,
    "alter_form": _alter_form,
    "alter_grid": _grid,
    "alter_ties": _ties,
    "org_ties": _org_ties,
    "ard": _ard,
    "place": _place,
    "narrative": _narrative,
}
"""Pages that are not here are whole in their own template: names, texts, the end."""
