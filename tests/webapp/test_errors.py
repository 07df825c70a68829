"""Every refusal is a page that says what to do; nothing that was refused is kept."""

from __future__ import annotations

import pytest
from flask import Flask, abort
from sqlalchemy import text
from werkzeug.test import encode_multipart

from surveys.store import Store
from surveys.waves import WaveClosed
from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor
from webapp import guard

STATUSES = (400, 401, 403, 404, 405, 410, 413, 418, 429, 500, 503)


@pytest.fixture
def failing(app: Flask) -> Visitor:
    """A client of an application with an address for every error."""

    @guard.access(guard.PUBLIC)
    def fail(status: int) -> str:
        if status == 999:
            raise RuntimeError("a fault with a secret: 7f3a")
        if status == 998:
            raise WaveClosed("This survey closed on 3 May 2026. It takes no more answers.")
        abort(status)

    app.add_url_rule("/fail/<int:status>", "fail", fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    client = app.test_client()
    assert isinstance(client, Visitor)
    return client


@pytest.mark.parametrize("status", STATUSES)
def test_every_error_is_a_page_with_one_heading_and_advice(failing: Visitor, status: int) -> None:
    answer = failing.get(f"/fail/{status}")
    assert answer.status_code == status
    assert answer.text.count("<h1") == 1
    main = answer.text.split("<main")[1].split("</main>")[0]
    assert status == 410 or "<p>" in main
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_of_ours_tells_nothing_of_its_inside(failing: Visitor) -> None:
    answer = failing.get("/fail/999")
    assert answer.status_code == 500
    assert "7f3a" not in answer.text
    assert "RuntimeError" not in answer.text
    assert "This is our fault, not yours" in answer.text


def test_a_closed_wave_says_since_when(failing: Visitor) -> None:
    answer = failing.get("/fail/998")
    assert answer.status_code == 410
    assert "This survey closed on 3 May 2026." in answer.text


def test_waiting_is_asked_for_where_it_helps(failing: Visitor) -> None:
    for status in (429, 503):
        assert int(failing.get(f"/fail/{status}").headers["Retry-After"]) > 0


def test_a_form_without_its_token_is_refused_and_says_how_to_go_on(client: Visitor) -> None:
    for data in ({}, {"csrf_token": ""}, {"csrf_token": "made-up"}):
        answer = client.post("/sign-in", data=data)
        assert answer.status_code == 400
        assert "Your page was open too long" in answer.text
        assert "Go back, check your answers and press Continue again." in answer.text


def test_another_browsers_token_is_refused(app: Flask, client: Visitor) -> None:
    other = app.test_client()
    assert isinstance(other, Visitor)
    client.get("/sign-in")
    assert client.post("/sign-in", data={"csrf_token": other.token()}).status_code == 400


def test_a_wrong_method_names_the_right_ones(client: Visitor) -> None:
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("size", [70_000, 10_000_000])
def test_a_large_body_is_refused_with_a_page(client: Visitor, size: int) -> None:
    answer = client.post("/sign-in", data={"csrf_token": client.token(), "email": "x" * size})
    assert answer.status_code == 413
    assert "That is too much to send at once" in answer.text


def test_many_fields_are_refused(client: Visitor) -> None:
    boundary, body = encode_multipart({f"f{number}": "" for number in range(1001)}, boundary="-")
    kind = f"multipart/form-data; boundary={boundary}"
    assert len(body) < 64 * 1024
    assert client.post("/sign-in", data=body, content_type=kind).status_code == 413


def test_unknown_and_withdrawn_links_read_the_same(
    client: Visitor, study: SmallStudy, store: Store, links: dict[str, str]
) -> None:
    with store.writing() as session:
        session.execute(
            text("UPDATE invitation SET revoked_at = invited_at WHERE person_id = :id"), {"id": study.people["p2"].id}
        )
    withdrawn, unknown = client.get(links["p2"]), client.get("/interview/AAAAAAAAAAAAAAAAAAAAAA")
    assert withdrawn.status_code == unknown.status_code == 404
    assert withdrawn.data == unknown.data
    assert "We do not know this link" in unknown.text
    assert [name for name, _ in withdrawn.headers] == [name for name, _ in unknown.headers]
