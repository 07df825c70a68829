"""Filters in addresses."""

from hypothesis import given
from hypothesis import strategies as st

from dashboards.parts.address import NAMES, Choice, asked, notice, options, read
from dashboards.words import Words
from networks.release import Filters
from tests.dashboards.synthetic import release

WORDS = Words(release(count=4, each=5))
OFFERS = options(WORDS, {"one": "First study", "two": "Second study"})


def test_an_empty_address_chooses_nothing() -> None:
    choice, unknown = read("", OFFERS)
    assert choice.filters == Filters()
    assert choice.query == ""
    assert not unknown


def test_an_address_sets_each_filter() -> None:
    choice, unknown = read("?study=two&wave=2&topic=records&role=nurse&formality=informal&site=s1", OFFERS)
    assert choice.filters == Filters(topic="records", wave=2, role="nurse", formality="informal")
    assert (choice.values["study"], choice.site, list(unknown)) == ("two", "s1", [])


def test_an_unknown_value_is_left_at_its_default_and_said() -> None:
    choice, unknown = read("?wave=9&topic=records&role=<b>", OFFERS)
    assert choice.values == {"topic": "records"}
    said = notice(unknown, asked("?wave=9&topic=records&role=<b>"))
    assert said == "There is no wave “9” and no role “<b>” here, so this page shows all of them. Choose again below."


def test_the_word_for_all_is_no_choice() -> None:
    choice, unknown = read("?wave=all&topic=all", OFFERS)
    assert choice.query == ""
    assert not unknown


def test_a_choice_writes_its_address_in_the_order_of_the_filters() -> None:
    assert Choice({"site": "s1", "wave": "2", "topic": "a b"}).query == "?wave=2&topic=a+b&site=s1"


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 20), max_size=6))
def test_what_is_written_is_read_again(places: dict[str, int]) -> None:
    values = {}
    for name, place in places.items():
        codes = list(OFFERS[name])
        values[name] = codes[place % len(codes)]
    choice, unknown = read(Choice(values).query, OFFERS)
    assert choice.values == values
    assert not unknown


@given(st.text(max_size=60))
def test_any_text_at_all_is_read(search: str) -> None:
    choice, unknown = read(search, OFFERS)
    assert all(choice.values[name] in OFFERS[name] for name in choice.values)
    assert not set(unknown) & set(choice.values)
