"""Passwords are checked with a growing lock, and a sign-in ends when it is ended."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.accounts import (
    AccountLocked,
    AccountRefused,
    begin_sign_in,
    create_account,
    disable_account,
    end_sign_in,
    find_sign_in,
    note_seen,
)
from surveys.tables import Account, SignIn
from tests.small_study import NOW, check_password

PASSWORD = "a long enough phrase"


@pytest.fixture
def account(session: Session) -> Account:
    return create_account(session, "Ana@Example.org ", "Ana", "analyst", PASSWORD, now=NOW)


def test_the_right_password_gives_the_account_whatever_the_case_of_the_address(
    session: Session, account: Account
) -> None:
    assert check_password(session, " ANA@example.org", PASSWORD, now=NOW) is account
    assert check_password(session, "ana@example.org", PASSWORD + " ", now=NOW) is None
    assert check_password(session, "nobody@example.org", PASSWORD, now=NOW) is None


def test_the_password_is_kept_as_an_argon2id_hash(account: Account) -> None:
    assert account.password_hash.startswith("$argon2id$")
    assert PASSWORD not in account.password_hash


def test_five_wrong_passwords_lock_and_each_further_one_locks_for_longer(session: Session, account: Account) -> None:
    for _ in range(5):
        assert check_password(session, account.email, "wrong", now=NOW) is None
    with pytest.raises(AccountLocked, match="in 1 minute"):
        check_password(session, account.email, PASSWORD, now=NOW)
    later = NOW + timedelta(minutes=1)
    assert check_password(session, account.email, "wrong", now=later) is None
    assert account.locked_until == later + timedelta(minutes=2)
    assert check_password(session, account.email, PASSWORD, now=later + timedelta(minutes=2)) is account
    assert account.failures == 0


@pytest.mark.parametrize(
    ("role", "password"),
    [("programme", PASSWORD), ("analyst", "short"), ("analyst", "x" * 1001), ("analyst", PASSWORD)],
)
def test_bad_roles_passwords_and_taken_addresses_are_refused(
    session: Session, account: Account, role: str, password: str
) -> None:
    with pytest.raises(AccountRefused):
        create_account(session, account.email, "Again", role, password, now=NOW)


def test_a_sign_in_is_found_until_it_is_ended_or_lapses(session: Session, account: Account) -> None:
    token = begin_sign_in(session, account, now=NOW)
    assert find_sign_in(session, token, now=NOW) is account
    assert find_sign_in(session, token, now=NOW + timedelta(minutes=61)) is None
    note_seen(session, token, now=NOW + timedelta(minutes=50))
    assert find_sign_in(session, token, now=NOW + timedelta(minutes=61)) is account
    end_sign_in(session, token, now=NOW)
    assert find_sign_in(session, token, now=NOW) is None


def test_the_store_never_holds_the_token_itself(session: Session, account: Account) -> None:
    token = begin_sign_in(session, account, now=NOW)
    assert token not in session.scalars(select(SignIn.token_hash)).all()


def test_a_disabled_account_signs_in_no_more(session: Session, account: Account) -> None:
    token = begin_sign_in(session, account, now=NOW)
    disable_account(session, account.email, now=NOW)
    session.flush()
    assert find_sign_in(session, token, now=NOW) is None
    assert session.scalars(select(SignIn.ended_at)).all() == [NOW]
    assert check_password(session, account.email, PASSWORD, now=NOW) is None
