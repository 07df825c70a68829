"""The questionnaire with every kind of page, answered over two waves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from instruments.check import Checked, check_step
from instruments.route import Step, step_of
from surveys import naming
from surveys.interviews import OpenInterview, begin, finish, resume, save_step
from surveys.invitations import find_invited, invite
from surveys.tables import InstrumentVersion
from surveys.waves import add_wave, open_wave
from tests.small_study import KEY, NOW, SmallStudy, make_small_study, tokens

SAMPLE = (Path(__file__).parents[1] / "instruments" / "samples" / "whole.yaml").read_text(encoding="utf-8")
ROLES = "".join(f"  - {{id: {role}, label: {role.title()}}}\n" for role in ("pharmacist", "cio", "analyst"))
SOURCE = SAMPLE.replace("roles:\n", f"roles:\n{ROLES}", 1)
LATER = NOW + timedelta(days=100)


def whole_study(session: Session) -> SmallStudy:
    """The small study with the questionnaire that has every kind of page."""
    return make_small_study(session, source=SOURCE)


def second_wave(session: Session, small: SmallStudy) -> SmallStudy:
    """The same study with its second wave, open at LATER."""
    version = session.get_one(InstrumentVersion, small.wave.instrument_version_id)
    opens, closes = LATER - timedelta(days=1), LATER + timedelta(days=28)
    wave = add_wave(session, small.study, version, "Wave 2", opens_at=opens, closes_at=closes)
    open_wave(wave)
    invite(session, wave, list(small.people.values()), key=KEY, now=LATER)
    return replace(small, wave=wave, tokens=tokens(session, wave))


def start(session: Session, small: SmallStudy, reference: str = "p1", *, now=NOW) -> OpenInterview:
    """That person's interview, begun now."""
    invited = find_invited(session, small.tokens[reference])
    begin(session, invited, language="en", now=now)
    return resume(session, invited)


def again(session: Session, current: OpenInterview) -> OpenInterview:
    """The interview read from the store."""
    return resume(session, current.invited)


def checked(current: OpenInterview, key: str, fields: Mapping[str, str | list[str]]) -> tuple[Step, Checked]:
    step = step_of(key)
    assert step is not None
    posted = {name: [value] if isinstance(value, str) else value for name, value in fields.items()}
    found = check_step(current.instrument, step, current.responses, posted, known=lambda roster, code: True)
    assert found.errors == ()
    return step, found


def put(
    session: Session,
    current: OpenInterview,
    key: str,
    fields: Mapping[str, str | list[str]],
    *,
    seen: int | None = None,
    now=NOW,
) -> OpenInterview:
    """Save a step with these fields; `seen` is the revision that the page was made from."""
    step, found = checked(current, key, fields)
    return save_step(session, current, step, found, now=now, seen=seen)


def before_names(session: Session, current: OpenInterview, *, now=NOW) -> OpenInterview:
    """As far as the people, or in the second wave as far as their review."""
    current = put(session, current, "consent", {"agree": "yes"}, now=now)
    current = put(session, current, "welcome", {}, now=now)
    role = {"role": "nurse"} if current.responses.wave == 1 else {}
    return put(session, current, "about_you", {"site": "A", "first_year": "2020", **role}, now=now)


def name(session: Session, current: OpenInterview, small: SmallStudy, references: str, *, now=NOW) -> OpenInterview:
    """Pick people of the roster and leave the page."""
    page = current.instrument.page("advice_names")
    for reference in references.split():
        naming.add_from_roster(session, current, page, "any", small.people[reference].key, now=now)
        current = again(session, current)
    return naming.done_naming(session, current, page, now=now)


def rest(session: Session, current: OpenInterview, *, now=NOW) -> OpenInterview:
    """Everything after the names, answered or left blank as far as that is allowed."""
    while True:
        waiting = next((s for s in current.route[:-1] if s.key not in current.responses.done), None)
        if waiting is None:
            return current
        fields: dict[str, str | list[str]] = {}
        if waiting.page == "about_contacts":
            fields = {f"freq.{alter.number}": "weekly" for alter in current.responses.named_on("advice_names")}
            fields |= {f"origin.{alter.number}": "pairing" for alter in current.responses.named_on("advice_names")}
        if waiting.page == "other_sites":
            fields = {"other_sites..B": ["pairing_up", "blueprint"]}
        if waiting.key == "who_knows_whom/1":
            fields = {"who_knows_whom.1-2": "yes"}
        current = put(session, current, waiting.key, fields, now=now)


def first_wave_sent(session: Session, small: SmallStudy, references: str = "p3 p4 p5") -> OpenInterview:
    """The first wave of p1, who names these people of the roster, sent."""
    current = name(session, before_names(session, start(session, small)), small, references)
    current = rest(session, current)
    finish(session, current, now=NOW)
    return again(session, current)
