"""People from a staff list: added and brought up to date by their reference; those not in a complete file have left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from exchange import fields
from exchange.columns import Column, Entries, Entry, Found, doubles, find_columns, read_entries, spell_alike
from exchange.lookalikes import lookalikes
from exchange.people_rows import Plan, StoredPerson, plan_leavers, plan_people, stored_people, write_people
from exchange.places import Places, read_places
from exchange.refusals import UnusableFile, quoted
from exchange.report import ImportReport, Problem, by_line
from exchange.tables import Table
from surveys.tables import Study


class Absent(Enum):
    """What it means that somebody on the roster is not in the file."""

    STAY = "stay"
    LEFT_THESE_SITES = "sites"
    LEFT = "left"


def _columns(places: Places) -> tuple[Column, ...]:
    """The columns of a staff list, where sites and roles are those of one study."""
    return (
        Column("reference", fields.text(60), ("staff_reference", "staff_id", "employee_number", "id"), required=True),
        Column("name", fields.text(200), ("full_name", "person"), required=True),
        Column("email", fields.email, ("e_mail", "email_address", "e_mail_address")),
        Column("job_title", fields.text(200), ("job", "title", "position")),
        Column("site", places.sites.read, ("site_code", "ods_code", "site_name", "trust"), required=True),
        Column("role", places.roles.read, ("role_code", "staff_group"), required=True),
    )


def import_people(
    session: Session,
    study: Study,
    table: Table,
    *,
    now: datetime,
    skip_bad: bool = False,
    absent: Absent = Absent.STAY,
    looking: bool = False,
) -> ImportReport:
    """Add the table's people to the study's roster, and bring those that are there up to date, by their reference.

    Site: its code, ODS code or exact name; a site that merged means the one it merged into. Role: its code or label. An
    empty cell empties the value; a column that the file lacks leaves it. Any bad row stops the whole import (nothing is
    written) unless `skip_bad`. People whom the file does not name stay, or have left, as `absent` says: all of the
    study, or those at sites that the file names. Nothing is written when `looking`; the report is the same.
    Raises WrongColumns or UnusableFile when the table is not a staff list, or the study has no sites or roles yet.
    """
    places = read_places(session, study.id)
    found = find_columns(table, _columns(places))
    if len(table.rows) == 1:
        raise UnusableFile(table.name, "there is a header line and no person", "Add one row for each person.")
    _refuse_unready(study, places, table.name)
    stored = stored_people(session, study.id)
    entries = _read(table, found, stored)
    notes = [f"Columns not used: {quoted(found.unused[:20])}."] if found.unused else []
    bad = len({problem.line for problem in entries.problems})
    if bad and (absent is not Absent.STAY or not skip_bad):
        return ImportReport("people", problems=by_line(entries.problems), notes=_why(notes, skip_bad), refused=True)
    plan = plan_people(stored, entries.good, places, now=now)
    notes += _settle_absent(plan, stored, entries.good, absent, now)
    if not looking:
        write_people(session, study.id, plan, places)
    return _report(plan, entries.problems, bad, notes)


def _read(table: Table, found: Found, stored: Mapping[str, StoredPerson]) -> Entries:
    entries = read_entries(table.rows[1:], found)
    spell_alike(entries.good, "reference", stored)
    entries.refuse(doubles(entries.good, "reference"))
    entries.refuse(lookalikes(entries.good, "reference", stored))
    entries.refuse(doubles(entries.good, "email"))
    entries.refuse(_taken_emails(entries.good, stored))
    return entries


def _why(notes: Sequence[str], skip_bad: bool) -> tuple[str, ...]:
    """Bad rows are not left out of a file that says who has left: whoever stands there would seem to have left."""
    extra = "Bad rows cannot be left out of a file that says who has left. Correct them."
    return (*notes, extra) if skip_bad else tuple(notes)


def _report(plan: Plan, problems: Sequence[Problem], bad: int, notes: Sequence[str]) -> ImportReport:
    left = sum(1 for change in plan.changes if change.kind == "left")
    return ImportReport(
        "people",
        added=len(plan.new),
        changed=len(plan.updated) - left,
        unchanged=plan.unchanged,
        left_out=bad,
        problems=by_line(problems),
        notes=tuple(notes),
        left=left,
        changes=tuple(plan.changes),
    )


def _refuse_unready(study: Study, places: Places, name: str) -> None:
    for names, remedy in (
        (places.sites, "Load them first: flask study import-sites FILE."),
        (places.roles, "Publish a questionnaire first, which brings them: flask instruments publish FILE."),
    ):
        if not names.words:
            raise UnusableFile(name, f"the study “{study.code}” has no {names.noun}s yet", remedy)


def _taken_emails(entries: Sequence[Entry], stored: Mapping[str, StoredPerson]) -> list[Problem]:
    """Rows whose address belongs to somebody on the roster whom the file does not name."""
    here = {entry.values["reference"] for entry in entries}
    others = {
        person.email.casefold(): reference
        for reference, person in stored.items()
        if person.email is not None and reference not in here
    }
    return [
        Problem(
            entry.line,
            "email",
            email,
            f"“{others[email.casefold()]}” on the roster has the same address",
            "Correct the address, or give that reference if it is the same person.",
        )
        for entry in entries
        if (email := entry.values.get("email")) is not None and email.casefold() in others
    ]


def _settle_absent(
    plan: Plan, stored: Mapping[str, StoredPerson], entries: Sequence[Entry], absent: Absent, now: datetime
) -> list[str]:
    """Mark those as left whom a complete file does not name; gives what is to be said about the others."""
    here = {entry.values["reference"] for entry in entries}
    others = {reference: one for reference, one in stored.items() if reference not in here and one.left_at is None}
    leavers = dict(_leavers(others, entries, absent))
    plan_leavers(plan, leavers.items(), now=now)
    stay = len(others) - len(leavers)
    verb = "person on the roster was" if stay == 1 else "people on the roster were"
    return [f"{stay} {verb} not taken from this file and left as they were."] if stay else []


def _leavers(
    others: Mapping[str, StoredPerson], entries: Sequence[Entry], absent: Absent
) -> Iterator[tuple[str, StoredPerson]]:
    sites = {entry.values["site"] for entry in entries}
    for reference, person in others.items():
        if absent is Absent.LEFT or (absent is Absent.LEFT_THESE_SITES and person.site_id in sites):
            yield reference, person
