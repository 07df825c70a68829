"""Question pages: shown, saved, shown again with what to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from instruments.check import Checked, Posted, check_step
from instruments.route import Step
from instruments.schema import AnyPage, NameGeneratorPage
from instruments.wording import say
from surveys.interviews import StaleStep, save_step
from webapp.database import session
from webapp.forms import StepForm, build
from webapp.guard import LINK, access
from webapp.interview import listing
from webapp.interview.conflicts import show_conflict
from webapp.interview.extras import EXTRAS
from webapp.interview.known import entries_known, prefill_of, rosters_of, with_ego
from webapp.interview.pages import show_in, template_of
from webapp.interview.texts import texts
from webapp.interview.timing import timed
from webapp.interview.visit import Visit, at_work, back_from, now, onward, returning


@access(LINK)
def show(token: str, page: str, alter: int | None = None, to: int | None = None) -> Response:
    """One question page as it stands."""
    visit = at_work(token)
    step = visit.step(page, alter, to)
    shown = visit.page(step)
    if isinstance(shown, NameGeneratorPage):
        return listing.show_names(visit, shown)
    return render(visit, form_of(visit, step), step)


@access(LINK)
def save(token: str, page: str, alter: int | None = None, to: int | None = None) -> Response:
    """One question page's answers, kept when all of them may be and nothing else was saved meanwhile."""
    visit = at_work(token)
    step = visit.step(page, alter, to)
    shown = visit.page(step)
    if isinstance(shown, NameGeneratorPage):
        return listing.save_names(visit, shown)
    checked = check(visit, step, shown)
    if checked.errors or checked.questions:
        return render(visit, form_of(visit, step, posted()), step)
    try:
        saved = save_step(session(), visit.current, step, checked, now=now(), seen=seen())
    except StaleStep as stale:
        return show_conflict(visit, step, checked, stale.stored)
    return onward(timed(Visit(token, saved), step), step)


def check(visit: Visit, step: Step, page: AnyPage) -> Checked:
    """What was posted, checked alone: a page that is fine needs no form."""
    return check_step(
        visit.current.instrument,
        step,
        with_ego(visit, page),
        posted(),
        known=entries_known(visit, page),
        language=visit.language,
    )


def posted() -> dict[str, Sequence[str]]:
    """What the browser sent: field name to values."""
    return dict(request.form.lists())


def seen() -> int | None:
    """Which state of the page the browser showed; None when it does not say."""
    return request.form.get("seen", type=int)


def form_of(visit: Visit, step: Step, sent: Posted | None = None, *, judged: bool = True) -> StepForm:
    """The form of a step with the rosters and what is known of the person."""
    instrument, words = visit.current.instrument, texts(visit.language)
    page = instrument.page(step.page)
    return build(
        instrument,
        step,
        with_ego(visit, page),
        sent,
        language=visit.language,
        rosters=rosters_of(visit, page),
        prefill=prefill_of(visit, step) if sent is None else None,
        shorts=_shorts(words),
        words=words,
        judged=judged,
    )


def _shorts(words: Mapping[str, str]) -> dict[str, str]:
    """How the choices of a grid begin, by value: the part that its narrow cells show."""
    return {name.removeprefix("cell_"): text for name, text in words.items() if name.startswith("cell_")}


def render(visit: Visit, form: StepForm, step: Step) -> Response:
    """A step's page, with what is to be changed."""
    extras: dict[str, Any] = EXTRAS.get(form.page.type, _nothing)(visit, form)
    return show_in(
        visit,
        template_of(form.page),
        problems=form.problems,
        form=form,
        step=step,
        seen=visit.current.revision_of(step),
        back=back_from(visit, step),
        returning=returning(),
        progress=_progress(visit, step),
        **extras,
    )


def _nothing(visit: Visit, form: StepForm) -> dict[str, Any]:
    return {}


def _progress(visit: Visit, step: Step) -> str | None:
    """Which person of how many; pages that are not about one person have no number that would be true."""
    if step.alter is None:
        return None
    steps = [other for other in visit.current.route if other.page == step.page]
    place = steps.index(step) + 1 if step in steps else 1
    page, words = visit.current.instrument.page(step.page), texts(visit.language)
    if page.type == "alter_form":
        return words["person_progress"].format(place=place, count=len(steps))
    progress = words["ties_progress"].format(place=place, count=len(steps))
    return f"{say(page.title, visit.language)}: {progress}" if page.title else progress
