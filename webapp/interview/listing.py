"""The list of people named on one page: shown with its box on top, left when it is complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from instruments.check import check_step
from instruments.responses import Alter
from instruments.route import Step
from instruments.schema import NameGeneratorPage, Prompt
from instruments.wording import say
from surveys.naming import done_naming, say_no_one
from webapp.database import session
from webapp.forms import Problem
from webapp.interview.pages import show_in, template_of
from webapp.interview.texts import counted, texts
from webapp.interview.timing import timed
from webapp.interview.visit import Visit, address, back_from, now, onward, returning, sites_of

BOX = "name"


@dataclass(frozen=True)
class PromptList:
    """One question that calls names to mind, who was named so far, and who else could be: newest first."""

    id: str
    text: str
    box: str
    typed: str
    error: str | None
    attributes: Mapping[str, str]
    named: tuple[Alter, ...]
    listed: str
    offered: tuple[Alter, ...]


@dataclass(frozen=True)
class Typed:
    """What stands in a box when the page is shown again: the prompt it belongs to and the text."""

    prompt: str = ""
    text: str = ""


def box_of(page: NameGeneratorPage, prompt: str) -> str:
    """The id of a prompt's name box."""
    return BOX if prompt == page.prompts[0].id else f"{BOX}-{prompt}"


def show_names(
    visit: Visit, page: NameGeneratorPage, *, problem: Problem | None = None, typed: Typed | None = None
) -> Response:
    """The page of names, with a message about what was just done."""
    step, words = Step(page.id), texts(visit.language)
    count = len(visit.current.responses.named_on(page.id))
    return show_in(
        visit,
        template_of(page),
        problems=[problem] if problem else [],
        page=page,
        step=step,
        title=say(page.title or page.prompts[0].text, visit.language),
        intro=say(page.intro, visit.language) if page.intro else None,
        nudges=[say(nudge, visit.language) for nudge in page.nudges],
        none_option=say(page.none_option, visit.language),
        prompts=[_prompt_list(visit, page, prompt, typed or Typed(), problem) for prompt in page.prompts],
        hint=words[_hint(page)],
        count=count,
        proceed=counted(words, "name_continue", count),
        full=words["name_full"].format(most=page.max) if count >= page.max else None,
        no_one=page.id in visit.current.responses.no_one,
        position_error=problem.text if problem and problem.href == "#role" else None,
        position=_position(visit, page) if "position" in page.modes and count < page.max else None,
        said=_said(visit, count),
        back=back_from(visit, step),
        returning=returning(),
    )


def _position(visit: Visit, page: NameGeneratorPage) -> dict[str, object]:
    """The roles and the sites that a position is made of."""
    roles = visit.current.instrument.roles
    return {
        "roles": [{"value": role.id, "text": say(role.label, visit.language)} for role in roles],
        "sites": [{"value": code, "text": name} for code, name in sites_of(visit.invited).items()],
        "open": page.modes == ("position",),
    }


def _hint(page: NameGeneratorPage) -> str:
    if "roster" not in page.modes:
        return "name_hint_typed"
    return "name_hint_both" if "recall" in page.modes else "name_hint_roster"


def _prompt_list(
    visit: Visit, page: NameGeneratorPage, prompt: Prompt, typed: Typed, problem: Problem | None
) -> PromptList:
    by_prompt = _numbers(visit, page)
    here = by_prompt.get(prompt.id, [])
    earlier = [number for other in prompt.reuse for number in by_prompt.get(other, []) if number not in here]
    people = {alter.number: alter for alter in visit.current.responses.alters}
    box = box_of(page, prompt.id)
    return PromptList(
        id=prompt.id,
        text=say(prompt.text, visit.language),
        box=box,
        typed=typed.text if typed.prompt == prompt.id else "",
        error=problem.text if problem and problem.href == f"#{box}" else None,
        attributes=_box_attributes(visit, page, prompt.id),
        named=tuple(people[number] for number in reversed(here)),
        listed=counted(texts(visit.language), "name_list", len(here)),
        offered=tuple(people[number] for number in dict.fromkeys(earlier)),
    )


def _box_attributes(visit: Visit, page: NameGeneratorPage, prompt: str) -> dict[str, str]:
    """What turns the box into a search of the roster; after an act on its list the box has the focus again."""
    attributes = {"autofocus": ""} if prompt == _prompt_in_use(visit, page) else {}
    if "roster" in page.modes:
        search = address("search", visit.token, page=page.id)
        words = texts(visit.language)
        attributes |= {"data-roster-search": search, "data-roster-value": "person"}
        attributes |= {f"data-roster-{name}": words[f"name_{name}"] for name in ("searching", "short", "assist")}
        attributes["data-roster-none"] = words["name_none_found"]
    return attributes


def _prompt_in_use(visit: Visit, page: NameGeneratorPage) -> str | None:
    """The prompt whose list was just changed: where the person added was named last; after a removal the first."""
    if not {"added", "removed"} & set(request.args):
        return None
    number = request.args.get("added", type=int)
    named = [one.prompt for one in visit.current.responses.nominations if one.page == page.id and one.alter == number]
    return named[-1] if named else page.prompts[0].id


def _numbers(visit: Visit, page: NameGeneratorPage) -> dict[str, list[int]]:
    """Prompt to the numbers of those named to it, oldest first."""
    numbers: dict[str, list[int]] = {}
    for nomination in visit.current.responses.nominations:
        if nomination.page == page.id:
            numbers.setdefault(nomination.prompt, []).append(nomination.alter)
    return numbers


def _said(visit: Visit, count: int) -> str | None:
    """What was just done, in a sentence; found by number, so that no name stands in an address."""
    words = texts(visit.language)
    if "removed" in request.args:
        return counted(words, "removed", count)
    number = request.args.get("added", type=int)
    person = next((alter for alter in visit.current.responses.alters if alter.number == number), None)
    name = "added_before" if "again" in request.args else "added"
    return words[name].format(name=person.label) if person else None


def save_names(visit: Visit, page: NameGeneratorPage) -> Response:
    """Leave the page with the people listed, or with "no one"; a name still in the box is not lost."""
    waiting = " ".join(request.form.get(BOX, "").split())
    if waiting:
        prompt = request.form.get("prompt", "")
        text = texts(visit.language)["name_waiting"].format(name=waiting)
        return show_names(visit, page, problem=Problem(text, f"#{box_of(page, prompt)}"), typed=Typed(prompt, waiting))
    step = Step(page.id)
    checked = check_step(
        visit.current.instrument,
        step,
        visit.current.responses,
        dict(request.form.lists()),
        known=lambda roster, code: False,
        language=visit.language,
    )
    if checked.errors:
        return show_names(visit, page, problem=Problem(checked.errors[0].message, f"#{BOX}"))
    leave = say_no_one if checked.no_one else done_naming
    leave(session(), visit.current, page, now=now())
    return onward(timed(visit.as_it_stands(), step), step)


def list_address(visit: Visit, page: NameGeneratorPage, **query: str | int) -> str:
    """The address of the list, keeping the way back to "check your answers"."""
    kept: Mapping[str, str | int | None] = {**query, "return": returning()}
    return address("show", visit.token, page=page.id, **kept)
