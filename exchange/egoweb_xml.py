"""An XML file as plain elements; entities, document types and files too deep or too big are refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from exchange.refusals import UnusableFile

MOST_BYTES = 16 * 1024 * 1024
MOST_ELEMENTS = 200_000
MOST_DEPTH = 30
SAVE = "Export the study again and use that."


@dataclass
class Element:
    """One element: its name, its attributes, the text in it and the elements in it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def get(self, key: str) -> str:
        """An attribute; "" when it is not there."""
        return self.attributes.get(key, "")

    def child(self, name: str) -> str:
        """The text of the first element of that name; "" when there is none."""
        return next((one.text for one in self.children if one.name == name), "")

    def said(self, name: str) -> str:
        """A text, which older exports hold in an element and newer ones in an attribute."""
        return self.child(name) if self.child(name).strip() else self.get(name)

    def below(self, name: str) -> Iterator[Element]:
        """Every element of that name, however deep, in the file's order."""
        for one in self.children:
            if one.name == name:
                yield one
            yield from one.below(name)


def read_xml(data: bytes, name: str) -> Element:
    """The root element; UnusableFile names the line where the file is not plain XML."""
    if len(data) > MOST_BYTES:
        raise UnusableFile(name, "the file is larger than 16 MiB", "Export the study without its answers.")
    return _Reader(name).read(data)


class _Reader:
    """Builds elements from the parser's events, counting before anything is kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.open: list[Element] = []
        self.root: Element | None = None
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def read(self, data: bytes) -> Element:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            raise self.refused("it is not XML", error.lineno) from error
        except (LookupError, ValueError) as error:
            raise self.refused("it is in a character set that is not known here", 1) from error
        if self.root is None:
            raise self.refused("it is empty", 1)
        return self.root

    def doctype(self, *declared: object) -> None:
        raise self.refused("it declares a document type or entities, which no study needs")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(self.open) >= MOST_DEPTH:
            raise self.refused("it has too many elements, or too deep ones")
        element = Element(name, attributes)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def end(self, name: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].text += text

    def refused(self, reason: str, line: int | None = None) -> UnusableFile:
        return UnusableFile(self.name, reason, SAVE, line=line or self.parser.CurrentLineNumber)
