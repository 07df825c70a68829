"""Where commands meet the shell: a refusal becomes its text on the error output and exit code 1, never a traceback."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from exchange.fields import BadValue
from exchange.refusals import UnusableFile
from instruments.load import InstrumentError
from networks.columns import MissingColumn
from networks.graphs import DuplicateNode, UnknownAttribute, UnknownNode
from surveys.accounts import AccountRefused, UnknownAccount
from surveys.agreements import AgreementMissing
from surveys.faults import ChangedMeanwhile, Faulty
from surveys.studies import UnknownInstrument, UnknownStudy, VersionTaken
from surveys.waves import UnknownWave, WaveClosed

REFUSALS = (
    AccountRefused,
    AgreementMissing,
    BadValue,
    ChangedMeanwhile,
    DuplicateNode,
    Faulty,
    InstrumentError,
    MissingColumn,
    UnknownAccount,
    UnknownAttribute,
    UnknownInstrument,
    UnknownNode,
    UnknownStudy,
    UnknownWave,
    UnusableFile,
    VersionTaken,
    WaveClosed,
)
NO_TABLES = ("no such table", "no such column", "unable to open database file", 'relation "', "column ")


class Group(AppGroup):
    """A group of commands that run inside the application and refuse in plain words."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a refusal ends it with exit code 1."""
        try:
            return super().invoke(ctx)
        except REFUSALS as refusal:
            raise click.ClickException(str(refusal)) from None
        except IntegrityError as failure:
            remedy = "Nothing was kept. Run the command again."
            raise click.ClickException(f"Somebody changed the same thing at the same time. {remedy}") from failure
        except (OperationalError, ProgrammingError) as failure:
            raise click.ClickException(_about_database(failure)) from failure


def refusing(*refusals: type[Exception]) -> type[click.Command]:
    """A kind of command that these refusals end with their text: those of one group, loaded with it alone."""

    class Refusing(click.Command):
        def invoke(self, ctx: click.Context) -> Any:
            try:
                return super().invoke(ctx)
            except refusals as refusal:
                raise click.ClickException(str(refusal)) from None

    return Refusing


def _about_database(failure: OperationalError | ProgrammingError) -> str:
    found = str(failure.orig)
    if any(sign in found for sign in NO_TABLES):
        return "There is no database yet, or its tables are old. Bring it up to date with: flask db upgrade"
    return f"The database cannot be used: {found.splitlines()[0]}. Check DATABASE_URL, then try again."
