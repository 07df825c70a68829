"""Adding people: picked, typed, told apart when several have the name, and found while typing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from flask import jsonify, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.answers import NotAccepted, clean
from instruments.responses import Alter
from instruments.schema import NameGeneratorPage
from surveys.naming import (
    LONGEST_LABEL,
    NotOnRoster,
    TooManyPeople,
    UnknownAlter,
    UnknownPosition,
    add_from_roster,
    add_typed,
    already_named,
    renominate,
)
from surveys.naming import add_position as name_position
from surveys.people import MOST_MATCHES, RosterEntry, search_roster
from webapp.database import session
from webapp.forms import Problem
from webapp.guard import LINK, access
from webapp.interview.listing import BOX, Typed, box_of, list_address, show_names
from webapp.interview.pages import show_in
from webapp.interview.texts import texts
from webapp.interview.visit import Visit, address, at_work, go, now, returning

NONE_OF_THESE = "none"


class NotAdded(Exception):
    """Nobody was added; the text says what to change."""


REFUSALS = (NotAdded, NotAccepted, NotOnRoster, TooManyPeople)


def _in_words(visit: Visit, page: NameGeneratorPage, refused: Exception) -> str:
    """Why nobody was added, in the respondent's language."""
    words = texts(visit.language)
    if isinstance(refused, NotOnRoster):
        return words["name_not_there"]
    return words["name_full"].format(most=page.max) if isinstance(refused, TooManyPeople) else str(refused)


def names_page(token: str, page: str) -> tuple[Visit, NameGeneratorPage]:
    """The visit, and the page of names that the address speaks of; raises NotFound and StepNotReached."""
    visit = at_work(token)
    shown = visit.page(visit.step(page))
    if not isinstance(shown, NameGeneratorPage):
        raise NotFound
    return visit, shown


@access(LINK)
def add(token: str, page: str) -> Response:
    """Add the person picked, or the name typed; a name that the roster has leads to "which one do you mean?"."""
    visit, shown = names_page(token, page)
    prompt, typed = _prompt(shown), request.form.get(BOX, "")
    try:
        if request.form.get("again"):
            return _add_again(visit, shown, prompt)
        key = request.form.get("person", "")
        if key:
            return _add_picked(visit, shown, prompt, key)
        name = _typed_name(visit, typed)
        if not request.form.get("typed") and _matches(visit, shown, name):
            _refuse_full(visit, shown)
            return go(_choose_address(visit, shown, prompt, name))
        return _add_typed(visit, shown, prompt, name)
    except REFUSALS as refused:
        problem = Problem(_in_words(visit, shown, refused), f"#{box_of(shown, prompt)}")
        return show_names(visit, shown, problem=problem, typed=Typed(prompt, typed))


def _prompt(page: NameGeneratorPage) -> str:
    """The prompt that was answered; the first when the page has no such prompt."""
    asked = request.values.get("prompt", "")
    return asked if asked in {prompt.id for prompt in page.prompts} else page.prompts[0].id


def _typed_name(visit: Visit, typed: str) -> str:
    words = texts(visit.language)
    name = clean(" ".join(typed.split()), language=visit.language)
    if not name:
        raise NotAdded(words["name_empty"])
    if len(name) > LONGEST_LABEL:
        raise NotAdded(words["name_long"].format(most=LONGEST_LABEL))
    return name


def _refuse_full(visit: Visit, page: NameGeneratorPage) -> None:
    if len(visit.current.responses.named_on(page.id)) >= page.max:
        raise NotAdded(texts(visit.language)["name_full"].format(most=page.max))


def _add_picked(visit: Visit, page: NameGeneratorPage, prompt: str, key: str) -> Response:
    before = {(n.prompt, n.alter) for n in visit.current.responses.nominations if n.page == page.id}
    number = add_from_roster(session(), visit.current, page, prompt, key, now=now())
    if (prompt, number) in before:
        return go(list_address(visit, page, added=number, again=1))
    return go(list_address(visit, page, added=number))


def _add_typed(visit: Visit, page: NameGeneratorPage, prompt: str, name: str) -> Response:
    if "recall" not in page.modes:
        raise NotAdded(texts(visit.language)["name_unknown"].format(name=name))
    _refuse_full(visit, page)
    same, said = already_named(visit.current, name), request.form.get("same", "")
    if same is not None and said != "no":
        return _same(visit, page, prompt, name, same, said)
    number = add_typed(session(), visit.current, page, prompt, name, now=now())
    return go(address("describe", visit.token, page=page.id, alter=number, **{"return": returning()}))


