"""Network Canvas protocols: what becomes a questionnaire of ours, what is named as lost, what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.foreign import read_foreign
from exchange.refusals import UnusableFile
from instruments.load import examine
from tests.exchange.walking import taken, walked

PERSON = {"entity": "node", "type": "p"}
CODEBOOK: dict[str, Any] = {
    "ego": {
        "variables": {
            "e1": {"name": "works_nights", "type": "boolean", "component": "Toggle"},
            "e2": {"name": "age", "type": "number", "validation": {"required": True, "minValue": 16, "maxValue": 99}},
            "e3": {
                "name": "Job",
                "type": "ordinal",
                "options": [{"label": "Nurse", "value": 1}, {"label": "Doctor", "value": 2}],
            },
            "e4": {"name": "home", "type": "location"},
            "e5": {"name": "started", "type": "datetime", "parameters": {"type": "month"}},
        }
    },
    "node": {
        "p": {
            "name": "Person",
            "color": "node-1",
            "variables": {
                "n1": {"name": "name", "type": "text"},
                "n2": {"name": "close", "type": "ordinal", "options": [{"label": "Near", "value": "n"}, "Far"]},
                "n3": {"name": "helps", "type": "boolean"},
            },
        }
    },
    "edge": {
        "k": {
            "name": "Knows",
            "color": "edge-1",
            "variables": {"w": {"name": "how", "type": "ordinal", "options": ["Well", "A little"]}},
        }
    },
}
STAGES: list[dict[str, Any]] = [
    {"id": "1", "type": "Information", "label": "Welcome", "title": "Hello", "items": [
        {"id": "a", "type": "text", "content": "This is about **work** &amp; {help}."},
        {"id": "b", "type": "asset", "content": "film"}]},
    {"id": "2", "type": "EgoForm", "label": "You", "introductionPanel": {"title": "You", "text": "First, you."},
     "form": {"fields": [{"variable": v, "prompt": f"Ask {v}"} for v in ("e1", "e2", "e3", "e4", "e5")]}},
    {"id": "3", "type": "NameGenerator", "label": "People", "subject": PERSON,
     "behaviours": {"minNodes": 1, "maxNodes": 6},
     "form": {"fields": [{"variable": "n1", "prompt": "Name"}, {"variable": "n3", "prompt": "Do they help you?"}]},
     "prompts": [{"id": "x", "text": "Who do you talk to?"}, {"id": "y", "text": "Who helps you?"}]},
    {"id": "4", "type": "OrdinalBin", "label": "Near or far", "subject": PERSON,
     "prompts": [{"id": "x", "text": "How near?", "variable": "n2"}],
     "skipLogic": {"action": "SKIP", "filter": {"join": "OR", "rules": [
         {"id": "r", "type": "ego", "options": {"attribute": "e3", "operator": "EXACTLY", "value": 2}},
         {"id": "s", "type": "alter", "options": {"type": "p", "operator": "NOT_EXISTS"}}]}}},
    {"id": "5", "type": "DyadCensus", "label": "Pairs", "subject": PERSON,
     "prompts": [{"id": "x", "text": "Do they know each other?", "createEdge": "k"}]},
    {"id": "6", "type": "TieStrengthCensus", "label": "How well", "subject": PERSON, "prompts": [
        {"id": "x", "text": "How well?", "createEdge": "k", "edgeVariable": "w", "negativeLabel": "Not at all"}]},
    {"id": "7", "type": "Sociogram", "label": "Picture", "subject": PERSON, "prompts": [
        {"id": "x", "text": "Join those who talk", "layout": {}, "edges": {"create": "k"}},
        {"id": "y", "text": "Mark who helps", "highlight": {"variable": "n3", "allowHighlighting": True}}]},
    {"id": "8", "type": "Geospatial", "label": "Where"},
    {"id": "9", "type": "Narrative", "label": "Map", "subject": PERSON, "presets": [{"id": "x", "label": "All"}]},
]  # fmt: skip


def packed(protocol: object, name: str = "protocol.json") -> bytes:
    """A protocol's archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, protocol if isinstance(protocol, str) else json.dumps(protocol))
    return out.getvalue()


def protocol(version: int = 8, stages: list[dict[str, Any]] = STAGES) -> dict[str, Any]:
    return {"name": "Ward talk", "schemaVersion": version, "codebook": CODEBOOK, "stages": stages}


@pytest.mark.parametrize("version", [7, 8, 9])
def test_a_protocol_becomes_pages_in_its_order(version: int) -> None:
    instrument = taken(read_foreign(packed(protocol(version)), "ward.netcanvas"))
    assert instrument.id == "ward-talk"
    kinds = [(page.type, getattr(page, "layout", getattr(page, "mode", ""))) for page in instrument.pages]
    assert kinds == [
        ("consent", ""), ("info", ""), ("form", ""), ("name_generator", ""), ("alter_form", "one_at_a_time"),
        ("alter_form", "bins"), ("alter_ties", "pairs"), ("alter_ties", "strength"), ("alter_ties", "sociogram"),
        ("alter_form", "matrix"), ("narrative", ""), ("finish", ""),
    ]  # fmt: skip


