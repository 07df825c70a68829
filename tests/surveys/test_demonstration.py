"""The demonstration study: its shape, its chances from a seed, and that all of it came down the river."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from surveys import frames, migrate
from surveys.accounts import check_password
from surveys.demonstration.accounts import demonstration_accounts, keep_accounts, kept_accounts, password_of
from surveys.demonstration.calendar import wave_dates
from surveys.demonstration.links import OtherKey, waiting_tokens
from surveys.demonstration.load import CODE, AlreadyLoaded, load
from surveys.demonstration.names import SHARED_NAME
from surveys.demonstration.places import PlannedSite, letters, plan_sites
from surveys.demonstration.shape import BadShape, Shape
from surveys.demonstration.staff import plan_staff
from surveys.interviews import has_begun
from surveys.invitations import find_invited
from surveys.store import Store, open_store
from surveys.studies import find_study
from surveys.tables import Alter, Interview, Invitation, Person, Site, Study, Tie, Wave

NOW = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
KEY = b"a key for tests only, long enough to sign links"
SMALL = Shape(sites=4, people_per_site=5, waves=2)
MIDDLING = Shape(sites=8, people_per_site=12, waves=2)
ROLES = ("cio", "it", "doctor", "nurse", "pharmacist", "manager", "analyst")
REGIONS = Path(__file__).parents[3] / "shared" / "data" / "nhs" / "england_nhs_regions_2022.geojson"

Frames = dict[str, pl.DataFrame]


def loaded(store: Store, shape: Shape) -> Store:
    with store.writing() as session:
        for _ in load(session, shape, key=KEY, now=NOW):
            pass
    return store


def frames_of(store: Store) -> Frames:
    with store.reader() as session:
        study = find_study(session, CODE)
        names = ("ties", "response", "sites", "labels")
        return {name: getattr(frames, name)(session, study.id) for name in names}


def new_store(folder: Path) -> Store:
    store = open_store(f"sqlite:///{folder / 'store.sqlite3'}")
    migrate.upgrade(store.engine)
    return store


@pytest.fixture(scope="module")
def middling(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A demonstration of eight sites, only looked at."""
    store = new_store(tmp_path_factory.mktemp("middling"))
    yield loaded(store, MIDDLING)
    store.engine.dispose()


@pytest.fixture(scope="module")
def seen(middling: Store) -> Frames:
    return frames_of(middling)


# ---- the shape of the study ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sites() -> tuple[PlannedSite, ...]:
    return plan_sites(Shape(), Random(1))


def test_the_programme_has_23_exemplars_by_letter_and_25_followers_by_number(sites: tuple[PlannedSite, ...]) -> None:
    exemplars = [site.name for site in sites if site.is_exemplar]
    followers = [site.name for site in sites if not site.is_exemplar]
    assert (len(exemplars), exemplars[0], exemplars[-1]) == (23, "Site A", "Site W")
    assert (len(followers), followers[0], followers[-1]) == (25, "Site 1", "Site 25")


def test_each_follower_has_an_exemplar_of_its_own_setting_and_no_exemplar_more_than_two(
    sites: tuple[PlannedSite, ...],
) -> None:
    followers = [site for site in sites if not site.is_exemplar]
    assert all(sites[site.partner].is_exemplar for site in followers)
    assert all(sites[site.partner].care_setting == site.care_setting for site in followers)
    assert set(Counter(site.partner for site in followers).values()) == {1, 2}
    assert all(sites[sites[place].partner].partner == place for place in range(23))


def test_sites_cover_seven_regions_two_settings_and_six_systems(sites: tuple[PlannedSite, ...]) -> None:
    assert len({site.region for site in sites}) == 7
    assert {site.care_setting for site in sites} == {"acute", "mental health"}
    assert {site.core_system for site in sites} == {f"Core system {number}" for number in range(1, 7)}
    assert all(site.grouping.startswith(site.region) for site in sites)


