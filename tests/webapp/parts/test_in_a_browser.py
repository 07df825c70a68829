"""The built styles and scripts in Chromium: the roster search, the cells of the person page, and the sizes."""

import gzip
import json
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Page, expect
from werkzeug import Request, Response
from werkzeug.serving import make_server

from tests.axe import axe_violations

WEBAPP = Path(__file__).parents[3] / "webapp"
BUILD = WEBAPP / "static/build"
PEOPLE = [
    {"value": "p1", "label": "Raj Khan", "detail": "Pharmacist, Site A"},
    {"value": "p2", "label": "Raj Khan", "detail": "Consultant, Site B"},
    {"value": "p3", "label": "<img src=x onerror=alert(1)>", "detail": "<b>Nurse</b>"},
]
POLICY = "default-src 'self'"

NAMES = """
{% extends "layout.html" %}
{% from "parts/text_input.html" import text_input %}
{% from "parts/button.html" import button %}
{% block title %}Names{% endblock %}
{% block content %}
<h1>Who do you go to?</h1>
<p role="status" data-announce>You added Tom Novak</p>
<form method="get" action="/sent">
<ul class="app-names"><li class="app-names__item"><span class="app-names__person">Tom Novak</span>
<button class="app-button-link app-names__remove" name="remove" value="1">Remove</button></li></ul>
{{ text_input("name", "Name", value=typed, hint="Type a name", error=fault, label_size="m",
   attributes={"data-roster-search": "/people", "data-roster-value": "person", "autofocus": ""}) }}
<input type="hidden" name="person" value="stale">
{{ button("Add", name="act", value="add", attributes={"data-roster-add": ""}) }}
{{ button("Continue", name="act", value="on", variant="secondary") }}
</form>
{% endblock %}
"""

PERSON = """
{% extends "layout.html" %}
{% from "parts/radios.html" import radios %}
{% from "parts/button.html" import button %}
{% block title %}Tom Novak{% endblock %}
{% block content %}
<div class="app-person"><h1>Tom Novak</h1><p class="app-person__detail">Consultant, Site B</p>
<form>
{{ radios("often", often, value="weekly", legend="How often do you talk?", legend_size="s", classes="app-choices") }}
{{ radios("how", how, legend="How do you talk?", legend_size="s", classes="app-choices") }}
{{ radios("who", who, legend="Who learns more?", legend_size="s", classes="app-choices") }}
{{ button("Continue") }}
</form></div>
{% endblock %}
"""


def choices(*words: str) -> list[dict[str, str]]:
    return [{"value": word.lower(), "text": word} for word in words]


CONTEXT = {
    "often": choices("Daily", "Weekly", "Monthly", "Rarely"),
    "how": choices("Set meetings", "Informally", "Both the same"),
    "who": choices("Mostly me", "Mostly Tom", "Both the same"),
}


@cache
def built() -> dict[str, str]:
    names: dict[str, str] = json.loads((BUILD / "manifest.json").read_text())
    return names


def html(source: str, **context: object) -> str:
    environment = Environment(loader=FileSystemLoader(WEBAPP / "templates"), autoescape=True)
    environment.globals["asset"] = lambda name: f"/static/{built()[name]}"
    return environment.from_string(source).render(CONTEXT, **context)


def answer(request: Request) -> Response:
    if request.path.startswith("/static/"):
        file = BUILD / request.path.removeprefix("/static/")
        kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
        return Response(file.read_bytes(), mimetype=kinds[file.suffix])
    if request.path == "/people":
        found = [person for person in PEOPLE if request.args["q"].lower() in person["label"].lower()]
        return Response(json.dumps({"matches": found}), mimetype="application/json")
    pages = {"/names": html(NAMES), "/again": html(NAMES, fault="Enter a name", typed="Ra"), "/person": html(PERSON)}
    return Response(pages.get(request.path, "sent"), mimetype="text/html", headers={"Content-Security-Policy": POLICY})


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, Request.application(answer), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def sent(page: Page) -> dict[str, list[str]]:
    page.wait_for_url("**/sent*")
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


pytestmark = pytest.mark.browser


