"""Questions that hang on their own page in a way that no browser can tell: they show whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator

from instruments.baseline import item_keys, items_of
from instruments.problems import Finding
from instruments.responses import Responses
from instruments.same_page import cases, read_by
from instruments.schema import AlterGridPage, AlterReviewPage, AnyPage, FormPage, Instrument

REMEDY = "Put it on a page of its own, or let it hang on a closed question."


def same_page(instrument: Instrument) -> Iterator[Finding]:
    """Warns of each question that shows although the answer it hangs on, on the same page, may rule it out."""
    for at, page in enumerate(instrument.pages):
        if not isinstance(page, AlterGridPage):
            yield from _items(page, at)


def _items(page: AnyPage, at: int) -> Iterator[Finding]:
    items, alter = items_of(page), None if isinstance(page, FormPage) else 1
    key = "ask" if isinstance(page, AlterReviewPage) else "items"
    for number, item in enumerate(items):
        if item.type != "calculated" and item.when and cases(item.when, items, Responses(), alter) is None:
            ids = {key.item for one in items for key in item_keys(one)}
            here = ", ".join(f"'{name}'" for name in sorted(read_by(item.when) & ids)) or "what is worked out"
            message = f"'{item.id}' shows whatever is answered: no browser can tell by {here} whether it is asked"
            yield Finding(("pages", at, key, number, "when"), message, REMEDY, "warning")
