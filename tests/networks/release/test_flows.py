"""Flows between groups: each pair once, whatever is asked."""

from collections.abc import Callable

import polars as pl
import pytest

from networks.columns import LABELS
from networks.release import Filters, Release, UnknownGrouping, build, flow_matrix, net_giving, site_flows

Maker = Callable[..., pl.DataFrame]


@pytest.fixture
def release_of(make_response: Maker, sites: pl.DataFrame) -> Callable[[pl.DataFrame], Release]:
    def release(ties: pl.DataFrame) -> Release:
        people = sorted(set(ties["ego"]))
        waves = [make_response(people, dict.fromkeys(people, 1), wave) for wave in sorted(set(ties["wave"]))]
        return build(ties, pl.concat(waves), sites, LABELS.empty())

    return release


def cells(frame: pl.DataFrame, *columns: str) -> dict[tuple[str, str], object]:
    return {(row["giver"], row["getter"]): row[columns[0]] for row in frame.iter_rows(named=True)}


def test_knowledge_comes_from_the_person_gone_to(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    found = flow_matrix(release_of(make_ties("a1 > b1", "a2 > b1")), Filters())
    assert cells(found, "ties") == {("site_b", "site_a"): 2}


def test_a_pair_on_three_topics_is_one_pair_with_the_contacts_of_the_busiest(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    topics = [make_ties("a1 > b1", topic=topic, contacts_per_year=rate) for topic, rate in [("x", 4.0), ("y", 52.0)]]
    release = release_of(pl.concat(topics))
    assert flow_matrix(release, Filters()).select("ties", "contacts_per_year").rows() == [(1, 52.0)]
    assert flow_matrix(release, Filters(topic="x")).select("ties", "contacts_per_year").rows() == [(1, 4.0)]


def test_a_pair_in_two_waves_is_one_pair_when_waves_are_taken_together(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    waves = [make_ties("a1 > b1", wave=wave, contacts_per_year=rate) for wave, rate in [(1, 10.0), (2, 30.0)]]
    release = release_of(pl.concat(waves))
    assert flow_matrix(release, Filters()).select("ties", "contacts_per_year").rows() == [(1, 20.0)]
    assert flow_matrix(release, Filters(wave=2)).select("ties", "contacts_per_year").rows() == [(1, 30.0)]


def test_a_flow_that_both_ends_report_counts_once(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    """a1 says that b1 gives to a1, and b1 says that b1 gives to a1."""
    got = make_ties("a1 > b2", direction="get", contacts_per_year=10.0)
    given = make_ties("b2 > a1", direction="give", contacts_per_year=20.0)
    release = release_of(pl.concat([got, given]))
    assert flow_matrix(release, Filters()).select("giver", "getter", "ties", "contacts_per_year").rows() == [
        ("site_b", "site_a", 1, 15.0)
    ]
    assert flow_matrix(release, Filters(role="role_1"))["contacts_per_year"].to_list() == [10.0]
    whole_cell = release.flows.filter(pl.col("reporter_role") == "", pl.col("formality") == "", pl.col("wave") == 1)
    assert whole_cell.filter(pl.col("topic") == "")["people"].to_list() == [2]


def test_both_counts_as_formal_and_as_informal(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    ties = [make_ties(pair, formality=kind) for pair, kind in [("a1 > b1", "formal"), ("a2 > b1", "both")]]
    ties += [make_ties("a3 > b1", formality="informal"), make_ties("a4 > b1", formality=None)]
    release = release_of(pl.concat(ties))
    counts = {
        kind: flow_matrix(release, Filters(formality=kind))["ties"].sum() for kind in ("formal", "informal", "both")
    }
    assert counts == {"formal": 2, "informal": 2, "both": 1}
    assert flow_matrix(release, Filters())["ties"].sum() == 4


def test_role_is_that_of_who_told_us(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    release = release_of(make_ties("a1 > b2", "a2 > b1", "a2 > c1"))
    assert flow_matrix(release, Filters(role="role_2"))["ties"].sum() == 2


def test_people_off_the_roster_are_unknown_and_not_lost(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    ties = make_ties("a1 > x9", alter_site=None, alter_role=None, alter_on_roster=False)
    release = release_of(ties)
    for by in ("site", "role", "region"):
        assert flow_matrix(release, Filters(), by)["giver"].to_list() == ["unknown"]
    assert site_flows(release, Filters()).is_empty()
    assert net_giving(release, Filters()).is_empty()


def test_regions_gather_their_sites(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    found = flow_matrix(release_of(make_ties("a1 > b1", "a1 > c1", "c2 > a1")), Filters(), "region")
    assert cells(found, "ties") == {("north", "north"): 1, ("south", "north"): 1, ("north", "south"): 1}


def test_each_respondent_of_the_getting_group_counts_in_the_share(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    found = flow_matrix(release_of(make_ties("a1 > b1", "a1 > b2", "a2 > b1", "b1 > c1")), Filters())
    assert cells(found, "per_respondent") == {("site_b", "site_a"): 1.5, ("site_c", "site_b"): 1.0}


def test_contacts_nobody_told_are_null_and_not_zero(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    release = release_of(make_ties("a1 > b1", contacts_per_year=None))
    assert flow_matrix(release, Filters())["contacts_per_year"].to_list() == [None]


def test_a_chosen_site_sees_what_goes_in_and_out(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    release = release_of(make_ties("a1 > b1", "c1 > a1", "b1 > c1", "a1 > a2"))
    found = site_flows(release, Filters(), "site_a")
    assert sorted(found.select("giver", "getter", "direction").rows()) == [
        ("site_a", "site_c", "out"),
        ("site_b", "site_a", "in"),
    ]
    assert site_flows(release, Filters()).height == 3


def test_net_giving_weighs_what_goes_out_against_what_comes_in(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    """b gives to a twice and to c once, gets from c once; c2 and c1 share within."""
    release = release_of(make_ties("a1 > b1", "a2 > b1", "c1 > b1", "b1 > c1", "c1 > c2"))
    rows = {row["group"]: row for row in net_giving(release, Filters()).iter_rows(named=True)}
    assert {group: (row["given"], row["got"], row["within"], row["net"]) for group, row in rows.items()} == {
        "site_b": (3, 1, 0, 2),
        "site_c": (1, 1, 1, 0),
        "site_a": (0, 2, 0, -2),
    }
    assert [rows[f"site_{letter}"]["asymmetry"] for letter in "bca"] == [0.5, 0.0, -1.0]
    assert list(rows) == ["site_b", "site_c", "site_a"]


def test_a_group_that_only_shares_within_has_no_asymmetry(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    found = net_giving(release_of(make_ties("a1 > a2")), Filters())
    assert found.select("within", "net", "asymmetry").rows() == [(1, 0, None)]


def test_an_unknown_grouping_is_refused_with_those_there_are(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    with pytest.raises(UnknownGrouping, match="Choose one of: site, role, region"):
        flow_matrix(release_of(make_ties("a1 > b1")), Filters(), "colour")


def test_formal_on_one_topic_and_informal_on_another_is_both_when_topics_are_taken_together(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    kinds = [("x", "formal"), ("y", "informal")]
    release = release_of(pl.concat([make_ties("a1 > b1", topic=topic, formality=kind) for topic, kind in kinds]))
    assert flow_matrix(release, Filters(formality="both"))["ties"].to_list() == [1]
    assert flow_matrix(release, Filters(topic="x", formality="both")).is_empty()


def test_someone_who_moved_counts_where_they_were_last_when_waves_are_taken_together(
    make_ties: Maker, release_of: Callable[..., Release]
) -> None:
    release = release_of(pl.concat([make_ties("a1 > b1", wave=2, alter_site="site_c"), make_ties("a1 > b1", wave=1)]))
    assert flow_matrix(release, Filters())["giver"].to_list() == ["site_c"]
    assert flow_matrix(release, Filters(wave=1))["giver"].to_list() == ["site_b"]


def test_naming_oneself_is_no_flow(make_ties: Maker, release_of: Callable[..., Release]) -> None:
    assert flow_matrix(release_of(make_ties("a1 > a1", "a1 > b1")), Filters())["ties"].to_list() == [1]
