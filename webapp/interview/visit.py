"""The interview behind a link, as one request meets it, and the addresses of its pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.route import Step, first_open, next_step, previous_step
from instruments.schema import AlterFormPage, AlterTiesPage, AnyPage, FinishPage
from instruments.summary import Entry
from surveys.arriving import arrive as open_link
from surveys.interviews import OpenInterview, first_waiting, refuse_beyond, refuse_changes_when_over, resume
from surveys.invitations import Invited
from surveys.people import RosterEntry, find_person
from surveys.sites import site_names
from surveys.uk_days import uk_day
from webapp.database import session
from webapp.interview.texts import texts
from webapp.services import services

SEE_OTHER = 303
RETURN_TO_CHECK = "check"


def now() -> datetime:
    """The time of this request, in UTC."""
    return services().clock()


@dataclass(frozen=True)
class Visit:
    """One person with their link, and their interview as it stands."""

    token: str
    current: OpenInterview

    @property
    def language(self) -> str:
        return self.current.interview.language

    @property
    def invited(self) -> Invited:
        return self.current.invited

    def step(self, page_id: str, alter: int | None = None, to: int | None = None) -> Step:
        """The step of an address; raises NotFound for a page or for people that never were."""
        try:
            page = self.current.instrument.page(page_id)
        except KeyError as error:
            raise NotFound from error
        given = [number for number in (alter, to) if number is not None]
        known = all(0 < number <= self.current.interview.last_alter for number in given)
        if isinstance(page, FinishPage) or not known or len(given) != people_in_address(page):
            raise NotFound
        return Step(page_id, alter, to)

    def page(self, step: Step) -> AnyPage:
        """The instrument's page of a step that may be shown now; raises StepNotReached."""
        refuse_beyond(self.current, step)
        return self.current.instrument.page(step.page)

    def as_it_stands(self) -> Visit:
        """The visit again, with what this request has saved."""
        return replace(self, current=resume(session(), self.invited))


def people_in_address(page: AnyPage) -> int:
    """How many people's numbers stand in the address of a page's steps: none, one, or the two of a pair."""
    if isinstance(page, AlterTiesPage):
        return {"sociogram": 0, "one_to_many": 1}.get(page.mode, 2)
    return int(isinstance(page, AlterFormPage) and page.layout == "one_at_a_time")


def arrive(token: str) -> Visit:
    """The visit of a link's holder; raises UnknownLink, and NotBegun before Start was pressed."""
    return Visit(token, open_link(session(), token))


def at_work(token: str) -> Visit:
    """A visit whose answers may still change; raises what `arrive` does, WaveClosed and AlreadyFinished."""
    visit = arrive(token)
    refuse_changes_when_over(visit.current, now=now())
    return visit


def address(endpoint: str, token: str, **values: Any) -> str:
    """The address of one of our views; values that are None are left out."""
    return url_for(f"interview.{endpoint}", token=token, **values)


def here(token: str, step: Step, **query: str | int | None) -> str:
    """The address of one step."""
    return address("show", token, page=step.page, alter=step.alter, to=step.to, **query)


def returning() -> str | None:
    """ "check" when this page was opened from "check your answers", to be carried along."""
    return RETURN_TO_CHECK if request.args.get("return") == RETURN_TO_CHECK else None


def go(where: str) -> Response:
    """On to an address that is then fetched with GET."""
    return redirect(where, SEE_OTHER)


def to_first_open(visit: Visit, notice: str | None = None) -> Response:
    """On to the first page that is not answered, or to "check your answers" when all are."""
    waiting = first_waiting(visit.current)
    if waiting is None:
        return go(address("check", visit.token))
    return go(here(visit.token, waiting, notice=notice))


def onward(visit: Visit, step: Step) -> Response:
    """On from a step that was saved: back to "check your answers" when the person came from there, else to the next."""
    back = returning()
    following = first_waiting(visit.current) if back else next_step(visit.current.route, step)
    if following is None or following == visit.current.route[-1]:
        return go(address("check", visit.token))
    return go(here(visit.token, following, **{"return": back}))


def back_from(visit: Visit, step: Step) -> str:
    """Where Back leads from a step."""
    if returning():
        return address("check", visit.token)
    before = previous_step(visit.current.route, step)
    return here(visit.token, before) if before else address("start", visit.token)


def opening(visit: Visit) -> Step:
    """The step that a person who comes back is brought to."""
    return first_open(visit.current.route, visit.current.responses)


def entry_of(invited: Invited) -> RosterEntry | None:
    """The person as the roster shows them."""
    return find_person(session(), invited.study.id, invited.person.key)


def sites_of(invited: Invited) -> dict[str, str]:
    """Code to name of the study's sites."""
    return site_names(session(), invited.study.id)


def entry_words(visit: Visit) -> Entry:
    """What a roster's entry is called: a site by its name."""
    sites, rosters = sites_of(visit.invited), visit.current.instrument.rosters
    return lambda roster, code: sites.get(code, code) if rosters[roster].source == "sites" else code


def last_day(moment: datetime, language: str) -> str:
    """The day on which something that ends at `moment` can still be done: "30 November 2026"."""
    return day(moment - timedelta(seconds=1), language)


def day(moment: datetime, language: str) -> str:
    """The day of a moment in the UK, in words."""
    at = uk_day(moment)
    return f"{at.day} {texts(language)['months'].split()[at.month - 1]} {at.year}"
