"""Network Canvas protocols as Architect writes them: what each kind of key becomes, one behaviour a test."""

from __future__ import annotations

import json
from typing import Any

import pytest

from exchange.foreign import Foreign, read_foreign
from instruments.conditions import applies
from instruments.responses import AnswerKey, Responses
from tests.exchange.walking import taken, walked

PERSON = {"entity": "node", "type": "p"}
STEPS = [{"label": "Never", "value": 1}, {"label": "Often", "value": 2}]


def variable(kind: str, name: str = "", **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name or kind, **more}


def stage(kind: str, label: str = "Stage", **more: Any) -> dict[str, Any]:
    subject = {} if kind in ("EgoForm", "Information") else {"subject": PERSON}
    return {"id": label, "type": kind, "label": label, **subject, **more}


def names(label: str, *prompts: str, **more: Any) -> dict[str, Any]:
    rows = [{"id": str(n), "text": text} for n, text in enumerate(prompts)]
    return stage("NameGeneratorQuickAdd", label, quickAdd="name", prompts=rows, **more)


def form(*keys: str) -> dict[str, Any]:
    return {"fields": [{"variable": key, "prompt": f"Ask {key}"} for key in keys]}


def read(
    *stages: dict[str, Any],
    ego: dict[str, Any] | None = None,
    node: dict[str, Any] | None = None,
    edge: dict[str, Any] | None = None,
    **more: Any,
) -> Foreign:
    people = {"name": variable("text", "name"), **(node or {})}
    codebook = {
        "ego": {"variables": ego or {}},
        "node": {"p": {"name": "person", "variables": people}},
        "edge": {"k": {"name": "knows", "variables": edge or {}}},
    }
    held = {"schemaVersion": 8, "name": "Trial", "codebook": codebook, "stages": list(stages), **more}
    return read_foreign(json.dumps(held).encode(), "trial.netcanvas")


def truth(yes: str, no: str) -> list[dict[str, Any]]:
    return [{"label": yes, "value": True}, {"label": no, "value": False}]


def rule(kind: str, operator: str, attribute: str | None = None, value: object = None) -> dict[str, Any]:
    options: dict[str, Any] = {"operator": operator, **({"type": "p"} if kind == "node" else {})}
    options |= {"attribute": attribute} if attribute else {}
    return {"type": kind, "id": "r", "options": options | ({} if value is None else {"value": value})}


def skip(*rules: dict[str, Any], action: str = "SHOW", join: str = "AND", **more: Any) -> dict[str, Any]:
    return {"action": action, "filter": {"join": join, "rules": list(rules)}, **more}


def lost(found: Foreign) -> str:
    return "\n".join(f"{one.where}: {one.what}" for one in found.lost)


def info(label: str = "Text", **more: Any) -> dict[str, Any]:
    return stage("Information", label, items=[{"id": "t", "type": "text", "content": label}], **more)


def test_texts_in_two_languages_stay_in_both() -> None:
    def said(en: str, cy: str) -> dict[str, str]:
        return {"en-GB": en, "cy": cy}

    found = read(
        stage("EgoForm", said("You", "Chi"), form={"fields": [{"variable": "a", "prompt": said("Old?", "Oed?")}]}),
        names("People"),
        ego={"a": variable("ordinal", options=[{"label": said("Yes", "Ie"), "value": 1}, {"label": "No", "value": 2}])},
        schemaVersion=9,
        localization={"defaultLocale": "en-GB", "locales": ["cy", "en-GB", "en-US"]},
    )
    instrument = taken(found)
    item = instrument.page("you").items[0]
    assert instrument.languages == ("en", "cy")
    assert (item.label, item.options[0].label, item.options[1].label) == (
        {"en": "Old?", "cy": "Oed?"}, {"en": "Yes", "cy": "Ie"}, "No",
    )  # fmt: skip
    assert "the language “en-US”" in lost(found)


