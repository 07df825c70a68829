"""What people did: every tie came down the river, and the study's findings are in the data."""

from __future__ import annotations

from collections import Counter

import polars as pl
from sqlalchemy import select

from surveys.store import Store
from surveys.tables import Alter, Interview, Tie
from tests.surveys.demonstration.loading import (
    NOW,
    Frames,
)


def test_every_tie_on_the_frames_comes_from_a_finished_interview(middling: Store, seen: Frames) -> None:
    finished = seen["response"].filter(pl.col("finished_at").is_not_null())
    senders = seen["ties"].select("wave", pl.col("ego").alias("person")).unique()
    assert senders.join(finished, on=["wave", "person"], how="anti").is_empty()
    with middling.reader() as session:
        unfinished = select(Tie.id).join(Interview).where(Interview.finished_at.is_(None))
        assert session.scalars(unfinished).all() == []


def test_every_tie_says_how_often_how_formally_since_what_and_who_learns(seen: Frames) -> None:
    ties = seen["ties"]
    columns = ("topic", "contacts_per_year", "formality", "direction", "mechanism", "mechanism_kind")
    assert ties.select(columns).null_count().sum_horizontal().item() == 0
    assert set(ties["formality"]) == {"formal", "informal", "both"}
    assert set(ties["direction"]) == {"get", "give", "both"}
    assert set(ties["mechanism_kind"]) == {"formal", "informal", "intermediary"}
    topics = ties.group_by("wave", "ego", "alter").len()["len"]
    assert (topics.min(), topics.max()) == (1, 3)


def test_people_who_met_through_a_formal_mechanism_mostly_talk_formally(seen: Frames) -> None:
    formal = seen["ties"].with_columns(formal=pl.col("formality") != "informal").group_by("mechanism_kind")
    share = dict(formal.agg(pl.col("formal").mean()).rows())
    assert share["formal"] > 0.6 > 0.3 > share["informal"]


def test_some_name_no_one_and_some_type_people_who_are_off_the_roster(middling: Store, seen: Frames) -> None:
    assert (seen["response"]["named"] == 0).sum() > 0
    assert (~seen["ties"]["alter_on_roster"]).sum() > 0
    with middling.reader() as session:
        finished = select(Alter.label).join(Interview).where(Interview.finished_at.is_not(None))
        assert set(session.scalars(finished)) == {None}


def test_response_rises_by_wave_and_some_stop_or_look_or_decline(seen: Frames) -> None:
    asked = seen["response"].group_by("wave").agg(pl.len(), pl.all().exclude("wave").count()).sort("wave")
    assert [round(rate, 2) for rate in asked["finished_at"] / asked["len"]] == [0.55, 0.62]
    assert all(asked["finished_at"] < asked["started_at"])
    assert all(asked["started_at"] < asked["opened_at"])
    assert asked["declined_at"].min() == 2


def test_two_sites_stay_silent_and_the_others_do_not(seen: Frames) -> None:
    by_site = seen["response"].group_by("site").agg(pl.col("opened_at").count(), pl.col("declined_at").count())
    silent = by_site.filter(pl.col("opened_at") == 0)
    assert silent.height == 2
    assert silent["declined_at"].sum() == 0


def test_nothing_happens_before_a_wave_opens_or_after_now(seen: Frames) -> None:
    moments = seen["response"].select(pl.col(pl.Datetime))
    assert max(column.drop_nulls().max() for column in moments) <= NOW
    finished = seen["response"].drop_nulls("finished_at")
    in_order = (
        (finished["invited_at"] < finished["opened_at"])
        & (finished["opened_at"] < finished["started_at"])
        & (finished["started_at"] < finished["finished_at"])
    )
    assert in_order.all()
    minutes = (finished["finished_at"] - finished["started_at"]).dt.total_minutes()
    assert 2 <= minutes.median() <= 12


def people_named(ties: pl.DataFrame, formality: str) -> pl.DataFrame:
    """Per wave and ego, how many people are named whose tie is that, or both."""
    kept = ties.filter(pl.col("formality").is_in([formality, "both"])).unique(["wave", "ego", "alter"])
    return kept.group_by("wave", "ego").len()


def per_panel_ego(seen: Frames, formality: str) -> list[float]:
    finished = seen["response"].filter(pl.col("finished_at").is_not_null())
    waves = finished["wave"].n_unique()
    panel = finished.group_by("person").len().filter(pl.col("len") == waves).select(ego="person")
    named = panel.join(people_named(seen["ties"], formality), on="ego")
    return [named.filter(pl.col("wave") == wave)["len"].sum() / panel.height for wave in range(1, waves + 1)]


def test_informal_ties_of_the_same_people_grow_while_formal_ones_fade(seen: Frames) -> None:
    informal, formal = per_panel_ego(seen, "informal"), per_panel_ego(seen, "formal")
    assert informal[1] > informal[0] * 1.05
    assert formal[1] < formal[0]


def test_exemplars_give_more_than_they_get(seen: Frames) -> None:
    """Counted in reports between an exemplar and a follower: the giver is the alter where ego learns."""
    kind = dict(seen["sites"].select("site", "designation").rows())
    given = Counter()
    for ego, alter, direction in seen["ties"].select("ego_site", "alter_site", "direction").drop_nulls().rows():
        given[kind[alter], kind[ego]] += direction in ("get", "both")
        given[kind[ego], kind[alter]] += direction in ("give", "both")
    assert given["exemplar", "fast follower"] > 1.3 * given["fast follower", "exemplar"]


def test_people_name_their_own_site_and_their_partner_more_than_chance_would(seen: Frames) -> None:
    """Of eight sites, one in eight would be each by chance."""
    partner = dict(seen["sites"].select("site", "pair").rows())
    pairs = seen["ties"].unique(["wave", "ego", "alter"]).select("ego_site", "alter_site").drop_nulls().rows()
    own = sum(ego == alter for ego, alter in pairs) / len(pairs)
    paired = sum(alter == partner[ego] for ego, alter in pairs) / len(pairs)
    assert own > 2 / 8
    assert paired > 1.5 / 8
