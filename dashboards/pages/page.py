"""What a page is: a name, a finding, a table, and a body of figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

import numpy as np
import polars as pl
from dash.development.base_component import Component
from numpy.typing import NDArray

from dashboards.parts.address import SITES
from dashboards.words import Words
from networks.release import Filters, Release

PREFIX = "/dashboards/"
Rings = Sequence[NDArray[np.float64]]
"""Closed lines in kilometres east and north, each points × 2."""


Leads = Callable[[str], bool]
"""Whether the service has a page at an address."""


def nowhere(_address: str) -> bool:
    """For dashboards that stand alone: there is no page but theirs."""
    return False


@dataclass(frozen=True)
class Shown:
    """What a page's body is drawn from.

    The release, the filters, a site chosen, what arrows run between, the outline of the land, each wave's closing
    moment, the present moment (None when it does not matter), the study's code, and whether the service has a page at
    an address.
    """

    release: Release
    filters: Filters
    site: str | None = None
    rings: Rings = ()
    view: str = SITES
    closing: Mapping[int, datetime] = field(default_factory=dict)
    now: datetime | None = None
    study: str = ""
    leads: Leads = nowhere

    @cached_property
    def words(self) -> Words:
        return Words(self.release)


def _as_chosen(_release: Release, filters: Filters) -> Filters:
    return filters


@dataclass(frozen=True)
class Page:
    """One dashboard page.

    name         in its address: /dashboards/<name>
    title        in the menu
    finding      of (release, filters), with site= and view= where they are in `uses`: its heading, what it has found
    table        of the same but view=: its figures as a frame with headings for column names, shown and to download
    body         the figures; called only when there is something to show
    uses         the filters that matter here
    convention   how it is counted, one sentence for the card
    needs        "invited" when there is something to show once people were invited, "finished" when someone
                 must have answered
    narrowed     the filters as the page really applies them, for the card
    unset        what a filter says here when nothing is chosen, where that is not all of them
    """

    name: str
    title: str
    finding: Callable[..., str]
    table: Callable[..., pl.DataFrame]
    body: Callable[[Shown], Sequence[Component]]
    uses: tuple[str, ...]
    convention: str
    needs: str = "finished"
    narrowed: Callable[[Release, Filters], Filters] = _as_chosen
    unset: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return PREFIX + self.name
