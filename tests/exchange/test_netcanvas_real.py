"""Network Canvas protocols as Architect writes them: what each kind of stage becomes, one behaviour a test."""

from __future__ import annotations

import pytest

from tests.exchange.protocols import STEPS, form, info, lost, names, read, rule, skip, stage, truth, variable
from tests.exchange.walking import taken, walked


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
