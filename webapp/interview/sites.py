"""Adding sites to a page about other sites: found by a few letters, listed with their questions, taken off again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from flask import jsonify, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from instruments.answers import NotAccepted, clean
from instruments.fields import field_name
from instruments.responses import AnswerKey
from instruments.route import Step
from instruments.schema import OrgTiesPage
from surveys.people import fold
from surveys.sites import site_words
from webapp.database import session
from webapp.forms import LISTED, Problem
from webapp.forms.shapes import Finder
from webapp.guard import LINK, access
from webapp.interview.asking import form_of, posted, render, save
from webapp.interview.known import with_ego
from webapp.interview.texts import texts
from webapp.interview.visit import Visit, at_work, sites_of

MOST_SHOWN = 10
ALIKE = 0.75
BOX, ADD, REMOVE, ENTER = "find", "add", "remove", "enter"


@dataclass(frozen=True)
class _Act:
    """What a press of a button does to the list (fields of the sites on it), and what the page says of it."""

    listed: tuple[str, ...]
    said: str = ""
    focus: str = ""
    problem: str = ""
    matches: tuple[tuple[str, str], ...] = ()
    typed: str = ""


@access(LINK)
def search(token: str, page: str) -> Response:
    """Up to ten sites that fit what is typed, for the box that completes names."""
    visit, shown = _sites_page(token, page)
    found = found_sites(_others(visit, shown), request.args.get("q", ""), _words(visit, shown))
    return jsonify(matches=[{"value": code, "label": name} for code, name in found])


@access(LINK)
def change(token: str, page: str) -> Response:
    """The page with a site more or fewer, and with all that was filled in on it; nothing is saved yet.

    Enter, pressed while the box is empty, goes on as Continue does.
    """
    if request.form.get(ENTER) and not request.form.get(BOX, "").strip():
        return save(token, page)
    visit, shown = _sites_page(token, page)
    removed = request.form.get(REMOVE, "")
    act = _removed(visit, shown, removed) if removed else _wanted(visit, shown)
    sent = {name: values for name, values in posted().items() if name != removed}
    step = Step(shown.id)
    form = form_of(visit, step, {**sent, LISTED: act.listed}, judged=False)
    if form.finder is not None:
        form.finder = _finder(form.finder, visit, act)
        form.problems = (Problem(act.problem, f"#{BOX}"),) if act.problem else ()
    return render(visit, form, step)


def _sites_page(token: str, page: str) -> tuple[Visit, OrgTiesPage]:
    visit = at_work(token)
    shown = visit.page(visit.step(page))
    if not isinstance(shown, OrgTiesPage):
        raise NotFound
    return visit, shown


def _finder(finder: Finder, visit: Visit, act: _Act) -> Finder:
    """The box as it stands after a press, with the sites that what was typed may mean."""
    words = texts(visit.language)
    many = words["sites_many"].format(most=MOST_SHOWN) if len(act.matches) >= MOST_SHOWN else ""
    return replace(
        finder,
        typed=act.typed,
        said=act.said,
        focus=act.focus,
        error=act.problem or None,
        matches=act.matches,
        many=many,
    )


def _listed() -> tuple[str, ...]:
    return tuple(request.form.getlist(LISTED))


def _field(page: OrgTiesPage, code: str) -> str:
    return field_name(AnswerKey(page.id, None, code))


def _removed(visit: Visit, page: OrgTiesPage, field: str) -> _Act:
    names = {_field(page, code): name for code, name in _others(visit, page).items()}
    said = texts(visit.language)["sites_removed"].format(name=names[field]) if field in names else ""
    return _Act(tuple(one for one in _listed() if one != field), said, focus=BOX)


def _wanted(visit: Visit, page: OrgTiesPage) -> _Act:
    """The site that was picked, or the only one that what was typed may mean; else what it may mean, or the error."""
    words, others = texts(visit.language), _others(visit, page)
    picked = next((code for code in request.form.getlist(ADD) if code in others), None)
    if picked is not None:
        return _added(page, picked, others[picked], words)
    try:
        typed = clean(" ".join(request.form.get(BOX, "").split()), language=visit.language)
    except NotAccepted as refused:
        return _Act(_listed(), problem=str(refused))
    found = found_sites(others, typed, _words(visit, page))
    if len(found) == 1:
        return _added(page, *found[0], words)
    fault = "" if found else "sites_unknown" if typed else "sites_empty"
    return _Act(_listed(), problem=words[fault].format(name=typed) if fault else "", matches=tuple(found), typed=typed)


def _added(page: OrgTiesPage, code: str, name: str, words: Mapping[str, str]) -> _Act:
    """The site on top of the list, unless it is there already or there are enough."""
    listed, field = _listed(), _field(page, code)
    if field in listed:
        return _Act(listed, said=words["sites_added_before"].format(name=name))
    if len(listed) >= page.max:
        return _Act(listed, problem=words["sites_full"].format(most=page.max))
    return _Act((field, *listed), said=words["sites_added"].format(name=name), focus=field)


def _others(visit: Visit, page: OrgTiesPage) -> dict[str, str]:
    """Code to name of every site but the respondent's own."""
    ego = with_ego(visit, page).ego
    own = ego.site if ego else None
    return {code: name for code, name in sites_of(visit.invited).items() if code != own}


def _words(visit: Visit, page: OrgTiesPage) -> dict[str, str]:
    """Code to the words by which the page's roster finds a site."""
    roster = visit.current.instrument.rosters[page.roster]
    return site_words(session(), visit.invited.study.id, roster.search)


def found_sites(sites: Mapping[str, str], query: str, words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Up to ten sites with words beginning with every word of `query`; misspelt ones when none has.

    `words` gives what is searched of each site, by code. Those that begin with the query come first.
    """
    asked = fold(query).split()
    if not asked:
        return []
    told = {code: words.get(code, "").split() for code in sites}
    fitting = [code for code, its in told.items() if all(_begins(word, its) for word in asked)]
    if not fitting:
        fitting = [code for code, its in told.items() if all(_alike(word, its) for word in asked)]
    fitting.sort(key=lambda code: not told[code][0].startswith(asked[0]))
    return [(code, sites[code]) for code in fitting[:MOST_SHOWN]]


def _begins(word: str, words: Sequence[str]) -> bool:
    return any(other.startswith(word) for other in words)


def _alike(word: str, words: Sequence[str]) -> bool:
    return _begins(word, words) or bool(get_close_matches(word, words, n=1, cutoff=ALIKE))
