"""What one respondent has said so far: the value that routing, checking and wording look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class Missing(Enum):
    """Why there is no answer; "no one" and "none" are answers and never one of these."""

    NOT_ASKED = "not_asked"
    SKIPPED = "skipped"
    DONT_KNOW = "dont_know"
    PREFER_NOT = "prefer_not"


Value = str | float | bool | tuple[str, ...] | Missing
"""An answer: a word or text, a number, yes or no, several words, or a reason for none."""


class AnswerKey(NamedTuple):
    """Which question an answer belongs to: the item, the alter's number and the topic, where there are any.

    `topic` is a topic's id, a group's id, or the code of a site; `to` is the second alter of a pair, whose number is
    always the greater one. For a page that is a question itself, `item` is the page's id.
    """

    item: str
    alter: int | None = None
    topic: str | None = None
    to: int | None = None


@dataclass(frozen=True)
class Alter:
    """Someone named in this interview; `number` is theirs for as long as the interview lives.

    `carried` is someone from the last wave's interview, brought along to be asked about again.
    """

    number: int
    label: str
    person: str | None = None
    site: str | None = None
    role: str | None = None
    detail: str = ""
    carried: bool = False


@dataclass(frozen=True)
class Nomination:
    """That an alter was named, on which page, to which prompt."""

    page: str
    prompt: str
    alter: int


@dataclass(frozen=True)
class Responses:
    """Everything said in one interview; `done` holds the keys of the steps that were saved.

    seed      decides every random order and sample    language  what the respondent reads
    ego       the respondent, where they are known       previous  last wave's answers: ego's, and about carried alters
    """

    wave: int = 1
    answers: Mapping[AnswerKey, Value] = field(default_factory=dict)
    alters: tuple[Alter, ...] = ()
    nominations: tuple[Nomination, ...] = ()
    no_one: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    other_text: Mapping[AnswerKey, str] = field(default_factory=dict)
    seed: int = 0
    language: str = "en"
    ego: Alter | None = None
    previous: Mapping[AnswerKey, Value] = field(default_factory=dict)

    def named_on(self, page_id: str) -> tuple[Alter, ...]:
        """The alters named on one page, in the order they were added."""
        numbers = {n.alter for n in self.nominations if n.page == page_id}
        return tuple(a for a in self.alters if a.number in numbers)

    @property
    def carried(self) -> tuple[Alter, ...]:
        """Last wave's people, whether or not they were named again."""
        return tuple(a for a in self.alters if a.carried)
