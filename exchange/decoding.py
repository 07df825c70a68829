"""Bytes to text: UTF-8, UTF-16 and Windows-1252 told apart, and everything that is not text refused."""

from __future__ import annotations

import codecs
import re

from exchange.refusals import UnusableFile

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
SAMPLE = 4096
MOSTLY = 0.4
"""UTF-16 of European text has a NUL in every second byte; at 40 % of those we call it UTF-16 without its mark."""
SAVE_AGAIN = "Save it again as “CSV UTF-8” and load that"
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", "is an old Excel file, or one with a password", "Save it as .xlsx without a password"),
    (b"%PDF", "is a PDF", "Export the table as CSV or XLSX"),
    (b"\x1f\x8b", "is a compressed file", "Unpack it first"),
    (b"{\\rtf", "is a document, not a table", "Save the table as CSV or XLSX"),
)


def decode(data: bytes, name: str) -> str:
    """The text of a CSV file; raises UnusableFile for anything that is not text."""
    refuse_other_kinds(data, name)
    encoding = _encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _decode_windows(data, name) if encoding == "utf-8" else _refuse_encoding(name, encoding)
    _refuse_control_characters(text, name)
    return text


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Raise UnusableFile for well-known files that are not tables."""
    for mark, what, remedy in OTHER_KINDS:
        if data.startswith(mark):
            raise UnusableFile(name, f"this {what}", f"{remedy}.")


def _encoding_of(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:SAMPLE]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > MOSTLY and even < MOSTLY / 10:
        return "utf-16-le"
    if even > MOSTLY and odd < MOSTLY / 10:
        return "utf-16-be"
    return "utf-8"


def _decode_windows(data: bytes, name: str) -> str:
    """Windows-1252, when every byte means a letter there."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnusableFile(
            name, "this is neither UTF-8 nor Windows text, or it is not text at all", f"{SAVE_AGAIN}.", line=line
        ) from None


def _refuse_encoding(name: str, encoding: str) -> str:
    raise UnusableFile(name, f"the file says that it is {encoding.upper()} text, but it is not", f"{SAVE_AGAIN}.")


def _refuse_control_characters(text: str, name: str) -> None:
    found = CONTROL.search(text)
    if found is None:
        return
    line = text.count("\n", 0, found.start()) + 1
    code = ord(found.group())
    what = "a NUL character" if code == 0 else f"the control character U+{code:04X}"
    raise UnusableFile(
        name, f"there is {what}, which no table of text holds", f"Remove it, or: {SAVE_AGAIN.lower()}.", line=line
    )
