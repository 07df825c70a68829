"""Why a question is asked, in words: what agrees, and what does not."""

import pytest

from surveys.matching.explaining import how_likely, reasons
from surveys.matching.scoring import Described


@pytest.mark.parametrize(
    ("typed", "other", "told"),
    [
        ("Rachel Owen", "Rachel Owen", ["Same name"]),
        ("Owen, Rachel", "Rachel Owen", ["Same family name", "Same given name"]),
        ("R Owen", "Rachel Owen", ["Same family name", "The initial fits"]),
        ("Bob O’Brien", "Robert O'Brien", ["Same family name", "“Bob” and “Robert” are forms of one name"]),
        ("Rachel Owne", "Rachel Owen", ["Family names sound alike", "Same given name"]),
        ("Rachel Oven", "Rachel Owen", ["Family names sound alike", "Same given name"]),
        ("Rachel Allen", "Rachel Allan", ["Family names sound alike", "Same given name"]),
        ("Ann Patek", "Ann Patel", ["Family names differ by a letter or two", "Same given name"]),
        ("Siân Jones", "Siân Rhys-Jones", ["Part of the family name is the same", "Same given name"]),
        ("Sam, regional team", "Samuel Li", ["No family name was given", "“Sam” and “Samuel” are forms of one name"]),
    ],
)
def test_names_are_compared_in_words(typed: str, other: str, told: list[str]) -> None:
    assert reasons(Described(typed, 1, 1), Described(other, 1, 1))[:-2] == told


def test_site_and_role_are_compared_where_they_are_known() -> None:
    def about(typed: tuple[int | None, int | None]) -> list[str]:
        return reasons(Described("Jo", *typed), Described("Jo", 1, 1))[-2:]

    assert about((1, 1)) == ["Same place of work", "Same role"]
    assert about((2, None)) == ["Different place of work", "No role was given"]


def test_a_score_in_words() -> None:
    assert [how_likely(score) for score in (0.9, 0.85, 0.7, 0.5)] == [
        "Very likely",
        "Very likely",
        "Likely",
        "Possible",
    ]
