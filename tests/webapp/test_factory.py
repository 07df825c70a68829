"""The application as a whole: made twice, started quickly, refused when unsafe."""

from dataclasses import replace

import pytest
from flask import request

from config import Settings, UnsafeSettings
from surveys.store import Store
from webapp import create_app, guard


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


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.2"), (2, "10.0.0.1")])
def test_proxies_are_believed_as_far_as_the_settings_say(
    settings: Settings, store: Store, proxies: int, seen: str
) -> None:
    app = create_app(replace(settings, proxies=proxies))
    app.add_url_rule("/address", "address", guard.access(guard.PUBLIC)(lambda: request.remote_addr or ""))
    forwarded = {"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}
    assert app.test_client().get("/address", headers=forwarded).text == seen
