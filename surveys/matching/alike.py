"""How likely a written word stands for a name: as it is, shortened, as an initial, by its sound, or with a slip."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA
from scipy.sparse import coo_array, csr_array

from surveys.matching.short_forms import SHORT_FORMS

Likelihoods = csr_array
"""One row for each written word, one column for each name: P(word | name), kept where it is above nothing."""

FAMILY_AS_IS = 0.92
FAMILY_PART = 0.2
FAMILY_MORE = 0.01
FAMILY_INITIAL = 0.02
GIVEN_AS_IS = 0.7
GIVEN_SHORT = 0.06
GIVEN_PART = 0.1
GIVEN_INITIAL = 0.12
GIVEN_CUT = 0.01
INITIAL_ONLY = 0.3
BY_SOUND = 0.004
ONE_SLIP = 3e-4
TWO_SLIPS = 1e-6
SHORTEST_SLIP = 3
SHORTEST_TWO_SLIPS = 6
SHORTEST_SOUND = 4
SHORTEST_CUT = 3
ROWS_AT_ONCE = 1000

SOUNDS = (
    ("tsch", "c"),
    ("sch", "s"),
    ("ough", "o"),
    ("ph", "f"),
    ("gh", "g"),
    ("kh", "k"),
    ("ch", "c"),
    ("ck", "k"),
    ("sz", "s"),
    ("cz", "c"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("zh", "z"),
    ("wh", "w"),
    ("ll", "l"),
    ("ff", "f"),
    ("x", "ks"),
    ("q", "k"),
    ("z", "s"),
    ("v", "w"),
    ("j", "y"),
)
VOWELS = frozenset("aeiouyhw")


def sound(word: str) -> str:
    """What is left of a word by ear: consonants as they sound, doubled ones once, and a mark for a vowel in front.

    So that "Hussain" and "Hussein", "Chowdhury" and "Choudhary", "Philips" and "Filips" are one.
    """
    for letters, heard in SOUNDS:
        word = word.replace(letters, heard)
    kept: list[str] = ["a" if word[:1] in VOWELS else ""]
    kept += [letter for letter, before in zip(word, " " + word, strict=False) if letter not in VOWELS | {before}]
    return "".join(kept).replace("c", "k")


def family_likelihoods(written: Sequence[str], names: Sequence[str]) -> Likelihoods:
    """P(written family name | family name), for every pair that has anything in common; hyphens part compounds."""
    found = _Found(written, names)
    found.add_near(FAMILY_AS_IS)
    whole = _places(names)
    parts = _places_of_parts(names)
    initials = _places([name[:1] for name in names])
    for row, word in enumerate(written):
        if len(word) == 1:
            found.add(row, initials.get(word, ()), FAMILY_INITIAL)
            continue
        found.add(row, parts.get(word, ()), FAMILY_PART)
        for part in word.split("-") if "-" in word else ():
            found.add(row, whole.get(part, ()), FAMILY_MORE)
            found.add(row, parts.get(part, ()), FAMILY_MORE)
    return found.table()


def given_likelihoods(written: Sequence[str], names: Sequence[str]) -> Likelihoods:
    """P(written given name | given name), for every pair that has anything in common. An empty name tells nothing."""
    found = _Found(written, names)
    found.add_near(GIVEN_AS_IS)
    whole, parts = _places(names), _places_of_parts(names)
    by_initial = _places([name[:1] for name in names])
    single = {name: at for name, at in whole.items() if len(name) == 1}
    cut = _places_of_beginnings(names)
    for row, word in enumerate(written):
        initial = word[:1]
        if len(word) == 1:
            found.add(row, by_initial.get(word, ()), GIVEN_INITIAL)
            continue
        found.add(row, single.get(initial, ()), INITIAL_ONLY)
        found.add(row, parts.get(word, ()), GIVEN_PART)
        found.add(row, cut.get(word, ()), GIVEN_CUT)
        for other in SHORT_FORMS.get(word, ()):
            found.add(row, whole.get(other, ()), GIVEN_SHORT)
    return found.table()


class _Found:
    """Likelihoods as they are found; of several for one pair the largest stays."""

    def __init__(self, written: Sequence[str], names: Sequence[str]) -> None:
        self.written, self.names = written, names
        self.rows: list[NDArray[np.int32]] = []
        self.columns: list[NDArray[np.int32]] = []
        self.values: list[NDArray[np.float64]] = []

    def add(self, row: int, columns: Sequence[int], value: float) -> None:
        if columns:
            self._keep(np.full(len(columns), row), np.array(columns), value)

    def _keep(self, rows: NDArray[np.int_], columns: NDArray[np.int_], value: float) -> None:
        self.rows.append(rows.astype(np.int32))
        self.columns.append(columns.astype(np.int32))
        self.values.append(np.full(len(rows), value))

    def add_near(self, as_is: float) -> None:
        """Words that are the name, sound like it, or are a slip or two away; swapped neighbours are one slip."""
        names = [name.replace("-", "") for name in self.names]
        lengths = np.array([len(name) for name in names])
        sounds = _codes([sound(name) if len(name) >= SHORTEST_SOUND else f"={name}" for name in names])
        heard = np.array([sounds.get(code, -1) for code in map(_sound_of, names)])
        for start in range(0, len(self.written), ROWS_AT_ONCE):
            words = [word.replace("-", "") for word in self.written[start : start + ROWS_AT_ONCE]]
            away = process.cdist(words, names, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=-1)
            shorter = np.minimum.outer(np.array([len(word) for word in words]), lengths)
            alike = np.array([sounds.get(_sound_of(word), -2) for word in words])[:, None] == heard
            for where, value in (
                ((away == 2) & (shorter >= SHORTEST_TWO_SLIPS), TWO_SLIPS),
                ((away == 1) & (shorter >= SHORTEST_SLIP), ONE_SLIP),
                (alike & (away > 0), BY_SOUND),
                ((away == 0) & (shorter > 0), as_is),
            ):
                rows, columns = np.nonzero(where)
                self._keep(rows + start, columns, value)

    def table(self) -> Likelihoods:
        shape = (len(self.written), len(self.names))
        if not self.rows or 0 in shape:
            return csr_array(shape)
        rows, columns, values = np.concatenate(self.rows), np.concatenate(self.columns), np.concatenate(self.values)
        order = np.lexsort((-values, columns, rows))
        rows, columns, values = rows[order], columns[order], values[order]
        first = np.ones(len(rows), dtype=bool)
        first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        return csr_array(coo_array((values[first], (rows[first], columns[first])), shape=shape))


def _sound_of(word: str) -> str:
    return sound(word) if len(word) >= SHORTEST_SOUND else f"={word}"


def _codes(texts: Sequence[str]) -> dict[str, int]:
    return {text: code for code, text in enumerate(dict.fromkeys(texts))}


def _places(texts: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        if text:
            places.setdefault(text, []).append(at)
    return places


def _places_of_parts(names: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for part in set(name.split("-")) if "-" in name else ():
            places.setdefault(part, []).append(at)
    return places


def _places_of_beginnings(names: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for end in range(SHORTEST_CUT, len(name)):
            places.setdefault(name[:end], []).append(at)
    return places
