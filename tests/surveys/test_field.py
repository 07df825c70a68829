"""Studies, rosters, waves and links: the rules before anybody answers."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from instruments.diff import LowerVersion, UnderstatedVersion
from instruments.lint_references import COLUMNS
from instruments.load import loads
from instruments.problems import InstrumentError
from surveys.invitations import UnknownLink, find_invited, invite, link_token, revoke
from surveys.people import SEARCHED, RosterEntry, find_person, search_roster
from surveys.sites import SEARCHED as SITES_SEARCHED
from surveys.sites import site_words
from surveys.studies import (
    StudyRefused,
    UnknownStudy,
    VersionTaken,
    create_study,
    find_study,
    parsed,
    publish_instrument,
)
from surveys.tables import Invitation, Site
from surveys.waves import WaveClosed, close_wave, open_wave, refuse_unless_open
from tests.small_study import KEY, NOW, SOURCE, SmallStudy, make_small_study


def test_a_link_is_found_by_its_token_alone_and_the_store_keeps_a_hash(session: Session, small: SmallStudy) -> None:
    token = small.tokens["p3"]
    assert find_invited(session, token).person.reference == "p3"
    kept = session.scalars(select(Invitation.token_hash)).all()
    assert hashlib.sha256(token.encode()).hexdigest() in kept
    assert len(token) >= 22


def test_unknown_and_revoked_links_are_refused_alike(session: Session, small: SmallStudy) -> None:
    revoke(find_invited(session, small.tokens["p2"]).invitation, now=NOW)
    session.flush()
    messages = set()
    for token in (small.tokens["p2"], "nonsense", ""):
        with pytest.raises(UnknownLink) as refused:
            find_invited(session, token)
        messages.add(str(refused.value))
    assert len(messages) == 1


def test_another_key_makes_other_links(small: SmallStudy, session: Session) -> None:
    nonce = session.scalars(select(Invitation.nonce)).first()
    assert nonce is not None
    assert link_token(KEY, nonce) != link_token(KEY + b"!", nonce)


def test_inviting_again_invites_nobody_twice(session: Session, small: SmallStudy) -> None:
    assert invite(session, small.wave, list(small.people.values()), key=KEY, now=NOW) == 0


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("khan", ["p3", "p4"]),
        ("khan pharm", ["p3"]),
        ("Site C khan", ["p4"]),
        ("novak", ["p6"]),
        ("NOVÁK", ["p6"]),
        ("kh", []),
        ("%%%", []),
        ("r a k h", []),
        ("ra kha", ["p3", "p4"]),
        ("hann", []),
        ("kahn pharm", ["p3"]),
        ("kahn phamr", ["p3"]),
        ("okafro", ["p5"]),
        ("kahx", []),
        ("zzzz khan", []),
        ("khan nurse", []),
    ],
)
def test_the_roster_is_searched_by_the_beginnings_of_name_job_and_site(
    session: Session, small: SmallStudy, query: str, found: list[str]
) -> None:
    keys = {person.key: reference for reference, person in small.people.items()}
    assert sorted(keys[entry.key] for entry in search_roster(session, small.study.id, query)) == found


@pytest.mark.parametrize(
    ("columns", "found"), [((), ["p3"]), (SEARCHED, ["p3"]), (["name"], []), (["name", "job_title"], ["p3"])]
)
def test_a_roster_may_say_which_columns_are_searched(
    session: Session, small: SmallStudy, columns: tuple[str, ...], found: list[str]
) -> None:
    """ "pharm" stands in the job of one Khan."""
    keys = {person.key: reference for reference, person in small.people.items()}
    entries = search_roster(session, small.study.id, "khan pharm", columns=columns)
    assert [keys[entry.key] for entry in entries] == found
    assert set(SEARCHED) == set(COLUMNS["people", "search"]) == set(COLUMNS["people", "show"])


def test_a_roster_of_sites_is_searched_by_what_it_names_and_by_everything_otherwise(
    session: Session, small: SmallStudy
) -> None:
    row = session.scalars(select(Site).where(Site.code == "B")).one()
    row.town, row.ods_code = "Aberdaron", "RX9"
    session.flush()
    for columns, words in ((), "site b b rx9 aberdaron sb"), (["name"], "site b"), (["aliases"], "b aberdaron sb"):
        assert sorted(site_words(session, small.study.id, columns)["B"].split()) == sorted(words.split())
    assert set(SITES_SEARCHED) == set(COLUMNS["sites", "search"])


def test_what_stands_beside_a_name_is_what_the_roster_shows() -> None:
    entry = RosterEntry("k", "Raj Khan", "Pharmacist", "Site A", "A", "pharmacist")
    shown = [entry.described(columns) for columns in ((), ("name", "site"), ("name",))]
    assert shown == ["Pharmacist, Site A", "Site A", ""]


def test_those_left_out_and_those_gone_are_not_found(session: Session, small: SmallStudy) -> None:
    small.people["p4"].left_at = NOW
    session.flush()
    assert search_roster(session, small.study.id, "khan", leave_out=[small.people["p3"].key]) == []


def test_a_person_of_another_study_is_nobody_here(session: Session, small: SmallStudy) -> None:
    assert find_person(session, small.study.id + 1, small.people["p3"].key) is None
    assert search_roster(session, small.study.id + 1, "khan") == []


def test_publishing_the_same_content_again_changes_nothing(session: Session, small: SmallStudy) -> None:
    again = publish_instrument(session, small.study, "# a comment\n" + SOURCE, now=NOW)
    assert again.id == small.wave.instrument_version_id


def test_other_content_under_a_used_number_is_refused(session: Session, small: SmallStudy) -> None:
    with pytest.raises(VersionTaken, match=r"Raise the version number to 1\.0\.1 or higher"):
        publish_instrument(session, small.study, SOURCE.replace("Most days", "Every day"), now=NOW)
    with pytest.raises(VersionTaken, match=r"Raise the version number\.$"):
        publish_instrument(session, small.study, SOURCE.replace("target_minutes: 6", "target_minutes: 7"), now=NOW)


def test_a_malformed_instrument_is_not_published(session: Session, small: SmallStudy) -> None:
    with pytest.raises(InstrumentError):
        publish_instrument(session, small.study, "pages: [", now=NOW)


def test_a_version_that_says_too_little_beside_the_last_one_is_refused(session: Session, small: SmallStudy) -> None:
    def published(change: str, version: str) -> str:
        source = SOURCE.replace("max: 8", change).replace("version: 1.0.0", f"version: {version}")
        return publish_instrument(session, small.study, source, now=NOW).version

    with pytest.raises(UnderstatedVersion, match=r"Use version 1.1.0 or higher"):
        published("max: 7", "1.0.1")
    assert published("max: 7", "1.1.0") == "1.1.0"
    assert published("max: 8", "1.0.0") == "1.0.0", "what was published before is there"
    with pytest.raises(LowerVersion, match=r"Version 1.0.5 is lower than 1.1.0.* Use version 1.2.0 or higher"):
        published("max: 6", "1.0.5")


def test_each_study_has_versions_of_its_own(session: Session, small: SmallStudy) -> None:
    other = create_study(session, "other", "Another study", now=NOW)
    older = SOURCE.replace("version: 1.0.0", "version: 0.1.0")
    assert publish_instrument(session, other, older, now=NOW).version == "0.1.0"


def test_a_published_source_is_read_although_lint_would_refuse_it_today() -> None:
    refused = SOURCE.replace("relation: advice", "relation: unheard_of", 1)
    with pytest.raises(InstrumentError):
        loads(refused, "refused.yaml")
    assert parsed(refused).id == "gde-knowledge-sharing"
    with pytest.raises(InstrumentError, match="type"):
        parsed(SOURCE.replace("type: consent", "type: consnt", 1))


def test_waves_take_answers_only_between_their_dates(small: SmallStudy) -> None:
    refuse_unless_open(small.wave, now=NOW)
    with pytest.raises(WaveClosed, match="not opened yet"):
        refuse_unless_open(small.wave, now=NOW - timedelta(days=2))
    with pytest.raises(WaveClosed, match="closed on 30 November 2026"):
        refuse_unless_open(small.wave, now=NOW + timedelta(days=28))
    close_wave(small.wave, now=NOW)
    with pytest.raises(WaveClosed):
        refuse_unless_open(small.wave, now=NOW)
    with pytest.raises(WaveClosed, match="Add a new wave"):
        open_wave(small.wave)


def test_nobody_is_invited_to_a_wave_that_is_over(session: Session, small: SmallStudy) -> None:
    close_wave(small.wave, now=NOW)
    with pytest.raises(WaveClosed, match="Invite people to an open wave"):
        invite(session, small.wave, [], key=KEY, now=NOW)


@pytest.mark.parametrize(
    ("code", "name", "message"),
    [("two words", "Name", "letters, digits"), ("x", "", "1 to 200"), ("small", "Again", "is a study “small” already")],
)
def test_a_study_that_cannot_be_is_refused(
    session: Session, small: SmallStudy, code: str, name: str, message: str
) -> None:
    with pytest.raises(StudyRefused, match=message):
        create_study(session, code, name, now=NOW)


def test_a_study_is_found_by_code_or_the_newest_is_taken(session: Session) -> None:
    with pytest.raises(UnknownStudy, match="no study yet"):
        find_study(session)
    made = make_small_study(session)
    assert find_study(session).id == made.study.id
    with pytest.raises(UnknownStudy, match="Those there are: small"):
        find_study(session, "other")
