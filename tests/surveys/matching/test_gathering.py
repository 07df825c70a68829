"""Who is meant is weighed against coincidence: two who fit alike share what there is to believe, and a person is asked.

The hand-made roster: 40 sites with 10 people each, whose names are invented, and a few named people at sites 1 and 2.
"""

import pytest

from surveys.matching.gathering import BadThresholds, Group, Mention, Thresholds, find_people, gather
from surveys.matching.scoring import Described

LETTERS = "bcdfghjklmnprstvwz"
NOBODY = {
    1000 + at: Described(
        f"{LETTERS[at % 18].upper()}ax{at % 7}o Qu{LETTERS[at % 13]}{LETTERS[at % 17]}er", at % 40, at % 6
    )
    for at in range(400)
}
PEOPLE = NOBODY | {
    1: Described("John Smith", 1, 1),
    2: Described("John Smith", 2, 2),
    3: Described("Jane Taylor", 1, 1),
    4: Described("Jack Taylor", 1, 1),
    5: Described("Robert O’Brien", 3, 1),
    6: Described("Siân Rhys-Jones", 4, 2),
    7: Described("Rachel Owen", 5, 3),
    8: Described("Anna Brown", 6, 1),
    9: Described("Anna Brown", 6, 2),
}


def best(
    name: str, site: int | None = None, role: int | None = None, *, not_them: tuple[int, ...] = ()
) -> tuple[int, float]:
    mention = Mention(1, 1, Described(name, site, role), frozenset(not_them))
    found = find_people([mention], PEOPLE)[0]
    return (found[0].row, found[0].score) if found else (0, 0.0)


@pytest.mark.parametrize(
    ("name", "person", "site"),
    [
        ("Rachel Owen", 7, 5),
        ("Owen, Rachel", 7, 5),
        ("Owen Rachel", 7, 5),
        ("Dr Rachel Owen", 7, 5),
        ("R Owen", 7, 5),
        ("RM Owen", 7, 5),
        ("Owen RM", 7, 5),
        ("rachel.owen@example.org", 7, 5),
        ("Rach Owen", 7, 5),
        ("Rachel Owne", 7, 5),
        ("Rachael Owen", 7, 5),
        ("Rachel Mary Owen", 7, 5),
        ("Bob OBrien", 5, 3),
        ("Robert O Brien", 5, 3),
        ("rob o'brien", 5, 3),
        ("Sian Rhys Jones", 6, 4),
        ("Sian Jones", 6, 4),
    ],
)
def test_somebody_is_found_however_the_name_is_written(name: str, person: int, site: int) -> None:
    found, score = best(name, site)
    assert found == person
    assert score >= Thresholds().confirmed


def test_somebody_is_found_without_a_site_and_with_a_wrong_one_when_the_name_is_rare() -> None:
    assert best("Rachel Owen")[1] >= Thresholds().confirmed
    assert best("Rachel Owen", 9)[0] == 7


def test_two_of_one_name_are_told_apart_by_site_or_role_and_never_guessed() -> None:
    assert best("John Smith", 1) == (1, pytest.approx(1, abs=0.05))
    assert best("John Smith", 2) == (2, pytest.approx(1, abs=0.05))
    assert best("John Smith")[1] <= 0.5
    assert best("Anna Brown", 6)[1] <= 0.5
    assert best("Anna Brown", 6, 2)[0] == 9


def test_an_initial_that_fits_two_of_a_site_is_not_enough() -> None:
    assert best("J Taylor", 1)[1] <= 0.5
    assert best("Jane Taylor", 1)[0] == 3
    assert best("Jane Taylor", 1)[1] >= Thresholds().confirmed


def test_half_a_name_is_never_enough() -> None:
    assert 0 < best("Rachel", 5, 3)[1] < Thresholds().confirmed
    assert 0 < best("Dr Owen", 5, 3)[1] < Thresholds().confirmed


