"""A Network Canvas protocol (.netcanvas, schema 7 or 8) as a questionnaire of ours."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

from exchange.foreign_draft import Draft, Foreign
from exchange.netcanvas_stages import Protocol, Stage, read_stage
from exchange.refusals import UnusableFile

MOST_BYTES = 200 * 1024 * 1024
MOST_ENTRIES = 5000
MOST_PROTOCOL = 8 * 1024 * 1024
VERSIONS = (7, 8)
NAME = "protocol.json"
SAVE = "Save it in Architect again and use that."


def read_netcanvas(data: bytes, name: str) -> Foreign:
    """The questionnaire in a protocol, and what of it is not carried over; UnusableFile when it is no protocol."""
    protocol = _protocol(data, name)
    stages = protocol.get("stages")
    codebook = protocol.get("codebook")
    if not isinstance(stages, list) or not isinstance(codebook, dict):
        raise UnusableFile(name, "the protocol has no stages or no codebook", SAVE)
    draft = Draft(str(protocol.get("name") or name.rpartition(".")[0]))
    reading = Protocol(draft, codebook)
    for number, stage in enumerate(stages, 1):
        if isinstance(stage, dict):
            read_stage(Stage(stage, number), reading)
    return draft.finished()


def _protocol(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(_unpacked(data, name))
    except (ValueError, RecursionError) as error:
        raise UnusableFile(name, "its protocol.json is not JSON", SAVE) from error
    if not isinstance(found, dict):
        raise UnusableFile(name, "its protocol.json holds no protocol", SAVE)
    version = found.get("schemaVersion")
    if version not in VERSIONS:
        raise UnusableFile(name, f"it is of schema {version}, and schemas 7 and 8 are read", SAVE)
    return found


def _unpacked(data: bytes, name: str) -> bytes:
    """The bytes of protocol.json; never more than 8 MiB of them, whatever the archive says of itself."""
    if len(data) > MOST_BYTES:
        raise UnusableFile(name, "the file is larger than 200 MiB", "Remove its pictures and films, and save it again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_ENTRIES:
                raise UnusableFile(name, f"the file holds more than {MOST_ENTRIES} files", SAVE)
            with archive.open(NAME) as file:
                text = file.read(MOST_PROTOCOL + 1)
    except KeyError as error:
        raise UnusableFile(name, "there is no protocol.json in it", SAVE) from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise UnusableFile(name, "it is no archive that can be opened", SAVE) from error
    except zlib.error as error:
        raise UnusableFile(name, "it is damaged", SAVE) from error
    if len(text) > MOST_PROTOCOL:
        raise UnusableFile(name, "its protocol.json is larger than 8 MiB", "Split the protocol, or shorten it.")
    return text
