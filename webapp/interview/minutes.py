"""How many minutes are left to the end, as the questionnaire's burden has it."""

from __future__ import annotations

import math

from instruments import burden
from webapp.interview.texts import counted, texts
from webapp.interview.visit import Visit


def minutes_left(visit: Visit) -> str:
    """ "About 3 minutes left" for everything that is still open, rounded up."""
    minutes = burden.minutes_left(visit.current.instrument, visit.current.responses)
    count = 0 if minutes < 1 else math.ceil(minutes)
    return counted(texts(visit.language), "minutes_left", count)
