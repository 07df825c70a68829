"""A condition in words, for people who read a questionnaire on paper."""

from __future__ import annotations

from instruments.baseline import items_of
from instruments.lint_domains import Comparison, comparison
from instruments.lint_tree import Call, Literal, Name, Tree, tree_of
from instruments.schema import AnyItem, Choosing, ConsentPage, Instrument, LikertItem, NameGeneratorPage, PlacePage
from instruments.wording import BRACES, question, say

SIGNS = {
    "==": "is", "!=": "is not", ">": "is more than", ">=": "is at least", "<": "is less than", "<=": "is at most",
    "in": "is one of", "not in": "is none of", "has": "includes", "lacks": "does not include",
}  # fmt: skip


def in_words(condition: str, instrument: Instrument, language: str) -> str:
    """The condition with questions and answers by their wordings; as it is written where it cannot be told so."""
    told = _told(tree_of(condition), _labels(instrument, language))
    return told if told is not None else condition


Labels = dict[str, tuple[str, dict[Literal, str]]]
"""By the name in a condition: the question, and its answers' labels."""


def _told(tree: Tree, labels: Labels) -> str | None:
    if isinstance(tree, Call) and tree.name in ("&&", "||"):
        parts = [_told(part, labels) for part in tree.arguments]
        joint = " and " if tree.name == "&&" else " or "
        return None if None in parts else joint.join(part for part in parts if part)
    if isinstance(tree, Call) and tree.name == "!":
        inner = tree.arguments[0]
        said = comparison(inner, positive=False)
        return _compared(said, labels) if said else None
    said = comparison(tree)
    return _compared(said, labels) if said else _both(tree, labels)


def _both(tree: Tree, labels: Labels) -> str | None:
    """Two answers compared with each other."""
    if not isinstance(tree, Call) or tree.name not in SIGNS or len(tree.arguments) != 2:
        return None
    left, right = tree.arguments
    if not isinstance(left, Name) or not isinstance(right, Name) or not {left.path, right.path} <= labels.keys():
        return None
    return f"the answer to “{labels[left.path][0]}” {SIGNS[tree.name]} the answer to “{labels[right.path][0]}”"


def _compared(said: Comparison, labels: Labels) -> str | None:
    if said.path == "wave":
        return f"the wave {SIGNS[said.sign]} {_value(said.against, {})}"
    if said.path not in labels:
        return None
    asked, answers = labels[said.path]
    if said.size:
        return f"the number of people or answers for “{asked}” {SIGNS[said.sign]} {_value(said.against, answers)}"
    return f"the answer to “{asked}” {SIGNS[said.sign]} {_value(said.against, answers)}"


def _value(values: tuple[Literal, ...], answers: dict[Literal, str]) -> str:
    plain = {True: "yes", False: "no"}
    words = [
        plain[value]
        if isinstance(value, bool)
        else f"{value:g}"
        if isinstance(value, float)
        else f"“{answers.get(value, value)}”"
        for value in values
    ]
    return " or ".join(words)


def _labels(instrument: Instrument, language: str) -> Labels:
    found: Labels = {}
    for page in instrument.pages:
        if isinstance(page, ConsentPage):
            found |= {s.id: (say(s.label, language), {}) for s in page.statements}
        elif isinstance(page, NameGeneratorPage):
            found[page.id] = (_plain(say(page.prompts[0].text, language)), {})
        elif isinstance(page, PlacePage):
            words: dict[Literal, str] = {o.value: say(o.label, language) for o in page.options}
            found[f"alter.{page.id}"] = (_plain(say(page.label or page.title or page.id, language)), words)
        for item in items_of(page):
            _label(item, page.type != "form", language, found, instrument)
    return found


def _label(item: AnyItem, of_alter: bool, language: str, found: Labels, instrument: Instrument) -> None:
    prefix = "alter." if of_alter else ""
    answers: dict[Literal, str] = {}
    if isinstance(item, Choosing):
        answers = {option.value: say(option.label, language) for option in item.options}
    if isinstance(item, LikertItem):
        found |= {f"{prefix}{s.id}": (say(s.label, language), answers) for s in item.statements}
    answers = {**answers, **{topic.id: say(topic.label, language) for topic in instrument.topics}}
    found[f"{prefix}{item.id}"] = (_plain(question(item, language)), answers)


def _plain(text: str) -> str:
    """A wording with its places as dots, as it stands in a sentence about it."""
    return " ".join(BRACES.sub("…", text).split())
