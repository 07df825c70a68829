"""The growth page's tables of what mechanisms seeded and why contacts ended."""

from dataclasses import replace

import polars as pl

from dashboards.pages import growth
from dashboards.pages.page import Shown
from dashboards.pages.seeds import seeds
from networks.columns import LABELS
from networks.release import Filters, Release
from tests.dashboards.small import release
from tests.dashboards.synthetic import release as programme
from tests.dashboards.test_response import text

PEOPLE = [("a", "A", "nurse"), ("b", "B", "nurse")]


def small(seeded: list[tuple[object, ...]], ended: list[tuple[object, ...]]) -> Release:
    bare = release(PEOPLE, {1: {"a": 1}, 2: {"a": 1}}, [], {"A": "North", "B": "North"})
    words = [("mechanism", "pairing", "Pairing of sites", 0), ("reason", "moved", "They moved on", 0)]
    return replace(
        bare,
        labels=pl.concat([bare.labels, pl.DataFrame(words, schema=LABELS.schema, orient="row")]),
        seeded=pl.DataFrame(seeded, schema=bare.seeded.schema, orient="row"),
        endings=pl.DataFrame(ended, schema=bare.endings.schema, orient="row"),
    )


def test_mechanisms_and_reasons_stand_in_words_with_their_counts() -> None:
    found = small([(2, "pairing", "formal", 3, 6, 8, 20, 0.4)], [(1, 2, "moved", 5), (1, 2, None, 2)])
    said = text(seeds(Shown(found, Filters()), 2))
    assert "“Pairing of sites” seeded the most informal contacts in wave 2: 8 of 20 (40%)." in said
    assert "7 contacts of the wave before were gone in wave 2; for 5 of them a reason was given." in said
    assert "They moved on" in said and "No reason given" in said


def test_nothing_is_shown_of_a_wave_in_which_neither_was_told() -> None:
    found = small([(2, "pairing", "formal", 3, 6, 8, 20, 0.4)], [])
    assert seeds(Shown(found, Filters()), 1) == []
    assert "Why contacts ended" not in text(seeds(Shown(found, Filters()), 2))


def test_the_growth_page_shows_them_for_the_wave_it_compares() -> None:
    bare = programme(count=8, each=10)
    rows = [(wave, "pairing", "formal", wave, 0, wave, 20, wave / 20) for wave in (2, 3)]
    told = replace(bare, seeded=pl.DataFrame(rows, schema=bare.seeded.schema, orient="row"))
    assert "contacts in wave 3: 3 of 20" in text(growth.body(Shown(told, Filters())))
    assert "contacts in wave 2: 2 of 20" in text(growth.body(Shown(told, Filters(wave=2))))
