"""What a posted page means, and what it is checked against: the values that every check takes and gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from instruments.answers import Known
from instruments.responses import Alter, AnswerKey, Responses, Value
from instruments.route import Step
from instruments.schema import Instrument

Posted = Mapping[str, Sequence[str]]
"""Field name to values, as a browser posts them."""

TICKED = "yes"


@dataclass(frozen=True)
class FieldError:
    """What to change, in the respondent's words, and the field to link to."""

    field: str
    message: str


@dataclass(frozen=True)
class Checked:
    """What a posted page means: to be stored only when there are no errors and no questions.

    `values` hold what was accepted, also beside errors, so that a page can be shown again as it was filled in.
    `no_one` is whether "no one" was chosen on a name generator. `questions` ask whether something unusual is meant:
    posting "yes" in `fields.confirm_field` of their field says so.
    """

    values: dict[AnswerKey, Value] = field(default_factory=dict)
    other_text: dict[AnswerKey, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    no_one: bool = False
    questions: tuple[FieldError, ...] = ()


@dataclass(frozen=True)
class Visit:
    """One page, one posting of it, and what was known before."""

    instrument: Instrument
    step: Step
    responses: Responses
    posted: Posted
    known: Known
    language: str

    @property
    def alter(self) -> Alter | None:
        """The person whom the step is about, if any."""
        return next((alter for alter in self.responses.alters if alter.number == self.step.alter), None)

    def ticked(self, field: str) -> bool:
        """Whether a box was ticked."""
        return TICKED in self.posted.get(field, ())
