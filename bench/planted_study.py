"""Planted names put into a store as interviews that were sent, and how well matching found who was meant."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bench.planted_names import Naming, Planted, Someone
from surveys.demonstration.keeping import questionnaire
from surveys.matching.standing import Meant, who
from surveys.people import search_text
from surveys.studies import create_study, publish_instrument
from surveys.tables import Alter, Interview, Invitation, Nomination, Person, Role, Site, Study, Tie, TypedName
from surveys.waves import add_wave

BEGUN = datetime(2026, 1, 5, 9, tzinfo=UTC)
BETWEEN_WAVES = timedelta(days=180)
PAGE, PROMPT = "advice_names", "any"


@dataclass(frozen=True)
class Kept:
    """The rows of a planted study: the study, its people in the order planted, and each naming's alter."""

    study: int
    people: Sequence[int]
    alters: Mapping[Naming, int]


@dataclass(frozen=True)
class Quality:
    """How well matching did before anybody decided anything; shares are 0..1.

    `precision` and `recall` count namings matched with a person of the roster; the others count pairs of namings of
    people off the roster that were found to be one. `found` has the recall of each kind of slip.
    """

    precision: float
    recall: float
    together_precision: float
    together_recall: float
    found: Mapping[str, tuple[int, int]]


def keep(session: Session, planted: Planted, *, code: str = "planted", waves: Iterable[int] | None = None) -> Kept:
    """Write the roster and every naming as if it had been typed, sent, and kept under a vault."""
    study = create_study(session, code, "A planted study", now=BEGUN)
    version = publish_instrument(session, study, questionnaire(), now=BEGUN)
    people = _keep_people(session, study, planted.people)
    alters: dict[Naming, int] = {}
    for number in sorted(set(waves or {naming.wave for naming in planted.namings})):
        opens = BEGUN + number * BETWEEN_WAVES
        wave = add_wave(session, study, version, f"Wave {number}", opens_at=opens, closes_at=opens + timedelta(days=28))
        named = [naming for naming in planted.namings if naming.wave == number]
        interviews = _keep_interviews(session, wave.id, version.id, people, sorted({one.ego for one in named}), opens)
        alters |= _keep_alters(session, people, interviews, named, opens)
    return Kept(study.id, people.rows, alters)


@dataclass(frozen=True)
class _Rows:
    rows: list[int]
    sites: list[int]
    roles: list[int]
    places: list[tuple[int, int]]


def _keep_people(session: Session, study: Study, people: Sequence[Someone]) -> _Rows:
    count = max(one.site for one in people) + 1
    session.execute(insert(Site), [_site(study.id, at) for at in range(count)])
    sites = list(session.scalars(select(Site.id).where(Site.study_id == study.id).order_by(Site.id)))
    roles = list(session.scalars(select(Role.id).where(Role.study_id == study.id).order_by(Role.position)))
    session.execute(
        insert(Person),
        [
            {
                "study_id": study.id,
                "key": f"planted-{study.id}-{one.key}",
                "reference": f"r{one.key}",
                "name": one.name,
                "site_id": sites[one.site],
                "role_id": roles[one.role],
                "search_text": search_text(one.name, None, ""),
            }
            for one in people
        ],
    )
    rows = list(session.scalars(select(Person.id).where(Person.study_id == study.id).order_by(Person.id)))
    return _Rows(rows, sites, roles, [(sites[one.site], roles[one.role]) for one in people])


def _site(study: int, at: int) -> dict[str, object]:
    return {"study_id": study, "code": f"S{at}", "name": f"Site {at}"}


