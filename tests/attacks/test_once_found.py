"""What once made a fault of ours, each by itself."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.attacks.conftest import BOTH_ENGINES
from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor
from tests.webapp.interview.conftest import Respondent


@pytest.fixture(autouse=True)
def as_served(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False


def test_a_sender_that_is_no_address_is_refused(client: Visitor) -> None:
    assert client.post("/sign-out", headers={"Origin": "http://[bad"}).status_code == 400
    assert client.post("/sign-out", headers={"Origin": "http://localhost"}).status_code == 400  # no form token
    assert client.send("/sign-out").status_code == 303


@BOTH_ENGINES
def test_text_with_nul_is_kept_without_it_or_refused_wherever_it_is_sent(ada: Respondent, client: Visitor) -> None:
    nul = "Jo\0e"
    ada.to_names()
    sent = {
        "/about_you": {"site": nul, "role": nul},
        "/advice_names/add": {"prompt": nul, "name": nul, "person": ""},
        "/advice_names/choose": {"prompt": "any", "name": "Jo", "person": nul},
        "/advice_names/describe/1": {"site": nul, "role": nul},
        "/advice_names": {"name": nul},
        "/topic_grid": {"flow.1.epma": nul},
        "/about_contacts/1": {"freq.1": nul, "formality.1": nul, "origin.1": nul, "origin.1.other": nul},
        "/story": {"exchange": nul},
        "/leave?from=story": {"exchange": nul},
    }
    for path, data in sent.items():
        assert ada.post(path, data).status_code < 500, path
    assert ada.post("/advice_names/add", {"person": nul}).status_code < 500
    for query in ("search?q=abc%00", "choose?q=abc%00", "search?q=%00%00%00"):
        assert ada.get(f"/advice_names/{query}").status_code < 500, query
    assert client.send("/sign-in", {"email": "a\0@example.org", "password": nul}).status_code < 500
    client.set_cookie("confer-sign-in", "a%00b")
    assert client.get("/home").status_code < 500


@BOTH_ENGINES
def test_numbers_no_column_holds_are_refused(ada: Respondent) -> None:
    ada.to_grid("p3")
    for number in ("9" * 30, str(2**31), str(2**63), "0"):
        for path in ("about_contacts", "advice_names/describe", "advice_names/remove"):
            assert ada.get(f"/{path}/{number}").status_code == 404
            assert ada.post(f"/{path}/{number}").status_code == 404
        assert ada.get(f"/advice_names?added={number}").status_code == 200


def test_a_form_of_an_unknown_kind_is_refused(ada: Respondent, client: Visitor, study: SmallStudy) -> None:
    for kind in (
        "multipart/form-data",
        "multipart/form-data; boundary=-",
        "multipart/form-data; boundary=" + "x" * 300,
    ):
        for body in (b"", b"-", b"---\r\n\r\n", b"---\r\nContent-Disposition: form-data\r\n\r\nx\r\n-----\r\n"):
            headers = {"X-CSRFToken": client.token()}
            answer = client.post("/sign-out", data=body, content_type=kind, headers=headers)
            assert answer.status_code < 500, (kind, body)
