"""What a simulated respondent posts: drawn from `synthetic:` beside a question, or evenly where it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

from instruments.asked import Put, expanded, questions_on, row_of
from instruments.baseline import asks
from instruments.check import check_step
from instruments.checked import TICKED, Posted
from instruments.counted import as_judged
from instruments.fields import confirm_field, field_name
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import Step
from instruments.schema import (
    AnyItem,
    AnyPage,
    ConsentPage,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    OrgTiesPage,
    QuestionPage,
    Silent,
    Synthetic,
)
from instruments.synthetic_draws import DRAWS, Rosters, weighed

NOTHING = Synthetic()
FIRST_NAMES = (
    "Ann",
    "Ben",
    "Cal",
    "Dee",
    "Eli",
    "Fay",
    "Gil",
    "Hal",
    "Ivy",
    "Jem",
    "Kit",
    "Lea",
    "Mo",
    "Nia",
    "Oz",
    "Pia",
)
LAST_NAMES = (
    "Ash",
    "Birch",
    "Cole",
    "Dale",
    "Elm",
    "Frost",
    "Glen",
    "Hill",
    "Ives",
    "Kerr",
    "Lake",
    "Moor",
    "Park",
    "Reed",
)
TRIES = 25
USUAL_MOST = 5
FEW_SITES = 3


class NothingFits(Exception):
    """No invented answers pass the page's checks; its rules leave too little."""


@dataclass(frozen=True)
class Naming:
    """Somebody to be named: `text` is a roster's code, a typed name, or for a position the role; `site` its site."""

    prompt: str
    mode: Literal["roster", "recall", "position"]
    text: str
    site: str | None = None


@dataclass
class _Drawn:
    """The fields so far, and the answers that later conditions of the page see."""

    fields: dict[str, list[str]]
    responses: Responses

    def keep(self, key: AnswerKey, value: Value | None, fields: Mapping[str, list[str]]) -> None:
        self.fields.update(fields)
        if value is not None:
            self.responses = replace(self.responses, answers={**self.responses.answers, key: value})


def invent(instrument: Instrument, step: Step, responses: Responses, random: Random, rosters: Rosters) -> Posted:
    """The fields of one step as a browser would post them; the same `random` gives the same fields.

    People are named before: see `namings`. Raises NothingFits when 25 tries fail the page's own checks.
    """
    faults: list[str] = []
    judged = as_judged(instrument, responses)
    for _ in range(TRIES):
        posted = _draw(instrument, step, judged, random, rosters)
        checked = check_step(
            instrument, step, responses, posted, known=lambda name, code: code in rosters.get(name, ())
        )
        if not checked.errors:
            confirmed = {confirm_field(question.field): [TICKED] for question in checked.questions}
            return {**posted, **confirmed}
        faults = [f"{error.field}: {error.message}" for error in checked.errors]
    raise NothingFits(f"No invented answers pass '{step.page}': {'; '.join(faults)}")


def namings(page: NameGeneratorPage, random: Random, rosters: Rosters, roles: Sequence[str] = ()) -> tuple[Naming, ...]:
    """Who is named on a page of names: as many as `synthetic: {weights: {"3": 2, …}}` says, else up to five.

    Nobody is named twice. People beyond the end of a roster are typed, where the page allows it.
    """
    weights = (page.synthetic or NOTHING).weights
    numbers = {str(n): 1.0 for n in range(min(page.max, USUAL_MOST) + 1)}
    found: dict[tuple[str, str | None], Naming] = {}
    for _ in range(int(weighed(weights or numbers, random))):
        naming = _naming(page, random, rosters, roles)
        if naming is not None:
            found.setdefault((naming.text, naming.site), naming)
    return tuple(found.values())


def _naming(page: NameGeneratorPage, random: Random, rosters: Rosters, roles: Sequence[str]) -> Naming | None:
    prompt, mode = random.choice(page.prompts).id, random.choice(page.modes)
    people, sites = rosters.get(page.roster or "", ()), rosters.get(page.sites or "", ())
    if mode == "roster" and people:
        return Naming(prompt, "roster", random.choice(people))
    if mode == "position" and sites:
        return Naming(prompt, "position", random.choice(roles or ("lead",)), random.choice(sites))
    if "recall" in page.modes:
        return Naming(prompt, "recall", f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}")
    return None


def _draw(
    instrument: Instrument, step: Step, responses: Responses, random: Random, rosters: Rosters
) -> dict[str, list[str]]:
    page = instrument.page(step.page)
    if isinstance(page, ConsentPage):
        return {statement.id: [TICKED] for statement in page.statements}
    if isinstance(page, NameGeneratorPage):
        return {} if responses.named_on(page.id) else {"no_one": [TICKED]}
    puts = _puts(instrument, step, responses, random, rosters)
    replaced = {put.key for put in puts}
    elsewhere = {key: value for key, value in responses.answers.items() if key not in replaced}
    drawn = _Drawn({}, replace(responses, answers=elsewhere))
    for put in puts:
        if not isinstance(put.item, Silent) and asks(put.item, drawn.responses, put.key.alter):
            _answer(put, _wishes(page, put.item), drawn, random, rosters)
    return drawn.fields


def _puts(
    instrument: Instrument, step: Step, responses: Responses, random: Random, rosters: Rosters
) -> tuple[Put, ...]:
    """Every question of the step, likert ones statement by statement; for a page on sites those of a few sites."""
    page = instrument.page(step.page)
    if isinstance(page, OrgTiesPage):
        codes = sorted(rosters.get(page.roster, ()))
        few = random.sample(codes, min(page.max, FEW_SITES, len(codes)))
        return tuple(row_of(page, code, code) for code in few)
    language = instrument.languages[0]
    puts = questions_on(instrument, step, responses, language)
    return tuple(_with_synthetic(one, put) for put in puts for one in expanded(put, language))


def _with_synthetic(one: Put, of: Put) -> Put:
    """A statement of a likert question answers as the whole question does."""
    if isinstance(of.item, LikertItem) and of.item.synthetic is not None:
        return one._replace(item=one.item.model_copy(update={"synthetic": of.item.synthetic}))
    return one


def _wishes(page: AnyPage, item: AnyItem) -> Synthetic:
    of_page = page.synthetic if isinstance(page, QuestionPage) else None
    return item.synthetic or of_page or NOTHING


def _answer(put: Put, wishes: Synthetic, drawn: _Drawn, random: Random, rosters: Rosters) -> None:
    """One answer, or none: a question that must be answered is never left blank."""
    item, name = put.item, field_name(put.key)
    blank = random.random() < wishes.blank
    if blank and not item.required:
        return
    reasons = {str(word): wishes.weights[word] for word in item.allow if word in wishes.weights}
    weights = {word: weight for word, weight in wishes.weights.items() if word not in reasons}
    reason = weighed({"": sum(weights.values()) or float(not any(reasons.values())), **reasons}, random)
    if reason:
        drawn.keep(put.key, None, {name: [reason]})
        return
    for value, fields in DRAWS[item.type](item, name, wishes.model_copy(update={"weights": weights}), random, rosters):
        drawn.keep(put.key, value, fields)
