"""The dashboards inside the service: evaluators see who has answered, and nothing of what was said."""

from __future__ import annotations

import pytest

from dashboards.layout import CAUTION, FIELD_CAUTION
from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor, Who


@pytest.fixture
def evaluating(client: Visitor, evaluator: Who, study: SmallStudy) -> Visitor:
    client.sign_in(evaluator)
    return client


@pytest.mark.parametrize(("name", "status"), [("response", 200), ("flows", 403), ("roles", 403), ("growth", 403)])
def test_an_evaluator_opens_the_response_page_alone(evaluating: Visitor, name: str, status: int) -> None:
    assert evaluating.get(f"/dashboards/{name}").status_code == status


def test_an_evaluators_layout_says_what_the_page_holds(evaluating: Visitor) -> None:
    layout = evaluating.get("/dashboards/_dash-layout").text
    assert FIELD_CAUTION in layout
    assert CAUTION not in layout


def asked(visitor: Visitor, page: str) -> object:
    """What the one callback of the dashboards answers for a page, as the page itself asks it."""
    calls = visitor.get("/dashboards/_dash-dependencies").get_json()
    call = next(one for one in calls if one["inputs"][0]["id"] == "address")
    visitor.get("/dashboards/response")
    token = visitor.get_cookie("confer-dashboard-token", path="/dashboards/")
    outputs = [
        dict(zip(("id", "property"), part.split("."), strict=True)) for part in call["output"][2:-2].split("...")
    ]
    inputs = [
        {"id": "address", "property": "pathname", "value": f"/dashboards/{page}"},
        {"id": "address", "property": "search", "value": ""},
    ]
    body = {"output": call["output"], "outputs": outputs, "inputs": inputs, "changedPropIds": ["address.pathname"]}
    headers = {"X-CSRFToken": token.value if token is not None else ""}
    return visitor.post("/dashboards/_dash-update-component", json=body, headers=headers)


@pytest.mark.parametrize(("page", "status"), [("response", 200), ("growth", 204)])
def test_a_call_for_a_page_that_may_not_be_seen_answers_nothing(evaluating: Visitor, page: str, status: int) -> None:
    answer = asked(evaluating, page)
    assert answer.status_code == status
    assert ("/dashboards/growth" in answer.text) is False
