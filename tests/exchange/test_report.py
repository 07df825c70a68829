"""Reports are for people: counts first, then what is wrong, by line, with values shown safely."""

from exchange.refusals import shown
from exchange.report import MOST_LISTED, ImportReport, Problem, by_line


def test_a_report_counts_and_lists() -> None:
    problem = Problem(7, "role", "nurce", "there is no such role", "Did you mean “nurse”?")
    report = ImportReport("people", 2, 1, 40, 1, (problem,), ("A note.",))
    assert report.text() == (
        "People: 2 added, 1 changed, 40 unchanged, 1 left out.\n"
        "- line 7, role “nurce”: there is no such role. Did you mean “nurse”?\n"
        "A note."
    )


def test_values_are_shown_on_one_line_without_control_characters() -> None:
    assert shown("a\x1b[31m\nb") == "a\\x1b[31m\\x0ab"
    assert len(shown("x" * 500)) == 60


def test_a_long_list_is_cut_and_says_so() -> None:
    problems = by_line(Problem(line, "code", "", "this is blank", "Fill it in.") for line in range(150, 0, -1))
    lines = ImportReport("sites", problems=problems, refused=True).text().splitlines()
    assert lines[0] == "Nothing was imported: 150 rows cannot be taken."
    assert lines[1].startswith("- line 1, code")
    assert (len(lines), lines[-1]) == (MOST_LISTED + 2, "- … and 50 more.")
