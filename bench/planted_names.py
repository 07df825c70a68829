"""A study whose typed names are known: a roster, and what people type for those on it and off it, slips included."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from surveys.demonstration.names import FIRST_NAMES, SURNAMES
from surveys.matching.short_forms import SHORT_FORMS

ROLES = 7
ROLE_SHARES = (5, 25, 15, 20, 10, 15, 10)
_STARTS = """
    Ash Black Brad Brook Burn Charl Cray Dray Fair Farn Gar Good Green Hal Ham Hart Hay Hol Kirk Lang Lin Mar Mel Nor
    Oak Os Pem Ran Red Row Sand Shel Stan Strat Sut Thorn Wal War West Whit Win Wood
"""
_ENDS = "bourne by cott den ford ham hurst ley man more ridge son stead ton well wick wood worth"
COINED = tuple(start + end for start in _STARTS.split() for end in _ENDS.split())
COMPOUND, APOSTROPHE, ACCENTED = 0.04, 0.02, 0.03
ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ó", "u": "ü", "c": "ç", "n": "ñ"}
TRANSLITERATED = {
    "Mohammed": ("Muhammad", "Mohamed", "Mohammad"),
    "Hussain": ("Hussein", "Husain"),
    "Ahmed": ("Ahmad",),
    "Yusuf": ("Yousef", "Yusef"),
    "Chaudhry": ("Choudhury", "Chowdhury"),
    "Fatima": ("Fatimah",),
    "Hassan": ("Hasan",),
    "Aisha": ("Ayesha",),
    "Dmitri": ("Dmitry",),
    "Mariam": ("Maryam",),
    "Zainab": ("Zaynab",),
}


@dataclass(frozen=True)
class Someone:
    """A person of the planted truth; `off` for those who are not on the roster."""

    key: int
    given: str
    middle: str
    family: str
    site: int
    role: int
    off: bool = False

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"


@dataclass(frozen=True)
class Naming:
    """What one person typed, in one wave, for somebody: with the kind of slip that was made on purpose."""

    ego: int
    wave: int
    meant: Someone
    typed: str
    site: int | None
    role: int | None
    kind: str


@dataclass(frozen=True)
class Plan:
    """How large the planted study is, and how people type. The shares are of all namings."""

    sites: int = 48
    people_per_site: int = 50
    waves: int = 3
    namings_per_wave: int = 600
    off_roster: float = 0.15
    namesakes: float = 0.03
    few_names: bool = False
    kinds: Mapping[str, float] = field(
        default_factory=lambda: {
            "typo": 0.05,
            "short form": 0.08,
            "initial": 0.08,
            "title": 0.05,
            "turned round": 0.03,
            "middle name": 0.03,
            "two slips": 0.005,
            "no accents or hyphens": 0.03,
            "transliterated": 0.02,
            "half of a compound": 0.01,
        }
    )
    no_site: float = 0.05
    wrong_site: float = 0.03
    no_role: float = 0.15
    wrong_role: float = 0.08


@dataclass(frozen=True)
class Planted:
    """The roster, and every naming in order of waves."""

    people: Sequence[Someone]
    namings: Sequence[Naming]


def plant(plan: Plan, seed: int) -> Planted:
    """Invent it all from one seed."""
    random = Random(seed)
    people = [_someone(key, key // plan.people_per_site, plan, random) for key in range(_size(plan))]
    for _ in range(int(plan.namesakes * len(people) / 2)):
        _share_a_name(people, random)
    outside = [_outsider(len(people) + at, plan, random) for at in range(max(1, len(people) // 20))]
    namings = [naming for wave in range(1, plan.waves + 1) for naming in _wave(wave, people, outside, plan, random)]
    return Planted(people, namings)


def _size(plan: Plan) -> int:
    return plan.sites * plan.people_per_site


def _outsider(key: int, plan: Plan, random: Random) -> Someone:
    one = _someone(key, random.randrange(plan.sites), plan, random)
    return Someone(key, one.given, one.middle, one.family, one.site, one.role, off=True)


def _someone(key: int, site: int, plan: Plan, random: Random) -> Someone:
    role = random.choices(range(ROLES), ROLE_SHARES)[0]
    return Someone(key, _skewed(FIRST_NAMES, random), random.choice(FIRST_NAMES), _family(plan, random), site, role)


def _skewed(names: Sequence[str], random: Random) -> str:
    """The first names of a list are the commonest, as names are."""
    return names[int(len(names) * random.random() ** 1.5)]


def _family(plan: Plan, random: Random) -> str:
    if plan.few_names:
        return random.choice(SURNAMES)
    pool = SURNAMES if random.random() < 0.6 else COINED
    chance, name = random.random(), _skewed(pool, random)
    if chance < COMPOUND:
        return f"{name}-{random.choice(SURNAMES)}"
    if chance < COMPOUND + APOSTROPHE:
        return f"O'{name}"
    return _accented(name) if chance < COMPOUND + APOSTROPHE + ACCENTED else name


def _accented(name: str) -> str:
    at = next((at for at, letter in enumerate(name) if at and letter in ACCENTS), None)
    return name if at is None else name[:at] + ACCENTS[name[at]] + name[at + 1 :]


def _share_a_name(people: list[Someone], random: Random) -> None:
    """Two people get one name: at two sites, or at one with two roles."""
    first, second = random.sample(people, 2)
    site = second.site if random.random() < 0.7 else first.site
    role = second.role if site != first.site else (first.role + 1) % ROLES
    people[second.key] = Someone(second.key, first.given, second.middle, first.family, site, role)


def _wave(wave: int, people: Sequence[Someone], outside: Sequence[Someone], plan: Plan, random: Random) -> list[Naming]:
    found: dict[tuple[int, int], Naming] = {}
    while len(found) < plan.namings_per_wave:
        ego = random.randrange(len(people))
        meant = random.choice(outside if random.random() < plan.off_roster else people)
        if meant.key != ego:
            found[ego, meant.key] = _naming(ego, wave, meant, plan, random)
    return list(found.values())


def _naming(ego: int, wave: int, meant: Someone, plan: Plan, random: Random) -> Naming:
    kind, typed = _typed(meant, plan, random)
    site, site_kind = _place(meant.site, plan.sites, plan.no_site, plan.wrong_site, "site", random)
    role, _ = _place(meant.role, ROLES, plan.no_role, plan.wrong_role, "role", random)
    return Naming(ego, wave, meant, typed, site, role, site_kind or kind)


def _place(
    true: int, kinds: int, unknown: float, wrong: float, what: str, random: Random
) -> tuple[int | None, str | None]:
    chance = random.random()
    if chance < unknown:
        return None, f"no {what}"
    if chance < unknown + wrong:
        return (true + random.randrange(1, kinds)) % kinds, f"wrong {what}"
    return true, None


def _typed(meant: Someone, plan: Plan, random: Random) -> tuple[str, str]:
    """The kind of slip and the text; a slip that this name does not lend itself to leaves it as it is."""
    kind = random.choices([*plan.kinds, "as it is"], [*plan.kinds.values(), 1 - sum(plan.kinds.values())])[0]
    typed = SLIPS[kind](meant, random) if kind in SLIPS else meant.name
    return (kind, typed) if typed != meant.name else ("as it is", typed)


def _typo(word: str, random: Random) -> str:
    at, letter = random.randrange(1, len(word)), random.choice("abcdefghijklmnopqrstuvwxyz")
    swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    made = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], swapped]
    return random.choice(made).capitalize()


def _one_typo(one: Someone, random: Random) -> str:
    if random.random() < 0.5:
        return f"{_typo(one.given, random)} {one.family}"
    return f"{one.given} {_typo(one.family, random)}"


def _two_slips(one: Someone, random: Random) -> str:
    return f"{_typo(one.given, random)} {_typo(one.family, random)}"


def _short(one: Someone, random: Random) -> str:
    others = sorted(SHORT_FORMS.get(one.given.lower(), ()))
    return f"{random.choice(others).capitalize()} {one.family}" if others else one.name


def _initial(one: Someone, random: Random) -> str:
    return random.choice((f"{one.given[0]} {one.family}", f"{one.given[0]}. {one.family}"))


def _titled(one: Someone, random: Random) -> str:
    return f"{random.choice(('Dr', 'Prof', 'Mr', 'Ms', 'Sister', 'Prof.'))} {one.name}"


def _turned(one: Someone, random: Random) -> str:
    return random.choice((f"{one.family} {one.given}", f"{one.family}, {one.given}"))


def _with_middle(one: Someone, random: Random) -> str:
    return f"{one.given} {random.choice((one.middle, one.middle[0]))} {one.family}"


def _bare(one: Someone, random: Random) -> str:
    back = {accented: letter for letter, accented in ACCENTS.items()}
    plain = "".join(back.get(letter, letter) for letter in one.family)
    return f"{one.given} {plain.replace(chr(39), '').replace('-', ' ')}"


def _transliterated(one: Someone, random: Random) -> str:
    given, family = (random.choice(TRANSLITERATED.get(part, (part,))) for part in (one.given, one.family))
    return f"{given} {family}"


def _half(one: Someone, random: Random) -> str:
    return f"{one.given} {random.choice(one.family.split('-'))}"


SLIPS: Mapping[str, Callable[[Someone, Random], str]] = {
    "typo": _one_typo,
    "two slips": _two_slips,
    "short form": _short,
    "initial": _initial,
    "title": _titled,
    "turned round": _turned,
    "middle name": _with_middle,
    "no accents or hyphens": _bare,
    "transliterated": _transliterated,
    "half of a compound": _half,
}
