"""Our macros give the markup that the design system's own examples give."""

import json
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from tests.webapp.parts.markup import tree
from tests.webapp.parts.parameters import MAKERS, arguments

WEBAPP = Path(__file__).parents[3] / "webapp"
COMPONENTS = WEBAPP / "assets/node_modules/nhsuk-frontend/dist/nhsuk/components"
MACROS = {
    "input": "text_input",
    "tables": "table",
    "warning-callout": "warning",
    "notification-banner": "notification",
}
# How many examples must be compared: a macro that stops offering something is noticed here.
AT_LEAST = {"radios": 40, "checkboxes": 44, "input": 34, "textarea": 14, "select": 15, "button": 30, "tables": 30}

pytestmark = pytest.mark.skipif(not COMPONENTS.is_dir(), reason="the design system is installed by `make front-end`")


def examples(component: str) -> list[tuple[str, dict[str, Any], str]]:
    fixtures = json.loads((COMPONENTS / component / "fixtures.json").read_text())["fixtures"]
    stated = [fixture for fixture in fixtures if not fixture["name"].endswith("via call block")]
    offered = [(fixture, arguments(component, fixture["context"])) for fixture in stated]
    return [(fixture["name"], given, fixture["html"]) for fixture, given in offered if given is not None]


def render(component: str, given: dict[str, Any]) -> str:
    name = MACROS.get(component, component.replace("-", "_"))
    environment = Environment(loader=FileSystemLoader(WEBAPP / "templates"), autoescape=True)
    return str(getattr(environment.get_template(f"parts/{name}.html").module, name)(**given))


@pytest.mark.parametrize("component", MAKERS)
def test_markup_is_the_design_systems(component: str) -> None:
    differing = [
        (name, given) for name, given, html in examples(component) if tree(render(component, given)) != tree(html)
    ]
    assert differing == []


@pytest.mark.parametrize("component", MAKERS)
def test_most_of_the_examples_are_compared(component: str) -> None:
    assert len(examples(component)) >= AT_LEAST.get(component, 1)
