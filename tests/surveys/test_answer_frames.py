"""A wave's answers as tables: the codebook's columns, one row a unit, and every kind of missing with its code."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy.orm import Session

from instruments.answer_rows import UNITS
from instruments.codebook import Column, codebook
from surveys.answer_frames import BEFORE, answers
from surveys.interviews import finish
from surveys.simulation import simulate
from surveys.studies import instrument_of
from tests.small_study import NOW, SmallStudy
from tests.surveys.test_interviews import all_answered
from tests.surveys.whole import whole_study

CODES = {"not_asked", "skipped", "dont_know", "prefer_not"}


def columns(session: Session, small: SmallStudy, unit: str) -> list[Column]:
    book = codebook(instrument_of(session, small.wave.instrument_version_id))
    return [column for column in book if column.of == UNITS[unit]]


@pytest.fixture
def told(session: Session) -> SmallStudy:
    """Every kind of page answered by six simulated respondents."""
    small = whole_study(session)
    simulate(session, small.wave, 6, random=Random(4), now=NOW)
    return small


@pytest.mark.parametrize("unit", UNITS)
def test_each_table_has_the_codebooks_columns_and_only_values_that_it_lists(
    session: Session, told: SmallStudy, unit: str
) -> None:
    frame, of = answers(session, told.wave, unit, personal=True, simulated=True), columns(session, told, unit)
    assert frame.columns == [*BEFORE[unit], *(column.id for column in of)]
    assert frame.height
    for column in of:
        listed = {pair.partition("=")[0] for pair in column.values.split("; ")} if "=" in column.values else None
        codes = {pair.partition("=")[0] for pair in column.missing.split("; ")}
        for text in frame[column.id].unique():
            if listed is not None and column.type != "people named":
                assert set(text.split(";")) <= listed | codes | {""}, column.id
            assert text in codes or text not in CODES, column.id


def test_rows_are_told_apart_by_whom_they_are_about(session: Session, told: SmallStudy) -> None:
    for unit, before in BEFORE.items():
        about = answers(session, told.wave, unit, simulated=True).select(before)
        assert about.is_duplicated().sum() == 0, unit
        assert about.null_count().sum_horizontal().item() == 0, unit
    assert answers(session, told.wave, simulated=True).height == 6


def test_what_may_be_personal_is_left_out_unless_asked_for(session: Session, told: SmallStudy) -> None:
    for unit in UNITS:
        plain = answers(session, told.wave, unit, simulated=True).columns[len(BEFORE[unit]) :]
        assert plain == [column.id for column in columns(session, told, unit) if column.pii == "none"]


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
