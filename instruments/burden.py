"""How long a questionnaire takes, estimated question by question."""

from __future__ import annotations

from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AnyPage,
    ConsentPage,
    FormPage,
    Instrument,
    NameGeneratorPage,
)

SECONDS_PER_ITEM = {
    "single": 6.0, "multi": 8.0, "scale": 5.0, "text": 12.0, "longtext": 60.0, "number": 8.0, "boolean": 4.0,
    "lookup": 10.0,
}  # fmt: skip
SECONDS_PER_PAGE = 3.0
SECONDS_FOR_CONSENT = 20.0
SECONDS_PER_PROMPT = 12.0
SECONDS_PER_NAME = 10.0
SECONDS_PER_CELL = 1.5


def estimated_minutes(instrument: Instrument, alters: int = 5) -> float:
    """Minutes for someone who names `alters` people and answers everything, optional long texts half the time.

    The seconds are our own rules of thumb for a phone; field times replace them once a study has some.
    """
    return sum(_seconds(page, instrument, alters) for page in instrument.pages) / 60


def _seconds(page: AnyPage, instrument: Instrument, alters: int) -> float:
    if isinstance(page, ConsentPage):
        return SECONDS_FOR_CONSENT
    if isinstance(page, NameGeneratorPage):
        return SECONDS_PER_PROMPT * len(page.prompts) + SECONDS_PER_NAME * min(alters, page.max)
    if isinstance(page, AlterGridPage):
        return alters * (SECONDS_PER_PAGE + SECONDS_PER_CELL * len(instrument.topics))
    if isinstance(page, FormPage | AlterFormPage):
        once = SECONDS_PER_PAGE + sum(_item_seconds(item.type, item.required) for item in page.items)
        return once * (alters if isinstance(page, AlterFormPage) else 1)
    return SECONDS_PER_PAGE


def _item_seconds(kind: str, required: bool) -> float:
    return SECONDS_PER_ITEM[kind] * (0.5 if kind == "longtext" and not required else 1)
