"""What a preview leaves off its lists is counted there, and all of it is in a file; neither imports anything."""

from __future__ import annotations

import csv
import io

import pytest

from surveys.store import Store
from tests.small_study import SmallStudy
from tests.webapp.conftest import Visitor, Who
from tests.webapp.manage.test_imports import CARRIED, PEOPLE, SITES, STAFF, do, look, people


@pytest.fixture(autouse=True)
def evaluating(client: Visitor, evaluator: Who, study: SmallStudy) -> None:
    client.sign_in(evaluator)


def test_lists_say_how_many_more_there_are_and_the_whole_report_has_all(client: Visitor, store: Store) -> None:
    before = people(store)
    rows = [f"n{number},Name {number},Nurse,A,nurse\n" for number in range(130)]
    shown = look(client, PEOPLE, STAFF + "".join(rows)).text
    assert "Added (131)" in shown and "… and 31 more: " in shown
    whole = client.send(f"{PEOPLE}/report", dict(CARRIED.findall(shown)), page="/home")
    assert (whole.mimetype, "small-people-import.csv" in whole.headers["Content-Disposition"]) == ("text/csv", True)
    lines = list(csv.DictReader(io.StringIO(whole.data.decode("utf-8-sig"))))
    assert {line["key"] for line in lines if line["what"] == "added"} == {
        "p9",
        *(f"n{number}" for number in range(130)),
    }
    assert {line["name"] for line in lines if line["key"] == "n129"} == {"Name 129"}
    changed = [(line["key"], line["column"], line["before"], line["after"]) for line in lines if line["line"] == "2"]
    assert ("p1", "job_title", "Lead pharmacist", "Chief pharmacist") in changed
    assert people(store) == before


def test_the_whole_report_of_a_refused_file_has_every_row_to_correct(client: Visitor, store: Store) -> None:
    before = people(store)
    bad = STAFF + "".join(f"b{number},Name,Nurse,nowhere,nurse\n" for number in range(103))
    shown = look(client, PEOPLE, bad)
    assert (shown.status_code, "… and 3 more: " in shown.text) == (422, True)
    whole = client.send(f"{PEOPLE}/report", dict(CARRIED.findall(shown.text)), page="/home")
    lines = list(csv.DictReader(io.StringIO(whole.data.decode("utf-8-sig"))))
    assert [line["before"] for line in lines if line["what"] == "to correct"] == ["nowhere"] * 103
    assert all(line["remedy"] for line in lines)
    assert do(client, PEOPLE, shown.text).status_code == 409
    assert people(store) == before
    other = client.send(f"{SITES}/report", dict(CARRIED.findall(shown.text)), page="/home")
    assert (other.status_code, "Choose it again" in other.text) == (422, True)
