"""Rows of people, read from the store and written to it in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from exchange.columns import Entry
from exchange.places import Places
from exchange.site_rows import Counts
from surveys.people import new_key, search_text
from surveys.tables import Person

BLANK: Mapping[str, Any] = {"email": None, "job_title": None, "left_at": None}


@dataclass(frozen=True)
class StoredPerson:
    """A person of the roster as the store has them."""

    id: int
    name: str
    email: str | None
    job_title: str | None
    site_id: int
    role_id: int
    left_at: datetime | None

    def values(self) -> dict[str, Any]:
        """What an import may change."""
        return {
            "name": self.name,
            "email": self.email,
            "job_title": self.job_title,
            "site_id": self.site_id,
            "role_id": self.role_id,
            "left_at": self.left_at,
        }


def stored_people(session: Session, study_id: int) -> dict[str, StoredPerson]:
    """Reference to person, for everybody on the study's roster."""
    columns = [getattr(Person, name) for name in ("reference", *(field.name for field in fields(StoredPerson)))]
    rows = session.execute(select(*columns).where(Person.study_id == study_id))
    return {row[0]: StoredPerson(*row[1:]) for row in rows}


def write_people(
    session: Session,
    study_id: int,
    stored: Mapping[str, StoredPerson],
    entries: Sequence[Entry],
    places: Places,
    *,
    now: datetime,
) -> Counts:
    """Insert the people whose reference is new and update those that differ; whoever had left and is listed is back."""
    new, changed, unchanged = [], [], 0
    for entry in entries:
        known = stored.get(entry.values["reference"])
        before: Mapping[str, Any] = known.values() if known is not None else BLANK
        after = {**before, **_wanted(entry)}
        if after["left_at"] is not None and after["left_at"] <= now:
            after["left_at"] = None
        if known is None:
            new.append(_new_row(study_id, entry.values["reference"], after, places))
        elif after != before:
            changed.append({"id": known.id, **after, "search_text": _searched(after, places)})
        else:
            unchanged += 1
    if new:
        session.execute(insert(Person), new)
    if changed:
        session.execute(update(Person), changed)
    session.expire_all()
    return Counts(len(new), len(changed), unchanged)


def _wanted(entry: Entry) -> dict[str, Any]:
    """What the file says of a person, in the store's columns."""
    wanted: dict[str, Any] = {
        name: entry.values[name] for name in ("name", "email", "job_title") if name in entry.values
    }
    wanted["site_id"] = entry.values["site"]
    wanted["role_id"] = entry.values["role"]
    return wanted


def _new_row(study_id: int, reference: str, values: Mapping[str, Any], places: Places) -> dict[str, Any]:
    return {
        "key": new_key(),
        "study_id": study_id,
        "reference": reference,
        "search_text": _searched(values, places),
        **values,
    }


def _searched(values: Mapping[str, Any], places: Places) -> str:
    return search_text(values["name"], values["job_title"], places.site_names[values["site_id"]])
