"""`flask demo load` and `flask demo show`, run as commands."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from config import Settings
from surveys.invitations import find_invited
from surveys.store import Store
from surveys.tables import Account, Study
from tests.small_study import SmallStudy
from webapp.commands.demo import group
from webapp.services import EXTENSION

SMALL = ("--sites", "4", "--people-per-site", "5", "--waves", "1")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(group, words)


def count(store: Store, table: type[Study] | type[Account]) -> int:
    with store.reader() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def loaded(app: Flask) -> Flask:
    result = run(app, "load", *SMALL)
    assert result.exit_code == 0, result.output
    return app


def in_production(app: Flask, settings: Settings) -> Flask:
    held = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(held, settings=replace(settings, environment="production"))
    return app


def test_load_says_what_was_loaded(app: Flask, store: Store) -> None:
    result = run(app, "load", *SMALL)
    assert result.exit_code == 0
    assert "Loaded “demonstration”. Sites: 4. People: 20. Waves: 1." in result.output
    assert (count(store, Study), count(store, Account)) == (1, 3)


def test_a_second_load_is_refused_plainly(loaded: Flask, store: Store) -> None:
    result = run(loaded, "load", *SMALL)
    assert result.exit_code == 1
    assert "The study “demonstration” is there already. Nothing was changed." in result.output
    assert count(store, Study) == 1


def test_load_if_empty_twice_is_loading_once(app: Flask, store: Store) -> None:
    first, second = (run(app, "load", "--if-empty", *SMALL) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "is there. Nothing was loaded." in second.output
    assert count(store, Study) == 1


def test_load_if_empty_leaves_a_store_with_another_study_alone(app: Flask, study: SmallStudy, store: Store) -> None:
    result = run(app, "load", "--if-empty", *SMALL)
    assert (result.exit_code, count(store, Study), count(store, Account)) == (0, 1, 0)
    assert f"The study “{study.study.code}” is there" in result.output


def test_a_second_study_under_another_code_shares_the_accounts(loaded: Flask, store: Store) -> None:
    assert run(loaded, "load", *SMALL, "--code", "second").exit_code == 0
    assert (count(store, Study), count(store, Account)) == (2, 3)


def test_a_shape_that_cannot_be_is_refused_plainly(app: Flask) -> None:
    result = run(app, "load", "--sites", "1")
    assert result.exit_code == 1
    assert "--sites must be from 2 to 500." in result.output


def test_show_as_json_has_the_address_five_links_and_three_accounts(loaded: Flask, store: Store) -> None:
    shown = json.loads(run(loaded, "show", "--json").output)
    assert set(shown) == {"url", "respondent_links", "accounts"}
    assert [set(account) for account in shown["accounts"]] == [{"role", "email", "password"}] * 3
    assert len(set(shown["respondent_links"])) == 5
    with store.reader() as session:
        for link in shown["respondent_links"]:
            assert link.startswith(f"{shown['url']}/interview/")
            find_invited(session, link.rpartition("/")[2])


def test_show_in_words_has_the_same_links_and_passwords(loaded: Flask) -> None:
    shown = json.loads(run(loaded, "show", "--json").output)
    words = run(loaded, "show").output
    for text in [shown["url"], *shown["respondent_links"], *(account["password"] for account in shown["accounts"])]:
        assert text in words


def test_show_before_a_load_says_how_to_load(app: Flask, store: Store) -> None:
    result = run(app, "show")
    assert result.exit_code == 1
    assert "There is no study “demonstration”. Load it with: flask demo load" in result.output


@pytest.mark.parametrize("command", [("load", *SMALL), ("show",)])
def test_production_is_refused_unless_allowed(
    app: Flask, settings: Settings, store: Store, command: tuple[str, ...]
) -> None:
    result = run(in_production(app, settings), *command)
    assert result.exit_code == 1
    assert "Add --allow-production" in result.output
    assert count(store, Study) == 0


def test_production_can_be_allowed(app: Flask, settings: Settings, store: Store) -> None:
    served = in_production(app, settings)
    assert run(served, "load", *SMALL, "--allow-production").exit_code == 0
    assert run(served, "show", "--allow-production").exit_code == 0
    assert count(store, Account) == 3
