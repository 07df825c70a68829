"""HTML as a tree that two spellings of the same page share: attributes by name, classes sorted, spaces folded."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)


def tree(html: str) -> Node:
    parser = _Builder()
    parser.feed(html)
    parser.close()
    return parser.root


def find_all(node: Node, tag: str) -> list[Node]:
    below = [child for child in node.children if isinstance(child, Node)]
    return [child for child in below if child.tag == tag] + [hit for child in below for hit in find_all(child, tag)]


def text_of(node: Node) -> str:
    return "".join(child if isinstance(child, str) else text_of(child) for child in node.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("root")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: _value(name, value) for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self._open.pop()
            if closed.tag != tag:
                raise ValueError(f"</{tag}> closes <{closed.tag}>")
            _trim(closed)

    def handle_data(self, data: str) -> None:
        folded = " ".join(data.split())
        if folded:
            self._open[-1].children.append(folded)


def _value(name: str, value: str | None) -> str:
    text = value or ""
    return " ".join(sorted(text.split())) if name == "class" else text


def _trim(node: Node) -> None:
    merged: list[Node | str] = []
    for child in node.children:
        if isinstance(child, str) and merged and isinstance(merged[-1], str):
            merged[-1] = f"{merged[-1]} {child}"
        else:
            merged.append(child)
    node.children = merged
