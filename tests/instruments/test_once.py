"""What follows from a questionnaire is worked out once for each, and never taken for another's."""

from __future__ import annotations

from instruments.once import KEPT, once
from instruments.schema import Instrument

from .interviews import sample


def test_each_questionnaire_is_asked_once() -> None:
    asked: list[Instrument] = []

    @once
    def title(instrument: Instrument) -> str:
        asked.append(instrument)
        return str(instrument.title)

    one = sample("off_route")
    other = one.model_copy(update={"title": "Another"})
    assert [title(one), title(other), title(one)] == [one.title, "Another", one.title]
    assert asked == [one, other]


def test_a_copy_with_the_same_words_is_another() -> None:
    one, place = sample("off_route"), once(id)
    copy = one.model_copy()
    assert copy == one
    assert (place(one), place(copy)) == (id(one), id(copy))


def test_no_number_is_given_twice_while_it_is_remembered() -> None:
    """More questionnaires than are kept, each gone at once: a new one in an old one's place is not taken for it."""
    one, title = sample("off_route"), once(lambda instrument: instrument.title)
    for number in range(4 * KEPT):
        assert title(one.model_copy(update={"title": str(number)})) == str(number)
