"""Who is who among those named: each found on the roster, found to be somebody named before, or nobody known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from surveys.matching.names import readings, written
from surveys.matching.scoring import Described, share_known, weigh

CONFIRMED = 0.9
ASKED = 0.3
MOST_OF_A_PART = 0.7
"""Half a name, such as "Jo", is never enough by itself: a person is asked."""
ELSEWHERE = 0.05
"""How much less likely a person of another site is with each more respondent who gives that other site."""
MOST_ASKED = 3
MOST_FOUND = 12
FEWEST_OTHERS = 20


@dataclass(frozen=True)
class Thresholds:
    """From `confirmed` on a match is made; from `asked` on a person is asked; below, nobody was found."""

    confirmed: float = CONFIRMED
    asked: float = ASKED

    def __post_init__(self) -> None:
        if not 0.5 < self.confirmed <= 1 or not 0 < self.asked <= self.confirmed:
            raise BadThresholds(
                "--confirmed must be above 0.5 and at most 1, and --asked above 0 and at most --confirmed."
            )


class BadThresholds(ValueError):
    """The thresholds do not make sense; the text says which do."""


USUAL = Thresholds()


@dataclass(frozen=True)
class Mention:
    """Someone typed by `ego` in one interview; `not_them` are the people (by key) whom this cannot be."""

    alter: int
    interview: int
    described: Described
    not_them: frozenset[int] = frozenset()
    ego: int = 0


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, by row, and how likely that is (0..1)."""

    row: int
    score: float


@dataclass
class Group:
    """Alters who are one person off the roster; the first describes them, and may mean some on the roster."""

    described: Described
    meant: Sequence[Candidate] = ()
    alters: list[int] = field(default_factory=list)
    interviews: set[int] = field(default_factory=set)


def distinct(mentions: Iterable[Mention]) -> dict[Described, int]:
    """Each description once, with its row."""
    return {one: row for row, one in enumerate(dict.fromkeys(mention.described for mention in mentions))}


def find_people(
    mentions: Sequence[Mention], people: Mapping[int, Described], *, most: int = MOST_FOUND
) -> list[list[Candidate]]:
    """For each mention the people (by key of `people`) who may be meant, the likeliest first.

    The scores of all people and of nobody add up to 1, so two who fit alike have a half each at most. Where several
    respondents give one name at one site, it is no slip: each more speaks against a person of another site.
    """
    rows, keys = distinct(mentions), list(people)
    weights = weigh(list(rows), list(people.values()), known=list(people.values()))
    counts = np.bincount([rows[one.described] for one in mentions], minlength=len(rows)).astype(float)
    share = share_known(weights, len(people), counts) if mentions else 0.0
    places = {described: _place(described) for described in rows}
    egos = _egos(mentions, places)
    found = []
    for one in mentions:
        more = len(egos[places[one.described]]) - 1
        likely = _likely(weights.row(rows[one.described]), keys, people, one, ELSEWHERE**more)
        found.append(_scored(likely, share / max(len(keys), 1), 1 - share)[:most])
    return found


def _egos(mentions: Iterable[Mention], places: Mapping[Described, object]) -> Mapping[object, set[int]]:
    """The respondents who gave a name at a site."""
    egos: defaultdict[object, set[int]] = defaultdict(set)
    for one in mentions:
        egos[places[one.described]].add(one.ego)
    return egos


def _place(described: Described) -> object:
    """A name, however its words are ordered, at a site."""
    name = written(described.name)
    return frozenset((*name.words, *name.behind)), described.site


Likely = Iterable[tuple[int, float, bool]]
"""People by key, with the likelihood ratio, and whether it rests on a whole name."""


def _likely(
    row: Likely, keys: Sequence[int], people: Mapping[int, Described], mention: Mention, elsewhere: float
) -> Iterator[tuple[int, float, bool]]:
    """Those whom a mention may mean; `elsewhere` is what the ratio of a person of another site is taken by."""
    for column, ratio, whole in row:
        key = keys[column]
        if key not in mention.not_them:
            other = mention.described.site not in (None, people[key].site)
            yield key, ratio * elsewhere if other else ratio, whole


def _scored(likely: Likely, each: float, nobody: float) -> list[Candidate]:
    """How likely each is, before all others and nobody, the likeliest first."""
    found = [(key, ratio * each, whole) for key, ratio, whole in likely]
    total = sum(ratio for _, ratio, _ in found) + nobody
    scored = [Candidate(key, _capped(ratio / total, whole)) for key, ratio, whole in found]
    return sorted(scored, key=lambda one: (-one.score, one.row))


def _capped(score: float, whole: bool) -> float:
    return score if whole else min(score, MOST_OF_A_PART)


@dataclass(frozen=True)
class Gathered:
    """Mentions off the roster in groups: by alter the score with which it joined one, and which groups may be one."""

    groups: list[Group]
    scores: dict[int, float]
    asked: dict[tuple[int, int], float]


