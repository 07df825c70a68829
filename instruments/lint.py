"""The whole instrument looked at together."""

from __future__ import annotations

from instruments.problems import Finding
from instruments.schema import Instrument


def findings(instrument: Instrument) -> tuple[Finding, ...]:
    return ()
