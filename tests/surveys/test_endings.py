"""Why ties ended, told in a review, reaches the measures that ask for it."""

import polars as pl
import pytest
from sqlalchemy.orm import Session

from networks.columns import ENDINGS
from networks.measures.seeding import ended, reasons_counted
from surveys import frames
from surveys.endings import endings
from surveys.interviews import finish
from tests.small_study import SmallStudy
from tests.surveys.test_next_wave import REVIEW
from tests.surveys.whole import LATER, again, before_names, first_wave_sent, put, rest, second_wave, start, whole_study


@pytest.fixture
def small(session: Session) -> SmallStudy:
    """Overrides the usual one: with every kind of page."""
    return whole_study(session)


def test_a_study_without_reviews_has_no_endings(session: Session, small: SmallStudy) -> None:
    first_wave_sent(session, small)
    assert endings(session, small.study.id).schema == ENDINGS.schema
    assert endings(session, small.study.id).is_empty()


def test_the_reason_given_in_a_review_stands_beside_the_tie_that_ended(session: Session, small: SmallStudy) -> None:
    """p1 named p3, p4 and p5, and says in the next wave that the tie to p4 stopped, because p4 moved on."""
    first_wave_sent(session, small)
    second = before_names(session, start(session, second_wave(session, small), now=LATER), now=LATER)
    second = put(session, second, "still_in_touch", REVIEW, now=LATER)
    assert endings(session, small.study.id).is_empty(), "Nothing counts before the answers are sent."
    finish(session, again(session, rest(session, second, now=LATER)), now=LATER)
    p1, p4 = small.people["p1"].key, small.people["p4"].key
    told = endings(session, small.study.id)
    assert told.rows() == [(2, p1, p4, "moved_on")]
    response = frames.response(session, small.study.id).drop_nulls("finished_at").select("wave", "person")
    gone = ended(frames.ties(session, small.study.id), response, told).filter(pl.col("alter") == p4)
    assert gone["reason"].to_list() == ["moved_on"]
    assert reasons_counted(gone)["ties"].to_list() == [1]
