"""What a search of a roster of 10,000 people costs, as it is written and misspelt."""

from collections.abc import Sequence
from itertools import product

from sqlalchemy import insert

from bench.run import Work
from bench.services import NOW, new_service
from surveys.demonstration.names import FIRST_NAMES, SURNAMES
from surveys.people import new_key, search_roster, search_text
from surveys.store import Store
from surveys.tables import Person
from tests.small_study import make_small_study

PEOPLE = 10_000
SYLLABLES = [first + vowel for first in ("b", "d", "f", "g", "l", "m", "n", "r", "s", "t", "v") for vowel in "ao"]
DIFFERENT = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]


def crowded(surnames: Sequence[str]) -> tuple[Store, int]:
    """A roster of 10,000 people at 48 sites; surnames are given in turn."""
    _, store, _ = new_service()
    with store.writing() as session:
        small = make_small_study(session, now=NOW)
        template = small.people["p3"]
        jobs = ("Pharmacist", "EPR lead", "Ward sister")
        rows = []
        for n in range(PEOPLE):
            name = f"{FIRST_NAMES[n % len(FIRST_NAMES)]} {surnames[n % len(surnames)]}"
            job = jobs[n % 3]
            place = f"{'Leeds' if n % 48 == 7 else 'Trust'} {n % 48}"
            rows.append(
                {
                    "key": new_key(),
                    "study_id": small.study.id,
                    "reference": f"r{n}",
                    "name": name,
                    "job_title": job,
                    "site_id": template.site_id,
                    "role_id": template.role_id,
                    "search_text": search_text(name, job, place),
                }
            )
        session.execute(insert(Person), rows)
        return store, small.study.id


def searching(query: str, surnames: Sequence[str] = SURNAMES) -> Work:
    """A callable that searches 10,000 people; RuntimeError when it finds nobody."""
    store, study = crowded(surnames)
    with store.reader() as session:
        if not search_roster(session, study, query):
            raise RuntimeError(f"“{query}” finds nobody.")

    def search() -> object:
        with store.reader() as session:
            return search_roster(session, study, query)

    return search


def bench_a_search_of_10000_people_by_site_and_job() -> Work:
    """Leeds EPR: both words as they are written."""
    return searching("Leeds EPR")


def bench_a_misspelt_search_of_10000_people() -> Work:
    """Kahn for Khan: nobody is found, so the words are mended and searched again."""
    return searching("kahn pharm")


def bench_a_misspelt_search_among_10000_different_names() -> Work:
    """As many words to compare with as people, and both words misspelt."""
    return searching("lnoadon pharmasict", [f"{name}n" for name in DIFFERENT])
