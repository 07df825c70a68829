"""A refusal as a respondent reads it: in their interview's language, their browser's, or in all of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from flask import session as cookie
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from instruments.load import InstrumentError
from surveys.interviews import NotBegun, resume
from surveys.invitations import Invited, UnknownLink, find_invited
from surveys.studies import instrument_of
from surveys.tables import Wave
from surveys.waves import standing
from webapp.interview.texts import FALLBACK, LANGUAGES, texts
from webapp.interview.texts.refusals import WELSH_REFUSALS
from webapp.interview.visit import day
from webapp.services import services

AREA = "/interview/"
REMEMBERED = "language"


@dataclass(frozen=True)
class Known:
    """What the address tells: the interview's languages, and the wave; `begun` once its language is chosen."""

    languages: tuple[str, ...]
    wave: Wave


@dataclass(frozen=True)
class Part:
    """The refusal in one language."""

    language: str
    heading: str
    advice: tuple[str, ...]


def in_respondents_area() -> bool:
    """Whether the request was for a page behind an interview link."""
    return request.path.startswith(AREA)


def remember(language: str) -> None:
    """Keep the language that was chosen in this browser, for pages that belong to no interview."""
    cookie[REMEMBERED] = language


def link() -> str:
    """The token in the address, whatever follows it."""
    return request.path.removeprefix(AREA).partition("/")[0]


def known_of(token: str) -> Known | None:
    """What is known of a link; None for a link that is not ours, and when the store does not answer."""
    try:
        with services().store.reader() as looking:
            invited = find_invited(looking, token)
            return Known(_languages(looking, invited), invited.wave)
    except (UnknownLink, SQLAlchemyError, InstrumentError):
        return None


def _languages(looking: Session, invited: Invited) -> tuple[str, ...]:
    try:
        return (resume(looking, invited).interview.language,)
    except NotBegun:
        return tuple(instrument_of(looking, invited.wave.instrument_version_id).languages)


def languages_for(known: Known | None) -> tuple[str, ...]:
    """The languages to say it in, one where it is known which: the interview's own, what was chosen in this browser
    before, what the browser asks for; else all of ours.
    """
    there = tuple(one for one in LANGUAGES if known is None or one in known.languages) or (FALLBACK,)
    chosen = cookie.get(REMEMBERED)
    if chosen in there:
        return (chosen,)
    asked = request.accept_languages.best_match(there)
    return (asked,) if asked else there


def parts(name: str, heading: str, advice: Sequence[str], languages: Sequence[str]) -> tuple[Part, ...]:
    """A refusal by name in each language; its English where a language does not have it."""
    said = {"en": (heading, *advice), "cy": WELSH_REFUSALS.get(name, (heading, *advice))}
    return tuple(Part(language, said[language][0], said[language][1:]) for language in languages)


def closed_parts(known: Known, languages: Sequence[str], *, now: datetime) -> tuple[Part, ...]:
    """That a wave takes no answers: not yet, from which day; or no more, since which day."""
    early = standing(known.wave, now=now) in ("draft", "planned")
    name, moment = ("opens", known.wave.opens_at) if early else ("closed", known.wave.closes_at)
    return tuple(_closed(name, moment, language) for language in languages)


def _closed(name: str, moment: datetime, language: str) -> Part:
    words = texts(language)
    advice = (words[f"refused_{name}"].format(day=day(moment, language)), words[f"refused_{name}_next"])
    return Part(language, words["refused_title"], advice)
