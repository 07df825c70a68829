"""What every kind of page tells the browser."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from config import Settings
from surveys.store import Store
from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, Visitor, Who, made
from webapp.assets import read_assets

PAGES = ("/", "/sign-in", "/home", "/nothing", "/interview/unknown")


def sources(header: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in header.split("; ")}


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_elsewhere_and_run_no_inline_script(client: Visitor, analyst: Who, path: str) -> None:
    client.sign_in(analyst)
    headers = client.get(path).headers
    policy = sources(headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_posts_carry_the_same_headers(client: Visitor) -> None:
    headers = client.post("/sign-in").headers
    assert headers["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in headers


def test_hashed_files_are_kept_for_a_year_and_others_are_asked_about(app: Flask, client: Visitor) -> None:
    built = client.get(read_assets(app)("survey.css"))
    assert built.status_code == 200
    assert built.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/build/manifest.json").headers["Cache-Control"] == "no-cache"
    assert client.get("/static/build/survey-00000000.css").headers["Cache-Control"] == "no-store"


def test_https_is_for_ever_once_it_is_used(settings: Settings, store: Store, clock: Clock, client: Visitor) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    secure = made(replace(settings, public_url="https://confer.example"), clock).test_client()
    assert secure.get("/").headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_large_answers_are_compressed(app: Flask, client: Visitor) -> None:
    stylesheet = read_assets(app)("survey.css")
    plain = client.get(stylesheet)
    small = client.get(stylesheet, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.data) < len(plain.data) / 3
    assert client.get("/sign-in", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_two_pages_are_never_taken_for_one_another(client: Visitor) -> None:
    first = client.get("/", headers={"Accept-Encoding": "br"})
    second = client.get("/sign-in", headers={"Accept-Encoding": "br"})
    assert first.data != second.data


def test_dashboards_run_only_their_own_scripts(client: Visitor, analyst: Who, study: SmallStudy) -> None:
    client.sign_in(analyst)
    policy = sources(client.get("/dashboards/response").headers["Content-Security-Policy"])
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"][0] == "'self'"
    assert all(source.startswith("'sha256-") for source in policy["script-src"][1:])
    assert policy["style-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["connect-src"] == ["'self'"]


def test_the_dashboards_scripts_are_kept_for_a_year(client: Visitor, analyst: Who) -> None:
    client.sign_in(analyst)
    page = client.get("/dashboards/response").text
    script = next(part for part in page.split('"') if "dash_renderer" in part and part.endswith(".js"))
    asked = {"Accept-Encoding": "br"}
    first, second = client.get(script, headers=asked), client.get(script, headers=asked)
    assert first.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert first.headers["Content-Encoding"] == "br"
    assert first.data == second.data
