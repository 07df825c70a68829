"""Settings that can never take effect are refused, and what nothing uses is warned of."""

from __future__ import annotations

import pytest

from instruments.load import examine

from .interviews import SAMPLES

BASE = (SAMPLES / "every_kind.yaml").read_text(encoding="utf-8")
PAGE = "  - {{id: extra, type: form, items: [{}]}}\n"
TIES = "  - {{id: pairs, type: alter_ties, relation: advice, alters: {{from: names}}, {}}}\n"


def problems(pages: str = "", head: str = "") -> list[str]:
    text = BASE.replace("  - {id: done", f"{pages}  - {{id: done").replace("relations:", f"{head}relations:")
    return [str(problem) for problem in examine(text, "x.yaml").problems]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        (PAGE.format("{id: z, type: number, minimum: 3, maximum: 1}"), "No number is at least 3"),
        (PAGE.format("{id: z, type: number, minimum: 1.2, maximum: 1.8}"), "No number is at least 1.2"),
        (PAGE.format("{id: z, type: date, earliest: '2026-11'}"), "'2026-11' is no date"),
        (PAGE.format("{id: z, type: month, earliest: '2026-11', latest: '2026-10'}"), "'earliest' is after 'latest'"),
        (PAGE.format("{id: z, type: rank, options: [a, b], top: 3}"), "There are 2 options to put in order"),
        (PAGE.format("{id: z, type: info, text: Hello, required: true}"), "Nobody answers 'z', so 'required'"),
        (PAGE.format("{id: z, type: text, error: Hm}"), "'z' may be left blank, so 'error' is never said"),
        (PAGE.format("{id: z, type: single, options: [a], other: true, randomise: true}"), "no two options to swap"),
        (
            PAGE.format("{id: z, type: single, options: [{value: a, label: A, fixed: true}, b]}"),
            "'fixed' is for a random",
        ),
        (PAGE.format("{id: z, type: boolean, synthetic: {weights: {maybe: 1}}}"), "'maybe' is none of its answers"),
        (PAGE.format("{id: z, type: boolean, synthetic: {weights: {yes: 0}}}"), "Every weight is nought"),
        (PAGE.format("{id: z, type: boolean, synthetic: {mean: 3}}"), "'mean' and 'sd' are for numbers"),
        (PAGE.format("{id: z, type: text, required: true, synthetic: {blank: 0.5}}"), "so it is never blank"),
        (
            "  - {id: extra, type: form, waves: [1], items: [{id: z, type: text, prefill: previous_wave}]}\n",
            "'extra' is asked in the first wave only",
        ),
        (
            "  - {id: extra, type: alter_form, alters: names, items: [{id: z, type: text, prefill: person}]}\n",
            "The roster fills in answers about the respondent only",
        ),
        (TIES.format("mode: pairs, unrelated_option: true"), "'unrelated_option' is for the mode one_to_many"),
        (TIES.format("mode: pairs, options: [a, b]"), "A scale is for the mode strength"),
        (TIES.format("mode: strength"), "The mode strength has no scale"),
        (
            "  - {id: p, type: alter_ties, relation: advice, alters: {from: names, sample: 8}}\n",
            "a sample of 8 leaves nobody out",
        ),
        (
            "  - {id: p, type: narrative, alters: names, color_by: age}\n",
            "'age' is no earlier question about people",
        ),
        (
            "  - {id: p, type: form, items: [{id: z, type: boolean}], rules: [{when: z, message: No, item: age}]}\n",
            "'age' is no question of this page",
        ),
    ],
)
def test_a_setting_without_effect_is_refused_with_a_remedy(pages: str, said: str) -> None:
    found = problems(pages)
    assert len(found) == 1, found
    assert said in found[0]
    assert "warning" not in found[0]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("topics: [{id: t, label: T}]\n", "No page asks by topic"),
        ("roles: [{id: r, label: R}]\n", "No question offers the roles"),
        ("mechanisms: [{id: m, label: M, kind: formal}]\n", "No question offers the mechanisms"),
        ("scales: {far: {options: [x, y]}}\n", "No question uses 'far'"),
    ],
)
def test_what_nothing_uses_is_warned_of(head: str, said: str) -> None:
    found = problems(head=head)
    assert len(found) == 1, found
    assert "warning: " in found[0] and said in found[0]


def test_settings_that_do_something_are_taken() -> None:
    pages = PAGE.format(
        "{id: y, type: number, minimum: 1, maximum: 1}, {id: z, type: single, options: [a, b], required: true, "
        "error: Hm, randomise: true, synthetic: {weights: {a: 2}}}"
    )
    assert problems(pages) == []
