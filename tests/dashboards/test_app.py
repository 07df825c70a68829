"""The dashboards on a server: pages, callbacks, and the token that guards them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFProtect

from dashboards.app import TOKEN_COOKIE, TOKEN_HEADER, mount
from dashboards.layout import CAUTION
from dashboards.parts.address import NAMES
from dashboards.parts.frame import Frame
from tests.dashboards.synthetic import FixedSource, release

SOURCE = FixedSource({"one": release(count=6, each=8)})


def server() -> Flask:
    app = Flask("served")
    app.secret_key = "k" * 40
    CSRFProtect(app)
    frame = Frame("Who <b>", "/home", "Trust & Co", "", "a@example.org", "/sign-out")
    mount(app, SOURCE, stylesheets=["/static/staff.css"], frame=lambda: frame)
    return app


@pytest.fixture
def client() -> Iterator[FlaskClient]:
    with server().test_client() as client:
        yield client


def callback(client: FlaskClient, path: str, search: str, *, token: bool = True) -> Any:
    """What the page asks of the server when its address is this."""
    (called,) = [
        entry for entry in client.get("/dashboards/_dash-dependencies").json if entry["inputs"][0]["id"] == "address"
    ]
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in called["output"].strip(".").split("...")
    ]
    inputs = [
        {"id": "address", "property": "pathname", "value": path},
        {"id": "address", "property": "search", "value": search},
    ]
    body = {"output": called["output"], "outputs": outputs, "inputs": inputs, "changedPropIds": ["address.search"]}
    headers = {}
    if token:
        client.get("/dashboards/")
        cookie = client.get_cookie(TOKEN_COOKIE, path="/dashboards/")
        headers = {TOKEN_HEADER: cookie.value if cookie else ""}
    return client.post("/dashboards/_dash-update-component", json=body, headers=headers)


def test_a_page_names_its_language_its_title_and_its_frame(client: FlaskClient) -> None:
    page = client.get("/dashboards/growth").text
    assert '<html lang="en-GB">' in page
    assert "<title>Growth over time – Who &lt;b&gt;</title>" in page
    assert 'href="/static/staff.css"' in page
    assert "Trust &amp; Co" in page and "a@example.org" in page
    assert re.search(
        r'<form action="/sign-out" method="post"><input type="hidden" name="csrf_token" value="[^"]+">', page
    )


def test_no_address_on_a_page_leads_to_another_host(client: FlaskClient) -> None:
    page = client.get("/dashboards/").text
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(loaded) > 10
    assert all(address.startswith(("/", "#", "data:,")) for address in loaded)


def test_other_addresses_are_not_found(client: FlaskClient) -> None:
    assert client.get("/dashboards/nothing").status_code == 404
    assert client.get("/dashboards/flows/more").status_code == 404


def test_without_the_token_nothing_is_answered(client: FlaskClient) -> None:
    assert callback(client, "/dashboards/flows", "", token=False).status_code == 400
    assert callback(client, "/dashboards/flows", "").status_code == 200


def test_the_token_is_readable_by_the_page_and_sent_to_dashboards_only(client: FlaskClient) -> None:
    cookie = next(line for line in client.get("/dashboards/").headers.getlist("Set-Cookie") if TOKEN_COOKIE in line)
    assert "Path=/dashboards/" in cookie and "SameSite=Strict" in cookie
    assert "HttpOnly" not in cookie


@pytest.mark.parametrize("name", ["response", "flows", "roles", "growth"])
def test_an_address_gives_its_finding_filters_and_figures(client: FlaskClient, name: str) -> None:
    shown = callback(client, f"/dashboards/{name}", "?wave=2&site=s1").json["response"]
    assert shown["arrived"]["data"]["finding"] == shown["finding"]["children"]
    assert shown["filter-wave"]["value"] == "2"
    assert '"type": "Graph"' in json.dumps(shown["content"])


def test_the_layout_holds_the_filters_once_and_the_caution(client: FlaskClient) -> None:
    layout = json.dumps(client.get("/dashboards/_dash-layout").json)
    assert layout.count('"nhsuk-select"') == len(NAMES)
    assert CAUTION in layout


def test_two_servers_in_one_process_both_work() -> None:
    for _turn in range(2):
        with server().test_client() as client:
            assert callback(client, "/dashboards/roles", "").status_code == 200


def test_the_hashes_cover_every_inline_script() -> None:
    app = Flask("hashes")
    app.secret_key = "k" * 40
    mounted = mount(app, SOURCE)
    inline = re.findall(
        r"<script(?![^>]*src)(?![^>]*application/json)[^>]*>", app.test_client().get("/dashboards/").text
    )
    assert len(mounted.csp_hashes()) == len(inline) == 1
