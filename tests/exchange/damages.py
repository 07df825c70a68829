"""Files damaged in over 250 ways, made from one good staff list: each with what must come of it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl

REFUSED, BY_LINE, TAKEN, EITHER = "refused whole", "reported by line", "taken", "refused, reported or taken"
HEADINGS = ("reference", "name", "email", "job_title", "site", "role")
GOOD = (
    ("E1", "Zoë Bell", "zoe@example.org", "Ward sister", "A", "nurse"),
    ("E2", "Raj Khan", "raj@example.org", "Porter", "B", "it"),
    ("E3", "Bo Ek", "", "", "A", "it"),
)
HIDDEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
CONTROL = [code for code in (*range(32), 127, 0x85, 0x9F) if chr(code) not in "\t\n\r"]
NO_ADDRESSES = (
    "bo", "bo@", "@example.org", "bo@example", "bo@@example.org", "bo example@example.org", "bo@exa mple.org",
    "bo@example..org", ".bo@example.org", "bo.@example.org", "b..o@example.org", "bo@-example.org", "bo@example.org.",
    "<bo@example.org>", "Bo <bo@example.org>", "mailto:bo@example.org", "a@example.org;b@example.org", "bo@[127.0.0.1]",
    "bo@localhost", "b" * 300 + "@example.org", "bo@" + "a" * 250 + ".org", "bo@example.org\u202e", "n/a", "none",
)  # fmt: skip
NO_SITES = ("C", "Z", "Alpha", "ALPHA HOSPITL", "0", "A;B", "A/B", "А", "Site A", "nurse")
NO_ROLES = ("nurses", "NURCE", "doctor", "A", "1", "it team", "nurse, it", "?", "x" * 5000, "=nurse")


@dataclass(frozen=True)
class Damaged:
    """One damaged file; `line` is where the damage is, when it is reported by line."""

    name: str
    data: bytes
    outcome: str
    line: int = 0


def csv_of(rows: Iterator[tuple[str, ...]] | tuple[tuple[str, ...], ...], headings: tuple[str, ...] = HEADINGS) -> str:
    return "".join(",".join(row) + "\n" for row in (headings, *rows))


def with_cell(column: str, value: str) -> str:
    """The good list with another value in its second row, which is line 3."""
    changed = tuple(value if name == column else cell for name, cell in zip(HEADINGS, GOOD[1], strict=True))
    return csv_of((GOOD[0], changed, GOOD[2]))


def workbook(*rows: tuple[object, ...]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def damages() -> list[Damaged]:
    """Every kind, by name."""
    makers = (encodings, signs, formulas, columns, delimiters, quotes, shapes, doubles, values, ends, others, workbooks)
    return [one for maker in makers for one in maker()]


def encodings() -> Iterator[Damaged]:
    text = csv_of(GOOD)
    for name in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"):
        yield Damaged(f"encoded as {name}", text.encode(name), TAKEN)
    for name in ("cp037", "utf-7", "cp500"):
        yield Damaged(f"encoded as {name}", text.encode(name), REFUSED if name != "utf-7" else TAKEN)
    for name in ("cp437", "mac-roman", "cp850"):
        yield Damaged(f"encoded as {name}", text.encode(name), EITHER)
    for name, step in (("utf-16", 1), ("utf-32", 2)):
        yield Damaged(f"{name} cut inside a letter", text.encode(name)[:-step], REFUSED)
    yield Damaged("UTF-8 cut inside a letter", "reference,name,site,role\nE1,Zoë".encode()[:-1], EITHER)
    yield Damaged("two encodings", text.encode() + "E4,Zoë,,,A,it\n".encode("cp1252"), EITHER)
    yield Damaged("half a letter", b"reference,name,site,role\nE1,\xed\xa0\xbd,A,it\n", EITHER)


def signs() -> Iterator[Damaged]:
    for code in CONTROL:
        for column in ("reference", "name"):
            yield Damaged(f"U+{code:04X} in the {column}", with_cell(column, f"E{chr(code)}2").encode(), REFUSED)
    for sign in HIDDEN:
        for column in ("reference", "name", "job_title"):
            yield Damaged(f"U+{ord(sign):04X} in the {column}", with_cell(column, f"E{sign}2").encode(), BY_LINE, 3)


def formulas() -> Iterator[Damaged]:
    for start in ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "'=1+1", "''=1+1", "'@x"):
        for column in ("reference", "name", "job_title"):
            outcome = TAKEN if start == "''=1+1" else BY_LINE
            yield Damaged(f"{start} in the {column}", with_cell(column, start).encode(), outcome, 3)


def columns() -> Iterator[Damaged]:
    for place, name in enumerate(HEADINGS):
        needed = REFUSED if name in ("reference", "name", "site", "role") else TAKEN
        less = [HEADINGS[:place] + HEADINGS[place + 1 :], *(row[:place] + row[place + 1 :] for row in GOOD)]
        yield Damaged(f"without {name}", csv_of(tuple(less[1:]), less[0]).encode(), needed)
        twice = csv_of(tuple((*row, row[place]) for row in GOOD), (*HEADINGS, name))
        yield Damaged(f"with {name} twice", twice.encode(), REFUSED)
        for what, heading in (("misspelt", name[:1] + name[2:]), ("blank", ""), ("a formula", f"={name}!")):
            headings = tuple(heading if one == name else one for one in HEADINGS)
            outcome = TAKEN if what == "a formula" else needed
            yield Damaged(f"heading {name} {what}", csv_of(GOOD, headings).encode(), outcome)
    yield Damaged("a million columns", b"reference" + b",c" * 1_000_000 + b"\n", REFUSED)
    yield Damaged("a million columns in a row", csv_of(GOOD).encode() + b"E4" + b"," * 1_000_000 + b"\n", REFUSED)
    yield Damaged("no headings", csv_of(GOOD[1:], GOOD[0]).encode(), REFUSED)
    yield Damaged("two lines of headings", csv_of((HEADINGS, *GOOD)).encode(), BY_LINE, 2)
    yield Damaged("headings last", csv_of((GOOD[1], HEADINGS), GOOD[0]).encode(), REFUSED)
    yield Damaged("a title above", f"Staff list 2026\n{csv_of(GOOD)}".encode(), REFUSED)


def delimiters() -> Iterator[Damaged]:
    for sign in "|:^~ #/":
        yield Damaged(f"cut by “{sign}”", csv_of(GOOD).replace(",", sign).encode(), REFUSED)
    for sign in ";\t":
        yield Damaged(f"cut by {sign!r}", csv_of(GOOD).replace(",", sign).encode(), TAKEN)
    yield Damaged("cut by two signs", f"{csv_of(GOOD)}E4;Di;;;A;it\n".encode(), BY_LINE, 5)
    yield Damaged("decimal commas", (csv_of(GOOD) + "E4,Di,,1,5,A,it\n").encode(), BY_LINE, 5)


def quotes() -> Iterator[Damaged]:
    for column in HEADINGS:
        yield Damaged(f"a quotation mark opened in {column}", with_cell(column, '"x').encode(), REFUSED)
        yield Damaged(f"a quotation mark inside {column}", with_cell(column, '"x"y').encode(), REFUSED)
    yield Damaged("quoted everywhere", csv_of(tuple(tuple(f'"{c}"' for c in row) for row in GOOD)).encode(), TAKEN)
    yield Damaged("a line break in a name", with_cell("name", '"Raj\nKhan"').encode(), TAKEN)
    yield Damaged("only quotation marks", b'"' * 10_001, REFUSED)
    yield Damaged("a cell of a megabyte", with_cell("name", "x" * 2**20).encode(), REFUSED)


def shapes() -> Iterator[Damaged]:
    for less in range(1, 6):
        rows = (GOOD[0], GOOD[1][:-less], GOOD[2])
        yield Damaged(f"a row short by {less}", csv_of(rows).encode(), BY_LINE, 3)
    for more in range(1, 6):
        yield Damaged(f"a row long by {more}", csv_of((GOOD[0], GOOD[1] + ("x",) * more, GOOD[2])).encode(), BY_LINE, 3)
    yield Damaged("commas at the end", csv_of(GOOD).replace("\n", ",,\n").encode(), TAKEN)
    yield Damaged("blank rows", csv_of((GOOD[0], ("",) * 6, *GOOD[1:], ("",) * 6)).encode(), TAKEN)
    yield Damaged("a row of totals", (csv_of(GOOD) + "Total,3,,,,\n").encode(), BY_LINE, 5)
    yield Damaged("a remark below", (csv_of(GOOD) + "Source: staff records\n").encode(), BY_LINE, 5)
    yield Damaged("headings and nothing else", csv_of(()).encode(), REFUSED)
    yield Damaged("300,000 lines", csv_of(GOOD).encode() + b"a,b\n" * 300_000, REFUSED)
    yield Damaged("ten million blank lines", b"\n" * 10_000_000, REFUSED)


def doubles() -> Iterator[Damaged]:
    for name, twin in (("the same", "E1"), ("small", "e1"), ("Cyrillic", "Е1"), ("Greek", "Ε1"), ("wide", "Ｅ１")):
        yield Damaged(f"a reference twice, {name}", with_cell("reference", twin).encode(), BY_LINE, 3)
    for name, twin in (("the same", "zoe@example.org"), ("capitals", "ZOE@EXAMPLE.ORG")):
        yield Damaged(f"an address twice, {name}", with_cell("email", twin).encode(), BY_LINE, 3)


def values() -> Iterator[Damaged]:
    for column, longest in (("reference", 60), ("name", 200), ("job_title", 200)):
        yield Damaged(f"a {column} too long", with_cell(column, "x" * (longest + 1)).encode(), BY_LINE, 3)
    for column in ("reference", "name", "site", "role"):
        for blank in ("", "   ", "\u00a0", "\u3000"):
            yield Damaged(f"{column} blank as {blank!r}", with_cell(column, blank).encode(), BY_LINE, 3)
    for kind, column, wrong in (
        ("address", "email", NO_ADDRESSES),
        ("site", "site", NO_SITES),
        ("role", "role", NO_ROLES),
    ):
        for number, value in enumerate(wrong):
            yield Damaged(f"no {kind} {number}", with_cell(column, value.replace(",", " ")).encode(), BY_LINE, 3)


def ends() -> Iterator[Damaged]:
    text = csv_of(GOOD)
    for name, end in (("CR", "\r"), ("CRLF", "\r\n"), ("blank lines between", "\n\n")):
        yield Damaged(f"lines ended by {name}", text.replace("\n", end).encode(), TAKEN)
    yield Damaged("no end of the last line", text.rstrip().encode(), TAKEN)
    yield Damaged("lines ended by U+2028", text.replace("\n", "\u2028").encode(), REFUSED)
    yield Damaged("mixed ends", text.replace("\n", "\r\n", 2).encode(), TAKEN)


def others() -> Iterator[Damaged]:
    text = csv_of(GOOD).encode()
    for name, data in {
        "gzip": gzip.compress(text),
        "bzip2": bz2.compress(text),
        "xz": lzma.compress(text),
        "nothing": b"",
        "HTML": b"<html><table><tr><td>reference</td></tr></table></html>",
        "JSON": b'[{"reference": "E1"}]',
        "XML": b"<?xml version='1.0'?><people/>",
        "PDF": b"%PDF-1.7\n",
        "RTF": b"{\\rtf1}",
        "PNG": b"\x89PNG\r\n\x1a\n",
        "SQLite": b"SQLite format 3\x00",
        "old Excel": b"\xd0\xcf\x11\xe0" + bytes(512),
        "a program": b"\x7fELF\x02\x01",
    }.items():
        yield Damaged(f"{name} and no table", data, REFUSED)
    for seed in range(15):
        yield Damaged(f"random bytes {seed}", random.Random(seed).randbytes(2000), REFUSED)


def workbooks() -> Iterator[Damaged]:
    good = saved(workbook(HEADINGS, *GOOD))
    yield Damaged("a workbook", good, TAKEN)
    for tenth in range(10):
        yield Damaged(f"a workbook cut at {tenth} tenths", good[: 4 + len(good) * tenth // 10], REFUSED)
    for seed in range(20):
        chance, data = random.Random(seed), bytearray(good)
        for _ in range(20):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        yield Damaged(f"a workbook with wrong bytes {seed}", bytes(data), EITHER)
    merged = workbook(HEADINGS, *GOOD)
    merged.active.merge_cells("A3:A4")
    yield Damaged("merged cells", saved(merged), BY_LINE, 4)
    yield Damaged("dates for references", saved(workbook(HEADINGS, (46_000, *GOOD[0][1:]))), TAKEN)
    yield Damaged("formulas without values", saved(workbook(HEADINGS, ("=A1", *GOOD[0][1:]))), BY_LINE, 2)
    yield Damaged("a formula as text", saved(workbook(HEADINGS, ("'=A1", *GOOD[0][1:]))), BY_LINE, 2)
    yield Damaged("a workbook of 300 columns", saved(workbook(tuple(f"c{n}" for n in range(300)))), REFUSED)
    for name, part, text in (
        ("macros", "xl/vbaProject.bin", "x" * 1000), ("a strange part", "../../etc/passwd", "x"),
        ("a bomb", "xl/media/x.bin", "0" * (120 * 2**20)),
    ):  # fmt: skip
        out = io.BytesIO(b"")
        out.write(good)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
            file.writestr(part, text)
        yield Damaged(f"a workbook with {name}", out.getvalue(), REFUSED if name == "a bomb" else TAKEN)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("staff.csv", csv_of(GOOD))
    yield Damaged("a packed CSV", out.getvalue(), REFUSED)
