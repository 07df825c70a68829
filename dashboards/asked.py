"""The questions that pages ask of a release, each answered once: the same question gives the same frame again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from networks import release as release_of
from networks.release import Filters, Outlook, Release
from networks.uncertainty.decomposition import Decomposition

REMEMBERED = 256
"""Answers kept, over all releases; a page asks fewer than ten."""


@dataclass(frozen=True, eq=False)
class _Same:
    """A release as itself: two are the same only when they are one object, so a newer release asks anew."""

    release: Release

    def __hash__(self) -> int:
        return id(self.release)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.release is self.release


@lru_cache(maxsize=REMEMBERED)
def _answer(question: Callable[..., pl.DataFrame], same: _Same, filters: Filters, *more: Any) -> pl.DataFrame:
    return question(same.release, filters, *more)


@lru_cache(maxsize=REMEMBERED)
def _labels(same: _Same) -> Mapping[str, Mapping[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for kind, code, label, _position in same.release.labels.sort("position").iter_rows():
        labels.setdefault(kind, {})[code] = label
    labels.setdefault("site", {}).update(same.release.sites.select("site", "label").iter_rows())
    return labels


def labels(release: Release) -> Mapping[str, Mapping[str, str]]:
    """What the release calls its codes, by kind, in the order that lists show them; sites by their own names."""
    return _labels(_Same(release))


@lru_cache(maxsize=REMEMBERED)
def _waves(same: _Same) -> Sequence[int]:
    return tuple(sorted(same.release.respondents["wave"].unique()))


def waves(release: Release) -> Sequence[int]:
    """The waves that anyone was invited to, in order."""
    return _waves(_Same(release))


def flow_matrix(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """As networks.release.flow_matrix."""
    return _answer(release_of.flow_matrix, _Same(release), filters, by)


def site_flows(release: Release, filters: Filters, site: str | None) -> pl.DataFrame:
    """As networks.release.site_flows."""
    return _answer(release_of.site_flows, _Same(release), filters, site)


def net_giving(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """As networks.release.net_giving."""
    return _answer(release_of.net_giving, _Same(release), filters, by)


def response_by(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """As networks.release.response_by."""
    return _answer(release_of.response_by, _Same(release), filters, by)


def response_over_time(release: Release, filters: Filters) -> pl.DataFrame:
    """As networks.release.response_over_time."""
    return _answer(release_of.response_over_time, _Same(release), filters)


def missing(release: Release, filters: Filters, by: str) -> pl.DataFrame:
    """As networks.release.missing."""
    return _answer(release_of.missing, _Same(release), filters, by)


def coverage(release: Release, filters: Filters, wave: int) -> pl.DataFrame:
    """As networks.release.coverage."""
    return _answer(release_of.coverage, _Same(release), filters, wave)


def growth(release: Release, filters: Filters) -> pl.DataFrame:
    """As networks.release.growth."""
    return _answer(release_of.growth, _Same(release), filters)


def change(release: Release, filters: Filters) -> pl.DataFrame:
    """As networks.release.change."""
    return _answer(release_of.change, _Same(release), filters)


def newcomers(release: Release, filters: Filters) -> pl.DataFrame:
    """As networks.release.newcomers."""
    return _answer(release_of.newcomers, _Same(release), filters)


def at_the_limit(release: Release, filters: Filters) -> pl.DataFrame:
    """As networks.release.at_the_limit."""
    return _answer(release_of.at_the_limit, _Same(release), filters)


def gates(release: Release, filters: Filters) -> pl.DataFrame:
    """As networks.release.gates."""
    return _answer(release_of.gates, _Same(release), filters)


def transitions(release: Release, filters: Filters, first: int, second: int) -> pl.DataFrame:
    """As networks.release.transitions."""
    return _answer(release_of.transitions, _Same(release), filters, first, second)


@lru_cache(maxsize=REMEMBERED)
def _ahead(same: _Same, filters: Filters, wave: int, today: int | None) -> Outlook:
    return release_of.outlook(same.release, filters, wave, today)


def outlook(release: Release, filters: Filters, wave: int, today: int | None) -> Outlook:
    """As networks.release.outlook."""
    return _ahead(_Same(release), filters, wave, today)


@lru_cache(maxsize=REMEMBERED)
def _taken_apart(same: _Same, filters: Filters, first: int, second: int) -> Decomposition:
    return release_of.decomposition(same.release, filters, first, second)


def decomposition(release: Release, filters: Filters, first: int, second: int) -> Decomposition:
    """As networks.release.decomposition."""
    return _taken_apart(_Same(release), filters, first, second)


def forget() -> None:
    """Forget all answers, so that the next question is answered anew: for timing."""
    for kept in (_answer, _labels, _waves, _ahead, _taken_apart):
        kept.cache_clear()
