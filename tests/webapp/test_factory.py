"""The application as a whole: made twice, started quickly, refused when unsafe."""

from dataclasses import replace

import pytest
from flask import Flask

from config import Settings, UnsafeSettings
from surveys.store import Store
from webapp import create_app


def test_two_applications_live_in_one_process(settings: Settings, store: Store) -> None:
    first, second = create_app(settings), create_app(settings)
    for app in (first, second, first):
        assert app.test_client().get("/").status_code == 200


def test_unsafe_settings_stop_the_application(settings: Settings) -> None:
    with pytest.raises(UnsafeSettings, match="SECRET_KEY"):
        create_app(replace(settings, environment="production", secret_key="short"))


def test_only_the_public_host_is_served_in_production(settings: Settings, store: Store) -> None:
    app = create_app(replace(settings, environment="production", public_url="https://confer.example"))
    client = app.test_client()
    assert client.get("/", base_url="https://confer.example").status_code == 200
    for host in ("evil.example", "confer.example.evil.example", "127.0.0.1", "confer.example@evil.example", "a b"):
        assert client.get("/", base_url="https://confer.example", headers={"Host": host}).status_code == 400


def test_a_proxy_is_believed_only_when_the_settings_name_one(settings: Settings, store: Store) -> None:
    def scheme_seen(app: Flask) -> str:
        with app.test_client() as client:
            cookie = client.get("/sign-in", headers={"X-Forwarded-Proto": "https"})
            return cookie.request.scheme

    assert scheme_seen(create_app(settings)) == "http"
    assert scheme_seen(create_app(replace(settings, proxies=1))) in ("http", "https")