def _keep_interviews(
    session: Session, wave: int, version: int, people: _Rows, egos: Sequence[int], now: datetime
) -> dict[int, int]:
    """The interviews of a wave by ego, all sent."""
    session.execute(
        insert(Invitation),
        [
            {
                "wave_id": wave,
                "person_id": people.rows[ego],
                "site_id": people.places[ego][0],
                "role_id": people.places[ego][1],
                "nonce": f"{wave:08x}{ego:08x}",
                "token_hash": f"{wave}-{ego}",
                "invited_at": now,
            }
            for ego in egos
        ],
    )
    of_person = {row: ego for ego, row in enumerate(people.rows)}
    invited = session.execute(select(Invitation.id, Invitation.person_id).where(Invitation.wave_id == wave)).all()
    session.execute(
        insert(Interview),
        [
            {
                "invitation_id": row.id,
                "instrument_version_id": version,
                "language": "en",
                "revision": 1,
                "last_alter": 99,
                "opened_at": now,
                "started_at": now,
                "finished_at": now,
            }
            for row in invited
        ],
    )
    rows = session.execute(
        select(Interview.id, Invitation.person_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .where(Invitation.wave_id == wave)
    )
    return {of_person[row.person_id]: row.id for row in rows}


def _keep_alters(
    session: Session, people: _Rows, interviews: Mapping[int, int], named: Sequence[Naming], now: datetime
) -> dict[Naming, int]:
    numbers: Counter[int] = Counter()
    places: dict[tuple[int, int], Naming] = {}
    rows = []
    for one in named:
        interview = interviews[one.ego]
        numbers[interview] += 1
        places[interview, numbers[interview]] = one
        rows.append(
            {
                "interview_id": interview,
                "number": numbers[interview],
                "site_id": None if one.site is None else people.sites[one.site],
                "role_id": None if one.role is None else people.roles[one.role],
            }
        )
    session.execute(insert(Alter), rows)
    found = session.execute(
        select(Alter.id, Alter.interview_id, Alter.number).where(Alter.interview_id.in_(interviews.values()))
    )
    alters = {places[row.interview_id, row.number]: row.id for row in found}
    session.execute(insert(TypedName), [_typed(alter, one, now) for one, alter in alters.items()])
    session.execute(insert(Nomination), [_nomination(alter, now) for alter in alters.values()])
    session.execute(insert(Tie), [_tie(alter, interviews[one.ego]) for one, alter in alters.items()])
    return alters


def _typed(alter: int, one: Naming, now: datetime) -> dict[str, object]:
    return {"alter_id": alter, "name": one.typed, "position": False, "kept_at": now}


def _nomination(alter: int, now: datetime) -> dict[str, object]:
    return {"alter_id": alter, "page": PAGE, "prompt": PROMPT, "named_at": now}


def _tie(alter: int, interview: int) -> dict[str, object]:
    return {
        "interview_id": interview,
        "alter_id": alter,
        "relation": "advice",
        "topic": "epma",
        "contacts_per_year": 12.0,
        "formality": "informal",
        "direction": "get",
    }


def quality(session: Session, kept: Kept) -> Quality:
    """How well the matches that stand agree with what was planted."""
    meant = who(session, kept.study)
    keys = [f"planted-{kept.study}-{key}" for key in range(len(kept.people))]
    on = {naming: meant[alter] for naming, alter in kept.alters.items() if not naming.meant.off}
    matched = {naming: meant[alter] for naming, alter in kept.alters.items() if meant[alter].on_roster}
    right = [naming for naming, one in matched.items() if not naming.meant.off and one.key == keys[naming.meant.key]]
    found = Counter(naming.kind for naming in right)
    pairs, both, together = _pairs(kept, meant)
    return Quality(
        precision=len(right) / max(len(matched), 1),
        recall=len(right) / max(len(on), 1),
        together_precision=both / max(together, 1),
        together_recall=both / max(pairs, 1),
        found={kind: (found[kind], times) for kind, times in sorted(Counter(one.kind for one in on).items())},
    )


def _pairs(kept: Kept, meant: Mapping[int, Meant]) -> tuple[int, int, int]:
    """Pairs of namings of one person off the roster; those of them found to be one; all pairs found to be one."""
    of_truth, of_key = defaultdict[int, list[Naming]](list), defaultdict[str, list[Naming]](list)
    for naming, alter in kept.alters.items():
        if naming.meant.off:
            of_truth[naming.meant.key].append(naming)
        if not meant[alter].on_roster:
            of_key[meant[alter].key].append(naming)
    pairs = sum(len(some) * (len(some) - 1) // 2 for some in of_truth.values())
    made = [pair for some in of_key.values() for pair in combinations(some, 2)]
    both = sum(one.meant.off and one.meant.key == other.meant.key for one, other in made)
    return pairs, both, len(made)
