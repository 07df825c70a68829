"""How much knowledge goes from group to group, and which groups give more than they get."""

import polars as pl


def total_contacts() -> pl.Expr:
    """Contacts a year added up over the pairs whose frequency is known; null when none is."""
    known = pl.col("contacts_per_year")
    return pl.when(known.count() > 0).then(known.sum()).alias("contacts_per_year")


def between(rows: pl.DataFrame) -> pl.DataFrame:
    """The flow from each group to each, strongest first.

    Takes   giver, getter (groups), ties (distinct pairs of people), contacts_per_year (1/year, or null)
    Gives   the same, added up, one row per giver and getter
    """
    totals = rows.group_by("giver", "getter").agg(pl.col("ties").sum(), total_contacts())
    return totals.sort("ties", "giver", "getter", descending=[True, False, False])


def per_respondent(matrix: pl.DataFrame, respondents: pl.DataFrame) -> pl.DataFrame:
    """The matrix with per_respondent: ties for each respondent of the getting group, null when nobody there answered.

    Takes   giver, getter, ties, ...; and group, respondents (how many of the group answered)
    A group that answers better reports more; this takes that away.
    """
    sizes = respondents.select(getter="group", answered="respondents")
    joined = matrix.join(sizes, on="getter", how="left", maintain_order="left")
    share = pl.when(pl.col("answered") > 0).then(pl.col("ties") / pl.col("answered"))
    return joined.with_columns(per_respondent=share).drop("answered")


def _side(matrix: pl.DataFrame, end: str, name: str) -> pl.DataFrame:
    return matrix.group_by(group=end).agg(pl.col("ties").sum().alias(name))


def net_giving(matrix: pl.DataFrame) -> pl.DataFrame:
    """Who gives more than they get, the greatest net giver first; ties to other groups only.

    Takes   giver, getter (groups), ties
    Gives   group, given, got, within (ties), net (given - got), asymmetry ((given - got)/(given + got), -1 to 1,
            null when both are 0)
    """
    outside = matrix.filter(pl.col("giver") != pl.col("getter"))
    inside = matrix.filter(pl.col("giver") == pl.col("getter"))
    sides = _side(outside, "giver", "given").join(
        _side(outside, "getter", "got"), on="group", how="full", coalesce=True
    )
    every = sides.join(_side(inside, "giver", "within"), on="group", how="full", coalesce=True)
    counted = every.with_columns(pl.col("given", "got", "within").fill_null(0).cast(pl.Int64))
    net, total = pl.col("given") - pl.col("got"), pl.col("given") + pl.col("got")
    scored = counted.with_columns(net=net, asymmetry=pl.when(total > 0).then(net / total))
    return scored.sort("net", "group", descending=[True, False])
