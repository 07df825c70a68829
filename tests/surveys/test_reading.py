"""Rows read into frames: the same on both engines, to the microsecond, in as many pieces as it takes."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from networks.columns import UTC_MOMENT
from surveys import reading
from surveys.tables import Invitation
from tests.small_study import NOW, SmallStudy

SCHEMA = {"person": pl.Int64(), "invited": UTC_MOMENT, "opened": UTC_MOMENT}


def read(session: Session) -> pl.DataFrame:
    columns = (reading.moment(session, at) for at in (Invitation.invited_at, Invitation.opened_at))
    return reading.read(session, select(Invitation.person_id, *columns).order_by(Invitation.id), SCHEMA)


def test_moments_keep_their_microseconds_and_what_never_was_is_null(session: Session, small: SmallStudy) -> None:
    first, second, *_ = session.scalars(select(Invitation).order_by(Invitation.id))
    first.opened_at = NOW + timedelta(microseconds=1)
    second.opened_at = NOW
    found = read(session)
    assert found.schema == SCHEMA
    assert found["opened"].to_list()[:3] == [NOW + timedelta(microseconds=1), NOW, None]


def test_a_column_without_any_value_keeps_its_type(session: Session, small: SmallStudy) -> None:
    found = read(session)
    assert found.schema == SCHEMA
    assert found["opened"].null_count() == found.height == 6


def test_pieces_come_together_in_their_order(
    session: Session, small: SmallStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read(session)
    monkeypatch.setattr(reading, "ROWS", 2)
    monkeypatch.setattr(reading, "AT_ONCE", 3)
    assert read(session).equals(whole)


def test_nothing_found_is_an_empty_frame_of_the_same_columns(session: Session, small: SmallStudy) -> None:
    nobody = select(Invitation.person_id).where(Invitation.id < 0)
    found = reading.read(session, nobody, {"person": pl.Int64()})
    assert found.is_empty()
    assert found.schema == {"person": pl.Int64()}
