"""What an answer can be, narrowed by comparisons until nothing is left: can a condition ever hold?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, inf
from typing import Literal as OneOf
from typing import NamedTuple

from instruments.lint_tree import Call, Constant, Items, Literal, Name, Tree
from instruments.schema import NumberItem

Kind = OneOf["word", "number", "truth", "list"]
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==", "in": "not in", "has": "lacks"}
BRANCHES = 200
"""How many alternatives are tried before a condition counts as one that can hold."""


@dataclass(frozen=True)
class Domain:
    """The answers that are left for one question.

    values  for a word or truth those that are left, for a list what may stand in it; None when anything may
    low, high  bounds of a number, or of how many entries a list has; `whole` when only whole numbers count
    without numbers ruled out one by one;  needed  what must stand in the list
    """

    kind: Kind
    values: frozenset[str | bool] | None = None
    low: float = -inf
    high: float = inf
    whole: bool = False
    without: frozenset[float] = frozenset()
    needed: frozenset[str] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether no answer is left."""
        if self.kind in ("word", "truth"):
            return self.values is not None and not self.values
        return self.low > self.high or (self.low == self.high and self.low in self.without)


def number_domain(item: NumberItem) -> Domain:
    """What the answer to a question for a number can be."""
    low = -inf if item.minimum is None else item.minimum
    high = inf if item.maximum is None else item.maximum
    whole = item.decimals == 0
    return Domain("number", low=ceil(low) if whole and low > -inf else low, high=high, whole=whole)


class Comparison(NamedTuple):
    """One thing that a condition says of one answer: (path, "==", "nurse"); `size` when it is about how many."""

    path: str
    sign: str
    against: tuple[Literal, ...]
    size: bool = False


Needs = Callable[[str], tuple[Tree, ...]]
"""needs(path): what must hold so that the answer exists at all."""


def comparison(tree: Tree, positive: bool = True) -> Comparison | None:
    """What a tree without && and || says, or its opposite; None when it is not of a followed shape."""
    if isinstance(tree, Name):
        return Comparison(tree.path, "==", (positive,))
    if not isinstance(tree, Call) or len(tree.arguments) != 2:
        return None
    found = _oriented(tree)
    return found if found is None or positive else found._replace(sign=OPPOSITE[found.sign])


def _oriented(tree: Call) -> Comparison | None:
    left, right = tree.arguments
    if tree.name == "in":
        return _membership(left, right)
    if tree.name not in MIRRORED:
        return None
    if isinstance(left, Constant):
        left, right, sign = right, left, MIRRORED[tree.name]
    else:
        sign = tree.name
    size = isinstance(left, Call) and left.name == "size"
    named = left.arguments[0] if isinstance(left, Call) and size else left
    if isinstance(named, Name) and isinstance(right, Constant):
        return Comparison(named.path, sign, (right.value,), size)
    return None


def _membership(left: Tree, right: Tree) -> Comparison | None:
    if isinstance(left, Constant) and isinstance(right, Name):
        return Comparison(right.path, "has", (left.value,))
    if isinstance(left, Name) and isinstance(right, Items) and all(isinstance(e, Constant) for e in right.entries):
        return Comparison(left.path, "in", tuple(e.value for e in right.entries if isinstance(e, Constant)))
    return None


def narrowed(domain: Domain, said: Comparison) -> Domain:
    """The domain after one comparison; what is not followed leaves it as it was, what never holds empties it."""
    if said.size:
        return _bounded(domain, said) if domain.kind == "list" else domain
    if domain.kind == "list":
        return _listed(domain, said)
    if domain.kind == "number":
        return _numbers(domain, said)
    return _chosen(domain, said)


def _chosen(domain: Domain, said: Comparison) -> Domain:
    wanted = bool if domain.kind == "truth" else str
    fitting = frozenset(value for value in said.against if isinstance(value, wanted))
    if said.sign in ("==", "in"):
        return replace(domain, values=fitting if domain.values is None else domain.values & fitting)
    if said.sign in ("!=", "not in") and domain.values is not None:
        return replace(domain, values=domain.values - fitting)
    return domain


