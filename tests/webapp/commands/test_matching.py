"""`flask matching`: run, asked, confirmed, refused, undone, and the names deleted at the end."""

from __future__ import annotations

import re

import pytest

from surveys.store import Store
from tests.small_study import SmallStudy
from tests.surveys.matching.naming import type_name


@pytest.fixture
def named(store: Store, study: SmallStudy) -> SmallStudy:
    """Somebody on the roster, a stranger named twice, and a name that the roster has twice."""
    with store.writing() as session:
        for ego, name, site in (
            ("p1", "Okafor, Dee", "B"),
            ("p1", "Boris Zimmer", "C"),
            ("p2", "B Zimmer", "C"),
            ("p2", "Raj Khan", None),
        ):
            type_name(session, study, ego, name, site)
    return study


def numbers(text: str) -> list[str]:
    """The numbers in the first column of a table."""
    return re.findall(r"^ *(\d+)  ", text, re.MULTILINE)


def test_from_a_run_to_names_deleted(succeed, refuse, named: SmallStudy) -> None:
    said = succeed("matching", "run")
    assert "4 typed names and positions, 4 of them new. Found now: 1 on the roster, 1 the same" in said
    assert "2 wait for a person to decide" in said
    asked = succeed("matching", "queue")
    assert "Raj Khan (no site or role)" in asked
    assert "Same name" in asked
    first, second = numbers(asked)[:2]
    assert "They stay two people." in succeed("matching", "refuse", first)
    assert "flask matching queue" in refuse("matching", "forget-names")
    assert "They are now one person." in succeed("matching", "confirm", second, "--by", "Ann")
    assert succeed("matching", "queue") == "Nothing waits for a decision.\n"
    assert "Deleted 4 typed names. The network stays as it was." in succeed("matching", "forget-names")
    assert "4 typed names were deleted" in succeed("matching", "decisions")


def test_a_decision_is_undone_by_its_number(succeed, named: SmallStudy) -> None:
    succeed("matching", "run")
    first = numbers(succeed("matching", "queue"))[0]
    succeed("matching", "confirm", first)
    line = numbers(succeed("matching", "decisions"))[0]
    assert "Taken back." in succeed("matching", "undo", line)
    assert "Taken back." not in succeed("matching", "undo", line)
    assert len(numbers(succeed("matching", "queue"))) == 2
    assert "found automatically" in succeed("matching", "decisions", "--automatic")


def test_who_comes_second_is_told_and_nothing_changes(succeed, refuse, named: SmallStudy) -> None:
    succeed("matching", "run")
    first = numbers(succeed("matching", "queue"))[0]
    succeed("matching", "confirm", first, "--by", "Ann")
    assert "decided before" in succeed("matching", "confirm", first)
    told = refuse("matching", "refuse", first)
    assert "You said “not the same person”, but Ann said “the same person”" in told


def test_what_cannot_be_is_refused_in_words(succeed, refuse, named: SmallStudy) -> None:
    assert "--confirmed must be above 0.5" in refuse("matching", "run", "--confirmed", "0.2")
    assert "could not find that question" in refuse("matching", "confirm", 99)
    assert "could not find that decision" in refuse("matching", "undo", 99)
    assert "not matched yet" in refuse("matching", "forget-names")
    assert "wave" in refuse("matching", "forget-names", "--wave", 9)
    assert "no study" in refuse("matching", "run", "--study", "none")
    assert succeed("matching", "decisions") == "Nothing was decided yet.\n"


def test_the_queue_shows_one_site(succeed, named: SmallStudy) -> None:
    succeed("matching", "run")
    assert len(numbers(succeed("matching", "queue", "--site", "B"))) == 1
    assert succeed("matching", "queue", "--site", "A") == "Nothing waits for a decision.\n"


def test_names_can_be_deleted_while_questions_wait(succeed, named: SmallStudy) -> None:
    succeed("matching", "run")
    said = succeed("matching", "forget-names", "--wave", 1, "--leave-undecided")
    assert "Deleted 4 typed names. 2 questions can no longer be decided." in said
    assert "Nothing waits." in succeed("matching", "run")
