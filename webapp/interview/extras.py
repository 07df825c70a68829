"""What some pages show beside their questions: pictures of what was said so far, and the words of a group of boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from instruments.counted import walk
from instruments.page_steps import pictured
from instruments.schema import AlterTiesPage, ArdPage, Instrument, NarrativePage, PlacePage
from instruments.wording import say
from webapp.forms import StepForm
from webapp.interview.marks import marks_of
from webapp.interview.own_map import draw
from webapp.interview.own_network import own_network
from webapp.interview.pictures import circles, web
from webapp.interview.texts import counted, texts
from webapp.interview.visit import Visit, sites_of


def _ties(visit: Visit, form: StepForm) -> dict[str, Any]:
    """The legend of the boxes where there are several, and with one picture for all pairs that picture."""
    page, words = form.page, texts(visit.language)
    if not isinstance(page, AlterTiesPage):
        return {}
    named = {"name": form.alter.label, "alter": form.alter.label} if form.alter else {}
    label = say(page.label, visit.language, **named) if page.label else ""
    if page.mode == "sociogram":
        form.picture = web(form.questions, visit.current.responses.alters)
        return {"group_label": label or words["ties_all"]}
    if page.mode == "one_to_many":
        return {"group_label": label or words["ties_one"].format(**named)}
    return {"group_label": None}


def _place(visit: Visit, form: StepForm) -> dict[str, Any]:
    if isinstance(form.page, PlacePage) and form.page.mode == "circles":
        asked = {option.value for option in form.page.options}
        form.picture = circles(form.matrices[0], asked)
    return {}


def _counts(visit: Visit, form: StepForm) -> dict[str, Any]:
    if not isinstance(form.page, ArdPage):
        return {}
    said = {name: say(text, visit.language) if text else None for name, text in _asked(form.page)}
    return {"question": said["label"], "hint": said["hint"]}


def _asked(page: ArdPage) -> list[tuple[str, Any]]:
    return [("label", page.label), ("hint", page.hint)]


def _narrative(visit: Visit, form: StepForm) -> dict[str, Any]:
    """The respondent's own map of the people whom the page is about."""
    if not isinstance(form.page, NarrativePage):
        return {}
    current, words = visit.current, texts(visit.language)
    responses = walk(current.instrument, current.responses).responses
    responses = replace(responses, alters=pictured(current.instrument, form.page, responses))
    marks = marks_of(
        current.instrument,
        responses,
        color_by=form.page.color_by,
        size_by=form.page.size_by,
        language=visit.language,
        words=words,
        told_already=_in_table(current.instrument),
    )
    people = own_network(current.instrument, responses, sites_of(visit.invited), visit.language)
    return {
        "people": people,
        "marks": marks,
        "map": draw(people, unknown_site=words["map_elsewhere"], marks=marks.by_alter),
        "described": counted(words, "map_desc", len(people)),
    }


def _in_table(instrument: Instrument) -> frozenset[str]:
    """The questions whose answers the table under the picture gives by itself."""
    bindings = [one for one in instrument.ties.values() if one.frequency or one.formality]
    names = (bindings[0].frequency, bindings[0].formality) if len(bindings) == 1 else ()
    return frozenset(name for name in names if name)


EXTRAS: Mapping[str, Callable[[Visit, StepForm], dict[str, Any]]] = {
    "alter_ties": _ties,
    "place": _place,
    "ard": _counts,
    "narrative": _narrative,
}
