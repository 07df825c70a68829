"""What the page's parts cost to render; the budget of a radio group is 0.3 ms."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bench.run import Work

TEMPLATES = Path(__file__).resolve().parents[1] / "webapp" / "templates"
OFTEN = [{"value": word, "text": word.title()} for word in ("daily", "weekly", "monthly", "rarely", "unsure")]
RADIOS = (
    '{% from "parts/radios.html" import radios %}'
    '{{ radios("often", often, value="weekly", legend="How often do you talk?", hint="A guess is fine") }}'
)
PERSON = '{% extends "layout.html" %}{% block content %}' + RADIOS * 3 + "{% endblock %}"


def rendering(source: str) -> Work:
    """A callable that renders a template from source, compiled once."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.globals["asset"] = lambda name: f"/static/build/{name}"
    template = environment.from_string(source)
    return lambda: template.render(often=OFTEN)


def bench_five_radios_with_a_hint() -> Work:
    """One radio group."""
    return rendering(RADIOS)


def bench_a_page_with_three_radio_groups() -> Work:
    """The page about one person, frame and all."""
    return rendering(PERSON)
