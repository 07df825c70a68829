"""Where everything in the respondent's own picture goes: people in two columns by site, the respondent between.

Sizes are those of a phone 320 px wide; the picture grows with the page. Lines of text are broken so that they fit
even in a wide font, and columns are as tall as their text, so that no label is cut or lies over another.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from webapp.interview.marks import Mark
from webapp.interview.own_network import Contact

WIDTH = 284.0
COLUMN = 100.0
PAD = 7.0
TEXT = 80.0
SIZE, SITE_SIZE, LINE = 13.0, 12.0, 16.0
GAP = 12.0
BETWEEN = 14.0
EGO, DOT, ARROW = 13.0, 5.0, 7.0
RAREST, MOST_OFTEN = 3.0, 220.0
THINNEST, THICKEST = 1.5, 6.0

EMS = {**dict.fromkeys("ijl.,:;'|!()[]ftIr-’ ", 0.4), **dict.fromkeys("mwMW@%", 0.98)}


@dataclass(frozen=True)
class TextLine:
    """One line of text; `x` is its outer end, nearest to the dots."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Box:
    """The people of one site: a frame with the site's name on top."""

    x: float
    y: float
    width: float
    height: float
    heading: tuple[TextLine, ...]
    anchor: str


@dataclass(frozen=True)
class Dot:
    """One person: where, what is written beside, on which side, and the mark where there is more than a dot."""

    x: float
    y: float
    lines: tuple[TextLine, ...]
    anchor: str
    mark: Mark | None = None

    @property
    def radius(self) -> float:
        return self.mark.radius if self.mark else DOT


