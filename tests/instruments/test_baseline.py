"""Questions asked once, answers brought along from the last wave, and last wave's people."""

from __future__ import annotations

from dataclasses import replace

from instruments.baseline import with_baseline
from instruments.responses import Alter, AnswerKey, Missing, Responses
from instruments.route import Step, people, steps
from instruments.schema import AlterReviewPage
from instruments.summary import summarise
from instruments.ties import bind

from .interviews import check, interview, messages, sample, values

ONCE = sample("asked_once")


def keys(said: Responses) -> list[str]:
    return [step.key for step in steps(ONCE, said)]


def test_a_page_answered_for_good_leaves_the_route() -> None:
    assert "baseline" in keys(interview())
    assert "baseline" not in keys(interview(previous={"trained": "Yes, twice"}))
    assert "baseline" in keys(interview(previous={"trained": Missing.DONT_KNOW})), "a reason is no answer"


def test_an_answer_given_for_good_counts_for_conditions_and_is_not_stored_again() -> None:
    said = interview(previous={"leads": True})
    checked = check(ONCE, Step("you"), said, {"leads": ["no"], "team": ["4"]})
    assert values(checked) == {"team": 4.0}
    assert values(check(ONCE, Step("you"), interview(previous={"leads": False}), {"team": ["4"]})) == {
        "team": Missing.SKIPPED
    }


def test_an_answer_of_this_wave_comes_before_last_waves() -> None:
    said = interview(0, {"leads": False}, previous={"leads": True, "mood": "Fine"})
    assert with_baseline(ONCE, said).answers == {AnswerKey("leads"): False}, "mood is asked again"


def test_check_your_answers_tells_only_what_this_wave_asks() -> None:
    sections = summarise(ONCE, interview(1, {"mood": "Fine", "team": 3.0}, previous={"leads": True}), "en")
    assert [row.question for section in sections if section.step_key == "you" for row in section.rows] == [
        "Mood", "Team",
    ]  # fmt: skip


def test_what_was_asked_once_about_a_person_still_counts_for_the_tie() -> None:
    whole = sample("whole")
    said = interview(1, {("freq", 1): "weekly"}, page="advice_names", previous={("origin", 1): "pairing"})
    (tie,) = bind(whole, said)
    assert (tie.contacts_per_year, tie.mechanism, tie.mechanism_kind) == (48, "pairing", "formal")


REVIEW = sample("review")
LAST_WAVE = tuple(Alter(n, label, carried=True) for n, label in enumerate(("Ann Lee", "Tom Novak", "Raj Khan"), 1))


def review() -> AlterReviewPage:
    page = REVIEW.page("still_in_touch")
    assert isinstance(page, AlterReviewPage)
    return page


def test_the_review_is_left_out_when_nobody_is_carried() -> None:
    assert [s.key for s in steps(REVIEW, interview())] == ["consent", "names", "done"]
    assert [s.key for s in steps(REVIEW, Responses(alters=LAST_WAVE))] == ["consent", "still_in_touch", "names", "done"]


def test_the_review_asks_about_each_of_last_waves_people() -> None:
    said = replace(Responses(alters=(*LAST_WAVE, Alter(4, "New"))), wave=2)
    assert [a.number for a in people(review(), said)] == [1, 2, 3]
    posted = {"still.1": ["same"], "still.2": ["stopped"], "why_stopped.1": ["time"], "why_stopped.2": ["time"]}
    checked = check(REVIEW, Step("still_in_touch"), said, posted)
    assert messages(checked) == {"still.3": "Select an answer to ‘Raj Khan: Still’"}
    assert values(checked) == {
        "still.1": "same", "why_stopped.1": Missing.SKIPPED, "still.2": "stopped", "why_stopped.2": ("time",),
        "why_stopped.3": Missing.SKIPPED,
    }  # fmt: skip
