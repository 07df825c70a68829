"""Sites from tables and from the official trusts file: kept by code; the same file again changes nothing."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exchange.report import ImportReport
from exchange.sites import import_sites
from exchange.tables import read_rows
from exchange.trusts import title_case
from surveys.tables import Person, Site, Study
from tests.exchange.conftest import NOW, empty_study, ready_study

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "nhs"

HEADED = b"""Site code,Name,Region,Designation,Care setting,Core system,ICB,Pair,Lat,Lon,Town,Postcode,Beds
A,ALPHA HOSPITALS NHS TRUST,Y56,GDE,acute,Core system 1,Q71,B,51.5,-0.1,LONDON,se1 7eh,900
B,Beta NHS Trust,Midlands,Fast Follower,mental health,,QGH,A,52.5,-1.9,Birmingham,B4 6NH,
"""
OFFICIAL = (
    b"RAA,ALPHA HOSPITALS NHS TRUST,Y62,QOP,HOUSE,ROAD,,LEEDS,,LS1 1AA,20171001,,,\n"
    b"RBB,BETA NHS TRUST,Y63,QHM,HOUSE,ROAD,,YORK,,YO1 1AA,20171001,20200326,,\n"
    b"RCC,CYMRU NHS TRUST,W00,Q99,HOUSE,ROAD,,CARDIFF,,CF15 7QZ,19940401,,,\n"
    b"RDD,DELTA NHS TRUST,Y60,QGH,HOUSE,ROAD,,DERBY,,DE1 1AA,20171001,20300101,,\n"
)


def load(session: Session, study: Study, data: bytes, **options: bool) -> ImportReport:
    return import_sites(session, study, read_rows(data), now=NOW, **options)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.left_out


def sites(session: Session) -> dict[str, Site]:
    return {site.code: site for site in session.scalars(select(Site))}


def test_a_table_with_headings_becomes_sites(each_session: Session) -> None:
    report = load(each_session, empty_study(each_session), HEADED)
    assert counts(report) == (2, 0, 0, 0)
    found = sites(each_session)
    alpha = found["A"]
    assert (alpha.name, alpha.region, alpha.designation) == ("Alpha Hospitals NHS Trust", "London", "exemplar")
    assert (alpha.care_setting, alpha.core_system, alpha.grouping) == ("acute", "Core system 1", "Q71")
    assert (alpha.latitude, alpha.longitude, alpha.town, alpha.postcode) == (51.5, -0.1, "London", "SE1 7EH")
    assert (alpha.pair_id, found["B"].pair_id) == (found["B"].id, alpha.id)
    assert (found["B"].designation, found["B"].region, found["B"].core_system) == ("fast follower", "Midlands", None)
    assert "Columns not used: “Beds”." in report.text()


def test_the_same_file_again_changes_nothing(each_session: Session) -> None:
    study = empty_study(each_session)
    load(each_session, study, HEADED)
    before = {code: (site.id, site.name, site.pair_id) for code, site in sites(each_session).items()}
    assert counts(load(each_session, study, HEADED)) == (0, 0, 2, 0)
    assert {code: (site.id, site.name, site.pair_id) for code, site in sites(each_session).items()} == before


def test_what_differs_is_changed_and_a_column_that_is_absent_is_left(each_session: Session) -> None:
    study = empty_study(each_session)
    load(each_session, study, HEADED)
    report = load(each_session, study, b"code,name,town\nA,Alpha and Omega,\nB,Beta NHS Trust,Birmingham\n")
    assert counts(report) == (0, 1, 1, 0)
    alpha = sites(each_session)["A"]
    assert (alpha.name, alpha.town, alpha.region, alpha.latitude) == ("Alpha and Omega", None, "London", 51.5)


def test_capitals_make_no_difference_to_codes(session: Session) -> None:
    study = ready_study(session)
    assert counts(load(session, study, b"code,name,pair\na,Alpha Hospital,c\nC,Gamma,b\n")) == (1, 1, 0, 0)
    found = sites(session)
    assert set(found) == {"A", "B", "C"}
    assert (found["A"].pair_id, found["C"].pair_id) == (found["C"].id, found["B"].id)


def test_a_new_partner_is_a_change(session: Session, study: Study) -> None:
    load(session, study, HEADED)
    assert counts(load(session, study, b"code,name,pair\nA,ALPHA HOSPITALS NHS TRUST,\n")) == (0, 1, 0, 0)
    found = sites(session)
    assert (found["A"].pair_id, found["B"].pair_id) == (None, found["A"].id)


def test_a_partner_may_be_there_already(session: Session) -> None:
    study = ready_study(session)
    assert counts(load(session, study, b"code,name,pair\nC,Gamma,A\n")) == (1, 0, 0, 0)
    assert sites(session)["C"].pair_id == sites(session)["A"].id


def test_one_bad_row_stops_the_import_unless_bad_rows_are_skipped(session: Session, study: Study) -> None:
    data = b"code,name,region\nA,Alpha,London\nB,,London\nC,Gamma,Y99\n"
    stopped = load(session, study, data)
    assert (stopped.refused, sites(session)) == (True, {})
    assert stopped.text().startswith("Nothing was imported: 2 rows cannot be taken.")
    skipped = load(session, study, data, skip_bad=True)
    assert counts(skipped) == (1, 0, 0, 2)
    assert set(sites(session)) == {"A"}
    assert "line 4, region “Y99”" in skipped.text()


def test_a_partner_of_a_skipped_row_is_skipped_too(session: Session, study: Study) -> None:
    data = b"code,name,pair\nA,Alpha,B\nB,,\nC,Gamma,A\nD,Delta,\n"
    report = load(session, study, data, skip_bad=True)
    assert set(sites(session)) == {"D"}
    assert [problem.line for problem in report.problems] == [2, 3, 4]


def test_the_official_file_is_known_by_its_layout(each_session: Session) -> None:
    report = load(each_session, empty_study(each_session), OFFICIAL)
    found = sites(each_session)
    assert counts(report) == (3, 0, 0, 1)
    alpha = found["RAA"]
    assert (alpha.name, alpha.ods_code, alpha.region) == ("Alpha Hospitals NHS Trust", "RAA", "North West")
    assert (alpha.grouping, alpha.town, alpha.postcode) == ("QOP", "Leeds", "LS1 1AA")


def test_closed_trusts_are_left_out_and_said_so(session: Session, study: Study) -> None:
    report = load(session, study, OFFICIAL)
    assert "RBB" not in sites(session)
    assert "Left out, line 2: RBB Beta NHS Trust closed on 26 March 2020." in report.text()
    assert "RDD" in sites(session)  # closes in 2030


def test_trusts_outside_england_are_kept_without_a_region(session: Session, study: Study) -> None:
    report = load(session, study, OFFICIAL)
    assert sites(session)["RCC"].region is None
    assert (
        "Kept without a region, line 3: RCC Cymru NHS Trust is in Wales, outside NHS England's regions."
        in report.text()
    )


def test_people_are_found_by_the_new_name_of_their_site(session: Session) -> None:
    study = ready_study(session)
    alpha = sites(session)["A"]
    person = Person(
        key="k", study_id=study.id, reference="E1", name="Ann Bell", site_id=alpha.id, role_id=1, search_text=" old"
    )
    session.add(person)
    session.flush()
    load(session, study, b"code,name\nA,Omega Infirmary\n")
    assert person.search_text == " ann bell omega infirmary"


def test_another_study_is_not_touched(session: Session) -> None:
    study = ready_study(session)
    other = Study(code="other", name="Other", created_at=NOW)
    session.add(other)
    session.flush()
    assert counts(load(session, other, b"code,name\nA,Omega\n")) == (1, 0, 0, 0)
    names = session.scalars(select(Site.name).where(Site.study_id == study.id).order_by(Site.code)).all()
    assert names == ["Alpha Hospital", "Beta Hospital"]


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("ALDER HEY CHILDREN'S NHS FOUNDATION TRUST", "Alder Hey Children's NHS Foundation Trust"),
        ("THE ROYAL MARSDEN", "The Royal Marsden"),
        ("STOKE-ON-TRENT AND WESTON-SUPER-MARE", "Stoke-on-Trent and Weston-super-Mare"),
        ("TEES, ESK AND WEAR VALLEYS", "Tees, Esk and Wear Valleys"),
        ("ROYAL BROMPTON & HAREFIELD", "Royal Brompton & Harefield"),
        ("Already Right of NHS", "Already Right of NHS"),
        ("UNIVERSITY COLLEGE OF THE NHS", "University College of the NHS"),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(capitals: str, name: str) -> None:
    assert title_case(capitals) == name


@pytest.mark.skipif(not REAL.is_dir(), reason="the public trusts files are not here")
def test_the_real_trusts_files_agree_with_each_other(session: Session, study: Study) -> None:
    headed = load(session, study, (REAL / "nhs_trusts_2022_2023.csv").read_bytes())
    assert counts(headed) == (219, 0, 0, 0)
    names = {code: site.name for code, site in sites(session).items()}
    official = load(session, study, (REAL / "raw_etr_2024.csv").read_bytes())
    assert (official.added, official.left_out, official.problems) == (4, 4, ())
    after = sites(session)
    assert {code: after[code].name for code in names} == names
    assert {site.region for site in after.values()} == {
        None, "London", "South West", "South East", "Midlands", "East of England", "North West",
        "North East and Yorkshire",
    }  # fmt: skip
    assert all(site.latitude for code, site in after.items() if code in names)
    assert counts(load(session, study, (REAL / "raw_etr_2024.csv").read_bytes())) == (0, 0, 223, 4)