def _listed(domain: Domain, said: Comparison) -> Domain:
    word = said.against[0] if said.against else None
    if said.sign in ("==", "in") and not isinstance(word, str | None):
        return replace(domain, low=1, high=0)
    if said.sign not in ("has", "lacks") or not isinstance(word, str):
        return domain
    if said.sign == "has":
        if domain.values is not None and word not in domain.values:
            return replace(domain, low=1, high=0)
        needed = domain.needed | {word}
        return replace(domain, needed=needed, low=max(domain.low, len(needed)))
    if word in domain.needed:
        return replace(domain, low=1, high=0)
    values = None if domain.values is None else domain.values - {word}
    return replace(domain, values=values, high=domain.high if values is None else min(domain.high, len(values)))


def _numbers(domain: Domain, said: Comparison) -> Domain:
    numbers = [value for value in said.against if isinstance(value, float)]
    if len(numbers) < len(said.against) and said.sign not in ("!=", "not in", "in"):
        return replace(domain, low=1, high=0)
    if said.sign == "not in":
        return replace(domain, without=domain.without | frozenset(numbers))
    if said.sign == "in":
        fitting = [n for n in numbers if domain.low <= n <= domain.high and n not in domain.without]
        return replace(domain, low=min(fitting, default=1), high=max(fitting, default=0))
    return _bounded(domain, said) if numbers else domain


def _bounded(domain: Domain, said: Comparison) -> Domain:
    """Bounds after a comparison with one number; whole numbers move to the next one that fits."""
    value = said.against[0]
    if not isinstance(value, float):
        return domain
    whole = domain.whole or said.size
    if said.sign == "!=":
        return replace(domain, without=domain.without | {value})
    low, high = domain.low, domain.high
    if said.sign in (">", ">=", "=="):
        low = max(low, _above(value, whole, said.sign == ">"))
    if said.sign in ("<", "<=", "=="):
        high = min(high, -_above(-value, whole, said.sign == "<"))
    if said.sign in (">", "<") and not whole:
        return replace(domain, low=low, high=high, without=domain.without | {value})
    return replace(domain, low=low, high=high)


def _above(value: float, whole: bool, beyond: bool) -> float:
    if not whole:
        return value
    return floor(value) + 1 if beyond else ceil(value)


@dataclass
class Search:
    """Looks for one way to make conditions hold together; gives up in the condition's favour."""

    needs: Needs
    left: int = BRANCHES

    def possible(self, goals: tuple[tuple[Tree, bool], ...], state: Mapping[str, Domain], seen: frozenset[str]) -> bool:
        """Whether all goals (a tree, and whether it or its opposite) can hold in one interview."""
        while goals:
            (tree, positive), goals = goals[0], goals[1:]
            branches = _branches(tree, positive)
            if len(branches) > 1:
                self.left -= 1
                return self.left <= 0 or any(self.possible((*way, *goals), state, seen) for way in branches)
            if branches:
                goals = (*branches[0], *goals)
                continue
            said = comparison(tree, positive)
            if said is None:
                continue
            if (domain := state.get(said.path)) is not None:
                domain = narrowed(domain, said)
                if domain.empty:
                    return False
                state = {**state, said.path: domain}
            if said.path not in seen:
                seen |= {said.path}
                goals = (*goals, *((need, True) for need in self.needs(said.path)))
        return True


def _branches(tree: Tree, positive: bool) -> tuple[tuple[tuple[Tree, bool], ...], ...]:
    """The ways in which a joined condition can hold: one way with both parts, or one way for each part."""
    if not isinstance(tree, Call):
        return ()
    if tree.name == "!":
        return (((tree.arguments[0], not positive),),)
    if tree.name not in ("&&", "||"):
        return ()
    parts = tuple((part, positive) for part in tree.arguments)
    return (parts,) if (tree.name == "&&") == positive else tuple((part,) for part in parts)


def strangers(tree: Tree, domains: Mapping[str, Domain]) -> Iterator[tuple[str, str]]:
    """Each answer's path with a word that it is compared with and can never be."""
    if isinstance(tree, Call) and tree.name in ("&&", "||", "!"):
        for part in tree.arguments:
            yield from strangers(part, domains)
        return
    said = comparison(tree)
    domain = domains.get(said.path) if said else None
    if said is None or domain is None or domain.values is None or said.size or domain.kind == "truth":
        return
    yield from ((said.path, word) for word in said.against if isinstance(word, str) and word not in domain.values)
