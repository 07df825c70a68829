"""Every address declares who may open it, and each kind of visitor gets just that."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.small_study import SmallStudy
from tests.webapp.conftest import Clock, Visitor, Who
from webapp import guard

STAFF = frozenset({"evaluator", "analyst", "administrator"})
PUBLIC = frozenset({guard.PUBLIC})
EXPECTED = {
    "static": PUBLIC,
    "auth.sign_in": PUBLIC,
    "auth.check_sign_in": PUBLIC,
    "auth.sign_out": PUBLIC,
    "manage.start": PUBLIC,
    "manage.home": STAFF,
    "downloads.table": STAFF,
    "receipts.take": PUBLIC,
}

READ_BY_STAFF = {"studies.study", "agreement.record", "waves.wave", "collection.table", "collection.table_file"}


def expected(rule: Rule) -> frozenset[str] | None:
    if rule.endpoint in READ_BY_STAFF:
        return STAFF
    if rule.rule.startswith(("/interview/", "/join/", "/unsubscribe/")):
        return frozenset({guard.LINK})
    if rule.rule.startswith(("/preview/", "/new-study", "/studies/<code>/")):
        return frozenset({"evaluator", "administrator"})
    return STAFF if rule.rule.startswith("/dashboards") else EXPECTED.get(rule.endpoint)


def address(rule: Rule, token: str) -> str:
    """The rule's address with something in every gap."""
    gaps = dict.fromkeys(rule.arguments, "1") | {"token": token, "alter": "1"}
    parts = [gaps[text] if is_gap else text for is_gap, text in rule._trace]
    return "".join(parts).removeprefix("|")


@pytest.fixture(params=["anonymous", "evaluator", "analyst", "administrator"])
def role(request: pytest.FixtureRequest, client: Visitor) -> str:
    if request.param != "anonymous":
        client.sign_in(request.getfixturevalue(request.param))
    return str(request.param)


def test_every_address_declares_who_may_open_it(app: Flask) -> None:
    declared = {rule.rule: guard.access_of(app, rule.endpoint) for rule in app.url_map.iter_rules()}
    assert declared == {rule.rule: expected(rule) for rule in app.url_map.iter_rules()}


def test_every_address_answers_each_role_as_it_declares(
    app: Flask, client: Visitor, role: str, study: SmallStudy
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    token = client.token("/sign-in" if role == "anonymous" else "/home")
    for rule in app.url_map.iter_rules():
        admitted = guard.access_of(app, rule.endpoint) or frozenset()
        for method in (rule.methods or set()) - {"OPTIONS"}:
            if rule.endpoint in ("auth.sign_out", "auth.check_sign_in"):
                continue  # these change who is signed in; they have tests of their own
            answer = client.open(address(rule, study.tokens["p1"]), method=method, headers={"X-CSRFToken": token})
            assert outcome(answer) in allowed(admitted, role, method), (rule.rule, method, role, answer.status)


def outcome(answer: object) -> str:
    status = answer.status_code  # type: ignore[attr-defined]
    if status in (302, 303) and answer.location.startswith("/sign-in"):  # type: ignore[attr-defined]
        return "sign in"
    return {401: "signed out", 403: "refused"}.get(status, "let in")


def allowed(admitted: frozenset[str], role: str, method: str) -> set[str]:
    if admitted & guard.OPEN_TO_ALL or role in admitted:
        return {"let in"}
    if role != "anonymous":
        return {"refused"}
    return {"sign in"} if method in ("GET", "HEAD") else {"signed out"}


def test_a_view_that_declares_nothing_is_not_served(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "a secret")
    answer = app.test_client().get("/forgotten")
    assert answer.status_code == 404
    assert "a secret" not in answer.text
    assert "forgotten declares no access" in caplog.text


def test_access_is_declared_with_known_words_only() -> None:
    for words in ((), ("analist",), (guard.PUBLIC, "everyone")):
        with pytest.raises(ValueError, match="Access is declared with"):
            guard.access(*words)


def test_a_prefix_declares_addresses_made_elsewhere(app: Flask, client: Visitor, evaluator: Who) -> None:
    app.add_url_rule("/charts/<path:rest>", "charts", lambda rest: rest)
    guard.declare(app, "/charts/", "analyst")
    client.sign_in(evaluator)
    assert client.get("/charts/one").status_code == 403


def test_a_script_that_lost_its_sign_in_gets_a_refusal_and_not_the_sign_in_page(client: Visitor) -> None:
    assert client.get("/home", headers={"Sec-Fetch-Mode": "cors"}).status_code == 401
    assert client.get("/home", headers={"Sec-Fetch-Mode": "navigate"}).status_code == 303


def test_a_page_asked_for_before_signing_in_comes_after_it(client: Visitor, analyst: Who) -> None:
    to_sign_in = client.get("/home?study=gde")
    assert to_sign_in.location == "/sign-in?next=/home?study%3Dgde"
    assert client.sign_in(analyst, next="/home?study=gde").location == "/home?study=gde"


ELSEWHERE = [
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/home\r\nSet-Cookie: a=b",
    "/home\x00",
    "javascript:alert(1)",
    "data:text/html,x",
    "/home@evil.example",
    "https:/home",
    ".//evil.example",
    "home",
    "/sign-in?next=//evil.example",
    "/sign-out",
    "/",
    "/static/build/x",
    "/nothing/here",
    "/home/..//evil.example",
    " /home",
    "/home\u2028",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_sign_in_leads_nowhere_but_to_staff_pages(client: Visitor, analyst: Who, path: str) -> None:
    assert client.sign_in(analyst, next=path).location == "/home"
    assert client.get("/sign-in", query_string={"next": path}).location == "/home"


def test_forms_sent_from_other_sites_are_refused(client: Visitor, analyst: Who) -> None:
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "http://localhost.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        data = {"csrf_token": client.token(), "email": analyst.email, "password": analyst.password}
        assert client.post("/sign-in", data=data, headers=headers).status_code == 400
        good = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
        assert client.post("/sign-in", data={"csrf_token": client.token()}, headers=good).status_code == 422


def test_a_sign_in_in_use_does_not_lapse_and_one_left_alone_does(client: Visitor, analyst: Who, clock: Clock) -> None:
    client.sign_in(analyst)
    for _ in range(4):
        clock.pass_time(minutes=50)
        assert client.get("/home").status_code == 200
    clock.pass_time(minutes=61)
    assert client.get("/home").status_code == 303
