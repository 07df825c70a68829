"""What an address shows: the page it names, with the filters it sets, or what to do when there is nothing yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.data import Known, Source, UnknownStudy
from dashboards.pages import DEFAULT, PAGES, Page
from dashboards.pages.page import PREFIX, Leads, Rings, Shown, nowhere
from dashboards.parts.address import NAMES, Choice, Options, asked, notice, options, read
from dashboards.parts.card import card, facts
from dashboards.words import Words
from networks.release import Release

DOWNLOADS = "/downloads/"
NOTHING: Options = {name: {} for name in NAMES}


@dataclass(frozen=True)
class View:
    """Everything of a page that follows from its address."""

    page: Page
    finding: str
    body: Sequence[Component]
    choice: Choice
    offers: Options
    notice: str = ""
    about: str = ""


def page_of(path: str | None) -> Page | None:
    """The page that a path names; the first page for the dashboards' own address; None for any other."""
    name = (path or PREFIX).removeprefix(PREFIX).strip("/")
    return PAGES.get(name or DEFAULT)


def _paragraph(text: str) -> Component:
    return html.P(text, className="nhsuk-body")


def _waiting(release: Release, page: Page) -> tuple[str, str] | None:
    """What to say and to do while there is nothing to show; None when there is."""
    invited, finished = release.respondents["invited"].sum(), release.respondents["finished"].sum()
    if not invited:
        return "Nobody has been invited yet", "Open a wave and invite people. This page fills as they answer."
    if page.needs == "finished" and not finished:
        said = "This page fills when the first answers are sent. See the response page for who has begun."
        return f"Nobody has finished an interview yet: {invited:,} were invited", said
    return None


def _empty(page: Page, words: Words, choice: Choice, offers: Options) -> View | None:
    waiting = _waiting(words.release, page)
    if waiting is None:
        return None
    return View(page, waiting[0], [_paragraph(waiting[1])], choice, offers)


def _download(page: Page, choice: Choice) -> Component:
    link = html.A("Download this page's table (CSV)", href=f"{DOWNLOADS}{page.name}.csv{choice.query}")
    return html.P(link, className="nhsuk-body")


def _extra(page: Page, choice: Choice) -> Mapping[str, Any]:
    return {"site": choice.site, "view": choice.view} if "site" in page.uses else {}


def _about(known: Known) -> str:
    """The study, and up to when its answers are counted."""
    _waves, found, moment = known.release.stamp.partition("data as of ")
    return f"{known.name}. Answers up to {moment}." if found else f"{known.name}."


def _shown(page: Page, known: Known, choice: Choice, rings: Rings) -> Shown:
    extra = _extra(page, choice)
    return Shown(known.release, choice.filters, rings=rings, closing=known.closing, study=known.code, **extra)


def _full(page: Page, known: Known, choice: Choice, offers: Options, shown: Shown) -> View:
    filters, extra = choice.filters, _extra(page, choice)
    found = page.finding(known.release, filters, **extra)
    rests = card(facts(known, page.narrowed(known.release, filters), choice.site, page.uses, page.convention))
    return View(page, found, [*page.body(shown), _download(page, choice), rests], choice, offers)


def make(
    source: Source,
    page: Page,
    search: str,
    rings: Rings = (),
    *,
    now: datetime | None = None,
    leads: Leads = nowhere,
) -> View:
    """The view at an address. Unknown filters are left at their default, and the view's notice says so.

    `leads` says whether the service has a page at an address, so that acts are links where they can be.

    A study that is not there gives the newest one, with a notice; no study at all gives a page that says what to do.
    """
    studies, wanted = source.studies(), asked(search)
    code = wanted.get("study")
    try:
        known = source.known(code if code in studies else None)
    except UnknownStudy as refusal:
        return View(page, "There is no study yet", [_paragraph(str(refusal))], Choice({}), NOTHING)
    words = Words(known.release)
    offers = options(words, studies)
    choice, unknown = read(search, offers)
    warning = notice(unknown, wanted)
    shown = replace(_shown(page, known, choice, rings), now=now, leads=leads)
    view = _empty(page, words, choice, offers) or _full(page, known, choice, offers, shown)
    return replace(view, notice=warning, about=_about(known))
