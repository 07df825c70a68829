"""A made-up study as the frames that a release is built from: contacts by name, forgotten one by one."""

from datetime import timedelta

import numpy as np
import polars as pl

from networks.columns import LABELS, RESPONSE, SITES, TIES
from networks.release import Release, build
from tests.dashboards.small import FIRST

RATES = (0.45, 0.75)


def study(seed: int, growth: float = 0.0, sites: int = 6, each: int = 12, forgotten: float = 0.15) -> Release:
    """Two waves; every contact is informal, kept for good, and left out now and then; response rises from 45 to 75%."""
    random = np.random.default_rng(seed)
    count = sites * each
    before = random.random((count, count)) < 5 / (count - 1)
    added = ~before & (random.random((count, count)) < growth * before.sum() / (~before).sum())
    np.fill_diagonal(before, False)
    np.fill_diagonal(added, False)
    eager = random.normal(0, 1, count)
    ties, asked = [], []
    for wave, (network, rate) in enumerate(zip((before, before | added), RATES, strict=True), 1):
        urge = eager + random.normal(0, 1, count)
        answers = urge >= np.quantile(urge, 1 - rate)
        told = network & (random.random((count, count)) >= forgotten) & answers[:, None]
        ties += [_tie(wave, int(ego), int(alter), each) for ego, alter in np.argwhere(told)]
        asked += [_asked(wave, person, each, bool(done)) for person, done in enumerate(answers)]
    places = pl.DataFrame([{"site": f"s{at}", "label": f"S{at}"} for at in range(sites)], schema=SITES.schema)
    told_ties = pl.DataFrame(ties, schema=TIES.schema, orient="row")
    return build(told_ties, pl.DataFrame(asked, schema=RESPONSE.schema, orient="row"), places, LABELS.empty())


def _tie(wave: int, ego: int, alter: int, each: int) -> tuple[object, ...]:
    ends = (f"s{ego // each}", "nurse", f"s{alter // each}", "nurse", True)
    return (wave, f"p{ego}", f"p{alter}", "t", 12.0, "informal", "get", None, None, *ends)


def _asked(wave: int, person: int, each: int, done: bool) -> tuple[object, ...]:
    opened = FIRST + timedelta(days=200 * wave)
    moment = opened if done else None
    return (
        wave,
        f"p{person}",
        f"s{person // each}",
        "nurse",
        opened,
        moment,
        moment,
        moment,
        None,
        0 if done else None,
    )
