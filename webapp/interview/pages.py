"""Which template shows which page, and what every template gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import g, make_response, render_template, request
from werkzeug.wrappers import Response

from instruments.route import Step
from instruments.schema import AnyPage
from webapp.forms import Problem
from webapp.interview.minutes import minutes_left
from webapp.interview.texts import LANGUAGES, texts
from webapp.interview.visit import Visit, last_day

REFUSED = 422
NOTICES = ("later", "waiting", "gone")

PAGE_TEMPLATES: Mapping[str, str] = {
    "consent": "interview/pages/form.html",
    "info": "interview/pages/info.html",
    "form": "interview/pages/form.html",
    "name_generator": "interview/pages/names.html",
    "alter_review": "interview/pages/review.html",
    "alter_form": "interview/pages/person.html",
    "alter_form matrix": "interview/pages/matrix.html",
    "alter_form bins": "interview/pages/bins.html",
    "alter_grid": "interview/pages/grid.html",
    "alter_ties": "interview/pages/ties.html",
    "org_ties": "interview/pages/sites.html",
    "ard": "interview/pages/counts.html",
    "place": "interview/pages/bins.html",
    "narrative": "interview/pages/narrative.html",
}
"""By the page's type, and its layout where that is not the usual one. Items have a macro each in items.html."""


def template_of(page: AnyPage) -> str:
    """The template that shows a page."""
    return PAGE_TEMPLATES.get(f"{page.type} {getattr(page, 'layout', '')}") or PAGE_TEMPLATES[page.type]


def show(
    template: str,
    language: str,
    *,
    languages: Sequence[str] = (),
    problems: Sequence[Problem] = (),
    **values: Any,
) -> Response:
    """A page in a language, with buttons for the other `languages`: 200, or 422 when something is to be changed."""
    words = g.words = texts(language)
    html = render_template(
        template,
        t=words,
        lang=language,
        errors=[{"text": problem.text, "href": problem.href} for problem in problems],
        notice=_notice(words),
        languages=[(code, LANGUAGES.get(code, code)) for code in languages if code != language],
        place=_place(values.get("step"), values.get("page")),
        **values,
    )
    return make_response(html, REFUSED if problems else 200)


def _notice(words: Mapping[str, str]) -> str | None:
    """The notice that the address asks for; only ours, so that a link cannot put words on the page."""
    name = request.args.get("notice", "")
    return words[f"notice_{name}"] if name in NOTICES else None


def _place(step: Step | None, page: AnyPage | None) -> str:
    """Where a change of language comes back to: a step, the page that asks in between, or the view by its name."""
    if step is not None:
        return step.key
    return page.id if page is not None else (request.endpoint or "").rpartition(".")[2]


def show_in(visit: Visit, template: str, *, timed: bool = True, **values: Any) -> Response:
    """A page within an interview; `timed` question pages say how many minutes are left.

    `seen`, the state that the page's answers had, stays what the browser said as long as its answers are not saved:
    a page shown again with an error or in another language is no newer than it was.
    """
    if "seen" in values:
        values["seen"] = request.form.get("seen", values["seen"], type=int)
    return show(
        template,
        visit.language,
        languages=visit.current.instrument.languages,
        token=visit.token,
        closes=last_day(visit.invited.wave.closes_at, visit.language),
        minutes_left=minutes_left(visit) if timed and values.get("step") else None,
        **values,
    )