def test_nobody_is_found_for_a_stranger_or_by_site_and_role_alone() -> None:
    assert best("Boris Zimmer", 5, 3) == (0, 0.0)
    assert best("", 5, 3) == (0, 0.0)


def test_the_respondent_and_those_picked_in_the_interview_are_not_meant() -> None:
    assert best("Rachel Owen", 5, 3, not_them=(7,))[0] != 7


def test_scores_of_all_and_of_nobody_add_up_to_one() -> None:
    found = find_people([Mention(1, 1, Described("John Smith"))], PEOPLE, most=1000)[0]
    assert sum(one.score for one in found) < 1
    assert all(0 < one.score < 1 for one in found)


def grouped(
    *named: tuple[str, int | None, int], before: tuple[Group, ...] = (), apart: tuple[tuple[int, int], ...] = ()
) -> list[list[int]]:
    """The groups of mentions given as name, site and interview; alters are numbered from 1."""
    mentions = [Mention(at, one[2], Described(one[0], one[1])) for at, one in enumerate(named, 1)]
    meant = dict(zip(range(1, len(named) + 1), find_people(mentions, PEOPLE), strict=True))
    found = gather(mentions, meant, PEOPLE, before=before, apart=apart)
    return sorted(sorted(group.alters) for group in found.groups)


def test_a_stranger_named_by_several_is_one() -> None:
    assert grouped(("Boris Zimmer", 5, 1), ("Zimmer, Boris", 5, 2), ("B Zimmer", 5, 3)) == [[1, 2, 3]]


def test_a_stranger_without_a_site_is_the_one_with_it_when_the_name_is_rare() -> None:
    assert grouped(("Boris Zimmer", 5, 1), ("Boris Zimmer", None, 2)) == [[1, 2]]


def test_two_named_in_one_interview_are_two() -> None:
    assert grouped(("Boris Zimmer", 5, 1), ("Boris Zimmer", 5, 1)) == [[1], [2]]


def test_two_pairs_of_initials_that_may_be_two_people_of_the_roster_stay_two() -> None:
    assert grouped(("J Taylor", 1, 1), ("J Taylor", 1, 2)) == [[1], [2]]


def test_half_names_stay_apart() -> None:
    assert grouped(("Jo, supplier", 5, 1), ("Jo", 5, 2), ("Jo from the region", None, 3)) == [[1], [2], [3]]


def test_what_somebody_decided_to_be_two_stays_two() -> None:
    assert grouped(("Boris Zimmer", 5, 1), ("Boris Zimmer", 5, 2), apart=((2, 1),)) == [[1], [2]]


def test_a_group_made_earlier_grows() -> None:
    before = Group(Described("Boris Zimmer", 5), (), [77], {9})
    assert grouped(("Boris Zimmer", 5, 1), before=(before,)) == [[1, 77]]
    assert grouped(("Boris Zimmer", 5, 9), before=(before,)) == [[1], [77]]


def test_thresholds_that_make_no_sense_are_refused() -> None:
    for confirmed, asked in ((0.4, 0.3), (1.1, 0.3), (0.9, 0.95), (0.9, 0)):
        with pytest.raises(BadThresholds, match="--confirmed"):
            Thresholds(confirmed, asked)


def test_several_respondents_who_give_one_other_site_mean_somebody_else() -> None:
    """One "Rachel Owen at site 9" may be a slip for the one at site 5; three respondents do not make the same slip."""

    def scores(*egos: int) -> list[float]:
        mentions = [Mention(at, at, Described("Rachel Owen", 9), ego=ego) for at, ego in enumerate(egos)]
        return [found[0].score for found in find_people(mentions, PEOPLE)]

    assert scores(1)[0] == pytest.approx(scores(1, 1)[0], abs=0.01)
    assert scores(1)[0] > 0.6
    assert all(score < Thresholds().asked for score in scores(1, 2, 3))
