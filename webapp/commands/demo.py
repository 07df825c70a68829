"""The `flask demo` commands: load the demonstration study, and show where to try it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from surveys.demonstration.accounts import DemonstrationAccount, keep_accounts, kept_accounts
from surveys.demonstration.links import OtherKey, waiting_tokens
from surveys.demonstration.load import CODE, AlreadyLoaded, load
from surveys.demonstration.shape import BadShape, Shape
from surveys.studies import UnknownStudy, find_study
from surveys.tables import Study
from webapp.services import Services, services

LINKS = 5
DEFAULT = Shape()

group = AppGroup("demo", help="A demonstration study: invented sites, people and answers.")

code_option = click.option("--code", default=CODE, show_default=True, help="The study's code.")
production_option = click.option(
    "--allow-production", is_flag=True, help="Do it in production too, where its accounts can sign in."
)


@dataclass(frozen=True)
class Showing:
    """Where to try a demonstration."""

    url: str
    respondent_links: list[str]
    accounts: list[DemonstrationAccount]


@group.command("load")
@click.option("--sites", default=DEFAULT.sites, show_default=True, help="How many sites.")
@click.option("--people-per-site", default=DEFAULT.people_per_site, show_default=True, help="How many people at each.")
@click.option("--waves", default=DEFAULT.waves, show_default=True, help="How many waves; the last is still open.")
@click.option("--seed", default=DEFAULT.seed, show_default=True, help="The same seed gives the same study.")
@click.option("--if-empty", is_flag=True, help="Do nothing when the database holds a study.")
@code_option
@production_option
def load_command(
    sites: int, people_per_site: int, waves: int, seed: int, if_empty: bool, code: str, allow_production: bool
) -> None:
    """Invent a study and answer its questionnaire."""
    at = services()
    _refuse_production(at, allow_production)
    shape = _shape(sites, people_per_site, waves, seed)
    if if_empty and (there := _any_study(at)):
        click.echo(f"The study “{there}” is there. Nothing was loaded.")
        return
    # All or nothing: a load that is broken off leaves no half study that looks like a whole one.
    with at.store.writing() as session:
        _load(session, at, shape, code)


def _load(session: Session, at: Services, shape: Shape, code: str) -> None:
    now, visits = at.clock(), 0
    try:
        for progress in load(session, shape, key=at.link_key, now=now, code=code):
            click.echo(f"\rWave {progress.wave}: {progress.done} of {progress.of} people", nl=False, err=True)
            visits += progress.of if progress.done == progress.of else 0
    except AlreadyLoaded as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(err=True)
    keep_accounts(session, at.link_key, now=now)
    people = shape.sites * shape.people_per_site
    click.echo(f"Loaded “{code}”. Sites: {shape.sites}. People: {people}. Waves: {shape.waves}. Visits: {visits}.")


@group.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_option
@production_option
def show_command(as_json: bool, code: str, allow_production: bool) -> None:
    """Print where to try the demonstration: the address, accounts and links."""
    at = services()
    _refuse_production(at, allow_production)
    with at.store.reader() as session:
        showing = _showing(session, at, code)
    click.echo(json.dumps(asdict(showing), indent=2) if as_json else _readable(showing))


def _showing(session: Session, at: Services, code: str) -> Showing:
    try:
        study: Study = find_study(session, code)
        tokens = waiting_tokens(session, study, key=at.link_key, now=at.clock(), most=LINKS)
    except UnknownStudy as refusal:
        raise click.ClickException(f"There is no study “{code}”. Load it with: flask demo load") from refusal
    except OtherKey as refusal:
        raise click.ClickException(str(refusal)) from refusal
    url = at.settings.public_url
    links = [f"{url}/interview/{token}" for token in tokens]
    return Showing(url, links, list(kept_accounts(session, at.link_key)))


def _readable(showing: Showing) -> str:
    widest = max((len(account.email) for account in showing.accounts), default=0)
    accounts = [f"  {account.email:<{widest}}  {account.password}" for account in showing.accounts]
    links = [f"  {link}" for link in showing.respondent_links] or ["  No wave is open, or everyone has begun."]
    return "\n".join(
        [f"Confer is at {showing.url}", "", "Sign in as:", *accounts, "", "Answer as someone invited:", *links]
    )


def _refuse_production(at: Services, allowed: bool) -> None:
    if at.settings.in_production and not allowed:
        raise click.ClickException(
            "This is a production service, and demonstration accounts can sign in. "
            "Add --allow-production if that is what you want."
        )


def _shape(sites: int, people_per_site: int, waves: int, seed: int) -> Shape:
    try:
        return Shape(sites, people_per_site, waves, seed)
    except BadShape as refusal:
        raise click.ClickException(str(refusal)) from refusal


def _any_study(at: Services) -> str | None:
    with at.store.reader() as session:
        try:
            return find_study(session).code
        except UnknownStudy:
            return None
