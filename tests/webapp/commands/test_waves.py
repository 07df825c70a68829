"""`flask waves`: planned, opened, invited, closed; links that open the interview."""

import csv
import io

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
    assert "takes answers until 2026-11-30 23:59 UTC" in succeed("waves", "open", 1)
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
