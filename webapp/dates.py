"""Dates as people read them."""

from __future__ import annotations

from datetime import date


def day(when: date) -> str:
    """A day in words: 30 November 2026."""
    return f"{when.day} {when:%B %Y}"
