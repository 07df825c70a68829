"""Files become rows of text with their lines, and frames become CSV that a spreadsheet opens without running it."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exchange.refusals import UnusableFile
from exchange.tables import Row, read_rows, write_csv

NAMES = "code,name\nA,Sølvi’s Hospital\n"


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read_rows(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_encodings_that_offices_save(encoding: str) -> None:
    assert cells(NAMES.encode(encoding)) == [("code", "name"), ("A", "Sølvi’s Hospital")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_cuts_the_first_line(delimiter: str) -> None:
    text = delimiter.join(["code", '"name, or; what"', "town"]) + "\n" + delimiter.join(["A", "Alpha", "Leeds"])
    assert cells(text.encode()) == [("code", "name, or; what", "town"), ("A", "Alpha", "Leeds")]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_understood(ending: str) -> None:
    assert cells(ending.join(["code;name", "A;Alpha"]).encode()) == [("code", "name"), ("A", "Alpha")]


def test_rows_carry_the_line_they_begin_on() -> None:
    data = b'code,name\n\nA,"two\nlines"\n , \nB,Beta\n'
    assert read_rows(data).rows == (
        Row(1, ("code", "name")),
        Row(3, ("A", "two\nlines")),
        Row(6, ("B", "Beta")),
    )


def test_a_workbook_gives_the_same_rows_as_its_csv(workbook) -> None:
    data = workbook(
        ["code", "beds", "share", "opened"], ["A", 12, 0.5, date(2026, 5, 3)], [None], ["B", 3.0, None, None]
    )
    assert read_rows(data).rows == (
        Row(1, ("code", "beds", "share", "opened")),
        Row(2, ("A", "12", "0.5", "2026-05-03")),
        Row(4, ("B", "3", "", "")),
    )


def test_a_workbook_cell_with_a_time_keeps_it_and_truth_is_a_word(workbook) -> None:
    morning = datetime(2026, 5, 3, 9, 30)  # noqa: DTZ001 - a spreadsheet knows no zones
    data = workbook(["at", "open"], [morning, True])
    assert read_rows(data).rows[1].cells == ("2026-05-03 09:30:00", "TRUE")


def test_an_empty_first_sheet_is_passed_over(workbook) -> None:
    data = workbook(staff=[["reference", "name"], ["E1", "Ann"]])
    assert cells(data) == [("reference", "name"), ("E1", "Ann")]


def test_a_file_is_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_bytes(b"")
    with pytest.raises(UnusableFile, match=r"^staff.csv: the file is empty\. Load a file with a header line"):
        read_rows(tmp_path / "staff.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"cannot be read .*Check its name"):
        read_rows(tmp_path / "none.csv")


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not() -> None:
    data = b"code\n" + b"A" * 95
    assert len(read_rows(data, limit=100).rows) == 2
    with pytest.raises(UnusableFile, match="Split it"):
        read_rows(data + b"A", limit=100)


DANGEROUS = ["=1+1", "+44", "-5", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "'=1", "''@x"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    frame = pl.DataFrame({"a": [text], "b": ["plain"]})
    data = write_csv(frame)
    assert f"'{text}".encode() in data
    assert cells(data)[1][0] == text


def test_an_apostrophe_of_a_name_is_left_alone() -> None:
    assert b"'t Hooft" in write_csv(pl.DataFrame({"name": ["'t Hooft"]}))
    assert cells(b"name\n't Hooft\n")[1] == ("'t Hooft",)


def test_nul_is_guarded_on_the_way_out() -> None:
    assert b"'\x00=1" in write_csv(pl.DataFrame({"a": ["\x00=1"]}))


def test_numbers_stay_numbers_and_headings_are_guarded() -> None:
    assert write_csv(pl.DataFrame({"=a": [-1.5, None]})) == b"\xef\xbb\xbf'=a\n-1.5\n\n"


def test_words_of_a_closed_set_are_guarded_like_text() -> None:
    assert cells(write_csv(pl.DataFrame({"a": ["=x"]}, schema={"a": pl.Categorical()})))[1] == ("=x",)
    assert b"'=x" in write_csv(pl.DataFrame({"a": ["=x"]}, schema={"a": pl.Categorical()}))


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\r\n"), max_size=12)
prefixed = st.builds(
    lambda start, text: start + text, st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'"]), texts
)


@given(st.lists(st.tuples(prefixed, prefixed), min_size=1, max_size=8))
@example([("'=", "'")])
def test_what_was_written_is_read_back_exactly(rows: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    full = [row for row in rows if any(cell.strip() or cell.startswith(("\t", "\r")) for cell in row)]
    assert cells(write_csv(frame))[1:] == full


@given(st.binary(max_size=400) | st.builds(lambda b: b"PK\x03\x04" + b, st.binary(max_size=200)))
@example(b"\xff\xfea")
@example(b'a,"b')
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_refused_plainly(data: bytes) -> None:
    try:
        assert read_rows(data).rows
    except UnusableFile as refusal:
        assert str(refusal).isprintable()
