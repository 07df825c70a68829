"""Accounts that sign in with a password: made, checked with a growing lock, signed in and out."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from surveys.tables import Account, SignIn

ROLES = ("administrator", "evaluator", "analyst")
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
FREE_FAILURES = 5
LONGEST_LOCK = timedelta(minutes=15)
SIGNED_IN_AT_MOST = timedelta(hours=12)
SIGNED_IN_UNSEEN = timedelta(minutes=60)
SEEN_EVERY = timedelta(minutes=1)

hasher = PasswordHasher()


class AccountRefused(Exception):
    """An account cannot be made like this; the text says what to change."""


class UnknownAccount(Exception):
    """There is no account for that address."""


class AccountLocked(Exception):
    """Too many wrong passwords; the text says how long to wait."""

    def __init__(self, until: datetime, *, now: datetime) -> None:
        self.until = until
        minutes = max(1, -(-int((until - now).total_seconds()) // 60))
        super().__init__(
            f"There were too many wrong passwords. Try again in {minutes} minute{'s' if minutes > 1 else ''}."
        )


def create_account(session: Session, email: str, name: str, role: str, password: str, *, now: datetime) -> Account:
    """A new account; raises AccountRefused for an unknown role, a short password or an address in use."""
    address = email.strip().lower()
    if role not in ROLES:
        raise AccountRefused(f"There is no role “{role}”. Choose one of: {', '.join(ROLES)}.")
    _refuse_password(password)
    if find_account(session, address) is not None:
        raise AccountRefused(f"There is an account for {address} already.")
    account = Account(
        email=address, name=name, role=role, password_hash=hasher.hash(password), created_at=now, failures=0
    )
    session.add(account)
    session.flush()
    return account


def _refuse_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountRefused(f"The password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")


def find_account(session: Session, email: str) -> Account | None:
    """The account of an e-mail address, or None."""
    return session.scalar(select(Account).where(Account.email == email.strip().lower()))


def disable_account(session: Session, email: str, *, now: datetime) -> Account:
    """Let the account sign in no more, and end what it is signed in with; raises UnknownAccount.

    Disabling twice is disabling once.
    """
    account = find_account(session, email)
    if account is None:
        raise UnknownAccount(f"There is no account for {email}. See: flask accounts list")
    account.disabled_at = account.disabled_at or now
    session.execute(_ending(now).where(SignIn.account_id == account.id))
    return account


def account_state(account: Account, *, now: datetime) -> str:
    """Whether the account can sign in now: active, locked for a while, or disabled."""
    if account.disabled_at is not None:
        return "disabled"
    return "locked" if account.locked_until is not None and now < account.locked_until else "active"


@dataclass(frozen=True)
class Attempt:
    """One try of a password: whose it was, if anybody's, whether it was right, and a newer hash when one is due."""

    account_id: int | None
    right: bool
    new_hash: str | None = None


def try_password(session: Session, email: str, password: str, *, now: datetime) -> Attempt:
    """Whether the password is right; writes nothing, so that hashing never holds up those who save.

    An unknown address takes as long as a wrong password. Raises AccountLocked.
    """
    account = find_account(session, email)
    if account is None or account.disabled_at is not None:
        _matches(_nobody(), password)
        return Attempt(None, right=False)
    _refuse_locked(account, now)
    right = _matches(account.password_hash, password)
    stale = right and hasher.check_needs_rehash(account.password_hash)
    return Attempt(account.id, right, hasher.hash(password) if stale else None)


def settle_attempt(session: Session, attempt: Attempt, *, now: datetime) -> Account | None:
    """Count a try, and give the account when it was right, else None.

    After five failures in a row each further one locks the account for twice as long. Raises AccountLocked when
    the account was locked since the password was tried.
    """
    account = session.get(Account, attempt.account_id, with_for_update=True) if attempt.account_id else None
    if account is None:
        return None
    _refuse_locked(account, now)
    if not attempt.right:
        _count_failure(account, now)
        return None
    account.failures, account.locked_until = 0, None
    account.password_hash = attempt.new_hash or account.password_hash
    return account


def _refuse_locked(account: Account, now: datetime) -> None:
    if account.locked_until is not None and now < account.locked_until:
        raise AccountLocked(account.locked_until, now=now)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password has."""
    return hasher.hash(secrets.token_urlsafe(32))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


def _count_failure(account: Account, now: datetime) -> None:
    account.failures += 1
    beyond = account.failures - FREE_FAILURES
    if beyond >= 0:
        account.locked_until = now + min(LONGEST_LOCK, timedelta(minutes=2 ** min(beyond, 10)))


def begin_sign_in(session: Session, account: Account, *, now: datetime) -> str:
    """Sign a browser in; gives the token for its cookie, of which the store keeps the hash."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(account_id=account.id, token_hash=_hash(token), created_at=now, seen_at=now))
    session.flush()
    return token


def find_sign_in(session: Session, token: str, *, now: datetime) -> Account | None:
    """The account that a cookie's token signs in now, or None when it ended, lapsed or never was."""
    row = session.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == _hash(token), SignIn.ended_at.is_(None), Account.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    sign_in, account = row
    lapsed = now - sign_in.created_at > SIGNED_IN_AT_MOST or now - sign_in.seen_at > SIGNED_IN_UNSEEN
    return None if lapsed else account


def note_seen(session: Session, token: str, *, now: datetime) -> None:
    """Keep a sign-in from lapsing; writes at most once a minute."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == _hash(token), SignIn.ended_at.is_(None), SignIn.seen_at < now - SEEN_EVERY)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def end_sign_in(session: Session, token: str, *, now: datetime) -> None:
    """End a browser's sign-in; ending it twice is ending it once."""
    session.execute(_ending(now).where(SignIn.token_hash == _hash(token)))


def _ending(now: datetime) -> Update:
    """Ends sign-ins that have not ended yet."""
    ending = update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now)
    return ending.execution_options(synchronize_session=False)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
