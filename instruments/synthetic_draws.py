"""One invented answer for each type of question, as its value and as the fields that a browser posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from instruments.responses import Value
from instruments.schema import (
    AnyItem,
    ChoiceItem,
    Choosing,
    DateItem,
    LookupItem,
    NumberItem,
    RankItem,
    Synthetic,
    TextItem,
)

Rosters = Mapping[str, Sequence[str]]
"""The codes of each roster's entries, by the roster's name."""

WORDS = (
    "We talk on the phone", "We met last year", "They helped me with a new form", "It saved us time", "Nothing to add",
)  # fmt: skip
FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2025, 12, 31)
HIGHEST = 100.0

Draw = tuple[Value | None, dict[str, list[str]]]


def _single(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    chosen = weighed(wishes.weights or dict.fromkeys(_options(item), 1.0), random)
    yield chosen, {name: [chosen], **_other(item, name, (chosen,), random)}


def _multi(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    """Each option is ticked by a chance of its own: its weight, or its share of the largest weight above 1."""
    options = _options(item)
    most = max(wishes.weights.values(), default=1.0)
    chances = {word: wishes.weights.get(word, 0.0) / max(most, 1.0) if wishes.weights else 0.4 for word in options}
    chosen = tuple(word for word in options if random.random() < chances[word])
    if not chosen and item.required:
        chosen = (weighed(wishes.weights or dict.fromkeys(options, 1.0), random),)
    if chosen:
        yield chosen, {name: list(chosen), **_other(item, name, chosen, random)}


def _rank(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    options = list(_options(item))
    random.shuffle(options)
    top = item.top if isinstance(item, RankItem) and item.top else len(options)
    order = tuple(options[:top])
    yield order, {f"{name}~{word}": [str(at)] for at, word in enumerate(order, 1)}


def _text(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    text = random.choice(wishes.texts or WORDS)
    text = text[: item.max_length].strip() if isinstance(item, TextItem) else text
    yield text, {name: [text]}


def _number(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    if not isinstance(item, NumberItem):
        return
    low = 0.0 if item.minimum is None else item.minimum
    high = max(low, HIGHEST) if item.maximum is None else item.maximum
    low = min(low, high)
    drawn = random.uniform(low, high) if wishes.mean is None else random.gauss(wishes.mean, wishes.sd or 0.0)
    value = round(min(max(drawn, low), high), item.decimals)
    yield value, {name: [f"{value:.{item.decimals}f}"]}


def _boolean(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    said = weighed(wishes.weights or {"yes": 1.0, "no": 1.0}, random)
    yield said == "yes", {name: [said]}


def _date(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    if not isinstance(item, DateItem):
        return
    first = _day(item.earliest, FIRST_DAY)
    last = _day(item.latest, max(LAST_DAY, first))
    day = min(first, last) + timedelta(days=random.randint(0, abs((last - first).days)))
    boxes = {"month": day.month, "year": day.year} | ({"day": day.day} if item.type == "date" else {})
    text = day.isoformat() if item.type == "date" else day.isoformat()[:7]
    yield text, {f"{name}~{part}": [str(number)] for part, number in boxes.items()}


def _lookup(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    codes = rosters.get(item.roster, ()) if isinstance(item, LookupItem) else ()
    if codes:
        code = random.choice(codes)
        yield code, {name: [code]}


def _email(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    text = f"person{random.randint(1, 9999)}@example.org"
    yield text, {name: [text]}


def _phone(item: AnyItem, name: str, wishes: Synthetic, random: Random, rosters: Rosters) -> Iterator[Draw]:
    """Numbers that are kept free for drama."""
    text = f"01632 960{random.randint(0, 999):03d}"
    yield text, {name: [text]}


def _other(item: AnyItem, name: str, chosen: Sequence[str], random: Random) -> dict[str, list[str]]:
    return {f"{name}.other": [random.choice(WORDS)]} if "other" in chosen and getattr(item, "other", False) else {}


def _options(item: AnyItem) -> tuple[str, ...]:
    words = tuple(option.value for option in item.options) if isinstance(item, Choosing) else ()
    return (*words, "other") if isinstance(item, ChoiceItem) and item.other else words


def _day(text: str | None, otherwise: date) -> date:
    return otherwise if text is None else date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def weighed(weights: Mapping[str, float], random: Random) -> str:
    """One of the words, each by its weight."""
    words = sorted(weights)
    return random.choices(words, [weights[word] for word in words])[0]


DRAWS: dict[str, Callable[[AnyItem, str, Synthetic, Random, Rosters], Iterator[Draw]]] = {
    "single": _single,
    "scale": _single,
    "multi": _multi,
    "rank": _rank,
    "text": _text,
    "longtext": _text,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "month": _date,
    "lookup": _lookup,
    "email": _email,
    "phone": _phone,
}
