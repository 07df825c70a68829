"""Matching runs over a study: what is certain is matched, what is not is asked, and frames follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import polars as pl
import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from surveys import frames
from surveys.answer_frames import answers
from surveys.invitations import invite
from surveys.matching.running import run
from surveys.matching.standing import who
from surveys.matching.waiting import how_many_wait, waiting
from surveys.tables import InstrumentVersion, Interview, Match, MatchDecision, MatchQuestion, TypedName
from surveys.waves import add_wave
from tests.small_study import KEY, NOW, SmallStudy
from tests.surveys.matching.naming import type_name


def keys(session: Session, small: SmallStudy, *alters: int) -> list[str]:
    """Whom these alters are."""
    meant = who(session, small.study.id)
    return [meant[alter].key for alter in alters]


def second_wave(session: Session, small: SmallStudy) -> int:
    version = session.get_one(InstrumentVersion, small.wave.instrument_version_id)
    opens = NOW + timedelta(days=100)
    wave = add_wave(session, small.study, version, "Wave 2", opens_at=opens, closes_at=opens + timedelta(days=28))
    invite(session, wave, list(small.people.values()), key=KEY, now=NOW)
    return wave.id


def test_a_typed_name_becomes_the_person_with_their_site_and_role(session: Session, small: SmallStudy) -> None:
    alter = type_name(session, small, "p1", "Okafor, Dee", "B")
    ran = run(session, small.study.id, now=NOW)
    assert (ran.typed, ran.new, ran.people, ran.joined, ran.asked) == (1, 1, 1, 0, 0)
    assert keys(session, small, alter) == [small.people["p5"].key]
    tie = frames.ties(session, small.study.id).row(0, named=True)
    assert (tie["alter"], tie["alter_site"], tie["alter_role"], tie["alter_on_roster"]) == (
        small.people["p5"].key,
        "B",
        "nurse",
        True,
    )


def test_matches_found_automatically_are_in_the_record(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", "Eli Novak", "C")
    run(session, small.study.id, now=NOW)
    line = session.scalars(select(MatchDecision)).one()
    assert (line.what, line.person_id, line.decided_by) == ("automatic", small.people["p6"].id, "automatic")
    assert line.score == session.scalars(select(Match.score)).one() >= 0.9


@pytest.mark.parametrize("change", ["UPDATE match_decision SET what = 'refused'", "DELETE FROM match_decision"])
def test_the_database_keeps_the_record_as_it_is(session: Session, small: SmallStudy, change: str) -> None:
    type_name(session, small, "p1", "Eli Novak", "C")
    run(session, small.study.id, now=NOW)
    with pytest.raises(DatabaseError, match="The record of decisions is not changed"), session.begin_nested():
        session.execute(text(change))


def test_a_stranger_is_one_person_in_every_interview_and_wave(session: Session, small: SmallStudy) -> None:
    later = second_wave(session, small)
    first = type_name(session, small, "p1", "Boris Zimmer", "C")
    run(session, small.study.id, now=NOW)
    second = type_name(session, small, "p2", "B. Zimmer", "C")
    third = type_name(session, small, "p1", "Zimmer, Boris", "C", wave=later)
    run(session, small.study.id, now=NOW)
    assert len(set(keys(session, small, first, second, third))) == 1
    ties = frames.ties(session, small.study.id)
    assert ties["alter"].n_unique() == 1
    assert ties["alter"][0].startswith("off-")
    assert sorted(ties["wave"].to_list()) == [1, 1, 2]


def test_two_of_one_name_are_asked_about_and_stay_apart_until_then(session: Session, small: SmallStudy) -> None:
    alter = type_name(session, small, "p1", "Raj Khan")
    run(session, small.study.id, now=NOW)
    assert session.scalars(select(Match)).all() == []
    assert not who(session, small.study.id)[alter].on_roster
    asked = waiting(session, small.study.id)
    assert {one.other.sites for one in asked} == {("Site B",), ("Site C",)}
    assert all(one.score <= 0.5 for one in asked)


def test_site_or_role_tells_two_of_one_name_apart(session: Session, small: SmallStudy) -> None:
    by_site = type_name(session, small, "p1", "Raj Khan", "C")
    by_role = type_name(session, small, "p2", "Raj Khan", None, "pharmacist")
    run(session, small.study.id, now=NOW)
    assert keys(session, small, by_site) == [small.people["p4"].key]
    assert {one.other.sites for one in waiting(session, small.study.id)} <= {("Site B",), ("Site C",)}
    assert who(session, small.study.id)[by_role].key != small.people["p4"].key


def test_nobody_is_the_respondent_or_somebody_picked_beside_them(session: Session, small: SmallStudy) -> None:
    mine = type_name(session, small, "p5", "Dee Okafor", "B")
    type_name(session, small, "p1", None, person="p6")
    beside = type_name(session, small, "p1", "Eli Novak", "C")
    run(session, small.study.id, now=NOW)
    assert not who(session, small.study.id)[mine].on_roster
    assert not who(session, small.study.id)[beside].on_roster


def test_two_typed_in_one_interview_never_become_one_person(session: Session, small: SmallStudy) -> None:
    pair = [type_name(session, small, "p1", name, "B") for name in ("Dee Okafor", "D. Okafor")]
    run(session, small.study.id, now=NOW)
    assert len(set(keys(session, small, *pair))) == 2
    ties = frames.ties(session, small.study.id)
    assert ties.unique(["ego", "alter", "topic", "wave"]).height == ties.height == 2


def test_a_position_is_one_identity_everywhere_and_its_only_holder_is_asked_about(
    session: Session, small: SmallStudy
) -> None:
    pair = [type_name(session, small, ego, None, "C", "it") for ego in ("p1", "p2")]
    other = type_name(session, small, "p2", None, "B", "manager")
    run(session, small.study.id, now=NOW)
    first, second, third = keys(session, small, *pair, other)
    assert first == second != third
    (asked,) = waiting(session, small.study.id)
    assert (asked.other.names, asked.typed.times) == (("Raj Khan",), 2)
    assert "only person" in asked.why[0]


def test_running_again_changes_nothing(session: Session, small: SmallStudy) -> None:
    for ego, name, site in _many():
        type_name(session, small, ego, name, site)
    run(session, small.study.id, now=NOW)
    before, tables = frames.ties(session, small.study.id), _counts(session)
    again = run(session, small.study.id, now=NOW)
    assert (again.new, again.people, again.joined, again.asked) == (0, 0, 0, 0)
    assert frames.ties(session, small.study.id).equals(before)
    assert _counts(session) == tables


def _many() -> Sequence[tuple[str, str, str | None]]:
    return (
        ("p1", "Raj Khan", None),
        ("p1", "Dee Okafor", "B"),
        ("p1", "Boris Zimmer", "C"),
        ("p2", "R Khan", "B"),
        ("p2", "B Zimmer", "C"),
        ("p3", "Boris Zimmer", None),
        ("p3", "Jo from the supplier", None),
    )


def _counts(session: Session) -> list[int | None]:
    tables = (Match, MatchQuestion, MatchDecision)
    return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_somebody_who_joins_the_roster_later_is_found(session: Session, small: SmallStudy) -> None:
    small.people["p5"].name = "Somebody Else"
    alter = type_name(session, small, "p1", "Dee Okafor", "B")
    run(session, small.study.id, now=NOW)
    assert not who(session, small.study.id)[alter].on_roster
    small.people["p5"].name = "Dee Okafor"
    session.flush()
    run(session, small.study.id, now=NOW)
    assert who(session, small.study.id)[alter].on_roster


def test_simulated_and_unsent_interviews_are_left_out(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", "Dee Okafor", "B")
    interview = session.scalars(select(Interview)).one()
    interview.simulated = True
    session.flush()
    assert run(session, small.study.id, now=NOW).typed == 0
    interview.simulated, interview.finished_at = False, None
    session.flush()
    assert run(session, small.study.id, now=NOW).typed == 0


def test_an_identity_outlives_the_interview_that_it_came_from(session: Session, small: SmallStudy) -> None:
    first = type_name(session, small, "p1", "Boris Zimmer", "C")
    second = type_name(session, small, "p2", "Boris Zimmer", "C")
    run(session, small.study.id, now=NOW)
    (key,) = set(keys(session, small, first, second))
    session.execute(text("DELETE FROM interview WHERE id = (SELECT min(id) FROM interview)"))
    session.expire_all()
    assert keys(session, small, second) == [key]
    assert session.scalars(select(TypedName.alter_id)).all() == [second]


def test_a_study_without_typed_names_has_nothing_to_match(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", None, person="p6")
    assert run(session, small.study.id, now=NOW).typed == 0
    assert how_many_wait(session, small.study.id) == 0


def test_the_stamp_changes_with_a_run(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", "Eli Novak", "C")
    before = frames.stamp(session, small.study.id)
    run(session, small.study.id, now=NOW)
    after = frames.stamp(session, small.study.id)
    assert before != after
    run(session, small.study.id, now=NOW)
    assert frames.stamp(session, small.study.id) == after


def test_pairs_of_alters_have_the_names_that_ties_have(session: Session, small: SmallStudy) -> None:
    low = type_name(session, small, "p1", "Dee Okafor", "B")
    high = type_name(session, small, "p1", "Boris Zimmer", "C")
    session.execute(
        text(
            "INSERT INTO alter_tie (interview_id, relation, low_alter_id, high_alter_id) "
            "SELECT interview_id, 'knows', :low, :high FROM tie WHERE alter_id = :low"
        ),
        {"low": low, "high": high},
    )
    run(session, small.study.id, now=NOW)
    pair = frames.alter_ties(session, small.study.id)
    ends = {pair["low"][0], pair["high"][0]}
    assert ends == set(frames.ties(session, small.study.id).select(pl.col("alter")).to_series())


def test_answers_are_exported_about_the_people_that_ties_have(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", "Dee Okafor")
    type_name(session, small, "p1", "Boris Zimmer", "C")
    type_name(session, small, "p2", "Boris Zimmer", "C")
    run(session, small.study.id, now=NOW)
    said = answers(session, small.wave, "alter")
    assert set(said["alter.id"]) == set(frames.ties(session, small.study.id)["alter"])
    assert said.filter(pl.col("alter.id") == small.people["p5"].key)["alter.site"].to_list() == ["B"]
