"""The addresses of the preview: a list of pages, and each page for a wave, a role and a language."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.printing import FILLED
from instruments.route import Step, next_step, step_of
from instruments.schema import AnyPage, FinishPage, Instrument, NameGeneratorPage
from instruments.wording import BRACES, say
from surveys.studies import parsed
from surveys.tables import InstrumentVersion
from webapp import guard
from webapp.database import session
from webapp.interview.asking import form_of, render
from webapp.interview.listing import show_names
from webapp.interview.texts import LANGUAGES
from webapp.interview.visit import Visit, now
from webapp.preview.sample import LINK, Wanted, first_step, sample_visit

WAVES = 4
LANGUAGE = "language"
OURS = re.compile(rf'"/interview/{LINK}(/[^"?]*)?(?:\?[^"]*)?"')
ASKS = {
    "consent": "agreement",
    "form": "about the respondent",
    "info": "a text to read",
    "name_generator": "names",
    "alter_review": "about the last wave’s people",
    "alter_grid": "people by topic",
    "alter_form": "about each person",
    "alter_ties": "who knows whom",
    "org_ties": "about other sites",
    "ard": "how many people they know",
    "place": "people put in circles or bins",
    "narrative": "their own picture",
}
"""What each type of page asks, for those who look at a list of pages."""

bp = Blueprint("preview", __name__, url_prefix="/preview/<int:version>")


@bp.get("")
@guard.access("evaluator", "administrator")
def pages(version: int) -> Response:
    """All pages of a version, and which of them the chosen respondent would meet."""
    visit, wanted = _visit(version)
    instrument = visit.current.instrument
    met = {step.page for step in visit.current.route}
    listed = [
        {
            "title": _title(page, visit.language),
            "asks": ASKS[page.type],
            "met": page.id in met,
            "href": _address(version, first_step(page, visit.current.responses), wanted),
        }
        for page in instrument.pages
        if not isinstance(page, FinishPage)
    ]
    roles = [(role.id, say(role.label, visit.language)) for role in instrument.roles]
    languages = [(code, LANGUAGES.get(code, code)) for code in instrument.languages]
    return make_response(
        render_template(
            "preview/pages.html",
            title=say(instrument.title, visit.language),
            version=version,
            study=visit.current.invited.study,
            wanted=wanted,
            pages=listed,
            roles=roles,
            languages=languages,
            waves=range(1, WAVES + 1),
            user=guard.current_account(),
        )
    )


def _title(page: AnyPage, language: str) -> str:
    """A page's title with its places as words, as on paper; by its id where it has none."""
    title = say(page.title, language) if page.title else page.id.replace("_", " ").capitalize()
    return BRACES.sub(lambda found: f"[{FILLED.get(found[1], found[1])}]", title)


@bp.get("/<page>")
@bp.get("/<page>/<int:alter>")
@bp.get("/<page>/<int:alter>/<int:to>")
@guard.access("evaluator", "administrator")
def show(version: int, page: str, alter: int | None = None, to: int | None = None) -> Response:
    """One page as the chosen respondent would see it; its buttons lead on and keep nothing."""
    visit, wanted = _visit(version)
    step = visit.step(page, alter, to)
    asked = visit.current.instrument.page(page)
    if isinstance(asked, NameGeneratorPage):
        answer = show_names(visit, asked)
    else:
        answer = render(visit, form_of(visit, step), step)
    query = url_for("preview.pages", version=0, **_query(wanted)).partition("?")[2].replace("&", "&amp;")
    html = OURS.sub(rf'"/preview/{version}\1?{query}"', answer.get_data(as_text=True))
    html = html.replace(f'/{LANGUAGE}?{query}"', f'/{LANGUAGE}?{query}&amp;from={step.key}"')
    answer.set_data(html.replace("<main", _banner(version, wanted) + "<main", 1))
    return answer


@bp.post("/<path:where>")
@guard.access("evaluator", "administrator")
def go_on(version: int, where: str) -> Response:
    """On to the page after the one whose button was pressed; what was filled in is dropped."""
    visit, wanted = _visit(version)
    if where == LANGUAGE:
        return _switched(version, visit, wanted)
    page, *numbers = where.split("/")
    given = [int(number) for number in numbers if number.isascii() and number.isdigit()][:2]
    following = next_step(visit.current.route, Step(page, *given)) or _after(visit, page)
    if following is None or isinstance(visit.current.instrument.page(following.page), FinishPage):
        return redirect(url_for("preview.pages", version=version, **_query(wanted)), 303)
    return redirect(_address(version, following, wanted), 303)


def _switched(version: int, visit: Visit, wanted: Wanted) -> Response:
    """The same page in the language that was pressed; the list of pages when the address names none."""
    language, step = request.form.get("language", ""), step_of(request.args.get("from", ""))
    there = replace(wanted, language=language if language in visit.current.instrument.languages else wanted.language)
    if step is None or step.page not in {page.id for page in visit.current.instrument.pages}:
        return redirect(url_for("preview.pages", version=version, **_query(there)), 303)
    return redirect(_address(version, step, there), 303)


def _after(visit: Visit, page: str) -> Step | None:
    """The step after a page that is not on the way, or whose address was one of its acts."""
    pages = visit.current.instrument.pages
    place = next((at for at, one in enumerate(pages) if one.id == page), None)
    if place is None:
        return None
    return first_step(pages[place + 1], visit.current.responses) if place + 1 < len(pages) else None


def _visit(version: int) -> tuple[Visit, Wanted]:
    """The visit that the address asks for; waves, roles and languages that are not there count as the first."""
    found = session().get(InstrumentVersion, version)
    if found is None:
        raise NotFound
    wanted = _wanted(parsed(found.source))
    return sample_visit(session(), version, wanted, now=now()), wanted


def _wanted(instrument: Instrument) -> Wanted:
    wave = min(max(request.args.get("wave", 1, type=int), 1), WAVES)
    role, language = request.args.get("role", ""), request.args.get("language", "")
    roles = {one.id for one in instrument.roles}
    return Wanted(
        wave,
        role if role in roles else "",
        language if language in instrument.languages else instrument.languages[0],
    )


def _query(wanted: Wanted) -> dict[str, Any]:
    return {"wave": wanted.wave, "role": wanted.role, "language": wanted.language}


def _address(version: int, step: Step, wanted: Wanted) -> str:
    return url_for("preview.show", version=version, page=step.page, alter=step.alter, to=step.to, **_query(wanted))


def _banner(version: int, wanted: Wanted) -> str:
    return render_template("preview/banner.html", version=version, query=_query(wanted))
