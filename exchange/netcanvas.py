"""A Network Canvas protocol (.netcanvas, schema 7, 8 or 9) as a questionnaire of ours."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from typing import Any

from exchange.foreign_draft import Draft, Foreign
from exchange.foreign_mending import finished
from exchange.foreign_texts import lead, one_line, worded
from exchange.netcanvas_lost import note_protocol
from exchange.netcanvas_parts import Protocol, Stage, part_of
from exchange.netcanvas_stages import read_stage
from exchange.refusals import UnusableFile

MOST_BYTES = 200 * 1024 * 1024
MOST_ENTRIES = 5000
MOST_PROTOCOL = 8 * 1024 * 1024
VERSIONS = (7, 8, 9)
NAME = "protocol.json"
CODE = re.compile(r"[a-z]{2,3}")
SAVE = "Save it in Architect again and use that."


def read_netcanvas(data: bytes, name: str) -> Foreign:
    """The questionnaire in a protocol, and what of it is not carried over; UnusableFile when it is no protocol."""
    protocol = _protocol(data, name)
    stages = protocol.get("stages")
    codebook = protocol.get("codebook")
    if not isinstance(stages, list) or not isinstance(codebook, dict):
        raise UnusableFile(name, "the protocol has no stages or no codebook", SAVE)
    languages = _languages(protocol)
    title = lead(one_line(worded(protocol.get("name"), {}))) or name.rpartition(".")[0]
    draft = Draft(title, tuple(languages.values()))
    reading = Protocol(draft, codebook, languages, part_of(protocol, "assetManifest"))
    note_protocol(protocol, reading)
    _note_languages(protocol, languages, draft)
    for number, stage in enumerate(stages, 1):
        if isinstance(stage, dict):
            read_stage(Stage(stage, number), reading)
        else:
            draft.lose(f"stage {number}", "it is no stage", SAVE)
    return finished(draft)


def _languages(protocol: dict[str, Any]) -> dict[str, str]:
    """Our code for each locale of the protocol, the default one first; of two with one code the first stands."""
    held = part_of(protocol, "localization")
    listed = held.get("locales")
    found: dict[str, str] = {}
    for locale in (held.get("defaultLocale"), *(listed if isinstance(listed, list) else ())):
        code = str(locale).partition("-")[0].casefold()
        if isinstance(locale, str) and CODE.fullmatch(code) and code not in found.values():
            found[locale] = code
    return found


def _note_languages(protocol: dict[str, Any], languages: dict[str, str], draft: Draft) -> None:
    listed = part_of(protocol, "localization").get("locales")
    for locale in listed if isinstance(listed, list) else ():
        if locale not in languages:
            remedy = "Add it to 'languages' under a code of two or three letters, and its texts by hand."
            draft.lose("the file", f"the language “{locale}”: its code is taken, or is none", remedy)


def _protocol(data: bytes, name: str) -> dict[str, Any]:
    """The protocol in an archive, or in a protocol.json by itself."""
    text = _small(data, name) if data.lstrip()[:1] == b"{" else _unpacked(data, name)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise UnusableFile(name, "its protocol.json is not JSON", SAVE, line=line) from error
    if not isinstance(found, dict):
        raise UnusableFile(name, "its protocol.json holds no protocol", SAVE)
    version = found.get("schemaVersion")
    if version not in VERSIONS:
        raise UnusableFile(name, f"it is of schema {version}, and schemas 7 to 9 are read", SAVE)
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
    return _small(text, name)


def _small(text: bytes, name: str) -> bytes:
    if len(text) > MOST_PROTOCOL:
        raise UnusableFile(name, "its protocol.json is larger than 8 MiB", "Split the protocol, or shorten it.")
    return text