def test_markdown_is_read_as_plain_words() -> None:
    text = (
        "# Hello\n\nThis is **bold**, _this_ and ***that***\n* one\n* two [here](https://a.example)\n5 * 4 * 3, a_b_c"
    )
    found = read(stage("Information", "Text", items=[{"id": "a", "type": "text", "content": text}]), names("People"))
    assert taken(found).page("text").text == (
        "Hello\nThis is bold, this and that\n• one\n• two here (https://a.example)\n5 * 4 * 3, a_b_c"
    )


def test_stages_that_name_people_one_after_the_other_become_prompts_of_one_page() -> None:
    existing = [{"id": "p", "title": "Named", "dataSource": "existing"}]
    found = read(
        names("Close", "Who is close?", behaviours={"maxNodes": 5}),
        names("Work", "Who do you work with?", "Who leads you?", panels=existing, behaviours={"maxNodes": 4}),
        stage("AlterForm", "About", form=form("age")),
        node={"age": variable("number", "age")},
    )
    instrument = taken(found)
    page = instrument.page("close")
    assert [(p.id, p.reuse) for p in page.prompts] == [
        ("prompt_1", ()), ("prompt_2", ("prompt_1",)), ("prompt_3", ("prompt_1", "prompt_2")),
    ]  # fmt: skip
    assert (page.max, instrument.page("about").alters) == (9, "close")
    assert found.lost == ()


def test_names_picked_and_names_typed_share_a_page_that_takes_both() -> None:
    listed = stage("NameGeneratorRoster", "List", dataSource="a1", prompts=[{"id": "x", "text": "Who is on it?"}])
    assets = {"a1": {"name": "staff.csv", "type": "network"}}
    found = read(names("Close", "Who is close?"), listed, assetManifest=assets)
    instrument = taken(found)
    page = instrument.page("close")
    assert (page.modes, page.roster, len(page.prompts)) == (("roster", "recall"), "people", 2)
    assert "stage 2 “List”: its list of people, “staff.csv”. Load them with" in lost(found)
    assert "that names are only picked: the page of “Close” takes both" in lost(found)
    walked(instrument)


def test_people_named_later_get_their_own_pages_of_the_same_questions() -> None:
    found = read(
        names("Close", "Who is close?"),
        stage("AlterForm", "First", form=form("age")),
        names("Far", "Who is far?"),
        stage("OrdinalBin", "How often", prompts=[{"id": "b", "text": "How often?", "variable": "often"}]),
        node={"age": variable("number"), "often": variable("ordinal", "often", options=STEPS)},
    )
    pages = [page for page in taken(found).pages if page.type == "alter_form" and page.layout == "bins"]
    assert [page.alters for page in pages] == ["close", "far"]
    assert "stage 3 “Far”: that pages about pairs are about these people too" in lost(found)


def test_the_name_itself_is_not_asked_again_and_other_fields_are() -> None:
    found = read(
        stage("NameGenerator", "People", form=form("name", "nick"), prompts=[{"id": "x", "text": "Who?"}]),
        node={"nick": variable("text", "nickname")},
    )
    assert [item.label for item in taken(found).page("people_more").items] == ["Ask nick"]


def test_a_filter_asks_only_about_the_people_it_holds_for() -> None:
    found = read(
        names("People"),
        stage("AlterForm", "One", form=form("often", "friend")),
        stage(
            "AlterForm", "Two", form=form("age"),
            filter={"join": "OR", "rules": [
                rule("node", "EXACTLY", "friend", True), rule("node", "EXCLUDES", "often", [1]),
            ]},
        ),
        node={"often": variable("ordinal", "often", options=STEPS), "friend": variable("boolean", "friend"),
              "age": variable("number", "age")},
    )  # fmt: skip
    assert taken(found).page("two").when == 'alter.friend == true || (!has(alter.often) || !(alter.often in ["never"]))'
    assert found.lost == ()


