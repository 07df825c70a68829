"""Compresses what is sent; files that never change are compressed once and kept."""

from __future__ import annotations

from flask import Flask, Request, Response, request
from flask_compress import Compress

from webapp.headers import lasts

KEPT_AT_MOST = 64


class Lasting:
    """Compressed files by encoding and path, for files that never change; anything else is not kept."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed file, when it was sent before."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed file for the next request."""
        _encoding, _, path = key.partition(";")
        if path and len(self._kept) < KEPT_AT_MOST:
            self._kept[key] = value


def install(app: Flask) -> None:
    """Compress every response that is worth it, with brotli where the browser takes it."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_STREAMS=False,
        COMPRESS_CACHE_BACKEND=Lasting,
        COMPRESS_CACHE_KEY=_key,
    )
    Compress(app)
    app.after_request(_read_whole)


def _key(asked: Request) -> str:
    """The path of a file that lasts; nothing for everything else."""
    return asked.path if lasts(asked.path) else ""


def _read_whole(response: Response) -> Response:
    """Read a static file at once: they are small, and only whole ones are compressed and kept."""
    if request.endpoint != "static" or response.status_code != 200 or not response.is_streamed:
        return response
    response.direct_passthrough = False
    opened = response.response
    response.set_data(b"".join(response.iter_encoded()))
    getattr(opened, "close", bool)()
    return response
