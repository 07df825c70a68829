"""Parts of pages: tables, heat tables, words and the frame."""

import re
from itertools import product
from typing import Any

import polars as pl
import pytest

from dashboards import asked
from dashboards.figures.theme import BLUE, ORANGE, PLUM, TEAL
from dashboards.parts.frame import Frame, footer, header
from dashboards.parts.heat import heat_table, shade
from dashboards.parts.table import cell_text, table, twin
from dashboards.words import Words, counted, listed, percent, signed
from networks.columns import UNKNOWN
from networks.release import Filters
from tests.dashboards.synthetic import release


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [BLUE, TEAL, PLUM, ORANGE])
def test_colours_of_lines_stand_out_on_white(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 2.9


def test_numbers_in_heat_cells_can_be_read_on_every_shade() -> None:
    assert all(contrast(*shade(value, 100)) >= 4.5 for value in range(101))
    assert shade(0, 100) != shade(1, 100)
    assert shade(0, 0) == shade(0, 100)


def cells(part: Any) -> list[list[str]]:
    """The rows of the first table in a part, as text."""
    grid = part.children
    return [[cell.children for cell in row.children] for row in grid.children[2].children]


def test_a_heat_table_has_givers_in_rows_and_noughts_where_nothing_flows() -> None:
    flows = pl.DataFrame({"giver": ["a", UNKNOWN], "getter": ["b", "a"], "ties": [1200, 99]})
    assert cells(heat_table(flows, {"a": "A", "b": "B"}, "Flows", "")) == [["A", "0", "1,200"], ["B", "0", "0"]]


def test_a_table_names_its_rows_its_columns_and_itself() -> None:
    part = table(pl.DataFrame({"Site": ["A"], "Share": [0.5]}), "Shares")
    whole = part.children
    assert (part.role, part.tabIndex, getattr(part, "aria-label")) == ("region", "0", "Shares")
    assert whole.children[0].children.children == "Shares"
    assert [cell.scope for cell in whole.children[1].children.children] == ["col", "col"]
    assert whole.children[2].children[0].children[0].scope == "row"


def test_a_long_table_says_that_it_is_cut() -> None:
    part = table(pl.DataFrame({"n": range(30)}), "Numbers", longest=5)
    assert part.children.children[0].children.children == "Numbers (the first 5 of 30)"
    assert len(cells(part)) == 5


def test_the_words_on_a_fold_name_its_table_for_those_who_hear_it() -> None:
    summary = twin(pl.DataFrame({"n": [1]}), "Sites").children[0]
    assert [part.children for part in summary.children] == ["Show this as a table", ": Sites"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "no figure"), (0.123, "0.12"), (1234.5, "1,234"), (-1200, "−1,200"), (7, "7"), ("a", "a")],
)
def test_cells_read_as_people_write(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_numbers_and_lists_read_as_people_write() -> None:
    assert (percent(0.414), percent(None), signed(26), signed(-1100), signed(0)) == (
        "41%",
        "no figure",
        "+26",
        "−1,100",
        "0",
    )
    assert (counted(1, "site", "sites"), counted(1200, "site", "sites")) == ("1 site", "1,200 sites")
    assert [listed(list("abc"[:count])) for count in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


def test_codes_have_labels_and_what_is_off_the_roster_says_so() -> None:
    words = Words(release(count=4, each=5))
    assert (words.label("role", "it"), words.label("site", "s1"), words.label("topic", "new")) == (
        "IT and systems",
        "Site B",
        "new",
    )
    assert words.label("site", UNKNOWN) == "Not on the roster"
    assert (words.waves, words.in_wave(2)) == ((1, 2, 3), "wave 2")


def test_what_people_typed_is_never_markup_in_the_frame() -> None:
    hostile = '"><script>alert(1)</script>'
    frame = Frame(hostile, hostile, hostile, hostile, hostile, hostile)
    assert "<script" not in header(frame, hostile) + footer(frame)
    assert len(re.findall("<form ", header(frame, ""))) == 1


def test_nobody_signed_in_has_no_form() -> None:
    assert "form" not in header(Frame(), "")
    assert "form" not in header(Frame(account="a"), "")


def test_a_question_is_asked_of_a_release_once_and_of_a_newer_one_again() -> None:
    first, second = release(count=4, each=5), release(count=4, each=5)
    for question, filters in product((asked.growth, asked.response_over_time), (Filters(), Filters(role="it"))):
        assert question(first, filters) is question(first, filters)
        assert question(first, filters) is not question(second, filters)
