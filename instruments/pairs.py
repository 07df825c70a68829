"""Two people named: which pairs a page asks about, in which steps, and what was said of each."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.order import chance, ordered_alters
from instruments.responses import Alter, AnswerKey, Responses, Value
from instruments.schema import AlterTiesPage

NO_TIE = "none"
"""The step of a scale of strength that means no tie."""

Pair = tuple[Alter, Alter]
"""Two alters, the smaller number first."""


def sampled(page: AlterTiesPage, responses: Responses) -> tuple[Alter, ...]:
    """The people whose ties are asked about: all named, or a sample that the seed draws; nobody when only one is."""
    alters, most = responses.named_on(page.alters.source), page.alters.sample
    if most is not None and len(alters) > most:
        drawn = sorted(alters, key=lambda alter: chance(responses.seed, "sample", page.id, alter.number))[:most]
        alters = tuple(alter for alter in alters if alter in drawn)
    return ordered_alters(page, alters, responses) if len(alters) > 1 else ()


def pairs_of(page: AlterTiesPage, responses: Responses) -> tuple[Pair, ...]:
    """Every pair that the page asks about, each once, in its order."""
    alters = sampled(page, responses)
    return tuple(pair for at, alter in enumerate(alters) for pair in _with(alter, alters[at + 1 :]))


def pairs_from(page: AlterTiesPage, responses: Responses, number: int) -> tuple[Pair, ...]:
    """The pairs that the step about one person asks: that person with each who comes later."""
    alters = sampled(page, responses)
    at = next((n for n, alter in enumerate(alters) if alter.number == number), len(alters))
    return tuple(_with(alters[at], alters[at + 1 :])) if at < len(alters) else ()


def pair_key(page: AlterTiesPage, pair: Pair) -> AnswerKey:
    """Where the answer about a pair stands."""
    return AnswerKey(page.id, pair[0].number, None, pair[1].number)


def unrelated_key(page: AlterTiesPage, number: int) -> AnswerKey:
    """Where "none of the rest know each other", said at one person's step, stands: its value is True."""
    return AnswerKey(page.id, number)


def askers(page: AlterTiesPage, responses: Responses) -> Iterator[Alter]:
    """The people with a step of their own, one to many: up to the one where "none of the rest" was said."""
    for alter in sampled(page, responses)[:-1]:
        yield alter
        if responses.answers.get(unrelated_key(page, alter.number)) is True:
            return


def said_of_pairs(page: AlterTiesPage, responses: Responses) -> tuple[tuple[Pair, Value | None], ...]:
    """Each pair with what was said of it: False too where "none of the rest" covers it; None is not said."""
    if page.mode != "one_to_many":
        return tuple((pair, responses.answers.get(pair_key(page, pair))) for pair in pairs_of(page, responses))
    said: list[tuple[Pair, Value | None]] = []
    none_left, alters = False, sampled(page, responses)
    for at, alter in enumerate(alters):
        none_left = none_left or responses.answers.get(unrelated_key(page, alter.number)) is True
        for pair in _with(alter, alters[at + 1 :]):
            said.append((pair, False if none_left else responses.answers.get(pair_key(page, pair))))
    return tuple(said)


def is_tie(value: Value | None) -> bool:
    """Whether an answer about a pair means a tie: yes, or a step of a scale other than "none"."""
    return value is True or (isinstance(value, str) and value != NO_TIE)


def _with(alter: Alter, others: tuple[Alter, ...]) -> Iterator[Pair]:
    return ((alter, other) if alter.number < other.number else (other, alter) for other in others)
