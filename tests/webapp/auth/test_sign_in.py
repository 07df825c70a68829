"""Signing in and out: who gets in, what is said to the others, and what a cookie is worth afterwards."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from config import Settings
from surveys.store import Store
from surveys.tables import SignIn
from tests.webapp.conftest import Clock, Visitor, Who, made

COOKIE = "confer-sign-in"


def test_the_right_password_leads_home(client: Visitor, analyst: Who) -> None:
    assert client.sign_in(analyst).location == "/home"
    home = client.get("/home")
    assert home.status_code == 200
    assert "Analyst (analyst)" in home.text


def test_the_address_may_be_typed_in_capitals_and_with_spaces(client: Visitor, analyst: Who) -> None:
    assert client.sign_in(replace(analyst, email=f" {analyst.email.upper()} ")).location == "/home"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Visitor, analyst: Who) -> None:
    wrong = client.sign_in(replace(analyst, password="not the password"))
    unknown = client.sign_in(replace(analyst, email="nobody@example.org"))
    assert wrong.status_code == unknown.status_code == 422
    same = wrong.text.replace(analyst.email, "…") == unknown.text.replace("nobody@example.org", "…")
    assert same or "csrf" in wrong.text
    assert "The e-mail address or the password is not right." in wrong.text
    assert "The e-mail address or the password is not right." in unknown.text
    assert "<title>Error: Sign in" in wrong.text


def test_what_was_typed_stays_except_the_password(client: Visitor, analyst: Who) -> None:
    page = client.sign_in(replace(analyst, password="not the password")).text
    assert f'value="{analyst.email}"' in page
    assert "not the password" not in page


def test_empty_fields_are_named_and_linked(client: Visitor) -> None:
    page = client.send("/sign-in").text
    assert '<a href="#email">Enter your e-mail address</a>' in page
    assert '<a href="#password">Enter your password</a>' in page


def test_too_many_wrong_passwords_say_how_long_to_wait(client: Visitor, analyst: Who, clock: Clock) -> None:
    for _ in range(5):
        client.sign_in(replace(analyst, password="not the password"))
    locked = client.sign_in(analyst)
    assert locked.status_code == 422
    assert "Try again in 1 minute." in locked.text
    clock.pass_time(minutes=2)
    assert client.sign_in(analyst).location == "/home"


def test_failures_are_counted_although_the_answer_is_an_error(client: Visitor, analyst: Who, store: Store) -> None:
    client.sign_in(replace(analyst, password="not the password"))
    with store.reader() as session:
        assert session.connection().exec_driver_sql("SELECT failures FROM account").scalar() == 1


def test_the_store_never_holds_the_cookie(client: Visitor, analyst: Who, store: Store) -> None:
    client.sign_in(analyst)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    with store.reader() as session:
        assert session.scalars(select(SignIn.token_hash)).all() != [cookie.value]


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: Visitor, analyst: Who) -> None:
    header = client.sign_in(analyst).headers.getlist("Set-Cookie")
    mine = next(line for line in header if line.startswith(f"{COOKIE}="))
    assert "HttpOnly" in mine
    assert "SameSite=Lax" in mine
    assert "Path=/" in mine
    assert "Expires" not in mine


def test_over_https_every_cookie_is_bound_to_the_host(
    settings: Settings, store: Store, clock: Clock, analyst: Who
) -> None:
    app = made(replace(settings, public_url="https://localhost"), clock)
    with app.test_client() as client:
        page = client.get("/sign-in", base_url="https://localhost")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = client.post(
            "/sign-in",
            base_url="https://localhost",
            data={"csrf_token": token, "email": analyst.email, "password": analyst.password},
        )
    lines = page.headers.getlist("Set-Cookie") + answer.headers.getlist("Set-Cookie")
    given = [line for line in lines if "Max-Age=0" not in line and "Expires=Thu, 01 Jan 1970" not in line]
    assert answer.location == "/home"
    assert {line.split("=")[0] for line in given} >= {"__Host-confer", "__Host-confer-sign-in"}
    assert all("Secure" in line and "Path=/" in line and "Domain" not in line for line in given)


def test_an_old_cookie_opens_nothing_after_signing_out(client: Visitor, analyst: Who) -> None:
    client.sign_in(analyst)
    old = client.get_cookie(COOKIE)
    assert old is not None
    assert client.send("/sign-out", page="/home").location == "/"
    assert client.get_cookie(COOKIE) is None
    client.set_cookie(COOKIE, old.value)
    assert client.get("/home").location == "/sign-in?next=/home"
    assert client.get("/home", headers={"Sec-Fetch-Mode": "cors"}).status_code == 401


def test_signing_in_again_ends_the_sign_in_before(client: Visitor, analyst: Who, evaluator: Who) -> None:
    client.sign_in(analyst)
    old = client.get_cookie(COOKIE)
    assert old is not None
    page = client.get("/home").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    client.post("/sign-in", data={"csrf_token": token, "email": evaluator.email, "password": evaluator.password})
    assert "Evaluator (evaluator)" in client.get("/home").text
    client.set_cookie(COOKIE, old.value)
    assert client.get("/home").status_code == 303


def test_signing_out_twice_or_without_signing_in_does_no_harm(client: Visitor) -> None:
    assert client.send("/sign-out").location == "/"
    assert client.get("/sign-out").status_code == 405


def test_a_made_up_cookie_opens_nothing(client: Visitor) -> None:
    for value in ("x", "", "é", "a" * 4000, "' OR 1=1 --"):
        client.set_cookie(COOKIE, value)
        assert client.get("/home").status_code == 303
