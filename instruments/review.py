"""Last wave's people asked about again: who goes on to which list of names."""

from __future__ import annotations

from instruments.responses import AnswerKey, Responses
from instruments.schema import AlterReviewPage, Instrument, NameGeneratorPage

STOPPED = "stopped"


def names_page(instrument: Instrument, page: AlterReviewPage) -> NameGeneratorPage | None:
    """The page whose list the people go on to: as the review says, else the first after it that asks for names."""
    at = instrument.pages.index(page)
    for other in instrument.pages if page.names else instrument.pages[at:]:
        if isinstance(other, NameGeneratorPage) and page.names in (None, other.id):
            return other
    return None


def kept(page: AlterReviewPage, responses: Responses) -> tuple[int, ...]:
    """The numbers of last wave's people whose first answer is not "stopped": they stay on the list.

    Someone about whom nothing was said stays too: only an answer ends a contact.
    """
    first = page.ask[0].id
    stay = (a for a in responses.carried if responses.answers.get(AnswerKey(first, a.number)) != STOPPED)
    return tuple(alter.number for alter in stay)
