"""Simulated respondents: every sample to its end, the same again for one chance, and as `synthetic:` says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from instruments.check import check_step
from instruments.load import load, loads
from instruments.responses import Alter, AnswerKey, Nomination, Responses
from instruments.route import Step, first_open, steps
from instruments.schema import Instrument, NameGeneratorPage
from instruments.synthetic import NothingFits, invent, namings

from .interviews import SAMPLES, interview

ROSTERS = {"staff": ("k1", "k2", "k3", "k4"), "sites": ("A", "B", "C")}
BASE = (SAMPLES / "smallest.yaml").read_text(encoding="utf-8")


def known(roster: str, code: str) -> bool:
    return code in ROSTERS.get(roster, ())


def walk(instrument: Instrument, random: Random, wave: int = 1) -> tuple[Responses, list[object]]:
    """An interview answered to its end, and everything that was posted."""
    said, posts = Responses(wave=wave, seed=3), []
    for _ in range(200):
        step = first_open(steps(instrument, said), said)
        page = instrument.page(step.page)
        if page.type == "finish":
            return said, posts
        if isinstance(page, NameGeneratorPage) and not said.named_on(page.id):
            said = named(said, page, random)
        posted = invent(instrument, step, said, random, ROSTERS)
        checked = check_step(instrument, step, said, posted, known=known)
        assert (checked.errors, checked.questions) == ((), ()), step
        no_one = said.no_one | ({page.id} if checked.no_one else set())
        answers = {**said.answers, **checked.values}
        said = replace(said, answers=answers, no_one=no_one, done=said.done | {step.key})
        posts.append((step.key, posted))
    raise AssertionError("the interview does not end")


def named(said: Responses, page: NameGeneratorPage, random: Random) -> Responses:
    first = len(said.alters) + 1
    found = namings(page, random, ROSTERS, ("nurse",))
    alters = tuple(Alter(n, naming.text, site=naming.site) for n, naming in enumerate(found, first))
    nominations = tuple(Nomination(page.id, naming.prompt, n) for n, naming in enumerate(found, first))
    return replace(said, alters=said.alters + alters, nominations=said.nominations + nominations)


def form(item: str) -> Instrument:
    return loads(BASE.replace("  - {id: done", f"  - {{id: f, type: form, items: [{item}]}}\n  - {{id: done"), "s")


def drawn(item: str, times: int = 400) -> Counter[str]:
    """What was posted for one question, and how often; "" when it was left blank."""
    instrument, random = form(item), Random(1)
    posts = [invent(instrument, Step("f"), interview(1), random, ROSTERS) for _ in range(times)]
    return Counter(",".join(post.get("z", ())) for post in posts)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(3))
def test_every_sample_is_answered_to_its_end(path: Path, seed: int) -> None:
    instrument = load(path)
    said, _ = walk(instrument, Random(seed), wave=2)
    assert {step.key for step in steps(instrument, said)[:-1]} <= said.done


def test_the_same_chance_gives_the_same_interview() -> None:
    instrument = load(SAMPLES / "every_kind.yaml")
    assert walk(instrument, Random(5)) == walk(instrument, Random(5))
    assert walk(instrument, Random(5)) != walk(instrument, Random(6))


def test_options_are_drawn_by_their_weights() -> None:
    found = drawn("{id: z, type: single, options: [a, b, c], synthetic: {weights: {a: 3, b: 1}}}")
    assert set(found) == {"a", "b"}
    assert 250 < found["a"] < 350


def test_without_weights_every_option_is_as_likely() -> None:
    found = drawn("{id: z, type: single, options: [a, b]}")
    assert 160 < found["a"] < 240


def test_a_share_is_left_blank_unless_the_question_must_be_answered() -> None:
    assert 60 < drawn("{id: z, type: boolean, synthetic: {blank: 0.25}}")[""] < 140
    assert drawn("{id: z, type: boolean, required: true}")[""] == 0


def test_a_reason_for_no_answer_is_drawn_by_its_weight() -> None:
    found = drawn("{id: z, type: boolean, allow: [dont_know], synthetic: {weights: {yes: 1, dont_know: 1}}}")
    assert set(found) == {"yes", "dont_know"}
    assert 160 < found["dont_know"] < 240


def test_numbers_have_the_mean_and_stay_within_bounds() -> None:
    found = drawn("{id: z, type: number, minimum: 0, maximum: 12, synthetic: {mean: 10, sd: 2}}")
    numbers = [float(text) for text in found.elements()]
    assert 9 < sum(numbers) / len(numbers) < 11
    assert min(numbers) >= 0 and max(numbers) <= 12


def test_texts_come_from_the_list() -> None:
    assert set(drawn("{id: z, type: text, synthetic: {texts: [Hello, Bye]}}")) == {"Hello", "Bye"}


def test_how_many_people_are_named_is_drawn_by_weight_and_nobody_twice() -> None:
    text = BASE.replace("none_option: No one", "none_option: No one, synthetic: {weights: {'2': 1}}")
    page = loads(text, "s").page("names")
    assert isinstance(page, NameGeneratorPage)
    for seed in range(50):
        found = namings(page, Random(seed), ROSTERS)
        assert len({one.text for one in found}) == len(found) <= 2
    assert any(len(namings(page, Random(seed), ROSTERS)) == 2 for seed in range(5))


def test_no_one_is_posted_when_nobody_was_named() -> None:
    assert invent(loads(BASE, "s"), Step("names"), interview(0), Random(1), ROSTERS) == {"no_one": ["yes"]}
    assert invent(loads(BASE, "s"), Step("names"), interview(2), Random(1), ROSTERS) == {}


def test_a_rule_that_leaves_too_little_is_told() -> None:
    text = BASE.replace(
        "  - {id: done",
        "  - {id: f, type: form, items: [{id: z, type: number, maximum: 1000000}, {id: y, type: number}], "
        "rules: [{when: z == y + 777777.0, message: Not so}]}\n  - {id: done",
    )
    with pytest.raises(NothingFits, match="Not so"):
        invent(loads(text, "s"), Step("f"), interview(1), Random(1), ROSTERS)


def test_a_later_question_is_answered_only_where_its_condition_holds() -> None:
    instrument = form("{id: z, type: boolean, required: true}, {id: y, type: text, when: z, required: true}")
    for seed in range(20):
        posted = invent(instrument, Step("f"), interview(1, {AnswerKey("z").item: True}), Random(seed), ROSTERS)
        assert ("y" in posted) is (posted["z"] == ["yes"])
