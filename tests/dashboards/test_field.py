"""A wave in figures and sentences."""

from datetime import UTC, datetime

import polars as pl
import pytest

from dashboards.pages.absent import lowest_quarter, mix
from dashboards.pages.field import closing, needed, steps, top_line
from dashboards.parts.counts import Count

NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
COUNTS = {"invited": 20, "opened": 15, "started": 12, "finished": 10, "declined": 1}


def test_the_gap_is_in_whole_people_and_never_below_nought() -> None:
    assert (needed(10, 20, 0.6), needed(12, 20, 0.6), needed(20, 20, 0.6)) == (2, 0, 0)
    assert needed(0, 7, 0.5) == 4


def test_steps_that_only_mail_knows_are_left_out_until_it_does() -> None:
    rows = pl.DataFrame({name: [1] for name in COUNTS} | {"delivered": [0], "unreachable": [2]})
    assert steps(rows) == ["invited", "opened", "started", "finished", "declined", "unreachable"]


def test_the_top_line_counts_every_step_and_sets_the_share_against_the_target() -> None:
    values = {one.name: one for one in top_line(COUNTS, 0.6, None, NOW)}
    assert [values[name].value for name in ("Invited", "Opened", "Started", "Finished", "Declined")] == [
        *("20", "15", "12", "10", "1")
    ]
    assert (values["Answered"].value, values["Answered"].about) == ("50%", "10 of 20; target 60%: 2 more people needed")
    assert values["Network coverage"].value == "76%"  # of 190 pairs, 45 have no end who answered


def test_the_top_line_has_what_mail_knows_and_what_lies_ahead() -> None:
    expected = Count("Expected in the end", "61%", "likely")
    named = [one.name for one in top_line({**COUNTS, "delivered": 19, "unreachable": 1}, 0.6, None, NOW, [expected])]
    assert named == [
        *("Invited", "Delivered", "Opened", "Started", "Finished", "Declined", "Unreachable", "Answered"),
        *("Expected in the end", "Network coverage"),
    ]


def test_a_target_that_is_reached_says_so() -> None:
    answered = next(one for one in top_line({**COUNTS, "finished": 12}, 0.6, None, NOW) if one.name == "Answered")
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
    rows = pl.DataFrame({"label": ["Doctor", "Nurse", "Manager"], "invited": asked, "finished": told})
    shares = {"asked": pl.col("invited") / sum(asked), "told": pl.col("finished") / (sum(told) or None)}
    return rows.with_columns(**shares).with_columns(points=100 * (pl.col("told") - pl.col("asked")))


def test_a_mix_that_differs_names_the_roles_both_shares_and_the_points_between() -> None:
    said = mix(roles([10, 10, 20], [1, 5, 4]))
    assert said == (
        "Nurse makes up 50% of answers and 25% of those invited, 25 points more; "
        "Doctor makes up 10% of answers and 25% of those invited, 15 points fewer."
    )


def test_a_mix_that_is_alike_says_so_and_no_answers_say_nothing() -> None:
    assert mix(roles([10, 10, 20], [5, 5, 10])) == "The mix of answers is within 3 points of the mix invited."
    assert mix(roles([10, 10, 20], [0, 0, 0])) == ""


def test_the_quarter_of_sites_that_answer_least_is_set_against_its_size() -> None:
    sites = pl.DataFrame({"invited": [10, 10, 10, 10, 40], "finished": [1, 6, 6, 6, 21]})
    said = "The 1 site with the lowest response holds 12% of those invited and 2% of answers."
    assert lowest_quarter(sites) == said
    assert lowest_quarter(sites.head(3)) == ""
