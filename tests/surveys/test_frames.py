"""Frames hold what finished interviews said, and nothing of those that are still open."""

import polars as pl
from sqlalchemy.orm import Session

from networks.columns import LABELS, RESPONSE, SITES, TIES
from surveys import frames, naming
from surveys.interviews import finish, resume
from tests.small_study import NOW, SmallStudy, answer, answered_about_ego
from tests.surveys.test_interviews import all_answered


def test_an_empty_study_gives_empty_frames_with_the_right_columns(session: Session, small: SmallStudy) -> None:
    assert frames.ties(session, small.study.id).schema == TIES.schema
    assert frames.ties(session, small.study.id).is_empty()
    assert RESPONSE.check(frames.response(session, small.study.id)).height == 6
    assert SITES.check(frames.sites(session, small.study.id)).height == 3
    LABELS.check(frames.labels(session, small.study.id))


def test_ties_carry_both_ends_the_roster_and_the_off_roster(session: Session, small: SmallStudy) -> None:
    current = all_answered(session, small)
    naming.describe(session, current, 2, site="C", role="it", now=NOW)
    finish(session, resume(session, current.invited), now=NOW)
    ties = frames.ties(session, small.study.id)
    assert ties["alter_on_roster"].to_list() == [True, True, False]
    assert ties["alter"][0] == small.people["p3"].key
    assert ties["alter"][2].startswith("off-")
    assert ties.row(0, named=True) | {"alter": "", "ego": ""} == {
        "wave": 1,
        "ego": "",
        "alter": "",
        "topic": "epma",
        "contacts_per_year": 48.0,
        "formality": "both",
        "direction": "both",
        "mechanism": "pairing",
        "mechanism_kind": "formal",
        "ego_site": "A",
        "ego_role": "pharmacist",
        "alter_site": "B",
        "alter_role": "pharmacist",
        "alter_on_roster": True,
    }
    assert ties["alter_site"][2] == "C"


def test_an_interview_still_open_gives_no_tie_and_no_count(session: Session, small: SmallStudy) -> None:
    all_answered(session, small)
    assert frames.ties(session, small.study.id).is_empty()
    mine = frames.response(session, small.study.id).filter(pl.col("person") == small.people["p1"].key)
    assert mine["named"].to_list() == [None]
    assert mine["started_at"].to_list() == [NOW]


def test_naming_no_one_counts_as_zero_and_not_answering_as_missing(session: Session, small: SmallStudy) -> None:
    current = answered_about_ego(session, small)
    naming.say_no_one(session, current, current.instrument.page("advice_names"), now=NOW)
    finish(session, answer(session, resume(session, current.invited), "story"), now=NOW)
    named = frames.response(session, small.study.id)["named"].to_list()
    assert sorted(named, key=str) == [0, None, None, None, None, None]


def test_the_stamp_changes_when_answers_are_sent(session: Session, small: SmallStudy) -> None:
    before = frames.stamp(session, small.study.id)
    current = all_answered(session, small)
    begun = frames.stamp(session, small.study.id)
    finish(session, current, now=NOW)
    assert len({before, begun, frames.stamp(session, small.study.id)}) == 3


def test_the_stamp_changes_with_a_site_a_word_or_a_link_taken_back(session: Session, small: SmallStudy) -> None:
    stamps = [frames.stamp(session, small.study.id)]
    for change in (
        "UPDATE site SET region = 'Elsewhere' WHERE code = 'A'",
        "UPDATE wave SET label = 'Another name'",
        "UPDATE topic SET label = 'Another word' WHERE position = 0",
        "UPDATE invitation SET revoked_at = invited_at WHERE id = 1",
    ):
        session.connection().exec_driver_sql(change)
        stamps.append(frames.stamp(session, small.study.id))
    assert len(set(stamps)) == 5
    assert frames.stamp(session, small.study.id) == stamps[-1]


def test_a_link_taken_back_leaves_no_row_unless_the_answers_were_sent(session: Session, small: SmallStudy) -> None:
    finish(session, all_answered(session, small), now=NOW)
    session.connection().exec_driver_sql("UPDATE invitation SET revoked_at = invited_at")
    assert frames.response(session, small.study.id)["finished_at"].null_count() == 0
    assert frames.response(session, small.study.id).height == 1


def test_pairs_and_words_are_in_the_frames(session: Session, small: SmallStudy) -> None:
    sites = frames.sites(session, small.study.id)
    assert dict(zip(sites["site"], sites["pair"], strict=True)) == {"A": "B", "B": "A", "C": None}
    labels = frames.labels(session, small.study.id)
    topics = labels.filter(pl.col("kind") == "topic")
    assert topics["code"].to_list() == ["epma", "records", "interop", "results", "analytics", "portals"]
    assert topics["position"].to_list() == [0, 1, 2, 3, 4, 5]
