"""The timing table: found by name, in order, compared with the first. Nothing here depends on a clock."""

from datetime import UTC, datetime

from bench import run
from bench.run import Timing, Work


def bench_first() -> Work:
    return lambda: None


def bench_second_one() -> Work:
    return lambda: sum(range(1000))


def test_preparing_is_not_timed() -> None:
    prepared: list[str] = []
    worked: list[str] = []

    def bench_it() -> Work:
        prepared.append("once")
        return lambda: worked.append("again")

    (timing,) = run.time_group("g", [bench_it], seconds=0)
    assert prepared == ["once"]
    assert len(worked) == timing.runs + 1  # the first run is not counted


def test_ratios_compare_with_the_first_of_the_group() -> None:
    first, second = run.time_group("g", [bench_first, bench_second_one], seconds=0)
    assert first.ratio == 1
    assert second.ratio == second.median_ms / first.median_ms
    assert second.name == "second one"


def test_the_table_has_one_row_a_benchmark() -> None:
    rows = run.table([Timing("flows", "a filter", 200, 2.5, 2.25, 1.0)]).splitlines()
    assert rows[2] == "| flows | a filter | 2.5 | 2.25 | 1.00 | 200 |"


def test_the_page_says_where_and_when() -> None:
    page = run.page([], datetime(2030, 5, 3, tzinfo=UTC))
    assert "03 May 2030" in page
    assert "cores" in page


def test_the_groups_are_found_by_their_files() -> None:
    groups = dict(run.discover("parts"))
    assert next(benchmark.__name__ for benchmark in groups["parts"]) == "bench_five_radios_with_a_hint"
