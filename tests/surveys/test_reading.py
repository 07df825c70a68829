"""Rows are read whole and in order, in however many pieces, and a moment as it was kept; on both engines."""

from datetime import timedelta

import polars as pl
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from networks.columns import UTC_MOMENT
from surveys import reading
from surveys.reading import moment, read
from surveys.tables import Invitation
from tests.small_study import NOW, SmallStudy

SCHEMA = {"number": pl.Int32(), "nonce": pl.String(), "opened_at": UTC_MOMENT, "declined_at": UTC_MOMENT}


def test_rows_come_whole_and_in_order_whatever_the_pieces(
    session: Session, small: SmallStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = session.scalars(select(Invitation).order_by(Invitation.id)).all()
    opened[0].opened_at = NOW + timedelta(microseconds=7)
    opened[5].opened_at = NOW
    columns = (
        Invitation.id,
        Invitation.nonce,
        *(moment(session, at) for at in (Invitation.opened_at, Invitation.declined_at)),
    )
    query = select(*columns).order_by(Invitation.id)
    wanted = [(one.id, one.nonce, one.opened_at, None) for one in opened]
    for at_once, rows in ((50_000, 500), (4, 2), (1, 1)):
        monkeypatch.setattr(reading, "AT_ONCE", at_once)
        monkeypatch.setattr(reading, "ROWS", rows)
        found = read(session, query, SCHEMA)
        assert found.rows() == wanted
        assert found.schema == pl.Schema(SCHEMA)


def test_no_row_gives_the_columns_all_the_same(session: Session, small: SmallStudy) -> None:
    query = select(Invitation.id, Invitation.nonce, Invitation.id, Invitation.id).where(Invitation.id < 0)
    assert read(session, query, SCHEMA).schema == pl.Schema(SCHEMA)
