"""What a carrier of mail is: it takes a letter and says what became of it, or that it takes none for now."""

from __future__ import annotations

from typing import Protocol

from surveys.mailing.letters import Letter
from surveys.mailing.outbox import Outcome


class CarrierDown(Exception):
    """The carrier takes no mail for now, whoever it is for, and was handed nothing; the text names no person."""


class Carrier(Protocol):
    """Carries letters. Every step of a hand-over ends within its time limit; nothing is logged that names a person."""

    def hand_over(self, letter: Letter) -> Outcome:
        """Hand one letter over; raises CarrierDown."""

    def knows(self, letter: Letter) -> bool:
        """Whether the letter was certainly handed over before; False also when the carrier cannot tell."""

    def close(self) -> None:
        """Let go of any connection."""
