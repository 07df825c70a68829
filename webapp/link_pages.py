"""What pages behind a link without an interview share: their language, the switch to another, and their refusals."""

from __future__ import annotations

from collections.abc import Sequence

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from instruments.schema import Instrument
from webapp import errors
from webapp.database import roll_back
from webapp.interview.refusing import Known, closed_parts, languages_for, parts
from webapp.interview.texts import FALLBACK, LANGUAGES
from webapp.limits import may_try_another_link
from webapp.link_texts import link_words
from webapp.services import services


def languages_of(instrument: Instrument) -> tuple[str, ...]:
    """The languages that a page can be shown in: those of the questionnaire that there are words for."""
    return tuple(one for one in instrument.languages if one in LANGUAGES) or (FALLBACK,)


def chosen(languages: Sequence[str]) -> str:
    """The language that the address asks for, where there is one such, else the questionnaire's first."""
    wanted = request.args.get("language", "")
    return wanted if wanted in languages else languages[0]


def show(template: str, languages: Sequence[str], *, status: int = 200, **values: object) -> Response:
    """A page in the language chosen, with buttons for the others, which only look."""
    language = chosen(languages)
    html = render_template(
        template,
        t=link_words(language),
        lang=language,
        languages=[(code, LANGUAGES[code]) for code in languages if code != language],
        switch=request.path,
        **values,
    )
    return make_response(html, status)


def refuse_closed(known: Known) -> Response:
    """That the wave takes no answers, in the languages of its questionnaire."""
    languages = languages_for(known)
    shown = closed_parts(known, languages, now=services().clock())
    return _refused(shown, languages, errors.SURVEY_CLOSED.status)


def refuse_unknown() -> Response:
    """That we do not know the link, in the browser's language or in all of ours; from the 31st in a minute, to wait."""
    refusal = errors.UNKNOWN_LINK if may_try_another_link() else errors.TOO_MANY_TRIES
    languages = languages_for(None)
    answer = _refused(parts(refusal.name, refusal.heading, refusal.advice, languages), languages, refusal.status)
    if refusal.retry_after is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer


def _refused(shown: Sequence[object], languages: Sequence[str], status: int) -> Response:
    roll_back()
    html = render_template("errors/respondent.html", parts=shown, t=link_words(languages[0]), lang=languages[0])
    return make_response(html, status)
