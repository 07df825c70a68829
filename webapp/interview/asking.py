"""Question pages: shown, saved, shown again with what to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request
from werkzeug.wrappers import Response

from instruments.check import Posted
from instruments.route import Step
from instruments.schema import AlterFormPage, AnyPage, ChoiceItem, FormPage, Instrument, LookupItem, NameGeneratorPage
from surveys.interviews import save_step
from webapp.database import session
from webapp.forms import StepForm, build
from webapp.guard import LINK, access
from webapp.interview import listing
from webapp.interview.pages import PAGE_TEMPLATES, show_in
from webapp.interview.texts import texts
from webapp.interview.visit import Visit, at_work, back_from, entry_of, now, onward, returning, sites_of


@access(LINK)
def show(token: str, page: str, alter: int | None = None) -> Response:
    """One question page as it stands."""
    visit = at_work(token)
    step = visit.step(page, alter)
    shown = visit.page(step)
    if isinstance(shown, NameGeneratorPage):
        return listing.show_names(visit, shown)
    return _render(visit, form_of(visit, step), step)


@access(LINK)
def save(token: str, page: str, alter: int | None = None) -> Response:
    """One question page's answers, kept when all of them may be."""
    visit = at_work(token)
    step = visit.step(page, alter)
    shown = visit.page(step)
    if isinstance(shown, NameGeneratorPage):
        return listing.save_names(visit, shown)
    form = form_of(visit, step, posted())
    if form.problems:
        return _render(visit, form, step)
    saved = save_step(session(), visit.current, step, form.checked, now=now())
    return onward(Visit(token, saved), step)


def posted() -> dict[str, Sequence[str]]:
    """What the browser sent: field name to values."""
    return dict(request.form.lists())


def form_of(visit: Visit, step: Step, sent: Posted | None = None) -> StepForm:
    """The form of a step with the rosters and what is known of the person."""
    instrument = visit.current.instrument
    page = instrument.page(step.page)
    return build(
        instrument,
        step,
        visit.current.responses,
        sent,
        language=visit.language,
        rosters=_rosters(visit, page),
        prefill=_prefill(visit, page),
        shorts=_shorts(texts(visit.language)),
    )


def _shorts(words: Mapping[str, str]) -> dict[str, str]:
    """How the choices of a grid begin, by value: the part that its narrow cells show."""
    return {name.removeprefix("cell_"): text for name, text in words.items() if name.startswith("cell_")}


def _rosters(visit: Visit, page: AnyPage) -> dict[str, dict[str, str]]:
    """The sites, where the page looks one up. The staff list is never shown whole."""
    if not isinstance(page, FormPage | AlterFormPage):
        return {}
    rosters = visit.current.instrument.rosters
    wanted = {item.roster for item in page.items if isinstance(item, LookupItem)}
    return {name: sites_of(visit.invited) for name in wanted if rosters[name].source == "sites"}


def _prefill(visit: Visit, page: AnyPage) -> dict[str, str]:
    """What the roster says of the person, for questions that ask to be filled in with it."""
    if not isinstance(page, FormPage) or not any(item.prefill == "person" for item in page.items):
        return {}
    person = entry_of(visit.invited)
    if person is None:
        return {}
    known: dict[str, str] = {}
    for item in page.items:
        if item.prefill == "person" and isinstance(item, LookupItem):
            known[item.id] = person.site_code
        elif item.prefill == "person" and isinstance(item, ChoiceItem) and _asks_role(item, visit.current.instrument):
            known[item.id] = person.role_code
    return known


def _asks_role(item: ChoiceItem, instrument: Instrument) -> bool:
    roles = {role.id for role in instrument.roles}
    return {option.value for option in item.options} <= roles


def _render(visit: Visit, form: StepForm, step: Step) -> Response:
    return show_in(
        visit,
        PAGE_TEMPLATES[form.page.type],
        problems=form.problems,
        form=form,
        step=step,
        back=back_from(visit, step),
        returning=returning(),
        progress=_progress(visit, step),
    )


def _progress(visit: Visit, step: Step) -> str | None:
    """Which person of how many; pages that are not about one person have no number that would be true."""
    if step.alter is None:
        return None
    people = [other.alter for other in visit.current.route if other.page == step.page]
    words = texts(visit.language)["person_progress"]
    return words.format(place=people.index(step.alter) + 1, count=len(people))
