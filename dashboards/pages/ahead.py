"""How the wave is likely to end: a figure for the top line, a mark for the curve, and a sentence."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import polars as pl

from dashboards.asked import outlook
from dashboards.figures.response import Ahead
from dashboards.pages.acts import still_open
from dashboards.pages.field import needed
from dashboards.pages.page import Shown
from dashboards.parts.counts import Count
from dashboards.words import Words, counted, listed, percent
from networks.forecast import EARLIEST_SHARE, FEWEST_SO_FAR, Forecast
from networks.release import Filters, Outlook, target
from networks.release.response import ZONE


def looked(shown: Shown, curves: pl.DataFrame, wave: int) -> Outlook | None:
    """How the wave is likely to end, as of now; None when it is over."""
    if not still_open(shown, wave):
        return None
    days = curves.filter(pl.col("wave") == wave)["day"].sort()
    today = None
    if shown.now is not None and len(days):
        today = (shown.now.astimezone(ZoneInfo(ZONE)).date() - days[0]).days
    return outlook(shown.release, Filters(role=shown.filters.role), wave, today)


def expected(view: Outlook | None) -> Sequence[Count]:
    """The forecast as a figure of the top line; nothing without one."""
    if view is None or view.forecast is None:
        return []
    middle, low, high = _shares(view.forecast, view.invited)
    about = f"{percent(low)} to {percent(high)} is likely (90% interval), if it goes on as earlier waves did"
    return [Count("Expected in the end", percent(middle), about)]


def _shares(told: Forecast, invited: int) -> tuple[float, float, float]:
    return told.middle / invited, told.low / invited, told.high / invited


def mark(shown: Shown, view: Outlook | None, wave: int) -> Ahead | None:
    """Where the expected share stands in the figure: on the day the wave closes, or the last day of earlier waves."""
    if view is None or view.forecast is None:
        return None
    return Ahead(max(view.day, shown.release.days.get(wave, view.day)), *_shares(view.forecast, view.invited))


def sentence(shown: Shown, view: Outlook | None, wave: int) -> str:
    """What is expected and what it goes by, or why nothing is; "" once the wave is over."""
    if view is None:
        return ""
    told, words = view.forecast, shown.words
    if told is None:
        return _why_not(view, words)
    goes_by = listed([words.in_wave(before) for before in view.earlier])
    start = f"Expected in the end: {told.middle:,} answers, 90% interval {told.low:,} to {told.high:,}."
    of_theirs = "its answers" if len(view.earlier) == 1 else "their answers on average"
    pace = f"By this day, {goes_by} had {percent(told.reached)} of {of_theirs}."
    return f"{start} {pace} {_against(told, view, target(shown.release, wave))}"


def _against(told: Forecast, view: Outlook, goal: float) -> str:
    """The forecast beside the target."""
    now, low, middle, high = (
        needed(people, view.invited, goal) for people in (view.finished, told.low, told.middle, told.high)
    )
    if not now:
        return f"The target of {percent(goal)} is reached."
    if not low:
        return f"The target of {percent(goal)} is likely to be reached."
    if high:
        return f"The target of {percent(goal)} will hardly be reached: {_short(high)} at best."
    return f"The target of {percent(goal)} may be {'missed' if middle else 'reached'}; it lies inside the interval."


def _short(people: int) -> str:
    return f"{counted(people, 'answer', 'answers')} short"


def _why_not(view: Outlook, words: Words) -> str:
    if not view.earlier:
        return "There is no earlier wave to go by, so nothing is said of how many will answer in the end."
    if view.finished < FEWEST_SO_FAR:
        return f"Nothing is said of how many will answer in the end before {FEWEST_SO_FAR} have."
    goes_by = listed([words.in_wave(before) for before in view.earlier])
    return (
        f"It is too early to say how many will answer in the end: by this day, less than {percent(EARLIEST_SHARE)} of "
        f"the answers of {goes_by} had come."
    )
