"""Misspelt words of a search are read as the words that somebody on the roster has, a slip of the keys away."""

from random import Random

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from surveys.people import new_key, search_text
from surveys.spelling import mended
from surveys.tables import Invitation, Person
from tests.small_study import NOW, SmallStudy

LETTERS = "aehknost"


def put_on_roster(session: Session, small: SmallStudy, names: list[str]) -> None:
    """These people and nobody else, without job and site."""
    template = small.people["p3"]
    places = {"site_id": template.site_id, "role_id": template.role_id}
    session.execute(delete(Invitation))
    session.execute(delete(Person))
    for number, name in enumerate(names):
        text = search_text(name, None, "")
        session.add(
            Person(
                key=new_key(),
                study_id=small.study.id,
                reference=f"n{number}",
                name=name,
                search_text=text,
                **places,
            )
        )
    session.flush()


def slips_between(one: str, other: str) -> int:
    """Letters wrong, missing, added or swapped with their neighbour: the definition, letter by letter."""
    rows = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            wrong = rows[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            rows[i][j] = min(wrong, rows[i - 1][j] + 1, rows[i][j - 1] + 1)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def readings_by_definition(word: str, roster: list[str]) -> tuple[str, ...]:
    if any(other.startswith(word) for other in roster):
        return (word,)
    slips = 2 if len(word) >= 8 else 1
    alike = [other for other in roster if set(word[:2]) & set(other[:2])]
    beginnings = {other[: len(word) + extra] for other in alike for extra in range(-slips, slips + 1)}
    near = sorted((slips_between(word, other), other) for other in beginnings if len(other) > slips)
    return tuple(other for made, other in near if made <= slips)[:5]


def some_word(chance: Random, shortest: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(shortest, 10)))


def test_readings_are_those_of_the_definition(session: Session, small: SmallStudy) -> None:
    chance = Random(11)
    roster = [some_word(chance, 2) for _ in range(150)]
    put_on_roster(session, small, roster)
    searched = [some_word(chance, 4) for _ in range(60)] + [
        name[:-2] + name[-1] for name in roster[:60] if len(name) > 5
    ]
    expected = [readings_by_definition(word, roster) for word in searched]
    assert mended(session, small.study.id, searched) == expected
    assert sum(len(found) > 1 for found in expected) > 10


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("khan", ("khan",)),
        ("kha", ("kha",)),
        ("kahn", ("khan",)),
        ("khna", ("kha", "khan")),
        ("khann", ("khan",)),
        ("okarof", ()),
        ("okafro", ("okafo", "okafor")),
        ("oakfro", ()),
        ("pharmasict", ("pharmacist",)),
        ("han", ()),
    ],
)
def test_a_word_is_read_as_what_somebody_has(
    session: Session, small: SmallStudy, word: str, readings: tuple[str, ...]
) -> None:
    put_on_roster(session, small, ["Raj Khan", "Ben Okafor", "Pharmacist"])
    assert mended(session, small.study.id, [word]) == [readings]


def test_words_of_those_gone_and_of_other_studies_mend_nothing(session: Session, small: SmallStudy) -> None:
    put_on_roster(session, small, ["Raj Khan"])
    assert mended(session, small.study.id + 1, ["kahn"]) == [()]
    session.execute(update(Person).values(left_at=NOW))
    assert mended(session, small.study.id, ["kahn", "raj"]) == [(), ()]
