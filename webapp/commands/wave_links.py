"""Open links of sites from the command line: made, and closed again."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from surveys.open_links import close_open_link, make_open_link, open_links, open_token, site_of
from surveys.studies import find_study
from surveys.waves import find_wave
from webapp.commands.studies import study_option
from webapp.services import services


@click.command("open-link")
@click.argument("number", type=int)
@click.argument("site")
@click.option("--most", type=int, required=True, help="How many people may use it.")
@study_option
@with_appcontext
def open_link(number: int, site: str, most: int, code: str | None) -> None:
    """Make a link that anyone at SITE may use to answer wave NUMBER, and print it."""
    key = services().link_key
    with services().store.writing() as session:
        study = find_study(session, code)
        wave = find_wave(session, study, number)
        place = site_of(session, study.id, site)
        link = make_open_link(session, wave, place, most=most, key=key, now=services().clock())
        url = f"{services().settings.public_url}/join/{open_token(key, link)}"
    click.echo(url)


@click.command("close-link")
@click.argument("number", type=int)
@click.argument("site")
@study_option
@with_appcontext
def close_link(number: int, site: str, code: str | None) -> None:
    """Let the open link of SITE in wave NUMBER take nobody any more."""
    with services().store.writing() as session:
        study = find_study(session, code)
        wave = find_wave(session, study, number)
        link = open_links(session, wave).get(site_of(session, study.id, site).id)
        if link is None:
            raise click.ClickException(f"Site {site} has no open link in wave {number}.")
        close_open_link(link, now=services().clock())
        used = link.used
    click.echo(f"The link of site {site} is closed. People who used it: {used}.")
