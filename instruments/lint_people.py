"""Which people a page is about, and which page must have named somebody before it is shown."""

from __future__ import annotations

from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyPage,
    NameGeneratorPage,
    NarrativePage,
    PlacePage,
)

CARRIED = "previous_wave"
"""Stands for last wave's people, who are named on no page of this wave."""


def source_of(page: AnyPage) -> str | None:
    """The page that names the people whom a page asks about; CARRIED for a review, None for pages about ego."""
    if isinstance(page, AlterFormPage | PlacePage):
        return page.alters
    if isinstance(page, AlterGridPage):
        return page.over.alters
    if isinstance(page, AlterTiesPage):
        return page.alters.source
    return CARRIED if isinstance(page, AlterReviewPage) else None


def least_people(page: AnyPage) -> tuple[str, int] | None:
    """Where somebody must be named so that a page is shown, and how many at least; None when nobody has to be."""
    if isinstance(page, NarrativePage):
        return (page.alters, 1) if page.alters else None
    source = source_of(page)
    if source is None or source == CARRIED:
        return None
    return source, 2 if isinstance(page, AlterTiesPage) else 1


def asks_person_by_person(page: AnyPage) -> bool:
    """Whether the condition of the page itself is looked at for each person."""
    return isinstance(page, AlterFormPage)


def gives_names(page: AnyPage) -> bool:
    """Whether people are named on the page."""
    return isinstance(page, NameGeneratorPage)
