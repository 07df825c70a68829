"""Inviting, changing and joining at the same moment: nobody twice, no quota or number exceeded, one change accepted."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile
from surveys.open_links import OpenLinkFull, find_open_link, join, make_open_link, open_token, roles_of
from surveys.sampling import invite_sample
from surveys.store import Store
from surveys.studies import find_study, find_version
from surveys.tables import Invitation, OpenLink, Site
from surveys.waves import add_wave, change_wave, find_wave, settings_of
from tests.small_study import KEY, NOW, make_small_study
from tests.surveys.test_at_once import PRESSES, all_at_once


def planned(store: Store) -> None:
    """The small study with a second wave that asks one person at each of three sites."""
    with store.writing() as session:
        small = make_small_study(session)
        version, closes = find_version(session, small.study), NOW + timedelta(days=9)
        add_wave(session, small.study, version, "Two", opens_at=NOW, closes_at=closes, sample="quota", quota=1)


def test_a_quota_is_not_exceeded_however_often_it_is_pressed(store: Store) -> None:
    planned(store)
    found: list[int] = []

    def press(session: Session, _number: int) -> None:
        wave = find_wave(session, find_study(session), 2)
        found.append(len(invite_sample(session, wave, key=KEY, now=NOW).people))

    all_at_once(store, press)
    assert sorted(found) == [0] * (PRESSES - 1) + [3]


def test_of_many_who_change_a_wave_from_one_revision_one_is_heard_and_the_others_are_told(store: Store) -> None:
    planned(store)
    kept: list[str] = []
    told: list[int] = []

    def press(session: Session, number: int) -> None:
        wave = find_wave(session, find_study(session), 2)
        settings = replace(settings_of(wave), label=f"Label {number}")
        try:
            change_wave(session, wave, settings, revision=1, now=NOW)
            kept.append(settings.label)
        except ChangedMeanwhile:
            told.append(number)

    all_at_once(store, press)
    with store.reader() as session:
        wave = find_wave(session, find_study(session), 2)
    assert (kept, len(told), wave.revision) == ([wave.label], PRESSES - 1, 2)


def test_an_open_link_takes_no_more_people_than_it_may(store: Store) -> None:
    with store.writing() as session:
        small = make_small_study(session)
        small.study.open_links_allowed = True
        site = session.get_one(Site, small.people["p1"].site_id)
        token = open_token(KEY, make_open_link(session, small.wave, site, most=3, key=KEY, now=NOW))
    full: list[int] = []

    def press(session: Session, number: int) -> None:
        found = find_open_link(session, token)
        role = roles_of(session, found.study)[0]
        try:
            join(session, found, role, f"attempt {number % 6}", key=KEY, now=NOW)
        except OpenLinkFull:
            full.append(number)

    all_at_once(store, press)
    with store.reader() as session:
        came = session.scalars(select(Invitation.id).where(Invitation.came_by == "link")).all()
        assert (len(came), session.scalars(select(OpenLink.used)).one(), len(full)) == (3, 3, 6)
