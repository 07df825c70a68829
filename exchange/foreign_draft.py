"""A questionnaire of another system on its way to ours: ids that are allowed, plain texts, and what was lost."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from ruamel.yaml import YAML

from instruments.lint_ids import RESERVED, RESERVED_ANSWERS, RESERVED_FOR_THE_END

LONGEST_WORD = 36
LONGEST_TEXT = 2000
TAG = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
BRACES = re.compile(r"[{}]")
PLACE = re.compile(r"\{[a-z]*\}?")
CONSENT = "Write here what the study is for, what is kept, and that people may stop at any time."


@dataclass(frozen=True)
class Lost:
    """Something that was not carried over: where it stood, and why not."""

    where: str
    what: str


@dataclass(frozen=True)
class Foreign:
    """A questionnaire's YAML text, and what of the other system's file is not in it."""

    text: str
    lost: tuple[Lost, ...]


@dataclass
class Draft:
    """The file as it grows."""

    title: str
    pages: list[dict[str, Any]] = field(default_factory=list)
    relations: dict[str, Any] = field(default_factory=dict)
    ties: dict[str, Any] = field(default_factory=dict)
    rosters: dict[str, Any] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: {"consent", "agree", *RESERVED, *RESERVED_FOR_THE_END})

    def lose(self, where: str, what: str) -> None:
        """Note something that is not carried over; the same note stands once."""
        note = Lost(plain(where) or "the file", what)
        if note not in self.lost:
            self.lost.append(note)

    def word(self, name: str, otherwise: str = "question") -> str:
        """An id that nothing else has, made from a name."""
        stem = as_word(name, otherwise)
        found, number = stem, 2
        while found in self.taken:
            found, number = f"{stem}_{number}", number + 1
        self.taken.add(found)
        return found

    def relation(self, page: str, label: str) -> str:
        """A relation of its own for a page that names people or pairs."""
        name = f"{page}_tie"
        self.relations[name] = {"label": " ".join(PLACE.sub("…", label).split())}
        return name

    def finished(self) -> Foreign:
        """The whole file as text: consent first, finish last."""
        if not self.ties:
            self.lose("the file", "it asks for no names, so no answer becomes a tie. Add a page of type name_generator")
        head = {
            "id": as_word(self.title, "questionnaire").replace("_", "-"),
            "version": "1.0.0",
            "title": self.title or "A questionnaire",
            "privacy": {"names": "roster" if self.rosters else "none"},
            "target_minutes": 60,
        }
        consent = {
            "id": "consent", "type": "consent", "version": 1, "text": CONSENT,
            "statements": [{"id": "agree", "label": "I choose to take part."}],
        }  # fmt: skip
        whole: dict[str, Any] = {"instrument": head, "rosters": self.rosters, "relations": self.relations}
        pages = [consent, *self.pages, {"id": "done", "type": "finish"}]
        whole |= {"pages": pages, "ties": self.ties}
        return Foreign(_yaml({key: value for key, value in whole.items() if value}), tuple(self.lost))


def as_word(name: str, otherwise: str) -> str:
    """A name as an id: small letters, digits and "_", a letter first; `otherwise` when nothing is left."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", folded).strip("_")[:LONGEST_WORD].strip("_")
    return stem if stem[:1].isalpha() else f"{otherwise}_{stem}".strip("_")[:LONGEST_WORD]


def plain(text: object) -> str:
    """A text without markup, hidden characters and braces, on as many lines as it had paragraphs."""
    if not isinstance(text, str):
        return ""
    bare = unescape(ANY_TAG.sub("", TAG.sub("\n", text)))
    bare = BRACES.sub("", HIDDEN.sub("", bare.replace("\r\n", "\n").replace("\xa0", " ")))
    lines = (" ".join(line.split()) for line in bare[:LONGEST_TEXT].split("\n"))
    return "\n".join(line for line in lines if line)


def options_of(labels: list[tuple[str, str]]) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Options from (key, label) pairs, and which value stands for which key."""
    options: list[dict[str, str]] = []
    values: dict[str, str] = {}
    taken = {"other", *RESERVED_ANSWERS}
    for key, label in labels:
        stem = as_word(plain(label) or key, "option")
        value = next(
            word for n in range(1, len(labels) + 5) if (word := stem if n == 1 else f"{stem}_{n}") not in taken
        )
        taken.add(value)
        values[key] = value
        options.append({"value": value, "label": plain(label) or key})
    return options, values


def _yaml(whole: dict[str, Any]) -> str:
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 110
    out = io.StringIO()
    writer.dump(whole, out)
    return out.getvalue()
