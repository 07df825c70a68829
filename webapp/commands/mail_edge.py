"""Where the commands of mail meet the shell: their refusals as text, and the options that they share."""

from __future__ import annotations

from collections.abc import Mapping

import click

from exchange.mail.carriers import CarrierDown
from exchange.mail.messages import SenderRefused
from exchange.mail.notify import NotifyRefused
from surveys.mailing.addressees import UnknownGroup
from surveys.mailing.returning import UnknownPerson
from surveys.mailing.texts import KINDS
from webapp.commands.edge import refusing
from webapp.jobs import NoJobs
from webapp.mail import NoCarrier

Refusing = refusing(CarrierDown, NoCarrier, NoJobs, NotifyRefused, SenderRefused, UnknownGroup, UnknownPerson)

wave_option = click.option("--wave", "number", type=int, required=True, help="The wave's number.")
kind_option = click.option("--kind", type=click.Choice(KINDS), default=KINDS[0], show_default=True, help="Which mail.")


def counted(counts: Mapping[str, int]) -> str:
    """Counts in words, the largest first: "3 finished, 1 declined"."""
    return ", ".join(f"{count} {what}" for what, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))
