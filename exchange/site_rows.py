"""Rows of sites, read from the store and written to it in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from exchange.columns import Entry
from exchange.report import Change, Difference
from surveys.people import search_text
from surveys.tables import Person, Site

STORED = (
    "id", "code", "name", "ods_code", "designation", "care_setting", "core_system", "region", "grouping", "town",
    "postcode", "latitude", "longitude", "pair_id",
)  # fmt: skip


def stored_sites(session: Session, study_id: int) -> dict[str, dict[str, Any]]:
    """Code to values of the study's sites, `pair` holding the partner's code."""
    columns = [getattr(Site, name) for name in STORED]
    rows = session.execute(select(*columns).where(Site.study_id == study_id)).mappings().all()
    codes = {row["id"]: row["code"] for row in rows}
    return {row["code"]: {**row, "pair": codes.get(row["pair_id"])} for row in rows}


def write_sites(
    session: Session, study_id: int, stored: Mapping[str, Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]
) -> None:
    """Insert the sites whose code is new and update those that differ; `wanted` all have the same names."""
    new = [values for values in wanted if values["code"] not in stored]
    known = [values for values in wanted if values["code"] in stored]
    changed = [values for values in known if _differs(values, stored[values["code"]])]
    if new:
        session.execute(insert(Site), [{"study_id": study_id, **_without_pair(values)} for values in new])
    if changed:
        session.execute(
            update(Site), [{"id": stored[values["code"]]["id"], **_without_pair(values)} for values in changed]
        )
    _write_pairs(session, study_id, [*new, *changed])
    _rename_for_search(session, [v for v in changed if v["name"] != stored[v["code"]]["name"]], stored)
    session.expire_all()


def site_changes(stored: Mapping[str, Mapping[str, Any]], entries: Sequence[Entry]) -> list[Change]:
    """What each row of a file would change: sites added, and those that differ with what each column held."""
    changes = []
    for entry in entries:
        code = entry.values["code"]
        known = stored.get(code)
        if known is None:
            changes.append(Change("added", entry.line, code, entry.values["name"]))
        elif differences := tuple(_differences(known, entry.values)):
            changes.append(Change("changed", entry.line, code, entry.values["name"], differences))
    return changes


def _differences(known: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[Difference]:
    for name, value in wanted.items():
        if name in known and known[name] != value:
            yield Difference(name, _words(known[name]), _words(value))


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _differs(values: Mapping[str, Any], stored: Mapping[str, Any]) -> bool:
    return any(stored[name] != value for name, value in values.items())


def _without_pair(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "pair"}


def _write_pairs(session: Session, study_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Partners last, when every code has its row."""
    if not rows or "pair" not in rows[0]:
        return
    found = session.execute(select(Site.code, Site.id).where(Site.study_id == study_id))
    ids = {row.code: row.id for row in found}
    session.execute(update(Site), [{"id": ids[values["code"]], "pair_id": ids.get(values["pair"])} for values in rows])


def _rename_for_search(
    session: Session, renamed: Sequence[Mapping[str, Any]], stored: Mapping[str, Mapping[str, Any]]
) -> None:
    """People are found by their site's name, so a new name reaches their search text."""
    names = {stored[values["code"]]["id"]: values["name"] for values in renamed}
    if not names:
        return
    people = session.execute(
        select(Person.id, Person.name, Person.job_title, Person.site_id).where(Person.site_id.in_(names))
    )
    rows = [{"id": row.id, "search_text": search_text(row.name, row.job_title, names[row.site_id])} for row in people]
    if rows:
        session.execute(update(Person), rows)
