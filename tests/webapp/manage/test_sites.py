"""The pages of sites and people: listed, searched, and what happened to a site recorded and taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from surveys.store import Store
from surveys.studies import create_study
from surveys.tables import Person, Site
from tests.small_study import NOW, SmallStudy
from tests.webapp.conftest import Visitor, Who

SITES = "/studies/small/sites"
PEOPLE = "/studies/small/people"


@pytest.fixture(autouse=True)
def signed_in(client: Visitor, evaluator: Who, study: SmallStudy) -> None:
    client.sign_in(evaluator)


@pytest.fixture
def ids(store: Store, study: SmallStudy) -> dict[str, int]:
    with store.reader() as session:
        return dict(session.execute(select(Site.code, Site.id)).all())


def record(client: Visitor, site: int, **fields: object):
    return client.send(f"{SITES}/{site}/history", fields, page="/home")


def test_sites_are_listed_with_their_people(client: Visitor, ids: dict[str, int]) -> None:
    page = client.get(SITES).text
    assert "3 sites" in page
    assert f'href="{SITES}/{ids["A"]}"' in page


def test_a_merged_site_stays_readable_and_its_people_are_at_the_other(
    client: Visitor, ids: dict[str, int], evaluator: Who
) -> None:
    sent = record(client, ids["A"], kind="merged", into=ids["B"], on="2026-10-01", note="By letter")
    assert sent.status_code == 303
    page = client.get(sent.location).text
    for text in ("The merger was recorded", "1 October 2026: Merged", "By letter", f"Recorded by {evaluator.email}"):
        assert text in page
    assert re.search(r"Wave 1</th><td[^>]*>2</td>", page)
    assert "Ada Byrne" in client.get(f"{PEOPLE}?site={ids['B']}").text
    assert "Ada Byrne" not in client.get(f"{PEOPLE}?site={ids['A']}").text
    assert "Merged" in client.get(SITES).text
    (event,) = re.findall(r'name="event" value="(\d+)"', page)
    back = client.send(f"{SITES}/{ids['A']}/history/take-back", {"event": event}, page="/home")
    assert "taken out of the history" in client.get(back.location).text


def test_a_move_and_a_new_name_are_recorded(client: Visitor, store: Store, ids: dict[str, int]) -> None:
    record(client, ids["A"], kind="renamed", name="Omega", on="01/10/2026")
    record(client, ids["A"], kind="moved", town="Derby", postcode="de1 1aa", on="2026-10-01")
    with store.reader() as session:
        site = session.get_one(Site, ids["A"])
    assert (site.name, site.town, site.postcode, site.region) == ("Omega", "Derby", "DE1 1AA", "London")
    page = client.get(f"{SITES}/{ids['A']}").text
    assert "Renamed. Before that: Site A" in page


@pytest.mark.parametrize(
    ("fields", "message", "link"),
    [
        ({"on": "2026-10-01"}, "Choose what happened.", "#happened"),
        ({"kind": "eaten", "on": "2026-10-01"}, "Choose what happened.", "#happened"),
        ({"kind": "closed", "on": "soon"}, "Write the day it happened", "#closed-on"),
        ({"kind": "closed"}, "Write the day it happened", "#closed-on"),
        ({"kind": "closed", "on": "2027-01-01"}, "still to come", "#closed-on"),
        ({"kind": "merged", "on": "2026-10-01"}, "Choose the site that it is part of now.", "#into"),
        ({"kind": "merged", "on": "2026-10-01", "into": "999999999"}, "Choose the site", "#into"),
        ({"kind": "merged", "on": "2026-10-01", "into": "9" * 30}, "Choose the site", "#into"),
        ({"kind": "renamed", "on": "2026-10-01", "name": " "}, "1 to 200 characters", "#name"),
        ({"kind": "moved", "on": "2026-10-01"}, "The site is there already", "#region"),
        ({"kind": "moved", "on": "2026-10-01", "latitude": "north"}, "this is not a number", "#region"),
    ],
)
def test_what_cannot_be_recorded_is_told(
    client: Visitor, ids: dict[str, int], fields: dict[str, str], message: str, link: str
) -> None:
    told = record(client, ids["A"], **fields)
    assert told.status_code == 422
    assert message in told.text
    assert f'href="{link}"' in told.text
    assert f'id="{link[1:]}"' in told.text
    assert "Nothing is recorded." in told.text


def test_a_site_of_another_study_is_not_found(client: Visitor, store: Store, ids: dict[str, int]) -> None:
    with store.writing() as session:
        create_study(session, "other", "Another", now=NOW)
    assert client.get(f"/studies/other/sites/{ids['A']}").status_code == 404
    assert client.get(f"{SITES}/99").status_code == 404
    assert client.get(f"{SITES}/{'9' * 30}").status_code == 404
    told = client.send(f"/studies/other/sites/{ids['A']}/history", {"kind": "closed", "on": "2026-10-01"}, page="/home")
    assert told.status_code == 404


def test_people_are_searched_and_paged(client: Visitor, store: Store, study: SmallStudy, ids: dict[str, int]) -> None:
    assert "2 people" in client.get(f"{PEOPLE}?search=khan").text
    assert "1 person" in client.get(f"{PEOPLE}?search=khan&site={ids['C']}").text
    assert "1 person" in client.get(f"{PEOPLE}?search=P6").text
    assert "0 people" in client.get(f"{PEOPLE}?search=nobody").text
    with store.writing() as session:
        template = session.scalars(select(Person).where(Person.reference == "p1")).one()
        for n in range(60):
            session.add(
                Person(
                    key=f"k{n}",
                    study_id=template.study_id,
                    reference=f"z{n}",
                    name=f"Zed {n}",
                    site_id=template.site_id,
                    role_id=template.role_id,
                    search_text=f" zed {n}",
                )
            )
    assert "66 people, page 1 of 2" in client.get(PEOPLE).text
    last = client.get(f"{PEOPLE}?page=999&site=&search=").text
    assert "page 2 of 2" in last
    assert client.get(f"{PEOPLE}?page={'9' * 40}&site=x&search=%00").status_code == 200


def test_a_day_is_written_as_on_the_other_pages(client: Visitor, ids: dict[str, int]) -> None:
    assert record(client, ids["A"], kind="closed", on="1 4 2026").status_code == 303
    refused = record(client, ids["A"], kind="closed", on="soon")
    assert "<title>Error: Site A" in refused.text


def test_lists_of_sites_and_people_lead_back_to_the_study(client: Visitor, ids: dict[str, int]) -> None:
    for listing in ("sites", "people"):
        assert '<a class="nhsuk-back-link" href="/studies/small">' in client.get(f"/studies/small/{listing}").text
