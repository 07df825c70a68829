"""What matching typed names costs, by how many were typed and how many people the roster has."""

from bench.planted_names import Plan, plant
from bench.run import Work
from surveys.matching.gathering import Mention, find_people, gather
from surveys.matching.scoring import Described


def matching(plan: Plan) -> Work:
    """A callable that finds everybody typed in a planted study, on the roster and among one another."""
    planted = plant(plan, 1)
    people = {one.key: Described(one.name, one.site, one.role) for one in planted.people}
    named = [
        Mention(at, one.ego * 100 + one.wave, Described(one.typed, one.site, one.role), frozenset({one.ego}), one.ego)
        for at, one in enumerate(planted.namings)
    ]

    def find() -> object:
        candidates = dict(enumerate(find_people(named, people)))
        return gather([one for one in named if not candidates[one.alter]], candidates, people)

    return find


def bench_1800_typed_names_against_2400_people() -> Work:
    """The programme's size: 48 sites with 50 people each, three waves."""
    return matching(Plan())


def bench_10000_typed_names_against_10000_people() -> Work:
    """As large as one study gets."""
    return matching(Plan(people_per_site=209, waves=2, namings_per_wave=5000))
