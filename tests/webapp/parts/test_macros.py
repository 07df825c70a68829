"""What the macros promise beside their markup: escaping, links between a field and its texts, and the page's frame."""

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from tests.webapp.parts.markup import Node, find_all, text_of, tree

TEMPLATES = Path(__file__).parents[3] / "webapp/templates"
HOSTILE = "<script>alert('x')</script>\"'&"


def page(source: str, **context: object) -> Node:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.globals["asset"] = lambda name: f"/static/build/{name}"
    return tree(environment.from_string(source).render(**context))


def only(node: Node, tag: str) -> Node:
    (found,) = find_all(node, tag)
    return found


CALLS = [
    '{% from "parts/radios.html" import radios %}{{ radios("a", [{"value": x, "text": x, "hint": x}], legend=x, hint=x, error=x) }}',
    '{% from "parts/checkboxes.html" import checkboxes %}{{ checkboxes("a", [{"value": x, "text": x}], legend=x, attributes={"data-x": x}) }}',
    '{% from "parts/text_input.html" import text_input %}{{ text_input("a", x, value=x, hint=x, error=x, prefix=x, suffix=x) }}',
    '{% from "parts/textarea.html" import textarea %}{{ textarea("a", x, value=x, hint=x, error=x) }}',
    '{% from "parts/select.html" import select %}{{ select("a", x, [{"value": x, "text": x}], value=x) }}',
    '{% from "parts/button.html" import button %}{{ button(x, name=x, value=x, aria_label=x) }}',
    '{% from "parts/back_link.html" import back_link %}{{ back_link(x, x) }}',
    '{% from "parts/error_summary.html" import error_summary %}{{ error_summary([{"text": x, "href": x}], description=x) }}',
    '{% from "parts/summary_list.html" import summary_list %}'
    '{{ summary_list([{"key": x, "value": x, "actions": [{"href": x, "text": x, "hidden": x}]}]) }}',
    '{% from "parts/inset_text.html" import inset_text %}{{ inset_text(x) }}',
    '{% from "parts/details.html" import details %}{{ details(x, x) }}',
    '{% from "parts/table.html" import table %}{{ table([x, {"text": x}], [[x, {"text": x}]], caption=x, responsive=true) }}',
    '{% from "parts/tag.html" import tag %}{{ tag(x) }}',
    '{% from "parts/panel.html" import panel %}{{ panel(x, x) }}',
    '{% from "parts/warning.html" import warning %}{{ warning(x, heading=x) }}',
    '{% from "parts/notification.html" import notification %}{{ notification(x, title=x) }}',
]


@pytest.mark.parametrize("call", CALLS)
def test_text_is_shown_as_typed_and_never_runs(call: str) -> None:
    root = page(call, x=HOSTILE)
    assert find_all(root, "script") == []
    assert "<script>" in text_of(root)


def test_markup_passes_unescaped() -> None:
    root = page('{% from "parts/inset_text.html" import inset_text %}{{ inset_text(x) }}', x=Markup("<em>so</em>"))
    assert text_of(only(root, "em")) == "so"


def test_a_part_takes_its_body_from_a_call() -> None:
    source = '{% from "parts/details.html" import details %}{% call details("More") %}<b>body</b>{% endcall %}'
    assert text_of(only(page(source), "b")) == "body"


def test_hint_and_error_describe_a_field_in_that_order() -> None:
    source = (
        '{% from "parts/text_input.html" import text_input %}{{ text_input("who", "Who?", hint="Any", error="Enter") }}'
    )
    root = page(source)
    assert only(root, "input").attributes["aria-describedby"] == "who-hint who-error"
    assert only(root, "label").attributes["for"] == "who"
    ids = {node.attributes.get("id") for node in find_all(root, "div") + find_all(root, "span")}
    assert {"who-hint", "who-error"} <= ids


