"""The pages on which evaluators decide who was meant by a typed name, and take decisions back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveys.matching.deciding import (
    AlreadyDecided,
    CannotBeOne,
    Decided,
    LaterDecision,
    UnknownQuestion,
    Verdict,
    decide,
    undo,
)
from surveys.matching.history import Line, decisions
from surveys.matching.running import run
from surveys.matching.waiting import Waiting, waiting
from surveys.sites import site_names
from surveys.studies import find_study
from surveys.tables import Study
from webapp import guard
from webapp.database import roll_back, session
from webapp.services import services

DECIDERS = ("evaluator", "administrator")
AT_ONCE = 5
RECENT = 10
LARGEST_NUMBER = 2**31
REFUSALS = (AlreadyDecided, CannotBeOne, LaterDecision, UnknownQuestion)
VERDICTS: dict[str, Verdict] = {"same": "same", "different": "different"}
SAID = {
    "same": "They are now one person.",
    "different": "They stay two people.",
    "before": "That had been decided before. Nothing was changed.",
    "undone": "The decision was taken back. It waits again.",
    "undone_before": "That had been taken back before. Nothing was changed.",
    "ran": "Matching has run.",
}

bp = Blueprint("matching", __name__, url_prefix="/studies/<code>/matching")


@dataclass(frozen=True)
class Place:
    """Where somebody is in the queue: which site they look at, and which questions they have skipped."""

    code: str
    site: str = ""
    skipped: tuple[int, ...] = ()
    automatic: bool = False

    def address(self, *, skip: int | None = None, said: str = "") -> str:
        """This page's address, with one more skipped, or with what was just done."""
        skipped = self.skipped if skip is None else (*self.skipped, skip)
        query = [("site", self.site)] if self.site else []
        query += [("skip", str(number)) for number in skipped]
        query += [("automatic", "yes")] if self.automatic else []
        query += [("said", said)] if said else []
        page = url_for("matching.queue", code=self.code)
        return f"{page}?{urlencode(query)}" if query else page


@bp.get("")
@guard.access(*DECIDERS)
def queue(code: str) -> ResponseReturnValue:
    """What waits for a decision, a few at a time, and the newest decisions."""
    study = find_study(session(), code)
    return _page(study, _place(study.code), said=SAID.get(request.args.get("said", "")))


@bp.post("")
@guard.access(*DECIDERS)
def settle(code: str) -> ResponseReturnValue:
    """Decide what one part of the page asks: the same, or not the same."""
    study = find_study(session(), code)
    verdict, place = VERDICTS.get(request.form.get("verdict", "")), _place(study.code)
    if verdict is None:
        abort(400)
    try:
        done = decide(session(), study.id, _numbers("questions"), verdict, by=_by(), now=services().clock())
    except REFUSALS as refusal:
        return _refused(study, place, str(refusal))
    return redirect(place.address(said=_said(done, verdict)), 303)


def _said(done: Decided, verdict: Verdict) -> str:
    return verdict if done.now else "before"


@bp.post("/undo")
@guard.access(*DECIDERS)
def take_back(code: str) -> ResponseReturnValue:
    """Take one decision back."""
    study = find_study(session(), code)
    place = _place(study.code)
    try:
        done = undo(session(), study.id, _number("decision"), by=_by(), now=services().clock())
    except REFUSALS as refusal:
        return _refused(study, place, str(refusal))
    return redirect(place.address(said="undone" if done else "undone_before"), 303)


@bp.post("/run")
@guard.access(*DECIDERS)
def run_now(code: str) -> ResponseReturnValue:
    """Match everybody who was typed since the last time."""
    study = find_study(session(), code)
    run(session(), study.id, now=services().clock())
    return redirect(_place(study.code).address(said="ran"), 303)


def _by() -> str:
    account = guard.current_account()
    return account.email if account is not None else ""


def _place(code: str) -> Place:
    """Where they are, as the address or the form has it; what cannot be read is left out."""
    given = request.values
    skipped = tuple(dict.fromkeys(int(text) for text in given.getlist("skip") if _is_number(text)))
    return Place(code, given.get("site", ""), skipped, given.get("automatic") == "yes")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text[:12]) < LARGEST_NUMBER


def _number(field: str) -> int:
    text = request.form.get(field, "")
    if not _is_number(text):
        abort(400)
    return int(text)


def _numbers(field: str) -> list[int]:
    texts = request.form.get(field, "").split(",")
    if not all(map(_is_number, texts)):
        abort(400)
    return [int(text) for text in texts]


def _refused(study: Study, place: Place, text: str) -> ResponseReturnValue:
    """The page again, with why nothing was changed."""
    code = study.code
    roll_back()
    return _page(find_study(session(), code), place, error=text), 409


def _page(study: Study, place: Place, *, said: str | None = None, error: str | None = None) -> str:
    found, names = waiting(session(), study.id, site=place.site or None), site_names(session(), study.id)
    return render_template(
        "manage/matching.html",
        user=guard.current_account(),
        study=study,
        place=place,
        said=said,
        error=error,
        found=_next(found, place),
        count=len(found),
        sites=[{"value": "", "text": "All places of work"}, *_choices(names)],
        site_name=names.get(place.site),
        decisions=_recent(study, place),
    )


def _choices(names: Mapping[str, str]) -> Iterator[dict[str, str]]:
    for code, name in names.items():
        yield {"value": code, "text": name}


def _next(found: list[Waiting], place: Place) -> list[Waiting]:
    """The next few, those that were skipped last."""
    return sorted(found, key=lambda one: one.key in place.skipped)[:AT_ONCE]


def _recent(study: Study, place: Place) -> list[Line]:
    return decisions(session(), study.id, most=RECENT, automatic=place.automatic)
