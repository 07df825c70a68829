"""A mail to try: sent to the address of whoever is signed in, marked TEST, and told of in a sentence."""

from __future__ import annotations

from exchange.mail.carriers import CarrierDown
from exchange.mail.messages import SenderRefused
from exchange.mail.notify import NotifyRefused
from surveys.mailing.letters import Letter
from surveys.mailing.outbox import Outcome
from webapp.database import roll_back
from webapp.mail import NoCarrier, hand_over
from webapp.services import services

REFUSALS = (CarrierDown, NoCarrier, NotifyRefused, SenderRefused)


class NotTried(Exception):
    """The mail to try was not sent; the text says why and what to do."""


def send_to_try(letter: Letter) -> None:
    """Send a mail to its address at once; raises NotTried. What the request wrote before is not kept.

    The store is let go of first: a mail server may take its time.
    """
    roll_back()
    try:
        outcome = hand_over(services(), letter)
    except REFUSALS as refusal:
        raise NotTried(str(refusal)) from refusal
    if outcome is not Outcome.SENT:
        raise NotTried(f"The mail was not taken: {outcome.value}. Check the address of your account.")
