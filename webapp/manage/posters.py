"""Open links of sites and their posters: a page to print, with the link as a QR code."""

from __future__ import annotations

import segno
from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from surveys.open_links import (
    OpenLinkRefused,
    close_open_link,
    make_open_link,
    open_links,
    open_token,
    site_of,
)
from surveys.tables import OpenLink, Site, Study, Wave
from surveys.waves import WaveClosed
from webapp import guard
from webapp.database import roll_back, session
from webapp.manage.editing import EDITORS, answer_unknown_waves, page, wave_of
from webapp.manage.moments import in_words
from webapp.services import services

SCALE = 10
DIGITS = 4
SAID = {"made": "The link was made.", "closed": "The link is closed."}

bp = Blueprint("posters", __name__, url_prefix="/studies/<code>/waves/<int:number>/posters")
answer_unknown_waves(bp)


@bp.get("")
@guard.access(*EDITORS)
def listing(code: str, number: int) -> ResponseReturnValue:
    """The sites with their open links, and a form to make one."""
    study, wave = wave_of(code, number)
    return _page(study, wave)


@bp.post("")
@guard.access(*EDITORS)
def make(code: str, number: int) -> ResponseReturnValue:
    """Make a site's open link, or change how many people may use it."""
    study, wave = wave_of(code, number)
    text = request.form.get("most", "").strip()
    most = int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
    try:
        site = site_of(session(), study.id, request.form.get("site", ""))
        make_open_link(session(), wave, site, most=most, key=services().link_key, now=services().clock())
    except (OpenLinkRefused, WaveClosed) as refusal:
        faults = refusal.faults if isinstance(refusal, OpenLinkRefused) else {"": str(refusal)}
        roll_back()
        return _page(*wave_of(code, number), faults), 422
    return redirect(url_for("posters.listing", code=study.code, number=wave.number, said="made"), 303)


@bp.post("/close")
@guard.access(*EDITORS)
def close(code: str, number: int) -> ResponseReturnValue:
    """Let a site's open link take nobody any more."""
    study, wave = wave_of(code, number)
    close_open_link(_link(study, wave, request.form.get("site", ""))[1], now=services().clock())
    return redirect(url_for("posters.listing", code=study.code, number=wave.number, said="closed"), 303)


@bp.get("/<site>")
@guard.access(*EDITORS)
def poster(code: str, number: int, site: str) -> ResponseReturnValue:
    """A page to print: who asks, the link, and the link as a QR code."""
    study, wave = wave_of(code, number)
    place, link = _link(study, wave, site)
    url = f"{services().settings.public_url}/join/{open_token(services().link_key, link)}"
    return render_template(
        "manage/poster.html",
        who=services().settings.organisation or study.name,
        site=place,
        url=url,
        closes=in_words(wave.closes_at),
        picture=Markup(segno.make_qr(url, error="m").svg_inline(scale=SCALE)),  # noqa: S704 - drawn here from our URL
    )


def _link(study: Study, wave: Wave, code: str) -> tuple[Site, OpenLink]:
    """A site and its open link, or not found."""
    try:
        site = site_of(session(), study.id, code)
    except OpenLinkRefused:
        abort(404)
    link = open_links(session(), wave).get(site.id)
    if link is None:
        abort(404)
    return site, link


def _page(study: Study, wave: Wave, faults: dict[str, str] | None = None) -> str:
    sites = session().scalars(select(Site).where(Site.study_id == study.id).order_by(Site.name)).all()
    links = open_links(session(), wave)
    return page(
        "posters.html",
        study=study,
        wave=wave,
        said=SAID.get(request.args.get("said", "")),
        sites=[{"value": site.code, "text": site.name} for site in sites],
        links=[(site, links[site.id]) for site in sites if site.id in links],
        values=request.form,
        faults=faults or {},
        summary=[
            {"text": text, "href": f"#{field}"} if field else {"text": text} for field, text in (faults or {}).items()
        ],
    )
