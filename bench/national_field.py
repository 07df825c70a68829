"""What everybody else does in the national study: people answer, decline or stop, and mail comes back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.national_files import NationalStudy
from bench.national_links import Mailed, opens
from bench.national_service import Service
from surveys.demonstration.answering import Sitting, hold
from surveys.demonstration.calendar import Dates, Watch, opening_moment
from surveys.demonstration.telling import Telling
from surveys.demonstration.turnout import DECLINES, FINISHES, LOOKS, STOPS
from surveys.invitations import find_invited
from surveys.sites import site_names
from surveys.store import Store, open_store
from surveys.studies import instrument_of
from surveys.tables import Person
from tests.exchange.mail import returned_mails
from tests.exchange.mail.post_office import Arrived
from tests.walks.national_browser import Page, answer_in

LINK = re.compile(r"https?://\S+/interview/([\w-]{10,})\s")
RETURNS = (returned_mails.report("failed", "5.1.1"), returned_mails.QMAIL, returned_mails.OUT_OF_OFFICE)
"""A delivery report (RFC 3464), a server's own words, and an automatic reply, which changes nothing."""
WRITTEN_ON = b"Mon, 02 Nov 2026 10:00:00 +0000"


@dataclass(frozen=True)
class Visit:
    """One person's visit in one wave."""

    person: int
    act: str
    moment: datetime
    random: Random


@dataclass
class Field:
    """Everyone who was invited, with the links that arrived."""

    study: NationalStudy
    service: Service
    page: Page
    read: int = 0
    silenced: set[str] = field(default_factory=set)

    def arrived(self) -> list[Arrived]:
        """The mails that came since this was last asked."""
        new = self.service.office.arrived[self.read :]
        self.read += len(new)
        return new

    def visits(self, wave: int, dates: Dates) -> list[Visit]:
        """Who comes in a wave, in order of time; those who left come no more."""
        found = []
        there = self.study.rosters[wave - 1]
        for place, act in self.study.acts[wave - 1].items():
            if self.study.people[place].reference in there:
                random = Random(f"{self.study.shape.seed}/{wave}/{place}")
                found.append(Visit(place, act, opening_moment(dates, dates.closes_at, random), random))
        return sorted(found, key=lambda visit: (visit.moment, visit.person))

    def email(self, person: int) -> str:
        """Where somebody's mail goes."""
        return self.study.people[person].email

    def come_back(self, mails: Sequence[Arrived], each: int) -> Counter[str]:
        """So many mails of each form come back for people who never answer, and as many people write "unsubscribe"."""
        silent = {self.email(place) for place in range(len(self.study.people))}
        silent -= {self.email(place) for acts in self.study.acts for place in acts}
        ours = sorted((one for one in mails if one.recipient in silent), key=lambda one: one.recipient)
        forms = (*RETURNS, returned_mails.OPT_OUT)
        folder = self.service.folder / "returned"
        folder.mkdir(exist_ok=True)
        for at, mail in enumerate(ours[: each * len(forms)]):
            if forms[at % len(forms)] != returned_mails.OUT_OF_OFFICE:
                self.silenced.add(mail.recipient)
            text = _about(forms[at % len(forms)], mail, self.service.clock())
            (folder / f"{at:04}.eml").write_bytes(text)
        said = self.service.command("mail", "bounces", folder)
        for file in folder.iterdir():
            file.unlink()
        return Counter({what: int(count) for count, what in re.findall(r"(\d+) ([a-z-]+)", said.split(":", 1)[-1])})

    def look(self, tokens: Sequence[str]) -> int:
        """How many of these links open their interview's first page."""
        return sum(opens(f"{self.service.url}/interview/{token}") for token in tokens)

    def answer(self, wave: int, dates: Dates, visits: Sequence[Visit], links: Mapping[str, str], by: Spread) -> int:
        """Let them come: a few in the browser, some by the links over the network, and the others in this process."""
        store = open_store(self.service.database_url)
        plain = [v for v in visits if v.act == FINISHES and self._told(store, wave, v).all_picked]
        in_browser = plain[: by.browser]
        over_links = [v for v in visits if v.act in (FINISHES, DECLINES) and v not in in_browser][: by.links]
        for visit in in_browser:
            answer_in(self.page, self._mailed(store, wave, visit, links))
        for visit in over_links:
            mailed = self._mailed(store, wave, visit, links)
            if visit.act == DECLINES:
                mailed.decline()
            else:
                mailed.answer()
        others = [v for v in visits if v not in in_browser and v not in over_links]
        for batch in _batches(others, 100):
            with store.writing() as session:
                for visit in batch:
                    self._sit(session, wave, dates, visit, links)
        store.engine.dispose()
        return len(in_browser) + len(over_links)

    def _mailed(self, store: Store, wave: int, visit: Visit, links: Mapping[str, str]) -> Mailed:
        told = self._told(store, wave, visit)
        with store.reader() as session:
            invited = find_invited(session, links[self.email(visit.person)])
            instrument = instrument_of(session, invited.wave.instrument_version_id)
        url = f"{self.service.url}/interview/{links[self.email(visit.person)]}"
        return Mailed(url, instrument, told.telling, Random(visit.random.random()), told.names)

    def _sit(self, session: Session, wave: int, dates: Dates, visit: Visit, links: Mapping[str, str]) -> None:
        invited = find_invited(session, links[self.email(visit.person)])
        if visit.act == DECLINES:
            invited.invitation.declined_at = visit.moment
            return
        told = self._telling(session, wave, visit)
        codes = set(site_names(session, invited.study.id))
        most = {LOOKS: 0, STOPS: visit.random.randint(1, 8)}.get(visit.act)
        watch = Watch(visit.moment, dates.closes_at, visit.random)
        hold(session, Sitting(invited, told.telling, watch, most, lambda _, code: code in codes, visit.random))

    def _told(self, store: Store, wave: int, visit: Visit) -> Told:
        with store.reader() as session:
            return self._telling(session, wave, replace(visit, random=Random(f"{wave}:{visit.person}")))

    def _telling(self, session: Session, wave: int, visit: Visit) -> Told:
        """What they tell, with the keys that this store gives to people; those who left are not picked any more."""
        telling = self.study.minds.telling(visit.person, self.study.bonds[wave - 1], visit.random)
        references = {one.key: one.reference for one in self.study.people}
        wanted = [references[one.key] for one in telling.contacts if one.key]
        rows = session.execute(
            select(Person.reference, Person.key, Person.name).where(
                Person.reference.in_(wanted), Person.left_at.is_(None)
            )
        ).all()
        keys = {row.reference: row.key for row in rows}
        kept = [
            replace(one, key=keys[references[one.key]]) if one.key else one
            for one in telling.contacts
            if not one.key or references[one.key] in keys
        ]
        return Told(Telling(telling.about_ego, kept), {row.key: row.name for row in rows})