def test_questions_keep_their_words_types_and_bounds() -> None:
    instrument = taken(read_foreign(packed(protocol()), "ward.netcanvas"))
    items = {item.id: item for item in instrument.page("you").items}
    assert {name: item.type for name, item in items.items()} == {
        "works_nights": "boolean", "age": "number", "job": "single", "started": "month",
    }  # fmt: skip
    assert (items["age"].minimum, items["age"].maximum, items["age"].required) == (16, 99, True)
    assert [(o.value, o.label) for o in items["job"].options] == [("nurse", "Nurse"), ("doctor", "Doctor")]
    assert instrument.page("you").intro == "You\nFirst, you."
    assert [p.text for p in instrument.page("people").prompts] == ["Who do you talk to?", "Who helps you?"]
    assert instrument.page("people").max == 6
    assert [item.label for item in instrument.page("people_more").items] == ["Do they help you?"]


def test_a_rule_about_ego_becomes_a_condition() -> None:
    instrument = taken(read_foreign(packed(protocol()), "ward.netcanvas"))
    assert instrument.page("near_or_far").when == '!(job == "doctor" || size(people) == 0)'


def test_what_is_lost_is_named_by_stage_with_the_reason() -> None:
    lost = [f"{one.where}: {one.what}" for one in read_foreign(packed(protocol()), "ward.netcanvas").lost]
    for start in (
        "stage 8 “Where”: there is no page like Geospatial",
        "stage 1 “Welcome”: its picture, sound or film “film”. Say in words",
        "stage 2 “You”: the variable “home”: there is no question of the type location. Ask for the place",
        "stage 3 “People”: the least number of people. Fewer",
    ):
        assert [line for line in lost if line.startswith(start)], start


def test_the_answer_for_no_tie_stays_one() -> None:
    strength = taken(read_foreign(packed(protocol()), "ward.netcanvas")).page("how_well")
    assert [(option.value, option.label) for option in strength.options] == [
        ("well", "Well"), ("a_little", "A little"), ("none", "Not at all"),
    ]  # fmt: skip


def test_a_rule_that_cannot_be_told_is_lost_and_the_page_always_shown() -> None:
    rule = {"id": "r", "type": "edge", "options": {"type": "k", "operator": "EXISTS"}}
    skipped = {**STAGES[3], "skipLogic": {"action": "SHOW", "filter": {"rules": [rule]}}}
    found = read_foreign(packed(protocol(stages=[*STAGES[:3], skipped])), "ward.netcanvas")
    assert taken(found).page("near_or_far").when is None
    assert any("when it is shown or skipped" in one.what for one in found.lost)


def test_a_protocol_without_names_says_so_and_can_be_used_all_the_same() -> None:
    found = read_foreign(packed(protocol(stages=STAGES[:2])), "ward.netcanvas")
    assert any("asks for no names" in one.what for one in found.lost)
    assert taken(found).page("people").type == "name_generator"


def test_what_was_read_can_be_answered_to_the_end() -> None:
    instrument = taken(read_foreign(packed(protocol()), "ward.netcanvas"))
    seen = {instrument.page(key.split("/")[0]).type for seed in range(5) for key in walked(instrument, seed).done}
    assert seen == {page.type for page in instrument.pages} - {"finish"}


def test_a_protocol_by_itself_is_read_and_a_fault_in_it_has_its_line() -> None:
    assert taken(read_foreign(json.dumps(protocol()).encode(), "protocol.json")).id == "ward-talk"
    with pytest.raises(UnusableFile, match=r"protocol\.json, line 2: .* is not JSON"):
        read_foreign(b'{"schemaVersion": 8,\n "stages": [}', "protocol.json")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (packed(protocol(6)), "schemas 7 to 9 are read"),
        (packed("{not json"), "is not JSON"),
        (packed("[" * 100_000), "is not JSON"),
        (packed("[]"), "holds no protocol"),
        (packed({"schemaVersion": 8}), "no stages or no codebook"),
        (packed({}, "other.json"), "no protocol.json"),
        (packed(" " * (9 * 1024 * 1024)), "larger than 8 MiB"),
        (b"PK\x03\x04 damaged", "no archive"),
        (b"hello", "neither a Network Canvas protocol nor"),
    ],
    ids=["old", "no_json", "deep", "list", "empty", "other", "bomb", "damaged", "foreign"],
)
def test_what_is_no_protocol_is_refused_with_a_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(UnusableFile) as caught:
        read_foreign(data, "ward.netcanvas")
    assert reason in caught.value.reason
    assert caught.value.remedy


Strange = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "text", "type"]), inner),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None)
@given(
    which=st.integers(0, len(STAGES) - 1),
    key=st.sampled_from(["label", "subject", "prompts", "form", "items", "behaviours", "skipLogic", "type", "presets"]),
    value=Strange,
)
def test_a_stage_of_any_shape_is_read_or_noted(which: int, key: str, value: object) -> None:
    stages = [{**stage, key: value} if at == which else stage for at, stage in enumerate(STAGES)]
    found = read_foreign(packed(protocol(stages=stages)), "ward.netcanvas")
    assert examine(found.text, "imported.yaml").instrument is not None
