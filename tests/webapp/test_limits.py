"""Guessing is slowed down; those with a link of their own are not."""

from __future__ import annotations

from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor, Who


def test_the_31st_unknown_link_in_a_minute_waits(client: Visitor) -> None:
    answers = [client.get(f"/interview/guess{number}").status_code for number in range(31)]
    assert answers == [404] * 30 + [429]


def test_links_that_are_known_are_not_counted(client: Visitor, study: SmallStudy, links: dict[str, str]) -> None:
    assert {client.get(links["p1"]).status_code for _ in range(40)} == {200}


def test_the_21st_sign_in_in_a_minute_waits(client: Visitor, analyst: Who) -> None:
    token = client.token()
    answers = [client.post("/sign-in", data={"csrf_token": token}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]
