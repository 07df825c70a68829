"""Where GOV.UK Notify says what became of mails: receipts, with a token that only it and the settings know."""

from __future__ import annotations

import hmac

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from exchange.mail.receipts import ReceiptUnreadable, note_receipt, read_receipt
from webapp.database import session
from webapp.guard import PUBLIC, access
from webapp.services import services

BEARER = "Bearer "

bp = Blueprint("receipts", __name__)


@bp.post("/mail/receipts")
@access(PUBLIC)
def take() -> ResponseReturnValue:
    """Note what one receipt says; the same again changes nothing. There is no such page while no token is set."""
    _refuse_strangers(services().settings.mail.notify_receipts)
    try:
        receipt = read_receipt(request.get_data())
    except ReceiptUnreadable:
        return "", 400
    note_receipt(session(), receipt, now=services().clock())
    return "", 204


def _refuse_strangers(token: str) -> None:
    """Refuse whoever does not show the token, in a time that tells nothing of it."""
    if not token:
        abort(404)
    shown = request.headers.get("Authorization", "")
    if not hmac.compare_digest(shown.encode(), f"{BEARER}{token}".encode()):
        abort(403)
