"""The request's database session: opened when first asked for, committed in one place, closed at the end."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.services import services

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIRST_FAILURE = 500


def session() -> Session:
    """This request's session. GET, HEAD and OPTIONS only look; other methods write and are committed after the view."""
    opened: Session | None = g.get("session")
    if opened is None:
        store = services().store
        opened = g.session = store.reader() if request.method in SAFE_METHODS else store.writer()
    return opened


def roll_back() -> None:
    """Keep nothing of what this request wrote."""
    opened: Session | None = g.get("session")
    if opened is not None:
        opened.rollback()


def install(app: Flask) -> None:
    """Commit after each request that wrote and did not fail; close its session whatever happened."""
    app.after_request(_commit)
    app.teardown_request(_close)


def _commit(response: Response) -> Response:
    opened: Session | None = g.get("session")
    if opened is None or request.method in SAFE_METHODS:
        return response
    if response.status_code >= FIRST_FAILURE:
        opened.rollback()
        return response
    try:
        opened.commit()
    except SQLAlchemyError as error:
        opened.rollback()
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _close(_error: BaseException | None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
