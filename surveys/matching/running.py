"""Matching run over a study: everyone typed gets an identity, and what is certain enough is matched; the rest is asked.

Running again changes nothing unless somebody was named, joined the roster, or decided a question meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from surveys.matching import mentions, questions
from surveys.matching.gathering import (
    MOST_ASKED,
    USUAL,
    Candidate,
    Gathered,
    Group,
    Mention,
    Thresholds,
    find_people,
    gather,
)
from surveys.matching.mentions import Typed
from surveys.matching.questions import Asked, Pair
from surveys.matching.record import AUTOMATIC, Found, hold, match
from surveys.matching.standing import Standing, standing
from surveys.people import new_key
from surveys.tables import Identity

CERTAIN = 1.0
ONLY_HOLDER = 0.8
"""How likely a position means the one person of the roster who holds it: others may, whom the roster does not have."""


@dataclass(frozen=True)
class Ran:
    """What one run did: of so many typed, so many were new, were found on the roster, joined another; were asked."""

    typed: int
    new: int
    people: int
    joined: int
    asked: int


def run(
    session: Session,
    study_id: int,
    *,
    now: datetime,
    thresholds: Thresholds = USUAL,
    keys: Callable[[], str] = new_key,
) -> Ran:
    """Match everyone typed in interviews that were sent; `keys` names new identities.

    Nothing is matched below `thresholds.confirmed`, nothing that somebody decided is changed, and no two people named
    in one interview become one. Every match has its line in the record.
    """
    hold(session, study_id)
    named = mentions.typed(session, study_id)
    new = _give_identities(session, study_id, named, now, keys)
    work = _Work(session, study_id, named, new, thresholds)
    work.find()
    match(session, study_id, work.found, how=AUTOMATIC, by=AUTOMATIC, now=now)
    told = {work.stand.of_alter[one.alter]: one for one in named}
    put = questions.ask(session, study_id, work.asked, work.questions, told)
    people = sum(one.person is not None for one in work.found)
    return Ran(len(named), len(new), people, len(work.found) - people, put)


def _give_identities(
    session: Session, study_id: int, named: Sequence[Typed], now: datetime, keys: Callable[[], str]
) -> frozenset[int]:
    """Give everyone an identity; gives the alters that had none."""
    there = standing(session, study_id).of_alter
    new = [one.alter for one in named if one.alter not in there]
    if new:
        rows = [{"study_id": study_id, "key": keys(), "alter_id": alter, "created_at": now} for alter in new]
        session.execute(insert(Identity), rows)
    return frozenset(new)


class _Work:
    """One run: what is read, what is found, and what is to be asked."""

    def __init__(
        self, session: Session, study_id: int, named: Sequence[Typed], new: frozenset[int], thresholds: Thresholds
    ) -> None:
        self.thresholds, self.new = thresholds, new
        self.by_alter = {one.alter: one for one in named}
        self.people = mentions.people(session, study_id)
        self.present = mentions.present(session, study_id)
        self.stand: Standing = standing(session, study_id)
        self.questions: Mapping[Pair, Asked] = questions.asked(session, study_id)
        self.taken = mentions.not_them(session, named)
        self.found: list[Found] = []
        self.asked: list[Found] = []
        for one in named:
            person = self.stand.person(self.stand.of_alter[one.alter])
            if person is not None:
                self.taken[one.interview].add(person)

    def find(self) -> None:
        """Find people and one another by name, and positions by site and role."""
        meant = self._meant()
        while self._find_on_roster(meant) and self._outdated(meant):
            meant = self._meant()
        self._find_each_other(meant)
        self._find_positions()

    def _outdated(self, meant: Mapping[int, Sequence[Candidate]]) -> bool:
        """Whether somebody still open may mean a person who was found to be somebody else in the same interview."""
        return any(
            candidate.row in self.taken[one.interview]
            for some in self._open(position=False).values()
            for one in some
            for candidate in meant[one.alter]
        )

    def _meant(self) -> dict[int, list[Candidate]]:
        """For each alter who has a name, the people of the roster who may be meant."""
        by_name = [one for one in self.by_alter.values() if not one.position]
        candidates = find_people([self._mention(one) for one in by_name], self.people)
        return {one.alter: some for one, some in zip(by_name, candidates, strict=True)}

    def _mention(self, one: Typed) -> Mention:
        others = self.taken[one.interview] - {self.stand.person(self.stand.of_alter[one.alter])}
        return Mention(one.alter, one.interview, one.described, frozenset(others), one.ego)

    def _open(self, *, position: bool) -> dict[int, list[Typed]]:
        """Identities that are not found to be anybody, with those of their alters whose names are kept, own first."""
        found: dict[int, list[Typed]] = {}
        for root, alters in self.stand.alters().items():
            some = [self.by_alter[alter] for alter in alters if alter in self.by_alter]
            if some and some[0].position == position and self.stand.person(root) is None:
                found[root] = sorted(some, key=lambda one: self.stand.of_alter[one.alter] != root)
        return found

    def _find_on_roster(self, meant: Mapping[int, Sequence[Candidate]]) -> bool:
        """Match with people of the roster, the surest first; whether anybody was."""
        before, settled = len(self.found), self._settled()
        for one, interviews in self._sure(meant):
            if (one.identity, one.person, None) not in settled:
                self._keep(one, interviews)
        return len(self.found) > before

    def _sure(self, meant: Mapping[int, Sequence[Candidate]]) -> list[tuple[Found, set[int]]]:
        """Who is sure to be whom, the surest first, with the interviews in which they were named."""
        found = []
        for root, some in self._open(position=False).items():
            interviews = {one.interview for one in some}
            best = _merged([meant[one.alter] for one in some])[:1]
            found += [
                (Found(root, one.score, person=one.row), interviews)
                for one in best
                if one.score >= self.thresholds.confirmed
            ]
        return sorted(found, key=lambda one: (-one[0].score, one[0].identity))

    def _taken(self, interviews: Iterable[int], person: int) -> bool:
        return any(person in self.taken[interview] for interview in interviews)

    def _settled(self) -> set[Pair]:
        """What somebody decided, or took back, about identities as they stand: nothing of that is found by itself."""
        settled: set[Pair] = set()
        for (identity, person, other), question in self.questions.items():
            if question.status != questions.WAITING:
                settled.add((self.stand.root(identity), person, None if other is None else self.stand.root(other)))
        return settled

    def _keep(self, one: Found, interviews: Iterable[int]) -> None:
        """Note what was found, unless the person is somebody else in one of the interviews already."""
        if one.person is not None and self._taken(interviews, one.person):
            return
        self.found.append(one)
        if one.person is not None:
            self.stand.person_of[one.identity] = one.person
            for interview in interviews:
                self.taken[interview].add(one.person)
        elif one.other is not None:
            self.stand.same_as[one.identity] = one.other

    def _find_each_other(self, meant: Mapping[int, Sequence[Candidate]]) -> None:
        """Join those off the roster who are one person, and ask about the others."""
        still = self._open(position=False)
        new = [some[0] for some in still.values() if len(some) == 1 and some[0].alter in self.new]
        gathered = gather(
            [self._mention(one) for one in new],
            meant,
            self.people,
            before=[_group(some, meant) for some in still.values() if len(some) > 1 or some[0].alter not in self.new],
            apart=set(self._apart()),
            others=len({one.described for some in still.values() for one in some}),
            thresholds=self.thresholds,
        )
        self._join(gathered)
        self._ask(gathered, meant)

    def _apart(self) -> Iterator[tuple[int, int]]:
        """Pairs of alters that somebody decided about, so that nothing is decided automatically."""
        alters = self.stand.alters()
        for (one, _, other), question in self.questions.items():
            if other is not None and question.status != questions.WAITING:
                yield from (
                    (first, second)
                    for first in alters.get(self.stand.root(one), ())
                    for second in alters.get(self.stand.root(other), ())
                )

    def _join(self, gathered: Gathered) -> None:
        for group in gathered.groups:
            root = self._root(group)
            for alter in group.alters:
                identity = self.stand.root(self.stand.of_alter[alter])
                if identity != root:
                    self._keep(Found(identity, gathered.scores[alter], other=root), ())

    def _root(self, group: Group) -> int:
        return self.stand.root(self.stand.of_alter[group.alters[0]])

    def _ask(self, gathered: Gathered, meant: Mapping[int, Sequence[Candidate]]) -> None:
        for group in gathered.groups:
            for candidate in _merged([meant[alter] for alter in group.alters], among=len(group.alters))[:MOST_ASKED]:
                if candidate.score >= self.thresholds.asked and not self._taken(group.interviews, candidate.row):
                    self.asked.append(Found(self._root(group), candidate.score, person=candidate.row))
        for (one, other), score in gathered.asked.items():
            pair = self._root(gathered.groups[one]), self._root(gathered.groups[other])
            if not gathered.groups[one].interviews & gathered.groups[other].interviews:
                self.asked.append(Found(pair[0], score, other=pair[1]))

    def _find_positions(self) -> None:
        """One identity for each position, in every interview; a person is asked whether it is the only holder."""
        places: defaultdict[tuple[int | None, int | None], list[int]] = defaultdict(list)
        for root, some in self._open(position=True).items():
            places[some[0].site, some[0].role].append(root)
        holders, settled = self._holders(), self._settled()
        for place, roots in places.items():
            for root in roots[1:]:
                if (root, None, roots[0]) not in settled:
                    self._keep(Found(root, CERTAIN, other=roots[0]), ())
            if len(holders[place]) == 1:
                self.asked.append(Found(roots[0], ONLY_HOLDER, person=holders[place][0]))

    def _holders(self) -> defaultdict[tuple[int | None, int | None], list[int]]:
        found: defaultdict[tuple[int | None, int | None], list[int]] = defaultdict(list)
        for person in self.present:
            found[self.people[person].site, self.people[person].role].append(person)
        return found


def _group(some: Sequence[Typed], meant: Mapping[int, Sequence[Candidate]]) -> Group:
    """Those who are one person, as a group that others may join."""
    first = some[0]
    return Group(first.described, meant[first.alter], [one.alter for one in some], {one.interview for one in some})


def _merged(candidates: Sequence[Sequence[Candidate]], among: int = 1) -> list[Candidate]:
    """The candidates of several mentions of one, the likeliest first: each with the best of its scores.

    With `among` all of them, each has its mean score: those who agree on another site speak against a person.
    """
    scores: defaultdict[int, list[float]] = defaultdict(list)
    for some in candidates:
        for candidate in some:
            scores[candidate.row].append(candidate.score)
    found = [Candidate(row, max(some) if among == 1 else sum(some) / among) for row, some in scores.items()]
    return sorted(found, key=lambda one: (-one.score, one.row))
