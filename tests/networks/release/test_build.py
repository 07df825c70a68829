"""A release counts once, and holds nobody's name."""

from collections.abc import Callable
from dataclasses import fields

import polars as pl
import pytest

from networks.columns import LABELS, RESPONSE, SITES, TIES, MissingColumn
from networks.release import (
    Filters,
    Release,
    UnprotectedAudience,
    build,
    flow_matrix,
    growth,
    net_giving,
    response_by,
    response_over_time,
    site_flows,
    whole,
)

Maker = Callable[..., pl.DataFrame]
QUESTIONS = {
    "response_by": response_by,
    "response_over_time": response_over_time,
    "flow_matrix": flow_matrix,
    "flow_matrix_region": lambda release, filters: flow_matrix(release, filters, "region"),
    "site_flows": site_flows,
    "net_giving": net_giving,
    "growth": growth,
    "whole": whole,
}


def tables(release: Release) -> dict[str, pl.DataFrame]:
    values = {field.name: getattr(release, field.name) for field in fields(release)}
    return {name: value for name, value in values.items() if isinstance(value, pl.DataFrame)}


def test_no_person_is_in_any_table(make_ties: Maker, make_response: Maker, sites: pl.DataFrame) -> None:
    people = ["a1", "a2", "b1"]
    ties = make_ties("a1 > b1", "b1 > a2")
    release = build(ties, make_response(people, {"a1": 1, "b1": 1}), sites, LABELS.empty())
    for name, table in tables(release).items():
        texts = table.select(pl.col(pl.String))
        found = {value for column in texts.iter_columns() for value in column} & set(people)
        assert not found, name
    assert release.flows.height and release.per_person.height and release.whole.height


def test_a_persons_number_is_the_same_in_every_wave_and_not_their_place_in_the_list(
    make_response: Maker, sites: pl.DataFrame
) -> None:
    people = [f"a{number}" for number in range(10, 40)]
    waves = [make_response(people, dict.fromkeys(people, 1), wave) for wave in (1, 2)]
    release = build(TIES.empty(), pl.concat(waves), sites, LABELS.empty())
    first, second = (release.per_person.filter(pl.col("wave") == wave).sort("respondent") for wave in (1, 2))
    assert first["respondent"].to_list() == second["respondent"].to_list() == list(range(1, 31))
    assert first["role"].to_list() == second["role"].to_list()
    assert first["role"].to_list() != [f"role_{person[-1]}" for person in people]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_study_answers_every_question_with_no_rows(question: str) -> None:
    release = build(TIES.empty(), RESPONSE.empty(), SITES.empty(), LABELS.empty())
    assert QUESTIONS[question](release, Filters()).is_empty()
    assert release.stamp == "Nobody has been invited yet"


@pytest.mark.parametrize("question", QUESTIONS)
def test_filters_that_nothing_meets_answer_without_error(
    question: str, make_ties: Maker, make_response: Maker, sites: pl.DataFrame
) -> None:
    release = build(make_ties("a1 > b1"), make_response(["a1", "b1"], {"a1": 1}), sites, LABELS.empty())
    unmet = Filters(topic="none such", wave=9, role="none such", formality="both")
    assert QUESTIONS[question](release, unmet).is_empty()


def test_the_stamp_says_waves_answers_and_when(make_response: Maker, sites: pl.DataFrame) -> None:
    release = build(TIES.empty(), make_response(["a1", "b1"], {"a1": 3}), sites, LABELS.empty())
    assert release.stamp == "Wave 1: 1 of 2 interviews finished, data as of 8 January 2026, 09:00 UTC"


def test_only_analysts_may_have_an_unprotected_release() -> None:
    with pytest.raises(UnprotectedAudience, match='no release can be made for "programme"'):
        build(TIES.empty(), RESPONSE.empty(), SITES.empty(), LABELS.empty(), audience="programme")


def test_a_frame_that_breaks_its_contract_is_refused() -> None:
    with pytest.raises(MissingColumn, match='"finished_at"'):
        build(TIES.empty(), RESPONSE.empty().drop("finished_at"), SITES.empty(), LABELS.empty())
