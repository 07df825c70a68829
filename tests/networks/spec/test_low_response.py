"""What the manual says of low response holds on the published networks, in direction and size; and its page is made."""

import json
from pathlib import Path

import numpy as np
import pytest

from docs import make_low_response as low

DATA = Path(__file__).parents[4] / "shared" / "data" / "networks"
DRAWS = 300
published = pytest.mark.skipif(not DATA.exists(), reason="the public networks are not at hand")


@pytest.fixture(scope="module", params=low.NETWORKS)
def truth(request: pytest.FixtureRequest) -> low.Matrix:
    return low.read(DATA, request.param)


def drawn() -> np.random.Generator:
    return np.random.default_rng(11)


@published
def test_all_ties_grow_with_the_response_per_respondent_and_panel_do_not(truth: low.Matrix) -> None:
    found = low.growth(truth, (0.45, 0.75), DRAWS, drawn())
    assert 0.6 <= found["raw"] <= 0.85
    assert found["raw_low"] > 0
    assert abs(found["per_respondent"]) <= 0.04
    assert found["per_respondent_low"] < -0.15 and found["per_respondent_high"] > 0.25
    assert found["panel_low"] == found["panel"] == found["panel_high"] == 0
    assert found["jaccard"] < 0.5


@published
def test_limits_of_density_hold_it_and_close_in(truth: low.Matrix) -> None:
    wide, narrow = (low.limits(truth, rate, DRAWS, drawn()) for rate in (0.45, 0.9))
    assert wide["worst_held"] == narrow["worst_held"] == 1
    assert wide["likely_held"] >= 0.95 and narrow["likely_held"] >= 0.8
    for one in (wide, narrow):
        assert one["worst_low"] <= one["likely_low"] <= one["truth"] <= one["likely_high"] <= one["worst_high"]
    spread = [one["likely_high"] - one["likely_low"] for one in (wide, narrow)]
    assert spread[0] > 2.5 * spread[1]


@published
@pytest.mark.parametrize("rate", [0.3, 0.5, 0.75])
def test_coverage_is_near_what_a_large_roster_has(truth: low.Matrix, rate: float) -> None:
    found = low.covered(truth, rate, drawn())
    assert found["either"] == pytest.approx(found["large_either"], abs=0.02)
    assert found["both"] == pytest.approx(found["large_both"], abs=0.02)


@published
def test_reciprocity_is_halved_by_half_the_response_and_right_where_both_answered(truth: low.Matrix) -> None:
    found = low.reciprocity(truth, 0.5, DRAWS, drawn())
    assert 0.38 <= found["all_reports"] / found["truth"] <= 0.55
    assert found["both_answered"] == pytest.approx(found["truth"], abs=0.04)


@published
def test_brokers_are_found_late_and_the_most_named_early(truth: low.Matrix) -> None:
    found = [low.central(truth, rate, DRAWS, drawn()) for rate in (0.3, 0.5, 0.7, 0.9)]
    brokers = [one["brokers_found"] for one in found]
    assert brokers == sorted(brokers)
    assert brokers[0] < 0.4 and brokers[2] < 0.8 and brokers[3] > 0.65
    assert found[0]["in_degree_ranks"] > 0.5 > brokers[0]
    assert found[2]["in_degree_ranks"] > 0.85


def test_who_answers_is_as_many_as_the_rate_says() -> None:
    assert int(low.who_answers(21, 0.45, drawn()).sum()) == 9


def test_growth_of_a_network_drawn_by_hand() -> None:
    """All three name each other, and one of three answers, then two: always twice the ties."""
    found = low.growth(~np.eye(3, dtype=bool), (1 / 3, 2 / 3), 20, drawn())
    assert (found["raw"], found["per_respondent"], found["panel"]) == (1, 0, 0)
    assert found["jaccard_high"] == 1 / 2 and found["jaccard_low"] == 0


def test_the_page_shows_the_figures_that_were_worked_out() -> None:
    made = json.loads(low.FIGURES.read_text(encoding="utf-8"))
    page = (low.ROOT / "docs/measures.md").read_text(encoding="utf-8")
    assert low.section(made) in page
    row = made["networks"][low.NETWORKS["ht_advice"]]["growth"]["45 to 75"]
    assert f"| 45 to 75 | {row['raw']:+.0%} [" in page


def test_without_a_folder_it_says_what_to_give(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert low.main([str(tmp_path / "nowhere")]) == 1
    assert "Give the folder with the published networks" in capsys.readouterr().err
