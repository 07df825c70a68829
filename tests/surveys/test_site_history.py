"""Sites merge, move, change names and close, with their days; people go along, and what was asked stays as it was."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.invitations import invite
from surveys.people import roster, search_roster
from surveys.site_history import (
    EventRefused,
    Noted,
    close,
    closures,
    history,
    merge,
    move,
    rename,
    successors,
    take_back,
)
from surveys.sites import UnknownSite, find_site, site_of
from surveys.store import open_store
from surveys.tables import Base, InstrumentVersion, Invitation, Site
from surveys.waves import add_wave
from tests.small_study import KEY, NOW, SmallStudy, make_small_study

SPRING = date(2026, 4, 1)
NOTED = Noted("Eve", NOW, "as in the letter")


@pytest.fixture
def field(database_url: str):
    store = open_store(database_url)
    Base.metadata.create_all(store.engine)
    with store.writer() as session:
        yield session, make_small_study(session)
    store.engine.dispose()


def sites(session: Session) -> dict[str, Site]:
    return {site.code: site for site in session.scalars(select(Site))}


def test_people_of_a_merged_site_are_asked_at_the_other_and_were_asked_at_their_own(
    field: tuple[Session, SmallStudy],
) -> None:
    session, small = field
    a, b = (sites(session)[code] for code in "AB")
    assert merge(session, a, b, on=SPRING, noted=NOTED) == 2
    later = add_wave(
        session,
        small.study,
        session.get_one(InstrumentVersion, small.wave.instrument_version_id),
        "Wave 2",
        opens_at=datetime(2027, 1, 1, tzinfo=UTC),
        closes_at=datetime(2027, 2, 1, tzinfo=UTC),
    )
    invite(session, later, roster(session, small.study.id), key=KEY, now=NOW)
    ada = small.people["p1"].id
    found = session.execute(select(Invitation.wave_id, Invitation.site_id).where(Invitation.person_id == ada))
    assert dict(found.all()) == {small.wave.id: a.id, later.id: b.id}
    assert [entry.site for entry in search_roster(session, small.study.id, "byrne site b")] == ["Site B"]
    assert successors(session, small.study.id) == {a.id: b.id}


def test_mergers_are_followed_to_the_last_site(field: tuple[Session, SmallStudy]) -> None:
    session, small = field
    a, b, c = (sites(session)[code] for code in "ABC")
    merge(session, a, b, on=SPRING, noted=NOTED)
    merge(session, b, c, on=SPRING, noted=NOTED)
    assert successors(session, small.study.id) == {a.id: c.id, b.id: c.id}
    assert {person.site_id for person in roster(session, small.study.id)} == {c.id}


def test_who_left_before_a_merger_stays_where_they_were(field: tuple[Session, SmallStudy]) -> None:
    session, small = field
    a, b = (sites(session)[code] for code in "AB")
    small.people["p1"].left_at = NOW
    session.flush()
    assert merge(session, a, b, on=SPRING, noted=NOTED) == 1
    session.refresh(small.people["p1"])
    assert small.people["p1"].site_id == a.id


def test_a_new_name_finds_people_and_the_former_one_is_in_the_history(field: tuple[Session, SmallStudy]) -> None:
    session, small = field
    a = sites(session)["A"]
    rename(session, a, " Northern   General ", on=SPRING, noted=NOTED)
    assert a.name == "Northern General"
    assert [entry.name for entry in search_roster(session, small.study.id, "ada northern")] == ["Ada Byrne"]
    (line,) = history(session, a.id)
    assert (line.kind, line.on, line.before, line.note, line.by) == (
        "renamed",
        SPRING,
        "Site A",
        "as in the letter",
        "Eve",
    )
    assert take_back(session, a, line.id) == "renamed"
    assert (a.name, history(session, a.id)) == ("Site A", [])
    assert [entry.name for entry in search_roster(session, small.study.id, "ada site")] == ["Ada Byrne"]


def test_a_move_keeps_in_words_where_the_site_was(field: tuple[Session, SmallStudy]) -> None:
    session, _ = field
    a = sites(session)["A"]
    move(session, a, {"region": "Midlands", "town": "Derby"}, on=SPRING, noted=NOTED)
    assert (a.region, a.town, a.latitude) == ("Midlands", "Derby", 51.5)
    assert history(session, a.id)[0].before == "London; 51.5, -0.1"


def test_the_newest_event_comes_first(field: tuple[Session, SmallStudy]) -> None:
    session, small = field
    a = sites(session)["A"]
    rename(session, a, "Later", on=SPRING, noted=NOTED)
    move(session, a, {"town": "Derby"}, on=date(2025, 1, 1), noted=NOTED)
    close(session, a, on=date(2026, 5, 1), noted=NOTED)
    assert [line.kind for line in history(session, a.id)] == ["closed", "renamed", "moved"]
    assert closures(session, small.study.id) == {a.id: date(2026, 5, 1)}


REFUSED: dict[str, tuple[Callable[..., object], str]] = {
    "into itself": (lambda s, a, b: merge(s, a, a, on=SPRING, noted=NOTED), "into another site of the same study"),
    "a name it has": (lambda s, a, b: rename(s, a, "Site A", on=SPRING, noted=NOTED), "called “Site A” already"),
    "no name": (lambda s, a, b: rename(s, a, "  ", on=SPRING, noted=NOTED), "1 to 200 characters"),
    "a place it has": (lambda s, a, b: move(s, a, {"region": "London"}, on=SPRING, noted=NOTED), "there already"),
    "a day to come": (
        lambda s, a, b: close(s, a, on=date(2026, 11, 3), noted=NOTED),
        "3 November 2026 is still to come",
    ),
    "a long note": (
        lambda s, a, b: close(s, a, on=SPRING, noted=Noted("Eve", NOW, "x" * 401)),
        "up to 400 characters",
    ),
    "a line that is none": (lambda s, a, b: take_back(s, a, 99), "no such line"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_have_happened_is_refused(field: tuple[Session, SmallStudy], what: str) -> None:
    session, _ = field
    act, message = REFUSED[what]
    with pytest.raises(EventRefused, match=message):
        act(session, sites(session)["A"], sites(session)["B"])
    assert history(session, sites(session)["A"].id) == []


def test_a_site_ends_once(field: tuple[Session, SmallStudy]) -> None:
    session, _ = field
    a, b, c = (sites(session)[code] for code in "ABC")
    merge(session, a, b, on=SPRING, noted=NOTED)
    with pytest.raises(EventRefused, match="Site A merged into Site B on 1 April 2026 already"):
        close(session, a, on=SPRING, noted=NOTED)
    with pytest.raises(EventRefused, match="Site A merged into Site B on 1 April 2026 already"):
        merge(session, c, a, on=SPRING, noted=NOTED)
    take_back(session, a, history(session, a.id)[0].id)
    close(session, a, on=SPRING, noted=NOTED)


def test_sites_are_found_in_their_study_only(field: tuple[Session, SmallStudy]) -> None:
    session, small = field
    assert find_site(session, small.study, " a ").code == "A"
    with pytest.raises(UnknownSite, match=r"no site “Z”\. Its sites: A, B, C"):
        find_site(session, small.study, "Z")
    a = sites(session)["A"]
    assert site_of(session, small.study.id, a.id) is a
    assert site_of(session, small.study.id + 1, a.id) is None
