"""Rows of people: what the file says beside what the store has, and what is written in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from exchange.columns import Entry
from exchange.places import Places
from exchange.report import Change, Difference
from surveys.people import new_key, search_text
from surveys.tables import Person

AT_ONCE = 5_000
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


@dataclass
class Plan:
    """What is to be written: rows to insert, rows to update, and what that means for each person."""

    new: list[dict[str, Any]] = field(default_factory=list)
    updated: list[dict[str, Any]] = field(default_factory=list)
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)


def stored_people(session: Session, study_id: int) -> dict[str, StoredPerson]:
    """Reference to person, for everybody on the study's roster."""
    columns = [getattr(Person, name) for name in ("reference", *(field.name for field in fields(StoredPerson)))]
    rows = session.execute(select(*columns).where(Person.study_id == study_id))
    return {row[0]: StoredPerson(*row[1:]) for row in rows}


def plan_people(stored: Mapping[str, StoredPerson], entries: Sequence[Entry], places: Places, *, now: datetime) -> Plan:
    """New references are added and those that differ are changed; whoever had left and is listed is back."""
    plan, arrivals = Plan(), {id: (Difference("site", "", name),) for id, name in places.site_names.items()}
    for entry in entries:
        reference = entry.values["reference"]
        known = stored.get(reference)
        before: Mapping[str, Any] = known.values() if known is not None else BLANK
        after = {**before, **_wanted(entry)}
        if after["left_at"] is not None and after["left_at"] <= now:
            after["left_at"] = None
        if known is None:
            plan.new.append({"reference": reference, **after})
            plan.changes.append(Change("added", entry.line, reference, after["name"], arrivals[after["site_id"]]))
        elif after != before:
            plan.updated.append({"id": known.id, **after})
            differences = tuple(_differences(before, after, places))
            plan.changes.append(Change("changed", entry.line, reference, after["name"], differences))
        else:
            plan.unchanged += 1
    return plan


def plan_leavers(plan: Plan, leavers: Iterable[tuple[str, StoredPerson]], *, now: datetime) -> None:
    """Mark people as left, whom a complete file does not name."""
    for reference, person in leavers:
        plan.updated.append({"id": person.id, **person.values(), "left_at": now})
        plan.changes.append(Change("left", 0, reference, person.name))


def write_people(session: Session, study_id: int, plan: Plan, places: Places) -> None:
    """Write what was planned; nothing at all when nothing differs."""
    for some in _batched(plan.new):
        rows = [{"key": new_key(), "study_id": study_id, "search_text": _searched(row, places), **row} for row in some]
        session.execute(insert(Person), rows)
    for some in _batched(plan.updated):
        session.execute(update(Person), [{**row, "search_text": _searched(row, places)} for row in some])
    session.expire_all()


def _batched(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    """The rows a few thousand at a time, so that a long staff list is not in memory twice."""
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _wanted(entry: Entry) -> dict[str, Any]:
    """What the file says of a person, in the store's columns."""
    wanted: dict[str, Any] = {
        name: entry.values[name] for name in ("name", "email", "job_title") if name in entry.values
    }
    wanted["site_id"] = entry.values["site"]
    wanted["role_id"] = entry.values["role"]
    return wanted


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], places: Places) -> Iterable[Difference]:
    for column, value in after.items():
        if before[column] != value:
            yield _difference(column, before[column], value, places)


def _difference(column: str, before: Any, after: Any, places: Places) -> Difference:
    match column:
        case "site_id":
            return Difference("site", places.site_names[before], places.site_names[after])
        case "role_id":
            return Difference("role", places.role_names[before], places.role_names[after])
        case "left_at":
            return Difference("back", f"left on {before.day} {before:%B %Y}", "on the roster")
        case _:
            return Difference(column, before or "", after or "")


def _searched(values: Mapping[str, Any], places: Places) -> str:
    return search_text(values["name"], values["job_title"], places.site_names[values["site_id"]])
