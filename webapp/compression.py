"""Compresses what is sent; the dashboards' large scripts are compressed once and kept."""

from __future__ import annotations

from flask import Flask, Request
from flask_compress import Compress

BUNDLES = "_dash-component-suites/"
KEPT_AT_MOST = 64


class Bundles:
    """Compressed scripts by encoding and path. Anything else is never kept."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The compressed script, when it was sent before."""
        return self._kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a compressed script for the next request."""
        if BUNDLES in key and len(self._kept) < KEPT_AT_MOST:
            self._kept[key] = value


def install(app: Flask) -> None:
    """Compress every response that is worth it, with brotli where the browser takes it."""
    app.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "deflate"],
        COMPRESS_CACHE_BACKEND=Bundles,
        COMPRESS_CACHE_KEY=_path_of_bundle,
    )
    Compress(app)


def _path_of_bundle(request: Request) -> str:
    """The key of a script; one and the same for everything else, under which nothing is kept."""
    return request.path if BUNDLES in request.path else ""
