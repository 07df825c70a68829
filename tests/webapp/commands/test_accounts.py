"""`flask accounts`: made with a given or a made password, listed, disabled."""

from datetime import datetime

import pytest

from surveys.store import Store
from tests.small_study import check_password


def signs_in(store: Store, email: str, password: str, now: datetime) -> bool:
    with store.writing() as session:
        return check_password(session, email, password, now=now) is not None


def test_a_password_is_made_and_shown_once(succeed, store: Store, clock) -> None:
    said = succeed("accounts", "create", "Ann@example.org", "--role", "analyst", "--name", "Ann Bell")
    password = said.split("shown this once: ")[1].strip()
    assert len(password) >= 24
    assert signs_in(store, "ann@example.org", password, clock())
    listed = succeed("accounts", "list")
    assert password not in listed
    assert listed.splitlines()[1].split() == ["ann@example.org", "Ann", "Bell", "analyst", "active"]


def test_a_given_password_is_not_printed(succeed, store: Store, clock) -> None:
    words = ("accounts", "create", "ed@example.org", "--role", "evaluator", "--password-stdin")
    said = succeed(*words, input="a long enough secret\n")
    assert "a long enough secret" not in said
    assert signs_in(store, "ed@example.org", "a long enough secret", clock())


def test_a_disabled_account_does_not_sign_in(succeed, store: Store, clock) -> None:
    succeed(
        "accounts", "create", "ed@example.org", "--role", "evaluator", "--password-stdin", input="long enough secret"
    )
    assert "cannot sign in any more" in succeed("accounts", "disable", "ed@example.org")
    assert not signs_in(store, "ed@example.org", "long enough secret", clock())
    assert succeed("accounts", "list").splitlines()[1].endswith("disabled")


@pytest.mark.parametrize(
    ("words", "given", "code", "message"),
    [
        (("create", "x", "--role", "analyst"), "", 1, "this is not an e-mail address"),
        (("create", "a@example.org", "--role", "owner"), "", 2, "'owner' is not one of"),
        (("create", "a@example.org", "--role", "analyst", "--password-stdin"), "short\n", 1, "12 to 1000 characters"),
        (("disable", "b@example.org"), "", 1, "There is no account for b@example.org"),
    ],
)
def test_what_cannot_be_is_refused(refuse, words: tuple[str, ...], given: str, code: int, message: str) -> None:
    assert message in refuse("accounts", *words, code=code, input=given)


def test_an_address_has_one_account(succeed, refuse) -> None:
    succeed("accounts", "create", "a@example.org", "--role", "analyst")
    assert "There is an account for a@example.org already" in refuse(
        "accounts", "create", "A@example.org", "--role", "analyst"
    )


def test_no_account_is_said_so(succeed) -> None:
    assert succeed("accounts", "list") == "There is no account yet.\n"
