"""Names are forgotten for good, and the network that is measured stays the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.load import loads
from surveys import frames, naming
from surveys.interviews import finish, resume
from surveys.matching.deciding import UnknownQuestion, decide, undo
from surveys.matching.forgetting import UndecidedMatches, forget_names
from surveys.matching.history import decisions
from surveys.matching.keeping import keep_names
from surveys.matching.running import run
from surveys.matching.waiting import waiting
from surveys.tables import Alter, Identity, MatchQuestion, Nomination, Role, Site, TypedName
from tests.small_study import NOW, SOURCE, SmallStudy, answer, answered_about_ego, make_small_study
from tests.surveys.matching.naming import type_name
from tests.surveys.matching.test_running import second_wave

ONE = "one@example.org"


def forget(session: Session, small: SmallStudy, wave: int | None = None, *, anyway: bool = False) -> tuple[int, int]:
    done = forget_names(session, small.study.id, wave, by=ONE, now=NOW, leave_undecided=anyway)
    return done.names, done.left


@pytest.fixture
def named(session: Session, small: SmallStudy) -> None:
    for ego, name, site in (
        ("p1", "Dee Okafor", "B"),
        ("p1", "Boris Zimmer", "C"),
        ("p2", "B Zimmer", "C"),
        ("p2", "Raj Khan", None),
    ):
        type_name(session, small, ego, name, site)
    type_name(session, small, "p2", None, "C", "manager")
    run(session, small.study.id, now=NOW)


def test_the_network_is_the_same_before_and_after(session: Session, small: SmallStudy, named: None) -> None:
    asked = [one for one in waiting(session, small.study.id) if one.other.sites == ("Site C",)]
    decide(session, small.study.id, asked[0].questions, "same", by=ONE, now=NOW)
    before = frames.ties(session, small.study.id), frames.alter_ties(session, small.study.id)
    assert forget(session, small) == (4, 0)
    after = frames.ties(session, small.study.id), frames.alter_ties(session, small.study.id)
    assert before[0].height == 5
    assert all(one.equals(other) for one, other in zip(before, after, strict=True))
    run(session, small.study.id, now=NOW)
    assert frames.ties(session, small.study.id).equals(before[0])


def test_no_name_is_left_in_the_tables(session: Session, small: SmallStudy, named: None) -> None:
    forget(session, small, anyway=True)
    assert session.scalars(select(TypedName.name)).all() == [None]
    assert set(session.scalars(select(MatchQuestion.alike))) == {None}
    assert set(session.scalars(select(Alter.label))) == {None}


def test_names_stay_while_somebody_may_still_decide(session: Session, small: SmallStudy, named: None) -> None:
    with pytest.raises(UndecidedMatches, match=r"2 questions still wait.*--leave-undecided"):
        forget(session, small)
    assert len(session.scalars(select(TypedName)).all()) == 5
    assert forget(session, small, anyway=True) == (4, 2)
    assert waiting(session, small.study.id) == []


def test_names_stay_while_matching_has_not_seen_them(session: Session, small: SmallStudy) -> None:
    type_name(session, small, "p1", "Dee Okafor", "B")
    with pytest.raises(UndecidedMatches, match=r"1 names were not matched yet.*flask matching run"):
        forget(session, small)


def test_what_was_left_cannot_be_decided_and_what_was_decided_can_be_undone(
    session: Session, small: SmallStudy, named: None
) -> None:
    left = waiting(session, small.study.id)[0].questions
    forget(session, small, anyway=True)
    with pytest.raises(UnknownQuestion, match="The names were deleted"):
        decide(session, small.study.id, left, "same", by=ONE, now=NOW)
    line = decisions(session, small.study.id, automatic=True)[0]
    assert "a name that was deleted" in line.text
    assert undo(session, small.study.id, line.id, by=ONE, now=NOW)
    assert decisions(session, small.study.id)[1].text == "4 typed names were deleted"


def test_one_wave_is_forgotten_and_the_next_keeps_its_names(session: Session, small: SmallStudy) -> None:
    later = second_wave(session, small)
    type_name(session, small, "p1", "Boris Zimmer", "C")
    type_name(session, small, "p1", "Dee Okafor", "B", wave=later)
    run(session, small.study.id, now=NOW)
    assert forget(session, small, 1) == (1, 0)
    assert session.scalars(select(TypedName.name)).all() == ["Dee Okafor"]


def test_forgetting_twice_is_forgetting_once(session: Session, small: SmallStudy, named: None) -> None:
    forget(session, small, anyway=True)
    assert forget(session, small) == (0, 0)
    assert len(session.scalars(select(Identity)).all()) == 5


def typed_in(session: Session, small: SmallStudy, **values: object) -> int:
    """Somebody typed in an interview that is not sent yet."""
    current = answered_about_ego(session, small)
    alter = Alter(interview_id=current.interview.id, number=1, **values)
    session.add(alter)
    session.flush()
    session.add(Nomination(alter_id=alter.id, page="advice_names", prompt="any", named_at=NOW))
    session.flush()
    return alter.id


@pytest.mark.parametrize(("mode", "kept"), [("vault", ["Jo"]), ("roster", [])])
def test_names_are_kept_only_where_the_questionnaire_says_so(
    session: Session, small: SmallStudy, mode: str, kept: list[str]
) -> None:
    alter = typed_in(session, small, label="Jo")
    instrument = loads(SOURCE.replace("names: roster", f"names: {mode}"), "gde.yaml")
    interview = session.get_one(Alter, alter).interview_id
    for _ in range(2):
        keep_names(session, interview, instrument, now=NOW)
    assert session.scalars(select(TypedName.name)).all() == kept


def test_a_position_is_kept_without_its_words_whatever_the_mode(session: Session, small: SmallStudy) -> None:
    site = session.scalars(select(Site).where(Site.code == "B")).one()
    role = session.scalars(select(Role).where(Role.code == "it")).one()
    alter = typed_in(session, small, label=f"{role.label} at {site.name}", site_id=site.id, role_id=role.id)
    instrument = loads(SOURCE.replace("modes: [roster, recall]", "modes: [roster, recall, position]"), "gde.yaml")
    keep_names(session, session.get_one(Alter, alter).interview_id, instrument, now=NOW)
    kept = session.scalars(select(TypedName)).one()
    assert (kept.alter_id, kept.name, kept.position) == (alter, None, True)


@pytest.mark.parametrize(("mode", "kept"), [("vault", ["Jo Bloggs"]), ("roster", [])])
def test_sending_answers_keeps_a_typed_name_only_under_a_vault(session: Session, mode: str, kept: list[str]) -> None:
    small = make_small_study(session, source=SOURCE.replace("names: roster", f"names: {mode}"))
    current = answered_about_ego(session, small)
    page = current.instrument.page("advice_names")
    naming.add_typed(session, current, page, "any", "Jo Bloggs", now=NOW)
    current = naming.done_naming(session, resume(session, current.invited), page, now=NOW)
    current = answer(session, current, "topic_grid", flow__1__epma=["i_get"])
    current = answer(session, current, "about_contacts/1", freq="weekly", formality="both", origin="friend")
    finish(session, answer(session, current, "story"), now=NOW)
    assert session.scalars(select(TypedName.name)).all() == kept
    assert session.scalars(select(Alter.label)).all() == [None]
    assert run(session, small.study.id, now=NOW).typed == len(kept)
