"""Every word of the respondents' pages that is not in the questionnaire, by language."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.interview.texts.english import ENGLISH
from webapp.interview.texts.welsh import WELSH

FALLBACK = "en"

TEXTS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "cy": WELSH}

LANGUAGES: Mapping[str, str] = {"en": "English", "cy": "Cymraeg"}
"""What each language calls itself."""


def texts(language: str) -> Mapping[str, str]:
    """The words of the pages in a language; English for a language that is not there yet."""
    return TEXTS.get(language, TEXTS[FALLBACK])


def counted(words: Mapping[str, str], name: str, count: int, **names: object) -> str:
    """The text of that name for a number: `name_one` for one, `name_none` for none where there is one."""
    special = {0: f"{name}_none", 1: f"{name}_one"}.get(count, name)
    return words.get(special, words[name]).format(count=count, **names)