@dataclass(frozen=True)
class Link:
    """The line to one person: its ends, its width, its kind, its arrowheads as polygon points."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    formality: str
    arrows: tuple[str, ...]


@dataclass(frozen=True)
class OwnMap:
    """The whole picture."""

    width: float
    height: float
    ego_x: float
    ego_y: float
    ego_radius: float
    dot_radius: float
    boxes: tuple[Box, ...]
    dots: tuple[Dot, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class _Group:
    """People of one site, before they have a place."""

    heading: tuple[str, ...]
    people: tuple[tuple[Contact, tuple[str, ...]], ...]

    @property
    def height(self) -> float:
        return (
            2 * PAD
            + LINE * len(self.heading)
            + sum(BETWEEN + LINE * len(lines) for _, lines in self.people)
            - BETWEEN / 2
        )


def draw(people: Sequence[Contact], *, unknown_site: str, marks: Mapping[int, Mark] | None = None) -> OwnMap:
    """The picture of these people; `unknown_site` is the heading for those whose site is not known.

    `marks` says by number how each person is drawn, where a dot is not enough.
    """
    left, right = _columns(_groups(people, unknown_site))
    height = max(_height(left), _height(right), 4 * EGO) + 2
    drawn = marks or {}
    columns = (*_place(left, 1.0, height, "end"), *_place(right, WIDTH - COLUMN - 1, height, "start"))
    placed = [(box, [(who, replace(dot, mark=drawn.get(who.number))) for who, dot in pairs]) for box, pairs in columns]
    dots = [dot for _, pairs in placed for _, dot in pairs]
    middle = (WIDTH / 2, sum(dot.y for dot in dots) / len(dots) if dots else height / 2)
    return OwnMap(
        width=WIDTH,
        height=round(height, 1),
        ego_x=middle[0],
        ego_y=round(middle[1], 1),
        ego_radius=EGO,
        dot_radius=DOT,
        boxes=tuple(box for box, _ in placed),
        dots=tuple(dots),
        links=tuple(_link(person, dot, middle) for _, pairs in placed for person, dot in pairs),
    )


def _groups(people: Sequence[Contact], unknown_site: str) -> list[_Group]:
    """People by site, the largest sites first; a site with more than half of them is shown in two parts."""
    by_site = sorted(people, key=lambda person: person.site or "")
    half = max(1, math.ceil(len(people) / 2))
    groups = []
    for site, members in groupby(by_site, key=lambda person: person.site):
        listed = list(members)
        for start in range(0, len(listed), half):
            part = tuple((person, wrap(person.name, TEXT, SIZE)) for person in listed[start : start + half])
            groups.append(_Group(wrap(site or unknown_site, TEXT, SITE_SIZE), part))
    return sorted(groups, key=lambda group: -group.height)


def _columns(groups: Sequence[_Group]) -> tuple[list[_Group], list[_Group]]:
    """Each group into the column that is shorter so far."""
    left: list[_Group] = []
    right: list[_Group] = []
    for group in groups:
        (left if _height(left) <= _height(right) else right).append(group)
    return left, right


def _height(groups: Sequence[_Group]) -> float:
    return sum(group.height for group in groups) + GAP * max(0, len(groups) - 1)


def _place(
    groups: Sequence[_Group], x: float, height: float, anchor: str
) -> Iterator[tuple[Box, list[tuple[Contact, Dot]]]]:
    """One column's groups from the top down, the column in the middle of the picture's height."""
    y = (height - _height(groups)) / 2
    text_x = x + COLUMN - PAD - DOT if anchor == "end" else x + PAD + DOT
    for group in groups:
        heading = _lines(group.heading, text_x, y + PAD)
        yield (
            Box(x, round(y, 1), COLUMN, round(group.height, 1), heading, anchor),
            list(_dots(group, x, y, text_x, anchor)),
        )
        y += group.height + GAP


def _dots(group: _Group, x: float, y: float, text_x: float, anchor: str) -> Iterator[tuple[Contact, Dot]]:
    """People under their site's name, each with a dot on the frame's inner edge."""
    edge = x + COLUMN if anchor == "end" else x
    top = y + PAD + LINE * len(group.heading) + BETWEEN / 2
    for person, lines in group.people:
        tall = LINE * len(lines)
        yield person, Dot(edge, round(top + tall / 2, 1), _lines(lines, text_x, top), anchor)
        top += tall + BETWEEN


def _lines(lines: Sequence[str], x: float, top: float) -> tuple[TextLine, ...]:
    return tuple(TextLine(x, round(top + LINE * (at + 0.78), 1), line) for at, line in enumerate(lines))


def _link(person: Contact, dot: Dot, ego: tuple[float, float]) -> Link:
    """From the rim of the respondent's disc to the rim of the dot; an arrowhead at each end where someone learns."""
    dx, dy = dot.x - ego[0], dot.y - ego[1]
    long = math.hypot(dx, dy)
    ux, uy = dx / long, dy / long
    start, end = (ego[0] + ux * EGO, ego[1] + uy * EGO), (dot.x - ux * dot.radius, dot.y - uy * dot.radius)
    arrows = []
    if person.teaches:
        arrows.append(_arrow(start, (-ux, -uy)))
        start = (start[0] + ux * ARROW, start[1] + uy * ARROW)
    if person.learns:
        arrows.append(_arrow(end, (ux, uy)))
        end = (end[0] - ux * ARROW, end[1] - uy * ARROW)
    return Link(
        x1=round(start[0], 1),
        y1=round(start[1], 1),
        x2=round(end[0], 1),
        y2=round(end[1], 1),
        width=line_width(person.contacts_per_year),
        formality=person.formality or "unsaid",
        arrows=tuple(arrows),
    )


def _arrow(tip: tuple[float, float], towards: tuple[float, float]) -> str:
    """A triangle with its tip at `tip`, as SVG points."""
    (x, y), (ux, uy) = tip, towards
    base_x, base_y, half = x - ux * ARROW, y - uy * ARROW, ARROW * 0.6
    corners = ((x, y), (base_x - uy * half, base_y + ux * half), (base_x + uy * half, base_y - ux * half))
    return " ".join(f"{corner_x:.1f},{corner_y:.1f}" for corner_x, corner_y in corners)


def line_width(contacts_per_year: float | None) -> float:
    """From thin (rarely, or not said) to thick (most days), by the logarithm of contacts a year."""
    often = min(max(contacts_per_year or RAREST, RAREST), MOST_OFTEN)
    share = math.log(often / RAREST) / math.log(MOST_OFTEN / RAREST)
    return round(THINNEST + share * (THICKEST - THINNEST), 1)


def text_width(text: str, size: float) -> float:
    """About how wide a text is at most, in the widest of the fonts that pages use."""
    return size * sum(EMS.get(letter, _ems(letter)) for letter in text)


def _ems(letter: str) -> float:
    if ord(letter) > 0x2E7F:
        return 1.05
    return 0.76 if letter.isupper() else 0.62


def wrap(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in lines that fit; a word that is too long for a line is broken."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, width, size):
            joined = f"{lines[-1]} {piece}".strip()
            if text_width(joined, size) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return tuple(line for line in lines if line) or (text,)


def _pieces(word: str, width: float, size: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and text_width(piece + letter, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
