"""Words that look the same and are not: letters of another alphabet or wide digits."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from exchange.columns import Entry
from exchange.refusals import shown
from exchange.report import Problem

_LATIN = str.maketrans("авекмнорстухіјѕԁԛԝαβεηικμνορτυχγ", "abekmhopctyxijsdqwabenikmvoptuxy")


def skeleton(word: str) -> str:
    """What a word looks like: capitals, wide forms and letters of other alphabets as plain small Latin letters."""
    return unicodedata.normalize("NFKC", word).casefold().translate(_LATIN)


def lookalikes(entries: Sequence[Entry], column: str, known: Iterable[str]) -> list[Problem]:
    """A problem for each row whose word looks like one of the store, or of a row above, and is another."""
    first = {skeleton(word): word for word in known}
    problems = []
    for entry in entries:
        word = entry.values[column]
        other = first.setdefault(skeleton(word), word)
        if other.casefold() != word.casefold():
            reason = f"this looks like “{shown(other)}” but is written with other letters"
            problems.append(Problem(entry.line, column, word, reason, f"If they are the same {column}, type it again."))
    return problems
