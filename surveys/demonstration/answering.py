"""One person's interview, answered through the same doors as anyone's: begun, saved page by page, and sent."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from sqlalchemy.orm import Session

from instruments.check import Known, check_step
from instruments.route import Step, first_open
from instruments.schema import NameGeneratorPage
from surveys import interviews, naming
from surveys.demonstration.bonds import Bond
from surveys.demonstration.calendar import Watch
from surveys.demonstration.telling import Contact, Page, Telling, posted
from surveys.interviews import OpenInterview
from surveys.invitations import Invited

LANGUAGE = "en"


class AnswerRefused(Exception):
    """An invented answer did not pass the questionnaire's check: the demonstration does not fit its questionnaire."""


@dataclass(frozen=True)
class Sitting:
    """How one person goes about it: what they tell, their watch, and after how many pages they stop for good."""

    invited: Invited
    telling: Telling
    watch: Watch
    most_pages: int | None
    known: Known
    random: Random


def hold(session: Session, sitting: Sitting) -> None:
    """Begin the interview and answer until the answers are sent, or until the person has had enough."""
    interviews.begin(session, sitting.invited, language=LANGUAGE, now=sitting.watch.now)
    current = interviews.resume(session, sitting.invited)
    named: dict[int, Bond] = {}
    pages = 0
    while pages != sitting.most_pages:
        step = first_open(current.route, current.responses)
        if step == current.route[-1]:
            return _send(session, sitting, current)
        current = _answer(session, sitting, current, step, named)
        pages += 1


def _send(session: Session, sitting: Sitting, current: OpenInterview) -> None:
    """Send the answers; those who stop for good do not even then."""
    if sitting.most_pages is None:
        interviews.finish(session, current, now=sitting.watch.tick())


def _answer(
    session: Session, sitting: Sitting, current: OpenInterview, step: Step, named: dict[int, Bond]
) -> OpenInterview:
    page = current.instrument.page(step.page)
    if isinstance(page, NameGeneratorPage):
        return _name(session, sitting, current, page, named)
    filled = posted(Page(current.instrument, step, sitting.telling, named, sitting.random))
    checked = check_step(current.instrument, step, current.responses, filled, known=sitting.known)
    if checked.errors:
        raise AnswerRefused(f"{step.key}: {checked.errors[0].field}: {checked.errors[0].message}")
    return interviews.save_step(session, current, step, checked, now=sitting.watch.tick())


def _name(
    session: Session, sitting: Sitting, current: OpenInterview, page: NameGeneratorPage, named: dict[int, Bond]
) -> OpenInterview:
    """Name each contact, or say that there is no one; notes in `named` the bond behind each number."""
    contacts = sitting.telling.contacts[: page.max]
    if not contacts:
        return naming.say_no_one(session, current, page, now=sitting.watch.tick())
    named |= {_add(session, sitting, current, page, contact): contact.bond for contact in contacts}
    return naming.done_naming(session, interviews.resume(session, sitting.invited), page, now=sitting.watch.tick())


def _add(session: Session, sitting: Sitting, current: OpenInterview, page: NameGeneratorPage, contact: Contact) -> int:
    prompt, now = page.prompts[0].id, sitting.watch.tick()
    if contact.key is not None:
        return naming.add_from_roster(session, current, page, prompt, contact.key, now=now)
    number = naming.add_typed(session, current, page, prompt, contact.label, now=now)
    if contact.site or contact.role:
        naming.describe(session, current, number, site=contact.site, role=contact.role, now=sitting.watch.tick())
    return number
