"""A wave's settings as its form has them, and back: texts in boxes, days and times in the UK."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from instruments.wording import say
from surveys.studies import parsed
from surveys.tables import InstrumentVersion
from surveys.waves import USUAL_TARGET, WaveSettings
from webapp.manage.moments import BadMoment, day_text, read_moment, time_text

FIELDS = (
    "label",
    "opens_day",
    "opens_time",
    "closes_day",
    "closes_time",
    "version_id",
    "sample",
    "quota",
    "target",
)
LABELS = {
    "label": "Label",
    "opens_day": "First day",
    "opens_time": "Time on the first day",
    "closes_day": "Last day",
    "closes_time": "Time on the last day",
    "version_id": "Questionnaire",
    "sample": "Whom it asks",
    "quota": "People at each site",
    "target": "Target",
}
SAMPLES = {
    "all": "Everyone on the roster",
    "quota": "A number of people at each site, drawn by chance",
    "panel": "Those who sent their answers in an earlier wave",
    "snowball": "Those whom others named",
}
FIELD_OF = {"opens_at": "opens_day", "closes_at": "closes_day"}
DIGITS = 9


def blank(versions: list[InstrumentVersion]) -> dict[str, str]:
    """The form of a new wave: the newest questionnaire, everyone, from the first to the last minute of its days."""
    return dict.fromkeys(FIELDS, "") | {
        "opens_time": "00:00",
        "closes_time": "23:59",
        "version_id": str(versions[0].id) if versions else "",
        "sample": "all",
        "target": _percent(USUAL_TARGET),
    }


def questionnaire_words(version: InstrumentVersion) -> str:
    """A published questionnaire as people know it: its title, and which version of which file it is."""
    asked = parsed(version.source)
    return f"{say(asked.title, asked.languages[0])} ({version.instrument} {version.version})"


def texts_of(settings: WaveSettings) -> dict[str, str]:
    """What each box shows of a wave's settings."""
    return {
        "label": settings.label,
        "opens_day": day_text(settings.opens_at),
        "opens_time": time_text(settings.opens_at),
        "closes_day": day_text(settings.closes_at),
        "closes_time": time_text(settings.closes_at),
        "version_id": str(settings.version_id),
        "sample": settings.sample,
        "quota": "" if settings.quota is None else str(settings.quota),
        "target": _percent(settings.target),
    }


def _percent(share: float) -> str:
    return f"{share * 100:.4g}"


class Unreadable(Exception):
    """Some boxes hold what cannot be read; `faults` says what is wrong with which."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(self.faults.values()))


def read(values: Mapping[str, str], before: WaveSettings | None = None) -> WaveSettings:
    """The settings in the boxes; raises Unreadable.

    A moment that the boxes show as they did `before` stays as it was, to the second.
    """
    reading = _Reading(values, before)
    settings = WaveSettings(
        values["label"],
        reading.moment("opens"),
        reading.moment("closes"),
        int(reading.number("version_id", "Choose a questionnaire.") or 0),
        values["sample"],
        _whole(reading.number("quota", "Enter a number of people, in digits.")),
        reading.share(),
    )
    if reading.faults:
        raise Unreadable(reading.faults)
    return settings


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


class _Reading:
    """Boxes on their way to settings, and what was wrong with them."""

    def __init__(self, values: Mapping[str, str], before: WaveSettings | None) -> None:
        self.values, self.faults = values, dict[str, str]()
        self.before = {} if before is None else {"opens": before.opens_at, "closes": before.closes_at}

    def moment(self, which: str) -> datetime:
        day, time = self.values[f"{which}_day"], self.values[f"{which}_time"]
        known = self.before.get(which)
        if known is not None and (day, time) == (day_text(known), time_text(known)):
            return known
        try:
            return read_moment(day, time)
        except BadMoment as refusal:
            self.faults[f"{which}_{'time' if 'clock' in str(refusal) else 'day'}"] = str(refusal)
            return datetime.max.replace(tzinfo=UTC)

    def number(self, field: str, refusal: str) -> float | None:
        return self._read(field, refusal, lambda text: int(text) if text.isdecimal() and len(text) < DIGITS else None)

    def share(self) -> float:
        percent = self._read("target", "Enter a target in per cent, like 60.", _decimal)
        return USUAL_TARGET if percent is None else percent / 100

    def _read(self, field: str, refusal: str, reader: Callable[[str], float | None]) -> float | None:
        text = self.values[field]
        if not text:
            return None
        number = reader(text)
        if number is None:
            self.faults[field] = refusal
        return number


def _decimal(text: str) -> float | None:
    plain = text.removesuffix("%").strip()
    return float(plain) if plain.replace(".", "", 1).isdecimal() and len(plain) < DIGITS else None


def by_box(faults: Mapping[str, str]) -> dict[str, str]:
    """Refusals of settings, by the box that each is about."""
    return {FIELD_OF.get(field, field): text for field, text in faults.items()}