def gather(
    mentions: Sequence[Mention],
    meant: Mapping[int, Sequence[Candidate]],
    known: Mapping[int, Described],
    *,
    before: Sequence[Group] = (),
    apart: Collection[tuple[int, int]] = (),
    others: int = 0,
    thresholds: Thresholds = USUAL,
) -> Gathered:
    """Group mentions that are one person, each with the group that it is at or above `confirmed`, else on its own.

    `meant` has for each alter the people of the roster whom it may mean: two who may mean two of them may be two.
    `known` is the roster, which tells how common names are; `before` are groups made earlier, which come first, stay
    and may grow, and are not compared with each other. There are about `others` people off the roster, as far as is
    known. Two alters of one interview are never one person, nor those of a pair that stands in `apart`. Fuller
    names come first, so that "J Smith" joins "John Smith" and not the other way round.
    """
    gathering = _Gathering(mentions, meant, known, before, apart, max(others, FEWEST_OTHERS), thresholds)
    for mention in gathering.in_order():
        gathering.place(mention)
    return Gathered(gathering.groups, gathering.scores, gathering.asked)


class _Gathering:
    def __init__(
        self,
        mentions: Sequence[Mention],
        meant: Mapping[int, Sequence[Candidate]],
        known: Mapping[int, Described],
        before: Sequence[Group],
        apart: Collection[tuple[int, int]],
        others: int,
        thresholds: Thresholds,
    ) -> None:
        self.mentions, self.meant, self.apart, self.thresholds = mentions, meant, apart, thresholds
        self.others = others
        self.groups = [replace(one, alters=list(one.alters), interviews=set(one.interviews)) for one in before]
        self.scores: dict[int, float] = {}
        self.asked: dict[tuple[int, int], float] = {}
        described = [one.described for one in mentions] + [one.described for one in before]
        self.rows = {one: row for row, one in enumerate(dict.fromkeys(described))}
        self.weights = weigh(list(self.rows), list(self.rows), known=list(known.values()))
        self.at: defaultdict[int, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            self.at[self.rows[group.described]].append(number)

    def in_order(self) -> list[Mention]:
        """Fuller names first, then those with a site, then as they came."""
        return sorted(self.mentions, key=lambda one: (_shortness(one.described), one.alter))

    def place(self, mention: Mention) -> None:
        """Put a mention into the group that it belongs to, or into one of its own; note which others it may be."""
        found = [one for one in self._candidates(mention) if one.score >= self.thresholds.asked]
        sure = [one for one in found if one.score >= self.thresholds.confirmed and self._may_join(mention, one.row)]
        if sure:
            number = sure[0].row
            self.scores[mention.alter] = sure[0].score
        else:
            number = len(self.groups)
            self.groups.append(Group(mention.described, self.meant[mention.alter]))
            self.at[self.rows[mention.described]].append(number)
            self.asked |= {(number, one.row): one.score for one in found[:MOST_ASKED]}
        self.groups[number].alters.append(mention.alter)
        self.groups[number].interviews.add(mention.interview)

    def _may_join(self, mention: Mention, number: int) -> bool:
        return not any(
            (mention.alter, alter) in self.apart or (alter, mention.alter) in self.apart
            for alter in (self.groups[number].alters if self.apart else ())
        )

    def _candidates(self, mention: Mention) -> list[Candidate]:
        """The groups that a mention may belong to, the likeliest first."""
        meant = self.meant[mention.alter]
        ratios = list(self._ratios(mention))
        odds = [ratio * _nobody(meant) * _nobody(self.groups[number].meant) for number, ratio, _ in ratios]
        total = 1 + sum(odds)
        found = [
            Candidate(number, _capped((_both(meant, self.groups[number].meant) + odd) / total, whole))
            for odd, (number, _, whole) in zip(odds, ratios, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.score, one.row))

    def _ratios(self, mention: Mention) -> Iterator[tuple[int, float, bool]]:
        for column, ratio, whole in self.weights.row(self.rows[mention.described]):
            for number in self.at.get(column, ()):
                if mention.interview not in self.groups[number].interviews:
                    yield number, ratio / self.others, whole


def _shortness(described: Described) -> tuple[bool, bool, bool]:
    first = next(iter(readings(described.name)), None)
    return first is None or not first.whole, first is None or len(first.given) < 2, described.site is None


def _nobody(meant: Sequence[Candidate]) -> float:
    """How likely none of the people is meant."""
    return max(1 - sum(candidate.score for candidate in meant), 0.0)


def _both(one: Sequence[Candidate], other: Sequence[Candidate]) -> float:
    """How likely two mentions mean one person of the roster, if they have nothing to do with each other."""
    theirs = {candidate.row: candidate.score for candidate in other}
    return sum(candidate.score * theirs.get(candidate.row, 0.0) for candidate in one)
