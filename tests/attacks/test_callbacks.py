"""The dashboards' own addresses, asked as no page asks them: refused, and the right question is still answered."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.attacks.conftest import BOTH_ENGINES, LONG
from tests.webapp.conftest import Visitor

CALLBACKS = "/dashboards/_dash-update-component"
SCRIPTS = "/dashboards/_dash-component-suites/"
EXAMPLES = 5000 if LONG else 100
TOO_DEEP = "[" * 20_000 + "]" * 20_000

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
documents = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner), max_leaves=8
)


def places(document: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value of a document, the whole of it first."""
    inside = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    return [at, *(place for key, value in inside for place in places(value, (*at, key)))]


def changed(document: Any, at: tuple[Any, ...], value: Any) -> Any:
    """The document with another value at one place."""
    if not at:
        return value
    made = inside = copy.deepcopy(document)
    for key in at[:-1]:
        inside = inside[key]
    inside[at[-1]] = value
    return made


def test_what_a_page_asks_is_answered(reader: Visitor, right: dict[str, Any]) -> None:
    assert reader.post(CALLBACKS, json=right).status_code == 200


def test_a_question_with_anything_in_any_place_is_answered_or_refused(reader: Visitor, right: dict[str, Any]) -> None:
    @given(st.sampled_from(places(right)), documents)
    @examples(max_examples=EXAMPLES, deadline=None, derandomize=not LONG, database=None, phases=[Phase.generate])
    def each(at: tuple[Any, ...], value: Any) -> None:
        answer = reader.post(CALLBACKS, json=changed(right, at, value))
        assert answer.status_code in (200, 204, 400, 415), (at, value, answer.status)

    each()


def test_a_question_without_any_one_of_its_parts_is_answered_or_refused(reader: Visitor, right: dict[str, Any]) -> None:
    for part in right:
        less = {name: value for name, value in right.items() if name != part}
        assert reader.post(CALLBACKS, json=less).status_code == 400, part


def test_a_body_that_is_no_question_is_refused(reader: Visitor) -> None:
    for body in (b"", b"{", b"\xff\xfe", b"null", b"[]", b"1", b'"\\ud800"', TOO_DEEP.encode(), b'{"output":NaN}'):
        for kind in ("application/json", "text/plain", ""):
            answer = reader.post(CALLBACKS, data=body, content_type=kind)
            assert answer.status_code in (400, 415), (body[:20], kind)


def test_the_callback_that_runs_in_browsers_is_not_the_servers_to_answer(
    reader: Visitor, right: dict[str, Any]
) -> None:
    body = right | {
        "output": "said.children",
        "outputs": {"id": "said", "property": "children"},
        "inputs": [{"id": "arrived", "property": "data", "value": {}}],
    }
    assert reader.post(CALLBACKS, json=body).status_code == 400


def test_scripts_that_are_not_there_are_not_found(reader: Visitor) -> None:
    for path in ("os/path.py", "dash/dash.py", "dash/../../etc/passwd", "%00/x.js", "dash/no.js", "dash/%2e%2e/x"):
        assert reader.get(SCRIPTS + path).status_code == 404, path


@BOTH_ENGINES
def test_filters_with_anything_in_them_are_answered(reader: Visitor, right: dict[str, Any]) -> None:
    for page in ("response", "flows", "roles", "growth"):
        for search in (
            "?wave=%00",
            "?wave=٣",
            "?study=%00",
            f"?site={'x' * 4000}",
            "?wave=1&wave=2",
            "%",
            "?" + "&" * 2000,
        ):
            asked = copy.deepcopy(right)
            asked["inputs"][0]["value"], asked["inputs"][1]["value"] = f"/dashboards/{page}", search
            assert reader.post(CALLBACKS, json=asked).status_code == 200, search
            query = search.removeprefix("?")
            assert reader.get(f"/downloads/{page}.csv", query_string=query).status_code in (200, 400, 404), search
