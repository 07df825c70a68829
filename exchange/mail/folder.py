"""Carries mail into a folder, one .eml file each, for trying the service out."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from exchange.mail.carriers import CarrierDown
from exchange.mail.messages import Sender, message
from surveys.mailing.letters import Letter
from surveys.mailing.outbox import Outcome


class FolderCarrier:
    """Writes letters into a folder instead of sending them."""

    def __init__(self, folder: Path, sender: Sender, clock: Callable[[], datetime]) -> None:
        self._folder, self._sender, self._clock = folder, sender, clock

    def hand_over(self, letter: Letter) -> Outcome:
        """Write the letter as KEY.eml, or test-TIME.eml where it has no key; the same letter again replaces itself."""
        now = self._clock()
        text = message(letter, self._sender, now=now).as_bytes()
        path = self.path(letter)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(text)
            os.replace(part, path)
        except OSError as failure:
            raise CarrierDown("The folder of MAIL_FOLDER cannot be written. Make it, or name another.") from failure
        return Outcome.SENT

    def path(self, letter: Letter) -> Path:
        """Where the letter is written to."""
        return self._folder / f"{letter.key or f'test-{self._clock():%Y%m%dT%H%M%S%f}'}.eml"

    def knows(self, letter: Letter) -> bool:
        """Whether the letter's file is there."""
        return bool(letter.key) and self.path(letter).is_file()

    def close(self) -> None:
        """There is no connection."""