def test_picking_a_suggestion_adds_that_person(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially("khan")
    page.get_by_role("option", name="Consultant, Site B").click()
    assert sent(page) == {"name": ["Raj Khan"], "person": ["p2"], "act": ["add"]}


def test_a_suggestion_can_be_picked_with_the_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially("khan")
    page.get_by_role("option", name="Raj Khan").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert sent(page)["person"] == ["p1"]


@pytest.mark.parametrize("typed", ["Jo", "khan"])
def test_enter_without_a_pick_adds_the_text_and_never_removes(page: Page, address: str, typed: str) -> None:
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially(typed)
    if typed == "khan":
        page.get_by_role("option", name="Raj Khan").first.wait_for()
    page.keyboard.press("Enter")
    assert sent(page) == {"name": [typed], "person": [""], "act": ["add"]}


def test_two_letters_ask_nothing(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/people" in request.url else None)
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially("kh")
    page.wait_for_timeout(400)
    assert asked == []
    page.get_by_role("combobox").press_sequentially("an")
    page.get_by_role("option", name="Raj Khan").first.wait_for()
    assert asked == [f"{address}/people?q=khan"]


def test_the_box_keeps_its_hint_and_error_while_typing(page: Page, address: str) -> None:
    page.goto(f"{address}/again")
    box = page.get_by_role("combobox")
    expect(box).to_have_value("Ra")
    box.press_sequentially("j")
    page.wait_for_timeout(100)
    assert (box.get_attribute("aria-describedby") or "").split()[:2] == ["name-hint", "name-error"]


def test_the_list_is_labelled_by_the_boxs_own_label(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially("khan")
    expect(page.get_by_role("listbox", name="Name", exact=True)).to_be_visible()


def test_no_match_tells_what_to_do(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially("nobody")
    expect(page.get_by_role("listbox")).to_contain_text("Press Add to add the name you typed")


def test_a_name_that_looks_like_markup_is_shown_as_text(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    page.get_by_role("combobox").press_sequentially("<img")
    expect(page.get_by_role("option")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".autocomplete__option img").count() == 0


def test_focus_returns_to_the_box_and_the_message_is_spoken(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    expect(page.get_by_role("combobox")).to_be_focused()
    expect(page.locator("[data-announce]")).to_have_text("You added Tom Novak")


@pytest.mark.parametrize("path", ["names", "again", "person"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_have_no_faults_and_fit(page: Page, address: str, path: str, width: int) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else problems.append(request.url))
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(f"{address}/{path}")
    page.wait_for_load_state("networkidle")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert problems == []


def test_the_whole_cell_can_be_pressed_and_is_48_px(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/person")
    cell = page.locator(".nhsuk-radios__item").filter(has_text="Monthly")
    box = cell.bounding_box()
    assert box is not None
    assert box["height"] >= 48
    page.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3)
    expect(page.get_by_label("Monthly")).to_be_checked()


def test_one_person_fits_above_the_fold_of_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/person")
    button = page.get_by_role("button", name="Continue").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] <= 844


def test_a_chosen_cell_shows_in_forced_colours(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{address}/person")
    widths = "node => [getComputedStyle(node).outlineStyle, parseFloat(getComputedStyle(node).outlineWidth)]"
    style, width = page.locator("label[for=often-2]").evaluate(widths)
    assert (style, width >= 3) == ("solid", True)
    assert page.locator("label[for=often]").evaluate(widths)[0] == "none"


def test_text_is_set_in_arial(page: Page, address: str) -> None:
    page.goto(f"{address}/names")
    fonts = page.evaluate(
        "[...document.querySelectorAll('h1, p, input, button')].map(n => getComputedStyle(n).fontFamily)"
    )
    assert set(fonts) == {"arial, sans-serif"}


def test_without_javascript_the_box_is_a_plain_field(page: Page, address: str) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/names")
    assert plain.locator("input#name").get_attribute("type") == "text"
    context.close()


def test_styles_and_scripts_stay_small() -> None:
    def sent_bytes(*names: str) -> int:
        return sum(len(gzip.compress((BUILD / built()[name]).read_bytes())) for name in names)

    assert sent_bytes("survey.css", "survey.js", "favicon.svg") <= 40_000
    assert sent_bytes("survey.css", "survey.js", "favicon.svg", "roster.js") <= 65_000


def test_no_style_asks_another_host() -> None:
    for name in ("survey.css", "staff.css"):
        assert "//" not in (BUILD / built()[name]).read_text().replace("http://www.w3.org/2000/svg", "")
