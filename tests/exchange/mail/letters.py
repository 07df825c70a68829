"""Letters to carry, and who they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from exchange.mail.messages import Sender
from surveys.mailing.letters import Letter, Part

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
SENDER = Sender("A trust", "survey@confer.example", "bounces@returns.example")
LINK = "https://confer.example/interview/abc_DEF-123"
BODY = f"Hello Zoë O'Neil,\n\nFirst line\nsecond line:\n{LINK}\n\n<b>1 < 2</b>\n.\nlast\n"
LETTER = Letter(
    "a1" * 16, "invitation", "Zoë O'Neil", "zoe@example.org", "Please take part: Café", (Part("en", BODY),), LINK
)


def letter_to(address: str, key: str = "b2" * 16) -> Letter:
    return replace(LETTER, address=address, key=key)


def clock() -> datetime:
    return NOW
