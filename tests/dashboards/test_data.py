"""Releases from the store: built when it changed, kept until it changes again, shared by threads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
from sqlalchemy import select

from dashboards.data import Source, UnknownStudy
from dashboards.pages import PAGES
from dashboards.view import make
from surveys import migrate
from surveys.invitations import decline, find_invited
from surveys.store import Store, open_store
from surveys.tables import Wave
from tests.small_study import NOW, make_small_study
from tests.surveys.whole import whole_study


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    opened = open_store(sqlite_url)
    migrate.upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


def test_without_a_study_the_refusal_says_what_to_do(store: Store) -> None:
    with pytest.raises(UnknownStudy, match="flask study create"):
        Source(store).release()
    assert Source(store).studies() == {}


def test_the_newest_study_is_read_with_its_instrument(store: Store) -> None:
    with store.writing() as session:
        make_small_study(session)
    known = Source(store).known()
    assert (known.code, known.name) == ("small", "A small study")
    assert known.release.respondents["invited"].sum() == 6
    assert known.instruments[1].startswith("gde")
    assert known.release.caps == {1: 8}
    assert Source(store).studies() == {"small": "A small study"}


def test_a_release_is_kept_until_something_changes(store: Store) -> None:
    source = Source(store)
    with store.writing() as session:
        small = make_small_study(session)
    before = source.release("small")
    assert source.release("small") is before
    with store.writing() as session:
        decline(find_invited(session, small.tokens["p1"]).invitation, now=NOW)
    after = source.release()
    assert after is not before
    assert after.response["declined"].sum() == 1


def test_a_new_target_is_shown_at_once(store: Store) -> None:
    source = Source(store)
    with store.writing() as session:
        make_small_study(session)
    assert source.release().targets == {1: 0.6}
    with store.writing() as session:
        session.scalars(select(Wave)).one().target = 0.75
    assert source.release().targets == {1: 0.75}


def test_reasons_why_ties_ended_have_the_words_of_the_questionnaire(store: Store) -> None:
    with store.writing() as session:
        whole_study(session)
    labels = Source(store).release().labels
    words = dict(labels.filter(pl.col("kind") == "reason").select("code", "label").iter_rows())
    assert words["moved_on"] not in ("", "moved_on")


def test_threads_share_one_release(store: Store) -> None:
    with store.writing() as session:
        make_small_study(session)
    source = Source(store)
    with ThreadPoolExecutor(6) as threads:
        releases = list(threads.map(lambda _turn: source.release(), range(12)))
    assert len({id(release) for release in releases}) == 1


def test_a_study_with_no_answers_has_pages(store: Store) -> None:
    with store.writing() as session:
        make_small_study(session)
    view = make(Source(store), PAGES["response"], "")
    assert view.finding == "0 of 6 people have answered in wave 1 (0%)"
