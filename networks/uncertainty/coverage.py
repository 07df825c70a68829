"""How much of a network was seen: the pairs of people of whom one or both answered."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Coverage:
    """Pairs of people, and of how many of them one end at least answered, or both did."""

    pairs: int
    either: int
    both: int

    @property
    def share(self) -> float | None:
        """The share with at least one end who answered; None without pairs. On a large roster 1-(1-r)^2."""
        return self.either / self.pairs if self.pairs else None

    @property
    def confirmable(self) -> float | None:
        """The share with both ends answered, of which a tie can be confirmed. On a large roster r^2."""
        return self.both / self.pairs if self.pairs else None


def pairs_of(people: int) -> int:
    """How many pairs so many people make."""
    return people * (people - 1) // 2


def coverage(invited: int, finished: int) -> Coverage:
    """The coverage of one roster on which anyone may name anyone."""
    silent = invited - finished
    return Coverage(pairs_of(invited), pairs_of(invited) - pairs_of(silent), pairs_of(finished))


def coverage_between(invited: tuple[int, int], finished: tuple[int, int]) -> Coverage:
    """The coverage of pairs with one end in each of two groups of people."""
    (one, other), (told, told_other) = invited, finished
    return Coverage(one * other, one * other - (one - told) * (other - told_other), told * told_other)


def coverage_inside(sites: pl.DataFrame) -> Coverage:
    """The coverage of pairs inside sites, for studies in which people name others of their own site alone.

    Takes invited, finished; one row per site.
    """
    parts = [coverage(*row) for row in sites.select("invited", "finished").iter_rows()]
    return Coverage(*(sum(getattr(part, name) for part in parts) for name in ("pairs", "either", "both")))


def coverage_by_site(sites: pl.DataFrame) -> pl.DataFrame:
    """What of the network each site's answers have shown, and what one answer more from there would add.

    Takes   site, invited, finished; one row per site
    Gives   site, invited, finished
            coverage    share of the pairs with an end at the site (inside it or to another) of which one end answered
            confirmable share of them of which both did
            flows       mean over the other sites of the share of pairs between the two of which one end answered:
                        what a flow between sites rests on
            gain        how much one answer more would add to the mean of `flows` over all pairs of sites (0..1); null
                        where all have answered. Large where few of a small site have answered.
    """
    everyone, told = int(sites["invited"].sum()), int(sites["finished"].sum())
    silent = _silent_share()
    others = max(sites.height - 1, 1)
    counted = sites.select("site", "invited", "finished").with_columns(
        coverage=_touching(everyone, told, both=False),
        confirmable=_touching(everyone, told, both=True),
        elsewhere=pl.when(sites.height > 1).then((silent.sum() - silent) / others),
    )
    step = pl.when(pl.col("invited") > pl.col("finished")).then(1 / pl.col("invited"))
    # Of all pairs of sites, 2 in `sites.height` have an end at this one.
    return counted.with_columns(
        flows=1 - silent * pl.col("elsewhere"), gain=step * pl.col("elsewhere") * 2 / sites.height
    ).drop("elsewhere")


def _silent_share() -> pl.Expr:
    """The share of a site that has not answered; a site without people has not."""
    rate = pl.when(pl.col("invited") > 0).then(pl.col("finished") / pl.col("invited"))
    return 1 - rate.fill_null(0.0)


def _touching(everyone: int, told: int, *, both: bool) -> pl.Expr:
    """The share of pairs with an end at the site that are covered, of all pairs with an end there."""
    inside = pl.col("invited") * (pl.col("invited") - 1) / 2
    across = pl.col("invited") * (everyone - pl.col("invited"))
    own, far = (pl.col("finished"), told - pl.col("finished"))
    if not both:
        own, far = pl.col("invited") - own, (everyone - pl.col("invited")) - far
    seen = own * (own - 1) / 2 + own * far
    share = pl.when(inside + across > 0).then(seen / (inside + across))
    return share if both else 1 - share
