"""A name as somebody wrote it, taken apart: which word is the given name and which the family name, or may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.matching.short_forms import SHORT_FORMS

LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ŋ": "n", "ə": "e"}
)
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
QUOTED = re.compile(r"\(([^()]*)\)|“([^”]*)”|\"([^\"]*)\"")
_TITLES = """
    dr doctor prof professor mr mrs ms miss mx sir dame lady lord sister matron nurse rev revd reverend cllr
    capt captain col major hon
"""
TITLES = frozenset(_TITLES.split())
_AFTER_NAMES = """
    phd md mbbs mbchb bsc msc ma mba frcp frcs frcgp mrcp mrcgp mrpharms rn rgn rmn obe mbe cbe jr jnr junior snr
    senior ii iii esq
"""
AFTER_NAMES = frozenset(_AFTER_NAMES.split())
_PARTICLES = """
    van von der den de del della da dos das di du la le el al bin bint ibn ap ab st saint mac mc o ter ten
"""
PARTICLES = frozenset(_PARTICLES.split())
_NOTES = """
    from at of for with who works working the our my their based in on
"""
NOTES = frozenset(_NOTES.split())
MOST_WORDS = 8
TWO_INITIALS = 0.2
REMARK = 0.15
"""How likely what follows a comma is a remark, where one word stands in front of it."""


@dataclass(frozen=True)
class Reading:
    """One way to read a name, and how likely it is; parts that it does not have are empty.

    `family` keeps the hyphens of a compound name.
    """

    given: str
    family: str
    weight: float
    middles: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it has a family name in full, and something of a given name."""
        return bool(self.given) and len(self.family) > 1


@dataclass(frozen=True)
class Written:
    """A name as words: without titles and notes; `behind` stood behind a comma, `other` in brackets."""

    words: tuple[str, ...]
    behind: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    titled: bool = False


def plain(text: str) -> str:
    """Lower case, without accents and apostrophes; letters that are no accented ones become what they sound like."""
    folded = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold().translate(LETTERS)
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def written(text: str) -> Written:
    """The words of a name, titles, letters after the name and notes such as “from our supplier” left out."""
    text = plain(text.partition("@")[0])
    other = tuple(word for found in QUOTED.findall(text) for word in _words("".join(found)))
    front, _, back = QUOTED.sub(" ", text).partition(",")
    words = _without_notes(_words(front))
    behind = _without_notes(_words(back.partition(",")[0]))
    kept = _named(words)
    return Written(_joined(kept), _joined(_named(behind)), other, titled=len(kept) < len(words))


def _words(text: str) -> list[str]:
    """Words of letters; hyphens stay inside words, full stops part initials."""
    spaced = "".join(letter if letter.isalpha() or letter == "-" else " " for letter in re.sub(r"\s+-+\s+.*", "", text))
    return [word.strip("-") for word in spaced.split() if word.strip("-")]


def _without_notes(words: Sequence[str]) -> list[str]:
    """Up to the first word that begins a remark; the first word is always a name."""
    end = next((at for at, word in enumerate(words) if at and word in NOTES), len(words))
    return list(words[:end])[:MOST_WORDS]


def _named(words: Sequence[str]) -> list[str]:
    """Without titles in front and letters behind, unless nothing else is left."""
    kept = [word for word in words if word not in TITLES]
    while len(kept) > 1 and kept[-1] in AFTER_NAMES:
        kept.pop()
    return kept or list(words)


def _joined(words: Sequence[str]) -> tuple[str, ...]:
    """Particles joined to the word after them: "van der Berg", "O Brien", "al-Hassan"."""
    done: list[str] = []
    held = ""
    for at, word in enumerate(_closed(word) for word in words):
        if word in PARTICLES and 0 < at < len(words) - 1:
            held += word
        else:
            done.append(held + word)
            held = ""
    return tuple(done)


def _closed(word: str) -> str:
    """A word whose first part is a particle, without its hyphens."""
    return word.replace("-", "") if word.partition("-")[0] in PARTICLES else word


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read a typed name, the likeliest first; weights add up to 1. None for a text without a word."""
    name = written(text)
    if name.words and _is_given_name(name.behind):
        return _with_comma(name)
    found = tuple(_in_order(name.words, titled=name.titled))
    return found + tuple(
        Reading(word, one.family, one.weight, one.middles) for word in name.other for one in found[:1] if one.whole
    )


def _is_given_name(behind: Sequence[str]) -> bool:
    """Whether what stands behind a comma may be given names: one word, or several of which the first is a known one."""
    return len(behind) == 1 or (len(behind) > 1 and behind[0] in SHORT_FORMS)


def _with_comma(name: Written) -> tuple[Reading, ...]:
    """ "Smith, John" most of the time, where one word stands in front; else what follows is a remark."""
    if len(name.words) > 1:
        return tuple(_in_order(name.words, titled=name.titled))
    turned = Reading(name.behind[0], name.words[0], 1 - REMARK, name.behind[1:])
    return (turned, *(_scaled(one, REMARK) for one in _in_order(name.words, titled=name.titled)))


def _scaled(one: Reading, by: float) -> Reading:
    return Reading(one.given, one.family, one.weight * by, one.middles)


def _in_order(words: Sequence[str], *, titled: bool) -> Iterator[Reading]:
    match words:
        case []:
            return
        case [word]:
            yield from _one_word(word, titled=titled)
        case [first, last]:
            yield from _two_words(first, last)
        case [first, *middles, last]:
            yield Reading(first, last, 0.7, tuple(middles))
            yield Reading(first, f"{middles[-1]}-{last}", 0.22, tuple(middles[:-1]))
            yield Reading(f"{first}-{middles[0]}", last, 0.05, tuple(middles[1:]))
            yield Reading(middles[0], first, 0.03, (*middles[1:], last))


def _two_words(first: str, last: str) -> Iterator[Reading]:
    """A given name and a family name, or turned round; two letters may be the initials of two given names."""
    turned = 0.3 if len(last) == 1 else 0.04
    initials = [(word, other) for word, other in ((first, last), (last, first)) if len(word) == 2 < len(other)]
    whole = 1 - TWO_INITIALS * len(initials)
    yield Reading(first, last, whole * (1 - turned))
    yield Reading(last, first, whole * turned)
    for word, other in initials:
        yield Reading(word[0], other, TWO_INITIALS, (word[1],))


def _one_word(word: str, *, titled: bool) -> Iterator[Reading]:
    """One word is a given name or a family name; after a title, mostly a family name."""
    family = 0.9 if titled else 0.4
    yield Reading("", word, family)
    yield Reading(word, "", 1 - family)


def on_roster(text: str) -> Reading:
    """A name of the roster, which is written in full: given name, middle names, family name."""
    name = written(text)
    if _is_given_name(name.behind) and len(name.words) == 1:
        return Reading(name.behind[0], name.words[0], 1.0, name.behind[1:])
    words = name.words or ("",)
    return Reading(words[0] if len(words) > 1 else "", words[-1], 1.0, (*words[1:-1], *name.other))
