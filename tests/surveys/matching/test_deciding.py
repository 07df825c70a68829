"""A person confirms, refuses and takes back: once, in the open, and told when somebody else was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import frames
from surveys.matching.deciding import (
    AlreadyDecided,
    CannotBeOne,
    UnknownQuestion,
    Verdict,
    decide,
    undo,
)
from surveys.matching.history import decisions
from surveys.matching.running import run
from surveys.matching.standing import who
from surveys.matching.waiting import waiting
from surveys.store import Store
from surveys.tables import Match, MatchDecision, MatchQuestion
from tests.small_study import NOW, SmallStudy, make_small_study
from tests.surveys.matching.naming import type_name

ONE, OTHER = "one@example.org", "other@example.org"


@pytest.fixture
def alter(session: Session, small: SmallStudy) -> int:
    """ "Raj Khan", whom the roster has twice."""
    alter = type_name(session, small, "p1", "Raj Khan")
    run(session, small.study.id, now=NOW)
    return alter


def question(session: Session, small: SmallStudy, person: str) -> int:
    """The question whether somebody is this person."""
    return session.scalars(select(MatchQuestion.id).where(MatchQuestion.person_id == small.people[person].id)).one()


def said(session: Session, small: SmallStudy, person: str, verdict: Verdict, by: str = ONE) -> tuple[int, int]:
    done = decide(session, small.study.id, [question(session, small, person)], verdict, by=by, now=NOW)
    return done.now, done.before


def test_confirmed_is_the_person_and_what_else_was_asked_no_longer_waits(
    session: Session, small: SmallStudy, alter: int
) -> None:
    assert said(session, small, "p4", "same") == (1, 0)
    assert who(session, small.study.id)[alter].key == small.people["p4"].key
    assert waiting(session, small.study.id) == []
    made = session.scalars(select(Match)).one()
    assert (made.how, made.decided_by, made.decided_at) == ("confirmed", ONE, NOW)


def test_refused_stays_apart_and_is_not_asked_again(session: Session, small: SmallStudy, alter: int) -> None:
    said(session, small, "p3", "different")
    assert [one.other.sites for one in waiting(session, small.study.id)] == [("Site C",)]
    run(session, small.study.id, now=NOW)
    assert [one.other.sites for one in waiting(session, small.study.id)] == [("Site C",)]
    assert not who(session, small.study.id)[alter].on_roster


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_deciding_twice_is_deciding_once(session: Session, small: SmallStudy, alter: int, verdict: Verdict) -> None:
    said(session, small, "p4", verdict)
    assert said(session, small, "p4", verdict, by=OTHER) == (0, 1)
    lines = session.scalars(select(MatchDecision.decided_by).where(MatchDecision.decided_by != "automatic")).all()
    assert lines == [ONE]


def test_the_second_who_decides_otherwise_is_told_both(session: Session, small: SmallStudy, alter: int) -> None:
    said(session, small, "p4", "same")
    with pytest.raises(AlreadyDecided) as told:
        said(session, small, "p4", "different", by=OTHER)
    for part in ("You said “not the same person”", ONE, "said “the same person”", "2 November at 09:00"):
        assert part in str(told.value)
    assert who(session, small.study.id)[alter].on_roster


def test_undoing_restores_exactly_what_was(session: Session, small: SmallStudy, alter: int) -> None:
    ties, asked = frames.ties(session, small.study.id), waiting(session, small.study.id)
    for verdict in ("same", "different"):
        said(session, small, "p4", verdict)
        line = decisions(session, small.study.id)[0]
        assert line.undoable
        assert undo(session, small.study.id, line.id, by=OTHER, now=NOW)
        assert frames.ties(session, small.study.id).equals(ties)
        assert waiting(session, small.study.id) == asked
        assert not undo(session, small.study.id, line.id, by=ONE, now=NOW)
        assert not decisions(session, small.study.id)[1].undoable


def test_after_undoing_one_may_decide_otherwise(session: Session, small: SmallStudy, alter: int) -> None:
    said(session, small, "p4", "same")
    undo(session, small.study.id, decisions(session, small.study.id)[0].id, by=ONE, now=NOW)
    said(session, small, "p3", "same", by=OTHER)
    assert who(session, small.study.id)[alter].key == small.people["p3"].key
    assert [line.what for line in decisions(session, small.study.id)] == ["confirmed", "undone", "confirmed"]


def test_what_was_found_automatically_and_undone_is_asked_and_never_found_again(
    session: Session, small: SmallStudy
) -> None:
    alter = type_name(session, small, "p1", "Eli Novak", "C")
    run(session, small.study.id, now=NOW)
    (line,) = decisions(session, small.study.id, automatic=True)
    assert "found automatically" in line.text
    undo(session, small.study.id, line.id, by=ONE, now=NOW)
    run(session, small.study.id, now=NOW)
    assert not who(session, small.study.id)[alter].on_roster
    (asked,) = waiting(session, small.study.id)
    decide(session, small.study.id, asked.questions, "same", by=ONE, now=NOW)
    assert who(session, small.study.id)[alter].key == small.people["p6"].key


def test_two_strangers_found_automatically_to_be_one_can_be_parted(session: Session, small: SmallStudy) -> None:
    pair = [type_name(session, small, ego, "Boris Zimmer", "C") for ego in ("p1", "p2")]
    run(session, small.study.id, now=NOW)
    (line,) = decisions(session, small.study.id, automatic=True)
    undo(session, small.study.id, line.id, by=ONE, now=NOW)
    for _ in range(2):
        meant = who(session, small.study.id)
        assert meant[pair[0]].key != meant[pair[1]].key
        run(session, small.study.id, now=NOW)
    (asked,) = waiting(session, small.study.id)
    assert (asked.typed.names, asked.other.names) == (("Boris Zimmer",), ("Boris Zimmer",))
    decide(session, small.study.id, asked.questions, "same", by=ONE, now=NOW)
    meant = who(session, small.study.id)
    assert meant[pair[0]].key == meant[pair[1]].key


def test_two_named_side_by_side_cannot_be_confirmed_as_one(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", "Raj Khan")
    run(session, small.study.id, now=NOW)
    type_name(session, small, "p1", None, person="p4")
    with pytest.raises(CannotBeOne, match="side by side"):
        said(session, small, "p4", "same")
    assert session.scalars(select(Match)).all() == []


def test_somebody_found_to_be_one_person_cannot_be_another(session: Session, small: SmallStudy, alter: int) -> None:
    said(session, small, "p4", "same")
    with pytest.raises(CannotBeOne, match="Undo that first"):
        said(session, small, "p3", "same")


def test_whoever_is_the_same_as_somebody_found_is_that_person_too(session: Session, small: SmallStudy) -> None:
    first = type_name(session, small, "p1", "Raj Khan")
    second = type_name(session, small, "p2", "Raj Khan")
    run(session, small.study.id, now=NOW)
    asked = {one.other.sites: one for one in waiting(session, small.study.id)}
    decide(session, small.study.id, asked["Site C",].questions[:1], "same", by=ONE, now=NOW)
    pair = session.scalars(select(MatchQuestion.id).where(MatchQuestion.other_id.is_not(None))).one()
    decide(session, small.study.id, [pair], "same", by=ONE, now=NOW)
    meant = who(session, small.study.id)
    assert meant[first].key == meant[second].key == small.people["p4"].key
    undo(session, small.study.id, decisions(session, small.study.id)[0].id, by=ONE, now=NOW)
    assert sorted(who(session, small.study.id)[alter].on_roster for alter in (first, second)) == [False, True]


def test_questions_that_read_the_same_are_decided_together(session: Session, small: SmallStudy) -> None:
    pair = [type_name(session, small, ego, "Raj Khan") for ego in ("p1", "p2")]
    run(session, small.study.id, now=NOW)
    asked = next(one for one in waiting(session, small.study.id) if one.other.sites == ("Site C",))
    assert (len(asked.questions), asked.typed.written) == (2, "Raj Khan (2 times)")
    decide(session, small.study.id, asked.questions, "same", by=ONE, now=NOW)
    meant = who(session, small.study.id)
    assert {meant[alter].key for alter in pair} == {small.people["p4"].key}


def test_a_question_of_another_study_is_not_found(session: Session, small: SmallStudy, alter: int) -> None:
    there = question(session, small, "p4")
    for ids in ([], [there + 999], [there, there + 999]):
        with pytest.raises(UnknownQuestion):
            decide(session, small.study.id, ids, "same", by=ONE, now=NOW)
    with pytest.raises(UnknownQuestion):
        decide(session, small.study.id + 1, [there], "same", by=ONE, now=NOW)
    with pytest.raises(UnknownQuestion):
        undo(session, small.study.id + 1, 1, by=ONE, now=NOW)


def test_of_many_who_decide_at_once_one_is_taken_and_the_others_are_told(store: Store) -> None:
    with store.writing() as session:
        small = make_small_study(session)
        type_name(session, small, "p1", "Raj Khan")
        run(session, small.study.id, now=NOW)
        there, study = question(session, small, "p4"), small.study.id
    told = []

    def press(number: int) -> None:
        verdict: Verdict = "same" if number % 2 else "different"
        try:
            with store.writing() as session:
                decide(session, study, [there], verdict, by=f"{number}@example.org", now=NOW)
        except AlreadyDecided as other:
            told.append((verdict, other.verdict))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(press, range(12)))
    with store.reader() as session:
        made = session.scalars(select(MatchDecision.what)).all()
        taken = session.get_one(MatchQuestion, there).status
    assert len(made) == 1
    assert told == [("different" if taken == "same" else "same", taken)] * 6
