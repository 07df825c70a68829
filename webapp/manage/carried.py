"""A file between its preview and what is done with it: it travels in the form, sealed; the server keeps none of it.

A staff list is names and addresses; kept on a disk between two presses it would have to be guarded, shared by all
workers and thrown away. The page that shows the preview carries the file itself, with a seal that only we can make.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

SALT = "a file between its preview and its import"
LASTS = timedelta(hours=1)
LEVEL = 6


class SealBroken(Exception):
    """What came is not what we gave to this account, or it is too old; the text says to choose the file again."""


@dataclass(frozen=True)
class Terms:
    """What a preview was of: the effect it showed, for whom, of which file and under which choices."""

    account: int
    study: int
    kind: str
    name: str
    absent: str = ""
    skip_bad: bool = False
    fingerprint: str = ""


def pack(data: bytes) -> str:
    """A file as a form's field carries it."""
    return base64.urlsafe_b64encode(zlib.compress(data, LEVEL)).decode()


def seal(terms: Terms, packed: str, *, key: str, now: datetime) -> str:
    """A seal on a packed file and its terms, good for an hour."""
    return str(_sealer(key).dumps([asdict(terms), _digest(packed), now.isoformat()]))


def unseal(packed: str, sealed: str, *, key: str, account: int, now: datetime) -> tuple[Terms, bytes]:
    """The terms and the file; raises SealBroken. Nothing is unpacked before the seal is known to be ours."""
    try:
        terms, digest, sealed_at = _sealer(key).loads(sealed)
    except BadData:
        raise SealBroken("This page was changed on its way. Choose the file again.") from None
    _refuse_old(datetime.fromisoformat(sealed_at), now)
    if digest != _digest(packed) or terms["account"] != account:
        raise SealBroken("The file is not the one that you looked at. Choose the file again.")
    return Terms(**terms), zlib.decompress(base64.urlsafe_b64decode(packed))


def _refuse_old(sealed_at: datetime, now: datetime) -> None:
    if not timedelta(0) <= now - sealed_at <= LASTS:
        raise SealBroken("More than an hour has passed since you looked at it. Choose the file again.")


def _digest(packed: str) -> str:
    return hashlib.sha256(packed.encode("utf-8", "replace")).hexdigest()


def _sealer(key: str) -> Any:
    return URLSafeSerializer(key, salt=SALT)
