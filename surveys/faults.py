"""Settings that cannot be kept: what is wrong with each, by its name, so that a page can say it beside the field."""

from __future__ import annotations

from collections.abc import Mapping


class Faulty(Exception):
    """What was given cannot be kept; the text says all that is wrong, `faults` what is wrong with which setting."""

    def __init__(self, faults: Mapping[str, str] | str) -> None:
        self.faults = {"": faults} if isinstance(faults, str) else dict(faults)
        super().__init__(" ".join(self.faults.values()))


class ChangedMeanwhile(Exception):
    """Somebody else changed these settings since they were shown; nothing was kept. `revision` is how they stand."""

    def __init__(self, what: str, revision: int) -> None:
        self.revision = revision
        super().__init__(f"Somebody else changed {what} meanwhile. Look at both and say which to keep.")
