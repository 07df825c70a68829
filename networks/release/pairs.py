"""Reports as distinct pairs, with rows for any topic, role, wave and formality, so that nothing counts twice."""

import polars as pl

from networks.columns import FORMALITIES, UNKNOWN
from networks.release.types import ANY, ANY_WAVE
from networks.ties import knowledge_flows

FORMAL = pl.col("formality").is_in(["formal", "both"]).fill_null(False).alias("formal")
INFORMAL = pl.col("formality").is_in(["informal", "both"]).fill_null(False).alias("informal")
_ENDS = ("giver_site", "giver_role", "getter_site", "getter_role")


def _with_any(rows: pl.DataFrame, column: str, value: str | int) -> pl.DataFrame:
    """The rows twice over: as they are, and once more with `column` set to the value that means all together."""
    named = rows.filter(pl.col(column).is_not_null())
    return pl.concat([named, rows.with_columns(pl.lit(value, rows.schema[column]).alias(column))])


def by_formality(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row under every formality it counts in: ANY always, formal, informal, and both when it is both.

    Takes rows with Boolean columns formal and informal; gives them with a column formality in their place.
    """
    flags = {
        ANY: pl.lit(True),
        "formal": pl.col("formal"),
        "informal": pl.col("informal"),
        "both": pl.col("formal") & pl.col("informal"),
    }
    parts = [rows.filter(flag).with_columns(formality=pl.lit(name)) for name, flag in flags.items()]
    return pl.concat(parts).drop("formal", "informal")


def nominations(ties: pl.DataFrame) -> pl.DataFrame:
    """Who names whom, once per pair and wave, on each topic and on ANY topic.

    Takes TIES. Gives wave, topic, ego, alter, formal, informal. A pair formal on one topic and informal on
    another is both when topics are taken together. Naming oneself is left out.
    """
    others = ties.filter(pl.col("ego") != pl.col("alter"))
    rows = _with_any(others.select("wave", "topic", "ego", "alter", FORMAL, INFORMAL), "topic", ANY)
    return rows.group_by("wave", "topic", "ego", "alter").agg(pl.col("formal").any(), pl.col("informal").any())


def _coded(flows: pl.DataFrame) -> pl.DataFrame:
    """The flows with codes in place of texts: grouping by so many columns is then three times as fast."""
    columns = {"topic": ("topic",), "person": ("giver", "getter", "reporter"), "place": _ENDS}
    kinds = {
        kind: pl.Enum(
            pl.concat([pl.Series([ANY, UNKNOWN]), *(flows[name] for name in names)]).drop_nulls().unique().sort()
        )
        for kind, names in columns.items()
    }
    return flows.with_columns(pl.col(name).cast(kinds[kind]) for kind, names in columns.items() for name in names)


def _reports(ties: pl.DataFrame) -> pl.DataFrame:
    """One row per giver, getter, reporter, wave and topic or ANY topic; contacts are those of the busiest topic."""
    flows = knowledge_flows(ties).filter(pl.col("giver") != pl.col("getter"))
    rows = _with_any(_coded(flows.with_columns(FORMAL, INFORMAL)), "topic", ANY)
    return rows.group_by("wave", "topic", "giver", "getter", "reporter").agg(
        *(pl.col(end).drop_nulls().first() for end in _ENDS),
        pl.col("contacts_per_year").max(),
        pl.col("formal").any(),
        pl.col("informal").any(),
    )


def _one_per_pair(rows: pl.DataFrame) -> pl.DataFrame:
    """Reports or waves of the same pair as one row; contacts are the mean of those known, ends the latest told."""
    return rows.group_by("wave", "topic", "reporter_role", "giver", "getter").agg(
        *(pl.col(end).drop_nulls().last() for end in _ENDS),
        pl.col("contacts_per_year").mean(),
        pl.col("formal").any(),
        pl.col("informal").any(),
        pl.col("giver_reports").any(),
        pl.col("getter_reports").any(),
    )


def flow_pairs(ties: pl.DataFrame) -> pl.DataFrame:
    """Who gives knowledge to whom, once per pair, for each and ANY topic, reporter's role and wave.

    Takes TIES. Gives wave, topic, reporter_role, giver, getter, the ends' sites and roles, contacts_per_year, formal,
    informal, giver_reports, getter_reports. A flow that both ends report is one pair. Contacts a year: the busiest
    topic of a report, the mean of two reports, the mean of the waves. Texts come as codes (Enum).
    """
    by_giver = pl.col("reporter") == pl.col("giver")
    role = pl.when(by_giver).then(pl.col("giver_role")).otherwise(pl.col("getter_role"))
    reports = _reports(ties).with_columns(reporter_role=role, giver_reports=by_giver, getter_reports=~by_giver)
    pairs = _one_per_pair(_with_any(reports, "reporter_role", ANY))
    return _one_per_pair(_with_any(pairs.sort("wave"), "wave", ANY_WAVE))


def named_per_person(ties: pl.DataFrame) -> pl.DataFrame:
    """How many different people each ego names: wave, topic, ego, any, formal, informal, both."""
    both = (pl.col("formal") & pl.col("informal")).sum()
    counted = (
        nominations(ties)
        .group_by("wave", "topic", "ego")
        .agg(pl.len().alias("any"), pl.col("formal").sum(), pl.col("informal").sum(), both.alias("both"))
    )
    return counted.with_columns(pl.col("any", *FORMALITIES).cast(pl.Int32))
