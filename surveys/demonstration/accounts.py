"""Accounts to try the demonstration with; their passwords come from the service's key and are kept nowhere."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from surveys.accounts import ROLES, create_account, find_account

PASSWORD_BYTES = 10
GROUP = 4


@dataclass(frozen=True)
class DemonstrationAccount:
    """An account to sign in with; the password is worked out, not read."""

    role: str
    email: str
    password: str


def demonstration_accounts(key: bytes) -> tuple[DemonstrationAccount, ...]:
    """One account for each role, with the password that this key gives (80 bits)."""
    emails = {role: f"{role}@example.org" for role in reversed(ROLES)}
    return tuple(DemonstrationAccount(role, email, password_of(key, email)) for role, email in emails.items())


def password_of(key: bytes, email: str) -> str:
    """The password of one demonstration account, in groups of four letters and digits."""
    digest = hmac.new(key, f"demonstration-password:{email}".encode(), hashlib.sha256).digest()
    letters = base64.b32encode(digest[:PASSWORD_BYTES]).decode().lower()
    return "-".join(letters[place : place + GROUP] for place in range(0, len(letters), GROUP))


def keep_accounts(session: Session, key: bytes, *, now: datetime) -> None:
    """Make those of the demonstration's accounts that are not there."""
    for account in demonstration_accounts(key):
        if find_account(session, account.email) is None:
            name = f"Demonstration {account.role}"
            create_account(session, account.email, name, account.role, account.password, now=now)


def kept_accounts(session: Session, key: bytes) -> tuple[DemonstrationAccount, ...]:
    """The demonstration's accounts that are there, with the passwords that this key gives."""
    return tuple(account for account in demonstration_accounts(key) if find_account(session, account.email) is not None)
