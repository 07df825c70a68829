"""What formal mechanisms left behind, and why ties ended: the counts of networks.measures.seeding, for a release."""

import polars as pl

from networks.columns import ENDINGS
from networks.measures.seeding import ended, reasons_counted
from networks.measures.seeding import seeded as seeded_of
from networks.release.types import Filters, Release


def seeded_table(ties: pl.DataFrame) -> pl.DataFrame:
    """The table `seeded` of a release. Takes TIES."""
    return seeded_of(ties)


def endings_table(ties: pl.DataFrame, finished: pl.DataFrame, reasons: pl.DataFrame | None) -> pl.DataFrame:
    """The table `endings` of a release; empty where no reasons were asked. Takes TIES, finished, and ENDINGS."""
    asked = ENDINGS.empty() if reasons is None else ENDINGS.check(reasons)
    counted = reasons_counted(ended(ties.clear() if asked.is_empty() else ties, finished, asked))
    return counted.filter(pl.col("next_wave").is_in(asked["wave"].unique().to_list()))


def seeded(release: Release, filters: Filters) -> pl.DataFrame:
    """How many informal ties each mechanism seeded, most first: wave, mechanism, seeded, informal (all), share.

    Gives also by_origin and by_earlier_wave, whose sum may be more than `seeded`. Only the wave filter matters here.
    """
    return _of_wave(release.seeded, "wave", filters)


def endings(release: Release, filters: Filters) -> pl.DataFrame:
    """How many ties of the wave before were gone in a wave, by reason, most first: wave, next_wave, reason, ties.

    `reason` is null where none was given; the wave filter is that of the later wave. Waves whose questionnaire had no
    reasons told in answers have no rows.
    """
    return _of_wave(release.endings, "next_wave", filters)


def _of_wave(rows: pl.DataFrame, column: str, filters: Filters) -> pl.DataFrame:
    return rows if filters.wave is None else rows.filter(pl.col(column) == filters.wave)
