"""Two evaluators change the same settings in two browsers: the second sees both values and chooses; on both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from config import Settings
from surveys import migrate
from surveys.store import Store, open_store
from surveys.tables import Study
from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor, Who
from tests.webapp.manage.test_fieldwork import WAVES, only_wave, send, shown


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(environment="testing", secret_key="k" * 48, database_url=database_url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.database_url)
    migrate.upgrade(opened.engine)
    yield opened
    opened.engine.dispose()


@pytest.fixture
def editor(client: Visitor, evaluator: Who, study: SmallStudy) -> Visitor:
    client.sign_in(evaluator)
    return client


def second(app: Flask, who: Who) -> Visitor:
    other = app.test_client()
    assert isinstance(other, Visitor)
    other.sign_in(who)
    return other


def test_the_second_of_two_evaluators_sees_both_values_and_chooses(
    app: Flask, editor: Visitor, administrator: Who, store: Store
) -> None:
    other = second(app, administrator)
    path = f"{WAVES}/1/settings"
    mine = shown(editor, path) | {"label": "Mine", "target": "70"}
    theirs = shown(other, path) | {"label": "Theirs", "closes_time": "12:00"}
    assert send(other, path, **theirs).location.endswith("said=changed")
    told = send(editor, path, **mine)
    assert told.status_code == 409
    for text in ("Theirs: Theirs", "Yours: Mine", "Theirs: 60", "Yours: 70", "Theirs: 12:00", "Yours: 09:00"):
        assert text in told.text
    assert only_wave(store).label == "Theirs"
    again = mine | {"revision": shown_revision(told), "deciding": "yes"}
    lacking = send(editor, path, **again, **{"keep.label": "mine"})
    assert lacking.status_code == 422
    assert "Choose which to keep: Target" in lacking.text
    choices = {"keep.label": "mine", "keep.target": "saved", "keep.closes_time": "saved"}
    assert send(editor, path, **again, **choices).location.endswith("said=changed")
    wave = only_wave(store)
    assert (wave.label, wave.target, f"{wave.closes_at:%H:%M}") == ("Mine", 0.6, "12:00")


def shown_revision(answer: TestResponse) -> str:
    found = re.search(r'name="revision" value="(\d+)"', answer.text)
    assert found is not None
    return found[1]


def test_a_third_change_while_deciding_is_told_again(
    app: Flask, editor: Visitor, administrator: Who, store: Store
) -> None:
    other, path = second(app, administrator), f"{WAVES}/1/settings"
    mine = shown(editor, path) | {"label": "Mine"}
    send(other, path, **shown(other, path) | {"label": "Theirs"})
    told = send(editor, path, **mine)
    send(other, path, **shown(other, path) | {"label": "Theirs again"})
    answer = mine | {"revision": shown_revision(told), "deciding": "yes", "keep.label": "mine"}
    again = send(editor, path, **answer)
    assert again.status_code == 409
    assert "Theirs: Theirs again" in again.text
    assert only_wave(store).label == "Theirs again"


def test_the_settings_of_a_study_tell_the_second_of_two_as_well(
    app: Flask, editor: Visitor, administrator: Who, store: Store
) -> None:
    other, path = second(app, administrator), "/studies/small/settings"
    mine = shown(editor, path) | {"name": "Mine", "snowball_allowed": "yes"}
    send(other, path, **shown(other, path) | {"name": "Theirs"})
    told = send(editor, path, **mine)
    assert told.status_code == 409
    for text in ("Theirs: Theirs", "Yours: Mine", "Theirs: No", "Yours: Yes"):
        assert text in told.text
    choices = {
        "deciding": "yes",
        "revision": shown_revision(told),
        "keep.name": "saved",
        "keep.snowball_allowed": "mine",
    }
    assert send(editor, path, **mine | choices).location.endswith("said=changed")
    with store.reader() as session:
        found = session.scalars(select(Study)).one()
    assert (found.name, found.snowball_allowed) == ("Theirs", True)
