"""Sites from a file: any table with headings, or the official trusts file; the same file again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from exchange import fields, trusts
from exchange.columns import Column, Entries, Entry, Found, doubles, find_columns, read_entries, spell_alike
from exchange.lookalikes import lookalikes
from exchange.refusals import UnusableFile, did_you_mean, quoted, shown
from exchange.report import MOST_LISTED, Change, ImportReport, Problem, by_line
from exchange.site_rows import site_changes, stored_sites, write_sites
from exchange.tables import Table
from surveys.tables import Study

DESIGNATIONS = {
    "exemplar": "exemplar",
    "global digital exemplar": "exemplar",
    "gde": "exemplar",
    "fast follower": "fast follower",
    "follower": "fast follower",
    "ff": "fast follower",
}


def _name(cell: str) -> object:
    value = fields.text(200)(cell)
    return trusts.title_case(value) if isinstance(value, str) else value


def _town(cell: str) -> object:
    value = fields.text(120)(cell)
    return trusts.title_case(value) if isinstance(value, str) else value


def _region(cell: str) -> object:
    """The region's name for its code; other names stay; what lies outside England stays a code until it is noted."""
    value = fields.text(80)(cell)
    if not isinstance(value, str):
        return None
    code = value.upper()
    if trusts.REGION_CODE.fullmatch(code) and code not in trusts.REGIONS and code not in trusts.OUTSIDE_ENGLAND:
        known = ", ".join(f"{region} {name}" for region, name in trusts.REGIONS.items())
        raise fields.BadValue("there is no such region", f"Write a region's name, or one of: {known}.")
    return trusts.REGIONS.get(code, code if code in trusts.OUTSIDE_ENGLAND else value)


COLUMNS = (
    Column("code", fields.text(40), also=("site_code", "ods_code", "organisation_code"), required=True),
    Column("name", _name, also=("site_name", "organisation_name", "trust", "trust_name"), required=True),
    Column("ods_code", fields.text(10), also=("organisation_code",)),
    Column("region", _region, also=("region_ods", "region_code", "nhs_region")),
    Column("grouping", fields.text(120), also=("icb_ods", "icb", "icb_code", "local_grouping")),
    Column("designation", fields.choice(DESIGNATIONS), also=("gde_status",)),
    Column("care_setting", fields.text(40), also=("setting", "sector")),
    Column("core_system", fields.text(80), also=("ehr", "supplier")),
    Column("town", _town, also=("city",)),
    Column("postcode", fields.postcode, also=("post_code",)),
    Column("latitude", fields.number(-90, 90), also=("lat",)),
    Column("longitude", fields.number(-180, 180), also=("lon", "lng", "long")),
    Column("pair", fields.text(40), also=("pair_code", "partner", "partner_code")),
    Column("closed", fields.day, also=("closed_on", "close_date")),
)
NOT_STORED = ("closed",)


def import_sites(
    session: Session, study: Study, table: Table, *, now: datetime, skip_bad: bool = False, looking: bool = False
) -> ImportReport:
    """Add the table's sites to the study, and bring those that are there up to date, by their code.

    An empty cell empties the value; a column that the file lacks leaves it. Trusts closed by `now` are left out.
    Any bad row stops the whole import (nothing is written) unless `skip_bad`, which leaves bad rows out. Nothing is
    written when `looking`; the report is the same.
    Raises WrongColumns or UnusableFile when the table is not one of sites.
    """
    found, rows = _layout(table)
    entries = read_entries(rows, found)
    closed = _take_closed(entries, now)
    stored = stored_sites(session, study.id)
    spell_alike(entries.good, "code", stored)
    entries.refuse(doubles(entries.good, "code"))
    entries.refuse(lookalikes(entries.good, "code", stored))
    spell_alike(entries.good, "pair", [*stored, *(entry.values["code"] for entry in entries.good)])
    _refuse_unknown_pairs(entries, set(stored))
    notes = [*_note_closed(closed, stored), *_note_outside(entries.good), *_note_unused(found)]
    bad = len({problem.line for problem in entries.problems})
    if bad and not skip_bad:
        return ImportReport("sites", problems=by_line(entries.problems), notes=tuple(notes), refused=True)
    for entry in entries.good:
        entry.values.update(_as_stored(entry.values))
    changes = site_changes(stored, entries.good)
    if not looking:
        write_sites(session, study.id, stored, [_storable(entry) for entry in entries.good])
    return _report(changes, entries, len(closed) + bad, notes)


