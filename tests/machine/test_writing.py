"""Random questionnaires reach all of the language, and each of them may be published."""

from __future__ import annotations

import json
from typing import get_args

from instruments.schema import AnyItem, AnyPage
from tests.machine.writing import numbered, valid

MANY = [json.loads(numbered(number)) for number in range(40)]


def test_each_may_be_published_and_is_the_same_every_time():
    assert all(valid(json.dumps(one)) for one in MANY)
    assert numbered(7) == numbered(7) != numbered(8)


def test_every_type_of_page_and_of_question_is_written():
    pages = [page for one in MANY for page in one["pages"]]
    items = [item for page in pages for key in ("items", "ask", "then") for item in page.get(key, ())]
    assert {page["type"] for page in pages} == types_of(AnyPage)
    assert {item["type"] for item in items} == types_of(AnyItem)


def test_conditions_waves_languages_and_chance_are_written():
    pages = [page for one in MANY for page in one["pages"]]
    assert any("when" in page for page in pages)
    assert any("waves" in page for page in pages)
    assert any("randomise" in page for page in pages)
    assert any(one["instrument"]["languages"] == ["en", "cy"] for one in MANY)
    assert {mode for page in pages for mode in page.get("modes", ())} == {"roster", "recall", "position"}
    assert {"one_to_many", "pairs", "strength", "sociogram"} <= {page.get("mode") for page in pages}


def types_of(union: object) -> set[str]:
    """Every word that the field `type` may hold among the classes of a union."""
    classes = get_args(get_args(union)[0])
    return {word for one in classes for word in get_args(one.model_fields["type"].annotation)}
