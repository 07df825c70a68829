"""Who could have answered two waves: how many were invited to both, by site and role."""

import polars as pl

_SCHEMA = {"first": pl.Int32, "second": pl.Int32, "site": pl.String, "role": pl.String, "invited": pl.Int64}


def rosters(invited: pl.DataFrame) -> pl.DataFrame:
    """How many were invited to both of two waves: first, second, site, role (those of the second), invited.

    Takes the invited rows of RESPONSE; one row for every two waves, the earlier first, and each site and role.
    """
    people = invited.select("wave", "person", "site", "role")
    earlier = people.select("person", first="wave")
    both = earlier.join(people.rename({"wave": "second"}), on="person").filter(pl.col("first") < pl.col("second"))
    counted = both.group_by("first", "second", "site", "role").agg(invited=pl.len())
    return counted.select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items()).sort(pl.all())


def invitations(invited: pl.DataFrame) -> pl.DataFrame:
    """The waves that each person was invited to: person, invited_in (a list of wave numbers)."""
    return invited.group_by("person").agg(invited_in=pl.col("wave").unique().sort())
