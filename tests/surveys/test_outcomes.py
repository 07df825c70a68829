"""What came of each invitation, and what each site has given: non-response is data too."""

from datetime import timedelta
from random import Random

from sqlalchemy.orm import Session

from instruments.route import Step
from surveys.collection import Kind, collected, frame, kinds, outcome_frame
from surveys.interviews import finish
from surveys.invitations import decline, find_invited, revoke
from surveys.page_times import note_opened, note_saved
from surveys.response import outcomes
from surveys.simulation import simulate
from tests.small_study import NOW, SmallStudy, answer, answered_about_ego, begun
from tests.surveys.test_interviews import all_answered

MINUTE = timedelta(minutes=1)


def came(session: Session, small: SmallStudy) -> dict[str, tuple[str, str | None]]:
    session.flush()
    return {one.reference: (one.what, one.page) for one in outcomes(session, small.wave)}


def everything(session: Session, small: SmallStudy) -> None:
    """Ada sent her answers, Ben broke off, one Raj declined, the other is unreachable, Dee looked, Eli did nothing."""
    current = all_answered(session, small)
    note_opened(session, current, Step("consent"), device="phone", now=NOW)
    note_saved(session, current, Step("consent"), now=NOW + 3 * MINUTE)
    finish(session, current, now=NOW + 3 * MINUTE)
    answered_about_ego(session, small, "p2")
    asked = {one: find_invited(session, small.tokens[one]).invitation for one in ("p3", "p4", "p5")}
    decline(asked["p3"], now=NOW)
    asked["p4"].unreachable_at = NOW
    asked["p5"].opened_at = NOW
    session.flush()


def test_each_invitation_has_one_outcome(session: Session, small: SmallStudy) -> None:
    assert set(came(session, small).values()) == {("never opened", None)}
    everything(session, small)
    assert came(session, small) == {
        "p1": ("finished", None),
        "p2": ("broke off", "about_you"),
        "p3": ("declined", None),
        "p4": ("unreachable", None),
        "p5": ("opened", None),
        "p6": ("never opened", None),
    }


def test_they_broke_off_on_the_page_that_was_open_last(session: Session, small: SmallStudy) -> None:
    current = begun(session, small, "p2")
    assert came(session, small)["p2"] == ("broke off", None)
    note_opened(session, current, Step("consent"), device="phone", now=NOW)
    assert came(session, small)["p2"] == ("broke off", "consent")
    current = answer(session, current, "consent", agree_read="yes", agree_voluntary="yes")
    note_saved(session, current, Step("consent"), now=NOW)
    note_opened(session, current, Step("about_you"), device="phone", now=NOW)
    assert came(session, small)["p2"] == ("broke off", "about_you")


def test_who_declined_after_they_had_begun_declined(session: Session, small: SmallStudy) -> None:
    decline(answered_about_ego(session, small, "p2").invited.invitation, now=NOW)
    assert came(session, small)["p2"] == ("declined", "about_you")


def test_a_link_taken_back_is_an_outcome_unless_the_answers_were_sent(session: Session, small: SmallStudy) -> None:
    everything(session, small)
    for reference in ("p1", "p6"):
        revoke(find_invited(session, small.tokens[reference]).invitation, now=NOW)
    assert (came(session, small)["p1"][0], came(session, small)["p6"][0]) == ("finished", "taken back")
    assert collected(session, small.wave).total.invited == 5


def test_simulated_answers_are_no_outcome(session: Session, small: SmallStudy) -> None:
    simulate(session, small.wave, 6, random=Random(1), now=NOW)
    assert set(came(session, small).values()) == {("never opened", None)}
    total = collected(session, small.wave).total
    assert (total.finished, total.people_named, total.ties) == (0, 0, 0)


def test_each_site_has_a_row_and_the_rows_add_up(session: Session, small: SmallStudy) -> None:
    everything(session, small)
    found = collected(session, small.wave)
    first, second, third = found.sites
    assert (first.code, first.name, first.designation, first.region) == ("A", "Site A", "exemplar", "London")
    assert (first.invited, first.finished, first.broke_off, first.people_named, first.ties) == (2, 1, 1, 2, 3)
    assert first.median_minutes == 3.0
    assert (second.declined, second.opened, second.median_minutes) == (1, 1, None)
    assert (third.unreachable, third.never_opened) == (1, 1)
    total = found.total
    assert (total.name, total.invited, total.finished, total.ties, total.median_minutes) == ("All sites", 6, 1, 3, 3.0)


def test_sites_are_counted_by_kind(session: Session, small: SmallStudy) -> None:
    everything(session, small)
    found = kinds(collected(session, small.wave).sites)
    assert found["Designation"] == [Kind("exemplar", 1, 2, 1), Kind("fast follower", 2, 4, 0)]
    assert found["Core system"] == [Kind("Not said", 3, 6, 1)]
    assert list(found) == ["Designation", "Care setting", "Core system", "Region"]


def test_frames_have_a_row_for_each_site_and_each_invitation(session: Session, small: SmallStudy) -> None:
    everything(session, small)
    sites = frame(collected(session, small.wave))
    assert sites.select("code", "invited", "median_minutes").rows() == [("A", 2, 3.0), ("B", 2, None), ("C", 2, None)]
    asked = outcome_frame(outcomes(session, small.wave))
    assert asked.columns == ["reference", "site", "role", "came_by", "outcome", "page", "at"]
    assert asked.row(1) == ("p2", "A", "cio", "roster", "broke off", "about_you", "2026-11-02T09:00:00Z")
