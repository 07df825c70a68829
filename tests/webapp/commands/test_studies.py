"""`flask study`: studies made and listed, sites and people loaded, all or nothing."""

import pytest
from sqlalchemy import func, select

from surveys.store import Store
from surveys.tables import Person, Site
from tests.webapp.commands.conftest import SITES, STAFF


def count(store: Store, table: type[Site] | type[Person]) -> int:
    with store.reader() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_study_is_made_once(succeed, refuse) -> None:
    assert "Made the study “trial”. Load its sites next" in succeed("study", "create", "trial", "A trial")
    assert "There is a study “trial” already" in refuse("study", "create", "trial", "Another")


@pytest.mark.parametrize(("code", "name"), [("a b", "A"), ("", "A"), ("x" * 61, "A"), ("ok", " "), ("ok", "x" * 201)])
def test_a_code_or_name_that_would_not_work_is_refused(refuse, code: str, name: str) -> None:
    assert "study's" in refuse("study", "create", code, name)


def test_studies_are_listed_with_their_counts(succeed, ready: None) -> None:
    assert succeed("study", "list").splitlines() == [
        "code   name     made        sites  people  waves",
        "trial  A trial  2026-11-02      2       2      1",
    ]


def test_with_no_study_the_way_to_make_one_is_told(succeed, refuse, file) -> None:
    assert "flask study create CODE NAME" in succeed("study", "list")
    assert "flask study create CODE NAME" in refuse("study", "import-sites", file("sites.csv", SITES))


def test_an_import_is_kept(succeed, store: Store, ready: None, file) -> None:
    assert (count(store, Site), count(store, Person)) == (2, 2)
    assert succeed("study", "import-sites", file("sites.csv", SITES)) == "Sites: 0 added, 0 changed, 2 unchanged.\n"
    again = succeed("study", "import-people", file("staff.csv", STAFF), "--study", "trial")
    assert again == "People: 0 added, 0 changed, 2 unchanged.\n"


def test_one_bad_row_keeps_everything_out(refuse, store: Store, ready: None, file) -> None:
    said = refuse("study", "import-sites", file("bad.csv", SITES.replace("A,Alpha", "C,Gamma") + "D,,London\n"))
    assert "Nothing was imported: 1 row cannot be taken." in said
    assert "- line 4, name: this is blank. Fill it in, or remove the row." in said
    assert "--skip-bad" in said
    assert count(store, Site) == 2


def test_bad_rows_are_left_out_by_request(succeed, store: Store, ready: None, file) -> None:
    said = succeed("study", "import-people", file("bad.csv", STAFF + "E3,Bo,,Z,it\nE4,Di,,A,it\n"), "--skip-bad")
    assert said.startswith("People: 1 added, 0 changed, 2 unchanged, 1 left out.\n- line 4, site “Z”")
    assert count(store, Person) == 3


def test_a_dry_run_changes_nothing(succeed, store: Store, ready: None, file) -> None:
    said = succeed("study", "import-people", file("more.csv", STAFF + "E4,Di,,A,it\n"), "--dry-run")
    assert said.startswith("Only tried, nothing was changed. People: 1 added")
    assert count(store, Person) == 2


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("study", "import-people", "nowhere.csv"), 2, "does not exist"),
        (("study", "import-people"), 2, "Missing argument 'FILE'"),
    ],
)
def test_wrong_use_is_told_apart(refuse, words: tuple[str, ...], code: int, message: str) -> None:
    assert message in refuse(*words, code=code)


def test_wrong_columns_are_one_message(refuse, ready: None, file) -> None:
    said = refuse("study", "import-people", file("staff.csv", "refrence,fullname\n1,Ann\n"))
    assert "staff.csv, line 1: the first line lacks the columns “reference”, “name”, “site”, “role”" in said


def test_an_unknown_study_names_those_there_are(refuse, ready: None, file) -> None:
    said = refuse("study", "import-sites", file("sites.csv", SITES), "--study", "trail")
    assert "There is no study “trail”. Those there are: trial." in said


def test_a_dry_run_tells_what_would_change_row_by_row(succeed, store: Store, ready: None, file) -> None:
    moved = file("moved.csv", STAFF.replace(",A,nurse", ",B,nurse").replace("E2,Raj Khan,,B,it\n", ""))
    said = succeed("study", "import-people", moved, "--dry-run", "--absent", "left")
    assert said == (
        "Only tried, nothing was changed. People: 0 added, 1 changed (1 to another site), 0 unchanged, "
        "1 marked as left.\n"
        "Changed:\n- line 2: E1 Ann Bell; site: Alpha Hospital → Beta Hospital\n"
        "Marked as left:\n- E2 Raj Khan\n"
    )
    assert succeed("study", "import-people", moved, "--absent", "left").strip() in said
    again = succeed("study", "import-people", moved, "--absent", "left")
    assert again == "People: 0 added, 0 changed, 1 unchanged.\n"


def test_a_dry_run_tells_what_sites_would_change(succeed, ready: None, file) -> None:
    said = succeed("study", "import-sites", file("s.csv", SITES.replace("Midlands", "London")), "--dry-run")
    assert "- line 3: B Beta Hospital; region: Midlands → London" in said


def test_what_happened_to_a_site_is_recorded_listed_and_taken_back(succeed, refuse, ready: None) -> None:
    merged = succeed("study", "site-event", "A", "merged", "--on", "2026-10-01", "--into", "b", "--note", "By letter")
    assert merged == "Alpha Hospital merged into Beta Hospital, and 1 of its people with it.\n"
    assert "already. Take that back first" in refuse("study", "site-event", "A", "closed", "--on", "2026-10-02")
    told = succeed("study", "site-history", "A")
    assert told == "1  2026-10-01  merged into Beta Hospital (By letter), recorded by command line\n"
    assert "Its people stay where they are" in succeed("study", "take-back-site-event", "A", "1")
    assert succeed("study", "site-history", "A") == "Nothing is recorded of Alpha Hospital.\n"
    assert "closed" in succeed("study", "site-event", "A", "closed", "--on", "2026-10-02")


def test_a_move_and_a_new_name_are_recorded(succeed, refuse, ready: None) -> None:
    moved = ("study", "site-event", "A", "moved", "--on", "2026-10-01")
    assert succeed(*moved, "--town", "Derby", "--postcode", "de1 1aa") == "Alpha Hospital moved.\n"
    assert "this is not a postcode" in refuse(*moved, "--postcode", "Derby")
    assert succeed("study", "site-event", "A", "renamed", "--on", "2026-10-01", "--name", "Omega") == (
        "Alpha Hospital is called Omega now.\n"
    )
    assert "Say its new name: --name." in refuse("study", "site-event", "A", "renamed", "--on", "2026-10-01")
    assert "no site “Z”" in refuse("study", "site-event", "Z", "closed", "--on", "2026-10-01")
