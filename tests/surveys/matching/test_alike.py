"""How likely a written word stands for a name: itself above all, then its forms, its sound, a slip; else nothing."""

import pytest

from surveys.matching.alike import family_likelihoods, given_likelihoods, sound
from surveys.matching.short_forms import SHORT_FORMS


def given_name(word: str, name: str) -> float:
    return float(given_likelihoods([word], [name]).toarray()[0, 0])


def family_name(word: str, name: str) -> float:
    return float(family_likelihoods([word], [name]).toarray()[0, 0])


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("bob", "robert"),
        ("kate", "catherine"),
        ("liz", "elizabeth"),
        ("dai", "dafydd"),
        ("twm", "thomas"),
        ("mohamed", "mohammed"),
        ("raj", "rajesh"),
        ("alex", "alexander"),
    ],
)
def test_a_short_form_stands_for_the_name_and_the_name_for_it(short: str, name: str) -> None:
    assert given_name(short, name) >= 0.01
    assert given_name(name, short) >= 0.01


def test_a_name_stands_for_itself_above_all() -> None:
    assert given_name("robert", "robert") > given_name("r", "robert") > given_name("bob", "robert")
    assert given_name("bob", "robert") > given_name("robret", "robert") > 0
    assert family_name("smith", "smith") > family_name("smyth", "smith") > family_name("snith", "smith") > 0


def test_names_with_nothing_in_common_stand_for_nothing() -> None:
    assert given_name("bob", "alice") == 0
    assert family_name("smith", "khan") == 0


def test_a_slip_is_one_letter_wrong_missing_added_or_swapped() -> None:
    for slip in ("pattel", "ptael", "paltel", "pate", "patek"):
        assert family_name(slip, "patel") > 0


def test_half_of_a_compound_and_a_hyphen_left_out() -> None:
    assert family_name("smith", "smith-jones") > 0.1
    assert family_name("smithjones", "smith-jones") > 0.5
    assert family_name("smith-jones", "smith") > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("hussain", "hussein"), ("chowdhury", "choudhary"), ("phillips", "filips"), ("stephen", "stefan")],
)
def test_names_that_sound_alike_are_heard_as_one(one: str, other: str) -> None:
    assert sound(one) == sound(other)
    assert family_name(one, other) > 0


def test_forms_hold_both_ways_and_no_name_is_its_own() -> None:
    for name, forms in SHORT_FORMS.items():
        assert name not in forms
        assert all(name in SHORT_FORMS[form] for form in forms)
