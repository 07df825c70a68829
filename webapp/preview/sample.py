"""A visit that nobody makes: a questionnaire in a wave, a role and a language, with people called "Person A"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from string import ascii_uppercase

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from instruments.pairs import askers, pairs_of
from instruments.responses import Alter, AnswerKey, Nomination, Responses, Value
from instruments.route import Step, people, steps
from instruments.schema import AlterTiesPage, AnyPage, ChoiceItem, FormPage, Instrument, NameGeneratorPage
from surveys.interviews import OpenInterview
from surveys.invitations import Invited
from surveys.studies import parsed
from surveys.tables import InstrumentVersion, Interview, Invitation, Person, Study, Wave
from webapp.interview.visit import Visit, people_in_address

LINK = "preview"
PEOPLE = 3
OPEN_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Wanted:
    """Which respondent the pages are shown to."""

    wave: int
    role: str
    language: str


def sample_visit(session: Session, version_id: int, wanted: Wanted, *, now: datetime) -> Visit:
    """The visit; nothing of it is in the store. Raises NotFound for a version that is not there."""
    version = session.get(InstrumentVersion, version_id)
    study = session.get(Study, version.study_id) if version else None
    if version is None or study is None:
        raise NotFound
    instrument = parsed(version.source)
    responses = sample_responses(instrument, wanted)
    wave = Wave(number=wanted.wave, label="", opens_at=now, closes_at=now + OPEN_FOR)
    invited = Invited(Invitation(), wave, Person(key=""), study)
    interview = Interview(language=wanted.language, revision=0, last_alter=len(responses.alters), seed=0)
    return Visit(LINK, OpenInterview(invited, interview, instrument, responses, steps(instrument, responses)))


def sample_responses(instrument: Instrument, wanted: Wanted) -> Responses:
    """Three people named on every page that asks for names; from wave 2 on they are also those of the last wave."""
    alters = tuple(
        Alter(number + 1, f"Person {ascii_uppercase[number]}", role=wanted.role or None, carried=wanted.wave > 1)
        for number in range(PEOPLE)
    )
    ego = Alter(0, "You", role=wanted.role or None)
    return Responses(
        wave=wanted.wave,
        answers=dict(_role_answers(instrument, wanted.role)),
        alters=alters,
        nominations=tuple(_nominations(instrument, alters)),
        language=wanted.language,
        ego=ego,
    )


def _role_answers(instrument: Instrument, role: str) -> Iterator[tuple[AnswerKey, Value]]:
    """The role as the answer to every question that asks for it, so that conditions see it."""
    roles = {one.id for one in instrument.roles}
    for item in (item for page in instrument.pages if isinstance(page, FormPage) for item in page.items):
        if isinstance(item, ChoiceItem) and role and {option.value for option in item.options} <= roles:
            yield AnswerKey(item.id), role


def _nominations(instrument: Instrument, alters: tuple[Alter, ...]) -> Iterator[Nomination]:
    for page in instrument.pages:
        if isinstance(page, NameGeneratorPage):
            yield from (Nomination(page.id, page.prompts[0].id, alter.number) for alter in alters[: page.max])


def first_step(page: AnyPage, responses: Responses) -> Step:
    """The first step of a page, also of one that this respondent would not meet."""
    if isinstance(page, AlterTiesPage) and page.mode != "sociogram":
        if page.mode == "one_to_many":
            return Step(page.id, next((alter.number for alter in askers(page, responses)), 1))
        low, high = pairs_of(page, responses)[0]
        return Step(page.id, low.number, high.number)
    asked = people(page, responses)
    return Step(page.id, (asked[0].number if asked else 1) if people_in_address(page) else None)
