"""A condition as a tree, so that lint can reason about it; what it does not know becomes an Unknown.

A parser of our own for the part of CEL that questionnaires use: the fast evaluator shows no tree, and the one that
does brings five packages and needs a hundred times as long. Nothing is evaluated by this tree, so a gap in it can
only make lint silent, never change who is asked what.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Literal = str | float | bool | None


@dataclass(frozen=True)
class Constant:
    """A text, a number, true, false or null."""

    value: Literal


@dataclass(frozen=True)
class Name:
    """What a condition reads: `role`, or `alter.freq`."""

    path: str


@dataclass(frozen=True)
class Items:
    """A list written out: ["daily", "weekly"]."""

    entries: tuple[Tree, ...]


@dataclass(frozen=True)
class Call:
    """An operator or a function with its arguments: ("&&", a, b), ("==", a, b), ("size", a)."""

    name: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True)
class Unknown:
    """A part that is not followed; `names` are what it reads."""

    names: tuple[str, ...] = ()


Tree = Constant | Name | Items | Call | Unknown
TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.\d*|\.\d+|\d+)[uU]?|(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
    r"""|(?P<word>[A-Za-z_]\w*)|(?P<sign>&&|\|\||[=!<>]=|[-+*/%<>!?:.,()\[\]{}]))"""
)
BINDING = {
    "?": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4,
    "+": 5, "-": 5, "*": 6, "/": 6, "%": 6, ".": 8, "[": 8,
}  # fmt: skip
PREFIX = 7
WORDS: dict[str, Literal] = {"true": True, "false": False, "null": None}
FOLLOWED = frozenset({"size", "has"})


class NotFollowed(Exception):
    """The condition is not of the part of CEL that is read here."""


@lru_cache(maxsize=4096)
def tree_of(condition: str) -> Tree:
    """The condition's tree; Unknown as a whole when it cannot be read."""
    try:
        return _Parser(condition).whole()
    except (NotFollowed, RecursionError):
        return Unknown()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotFollowed(text[at:])
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()
    yield "end", ""


class _Parser:
    """Reads operators by how tightly they bind (Pratt's method)."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0

    @property
    def here(self) -> tuple[str, str]:
        return self.tokens[self.at]

    def take(self, sign: str = "") -> tuple[str, str]:
        kind, text = self.here
        if kind == "end" or (sign and text != sign):
            raise NotFollowed(text)
        self.at += 1
        return kind, text

    def whole(self) -> Tree:
        tree = self.expression(0)
        if self.here[0] != "end":
            raise NotFollowed(self.here[1])
        return tree

    def expression(self, least: int) -> Tree:
        left = self.first()
        while (binding := self.binding()) > least:
            left = self.after(left, binding)
        return left

    def binding(self) -> int:
        kind, text = self.here
        return BINDING.get(text, 0) if kind == "sign" or text == "in" else 0

    def first(self) -> Tree:
        kind, text = self.take()
        if kind == "number":
            return Constant(float(text))
        if kind == "text":
            return Constant(_text(text))
        if kind == "word":
            return self.named(text)
        if text in ("!", "-"):
            return _prefixed(text, self.expression(PREFIX))
        if text == "(":
            inner = self.expression(0)
            self.take(")")
            return inner
        if text == "[":
            return Items(self.arguments("]"))
        raise NotFollowed(text)

    def named(self, word: str) -> Tree:
        if word in WORDS:
            return Constant(WORDS[word])
        if self.here[1] != "(":
            return Name(word)
        self.take("(")
        return _called(word, self.arguments(")"))

    def after(self, left: Tree, binding: int) -> Tree:
        _, sign = self.take()
        if sign == ".":
            return self.member(left)
        if sign == "[":
            key = self.expression(0)
            self.take("]")
            return Unknown(names_in(left) + names_in(key))
        if sign == "?":
            yes = self.expression(0)
            self.take(":")
            return Unknown(names_in(left) + names_in(yes) + names_in(self.expression(0)))
        return Call(sign, (left, self.expression(binding)))

    def member(self, left: Tree) -> Tree:
        _, word = self.take()
        if self.here[1] == "(":
            self.take("(")
            return _called(word, (left, *self.arguments(")")))
        return Name(f"{left.path}.{word}") if isinstance(left, Name) else Unknown(names_in(left))

    def arguments(self, close: str) -> tuple[Tree, ...]:
        found: list[Tree] = []
        while self.here[1] != close or self.here[0] != "sign":
            found.append(self.expression(0))
            if self.here[1] != ",":
                break
            self.take(",")
        self.take(close)
        return tuple(found)


def names_in(tree: Tree) -> tuple[str, ...]:
    """Every name that a tree reads, each once."""
    if isinstance(tree, Name):
        return (tree.path,)
    if isinstance(tree, Unknown):
        return tree.names
    parts = tree.entries if isinstance(tree, Items) else tree.arguments if isinstance(tree, Call) else ()
    return tuple(dict.fromkeys(name for part in parts for name in names_in(part)))


def _text(quoted: str) -> str:
    try:
        return str(literal_eval(quoted))
    except (ValueError, SyntaxError) as error:
        raise NotFollowed(quoted) from error


def _prefixed(sign: str, tree: Tree) -> Tree:
    if sign == "!":
        return Call("!", (tree,))
    if isinstance(tree, Constant) and isinstance(tree.value, float):
        return Constant(-tree.value)
    return Unknown(names_in(tree))


def _called(word: str, arguments: tuple[Tree, ...]) -> Tree:
    """Functions that are followed stay calls; of the others only what they read is kept."""
    if word in FOLLOWED and len(arguments) == 1:
        return Call(word, arguments)
    return Unknown(tuple(dict.fromkeys(name for part in arguments for name in names_in(part))))
