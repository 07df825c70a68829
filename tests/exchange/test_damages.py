"""Over 250 kinds of damage: each file is refused, reported by line or taken as it should be, with a remedy, in time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from exchange.people import import_people
from exchange.refusals import UnusableFile
from exchange.report import ImportReport
from exchange.sites import import_sites
from exchange.tables import read_rows
from surveys.store import open_store
from surveys.tables import Base, Study
from tests.exchange.conftest import NOW, empty_study, ready_study
from tests.exchange.damages import BY_LINE, EITHER, GOOD, REFUSED, TAKEN, Damaged, damages

KINDS = {one.name: one for one in damages()}
IN_TIME = 6.0


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Session, Study]]:
    """One study for all kinds: looking at a file changes nothing."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('damages')}/confer.db")
    Base.metadata.create_all(store.engine)
    with store.writer() as session:
        yield session, ready_study(session)
    store.engine.dispose()


def outcome(session: Session, study: Study, one: Damaged) -> tuple[str, str, ImportReport | None]:
    try:
        report = import_people(session, study, read_rows(one.data, name="staff.csv"), now=NOW, looking=True)
    except UnusableFile as refusal:
        return REFUSED, str(refusal), None
    return (BY_LINE if report.refused else TAKEN), report.preview(), report


def test_there_are_over_250_kinds() -> None:
    assert len(KINDS) == len(damages()) > 250


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_comes_to_what_it_should(ready: tuple[Session, Study], name: str) -> None:
    one, begun = KINDS[name], time.perf_counter()
    found, text, report = outcome(*ready, one)
    assert time.perf_counter() - begun < IN_TIME
    assert one.outcome in (found, EITHER), text
    if found == REFUSED:
        assert text.startswith("staff.csv")
        assert text.endswith((".", "?"))
    if report is not None and one.outcome == BY_LINE:
        assert one.line in {problem.line for problem in report.problems}
        assert all(problem.reason and problem.remedy.endswith((".", "?")) for problem in report.problems)
    if report is not None and one.outcome == TAKEN:
        assert report.added >= 1
        assert report.added <= len(GOOD)


def test_fifty_thousand_wrong_rows_are_told_in_time(ready: tuple[Session, Study]) -> None:
    rows = "".join(f"E{n},N,not an address {n},,Alfa {n},nurce{n}\n" for n in range(50_000))
    begun = time.perf_counter()
    found, text, _ = outcome(*ready, Damaged("", f"reference,name,email,job_title,site,role\n{rows}".encode(), BY_LINE))
    assert found == BY_LINE
    assert "and 149900 more" in text
    assert time.perf_counter() - begun < 20


def test_a_chain_of_wrong_partners_is_told_in_time(session: Session) -> None:
    """C0 is paired with C1, C1 with C2 and so on; the last one with nobody, so that all fall."""
    rows = "".join(f"C{n},N,C{n + 1}\n" for n in range(20_000))
    begun = time.perf_counter()
    report = import_sites(session, empty_study(session), read_rows(f"code,name,pair\n{rows}".encode()), now=NOW)
    assert report.bad_rows == 20_000
    assert time.perf_counter() - begun < 10