@dataclass(frozen=True)
class Spread:
    """How many of a wave's visits are made in the browser, and how many by links over the network."""

    browser: int
    links: int


@dataclass(frozen=True)
class Told:
    """What somebody tells, and the names of those whom they pick from the roster."""

    telling: Telling
    names: Mapping[str, str]

    @property
    def all_picked(self) -> bool:
        """Whether they name somebody, everyone from the roster, and each by another name."""
        picked = [one.key for one in self.telling.contacts]
        return bool(picked) and None not in picked and len(set(self.names.values())) == len(picked)


def links_in(mails: Sequence[Arrived]) -> dict[str, str]:
    """The token of the link in each mail, by address."""
    found = {one.recipient: LINK.search(one.plain) for one in mails}
    return {address: match[1] for address, match in found.items() if match is not None}


def _about(form: bytes, mail: Arrived, now: datetime) -> bytes:
    """A mail of that form that came back for one of ours."""
    text = form.replace(returned_mails.KEY.encode(), str(mail.mail["X-Confer"]).encode())
    text = text.replace(b"zoe@example.org", mail.recipient.encode())
    return text.replace(WRITTEN_ON, format_datetime(now).encode())


def _batches(visits: Sequence[Visit], size: int) -> Iterator[Sequence[Visit]]:
    for start in range(0, len(visits), size):
        yield visits[start : start + size]
