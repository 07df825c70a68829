"""A study's name and permissions: changed by one evaluator at a time."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from surveys.faults import ChangedMeanwhile
from surveys.studies import (
    StudyRefused,
    StudySettings,
    change_study,
    create_study,
    publish_instrument,
    study_settings,
    versions_of,
)
from tests.small_study import NOW, SOURCE, SmallStudy

WIDER = StudySettings("A wider study", snowball_allowed=True, open_links_allowed=True)


def test_a_study_permits_nothing_until_it_is_said(session: Session, small: SmallStudy) -> None:
    assert study_settings(small.study) == StudySettings("A small study")
    assert change_study(session, small.study, WIDER, revision=1)
    assert (study_settings(small.study), small.study.revision) == (WIDER, 2)
    assert not change_study(session, small.study, WIDER, revision=2)
    assert small.study.revision == 2


def test_the_second_of_two_is_told(session: Session, small: SmallStudy) -> None:
    change_study(session, small.study, WIDER, revision=1)
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed the study “small” meanwhile"):
        change_study(session, small.study, replace(WIDER, name="Mine"), revision=1)
    assert small.study.name == "A wider study"


@pytest.mark.parametrize("name", ["", "x" * 201])
def test_a_study_keeps_a_name(session: Session, small: SmallStudy, name: str) -> None:
    with pytest.raises(StudyRefused) as refused:
        change_study(session, small.study, replace(WIDER, name=name), revision=1)
    assert list(refused.value.faults) == ["name"]


def test_all_that_is_wrong_with_a_new_study_is_said_at_once(session: Session, small: SmallStudy) -> None:
    with pytest.raises(StudyRefused) as refused:
        create_study(session, "small", "", now=NOW)
    assert list(refused.value.faults) == ["code", "name"]


def test_versions_are_those_of_one_study_the_newest_first(session: Session, small: SmallStudy) -> None:
    other = create_study(session, "other", "Another", now=NOW)
    publish_instrument(session, other, SOURCE, now=NOW)
    longer = SOURCE.replace("version: 1.0.0", "version: 1.1.0").replace("max: 8", "max: 9")
    publish_instrument(session, small.study, longer, now=NOW)
    assert [one.version for one in versions_of(session, small.study.id)] == ["1.1.0", "1.0.0"]
