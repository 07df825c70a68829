"""`flask accounts`: make, list and disable the accounts that sign in."""

from __future__ import annotations

import secrets
import sys

import click
from flask.cli import AppGroup
from sqlalchemy import select

from exchange.fields import email as read_email
from surveys.accounts import ROLES, account_state, create_account, disable_account
from surveys.tables import Account
from webapp.commands.columns import aligned
from webapp.services import services

PASSWORD_BYTES = 18
"""Random bytes of a password made here: 144 bits, 24 characters."""

group = AppGroup("accounts")


@group.command("create")
@click.argument("address", metavar="EMAIL")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--name", default="", help="What people read; the address when not given.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the input.")
def create(address: str, role: str, name: str, password_stdin: bool) -> None:
    """Make an account for EMAIL. A strong password is made and shown once, unless one is given."""
    email = read_email(address) or address
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else secrets.token_urlsafe(PASSWORD_BYTES)
    with services().store.writing() as session:
        create_account(session, email, name.strip() or email, role, password, now=services().clock())
    click.echo(f"Made the {role} account {email.lower()}.")
    if not password_stdin:
        click.echo(f"Password, shown this once: {password}")


@group.command("list")
def list_accounts() -> None:
    """List the accounts with their role and state."""
    now = services().clock()
    with services().store.reader() as session:
        rows = [
            (account.email, account.name, account.role, account_state(account, now=now))
            for account in session.scalars(select(Account).order_by(Account.email))
        ]
    click.echo(aligned(("email", "name", "role", "state"), rows) if rows else "There is no account yet.")


@group.command("disable")
@click.argument("address", metavar="EMAIL")
def disable(address: str) -> None:
    """End the account's sign-ins and let it sign in no more."""
    with services().store.writing() as session:
        email = disable_account(session, address, now=services().clock()).email
    click.echo(f"{email} cannot sign in any more.")
