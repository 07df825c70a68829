"""Texts of other systems in plain words: markup, Markdown and hidden characters taken off, each language by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from html import unescape

from instruments.lint_ids import RESERVED_ANSWERS

Wording = str | dict[str, str]
"""A text, or one for each language code."""

LONGEST_WORD = 36
LONGEST_TEXT = 4000
UNSEEN = re.compile(r"<(style|script)\b[^<>]{0,500}>.{0,20000}?</\1\s*>|<!--.{0,20000}?-->", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<(?:br|hr|/p|/div|/li|/h[1-6]|/tr)\s*/?>", re.IGNORECASE)
POINT = re.compile(r"<li\b[^<>]{0,500}>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[A-Za-z!?][^<>]{0,2000}>")
PICTURE = re.compile(r"<(?:img|audio|video|iframe|object|embed)\b", re.IGNORECASE)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BRACES = re.compile(r"[{}]")
MARKS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"!\[([^\]\n]{0,500})\]\([^)\n]{0,1000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,500})\]\(([^)\s]{1,1000})\)"), r"\1 (\2)"),
    (re.compile(r"^[ \t]{0,3}(?:#{1,6}|>)[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE), "• "),
    (re.compile(r"\*{1,3}(?=\S)([^*\n]{0,1000}?\S)\*{1,3}"), r"\1"),
    (re.compile(r"(?<!\w)_{1,3}(?=\S)([^_\n]{0,1000}?\S)_{1,3}(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]{1,1000})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)
"""Markdown as Architect writes it, and what is read instead."""


def plain(text: object) -> str:
    """A text without markup, hidden characters and braces, on as many lines as it had paragraphs."""
    if not isinstance(text, str):
        return ""
    bare = POINT.sub("\n• ", TAG.sub("\n", UNSEEN.sub("", text)))
    bare = unescape(ANY_TAG.sub("", bare))
    bare = BRACES.sub("", HIDDEN.sub("", bare.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")))
    lines = (" ".join(line.split()) for line in bare.split("\n"))
    return "\n".join(line for line in lines if line)


def unmarked(text: object) -> str:
    """A text without Markdown, and then as `plain` has it."""
    if not isinstance(text, str):
        return ""
    for mark, instead in MARKS:
        text = mark.sub(instead, text)
    return plain(text)


def worded(value: object, languages: Mapping[str, str]) -> Wording:
    """A text, or one for each of `languages` (code by locale) that has one; "" when there is none."""
    if not isinstance(value, dict):
        return unmarked(value)
    known = languages or {locale: str(locale) for locale in value}
    found = {code: text for locale, code in known.items() if (text := unmarked(value.get(locale)))}
    return found if len(languages) > 1 and found else lead(found)


def joined(parts: Sequence[Wording], between: str) -> Wording:
    """Texts one after the other, in each language."""
    held = [part for part in parts if part]
    codes = [code for part in held if isinstance(part, dict) for code in part]
    if not codes:
        return between.join(part for part in held if isinstance(part, str))
    return {code: between.join(_in(part, code) for part in held) for code in dict.fromkeys(codes)}


def one_line(text: Wording) -> Wording:
    """The text on one line, in each language."""
    return " ".join(text.split()) if isinstance(text, str) else {code: " ".join(t.split()) for code, t in text.items()}


def lead(text: Wording) -> str:
    """The text in its first language: for ids and for messages."""
    return text if isinstance(text, str) else next(iter(text.values()), "")


def _in(text: Wording, code: str) -> str:
    return text if isinstance(text, str) else text.get(code) or lead(text)


def as_word(name: str, otherwise: str) -> str:
    """A name as an id: small letters, digits and "_", a letter first; `otherwise` when nothing is left."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:LONGEST_WORD].strip("_")
    return stem if stem[:1].isalpha() else f"{otherwise}_{stem}".strip("_")[:LONGEST_WORD]


def options_of(labels: Sequence[tuple[str, Wording]]) -> tuple[list[dict[str, Wording]], dict[str, str]]:
    """Options from (key, label) pairs, and which value stands for which key."""
    options: list[dict[str, Wording]] = []
    values: dict[str, str] = {}
    taken = {"other", *RESERVED_ANSWERS}
    for key, label in labels:
        stem = as_word(lead(label) or key, "option")
        value = next(
            word for n in range(1, len(labels) + 5) if (word := stem if n == 1 else f"{stem}_{n}") not in taken
        )
        taken.add(value)
        values.setdefault(key, value)
        options.append({"value": value, "label": label or plain(key) or "–"})
    return options, values