def test_a_filter_on_what_a_prompt_marks_says_which_names_need_a_page() -> None:
    marking = names("Work", "Who works with you?")
    marking["prompts"][0]["additionalAttributes"] = [{"variable": "colleague", "value": True}]
    only = {"rules": [rule("node", "EXACTLY", "colleague", True)]}
    found = read(
        names("Close", "Who is close?"), marking, stage("AlterForm", "About", form=form("age"), filter=only),
        node={"age": variable("number", "age"), "colleague": variable("boolean", "colleague")},
    )  # fmt: skip
    assert taken(found).page("about").when is None
    assert "give those of “Work” a page of names, and name it under 'alters'" in lost(found)


@pytest.mark.parametrize(
    ("about", "condition"),
    [
        (rule("ego", "CONTAINS", "t", "Ann"), 't.contains("Ann")'),
        (rule("ego", "DOES_NOT_CONTAIN", "t", "Ann"), '!t.contains("Ann")'),
        (rule("ego", "EXACTLY", "t", "Ann"), 't == "Ann"'),
        (rule("ego", "GREATER_THAN_OR_EQUAL", "n", 5), "n >= 5"),
        (rule("ego", "NOT", "b", True), "b != true"),
        (rule("ego", "EXACTLY", "o", 2), 'o == "often"'),
        (rule("ego", "INCLUDES", "m", [1, 2]), '("never" in m && "often" in m)'),
        (rule("ego", "EXCLUDES", "m", [1, 2]), '!("never" in m || "often" in m)'),
        (rule("ego", "OPTIONS_GREATER_THAN", "m", 1), "size(m) > 1"),
        (rule("ego", "LESS_THAN", "d", "2020-01-31"), 'd < "2020-01-31"'),
        (rule("node", "EXISTS"), "size(people) > 0"),
        (rule("node", "EXACTLY", "name", "Dee"), '"Dee" in people'),
    ],
)
def test_each_operator_of_a_rule_becomes_a_condition(about: dict[str, Any], condition: str) -> None:
    ego = {
        "t": variable("text", "t"), "n": variable("number", "n"), "b": variable("boolean", "b"),
        "o": variable("ordinal", "o", options=STEPS), "m": variable("categorical", "m", options=[*STEPS, "Third"]),
        "d": variable("datetime", "d"),
    }  # fmt: skip
    found = read(stage("EgoForm", "You", form=form(*ego)), names("People"), info(skipLogic=skip(about)), ego=ego)
    assert taken(found).page("text").when == condition


def test_a_pattern_and_a_rule_about_ties_are_told_as_lost() -> None:
    ego = {"t": variable("text", "t")}
    shown = skip(rule("ego", "CONTAINS", "t", "^A.*"))
    tied = skip(rule("edge", "EXISTS"))
    found = read(
        stage("EgoForm", "You", form=form("t")), names("People"), info("One", skipLogic=shown),
        info("Two", skipLogic=tied), ego=ego,
    )  # fmt: skip
    assert [taken(found).page(word).when for word in ("one", "two")] == [None, None]
    assert lost(found).count("its rule cannot be told here, so it is always shown") == 2


def test_somebody_who_leaves_the_question_blank_is_told_of() -> None:
    ego = {"a": variable("boolean", "a"), "b": variable("boolean", "b", validation={"required": True})}
    hidden = skip(rule("ego", "EXACTLY", "a", True), rule("ego", "EXACTLY", "b", True), action="SKIP")
    found = read(stage("EgoForm", "You", form=form("a", "b")), names("People"), info(skipLogic=hidden), ego=ego)
    assert taken(found).page("text").when == "!(a == true && b == true)"
    assert "that it is shown where “a” has no answer. Somebody who" in lost(found)
    assert "where “b”" not in lost(found)


