"""A name is taken apart as people write it, and compared as people misspell, shorten and write it down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.matching.names import Reading, on_roster, plain, readings


@pytest.mark.parametrize(
    ("text", "given_name", "family"),
    [
        ("John Smith", "john", "smith"),
        ("Smith, John", "john", "smith"),
        ("J Smith", "j", "smith"),
        ("J. Smith", "j", "smith"),
        ("J.A. Smith", "j", "smith"),
        ("Dr John Smith", "john", "smith"),
        ("Prof. Sir John Smith PhD", "john", "smith"),
        ("Sister Joan Smith", "joan", "smith"),
        ("Mary Ann Smith", "mary", "smith"),
        ("Siân O’Brien-Jones", "sian", "obrien-jones"),
        ("Ludwig van der Berg", "ludwig", "vanderberg"),
        ("Fatima al-Hassan", "fatima", "alhassan"),
        ("Fatima Al Hassan", "fatima", "alhassan"),
        ("Zoë Łuczak", "zoe", "luczak"),
        ("John Smith from our supplier", "john", "smith"),
        ("john.smith@example.org", "john", "smith"),
        ("John Smith @ Site B", "john", "smith"),
        ("John Smith - pharmacy", "john", "smith"),
        ("John Smith, the pharmacist upstairs", "john", "smith"),
    ],
)
def test_the_likeliest_reading_of_a_name(text: str, given_name: str, family: str) -> None:
    first = readings(text)[0]
    assert (first.given, first.family) == (given_name, family)
    assert first.whole


def test_a_name_in_brackets_is_another_given_name() -> None:
    assert {one.given for one in readings("Robert (Bob) Smith")} >= {"robert", "bob"}


def test_a_name_may_be_turned_round_and_that_is_less_likely() -> None:
    straight, turned = readings("Rachel Owen")
    assert (straight.given, turned.given) == ("rachel", "owen")
    assert straight.weight > 10 * turned.weight


@pytest.mark.parametrize("text", ["JA Smith", "Smith JA"])
def test_two_letters_may_be_two_initials(text: str) -> None:
    assert any((one.given, one.family, one.middles) == ("j", "smith", ("a",)) for one in readings(text))
    assert sum(one.weight for one in readings(text)) == pytest.approx(1)


@pytest.mark.parametrize("text", ["Jo", "Jo, supplier help desk", "Kim from our supplier", "Dr Patel"])
def test_half_a_name_is_not_a_whole_one(text: str) -> None:
    assert readings(text) != ()
    assert not any(one.whole for one in readings(text))


@pytest.mark.parametrize("text", ["", "   ", "123", "?!", "-"])
def test_a_text_without_a_word_has_no_reading(text: str) -> None:
    assert readings(text) == ()


def test_a_name_of_the_roster_may_stand_family_name_first() -> None:
    assert on_roster("SMITH, John") == on_roster("John Smith") == Reading("john", "smith", 1.0)
    assert on_roster("Ana García López").middles == ("garcia",)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for one in readings(text):
        assert 0 < one.weight <= 1
        assert one.given or one.family
    on_roster(text)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)
