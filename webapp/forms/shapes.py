"""What a page's template gets: the form with its questions, tables, people and pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm

from instruments.check import Checked
from instruments.responses import Alter
from instruments.route import Step
from instruments.schema import AnyPage
from webapp.forms.choices import Choice
from webapp.forms.questions import Question


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


@dataclass(frozen=True)
class Matrix:
    """One question asked of many: people, sentences or sites, one a row. `columns` are the choices all rows share."""

    label: str
    hint: str | None
    columns: tuple[Choice, ...]
    rows: tuple[Question, ...]


@dataclass(frozen=True)
class About:
    """One person on a page about several, with what is asked of them."""

    label: str
    detail: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Finder:
    """The box that adds a row to a table which is too long to be shown whole.

    typed    what stands in the box                 error  what is wrong with it
    matches  code and name of what it may mean      many   that there are more of them than are shown
    said     what was just done, in a sentence      full   whether there may be no more rows
    focus    the field that has the focus: of a row just added, or the box
    """

    typed: str = ""
    error: str | None = None
    matches: tuple[tuple[str, str], ...] = ()
    many: str = ""
    said: str = ""
    focus: str = ""
    full: bool = False


class StepForm(FlaskForm):
    """One page's form. Its fields are the instrument's questions; the token against forged posts is Flask-WTF's.

    page       the instrument's page           alter, other  the person or the pair it is about, if any
    title      heading in the page's language   intro        text under it, in paragraphs
    questions  one under the other              columns, rows  for people by topics
    matrices   one question of many rows each   people       several people, each with their questions
    finder     the box that adds rows, where the table does not show all of them
    checked    what the posting means           problems  what to change, empty when it may be saved
    """

    def __init__(self, page: AnyPage, step: Step, alter: Alter | None, other: Alter | None, checked: Checked) -> None:
        super().__init__()
        self.page = page
        self.step = step
        self.alter = alter
        self.other = other
        self.checked = checked
        self.problems: tuple[Problem, ...] = ()
        self.title: str = ""
        self.intro: tuple[str, ...] = ()
        self.help: str | None = None
        self.questions: tuple[Question, ...] = ()
        self.columns: tuple[Heading, ...] = ()
        self.rows: tuple[GridRow, ...] = ()
        self.matrices: tuple[Matrix, ...] = ()
        self.people: tuple[About, ...] = ()
        self.finder: Finder | None = None
        self.picture: Any = None
