"""One person on the list: where a typed person works, and taking someone off again."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.responses import Alter
from instruments.schema import NameGeneratorPage
from instruments.summary import Row, summarise
from instruments.wording import phrase, say
from surveys.naming import describe as describe_alter
from surveys.naming import remove as remove_alter
from webapp.database import session
from webapp.guard import LINK, access
from webapp.interview.listing import list_address
from webapp.interview.naming import names_page
from webapp.interview.pages import show_in
from webapp.interview.visit import Visit, address, go, now, returning, sites_of


class PersonGone(Exception):
    """The person was taken off the list, on this page or on another screen."""


def _listed(visit: Visit, page: NameGeneratorPage, number: int) -> Alter:
    """The person of that number on this page's list; raises NotFound for a number never given, PersonGone after."""
    for alter in visit.current.responses.named_on(page.id):
        if alter.number == number:
            return alter
    if 0 < number <= visit.current.interview.last_alter:
        raise PersonGone
    raise NotFound


@access(LINK)
def describe(token: str, page: str, alter: int) -> Response:
    """Where a typed person works and what they do, both optional."""
    visit, shown = names_page(token, page)
    person = _listed(visit, shown, alter)
    if person.person is not None:
        raise NotFound
    roles = visit.current.instrument.roles
    return show_in(
        visit,
        "interview/describe.html",
        page=shown,
        person=person,
        sites=[{"value": code, "text": name} for code, name in sites_of(visit.invited).items()],
        roles=[{"value": role.id, "text": say(role.label, visit.language)} for role in roles],
        back=list_address(visit, shown),
        returning=returning(),
    )


@access(LINK)
def save_description(token: str, page: str, alter: int) -> Response:
    """Keep where a typed person works and what they do; nothing chosen means not sure."""
    visit, shown = names_page(token, page)
    if _listed(visit, shown, alter).person is not None:
        raise NotFound
    site, role = request.form.get("site") or None, request.form.get("role") or None
    describe_alter(session(), visit.current, alter, site=site, role=role, now=now())
    return go(list_address(visit, shown, added=alter))


@access(LINK)
def ask_remove(token: str, page: str, alter: int) -> Response:
    """Which answers go when this person is removed."""
    visit, shown = names_page(token, page)
    person = _listed(visit, shown, alter)
    return show_in(
        visit,
        "interview/remove.html",
        page=shown,
        person=person,
        rows=[{"key": row.question, "value": row.answer} for row in _lost(visit, person)],
        back=list_address(visit, shown),
        returning=returning(),
    )


@access(LINK)
def remove(token: str, page: str, alter: int) -> Response:
    """Take someone off the list: at once when nothing was said about them, else after a page that says what goes."""
    visit, shown = names_page(token, page)
    person = _listed(visit, shown, alter)
    if request.form.get("sure") != "yes" and _answered(visit, person) and _only_here(visit, shown, person):
        consequences = address("ask_remove", token, page=page, alter=alter, **{"return": returning()})
        return go(consequences)
    remove_alter(session(), visit.current, shown, alter, now=now())
    return go(list_address(visit, shown, removed=1))


def _only_here(visit: Visit, page: NameGeneratorPage, person: Alter) -> bool:
    pages = {n.page for n in visit.current.responses.nominations if n.alter == person.number}
    return pages == {page.id}


def _answered(visit: Visit, person: Alter) -> bool:
    return any(key.alter == person.number for key in visit.current.responses.answers)


def _lost(visit: Visit, person: Alter) -> list[Row]:
    """The questions about a person that were answered, with the answers in words."""
    own, blank = f"/{person.number}", phrase("blank", visit.language)
    sections = summarise(visit.current.instrument, visit.current.responses, visit.language)
    return [
        row for section in sections if section.step_key.endswith(own) for row in section.rows if row.answer != blank
    ]
