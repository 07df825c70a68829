"""Check your answers, send them, what happens next; and leaving to come back later."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from instruments.route import Step, reachable, step_of
from instruments.schema import FinishPage, NameGeneratorPage
from instruments.summary import Row, Section, summarise
from surveys.interviews import StaleStep, finish, first_waiting, refuse_changes_when_over, save_step
from surveys.matching.keeping import VAULT
from surveys.waves import next_wave
from webapp.database import session
from webapp.guard import LINK, access
from webapp.interview.asking import form_of, posted, seen
from webapp.interview.own_map import draw
from webapp.interview.own_network import own_network
from webapp.interview.pages import show_in
from webapp.interview.texts import counted, texts
from webapp.interview.visit import (
    Visit,
    address,
    arrive,
    at_work,
    day,
    entry_words,
    go,
    here,
    now,
    sites_of,
    to_first_open,
)


@dataclass(frozen=True)
class CheckSection:
    """One part of "check your answers": its rows, and one way back; rows of another page have their own."""

    title: str
    change: str
    rows: tuple[dict[str, object], ...]


@access(LINK)
def check(token: str) -> Response:
    """Everything that was said, each with its way back; what is not answered yet comes first."""
    visit = at_work(token)
    if first_waiting(visit.current) is not None:
        return to_first_open(visit, notice="waiting")
    current = visit.current
    sections = summarise(current.instrument, current.responses, visit.language, entry=entry_words(visit))
    asked = current.route[:-1]
    return show_in(
        visit,
        "interview/check.html",
        sections=[_section(visit, section) for section in sections],
        typed=any(alter.person is None for alter in current.responses.alters),
        vault=_under_vault(visit),
        back=here(token, asked[-1]) if asked else address("start", token),
    )


def _section(visit: Visit, section: Section) -> CheckSection:
    own = section.step_key
    rows = tuple(_row(visit, section, row, own) for row in section.rows)
    return CheckSection(section.title, _change(visit, own), rows)


def _row(visit: Visit, section: Section, row: Row, own: str) -> dict[str, object]:
    shown: dict[str, object] = {"key": row.question, "value": row.answer}
    if row.step_key == own:
        return shown
    hidden = f"{row.question} ({section.title})"
    action = {"href": _change(visit, row.step_key), "text": texts(visit.language)["change"], "hidden": hidden}
    return shown | {"actions": [action]}


def _change(visit: Visit, key: str) -> str:
    """The page where a step's answers are changed; it leads back here."""
    return here(visit.token, step_of(key) or Step(key), **{"return": "check"})


@access(LINK)
def send(token: str) -> Response:
    """Send the answers; sending twice is sending once."""
    visit = arrive(token)
    finish(session(), visit.current, now=now())
    return go(address("done", token))


@access(LINK)
def done(token: str) -> Response:
    """That the answers are there, what happens next and when, and the respondent's own network."""
    visit = arrive(token)
    if not visit.current.finished:
        return to_first_open(visit)
    end = visit.current.instrument.pages[-1]
    shows = end.show if isinstance(end, FinishPage) else ()
    following = next_wave(session(), visit.invited.wave) if "next_wave_date" in shows else None
    return show_in(
        visit,
        "interview/done.html",
        next_wave=day(following.opens_at, visit.language) if following else None,
        **(_own_network(visit) if "own_map" in shows else {"people": None}),
    )


def _under_vault(visit: Visit) -> bool:
    """Whether typed names are kept apart when the answers are sent, instead of deleted."""
    return visit.current.instrument.privacy.names == VAULT


def _own_network(visit: Visit) -> dict[str, object]:
    people = own_network(visit.current.instrument, visit.current.responses, sites_of(visit.invited), visit.language)
    words = texts(visit.language)
    return {
        "people": people,
        "numbered": any(person.numbered for person in people),
        "vault": _under_vault(visit),
        "map": draw(people, unknown_site=words["map_elsewhere"]),
        "described": counted(words, "map_desc", len(people)),
    }


@access(LINK)
def leave(token: str) -> Response:
    """Save the page that is open, if it may be saved, and go."""
    visit = arrive(token)
    refuse_changes_when_over(visit.current, now=now())
    kept = _keep(visit, step_of(request.args.get("from", "")))
    return go(address("left", token, unsaved=None if kept else 1))


def _keep(visit: Visit, step: Step | None) -> bool:
    """Whether nothing on the open page is lost."""
    current = visit.current
    if step is None or step not in reachable(current.route, current.responses):
        return step is None
    if isinstance(current.instrument.page(step.page), NameGeneratorPage):
        return not request.form.get("name", "").strip()
    form = form_of(visit, step, posted())
    if form.problems:
        return False
    try:
        save_step(session(), current, step, form.checked, now=now(), seen=seen())
    except StaleStep:
        return False
    return True


@access(LINK)
def left(token: str) -> Response:
    """That the page can be closed, and how to come back."""
    visit = arrive(token)
    return show_in(visit, "interview/left.html", unsaved="unsaved" in request.args)
