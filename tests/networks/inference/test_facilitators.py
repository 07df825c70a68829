"""What may help knowledge along between sites and people, from a small study drawn by hand."""

import numpy as np
import polars as pl
import pytest

from networks.columns import SITES, MissingColumn
from networks.inference.facilitators import ever, people_terms, site_terms, ties_of_people, ties_of_sites
from networks.inference.mrqap import mrqap

NAN = np.nan


@pytest.fixture
def three() -> pl.DataFrame:
    """a and b in the north; a's partner is c; b and c run one system; c's place and b's grouping are not known."""
    rows = [
        {"site": "site_a", "region": "north", "core_system": "one", "grouping": "g", "care_setting": "acute",
         "pair": "site_c", "latitude": 53.0, "longitude": -2.0},
        {"site": "site_b", "region": "north", "core_system": "two", "grouping": None, "care_setting": "acute",
         "pair": None, "latitude": 54.0, "longitude": -2.0},
        {"site": "site_c", "region": "south", "core_system": "two", "grouping": "g", "care_setting": "unknown",
         "pair": None, "latitude": None, "longitude": None},
    ]  # fmt: skip
    return pl.DataFrame([{"label": row["site"], **row} for row in rows], schema=SITES.schema)


def test_what_sites_have_in_common(three: pl.DataFrame) -> None:
    terms = site_terms(three)
    assert list(terms) == [
        "same_core_system",
        "same_region",
        "same_grouping",
        "same_care_setting",
        "paired",
        "distance_km",
    ]
    np.testing.assert_array_equal(terms["same_core_system"], [[1, 0, 0], [0, 1, 1], [0, 1, 1]])
    np.testing.assert_array_equal(terms["same_region"], [[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    np.testing.assert_array_equal(terms["same_grouping"], [[1, NAN, 1], [NAN, NAN, NAN], [1, NAN, 1]])
    np.testing.assert_array_equal(terms["same_care_setting"], [[1, 1, NAN], [1, 1, NAN], [NAN, NAN, NAN]])
    np.testing.assert_array_equal(terms["paired"], [[0, 0, 1], [0, 0, 0], [1, 0, 0]])
    assert terms["distance_km"][0].tolist() == pytest.approx([0, 111.19, NAN], abs=0.01, nan_ok=True)


def test_people_have_in_common_what_their_sites_have(three: pl.DataFrame) -> None:
    people = pl.DataFrame({"site": ["site_a", "site_a", "site_c", None], "role": ["it", "nurse", "it", "unknown"]})
    terms = people_terms(people, three)
    known = [[1, 0, 1, NAN], [0, 1, 0, NAN], [1, 0, 1, NAN], [NAN] * 4]
    np.testing.assert_array_equal(terms["same_role"], known)
    np.testing.assert_array_equal(terms["same_site"][0], [1, 1, 0, NAN])
    np.testing.assert_array_equal(terms["paired"][1], [0, 0, 1, NAN])
    assert terms["distance_km"][0, 1] == 0


def test_sites_that_are_not_of_the_study_are_not_known(three: pl.DataFrame) -> None:
    terms = site_terms(three, ["site_b", "elsewhere"])
    assert {name: bool(np.isnan(matrix[0, 1])) for name, matrix in terms.items()} == dict.fromkeys(terms, True)


def test_a_study_without_sites_has_empty_matrices() -> None:
    assert {matrix.shape for matrix in site_terms(SITES.empty()).values()} == {(0, 0)}


def test_a_frame_without_a_column_is_refused(three: pl.DataFrame) -> None:
    with pytest.raises(MissingColumn, match='"pair"'):
        site_terms(three.drop("pair"))


def test_people_are_tied_by_topics_and_the_silent_are_not_known(make_ties, make_response) -> None:
    """a1 goes to b1 about two topics and to c1 about one; b1 answered and names nobody; c1 did not answer."""
    ties = pl.concat([make_ties("a1 > b1", "a1 > c1"), make_ties("a1 > b1", topic="pas"), make_ties("b1 > a1", wave=2)])
    found = ties_of_people(ties, make_response(["a1", "b1", "c1"], {"a1": 1, "b1": 2}), ["a1", "b1", "c1"], 1)
    np.testing.assert_array_equal(found, [[0, 2, 1], [0, 0, 0], [NAN, NAN, NAN]])
    np.testing.assert_array_equal(ever(found), [[0, 1, 1], [0, 0, 0], [NAN, NAN, NAN]])


def test_sites_are_tied_by_pairs_of_people(make_ties, make_response, three: pl.DataFrame) -> None:
    """From site a two pairs go to site b (one of them about two topics); nobody of site c answered."""
    ties = pl.concat([make_ties("a1 > b1", "a2 > b1", "b1 > a1", "a1 > a2"), make_ties("a1 > b1", topic="pas")])
    response = make_response(["a1", "a2", "b1", "c1"], {"a1": 1, "a2": 1, "b1": 2})
    found = ties_of_sites(ties, response, three, 1)
    np.testing.assert_array_equal(found, [[1, 2, 0], [1, 0, 0], [NAN, NAN, NAN]])


def test_alters_off_the_roster_are_no_nodes(make_ties, make_response, three: pl.DataFrame) -> None:
    ties = make_ties("a1 > z9", alter_site=None)
    response = make_response(["a1"], {"a1": 1})
    assert ties_of_people(ties, response, ["a1"], 1).tolist() == [[0]]
    assert np.nansum(ties_of_sites(ties, response, three, 1)) == 0


def test_the_facilitator_that_a_study_was_made_by_is_found() -> None:
    """Forty sites that go to each other when they run one system, and else rarely; region has nothing to do with it."""
    random = np.random.default_rng(3)
    codes = [f"s{number}" for number in range(40)]
    drawn = {"core_system": random.integers(0, 4, 40), "region": random.integers(0, 4, 40)}
    places = {"latitude": random.uniform(51, 55, 40), "longitude": random.uniform(-3, 0, 40)}
    texts = {name: values.astype(str) for name, values in drawn.items()}
    sites = pl.DataFrame({"site": codes, **texts, **places})
    blank = {name: pl.lit(None) for name in SITES.columns if name not in sites.columns}
    terms = site_terms(SITES.check(sites.with_columns(**blank)))
    ties = (random.random((40, 40)) < np.where(terms["same_core_system"] == 1, 0.4, 0.1)).astype(float)
    ties[:8] = NAN
    asked = ("same_core_system", "same_region", "distance_km")
    found = mrqap(ties, {name: terms[name] for name in asked}, 500)
    chance = dict(zip(found.terms, found.p_two_sided, strict=True))
    assert found.unknown == {"outcome": 8 * 39}
    assert (chance["same_core_system"] or 1) < 0.01
    assert min(chance["same_region"] or 0, chance["distance_km"] or 0) > 0.05
