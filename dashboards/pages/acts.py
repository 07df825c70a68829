"""What can be done about what the response page shows: a link where the service has a page for it, else the command."""

from collections.abc import Sequence
from urllib.parse import urlencode

import polars as pl
from dash import html
from dash.development.base_component import Component

from dashboards.pages.field import wave_shown
from dashboards.pages.groups import groups
from dashboards.pages.page import Shown
from dashboards.parts.table import folded
from dashboards.words import counted
from networks.release.growth import of_role

MOST = 10
"""Sites, and roles, that can be reminded one by one; those that need most answers."""
PEOPLE = ("person", "people")


def still_open(shown: Shown, wave: int) -> bool:
    """Whether people can still answer the wave, as far as is known."""
    closes = shown.closing.get(wave)
    return closes is None or shown.now is None or closes > shown.now


def silent(shown: Shown, wave: int) -> int:
    """How many, of the role chosen, a reminder may still reach."""
    rows = of_role(shown.release.respondents, shown.filters).filter(pl.col("wave") == wave)
    return int(rows["silent"].sum())


def reminding(shown: Shown) -> Sequence[Component]:
    """Remind those who have neither answered nor declined; nothing once the wave is closed or nobody is left."""
    wave = wave_shown(shown.release, shown.filters)
    if wave is None or not still_open(shown, wave):
        return []
    people = silent(shown, wave)
    if not people:
        return []
    heading = html.H2("What to do next", className="nhsuk-heading-s")
    return [html.Section([heading, *_remind(shown, wave, people)], className="app-act")]


def at_sites_behind(shown: Shown, wave: int) -> str:
    """How many of the silent work at sites below the target; "" where no site is below, or all are."""
    found = groups(shown.release, shown.filters, "site")
    behind = found.filter(pl.col("needed") > 0)
    if behind.height in (0, found.height):
        return ""
    rows = of_role(shown.release.respondents, shown.filters).filter(
        pl.col("wave") == wave, pl.col("site").is_in(behind["group"].to_list())
    )
    return f" {int(rows['silent'].sum()):,} of them work at {counted(behind.height, 'site', 'sites')} below the target."


def _remind(shown: Shown, wave: int, people: int) -> Sequence[Component]:
    title = f"Remind {counted(people, 'person', 'these people')}" if people == 1 else f"Remind these {people:,} people"
    about = "They are invited and have neither answered nor declined, and mail can reach them as far as is known."
    about += at_sites_behind(shown, wave)
    address = f"/studies/{shown.study}/waves/{wave}/reminders"
    only = _only(shown)
    if shown.leads(address):
        href = f"{address}?{urlencode(only)}" if only else address
        return [
            html.P([html.A(title, href=href), f". {about}"], className="nhsuk-body"),
            *_one_by_one(shown, wave, address),
        ]
    options = "".join(f" --{name} {code}" for name, code in only.items())
    command = f"flask mail queue-reminders --wave {wave} --study {shown.study}{options}"
    how = " queues a reminder for all who are due one by the wave's schedule; add --dry-run to see how many."
    return [
        html.P([html.Strong(title), f". {about}"], className="nhsuk-body"),
        html.P([html.Code(command), how], className="nhsuk-body-s"),
    ]


def _one_by_one(shown: Shown, wave: int, address: str) -> Sequence[Component]:
    """The same for one site or one role of those below the target, those who need most answers first."""
    kinds = ("site",) if shown.filters.role is not None else ("site", "role")
    items = [item for kind in kinds for item in _of_kind(shown, wave, address, kind)]
    if not items:
        return []
    return [folded("Remind one site or one role below the target", html.Ul(items, className="nhsuk-list"))]


def _of_kind(shown: Shown, wave: int, address: str, kind: str) -> list[Component]:
    rows = of_role(shown.release.respondents, shown.filters).filter(pl.col("wave") == wave)
    left = dict(rows.group_by(kind).agg(pl.col("silent").sum()).iter_rows())
    behind = groups(shown.release, shown.filters, kind).filter(pl.col("needed") > 0).select("group", "label")
    found = [(code, label, int(left[code])) for code, label in behind.iter_rows() if left.get(code)]
    return [
        html.Li(
            [html.A(label, href=f"{address}?{urlencode({**_only(shown), kind: code})}"), f": {counted(n, *PEOPLE)}"]
        )
        for code, label, n in found[:MOST]
    ]


def _only(shown: Shown) -> dict[str, str]:
    """The role that the page is narrowed to, as the page of reminders and its command take it."""
    return {} if shown.filters.role is None else {"role": shown.filters.role}
