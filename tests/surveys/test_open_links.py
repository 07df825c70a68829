"""A site's open link takes somebody new each time, up to a number; it opens nobody else's interview."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.interviews import begin
from surveys.invitations import UnknownLink, find_invited
from surveys.open_links import (
    Opened,
    OpenLinkFull,
    OpenLinkRefused,
    close_open_link,
    find_open_link,
    join,
    make_open_link,
    open_token,
    roles_of,
)
from surveys.people import roster, search_roster
from surveys.sampling import sample_of
from surveys.studies import StudySettings, change_study
from surveys.tables import OpenLink, Site
from surveys.waves import WaveClosed, close_wave
from tests.small_study import KEY, NOW, SmallStudy


def permit(session: Session, small: SmallStudy, *, allowed: bool = True) -> None:
    settings = StudySettings("A small study", open_links_allowed=allowed)
    change_study(session, small.study, settings, revision=small.study.revision)


def made(session: Session, small: SmallStudy, most: int = 2) -> Opened:
    permit(session, small)
    site = session.get_one(Site, small.people["p1"].site_id)
    link = make_open_link(session, small.wave, site, most=most, key=KEY, now=NOW)
    return find_open_link(session, open_token(KEY, link))


def use(session: Session, small: SmallStudy, found: Opened, attempt: str) -> str:
    return join(session, found, roles_of(session, small.study)[0], attempt, key=KEY, now=NOW)


def test_a_study_that_does_not_permit_it_has_no_open_links(session: Session, small: SmallStudy) -> None:
    site = session.get_one(Site, small.people["p1"].site_id)
    with pytest.raises(OpenLinkRefused, match="does not permit links"):
        make_open_link(session, small.wave, site, most=2, key=KEY, now=NOW)
    found = made(session, small)
    permit(session, small, allowed=False)
    with pytest.raises(UnknownLink):
        find_open_link(session, open_token(KEY, found.link))


def test_whoever_uses_it_is_somebody_new_with_a_link_of_their_own(session: Session, small: SmallStudy) -> None:
    before = [person.id for person in roster(session, small.study.id)]
    invited = find_invited(session, use(session, small, made(session, small), "one"))
    assert (invited.invitation.came_by, invited.person.site_id) == ("link", small.people["p1"].site_id)
    assert invited.person.reference.startswith("link-")
    assert invited.person.reference not in small.people
    begin(session, invited, language="en", now=NOW)
    assert [person.id for person in roster(session, small.study.id)] == before
    assert search_roster(session, small.study.id, "somebody") == []
    assert invited.person.id not in {person.id for person in sample_of(session, small.wave).people}


def test_an_open_link_is_no_interview_link_and_the_other_way_round(session: Session, small: SmallStudy) -> None:
    found = made(session, small)
    with pytest.raises(UnknownLink):
        find_invited(session, open_token(KEY, found.link))
    with pytest.raises(UnknownLink):
        find_open_link(session, small.tokens["p1"])


def test_pressing_twice_joins_once_and_the_number_is_kept(session: Session, small: SmallStudy) -> None:
    found = made(session, small)
    assert use(session, small, found, "one") == use(session, small, found, "one")
    assert use(session, small, found, "two") != use(session, small, found, "one")
    with pytest.raises(OpenLinkFull, match="As many people as can"):
        use(session, small, found, "three")
    assert (found.link.used, use(session, small, found, "two") != "") == (2, True)


def test_making_it_again_changes_how_many_and_reopens_it(session: Session, small: SmallStudy) -> None:
    found = made(session, small)
    use(session, small, found, "one")
    close_open_link(found.link, now=NOW)
    session.flush()
    token = open_token(KEY, found.link)
    with pytest.raises(UnknownLink):
        find_open_link(session, token)
    for most in (0, 501):
        with pytest.raises(OpenLinkRefused, match="1 to 500"):
            made(session, small, most)
    assert made(session, small, 5).link.id == found.link.id
    assert find_open_link(session, token).link.most == 5
    assert len(session.scalars(select(OpenLink)).all()) == 1


def test_a_wave_that_is_over_takes_nobody(session: Session, small: SmallStudy) -> None:
    found = made(session, small)
    close_wave(small.wave, now=NOW)
    with pytest.raises(WaveClosed):
        use(session, small, found, "one")
    with pytest.raises(WaveClosed):
        made(session, small)
