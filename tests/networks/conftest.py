"""Small studies drawn by hand: ties and answers from a few words."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from networks.columns import RESPONSE, SITES, TIES

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
Tie = tuple[str, ...]


def _place(person: str) -> str:
    return f"site_{person[0]}"


@pytest.fixture
def make_ties() -> Callable[..., pl.DataFrame]:
    """Ties from "a1 > b1" and keywords; a person's site is its first letter and its role its last figure."""

    def make(*pairs: str, **values: object) -> pl.DataFrame:
        rows = []
        for pair in pairs:
            ego, alter = pair.split(" > ")
            base: dict[str, object] = {
                "wave": 1,
                "ego": ego,
                "alter": alter,
                "topic": "epr",
                "contacts_per_year": 12.0,
                "formality": "formal",
                "direction": "get",
                "ego_site": _place(ego),
                "ego_role": f"role_{ego[-1]}",
                "alter_site": _place(alter),
                "alter_role": f"role_{alter[-1]}",
                "alter_on_roster": True,
            }
            rows.append(base | values)
        return pl.DataFrame(rows, schema=TIES.schema)

    return make


@pytest.fixture
def make_response() -> Callable[..., pl.DataFrame]:
    """Answers of one wave: everyone invited on day 0, the finished ones on the days given."""

    def make(people: Sequence[str], finished: dict[str, int], wave: int = 1) -> pl.DataFrame:
        rows = []
        for person in people:
            done = START + timedelta(days=finished[person]) if person in finished else None
            rows.append(
                {
                    "wave": wave,
                    "person": person,
                    "site": _place(person),
                    "role": f"role_{person[-1]}",
                    "invited_at": START,
                    "opened_at": done,
                    "started_at": done,
                    "finished_at": done,
                    "named": 0 if done else None,
                }
            )
        return pl.DataFrame(rows, schema=RESPONSE.schema)

    return make


@pytest.fixture
def sites() -> pl.DataFrame:
    """Three sites, a and b in the north, c in the south."""
    rows = [
        {"site": f"site_{letter}", "label": letter.upper(), "region": "north" if letter in "ab" else "south"}
        for letter in "abc"
    ]
    return pl.DataFrame(rows, schema=SITES.schema)
