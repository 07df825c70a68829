"""The order in which options, questions and people stand: as written, or random and the same again for one seed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import TypeVar

from instruments.responses import Alter, Responses
from instruments.schema import (
    AlterFormPage,
    AnyItem,
    AnyPage,
    ChoiceItem,
    Choosing,
    FormPage,
    LikertItem,
    Option,
    RankItem,
    Statement,
)

Thing = TypeVar("Thing")


def chance(seed: int, *words: object) -> bytes:
    """Eight bytes that depend on nothing but the seed and the words: sorting by them makes a random order.

    One more person therefore never moves the others about.
    """
    return blake2b("/".join(map(str, (seed, *words))).encode(), digest_size=8).digest()


def ordered_options(item: AnyItem, responses: Responses) -> tuple[Option, ...]:
    """The options of an item as this respondent sees them; fixed ones keep their place. Empty when it has none."""
    if not isinstance(item, Choosing):
        return ()
    if not isinstance(item, ChoiceItem | RankItem) or not item.randomise:
        return item.options
    moving = (option for option in item.options if not option.fixed)
    mixed = iter(sorted(moving, key=lambda option: chance(responses.seed, item.id, option.value)))
    return tuple(option if option.fixed else next(mixed) for option in item.options)


def ordered_statements(item: LikertItem, responses: Responses) -> tuple[Statement, ...]:
    """The statements of an item as this respondent sees them."""
    if not item.randomise:
        return item.statements
    return _mixed(item.statements, responses.seed, item.id, lambda statement: statement.id)


def ordered_items(page: FormPage | AlterFormPage, responses: Responses) -> tuple[AnyItem, ...]:
    """The questions of a page as this respondent sees them."""
    if page.randomise != "items":
        return page.items
    return _mixed(page.items, responses.seed, page.id, lambda item: item.id)


def ordered_alters(page: AnyPage, alters: Sequence[Alter], responses: Responses) -> tuple[Alter, ...]:
    """The people that a page asks about as this respondent meets them."""
    if getattr(page, "randomise", None) != "alters":
        return tuple(alters)
    return _mixed(alters, responses.seed, page.id, lambda alter: str(alter.number))


def _mixed(things: Sequence[Thing], seed: int, within: str, name: Callable[[Thing], str]) -> tuple[Thing, ...]:
    return tuple(sorted(things, key=lambda thing: chance(seed, within, name(thing))))