def _layout(table: Table) -> tuple[Found, Sequence[Any]]:
    if trusts.is_official_layout(table):
        return Found(COLUMNS, trusts.LAYOUT, len(table.rows[0].cells)), table.rows
    found = find_columns(table, COLUMNS)
    if len(table.rows) == 1:
        raise UnusableFile(table.name, "there is a header line and no site", "Add one row for each site.")
    return found, table.rows[1:]


def _take_closed(entries: Entries, now: datetime) -> list[Entry]:
    """The entries of trusts that closed by now, taken out of the good ones."""
    closed = [entry for entry in entries.good if (day := entry.values.get("closed")) and day <= now.date()]
    lines = {entry.line for entry in closed}
    entries.good = [entry for entry in entries.good if entry.line not in lines]
    return closed


def _refuse_unknown_pairs(entries: Entries, stored: set[str]) -> None:
    """Refuse rows paired with no site, and then those whose partner was refused for it."""
    known = stored | {entry.values["code"] for entry in entries.good}
    partners = defaultdict[str, list[Entry]](list)
    for entry in entries.good:
        partners[entry.values.get("pair") or ""].append(entry)
    waiting = [entry for entry in entries.good if _is_badly_paired(entry, known)]
    problems = dict[int, Problem]()
    while waiting:
        entry = waiting.pop()
        if entry.line in problems:
            continue
        hints = sorted(known) if len(problems) < MOST_LISTED else []
        problems[entry.line] = _pair_problem(entry, hints)
        if entry.values["code"] not in stored:
            known.discard(entry.values["code"])
            waiting += partners[entry.values["code"]]
    entries.refuse(problems.values())


def _is_badly_paired(entry: Entry, known: Container[str]) -> bool:
    pair = entry.values.get("pair")
    return pair is not None and (pair not in known or pair == entry.values["code"])


def _pair_problem(entry: Entry, known: Sequence[str]) -> Problem:
    pair = entry.values["pair"]
    if pair == entry.values["code"]:
        return Problem(entry.line, "pair", pair, "a site cannot be paired with itself", "Write its partner's code.")
    remedy = did_you_mean(pair, known) or "Write the partner's code as it stands in the code column."
    return Problem(entry.line, "pair", pair, "there is no site with this code", remedy)


def _as_stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """A region outside England is none of the regions here."""
    return {"region": None} if values.get("region") in trusts.OUTSIDE_ENGLAND else {}


def _storable(entry: Entry) -> dict[str, Any]:
    """The values that the store has columns for."""
    return {name: value for name, value in entry.values.items() if name not in NOT_STORED}


def _note_closed(closed: Sequence[Entry], stored: Container[str]) -> list[str]:
    return [
        f"Left out, line {entry.line}: {shown(entry.values['code'])} {shown(entry.values['name'])} "
        f"closed on {_day(entry.values['closed'])}."
        + (" It is in the study: record its merger or closure on its page." if entry.values["code"] in stored else "")
        for entry in closed
    ]


def _day(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


def _note_outside(entries: Sequence[Entry]) -> list[str]:
    return [
        f"Kept without a region, line {entry.line}: {shown(entry.values['code'])} {shown(entry.values['name'])} "
        f"is in {trusts.OUTSIDE_ENGLAND[entry.values['region']]}, outside NHS England's regions."
        for entry in entries
        if entry.values.get("region") in trusts.OUTSIDE_ENGLAND
    ]


def _note_unused(found: Found) -> list[str]:
    return [f"Columns not used: {quoted(found.unused[:20])}."] if found.unused else []


def _report(changes: Sequence[Change], entries: Entries, left_out: int, notes: Sequence[str]) -> ImportReport:
    added = sum(1 for change in changes if change.kind == "added")
    return ImportReport(
        "sites",
        added=added,
        changed=len(changes) - added,
        unchanged=len(entries.good) - len(changes),
        left_out=left_out,
        problems=by_line(entries.problems),
        notes=tuple(notes),
        changes=tuple(changes),
    )
