"""What one person would tell in one wave, and how that reads as the fields that a browser posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from instruments.check import TICKED, Posted, field_name
from instruments.responses import AnswerKey
from instruments.route import Step
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AnyItem,
    AnyPage,
    ChoiceItem,
    ConsentPage,
    FormPage,
    Instrument,
    ScaleItem,
    TieBinding,
)
from surveys.demonstration.bonds import Bond

WRITES_A_STORY = 0.12
STORIES = (
    "A short phone call saved us weeks. They had met the same fault and told us which setting to change.",
    "We went to see their wards. Watching the round told us more than the document did.",
    "They sent us their order sets before we had asked. We changed about a third and used the rest.",
    "We first met in a set meeting. Now I ring when I am stuck, and so do they.",
    "I asked how they had trained night staff. We copied the plan almost as it was.",
    "They warned us not to switch off the old forms too early. We kept both for a month.",
    "We shared our reports with them and learned that our counts had been wrong.",
    "Talking to somebody who does my job somewhere else made me feel less alone with it.",
)


@dataclass(frozen=True)
class Contact:
    """Someone to name: by roster key, or typed with the site and role that ego knows of."""

    bond: Bond
    key: str | None = None
    label: str = ""
    site: str | None = None
    role: str | None = None


@dataclass(frozen=True)
class Telling:
    """What a person knows about themselves (answers by item) and whom they would name."""

    about_ego: Mapping[str, str]
    contacts: Sequence[Contact]


@dataclass(frozen=True)
class Page:
    """One page in front of one person: `named` has the bond behind each alter's number."""

    instrument: Instrument
    step: Step
    telling: Telling
    named: Mapping[int, Bond]
    random: Random


def posted(page: Page) -> Posted:
    """The fields of one page as this person fills them in."""
    shown = page.instrument.page(page.step.page)
    return FILLERS[shown.type](shown, page)


def _consent(shown: ConsentPage, page: Page) -> Posted:
    return {statement.id: [TICKED] for statement in shown.statements}


def _form(shown: FormPage, page: Page) -> Posted:
    given = {item.id: _about_ego(item, page) for item in shown.items}
    return {item: [value] for item, value in given.items() if value}


def _about_ego(item: AnyItem, page: Page) -> str:
    if item.id in page.telling.about_ego:
        return page.telling.about_ego[item.id]
    if item.type == "longtext" and page.random.random() < WRITES_A_STORY:
        return page.random.choice(STORIES)
    return _any_option(item, page.random) if item.required else ""


def _grid(shown: AlterGridPage, page: Page) -> Posted:
    item = shown.then[0].id
    return {
        field_name(AnswerKey(item, number, topic)): list(learns)
        for number, bond in page.named.items()
        for topic, learns in bond.topics.items()
    }


def _alter_form(shown: AlterFormPage, page: Page) -> Posted:
    number = page.step.alter or 0
    bond = page.named[number]
    meant = {item: word for binding in page.instrument.ties.values() for item, word in _meant(binding, bond).items()}
    return {
        field_name(AnswerKey(item.id, number)): [meant.get(item.id) or _any_option(item, page.random)]
        for item in shown.items
    }


def _meant(binding: TieBinding, bond: Bond) -> dict[str | None, str]:
    """The words of a bond under the items that the questionnaire binds to a tie's parts."""
    return {
        binding.frequency: bond.frequency,
        binding.formality: bond.formality,
        binding.mechanism: bond.mechanism,
    }


def _any_option(item: AnyItem, random: Random) -> str:
    return random.choice(item.options).value if isinstance(item, ChoiceItem | ScaleItem) else ""


def _nothing(shown: AnyPage, page: Page) -> Posted:
    return {}


FILLERS: dict[str, Callable[..., Posted]] = {
    "consent": _consent,
    "form": _form,
    "alter_grid": _grid,
    "alter_form": _alter_form,
    "name_generator": _nothing,
    "finish": _nothing,
}
