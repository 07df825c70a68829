"""`flask waves`: planned, opened, invited, closed; links that open the interview."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from surveys.invitations import find_invited
from surveys.store import Store
from surveys.tables import Wave
from tests.webapp.commands.conftest import LIBRARY


def test_a_wave_goes_from_draft_to_closed(succeed, ready: None, clock) -> None:
    def states() -> list[str]:
        return [line.split()[2] for line in succeed("waves", "list").splitlines()[1:]]

    assert states() == ["draft"]
    assert "takes answers until 2026-11-30 23:59 GMT" in succeed("waves", "open", 1)
    assert states() == ["open"]
    clock.pass_time(days=2)
    assert "Wave 1, Autumn, is closed." in succeed("waves", "close", 1)
    assert states() == ["closed"]


def test_the_last_day_counts_to_its_end(store: Store, ready: None) -> None:
    with store.reader() as session:
        wave = session.scalars(select(Wave)).one()
    assert (wave.opens_at.isoformat(), wave.closes_at.isoformat()) == (
        "2026-11-01T00:00:00+00:00",
        "2026-11-30T23:59:00+00:00",
    )


def test_links_are_printed_as_csv_and_open_the_interview(run, store: Store, ready: None) -> None:
    result = run("waves", "invite", 1, "--links")
    assert result.exit_code == 0
    assert result.stderr == "Invited to wave 1: 2. Invited before: 0.\n"
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["reference"], row["name"]) for row in rows] == [("E1", "Ann Bell"), ("E2", "Raj Khan")]
    path, token = rows[0]["url"].rsplit("/", 1)
    assert path == "http://127.0.0.1:8000/interview"
    with store.reader() as session:
        assert find_invited(session, token).person.reference == "E1"


def test_inviting_twice_is_inviting_once_and_links_stay(run, ready: None) -> None:
    first = run("waves", "invite", 1, "--links")
    second = run("waves", "invite", 1, "--links")
    assert second.stderr == "Invited to wave 1: 0. Invited before: 2.\n"
    assert second.stdout == first.stdout


def test_without_links_no_link_is_printed(succeed, ready: None) -> None:
    assert succeed("waves", "invite", 1) == "Invited to wave 1: 2. Invited before: 0.\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("open", 7), "The study “trial” has no wave 7. It has: 1."),
        (("add", "Late", "--opens", "2026-12-01", "--closes", "2026-11-01"), "would close before it opens"),
        (("add", " ", "--closes", "2027-01-01"), "A wave's label has 1 to 80 characters"),
        (
            ("add", "X", "--closes", "2027-01-01", "--instrument", "other"),
            "does not have the questionnaire “other”",
        ),
    ],
)
def test_what_cannot_be_is_refused(refuse, ready: None, words: tuple[object, ...], message: str) -> None:
    assert message in refuse("waves", *words)


def test_a_closed_wave_stays_closed(succeed, refuse, ready: None) -> None:
    succeed("waves", "open", 1)
    succeed("waves", "close", 1)
    assert "Add a new wave instead" in refuse("waves", "open", 1)
    assert "is closed already" in refuse("waves", "close", 1)
    assert "Invite people to an open wave" in refuse("waves", "invite", 1)


def test_a_wave_that_has_not_begun_is_not_closed(succeed, refuse, ready: None) -> None:
    succeed("waves", "add", "Winter", "--opens", "2026-12-01", "--closes", "2026-12-20")
    assert "Winter has not opened yet" in refuse("waves", "close", 2)
    succeed("waves", "open", 2)
    assert "Winter has not opened yet" in refuse("waves", "close", 2)


def test_a_draft_is_not_closed(refuse, ready: None) -> None:
    assert "Autumn has not opened yet" in refuse("waves", "close", 1)


def test_the_list_says_how_waves_stand_now(succeed, ready: None, clock) -> None:
    succeed("waves", "open", 1)
    clock.pass_time(days=60)
    assert succeed("waves", "list").splitlines()[1].split()[2] == "closed"


def test_a_study_without_questionnaire_or_roster_says_what_comes_first(succeed, refuse) -> None:
    succeed("study", "create", "bare", "Bare")
    assert "has no wave yet" in succeed("waves", "list")
    assert "flask waves add" in refuse("waves", "open", 1)
    assert "flask instruments publish FILE" in refuse("waves", "add", "One", "--closes", "2027-01-01")
    succeed("instruments", "publish", LIBRARY)
    succeed("waves", "add", "One", "--closes", "2027-01-01")
    assert "flask study import-people FILE" in refuse("waves", "invite", 1)


def rows_of(printed: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed)))


@pytest.fixture
def simulated(succeed, ready: None) -> str:
    """What is said when an open wave is answered by simulated respondents."""
    succeed("waves", "open", 1)
    succeed("waves", "invite", 1)
    return succeed("waves", "simulate", 1, "--most", 50, "--seed", 3)


def test_simulated_answers_are_told_flagged_counted_nowhere_and_taken_away(succeed, simulated: str) -> None:
    assert "Simulated 2 of those invited to wave 1." in simulated
    assert succeed("waves", "list").splitlines()[1].split()[-2:] == ["2", "0"]
    assert rows_of(succeed("waves", "answers", 1)) == []
    assert [row["ego.simulated"] for row in rows_of(succeed("waves", "answers", 1, "--simulated"))] == ["true"] * 2
    assert "Took 2 simulated interviews out of the study “trial”." in succeed("waves", "forget-simulated")
    assert rows_of(succeed("waves", "answers", 1, "--simulated")) == []


def test_the_same_seed_simulates_the_same_answers_and_most_is_the_most(succeed, simulated: str) -> None:
    first = succeed("waves", "answers", 1, "--simulated")
    succeed("waves", "forget-simulated")
    succeed("waves", "simulate", 1, "--seed", 3)
    assert succeed("waves", "answers", 1, "--simulated") == first
    succeed("waves", "forget-simulated")
    assert "Simulated 1 of" in succeed("waves", "simulate", 1, "--most", 1)


def test_a_wave_that_is_not_open_or_has_nobody_left_is_not_simulated(succeed, refuse, ready: None, clock) -> None:
    assert "is a draft. Open it first: flask waves open 1" in refuse("waves", "simulate", 1)
    succeed("waves", "open", 1)
    assert "Invite people: flask waves invite 1" in refuse("waves", "simulate", 1)
    clock.pass_time(days=2)
    succeed("waves", "close", 1)
    assert "is closed. Simulate in an open wave" in refuse("waves", "simulate", 1)


def test_answers_are_written_under_the_codebooks_columns(succeed, simulated: str, tmp_path) -> None:
    book = rows_of(succeed("instruments", "codebook", LIBRARY))
    for unit, of in (("ego", "ego"), ("alter", "alter"), ("topic", "alter x topic"), ("pair", "alter pair")):
        out = tmp_path / f"{unit}.csv"
        words = ("waves", "answers", 1, "--of", unit, "--simulated", "--with-pii", "-o", out)
        assert succeed(*words) == ""
        heading = out.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
        assert [name for name in heading if "." not in name] == [row["id"] for row in book if row["of"] == of]
    without = rows_of(succeed("waves", "answers", 1, "--simulated"))[0]
    plain = [row["id"] for row in book if row["of"] == "ego" and row["pii"] == "none"]
    assert [name for name in without if "." not in name] == plain
    assert len(plain) < sum(row["of"] == "ego" for row in book)


def test_page_times_tell_evaluators_how_a_wave_goes(run, succeed, store: Store, client, ready: None) -> None:
    succeed("waves", "open", 1)
    link = run("waves", "invite", 1, "--links").stdout.splitlines()[1].rsplit(",", 1)[1]
    assert succeed("waves", "page-times", 1) == "Nobody has opened a page of wave 1 yet.\n"
    client.get(link)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(link).text)
    client.post(f"{link}/start", data={"csrf_token": token[1]})
    assert succeed("waves", "page-times", 1).splitlines() == [
        "page     opened  saved  median seconds  stopped here  desktop  tablet  phone",
        "consent       1      0  -                          1        1       0      0",
        "0 answered to the end and have not sent their answers.",
    ]


def test_a_wave_is_changed_setting_by_setting(succeed, refuse, store: Store, ready: None) -> None:
    succeed("waves", "change", 1, "--label", "Late autumn", "--closes", "2026-12-04", "--target", 75)
    with store.reader() as session:
        wave = session.scalars(select(Wave)).one()
    assert (wave.label, wave.target, wave.closes_at.isoformat()) == ("Late autumn", 0.75, "2026-12-04T23:59:00+00:00")
    assert succeed("waves", "change", 1) == "That is how it stands. Nothing was changed.\n"
    assert "Say how many people are asked at each site" in refuse("waves", "change", 1, "--sample", "quota")
    assert "does not permit asking people" in refuse("waves", "change", 1, "--sample", "snowball")


def test_a_closed_wave_is_reopened_and_a_released_one_is_final(succeed, refuse, ready: None, clock) -> None:
    succeed("waves", "open", 1)
    succeed("waves", "close", 1)
    assert "takes answers again until 2026-12-01 23:59 GMT" in succeed("waves", "reopen", 1, "--closes", "2026-12-01")
    assert "Close it first" in refuse("waves", "release", 1)
    succeed("waves", "close", 1)
    assert "That is final." in succeed("waves", "release", 1)
    assert "What was released is final" in refuse("waves", "reopen", 1, "--closes", "2026-12-01")
    assert succeed("waves", "list").splitlines()[1].split()[2] == "released"


def test_a_quota_is_tried_and_then_invited(succeed, ready: None, file) -> None:
    more = "".join(f"F{number},Jo {number},,A,nurse\n" for number in range(5))
    succeed("study", "import-people", file("more.csv", f"reference,name,email,site,role\n{more}"))
    succeed("waves", "change", 1, "--sample", "quota", "--quota", 2)
    tried = succeed("waves", "invite", 1, "--dry-run")
    assert tried == "Only tried: would invite 3 people at 2 sites. Invited before: 0.\n"
    assert succeed("waves", "invite", 1) == "Invited to wave 1: 3. Invited before: 0.\n"
    assert succeed("waves", "invite", 1) == "Invited to wave 1: 0. Invited before: 3.\n"


def test_what_sites_gave_and_what_came_of_each_invitation_are_tables(run, succeed, ready: None, tmp_path) -> None:
    succeed("waves", "open", 1)
    succeed("waves", "invite", 1)
    rows = rows_of(run("waves", "outcomes", 1).stdout)
    assert [(row["reference"], row["site"], row["outcome"]) for row in rows] == [
        ("E1", "A", "never opened"),
        ("E2", "B", "never opened"),
    ]
    out = tmp_path / "collection.csv"
    assert succeed("waves", "collection", 1, "-o", out) == ""
    assert [(row["code"], row["invited"]) for row in rows_of(out.read_text(encoding="utf-8-sig"))] == [
        ("A", "1"),
        ("B", "1"),
    ]


def test_nothing_of_one_study_shows_in_the_commands_of_another(run, succeed, refuse, ready: None) -> None:
    succeed("waves", "open", 1)
    succeed("waves", "invite", 1)
    succeed("study", "create", "other", "Another")
    assert succeed("waves", "list", "--study", "other") == "The study “other” has no wave yet.\n"
    assert "Nothing is agreed" in succeed("agreement", "show", "--study", "other")
    succeed("settings", "change", "--open-links", "--study", "other")
    for verb in ("open", "close", "invite", "release", "collection", "outcomes", "answers", "page-times"):
        assert "The study “other” has no wave 1." in refuse("waves", verb, 1, "--study", "other")
    succeed("instruments", "publish", LIBRARY, "--study", "other")
    succeed("waves", "add", "Theirs", "--closes", "2026-12-01", "--study", "other")
    assert "The roster is empty" in refuse("waves", "invite", 1, "--study", "other")
    assert rows_of(run("waves", "collection", 1, "--study", "other").stdout) == []
    assert rows_of(run("waves", "outcomes", 1, "--study", "other").stdout) == []
    assert "This study has no site “A”" in refuse("waves", "open-link", 1, "A", "--most", 2, "--study", "other")
    assert "open links  no" in succeed("settings", "show", "--study", "trial")
