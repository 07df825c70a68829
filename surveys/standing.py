"""An interview as it stands: what was said, the route that follows from it, and what each page is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

from instruments.check import step_keys
from instruments.responses import Responses
from instruments.route import Step
from instruments.schema import Instrument
from surveys.invitations import Invited
from surveys.tables import Interview


@dataclass(frozen=True)
class OpenInterview:
    """An interview as it stands, with its questionnaire and its route.

    `rows` gives each alter's row by number, `revisions` the interview's revision at which each saved step was saved.
    """

    invited: Invited
    interview: Interview
    instrument: Instrument
    responses: Responses
    route: tuple[Step, ...]
    rows: Mapping[int, int] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return self.interview.finished_at is not None

    def revision_of(self, step: Step) -> int:
        """What a page is made from: the revision at which its step was saved last, or 0 when nothing was answered.

        A step that is to be answered again has no revision of its own: a number below 0 then stands for the answers
        that it still has, so that a page from before those is not taken for a first save.
        """
        saved = self.revisions.get(step.key)
        return saved if saved is not None else -_mark_of(self._stored(step))

    def _stored(self, step: Step) -> list[str]:
        keys = step_keys(self.instrument, step, self.responses)
        said = self.responses
        return sorted(f"{key}={said.answers[key]}{said.other_text.get(key)}" for key in keys if key in said.answers)


def _mark_of(answers: list[str]) -> int:
    """A number for these answers; 0 for none."""
    return crc32("\n".join(answers).encode()) if answers else 0
