"""People from staff lists: kept by reference, with sites and roles by any of their words; others are untouched."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from exchange import fields
from exchange.people import Absent, import_people
from exchange.refusals import UnusableFile, WrongColumns
from exchange.report import ImportReport
from exchange.tables import read_rows
from surveys.people import roster, search_roster
from surveys.site_history import Noted, close, merge
from surveys.tables import Person, Role, Site, Study
from tests.exchange.conftest import NOW, empty_study, ready_study

STAFF = b"""reference,name,email,job_title,site,role
E1,Ann Bell,ann@example.org,Ward sister,A,nurse
E2,Raj  Khan,Raj.Khan@EXAMPLE.org,,rbb,IT and Digital Team
E3,Raj Khan,,Porter,ALPHA HOSPITAL,it
"""


@pytest.fixture
def study(session: Session) -> Study:
    return ready_study(session)


def load(session: Session, study: Study, data: bytes, **options: object) -> ImportReport:
    return import_people(session, study, read_rows(data, name="staff.csv"), now=NOW, **options)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.left_out


def people(session: Session) -> dict[str, Person]:
    return {person.reference: person for person in session.scalars(select(Person))}


def test_a_staff_list_becomes_a_roster(each_session: Session) -> None:
    study = ready_study(each_session)
    assert counts(load(each_session, study, STAFF)) == (3, 0, 0, 0)
    found = people(each_session)
    sites = {site.id: site.code for site in each_session.scalars(select(Site))}
    roles = {role.id: role.code for role in each_session.scalars(select(Role))}
    assert {ref: (sites[p.site_id], roles[p.role_id]) for ref, p in found.items()} == {
        "E1": ("A", "nurse"),
        "E2": ("B", "it"),
        "E3": ("A", "it"),
    }
    assert (found["E2"].name, found["E2"].email, found["E2"].job_title) == ("Raj Khan", "Raj.Khan@example.org", None)
    assert len({person.key for person in found.values()}) == 3
    assert [entry.name for entry in search_roster(each_session, study.id, "ward alpha")] == ["Ann Bell"]


def test_the_same_list_again_changes_nothing(each_session: Session) -> None:
    study = ready_study(each_session)
    load(each_session, study, STAFF)
    keys = {ref: person.key for ref, person in people(each_session).items()}
    assert counts(load(each_session, study, STAFF)) == (0, 0, 3, 0)
    assert {ref: person.key for ref, person in people(each_session).items()} == keys


def test_someone_who_moved_is_changed_and_found_at_the_new_site(each_session: Session) -> None:
    study = ready_study(each_session)
    load(each_session, study, STAFF)
    report = load(each_session, study, STAFF.replace(b"Ward sister,A,", b"Ward sister,B,"))
    assert counts(report) == (0, 1, 2, 0)
    assert [entry.name for entry in search_roster(each_session, study.id, "ann beta")] == ["Ann Bell"]


def test_a_dash_stands_for_nothing(session: Session, study: Study) -> None:
    load(session, study, STAFF.replace(b"Porter", b"-"))
    assert people(session)["E3"].job_title is None


def test_capitals_make_no_difference_to_references(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    assert counts(load(session, study, STAFF.replace(b"E1", b"e1"))) == (0, 0, 3, 0)


def test_people_who_are_not_in_the_file_stay_and_the_report_says_so(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    report = load(session, study, b"reference,name,site,role\nE1,Ann Bell,A,nurse\n")
    assert counts(report) == (0, 0, 1, 0)
    assert "2 people on the roster were not taken from this file and left as they were." in report.text()
    assert people(session)["E1"].email == "ann@example.org"


def test_someone_listed_again_after_leaving_is_back(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    people(session)["E1"].left_at = NOW - timedelta(days=1)
    session.flush()
    assert counts(load(session, study, STAFF)) == (0, 1, 2, 0)
    assert people(session)["E1"].left_at is None


def test_an_address_of_someone_else_on_the_roster_is_refused(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    report = load(session, study, b"reference,name,email,site,role\nE9,Bo,ANN@example.org,A,it\n")
    assert report.refused
    assert "“E1” on the roster has the same address" in report.text()


def test_two_people_may_swap_addresses_in_one_file(session: Session, study: Study) -> None:
    load(session, study, b"reference,name,email,site,role\nE1,A,a@example.org,A,it\nE2,B,b@example.org,A,it\n")
    report = load(session, study, b"reference,name,email,site,role\nE1,A,b@example.org,A,it\nE2,B,a@example.org,A,it\n")
    assert counts(report) == (0, 2, 0, 0)


def test_bad_rows_can_be_left_out(session: Session, study: Study) -> None:
    report = load(session, study, STAFF + b"E4,Bo,bo,,Z,nurse\n", skip_bad=True)
    assert counts(report) == (3, 0, 0, 1)
    assert [(problem.line, problem.column) for problem in report.problems] == [(5, "email"), (5, "site")]


def test_wrong_columns_are_one_message_with_what_is_missing_found_and_near(session: Session, study: Study) -> None:
    with pytest.raises(WrongColumns) as refusal:
        load(session, study, b"refrence,name,e-mail,sight\nE1,Ann,a@example.org,A\n")
    assert str(refusal.value) == (
        "staff.csv, line 1: the first line lacks the columns “reference”, “site”, “role”; it has “refrence”, “name”, "
        "“e-mail”, “sight”. If “refrence” holds the reference, rename it. If “sight” holds the site, rename it. "
        "Name the columns: reference, name, email, job_title, site, role."
    )


def test_a_name_that_two_sites_share_finds_neither(session: Session, study: Study) -> None:
    session.add(Site(study_id=study.id, code="C", name="Alpha Hospital"))
    session.flush()
    report = load(session, study, STAFF)
    assert "line 4, site “ALPHA HOSPITAL”: more than one site goes by this. Write its code." in report.text()


@pytest.mark.parametrize(
    ("rooms", "message"),
    [
        ([], "has no sites yet. Load them first: flask study import-sites FILE."),
        ([Site(code="A", name="Alpha")], "has no roles yet. Publish a questionnaire first"),
    ],
)
def test_a_study_without_sites_or_roles_says_what_comes_first(
    session: Session, rooms: list[Site], message: str
) -> None:
    study = empty_study_named(session, "bare")
    for site in rooms:
        session.add(Site(study_id=study.id, code=site.code, name=site.name))
    session.flush()
    with pytest.raises(UnusableFile, match=message):
        load(session, study, STAFF)


def empty_study_named(session: Session, code: str) -> Study:
    study = empty_study(session)
    study.code = code
    return study


def test_a_workbook_is_a_staff_list_too(session: Session, study: Study, workbook) -> None:
    data = workbook(
        ["Reference", "Name", "Site code", "Role"], [1001, "Ann Bell", "A", "nurse"], [1002, "Bo", "B", "it"]
    )
    assert counts(load(session, study, data)) == (2, 0, 0, 0)
    assert set(people(session)) == {"1001", "1002"}


def state(session: Session) -> dict[str, tuple[object, ...]]:
    return {ref: (p.name, p.email, p.site_id, p.left_at) for ref, p in people(session).items()}


def test_looking_gives_the_same_report_and_writes_nothing(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    before = state(session)
    data = STAFF.replace(b"Ward sister,A,", b"Matron,B,") + b"E4,Bo,,,A,it\n"
    looked = load(session, study, data, looking=True, absent=Absent.LEFT)
    assert state(session) == before
    done = load(session, study, data, absent=Absent.LEFT)
    assert (looked, looked.fingerprint()) == (done, done.fingerprint())
    assert "- line 2: E1 Ann Bell; job_title: Ward sister → Matron; site: Alpha Hospital → Beta Hospital" in (
        looked.preview()
    )
    assert "- line 5: E4 Bo; Alpha Hospital" in looked.preview()
    assert looked.text() == "People: 1 added, 1 changed (1 to another site), 2 unchanged."
    assert load(session, study, data, looking=True).fingerprint() != looked.fingerprint()


ONLY_ALPHA = b"reference,name,email,job_title,site,role\nE1,Ann Bell,ann@example.org,Ward sister,A,nurse\n"


@pytest.mark.parametrize(
    ("absent", "gone"),
    [(Absent.STAY, set()), (Absent.LEFT_THESE_SITES, {"E3"}), (Absent.LEFT, {"E2", "E3"})],
)
def test_who_is_not_in_the_file_has_left_only_when_it_is_said_so(
    session: Session, study: Study, absent: Absent, gone: set[str]
) -> None:
    load(session, study, STAFF)
    report = load(session, study, ONLY_ALPHA, absent=absent)
    assert {change.key for change in report.of_kind("left")} == gone
    assert {ref for ref, person in people(session).items() if person.left_at == NOW} == gone
    assert {person.reference for person in roster(session, study.id)} == {"E1", "E2", "E3"} - gone
    again = load(session, study, ONLY_ALPHA, absent=absent)
    assert (again.left, again.changes) == (0, ())


def test_bad_rows_are_never_left_out_of_a_file_that_says_who_has_left(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    report = load(session, study, STAFF.replace(b",A,nurse", b",Z,nurse"), skip_bad=True, absent=Absent.LEFT)
    assert report.refused
    assert "Bad rows cannot be left out of a file that says who has left. Correct them." in report.text()
    assert len(roster(session, study.id)) == 3


def test_someone_back_is_shown_as_back(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    load(session, study, ONLY_ALPHA, absent=Absent.LEFT)
    report = load(session, study, STAFF, looking=True)
    assert "- line 3: E2 Raj Khan; back: left on 2 November 2026 → on the roster" in report.preview()


def test_the_same_list_again_writes_nothing(session: Session, study: Study) -> None:
    load(session, study, STAFF)
    written: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *seen: written.append(seen[2]))
    load(session, study, STAFF, absent=Absent.LEFT)
    assert written
    assert [statement for statement in written if not statement.startswith("SELECT")] == []


def test_a_site_that_merged_means_the_one_it_merged_into(session: Session, study: Study) -> None:
    alpha, beta = session.scalars(select(Site).order_by(Site.code))
    load(session, study, STAFF)
    merge(session, alpha, beta, on=NOW.date(), noted=Noted("Eve", NOW))
    assert counts(load(session, study, STAFF)) == (0, 0, 3, 0)
    assert {person.site_id for person in people(session).values()} == {beta.id}


def test_nobody_is_put_at_a_site_that_closed(session: Session, study: Study) -> None:
    alpha = session.scalars(select(Site).order_by(Site.code)).first()
    close(session, alpha, on=NOW.date(), noted=Noted("Eve", NOW))
    report = load(session, study, STAFF)
    assert "line 2, site “A”: this site closed on 2 November 2026. Write the site where they work now." in report.text()


@pytest.mark.parametrize("twin", ["Е1", "Ｅ1"])  # a Cyrillic letter; a wide one
def test_a_reference_that_only_looks_like_another_is_refused(session: Session, study: Study, twin: str) -> None:
    load(session, study, STAFF)
    report = load(session, study, f"reference,name,site,role\n{twin},Ann Bell,A,nurse\n".encode())
    assert "this looks like “E1” but is written with other letters" in report.text()


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("Ann.Bell@EXAMPLE.org", "Ann.Bell@example.org"),
        (" o'brien+x@example.org ", "o'brien+x@example.org"),
        ("ann@bücher.example.org", "ann@bücher.example.org"),
    ],
)
def test_addresses_are_kept_with_a_small_domain(session: Session, study: Study, address: str, kept: str) -> None:
    load(session, study, f"reference,name,email,site,role\nE1,Ann,{address},A,nurse\n".encode())
    assert people(session)["E1"].email == kept


def test_plain_addresses_are_taken_just_as_the_whole_check_takes_them() -> None:
    for address in ("a@b.org", "A_b-c@B.Org", "a@b", "a@-b.org", "a@b..org", "a@b.test", "a@.org", "a@1.2.3.4"):
        outcomes = []
        for read in (fields.email, fields._any_email):
            try:
                outcomes.append(read(address))
            except fields.BadValue:
                outcomes.append("refused")
        assert outcomes[0] == outcomes[1], address