def test_a_jump_to_a_later_stage_hides_those_between() -> None:
    jump = skip(rule("ego", "EXACTLY", "a", True), action="SKIP", destination={"type": "stage", "stageId": "Three"})
    found = read(
        stage("EgoForm", "You", form=form("a")), names("People"), info("One", skipLogic=jump), info("Two"),
        info("Three"), ego={"a": variable("boolean", "a", validation={"required": True})},
    )  # fmt: skip
    instrument = taken(found)
    assert [instrument.page(word).when for word in ("one", "two", "three")] == ["!(a == true)", "!(a == true)", None]
    assert not applies(instrument.page("two").when, Responses(wave=1, seed=1, answers={AnswerKey("a"): True}))


def test_checks_between_answers_become_rules_of_the_page() -> None:
    found = read(
        stage("EgoForm", "You", form=form("low", "high", "few", "word")), names("People"),
        ego={
            "low": variable("number"),
            "high": variable("number", validation={"greaterThanVariable": "low"}),
            "few": variable("categorical", options=[*STEPS, "Third"], validation={"minSelected": 1, "maxSelected": 2}),
            "word": variable("text", validation={"minLength": 3, "maxLength": 9, "unique": True}),
        },
    )  # fmt: skip
    page = taken(found).page("you")
    assert [(r.when, r.item) for r in page.rules] == [
        ("number_2 > number", "number_2"), ("size(categorical) <= 2", "categorical"), ("size(text) >= 3", "text"),
    ]  # fmt: skip
    assert (page.items[2].required, page.items[3].max_length) == (True, 9)
    assert "the check that no two people have the same answer. Compare" in lost(found)


def test_questions_keep_the_ends_of_a_line_the_days_and_the_words_for_yes_and_no() -> None:
    found = read(
        stage("EgoForm", "You", form=form("line", "day", "year", "yes", "plain")), names("People"),
        ego={
            "line": variable("scalar", "line", parameters={"minLabel": "Cold", "maxLabel": "Hot"}),
            "day": variable("datetime", "day", parameters={"type": "full", "min": "2001-02-03", "max": "2002-02-03"}),
            "year": variable("datetime", "year", parameters={"type": "year", "min": "1990"}),
            "yes": variable("boolean", "yes", options=truth("I do", "Not me")),
            "plain": variable("boolean", "plain", options=truth("Yes", "No")),
        },
    )  # fmt: skip
    items = {item.id: item for item in taken(found).page("you").items}
    assert items["line"].hint == "0: Cold; 100: Hot"
    assert (items["day"].earliest, items["day"].latest) == ("2001-02-03", "2002-02-03")
    assert (items["year"].minimum, items["year"].maximum) == (1990, 2100)
    assert [option.label for option in items["yes"].options] == ["I do", "Not me"]
    assert items["plain"].type == "boolean"


def test_a_bin_for_something_else_is_the_answer_other() -> None:
    row = {"id": "b", "text": "How?", "variable": "way", "otherVariable": "name", "otherOptionLabel": "Not here"}
    found = read(
        names("People"), stage("CategoricalBin", "Way", prompts=[row]),
        node={"way": variable("categorical", "way", options=STEPS)},
    )  # fmt: skip
    page = taken(found).pages[2]
    assert (page.layout, page.items[0].type, page.items[0].other) == ("bins", "single", True)
    assert "the name of the bin for something else. It is called “Other” here" in lost(found)


def test_a_drawing_of_people_and_ties_becomes_names_a_form_and_a_picture() -> None:
    drawn = stage(
        "NetworkComposer", "Draw", quickAdd="name", layoutVariable="l",
        nodeForm={"fields": [{"variable": "age", "component": "Number", "label": "Age"}]},
        edges=[{"id": "e", "subject": {"entity": "edge", "type": "k"}}],
    )  # fmt: skip
    found = read(drawn, node={"age": variable("number", "age")})
    assert [page.type for page in taken(found).pages] == [
        "consent", "name_generator", "alter_form", "alter_ties", "finish",
    ]  # fmt: skip


