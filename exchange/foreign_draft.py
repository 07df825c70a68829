"""A questionnaire of another system on its way to ours: ids that are allowed, its pages, and what was lost."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML

from exchange.foreign_texts import Wording, as_word, lead, plain
from instruments.lint_ids import RESERVED, RESERVED_FOR_THE_END

PLACE = re.compile(r"\{[a-z]*\}?")
CONSENT = "Write here what the study is for, what is kept, and that people may stop at any time."
NO_NAMES = "it asks for no names, so no answer would become a tie: a page that asks for them was put at the end"
SPLIT = "Split it into two questionnaires."
MOST_PAGES = 198
"""How many pages fit between consent and finish."""


@dataclass(frozen=True)
class Lost:
    """Something that was not carried over: where it stood, and what it was with what to do about it."""

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
    languages: tuple[str, ...] = ()
    closing: str = ""
    pages: list[dict[str, Any]] = field(default_factory=list)
    relations: dict[str, Any] = field(default_factory=dict)
    ties: dict[str, Any] = field(default_factory=dict)
    rosters: dict[str, Any] = field(default_factory=dict)
    lost: list[Lost] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: {"consent", "agree", *RESERVED, *RESERVED_FOR_THE_END})

    def lose(self, where: str, what: str, remedy: str) -> None:
        """Note something that is not carried over, and what to do; the same note stands once."""
        note = Lost(plain(where) or "the file", f"{what}. {remedy}")
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

    def relation(self, page: str, label: Wording) -> str:
        """A relation of its own for a page that names people or pairs."""
        words = (f"{page[:32]}_tie{number or ''}" for number in range(len(self.relations) + 1))
        name = next(word for word in words if word not in self.relations)
        self.relations[name] = {"label": " ".join(PLACE.sub("…", lead(label)[:200]).split()) or "know each other"}
        return name

    def names(self, page: dict[str, Any], label: Wording) -> None:
        """Add a page that names people; its relation and its tie with it."""
        page["relation"] = self.relation(page["id"], label)
        self.ties[page["relation"]] = {"from": page["id"]}
        self.pages.append(page)

    def written(self) -> Foreign:
        """The whole file as text: consent first, finish last."""
        if not self.ties:
            self.lose("the file", NO_NAMES, "Write its question, or put the page where names are wanted.")
            self.names(names_page(self.word("people"), ["Who do you talk to?"]), "talks to")
        if len(self.pages) > MOST_PAGES:
            self._shorten()
        head: dict[str, Any] = {
            "id": as_word(self.title, "questionnaire").replace("_", "-"),
            "version": "1.0.0",
            "title": " ".join(self.title.split()) or "A questionnaire",
            "languages": list(self.languages),
            "privacy": {"names": "roster" if self.rosters else "none"},
            "target_minutes": 60,
        }
        consent = {
            "id": "consent", "type": "consent", "version": 1, "text": CONSENT,
            "statements": [{"id": "agree", "label": "I choose to take part."}],
        }  # fmt: skip
        head = {key: value for key, value in head.items() if value}
        whole: dict[str, Any] = {"instrument": head, "rosters": self.rosters, "relations": self.relations}
        finish = {"id": "done", "type": "finish"} | ({"intro": self.closing} if self.closing else {})
        pages = [consent, *self.pages, finish]
        whole |= {"pages": pages, "ties": self.ties}
        return Foreign(_yaml({key: value for key, value in whole.items() if value}), tuple(self.lost))

    def _shorten(self) -> None:
        """Keep the first pages that fit, and note the others one by one; the relations of those go too."""
        for page in self.pages[MOST_PAGES:]:
            self.lose(f"page “{page['id']}”", f"a questionnaire has {MOST_PAGES + 2} pages at most", SPLIT)
            self.relations.pop(page.get("relation", ""), None)
            self.ties.pop(page.get("relation", ""), None)
        del self.pages[MOST_PAGES:]


def names_page(word: str, prompts: list[Wording]) -> dict[str, Any]:
    """A page that asks for names to be typed, prompt by prompt."""
    return {
        "id": word,
        "type": "name_generator",
        "modes": ["recall"],
        "max": 20,
        "none_option": "Nobody",
        "prompts": [{"id": f"prompt_{n}", "text": text or "Who?"} for n, text in enumerate(prompts, 1)],
    }


def _yaml(whole: dict[str, Any]) -> str:
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 110
    writer.representer.ignore_aliases = lambda *data: True
    out = io.StringIO()
    writer.dump(whole, out)
    return out.getvalue()
