"""Roles: which roles give knowledge to which, and who gives more than they get."""

import math
from collections.abc import Sequence

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.asked import flow_matrix, net_giving
from dashboards.figures.net import net_bars
from dashboards.pages.page import Page, Shown
from dashboards.parts.chart import chart
from dashboards.parts.heat import heat_table
from dashboards.words import Words, listed, signed
from networks.release import Filters, Release

CLEAR = 1.96
"""Given and got differ clearly when they are further apart than chance would take an even split (two-sided, 5%)."""


def clearly_uneven(given: int, got: int) -> bool:
    """Whether more is given than got, or less, beyond what tossing a coin for each pair would give."""
    return given + got > 0 and abs(given - got) > CLEAR * math.sqrt(given + got)


def _net(release: Release, filters: Filters) -> pl.DataFrame:
    """Net giving in the fixed order of the study's roles: group, label, given, got, within, net (0 where none)."""
    roles = Words(release).of("role")
    order = pl.DataFrame(
        {"group": list(roles), "label": list(roles.values())}, schema={"group": pl.String, "label": pl.String}
    )
    counts = ["given", "got", "within", "net"]
    rows = net_giving(release, filters, "role").select("group", pl.col(counts).cast(pl.Int64))
    return order.join(rows, on="group", how="left", maintain_order="left").with_columns(pl.col(counts).fill_null(0))


def _clear(rows: pl.DataFrame, *, giving: bool) -> list[str]:
    uneven = [
        row
        for row in rows.sort("net", descending=giving).iter_rows(named=True)
        if clearly_uneven(row["given"], row["got"])
    ]
    return [f"{row['label']} ({signed(row['net'])})" for row in uneven if (row["net"] > 0) == giving]


def finding(release: Release, filters: Filters) -> str:
    """The roles that clearly give more than they get, and the reverse, at most two of each; or that none does."""
    rows = _net(release, filters)
    gives, gets = _clear(rows, giving=True)[:2], _clear(rows, giving=False)[:2]
    if not gives and not gets:
        return "No role clearly gives more than it gets, or gets more than it gives"
    parts = [f"Giving more than they get: {listed(gives)}"] if gives else []
    lead = "getting more than they give" if gives else "Getting more than they give"
    return "; ".join([*parts, f"{lead}: {listed(gets)}"] if gets else parts)


def table(release: Release, filters: Filters) -> pl.DataFrame:
    """Every pair of roles with any flow, the strongest first."""
    words = Words(release)
    rows = flow_matrix(release, filters, "role")
    ends = [
        pl.Series(heading, [words.label("role", code) for code in rows[end]], dtype=pl.String)
        for end, heading in (("giver", "From role"), ("getter", "To role"))
    ]
    counts = [rows["ties"].alias("Pairs of people"), rows["contacts_per_year"].round(0).alias("Contacts a year")]
    return pl.DataFrame([*ends, *counts])


def _net_table(rows: pl.DataFrame) -> pl.DataFrame:
    headings = {
        "label": "Role",
        "given": "Gives to other roles",
        "got": "Gets from other roles",
        "net": "Gives minus gets",
        "within": "Inside the role",
    }
    return rows.select(pl.col(column).alias(heading) for column, heading in headings.items())


def _explained(rows: pl.DataFrame) -> str:
    clear = int(rows["clear"].sum())
    lead = "To the right, a role gives knowledge to more people than it gets it from; to the left, fewer. "
    rule = f"Solid bars ({clear} of {rows.height}) are more than chance; hollow ones are not. "
    return f"{lead}{rule}Pairs of people in the same role are left out. Roles stand in the order of the study."


def body(shown: Shown) -> Sequence[Component]:
    """The heat table of givers and getters, and net giving as bars in a fixed order."""
    flows, rows = flow_matrix(shown.release, shown.filters, "role"), _net(shown.release, shown.filters)
    uneven = [clearly_uneven(*counts) for counts in rows.select("given", "got").iter_rows()]
    rows = rows.with_columns(clear=pl.Series(uneven, dtype=pl.Boolean))
    caption = "Pairs of people who share knowledge. Rows give, columns get; darker is more."
    heat = heat_table(flows, shown.words.of("role"), caption, "Gives ↓ gets →")
    return [
        html.Section([html.H2("From role to role", className="nhsuk-heading-s"), heat]),
        chart("roles-net", net_bars(rows), "Gives minus gets, in pairs of people", _explained(rows), _net_table(rows)),
    ]


PAGE = Page(
    name="roles",
    title="Flows between roles",
    finding=finding,
    table=table,
    body=body,
    uses=("study", "wave", "topic", "role", "formality"),
    convention=(
        "A pair counts once, whoever of the two told us. The role filter is the role of who told us. "
        "Those who get report what they got, so a role's giving rests on how well others answered."
    ),
)
