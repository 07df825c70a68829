"""Whom a wave asks: everyone, a quota by chance, those who were named, or the panel of earlier waves.

The small study: Ada and Ben at site A, Raj and Dee at site B, another Raj and Eli at site C.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.interviews import finish
from surveys.invitations import revoke
from surveys.sampling import invite_sample, sample_of
from surveys.studies import StudySettings, change_study, find_version
from surveys.tables import Identity, Invitation, Match, Wave
from surveys.waves import WaveClosed, WaveRefused, add_wave, change_wave, close_wave, settings_of
from tests.small_study import KEY, NOW, SmallStudy
from tests.surveys.matching.naming import type_name
from tests.surveys.test_interviews import all_answered

LATER = NOW + timedelta(days=40)


def next_wave(session: Session, small: SmallStudy, **settings: object) -> Wave:
    version = find_version(session, small.study)
    closes = LATER + timedelta(days=9)
    return add_wave(session, small.study, version, "Wave 2", opens_at=LATER, closes_at=closes, **settings)


def permit(session: Session, small: SmallStudy, *, allowed: bool) -> None:
    settings = StudySettings("A small study", snowball_allowed=allowed)
    change_study(session, small.study, settings, revision=small.study.revision)


def references(session: Session, wave: Wave) -> list[str]:
    return [person.reference for person in sample_of(session, wave).people]


def came_by(session: Session, wave: Wave) -> set[str]:
    return set(session.scalars(select(Invitation.came_by).where(Invitation.wave_id == wave.id)))


def test_everyone_who_is_not_invited_and_has_not_left(session: Session, small: SmallStudy) -> None:
    assert references(session, small.wave) == []
    wave = next_wave(session, small)
    small.people["p4"].left_at = NOW
    session.flush()
    assert references(session, wave) == ["p1", "p2", "p3", "p5", "p6"]
    sample = invite_sample(session, wave, key=KEY, now=NOW)
    assert (len(sample.people), sample.sites, sample.before) == (5, 3, 0)
    again = invite_sample(session, wave, key=KEY, now=NOW)
    assert (len(again.people), again.before, came_by(session, wave)) == (0, 5, {"roster"})


def test_a_quota_draws_the_same_people_each_time_and_fills_up(session: Session, small: SmallStudy) -> None:
    wave = next_wave(session, small, sample="quota", quota=1)
    drawn = references(session, wave)
    sites = [small.people[one].site_id for one in drawn]
    assert (len(drawn), len(set(sites))) == (3, 3)
    assert references(session, wave) == drawn
    invite_sample(session, wave, key=KEY, now=NOW)
    assert references(session, wave) == []
    change_wave(session, wave, replace(settings_of(wave), quota=2), revision=wave.revision, now=NOW)
    assert sorted([*drawn, *references(session, wave)]) == ["p1", "p2", "p3", "p4", "p5", "p6"]


def test_a_link_that_was_taken_back_leaves_room_in_the_quota_for_somebody_else(
    session: Session, small: SmallStudy
) -> None:
    wave = next_wave(session, small, sample="quota", quota=1)
    drawn = invite_sample(session, wave, key=KEY, now=NOW).people[0]
    row = session.scalars(select(Invitation).where(Invitation.wave_id == wave.id, Invitation.person_id == drawn.id))
    revoke(row.one(), now=NOW)
    session.flush()
    (other,) = sample_of(session, wave).people
    assert (other.site_id, other.id == drawn.id) == (drawn.site_id, False)


def test_who_is_drawn_depends_on_the_people_and_differs_from_wave_to_wave(session: Session, small: SmallStudy) -> None:
    def draws() -> set[tuple[str, ...]]:
        waves = [next_wave(session, small, sample="quota", quota=1) for _ in range(8)]
        return {tuple(references(session, wave)) for wave in waves}

    assert len(draws()) > 1


def test_the_panel_is_those_who_sent_their_answers_before(session: Session, small: SmallStudy) -> None:
    wave = next_wave(session, small, sample="panel")
    assert references(session, wave) == []
    finish(session, all_answered(session, small), now=NOW)
    assert references(session, wave) == ["p1"]
    assert references(session, small.wave) == []


def test_a_snowball_asks_whom_others_named_once_the_study_permits_it(session: Session, small: SmallStudy) -> None:
    permit(session, small, allowed=True)
    wave = next_wave(session, small, sample="snowball")
    current = all_answered(session, small)
    assert references(session, wave) == [], "answers that were not sent name nobody"
    finish(session, current, now=NOW)
    assert references(session, wave) == ["p3"]
    sample = invite_sample(session, wave, key=KEY, now=NOW)
    assert [person.reference for person in sample.people] == ["p3"]
    assert came_by(session, wave) == {"snowball"}
    permit(session, small, allowed=False)
    with pytest.raises(WaveRefused, match="Permit it first"):
        sample_of(session, wave)


def test_a_typed_name_counts_as_soon_as_it_is_matched(session: Session, small: SmallStudy) -> None:
    permit(session, small, allowed=True)
    wave = next_wave(session, small, sample="snowball")
    alters = type_name(session, small, "p1", "Somebody"), type_name(session, small, "p2", "S. Body")
    first, second = (
        Identity(study_id=small.study.id, key=f"key {alter}", alter_id=alter, created_at=NOW) for alter in alters
    )
    session.add_all([first, second])
    session.flush()
    assert references(session, wave) == []
    matched = {"score": 1.0, "how": "confirmed", "decided_by": "ann@example.org", "decided_at": NOW}
    session.add(Match(identity_id=first.id, same_as_id=second.id, **matched))
    session.add(Match(identity_id=second.id, person_id=small.people["p6"].id, **matched))
    session.flush()
    assert references(session, wave) == ["p6"]


def test_nobody_is_invited_to_a_wave_that_is_over(session: Session, small: SmallStudy) -> None:
    close_wave(small.wave, now=NOW)
    session.flush()
    with pytest.raises(WaveClosed, match="Invite people to an open wave"):
        invite_sample(session, small.wave, key=KEY, now=NOW)