@pytest.mark.parametrize(("place", "code"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters_go_on_after_z(place: int, code: str) -> None:
    assert letters(place) == code


@given(st.integers(2, 500))
def test_any_number_of_sites_keeps_the_proportions(count: int) -> None:
    """Every follower needs an exemplar, and no exemplar should have more than two followers."""
    exemplars = Shape(sites=count).exemplars
    assert exemplars <= count - exemplars <= 2 * exemplars
    assert abs(exemplars - count * 23 / 48) <= 0.5 or count == 2


@pytest.mark.parametrize("wrong", [{"sites": 1}, {"people_per_site": 1}, {"waves": 0}, {"sites": 501}])
def test_a_shape_that_cannot_be_is_refused_with_the_sizes_that_can(wrong: dict[str, int]) -> None:
    with pytest.raises(BadShape, match=r"must be from \d+ to \d+"):
        Shape(**wrong)


@pytest.mark.parametrize("per_site", [5, 20, 33])
def test_people_have_the_seven_roles_in_plausible_numbers(per_site: int) -> None:
    people = plan_staff(Shape(people_per_site=per_site), ROLES, CODE, Random(1))
    counts = Counter(person.role for person in people)
    assert len(people) == 48 * per_site
    assert set(counts) == set(ROLES)
    assert 0.20 < counts["it"] / len(people) < 0.30
    assert 0.02 < counts["cio"] / len(people) < 0.08


def test_two_people_at_two_sites_have_one_name_and_everybody_an_address_of_their_own() -> None:
    people = plan_staff(Shape(), ROLES, CODE, Random(1))
    shared = [person for person in people if person.name == SHARED_NAME]
    assert len({person.site for person in shared}) >= 2
    assert len({person.email for person in people}) == len(people)
    assert all(person.email.endswith("@example.org") for person in people)
    assert len({person.key for person in people}) == len(people)


def test_no_site_lies_in_the_sea_or_in_another_region() -> None:
    if not REGIONS.exists():
        pytest.skip("the boundaries are not here")
    shapes = {f["properties"]["name"]: f["geometry"] for f in json.loads(REGIONS.read_text("utf-8"))["features"]}
    for seed in range(20):
        for site in plan_sites(Shape(sites=63), Random(seed)):
            assert within(site.longitude, site.latitude, shapes[site.region]), site


def within(east: float, north: float, geometry: dict[str, object]) -> bool:
    """Whether a point lies in a polygon: a line from it to the east crosses the edge an odd number of times."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    assert isinstance(polygons, list)
    crossings = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x1, y1), (x2, y2) in pairwise(ring):
            crossings += (y1 > north) != (y2 > north) and east < (x2 - x1) * (north - y1) / (y2 - y1) + x1
    return crossings % 2 == 1


# ---- what is kept ----------------------------------------------------------------------------------------------------


def test_a_load_keeps_the_sites_people_waves_and_invitations_asked_for(store: Store) -> None:
    loaded(store, SMALL)
    with store.reader() as session:
        counts = {
            table.__name__: session.scalar(select(func.count()).select_from(table))
            for table in (Site, Person, Wave, Invitation)
        }
        assert counts == {"Site": 4, "Person": 20, "Wave": 2, "Invitation": 40}
        assert session.scalar(select(func.count()).select_from(Site).where(Site.pair_id.is_(None))) == 0
    seen = frames_of(store)
    assert seen["ties"].height > 0
    assert seen["response"]["finished_at"].count() > 0


def test_the_same_seed_gives_the_same_frames_and_another_seed_does_not(tmp_path: Path) -> None:
    told = []
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        (tmp_path / name).mkdir()
        store = new_store(tmp_path / name)
        told.append(frames_of(loaded(store, Shape(4, 5, 2, seed))))
        store.engine.dispose()
    one, again, other = told
    assert all(one[name].equals(again[name]) for name in one)
    assert not one["ties"].equals(other["ties"])
    assert not one["sites"].equals(other["sites"])


def test_a_second_load_is_refused_and_changes_nothing(store: Store) -> None:
    before = frames_of(loaded(store, SMALL))
    with pytest.raises(AlreadyLoaded, match="is there already"):
        loaded(store, SMALL)
    after = frames_of(store)
    assert all(before[name].equals(after[name]) for name in before)


def test_a_load_broken_off_leaves_nothing(store: Store) -> None:
    class Stop(Exception):
        pass

    def interrupted() -> None:
        with store.writing() as session:
            for _ in load(session, SMALL, key=KEY, now=NOW):
                raise Stop

    with pytest.raises(Stop):
        interrupted()
    with store.reader() as session:
        assert session.scalar(select(func.count()).select_from(Study)) == 0


def test_the_last_wave_is_open_now_and_earlier_ones_are_closed(middling: Store) -> None:
    with middling.reader() as session:
        first, last = session.scalars(select(Wave).order_by(Wave.number))
    assert (first.status, last.status) == ("closed", "open")
    assert first.closes_at < last.opens_at < NOW < last.closes_at


def test_waves_follow_each_other_by_half_a_year_and_the_last_opened_12_days_ago() -> None:
    dates = wave_dates(Shape(waves=3), NOW)
    assert [(NOW.date() - wave.opens_at.date()).days for wave in dates] == [376, 194, 12]
    assert all((wave.closes_at - wave.opens_at).days == 28 for wave in dates)


# ---- what people did -------------------------------------------------------------------------------------------------


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


# ---- where to try it -------------------------------------------------------------------------------------------------


def test_links_are_of_people_of_different_sites_in_the_open_wave_who_have_not_begun(middling: Store) -> None:
    with middling.reader() as session:
        study = find_study(session, CODE)
        tokens = waiting_tokens(session, study, key=KEY, now=NOW, most=5)
        invited = [find_invited(session, token) for token in tokens]
        assert len({each.person.site_id for each in invited}) == 5
        assert {each.wave.number for each in invited} == {2}
        assert not any(has_begun(session, each) or each.invitation.declined_at for each in invited)


def test_there_are_no_links_once_the_wave_is_over(middling: Store) -> None:
    with middling.reader() as session:
        after = NOW.replace(year=NOW.year + 1)
        assert waiting_tokens(session, find_study(session, CODE), key=KEY, now=after, most=6) == []


def test_links_are_refused_under_another_key_with_the_remedy(middling: Store) -> None:
    with middling.reader() as session, pytest.raises(OtherKey, match="Set it back"):
        waiting_tokens(session, find_study(session, CODE), key=b"another", now=NOW, most=6)


def test_accounts_sign_in_with_passwords_that_only_the_key_gives(store: Store) -> None:
    with store.writing() as session:
        keep_accounts(session, KEY, now=NOW)
        keep_accounts(session, KEY, now=NOW)
    with store.writing() as session:
        accounts = kept_accounts(session, KEY)
        assert [account.role for account in accounts] == ["analyst", "evaluator", "administrator"]
        assert accounts == demonstration_accounts(KEY)
        signed_in = [check_password(session, each.email, each.password, now=NOW) for each in accounts]
        assert [account.role for account in signed_in if account] == [account.role for account in accounts]
    assert password_of(KEY, "analyst@example.org") != password_of(b"other", "analyst@example.org")
    assert password_of(KEY, "analyst@example.org") != password_of(KEY, "evaluator@example.org")
