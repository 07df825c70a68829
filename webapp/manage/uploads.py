"""Large files are let in where an evaluator loads one, and nowhere else; they stay in memory."""

from __future__ import annotations

import io
from typing import IO

from flask import Request, request

from exchange.tables import WEB_LIMIT
from webapp import guard

ROOM = 64 * 1024
LARGEST_UPLOAD = 2 * WEB_LIMIT
"""A file of the limit, and half as much again when the page carries it in letters that forms can hold."""


class InMemory(Request):
    """A request whose files never touch the disk."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


def make_room(endpoints: frozenset[str], roles: tuple[str, ...]) -> None:
    """Let this request be as large as a file when it goes to one of the endpoints, from somebody who may use it."""
    if request.endpoint not in endpoints:
        return
    account = guard.current_account()
    if account is not None and account.role in roles:
        request.max_content_length = LARGEST_UPLOAD + ROOM
        request.max_form_memory_size = LARGEST_UPLOAD
