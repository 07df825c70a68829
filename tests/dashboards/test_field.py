"""A wave in figures and sentences."""

from datetime import UTC, datetime

import polars as pl
import pytest

from dashboards.pages.field import closing, coverage, mix, top_line

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
COUNTS = {"invited": 20, "opened": 15, "started": 12, "finished": 10, "declined": 1}


def test_coverage_is_the_share_of_pairs_with_an_end_who_answered() -> None:
    assert coverage(10, 20) == 0.75
    assert (coverage(0, 20), coverage(20, 20), coverage(0, 0)) == (0, 1, None)


def test_the_top_line_counts_every_step_and_sets_the_share_against_the_target() -> None:
    values = {one.name: one for one in top_line(COUNTS, None, NOW)}
    assert [values[name].value for name in ("Invited", "Opened", "Started", "Finished", "Declined")] == [
        *("20", "15", "12", "10", "1")
    ]
    assert (values["Answered"].value, values["Answered"].about) == ("50%", "10 of 20; target 60%: 2 more people needed")
    assert values["Network coverage"].value == "75%"


def test_a_target_that_is_reached_says_so() -> None:
    answered = next(one for one in top_line({**COUNTS, "finished": 12}, None, NOW) if one.name == "Answered")
    assert answered.about.endswith("target 60%: reached")


@pytest.mark.parametrize(
    ("closes", "said"),
    [
        (datetime(2026, 5, 10, 17, tzinfo=UTC), [("Days left", "9", "closes on 10 May 2026")]),
        (datetime(2026, 4, 30, 17, tzinfo=UTC), [("Closed", "30 April 2026", "")]),
        (None, []),
    ],
)
def test_days_left_until_it_closes_and_the_day_once_it_has(
    closes: datetime | None, said: list[tuple[str, str, str]]
) -> None:
    assert [(one.name, one.value, one.about) for one in closing(closes, NOW)] == said


def roles(asked: list[int], told: list[int]) -> pl.DataFrame:
    return pl.DataFrame({"label": ["Doctor", "Nurse", "Manager"], "invited": asked, "finished": told})


def test_a_mix_that_differs_names_the_roles_and_both_shares() -> None:
    said = mix(roles([10, 10, 20], [1, 5, 4]))
    assert said == (
        "Nurse makes up 50% of answers and 25% of those invited; "
        "Doctor makes up 10% of answers and 25% of those invited."
    )


def test_a_mix_that_is_alike_says_so_and_no_answers_say_nothing() -> None:
    assert (
        mix(roles([10, 10, 20], [5, 5, 10])) == "The mix of roles among answers is within 3 points of the mix invited."
    )
    assert mix(roles([10, 10, 20], [0, 0, 0])) == ""
