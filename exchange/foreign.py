"""Questionnaires of other systems: told apart by their first bytes, and read as ours."""

from __future__ import annotations

from exchange.egoweb import read_egoweb
from exchange.foreign_draft import Foreign, Lost
from exchange.netcanvas import read_netcanvas
from exchange.refusals import UnusableFile

__all__ = ["Foreign", "Lost", "read_foreign"]

ZIP = b"PK"
BOM = b"\xef\xbb\xbf"


def read_foreign(data: bytes, name: str) -> Foreign:
    """The questionnaire in a Network Canvas protocol (or its protocol.json) or an EgoWeb study.

    Refuses every other file with UnusableFile: its name, the line where known, the reason and the remedy.
    """
    if data.startswith(ZIP) or data.lstrip()[:1] == b"{":
        return read_netcanvas(data, name)
    if data.removeprefix(BOM).lstrip()[:1] == b"<":
        return read_egoweb(data, name)
    remedy = "Give a .netcanvas protocol or an EgoWeb .study file."
    raise UnusableFile(name, "it is neither a Network Canvas protocol nor an EgoWeb study", remedy)
