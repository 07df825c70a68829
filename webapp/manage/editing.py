"""What every page that changes a study shares: who may change it, the study of the address, refusals beside fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from surveys.studies import find_study
from surveys.tables import Study, Wave
from surveys.waves import UnknownWave, find_wave
from webapp import errors, guard
from webapp.database import session

READERS = ("evaluator", "analyst", "administrator")
EDITORS = ("evaluator", "administrator")
LARGEST_NUMBER = 2**31


def may_edit() -> bool:
    """Whether the account that is signed in may change things."""
    account = guard.current_account()
    return account is not None and account.role in EDITORS


def who() -> str:
    """The address of the account that is signed in."""
    account = guard.current_account()
    return account.email if account is not None else ""


def wave_of(code: str, number: int) -> tuple[Study, Wave]:
    """The study and its wave of that number; raises UnknownStudy or UnknownWave."""
    study = find_study(session(), code)
    return study, find_wave(session(), study, number)


def page(template: str, **shown: object) -> str:
    """A page of those who run a study."""
    return render_template(f"manage/{template}", user=guard.current_account(), may_edit=may_edit(), **shown)


def summary(faults: Mapping[str, str]) -> list[dict[str, str]]:
    """What the error summary says: each fault with a link to its field."""
    return [{"text": text, "href": f"#{field}"} if field else {"text": text} for field, text in faults.items()]


def posted_revision() -> int:
    """The revision that the form was made from; one that cannot be read is none that ever was."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and int(text[:12]) < LARGEST_NUMBER else 0


def answer_unknown_waves(bp: Blueprint) -> None:
    """Answer the number of a wave that is not there with a page that says which there are."""
    bp.register_error_handler(UnknownWave, _no_wave)


def _no_wave(error: UnknownWave) -> ResponseReturnValue:
    return errors.page(replace(errors.NO_STUDY, heading="There is no such wave", advice=(str(error),)))
