"""A wave's answers as tables: the codebook's columns, one row a unit, and every kind of missing with its code."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.answer_rows import UNITS
from instruments.codebook import Column, codebook
from surveys.answer_frames import BEFORE, answers
from surveys.interviews import finish
from surveys.simulation import simulate
from surveys.store import Store
from surveys.studies import instrument_of
from surveys.tables import Wave
from tests.small_study import NOW, SmallStudy
from tests.surveys.conftest import each_store
from tests.surveys.test_interviews import all_answered
from tests.surveys.whole import whole_study

CODES = {"not_asked", "skipped", "dont_know", "prefer_not"}


def columns(session: Session, wave: Wave, unit: str) -> list[Column]:
    book = codebook(instrument_of(session, wave.instrument_version_id))
    return [column for column in book if column.of == UNITS[unit]]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def simulated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of each engine for the tests that only look: every kind of page answered by six simulated respondents."""
    with each_store(request, tmp_path_factory.mktemp("simulated")) as store:
        with store.writing() as session:
            simulate(session, whole_study(session).wave, 6, random=Random(4), now=NOW)
        yield store


@pytest.fixture
def looking(simulated: Store) -> Iterator[Session]:
    with simulated.reader() as session:
        yield session


@pytest.fixture
def told(looking: Session) -> Wave:
    """The wave that was answered."""
    return looking.scalars(select(Wave)).one()


@pytest.mark.parametrize("unit", UNITS)
def test_each_table_has_the_codebooks_columns_and_only_values_that_it_lists(
    looking: Session, told: Wave, unit: str
) -> None:
    frame, of = answers(looking, told, unit, personal=True, simulated=True), columns(looking, told, unit)
    assert frame.columns == [*BEFORE[unit], *(column.id for column in of)]
    assert frame.height
    for column in of:
        listed = {pair.partition("=")[0] for pair in column.values.split("; ")} if "=" in column.values else None
        codes = {pair.partition("=")[0] for pair in column.missing.split("; ")}
        for text in frame[column.id].unique():
            if listed is not None and column.type != "people named":
                assert set(text.split(";")) <= listed | codes | {""}, column.id
            assert text in codes or text not in CODES, column.id


def test_rows_are_told_apart_by_whom_they_are_about(looking: Session, told: Wave) -> None:
    for unit, before in BEFORE.items():
        about = answers(looking, told, unit, simulated=True).select(before)
        assert about.is_duplicated().sum() == 0, unit
        assert about.null_count().sum_horizontal().item() == 0, unit
    assert answers(looking, told, simulated=True).height == 6


def test_what_may_be_personal_is_left_out_unless_asked_for(looking: Session, told: Wave) -> None:
    for unit in UNITS:
        plain = answers(looking, told, unit, simulated=True).columns[len(BEFORE[unit]) :]
        assert plain == [column.id for column in columns(looking, told, unit) if column.pii == "none"]


def test_answers_that_nobody_gave_or_sent_are_left_out(session: Session, small: SmallStudy) -> None:
    current = all_answered(session, small)
    simulate(session, small.wave, 3, random=Random(1), now=NOW)
    assert answers(session, small.wave).is_empty(), "not sent yet"
    finish(session, current, now=NOW)
    frame = answers(session, small.wave)
    assert frame.select("ego.id", "ego.site", "ego.simulated").rows() == [(small.people["p1"].key, "A", "false")]
    assert answers(session, small.wave, simulated=True).height == 4


def test_answers_are_told_as_they_were_given(session: Session, small: SmallStudy) -> None:
    finish(session, all_answered(session, small), now=NOW)
    ego = answers(session, small.wave, personal=True).row(0, named=True)
    assert (ego["agree_read"], ego["site"]) == ("true", "A")
    assert ego["advice_names"] == str(answers(session, small.wave, "alter").height)
