"""What waits for a decision, ready to be read: both sides, how often and when each was named, and why it is asked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from surveys.matching.explaining import how_likely, reasons
from surveys.matching.forgetting import still_open
from surveys.matching.mentions import Typed, people, typed
from surveys.matching.questions import OPEN
from surveys.matching.scoring import Described
from surveys.matching.standing import Standing, standing
from surveys.tables import Alter, Interview, Invitation, MatchQuestion, Person, Role, Site, Wave

POSITION = "Whoever holds this position"


@dataclass(frozen=True)
class Side:
    """Somebody in a question: names, how often each was typed, places of work, roles, and when they were named.

    For a person of the roster there is one name, and `job` may say what they do.
    """

    names: tuple[str, ...]
    each: tuple[int, ...]
    sites: tuple[str, ...]
    roles: tuple[str, ...]
    times: int
    waves: tuple[int, ...]
    on_roster: bool = False
    job: str | None = None

    @property
    def written(self) -> str:
        """All names in one line, with how often each was typed where that was more than once."""
        return " / ".join(
            f"{name} ({times} times)" if times > 1 and not self.on_roster else name
            for name, times in zip(self.names, self.each, strict=True)
        )


@dataclass(frozen=True)
class Waiting:
    """Questions that read the same, decided together: their rows, both sides, how likely it is, and why."""

    questions: tuple[int, ...]
    typed: Side
    other: Side
    score: float
    likely: str
    why: tuple[str, ...]
    site_codes: frozenset[str]

    @property
    def key(self) -> int:
        """What pages call it by."""
        return self.questions[0]


def waiting(session: Session, study_id: int, *, site: str | None = None) -> list[Waiting]:
    """Everything that waits, the likeliest first; with `site` (a code) only what has to do with that site."""
    desk = _Desk(session, study_id)
    together: defaultdict[object, list[MatchQuestion]] = defaultdict(list)
    for row in desk.open_questions():
        together[row.alike or row.id].append(row)
    found = [desk.shown(rows) for rows in together.values()]
    wanted = [one for one in found if site is None or site in one.site_codes]
    return sorted(wanted, key=lambda one: (-one.score, one.key))


def how_many_wait(session: Session, study_id: int) -> int:
    """How many decisions wait."""
    stand = standing(session, study_id)
    rows = session.scalars(_open(study_id))
    return len({row.alike or row.id for row in rows if still_open(stand, row)})


def _open(study_id: int) -> Select[MatchQuestion]:
    return select(MatchQuestion).where(MatchQuestion.study_id == study_id, MatchQuestion.status.in_(OPEN))


class _Desk:
    """What is needed to show questions, read once."""

    def __init__(self, session: Session, study_id: int) -> None:
        self.session, self.study_id = session, study_id
        self.stand: Standing = standing(session, study_id)
        self.alters = self.stand.alters()
        self.typed: Mapping[int, Typed] = {one.alter: one for one in typed(session, study_id)}
        self.people = people(session, study_id)
        self.sites = {
            row.id: (row.code, row.name)
            for row in session.execute(select(Site.id, Site.code, Site.name).where(Site.study_id == study_id))
        }
        self.roles = dict(session.execute(select(Role.id, Role.label).where(Role.study_id == study_id)).all())

    def open_questions(self) -> list[MatchQuestion]:
        rows = self.session.scalars(_open(self.study_id).order_by(MatchQuestion.id))
        return [row for row in rows if still_open(self.stand, row) and self._can_be_read(row)]

    def _can_be_read(self, row: MatchQuestion) -> bool:
        """Whether names of both sides are still kept."""
        other = row.person_id is not None or bool(self._named(row.other_id))
        return other and bool(self._named(row.identity_id))

    def shown(self, rows: Sequence[MatchQuestion]) -> Waiting:
        """Questions that read the same as one to decide."""
        first = rows[0]
        mine = [one for row in rows for one in self._named(row.identity_id)]
        theirs = [one for row in rows for one in self._named(row.other_id)]
        described, other = self._described(mine), self._other(first, theirs)
        score = max(row.score for row in rows)
        sides = {described.site, other.site} - {None}
        return Waiting(
            questions=tuple(row.id for row in rows),
            typed=self._side(mine),
            other=self._person(first.person_id) if first.person_id is not None else self._side(theirs),
            score=score,
            likely=how_likely(score),
            why=tuple(self._why(mine, described, other)),
            site_codes=frozenset(self.sites[site][0] for site in sides if site in self.sites),
        )

    def _named(self, identity: int | None) -> list[Typed]:
        if identity is None:
            return []
        there = self.alters.get(self.stand.root(identity), ())
        return [self.typed[alter] for alter in there if alter in self.typed]

    def _described(self, named: Sequence[Typed]) -> Described:
        return named[0].described if named else Described("")

    def _other(self, row: MatchQuestion, named: Sequence[Typed]) -> Described:
        return self.people[row.person_id] if row.person_id is not None else self._described(named)

    def _why(self, mine: Sequence[Typed], described: Described, other: Described) -> list[str]:
        if any(one.position for one in mine):
            return ["The only person on the roster with this role at this place of work"]
        return reasons(described, other)

    def _side(self, named: Sequence[Typed]) -> Side:
        counted = Counter(POSITION if one.position else one.name for one in named)
        names, each = zip(*counted.most_common(), strict=True) if counted else ((), ())
        sites = dict.fromkeys(self.sites[one.site][1] for one in named if one.site in self.sites)
        roles = dict.fromkeys(self.roles[one.role] for one in named if one.role in self.roles)
        waves = tuple(sorted({one.wave for one in named}))
        return Side(names, each, tuple(sites), tuple(roles), len(named), waves)

    def _person(self, person_id: int) -> Side:
        name, job, site, role = self._people[person_id]
        waves = self._picked[person_id]
        return Side(
            names=(name,),
            each=(1,),
            sites=(self.sites[site][1],),
            roles=(self.roles[role],),
            times=sum(waves.values()),
            waves=tuple(sorted(waves)),
            on_roster=True,
            job=job,
        )

    @cached_property
    def _picked(self) -> defaultdict[int, Counter[int]]:
        """How often each person was named in each wave: picked, or typed and found."""
        rows = self.session.execute(
            select(Alter.person_id, Wave.number, func.count())
            .join(Interview, Interview.id == Alter.interview_id)
            .join(Invitation, Invitation.id == Interview.invitation_id)
            .join(Wave, Wave.id == Invitation.wave_id)
            .where(Wave.study_id == self.study_id, Alter.person_id.is_not(None), Interview.finished_at.is_not(None))
            .group_by(Alter.person_id, Wave.number)
        )
        found: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for person, wave, times in rows:
            found[person or 0][wave] += times
        for alter, one in self.typed.items():
            person = self.stand.person(self.stand.of_alter[alter]) if alter in self.stand.of_alter else None
            if person is not None:
                found[person][one.wave] += 1
        return found

    @cached_property
    def _people(self) -> dict[int, tuple[str, str | None, int, int]]:
        query = select(Person.id, Person.name, Person.job_title, Person.site_id, Person.role_id)
        rows = self.session.execute(query.where(Person.study_id == self.study_id))
        return {row.id: (row.name, row.job_title, row.site_id, row.role_id) for row in rows}