def test_a_map_is_coloured_by_what_its_first_preset_groups_by() -> None:
    preset = {"id": "1", "label": "All", "layoutVariable": "l", "groupVariable": "often"}
    found = read(
        names("People"), stage("AlterForm", "About", form=form("often")), stage("Narrative", "Map", presets=[preset]),
        node={"often": variable("ordinal", "often", options=STEPS)},
    )  # fmt: skip
    assert taken(found).pages[-2].color_by == "often"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("Geospatial", "Ask for the place in a question of type text"),
        ("FamilyPedigree", "Ask for relatives on a page of type name_generator"),
        ("NarrativePedigree", "Show the map of people"),
        ("Anonymisation", "Use 'names: vault'"),
        ("AlterEdgeForm", "a page of type alter_ties with 'mode: strength'"),
        ("SomethingNew", "there is no page like SomethingNew. Ask it by hand"),
    ],
)
def test_a_stage_with_no_page_like_it_is_told_with_what_to_do(kind: str, said: str) -> None:
    found = read(names("People"), stage(kind, "Odd", form=form("close")), edge={"close": variable("boolean")})
    assert "stage 2 “Odd”" in lost(found)
    assert said in lost(found)


def test_no_key_is_dropped_without_a_word() -> None:
    odd = {"id": "x", "text": "Who?", "novel": 1}
    form_ = {"fields": [{"variable": "age", "prompt": "Age?", "novel": 2}]}
    found = read(
        stage("NameGenerator", "People", novel=3, prompts=[odd], form=form_),
        node={"age": variable("number", "age", novel=5, validation={"novel": 6})},
        novel=7,
    )
    places = {one.where.replace("stage 1 “People”", "1") for one in found.lost if "“novel”" in one.what}
    assert places == {
        "the file", "1", "1, prompt 1", "1, field 1", "1, variable “age”", "1, variable “age”, its checks",
    }  # fmt: skip


def test_a_rule_that_no_answer_can_meet_is_taken_out_and_told() -> None:
    never = skip(rule("ego", "EXACTLY", "a", True), rule("ego", "EXACTLY", "a", False))
    found = read(
        stage("EgoForm", "You", form=form("a")),
        names("People"),
        info(skipLogic=never),
        ego={"a": variable("boolean", "a")},
    )
    assert taken(found).page("text").when is None
    assert "page “text”: its condition a == true && a == false" in lost(found)


def test_words_too_long_for_a_page_are_cut_and_told() -> None:
    found = read(info("x" * 4100), names("People"))
    assert len(taken(found).pages[1].text) == 4000
    assert "its words after the first 4000 letters" in lost(found)


def test_every_stage_together_can_be_walked() -> None:
    ego = {"a": variable("boolean", "a", validation={"required": True})}
    node = {"often": variable("ordinal", "often", options=STEPS), "mark": variable("boolean", "mark")}
    pair = {"id": "1", "text": "Do they talk?", "createEdge": "k", "edgeVariable": "w", "edges": {"create": "k"}}
    mark = {"id": "2", "text": "Mark", "highlight": {"variable": "mark", "allowHighlighting": True}}
    found = read(
        stage("EgoForm", "You", form=form("a")), names("People", "Who?", "Who else?"),
        stage("OrdinalBin", "Bins", prompts=[{"id": "b", "text": "How often?", "variable": "often"}]),
        stage("DyadCensus", "Pairs", prompts=[pair]), stage("OneToManyDyadCensus", "Each", prompts=[pair]),
        stage("TieStrengthCensus", "Strength", prompts=[pair]), stage("Sociogram", "Picture", prompts=[pair, mark]),
        info(skipLogic=skip(rule("ego", "EXACTLY", "a", True))), stage("Narrative", "Map", presets=[]),
        ego=ego, node=node, edge={"w": variable("ordinal", "w", options=STEPS)},
    )  # fmt: skip
    instrument = taken(found)
    assert len(instrument.pages) == 12
    for seed in range(4):
        walked(instrument, seed)