def _same(visit: Visit, page: NameGeneratorPage, prompt: str, name: str, same: Alter, said: str) -> Response:
    """Whether a name that is on the list already is the same person; when it is, nobody is added twice."""
    if said == "yes":
        with suppress(UnknownAlter):  # on this prompt's own list, or on another page: there is nothing to add
            renominate(session(), visit.current, page, prompt, same.number, now=now())
        return go(list_address(visit, page, added=same.number, again=1))
    problem = Problem(texts(visit.language)["same_empty"], "#same") if "same_asked" in request.form else None
    return show_in(
        visit,
        "interview/same.html",
        problems=[problem] if problem else [],
        page=page,
        prompt=prompt,
        name=name,
        person=same,
        back=list_address(visit, page),
        returning=returning(),
    )


def _add_again(visit: Visit, page: NameGeneratorPage, prompt: str) -> Response:
    """Someone named to an earlier prompt, pressed for this one."""
    number = request.form.get("again", 0, type=int)
    renominate(session(), visit.current, page, prompt, number, now=now())
    return go(list_address(visit, page, added=number))


@access(LINK)
def add_position(token: str, page: str) -> Response:
    """Add whoever holds a job at a place."""
    visit, shown = names_page(token, page)
    if "position" not in shown.modes:
        raise NotFound
    prompt, site, role = _prompt(shown), request.form.get("site", ""), request.form.get("role", "")
    try:
        _refuse_full(visit, shown)
        number = name_position(session(), visit.current, shown, prompt, site=site, role=role, now=now())
    except (NotAdded, UnknownPosition):
        words = texts(visit.language)["name_position_empty"]
        return show_names(visit, shown, problem=Problem(words, "#role"))
    return go(list_address(visit, shown, added=number))


@access(LINK)
def search(token: str, page: str) -> Response:
    """Up to ten people of the roster who fit three letters or more, for the box that completes names."""
    visit, shown = names_page(token, page)
    matches = _matches(visit, shown, request.args.get("q", ""))
    detail = _detail(visit, shown)
    return jsonify(matches=[{"value": one.key, "label": one.name, "detail": detail(one)} for one in matches])


def _detail(visit: Visit, page: NameGeneratorPage) -> Callable[[RosterEntry], str]:
    """What stands beside a name of the page's roster."""
    roster = visit.current.instrument.rosters.get(page.roster or "")
    return lambda entry: entry.described(roster.show if roster else ())


def _matches(visit: Visit, page: NameGeneratorPage, query: str) -> list[RosterEntry]:
    """Who fits; the respondent only where the roster does not leave them out."""
    if "roster" not in page.modes or page.roster is None:
        return []
    roster = visit.current.instrument.rosters[page.roster]
    leave_out = (visit.invited.person.key,) if roster.exclude_self else ()
    return search_roster(session(), visit.invited.study.id, query, leave_out=leave_out, columns=roster.search)


def _choose_address(visit: Visit, page: NameGeneratorPage, prompt: str, name: str) -> str:
    query = {"q": name, "prompt": prompt, "return": returning()}
    return address("choose", visit.token, page=page.id, **query)


@access(LINK)
def choose(token: str, page: str) -> Response:
    """Which of the people of that name is meant?"""
    visit, shown = names_page(token, page)
    name = " ".join(request.args.get("q", "").split())[:LONGEST_LABEL]
    if not _matches(visit, shown, name):
        return go(list_address(visit, shown))
    return _show_choice(visit, shown, name)


def _show_choice(visit: Visit, page: NameGeneratorPage, name: str, problem: Problem | None = None) -> Response:
    prompt, matches = _prompt(page), _matches(visit, page, name)
    return show_in(
        visit,
        "interview/choose.html",
        problems=[problem] if problem else [],
        page=page,
        name=name,
        prompt=prompt,
        matches=matches,
        detail=_detail(visit, page),
        many=len(matches) >= MOST_MATCHES,
        most=MOST_MATCHES,
        may_type="recall" in page.modes,
        none_of_these=NONE_OF_THESE,
        back=list_address(visit, page),
        here=_choose_address(visit, page, prompt, name),
    )


@access(LINK)
def chosen(token: str, page: str) -> Response:
    """Add the one who is meant, or the name as it was typed."""
    visit, shown = names_page(token, page)
    prompt, name = _prompt(shown), request.form.get(BOX, "")
    key = request.form.get("person", "")
    try:
        name = _typed_name(visit, name)
        if key == NONE_OF_THESE and "recall" not in shown.modes:
            return go(list_address(visit, shown))
        if key == NONE_OF_THESE:
            return _add_typed(visit, shown, prompt, name)
        if not key:
            raise NotAdded(texts(visit.language)["choose_empty"])
        return _add_picked(visit, shown, prompt, key)
    except REFUSALS as refused:
        return _show_choice(visit, shown, name, Problem(_in_words(visit, shown, refused), "#person"))