def test_an_error_without_a_message_describes_nothing() -> None:
    source = '{% from "parts/text_input.html" import text_input %}{{ text_input("who", "Who?", error=true) }}'
    field = only(page(source), "input")
    assert "aria-describedby" not in field.attributes
    assert "nhsuk-input--error" in field.attributes["class"]


def test_a_chosen_value_may_be_a_number() -> None:
    source = '{% from "parts/radios.html" import radios %}{{ radios("n", [{"value": 0, "text": "None"}], value=0) }}'
    assert "checked" in only(page(source), "input").attributes


def test_nothing_is_chosen_when_there_is_no_answer() -> None:
    items = [{"value": "None", "text": "None"}, {"value": "", "text": "Empty"}]
    source = '{% from "parts/radios.html" import radios %}{{ radios("n", items) }}'
    assert not any("checked" in field.attributes for field in find_all(page(source, items=items), "input"))


def test_a_textarea_keeps_a_first_empty_line() -> None:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    html = environment.get_template("parts/textarea.html").module.textarea("t", "Text", value="\nsecond")  # type: ignore[attr-defined]
    assert ">\n\nsecond</textarea>" in html


def test_no_errors_make_no_summary() -> None:
    source = '{% from "parts/error_summary.html" import error_summary %}{{ error_summary([]) }}'
    assert page(source).children == []


def test_plain_cells_follow_their_numeric_column() -> None:
    source = '{% from "parts/table.html" import table %}{{ table(["Site", {"text": "n", "format": "numeric"}], [["A", 3]]) }}'
    first, second = find_all(page(source), "td")
    assert "numeric" not in first.attributes["class"]
    assert "nhsuk-table__cell--numeric" in second.attributes["class"]


def test_a_wide_table_scrolls_in_a_named_region_that_takes_the_focus() -> None:
    source = (
        '{% from "parts/table.html" import table %}{{ table(["A"], [["1"]], caption="Sites", scroll=true, id="t") }}'
    )
    root = page(source)
    region = only(root, "div")
    assert (region.attributes["role"], region.attributes["tabindex"]) == ("region", "0")
    assert only(root, "caption").attributes["id"] == region.attributes["aria-labelledby"] == "t-caption"


LAYOUT = (
    '{% extends "layout.html" %}{% block title %}Your people{% endblock %}{% block content %}<h1>x</h1>{% endblock %}'
)


def test_the_title_names_the_page_then_the_service() -> None:
    assert text_of(only(page(LAYOUT, service_name="Sharing survey"), "title")) == "Your people – Sharing survey"


def test_a_page_with_errors_says_so_in_its_title() -> None:
    assert text_of(only(page(LAYOUT, errors=[{"text": "Enter a name"}]), "title")).startswith("Error: Your people")


def test_the_first_link_skips_to_the_content() -> None:
    root = page(LAYOUT)
    assert find_all(root, "a")[0].attributes["href"] == "#" + only(root, "main").attributes["id"]


def test_a_page_holds_no_script_or_style_of_its_own_and_asks_no_other_host() -> None:
    root = page(LAYOUT, nhs_identity=True, organisation="Anywhere NHS Trust")
    assert find_all(root, "style") == []
    assert all(text_of(script) == "" for script in find_all(root, "script"))
    links = [
        n.attributes.get("src") or n.attributes.get("href", "")
        for t in ("script", "link", "img")
        for n in find_all(root, t)
    ]
    assert len(links) == 4
    assert all(link.startswith("/static/build/") for link in links)


def test_the_nhs_logo_shows_only_when_turned_on() -> None:
    assert find_all(page(LAYOUT), "img") == []
    assert only(page(LAYOUT, nhs_identity=True), "img").attributes["alt"] == "NHS"


def test_staff_pages_choose_their_bundle() -> None:
    sources = [n.attributes["src"] for n in find_all(page('{% set bundle = "staff" %}' + LAYOUT), "script")]
    assert sources == ["/static/build/staff.js"]
