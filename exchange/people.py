"""People from a staff list: added and brought up to date by their reference; those not in the file stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from exchange import fields
from exchange.columns import Column, Entries, Entry, doubles, find_columns, read_entries, spell_alike
from exchange.people_rows import StoredPerson, stored_people, write_people
from exchange.places import Places, read_places
from exchange.refusals import UnusableFile, quoted
from exchange.report import ImportReport, Problem, by_line
from exchange.tables import Table
from surveys.tables import Study


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
    session: Session, study: Study, table: Table, *, now: datetime, skip_bad: bool = False
) -> ImportReport:
    """Add the table's people to the study's roster, and bring those that are there up to date, by their reference.

    Site: its code, ODS code or exact name. Role: its code or label. An empty cell empties the value; a column that the
    file lacks leaves it. Any bad row stops the whole import (nothing is written) unless `skip_bad`.
    Raises WrongColumns or UnusableFile when the table is not a staff list, or the study has no sites or roles yet.
    """
    places = read_places(session, study.id)
    found = find_columns(table, _columns(places))
    if len(table.rows) == 1:
        raise UnusableFile(table.name, "there is a header line and no person", "Add one row for each person.")
    _refuse_unready(study, places, table.name)
    entries = read_entries(table.rows[1:], found)
    stored = stored_people(session, study.id)
    spell_alike(entries.good, "reference", stored)
    entries.refuse(doubles(entries.good, "reference"))
    entries.refuse(doubles(entries.good, "email"))
    entries.refuse(_taken_emails(entries.good, stored))
    notes = [f"Columns not used: {quoted(found.unused[:20])}."] if found.unused else []
    bad = len({problem.line for problem in entries.problems})
    if bad and not skip_bad:
        return ImportReport("people", problems=by_line(entries.problems), notes=tuple(notes), refused=True)
    counts = write_people(session, study.id, stored, entries.good, places, now=now)
    notes += _note_absent(stored, entries)
    return ImportReport(
        "people", counts.added, counts.changed, counts.unchanged, bad, by_line(entries.problems), tuple(notes)
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


def _note_absent(stored: Mapping[str, StoredPerson], entries: Entries) -> list[str]:
    here = {entry.values["reference"] for entry in entries.good}
    absent = sum(1 for reference in stored if reference not in here)
    verb = "person on the roster was" if absent == 1 else "people on the roster were"
    return [f"{absent} {verb} not taken from this file and left as they were."] if absent else []
