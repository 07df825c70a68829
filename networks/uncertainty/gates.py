"""Which measures are not shown while too few have answered, and the sentence that stands in their place."""

from collections.abc import Mapping
from dataclasses import dataclass

TRIAL = "redrawing who answered on a real advice network of 71 people, 2,000 times"
COSTENBADER = "Costenbader and Valente 2003, doi:10.1016/S0378-8733(03)00012-1"
KOSSINETS = "Kossinets 2006, doi:10.1016/j.socnet.2005.07.002"


@dataclass(frozen=True)
class Threshold:
    """From which share of answers a measure is shown, what it is called in a sentence, and why."""

    share: float
    name: str
    why: str


class UnknownMeasure(LookupError):
    """A gate was asked for of a measure that has none."""

    def __init__(self, measure: str) -> None:
        super().__init__(f'There is no threshold for "{measure}". Known are: {", ".join(THRESHOLDS)}.')


_PATHS = f"one silent person can join or part whole groups; {KOSSINETS}"

THRESHOLDS: Mapping[str, Threshold] = {
    "popularity": Threshold(0.3, "the most named people are", f"ranks agree to .88 at 30%; {TRIAL}; {COSTENBADER}"),
    "density": Threshold(0.5, "density is", f"at 45% its likely limits lie apart 2.5-fold; {TRIAL}"),
    "reciprocity": Threshold(0.5, "returned contacts are", f"at 50% both ends answered in a quarter of pairs; {TRIAL}"),
    "centralisation": Threshold(0.7, "centralisation is", f"it rests on the most central people; {COSTENBADER}"),
    "brokers": Threshold(0.7, "brokers are", f"at 70% two in three of the true top tenth are found; {TRIAL}"),
    "constraint": Threshold(0.7, "constraint is", f"a silent person's ties look like gaps to bridge; {TRIAL}"),
    "communities": Threshold(0.7, "communities are", _PATHS),
    "components": Threshold(0.7, "connected groups are", _PATHS),
    "core": Threshold(0.7, "core and periphery are", f"those who stayed silent look peripheral; {KOSSINETS}"),
}
"""One row per measure that low response makes unsafe, the safest first; a mean per respondent has none."""


def gate(measure: str, finished: int, invited: int) -> str | None:
    """Why a measure is not shown: "62 of 140 answered: brokers are not shown below 70%."; None where it may be.

    Refuses UnknownMeasure for any but those of THRESHOLDS.
    """
    if measure not in THRESHOLDS:
        raise UnknownMeasure(measure)
    threshold = THRESHOLDS[measure]
    if invited > 0 and finished >= threshold.share * invited - 1e-9:
        return None
    return f"{finished:,} of {invited:,} answered: {threshold.name} not shown below {100 * threshold.share:.0f}%."
