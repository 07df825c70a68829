"""Answers off the route: kept in the store, neither asked nor sent nor told, and back when somebody goes back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys import frames, naming
from surveys.answer_frames import answers
from surveys.interviews import OpenInterview, finish
from surveys.tables import Answer, Nomination
from tests.small_study import NOW, SmallStudy, make_small_study
from tests.surveys.whole import again, put, start

SAMPLE = (Path(__file__).parents[1] / "instruments" / "samples" / "off_route.yaml").read_text(encoding="utf-8")
ROLES = "".join(f"  - {{id: {role}, label: {role}}}\n" for role in ("pharmacist", "cio", "it", "nurse", "analyst"))
SOURCE = SAMPLE.replace("pages:\n", f"roles:\n{ROLES}pages:\n", 1)


def said_yes(session: Session) -> tuple[SmallStudy, OpenInterview]:
    """Somebody who said yes, and then all that hangs on it."""
    small = make_small_study(session, source=SOURCE)
    current = put(session, start(session, small), "consent", {"agree": "yes"})
    for step, fields in (
        ("one", {"a": "yes", "low": "5"}),
        ("two", {"b": "yes"}),
        ("three", {"c": "See"}),
        ("four", {"d": "Do"}),
        ("five", {"x": "yes", "y": "Why"}),
        ("six", {"e": "Ease"}),
    ):
        current = put(session, current, step, fields)
    page = current.instrument.page("names")
    naming.add_typed(session, current, page, "any", "Jo", now=NOW)
    naming.done_naming(session, again(session, current), page, now=NOW)
    current = put(session, again(session, current), "each/1", {"often.1": "yes"})
    return small, put(session, current, "some", {"high": "9"})


def keys(current: OpenInterview) -> list[str]:
    return [step.key for step in current.route]


def test_taking_back_an_answer_takes_all_that_follows_off_the_route_and_loses_nothing(session: Session) -> None:
    _, whole = said_yes(session)
    before = session.scalar(select(func.count(Answer.id)))
    off = put(session, whole, "one", {"a": "no", "low": "5"})
    assert keys(off) == keys(again(session, off)) == ["consent", "one", "five", "done"]
    calculated = 1
    assert session.scalar(select(func.count(Answer.id))) == before - calculated
    back = again(session, put(session, off, "one", {"a": "yes", "low": "5"}))
    assert (back.responses.answers, keys(back)) == (whole.responses.answers, keys(whole))


def test_what_is_off_the_route_is_neither_a_tie_nor_told_when_the_answers_are_sent(session: Session) -> None:
    small, whole = said_yes(session)
    finish(session, put(session, whole, "one", {"a": "no", "low": "5"}), now=NOW)
    assert frames.ties(session, small.study.id).is_empty()
    assert answers(session, small.wave, "alter").is_empty()
    told = answers(session, small.wave, personal=True).row(0, named=True)
    skipped = {name for name, text in told.items() if text == "skipped"}
    assert skipped == {"b", "more", "c", "d", "x", "e", "names", "high"}
    assert (told["a"], told["low"], told["y"]) == ("false", "5", "Why")


def test_nothing_off_the_route_outlives_the_sending(session: Session) -> None:
    _, whole = said_yes(session)
    finish(session, put(session, whole, "one", {"a": "no", "low": "5"}), now=NOW)
    told = set(session.scalars(select(Answer.item).where(Answer.missing.is_(None))))
    assert told == {"agree", "a", "low", "y"}
    assert session.scalar(select(func.count()).select_from(Nomination)) == 0


def test_a_question_that_was_ruled_out_when_its_page_was_saved_is_asked_once_it_may_be(session: Session) -> None:
    small = make_small_study(session, source=SOURCE)
    current = put(session, start(session, small), "consent", {"agree": "yes"})
    current = put(session, put(session, current, "one", {"a": "no", "low": "5"}), "five", {"y": "Why"})
    assert "five" in current.responses.done
    now = put(session, current, "one", {"a": "yes", "low": "5"})
    assert "five" not in now.responses.done
    assert again(session, now).responses.done == now.responses.done


def test_what_is_on_the_route_is_a_tie_and_told(session: Session) -> None:
    small, whole = said_yes(session)
    finish(session, whole, now=NOW)
    assert frames.ties(session, small.study.id).height == 1
    assert answers(session, small.wave, "alter")["often"].to_list() == ["true"]
    assert answers(session, small.wave, personal=True)["more"].to_list() == ["6"]
