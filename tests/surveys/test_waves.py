"""Waves are planned and changed, open and close, open again, and are final once released."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile
from surveys.store import Store
from surveys.studies import create_study, find_study, publish_instrument
from surveys.tables import Wave
from surveys.waves import (
    WaveClosed,
    WaveRefused,
    change_wave,
    close_wave,
    find_wave,
    open_wave,
    plan_wave,
    release_wave,
    reopen_wave,
    settings_of,
)
from tests.small_study import NOW, SOURCE, SmallStudy, make_small_study

WEEK = timedelta(days=7)


def change(session: Session, wave: Wave, **settings: object) -> bool:
    return change_wave(session, wave, replace(settings_of(wave), **settings), revision=wave.revision, now=NOW)


def test_a_change_raises_the_revision_and_no_change_does_not(session: Session, small: SmallStudy) -> None:
    before = small.wave.revision
    assert change(session, small.wave, label="Autumn", target=0.7, sample="quota", quota=2)
    assert (small.wave.label, small.wave.target, small.wave.sample, small.wave.quota) == ("Autumn", 0.7, "quota", 2)
    assert small.wave.revision == before + 1
    assert not change(session, small.wave)
    assert small.wave.revision == before + 1


def test_the_second_of_two_who_change_a_wave_is_told_and_nothing_is_overwritten(store: Store) -> None:
    with store.writing() as session:
        make_small_study(session)
    with store.reader() as looking:
        seen = find_wave(looking, find_study(looking), 1)
    mine, theirs = replace(settings_of(seen), label="Mine"), replace(settings_of(seen), label="Theirs")
    for settings in (theirs, mine):
        with store.writer() as session:
            wave = find_wave(session, find_study(session), 1)
            if settings is theirs:
                change_wave(session, wave, settings, revision=seen.revision, now=NOW)
                session.commit()
                continue
            with pytest.raises(ChangedMeanwhile, match="Somebody else changed wave 1") as told:
                change_wave(session, wave, settings, revision=seen.revision, now=NOW)
            assert told.value.revision == seen.revision + 1
    with store.reader() as looking:
        assert find_wave(looking, find_study(looking), 1).label == "Theirs"


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": "x" * 81}, "label"),
        ({"closes_at": NOW - WEEK}, "closes_at"),
        ({"sample": "some"}, "sample"),
        ({"sample": "quota"}, "quota"),
        ({"sample": "quota", "quota": 0}, "quota"),
        ({"sample": "snowball"}, "sample"),
        ({"target": 0.0}, "target"),
        ({"target": 1.01}, "target"),
    ],
)
def test_settings_that_cannot_be_are_refused_with_the_field(
    session: Session, small: SmallStudy, settings: dict[str, object], field: str
) -> None:
    with pytest.raises(WaveRefused) as refused:
        plan_wave(session, small.study, replace(settings_of(small.wave), **settings))
    assert list(refused.value.faults) == [field]


def test_a_questionnaire_of_another_study_is_none_of_ours(session: Session, small: SmallStudy) -> None:
    other = create_study(session, "other", "Another", now=NOW)
    version = publish_instrument(session, other, SOURCE, now=NOW)
    with pytest.raises(WaveRefused, match="that this study has published"):
        plan_wave(session, small.study, replace(settings_of(small.wave), version_id=version.id))


def test_an_open_wave_keeps_its_questionnaire_and_its_first_day(session: Session, small: SmallStudy) -> None:
    longer = SOURCE.replace("version: 1.0.0", "version: 1.1.0").replace("max: 8", "max: 9")
    version = publish_instrument(session, small.study, longer, now=NOW)
    with pytest.raises(WaveRefused, match="stays the same once the wave is open"):
        change(session, small.wave, version_id=version.id)
    with pytest.raises(WaveRefused, match="opened on 1 November 2026"):
        change(session, small.wave, opens_at=NOW)
    assert change(session, small.wave, closes_at=NOW + WEEK)
    draft = plan_wave(session, small.study, settings_of(small.wave))
    assert change(session, draft, version_id=version.id, opens_at=NOW)


def test_a_closed_wave_opens_again_with_a_new_last_day_until_a_later_one_has(
    session: Session, small: SmallStudy
) -> None:
    with pytest.raises(WaveClosed, match="Only a closed wave"):
        reopen_wave(session, small.wave, NOW + WEEK, now=NOW)
    close_wave(small.wave, now=NOW)
    with pytest.raises(WaveRefused, match="Reopen it to give it a new last day"):
        change(session, small.wave, closes_at=NOW + WEEK)
    with pytest.raises(WaveRefused, match="must lie ahead"):
        reopen_wave(session, small.wave, NOW, now=NOW)
    reopen_wave(session, small.wave, NOW + WEEK, now=NOW)
    assert (small.wave.status, small.wave.closes_at) == ("open", NOW + WEEK)
    close_wave(small.wave, now=NOW)
    later = plan_wave(session, small.study, replace(settings_of(small.wave), closes_at=NOW + WEEK))
    reopen_wave(session, small.wave, NOW + WEEK, now=NOW)
    close_wave(small.wave, now=NOW)
    open_wave(later)
    with pytest.raises(WaveClosed, match="because wave 2 builds on its answers"):
        reopen_wave(session, small.wave, NOW + WEEK, now=NOW)


def test_what_was_released_is_final(session: Session, small: SmallStudy) -> None:
    with pytest.raises(WaveClosed, match="Close it first"):
        release_wave(small.wave, now=NOW)
    close_wave(small.wave, now=NOW)
    for moment in (NOW, NOW + WEEK):
        release_wave(small.wave, now=moment)
    assert (small.wave.status, small.wave.released_at) == ("released", NOW)
    for act in (
        lambda: open_wave(small.wave),
        lambda: close_wave(small.wave, now=NOW),
        lambda: reopen_wave(session, small.wave, NOW + WEEK, now=NOW),
    ):
        with pytest.raises(WaveClosed, match="is released"):
            act()
    with pytest.raises(WaveRefused, match="is released and stays as it is"):
        change(session, small.wave, label="Other")


def test_opening_twice_is_opening_once(session: Session, small: SmallStudy) -> None:
    before = small.wave.revision
    open_wave(small.wave)
    assert small.wave.revision == before
