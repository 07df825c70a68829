"""What is known before a question is answered: the sites to choose from, the roster's word on the person, last wave."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

from instruments.answers import Known
from instruments.baseline import item_keys, items_of
from instruments.fields import field_name
from instruments.responses import Alter, Responses
from instruments.route import Step
from instruments.schema import AnyItem, AnyPage, ChoiceItem, Instrument, LookupItem, NameGeneratorPage, OrgTiesPage
from surveys.people import RosterEntry
from webapp.forms.filled import as_posted
from webapp.interview.visit import Visit, entry_of, sites_of


def rosters_of(visit: Visit, page: AnyPage) -> dict[str, dict[str, str]]:
    """The sites, where the page looks one up. The staff list is never shown whole."""
    rosters = visit.current.instrument.rosters
    wanted = {item.roster for item in items_of(page) if isinstance(item, LookupItem)}
    if isinstance(page, OrgTiesPage):
        wanted.add(page.roster)
    if isinstance(page, NameGeneratorPage) and page.sites:
        wanted.add(page.sites)
    return {name: sites_of(visit.invited) for name in wanted if rosters[name].source == "sites"}


def entries_known(visit: Visit, page: AnyPage) -> Known:
    """Whether a roster has an entry, for what was posted on a page.

    The store is asked at the first entry that is not the answer already: what was answered was found there, and a
    site is never taken away.
    """
    answers = visit.current.responses.answers
    rosters = {item.id: item.roster for item in items_of(page) if isinstance(item, LookupItem)}
    answered = {(rosters[key.item], value) for key, value in answers.items() if key.item in rosters}
    there = cache(lambda: rosters_of(visit, page))
    return lambda roster, code: (roster, code) in answered or code in there().get(roster, {})


def with_ego(visit: Visit, page: AnyPage) -> Responses:
    """The responses, with who the respondent is where the page has to know it: their own site has no tie to itself."""
    responses = visit.current.responses
    person = entry_of(visit.invited) if isinstance(page, OrgTiesPage) and responses.ego is None else None
    if person is None:
        return responses
    return replace(responses, ego=Alter(0, person.name, person.key, person.site_code, person.role_code))


def prefill_of(visit: Visit, step: Step) -> dict[str, tuple[str, ...]]:
    """Field to what stands in it before the first answer, for questions that ask to be filled in.

    Nothing once the step was saved: what is blank then was left blank.
    """
    if step.key in visit.current.responses.done:
        return {}
    page, person = visit.current.instrument.page(step.page), cache(lambda: entry_of(visit.invited))
    known = (pair for item in items_of(page) if item.prefill for pair in _known(item, visit, person))
    return {name: values for name, values in known if values}


def _known(
    item: AnyItem, visit: Visit, person: Callable[[], RosterEntry | None]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if item.prefill == "person":
        yield item.id, _of_person(item, visit, person())
        return
    responses = visit.current.responses
    for number in (None, *(alter.number for alter in responses.alters)):
        for key in item_keys(item, number):
            yield field_name(key), as_posted(responses.previous.get(key))


def _of_person(item: AnyItem, visit: Visit, person: RosterEntry | None) -> tuple[str, ...]:
    """What the roster says of the person."""
    if person is None:
        return ()
    if isinstance(item, LookupItem):
        return (person.site_code,)
    return (person.role_code,) if isinstance(item, ChoiceItem) and _asks_role(item, visit.current.instrument) else ()


def _asks_role(item: ChoiceItem, instrument: Instrument) -> bool:
    roles = {role.id for role in instrument.roles}
    return {option.value for option in item.options} <= roles
