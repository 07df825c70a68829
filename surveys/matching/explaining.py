"""Why two descriptions may mean one person, and what speaks against it, in words for whoever decides."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from surveys.matching.alike import sound
from surveys.matching.names import Reading, on_roster, plain, readings
from surveys.matching.scoring import Described
from surveys.matching.short_forms import SHORT_FORMS

SLIPS = 2
LIKELY = ((0.85, "Very likely"), (0.6, "Likely"), (0.0, "Possible"))


def how_likely(score: float) -> str:
    """A score in words: very likely from 0.85, likely from 0.6, possible below."""
    return next(words for least, words in LIKELY if score >= least)


def reasons(typed: Described, other: Described) -> list[str]:
    """What agrees and what does not, most telling first: the names, then site and role where both are known."""
    if plain(typed.name).split() == plain(other.name).split():
        return ["Same name", *_about_place(typed, other)]
    read, name = readings(typed.name), on_roster(other.name)
    told = _about_names(_nearest(read, name), name) if read else []
    return told + _about_place(typed, other)


def _nearest(read: tuple[Reading, ...], name: Reading) -> Reading:
    """The reading of a typed name that is most like a name."""
    return max(read, key=lambda one: (_likeness(one, name), one.weight))


def _likeness(one: Reading, name: Reading) -> int:
    family = 3 * (one.family == name.family) + (sound(one.family) == sound(name.family))
    form = name.given in SHORT_FORMS.get(one.given, ())
    return family + 3 * (one.given == name.given) + 2 * form + (one.given[:1] == name.given[:1])


def _about_names(read: Reading, name: Reading) -> list[str]:
    return [_about_family(read.family, name), *_about_given(read, name)]


def _about_family(family: str, name: Reading) -> str:
    if not family:
        return "No family name was given"
    if family.replace("-", "") == name.family.replace("-", ""):
        return "Same family name"
    if set(family.split("-")) & {*name.family.split("-"), *name.middles}:
        return "Part of the family name is the same"
    if sound(family) == sound(name.family):
        return "Family names sound alike"
    return "Family names differ by a letter or two"


def _about_given(read: Reading, name: Reading) -> list[str]:
    given, theirs = read.given, name.given
    if not given or not theirs:
        return ["Only one name was given"]
    if given == theirs:
        return ["Same given name"]
    if len(given) == 1 or len(theirs) == 1:
        return ["The initial fits"] if given[0] == theirs[0] else ["The initial does not fit"]
    if theirs in SHORT_FORMS.get(given, ()):
        return [f"“{given.title()}” and “{theirs.title()}” are forms of one name"]
    if given in name.middles:
        return ["The given name is their middle name"]
    if sound(given) == sound(theirs):
        return ["Given names sound alike"]
    return ["Given names differ by a letter or two" if OSA.distance(given, theirs) <= SLIPS else "Given names differ"]


def _about_place(typed: Described, other: Described) -> list[str]:
    told = []
    for what, mine, theirs in (("place of work", typed.site, other.site), ("role", typed.role, other.role)):
        if mine is None or theirs is None:
            told.append(f"No {what} was given")
        else:
            told.append(f"Same {what}" if mine == theirs else f"Different {what}")
    return told
