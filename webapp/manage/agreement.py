"""The page on which it is recorded what was agreed: with whom, who may see what, and that no one is judged by it."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveys.agreements import AgreementRefused, Terms, agreements_of, faults_of, record_agreement
from surveys.studies import find_study
from surveys.tables import Study
from webapp import guard
from webapp.database import session
from webapp.manage.editing import EDITORS, READERS, page, summary, who
from webapp.manage.meanwhile import texts
from webapp.manage.moments import BadMoment, in_words, read_day
from webapp.services import services

FIELDS = ("agreed_with", "reference", "who_sees_what", "no_judging", "agreed_on")

bp = Blueprint("agreement", __name__, url_prefix="/studies/<code>/agreement")


@bp.get("")
@guard.access(*READERS)
def record(code: str) -> ResponseReturnValue:
    """Every agreement on record, and the form for a new one."""
    return _page(find_study(session(), code))


@bp.post("")
@guard.access(*EDITORS)
def keep(code: str) -> ResponseReturnValue:
    """Record an agreement, or show the form again with what to change."""
    study, values = find_study(session(), code), texts(request.form, FIELDS)
    now = services().clock()
    terms, faults = _terms(values)
    faults = faults_of(terms, now=now) | faults
    if not faults:
        try:
            record_agreement(session(), study, terms, by=who(), now=now)
        except AgreementRefused as refusal:
            faults = refusal.faults
    if faults:
        return _page(study, values, faults), 422
    return redirect(url_for("studies.study", code=study.code, said="agreed"), 303)


def _terms(values: dict[str, str]) -> tuple[Terms, dict[str, str]]:
    """The terms as they were typed, and what is wrong with the day."""
    faults, day = {}, date.min
    try:
        day = read_day(values["agreed_on"])
    except BadMoment as refusal:
        faults["agreed_on"] = str(refusal)
    agreed = values["no_judging"] == "yes"
    return Terms(values["agreed_with"], values["who_sees_what"], agreed, day, values["reference"]), faults


def _page(study: Study, values: dict[str, str] | None = None, faults: dict[str, str] | None = None) -> str:
    return page(
        "agreement.html",
        study=study,
        agreements=agreements_of(session(), study.id),
        values=values or dict.fromkeys(FIELDS, ""),
        faults=faults or {},
        summary=summary(faults or {}),
        in_words=in_words,
    )
