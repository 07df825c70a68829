"""Which template shows which page, and what every template gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from webapp.forms.build import Problem
from webapp.interview.texts import texts
from webapp.interview.visit import Visit, last_day

REFUSED = 422
NOTICES = ("later", "waiting", "gone")

PAGE_TEMPLATES: Mapping[str, str] = {
    "consent": "interview/pages/form.html",
    "form": "interview/pages/form.html",
    "name_generator": "interview/pages/names.html",
    "alter_form": "interview/pages/person.html",
    "alter_grid": "interview/pages/grid.html",
}

ITEM_TEMPLATES: Mapping[str, str] = {
    "radios": "interview/items/radios.html",
    "checkboxes": "interview/items/checkboxes.html",
    "select": "interview/items/select.html",
    "text": "interview/items/text.html",
    "textarea": "interview/items/textarea.html",
    "number": "interview/items/number.html",
}

CELL_TEMPLATES: Mapping[str, str] = {
    "radios": "interview/items/cell_select.html",
    "checkboxes": "interview/items/cell_checkboxes.html",
}


def show(
    template: str,
    language: str,
    *,
    problems: Sequence[Problem] = (),
    **values: Any,
) -> Response:
    """A page in a language: 200, or 422 when something on it is to be changed."""
    words = texts(language)
    html = render_template(
        template,
        t=words,
        lang=language,
        errors=[{"text": problem.text, "href": problem.href} for problem in problems],
        notice=_notice(words),
        item_templates=ITEM_TEMPLATES,
        cell_templates=CELL_TEMPLATES,
        **values,
    )
    return make_response(html, REFUSED if problems else 200)


def _notice(words: Mapping[str, str]) -> str | None:
    """The notice that the address asks for; only ours, so that a link cannot put words on the page."""
    name = request.args.get("notice", "")
    return words[f"notice_{name}"] if name in NOTICES else None


def show_in(visit: Visit, template: str, **values: Any) -> Response:
    """A page within an interview."""
    closes = last_day(visit.invited.wave.closes_at, visit.language)
    return show(template, visit.language, token=visit.token, closes=closes, **values)
