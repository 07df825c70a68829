"""How often people are in contact, through formal or informal channels, and how far contact is returned."""

import polars as pl
from scipy import sparse

from networks.columns import FORMALITIES, TIES
from networks.measures.whole import ratio

_PAIR = ["ego", "alter"]


def pairs(ties: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Each ego and alter once in each wave, and within the columns of `by` (topic, mechanism, ...).

    Takes   TIES
    Gives   wave, `by`, ego, alter, topics (how many, 0 where none was told), contacts_per_year (1/year, of the busiest
            topic; null when not asked), formality (formal, informal, both; null when not asked). Naming oneself is left
            out.
    """
    formal = pl.col("formality").is_in(["formal", "both"]).fill_null(False).any()
    informal = pl.col("formality").is_in(["informal", "both"]).fill_null(False).any()
    others = TIES.check(ties).filter(pl.col("ego") != pl.col("alter"))
    found = others.group_by("wave", *by, *_PAIR).agg(
        topics=pl.col("topic").drop_nulls().n_unique().cast(pl.Int64),
        contacts_per_year=pl.col("contacts_per_year").max(),
        formality=pl.when(formal & informal)
        .then(pl.lit("both"))
        .when(formal)
        .then(pl.lit("formal"))
        .when(informal)
        .then(pl.lit("informal")),
    )
    return found.sort("wave", *by, *_PAIR)


def totals(ties: pl.DataFrame, *by: str) -> pl.DataFrame:
    """How many pairs there are in each wave (and `by`), and how often they are in contact, added up.

    Gives   wave, `by`, ties (pairs), asked (pairs whose frequency is known), contacts_per_year (1/year, of those; null
            when no frequency is known)
    """
    known = pl.col("contacts_per_year")
    counted = (
        pairs(ties, *by)
        .group_by("wave", *by)
        .agg(
            ties=pl.len().cast(pl.Int64),
            asked=known.count().cast(pl.Int64),
            contacts_per_year=pl.when(known.count() > 0).then(known.sum()),
        )
    )
    return counted.sort("wave", *by)


def formality_shares(ties: pl.DataFrame, *by: str) -> pl.DataFrame:
    """How much of contact is formal, informal or both, by ties and by how often: in each wave, and within `by`.

    Takes   TIES; `by`: mechanism or mechanism_kind for the channel a tie came from, topic, ego_site, ...
    Gives   wave, `by`, formality (each of the three), ties, share_of_ties, contacts_per_year, share_of_contacts.
            Both is a class of its own, so the three add up to 1. Pairs whose formality was not asked are left out.
    """
    known = pairs(ties, *by).drop_nulls("formality")
    keys = ["wave", *by]
    classes = pl.DataFrame({"formality": FORMALITIES})
    every = known.select(keys).unique().join(classes, how="cross")
    counts = known.group_by(*keys, "formality").agg(
        ties=pl.len().cast(pl.Int64), contacts_per_year=pl.col("contacts_per_year").sum()
    )
    filled = every.join(counts, on=[*keys, "formality"], how="left", nulls_equal=True).with_columns(
        pl.col("ties", "contacts_per_year").fill_null(0)
    )
    shared = filled.with_columns(
        share_of_ties=_share("ties", keys), share_of_contacts=_share("contacts_per_year", keys)
    )
    order = pl.col("formality").replace_strict(FORMALITIES, list(range(len(FORMALITIES))))
    columns = [*keys, "formality", "ties", "share_of_ties", "contacts_per_year", "share_of_contacts"]
    return shared.sort(*keys, order).select(columns)


def _share(column: str, keys: list[str]) -> pl.Expr:
    whole = pl.col(column).sum().over(keys)
    return pl.when(whole > 0).then(pl.col(column) / whole)


def weighted_reciprocity(weights: sparse.csr_array) -> float | None:
    """The share of contact that is returned in kind: sum of min(w_ij, w_ji) / sum of w_ij; None without any.

    Takes n x n weights without loops. Source: Squartini et al 2013, Reciprocity of weighted networks,
    doi:10.1038/srep02729.
    """
    return ratio(float(weights.minimum(weights.T).sum()), float(weights.sum()))


def returned_contacts(ties: pl.DataFrame, finished: pl.DataFrame) -> pl.DataFrame:
    """`weighted_reciprocity` of contacts a year in each wave, among pairs who both answered: wave, reciprocity.

    Takes   TIES; finished: wave, person. Others could not have told of the contact, so it is not known whether it is
            returned. Pairs whose frequency was not asked are left out.
    """
    both = pairs(ties).drop_nulls("contacts_per_year")
    for end in _PAIR:
        people = finished.select(pl.col("wave").cast(pl.Int32), pl.col("person").alias(end)).unique()
        both = both.join(people, on=["wave", end], how="semi")
    back = both.select("wave", ego="alter", alter="ego", back="contacts_per_year")
    joined = both.join(back, on=["wave", *_PAIR], how="left").with_columns(pl.col("back").fill_null(0.0))
    total, given_back = pl.col("contacts_per_year"), pl.min_horizontal("contacts_per_year", "back")
    share = pl.when(total.sum() > 0).then(given_back.sum() / total.sum())
    return joined.group_by("wave").agg(reciprocity=share).sort("wave")
