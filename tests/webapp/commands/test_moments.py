"""Days and times on the command line are those of the UK, in summer too and on the nights when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime

import click
import pytest
from sqlalchemy import select

from surveys.store import Store
from surveys.tables import Wave
from webapp.commands.moments import CLOSES, OPENS, UkMoment, day_told, told


@pytest.mark.parametrize(
    ("kind", "text", "utc"),
    [
        (OPENS, "2026-11-02", (2026, 11, 2, 0, 0)),
        (CLOSES, "2026-11-02", (2026, 11, 2, 23, 59)),
        (OPENS, "2026-07-01", (2026, 6, 30, 23, 0)),
        (CLOSES, "2026-07-01", (2026, 7, 1, 22, 59)),
        (CLOSES, "2026-07-01 00:00", (2026, 6, 30, 23, 0)),
        (OPENS, "2026-07-01T09:00", (2026, 7, 1, 8, 0)),
        (OPENS, "1 July 2026 09:00", (2026, 7, 1, 8, 0)),
        (OPENS, "2026-03-29 00:59", (2026, 3, 29, 0, 59)),
        (OPENS, "2026-03-29 02:00", (2026, 3, 29, 1, 0)),
        (OPENS, "2026-10-25 01:30", (2026, 10, 25, 0, 30)),
        (OPENS, "2026-10-25 02:00", (2026, 10, 25, 2, 0)),
        (CLOSES, "2026-10-25", (2026, 10, 25, 23, 59)),
    ],
)
def test_a_day_or_time_is_one_of_the_uk(kind: UkMoment, text: str, utc: tuple[int, ...]) -> None:
    assert kind.convert(text, None, None) == datetime(*utc, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize("text", ["2026-03-29 01:30", "2026-02-30", "soon", "2026-07-01 9", "2026-07-01 25:00", ""])
def test_what_never_was_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(click.BadParameter, match="in the UK like “2026-07-01 09:00”"):
        OPENS.convert(text, None, None)


def test_moments_are_printed_with_their_zone() -> None:
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert (told(late), day_told(late)) == ("2026-07-01 00:30 BST", "2026-07-01")
    assert told(datetime(2026, 12, 1, 9, tzinfo=UTC)) == "2026-12-01 09:00 GMT"


def test_a_wave_of_the_summer_opens_and_closes_by_the_uks_clock(succeed, run, store: Store, ready: None) -> None:
    said = succeed("waves", "add", "Summer", "--opens", "2027-07-01", "--closes", "2027-07-31")
    assert "2027-07-01 00:00 BST to 2027-07-31 23:59 BST" in said
    with store.reader() as session:
        wave = session.scalars(select(Wave).where(Wave.number == 2)).one()
    assert wave.opens_at == datetime(2027, 6, 30, 23, tzinfo=UTC)
    assert wave.closes_at == datetime(2027, 7, 31, 22, 59, tzinfo=UTC)
    assert "2027-07-01  2027-07-31" in succeed("waves", "list")
    assert "in the UK" in succeed("waves", "add", "--help")
    skipped = run("waves", "change", 2, "--opens", "2027-03-28 01:30")
    assert (skipped.exit_code, "clocks go forward" in " ".join(skipped.stderr.split())) == (2, True)
