"""A browser without JavaScript: reads a page's forms and links, and sends what a person could send from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

Fields = dict[str, list[str]]
CHOSEN = ("radio", "checkbox")
HIDDEN_VALUE = re.compile(r'name="csrf_token"[^>]*>')
BROKEN = 500


class NotOffered(AssertionError):
    """A page does not let a person send that."""


class Broken(AssertionError):
    """The server failed."""


@dataclass
class Control:
    """One field as it stands: what it may send, and what it sends when left alone."""

    name: str
    kind: str
    value: str = ""
    on: bool = True
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """One form: where it is sent, and its fields and buttons."""

    action: str
    attributes: Mapping[str, str | None]
    controls: list[Control] = field(default_factory=list)

    def named(self, name: str) -> list[Control]:
        return [control for control in self.controls if control.name == name]

    def offers(self, name: str, value: str) -> bool:
        """Whether a person can send this value: by a box, a choice or a button, or by typing."""
        return any(
            value == control.value if control.kind in (*CHOSEN, "submit", "hidden") else
            value in control.options if control.kind == "select" else True
            for control in self.named(name)
        )  # fmt: skip

    def standing(self) -> Fields:
        """What is sent when nothing is touched and no button has a name."""
        sent: Fields = {}
        for control in self.controls:
            if control.name and control.kind != "submit" and (control.on or control.kind not in CHOSEN):
                sent.setdefault(control.name, []).append(control.value)
        return sent

    def filled(self, answers: Mapping[str, Sequence[str]]) -> Fields:
        """What is sent when everything is emptied and then filled in like this; NotOffered when that cannot be done.

        "No" to a box that can only be ticked is leaving it blank.
        """
        sent: Fields = {}
        for control in self.controls:
            if control.name and control.kind not in (*CHOSEN, "submit"):
                sent[control.name] = [control.value if control.kind == "hidden" else ""]
        for name, values in answers.items():
            if list(values) == ["no"] and [c.kind for c in self.named(name)] == ["checkbox"]:
                continue
            for value in values:
                if not self.offers(name, value):
                    raise NotOffered(f"{self.action} does not offer {name}={value!r}")
            sent[name] = list(values)
        return sent


class Page(HTMLParser):
    """One page: its status, address, forms and links."""

    def __init__(self, answer: TestResponse) -> None:
        super().__init__(convert_charrefs=True)
        self.status, self.text, self.path = answer.status_code, answer.text, answer.request.path
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.by_id: dict[str, Form] = {}
        self.inside: Form | None = None
        self.list: Control | None = None
        self.words: Control | None = None
        self.outside: list[tuple[str, Control, str | None]] = []
        self.feed(self.text)
        for owner, control, elsewhere in self.outside:
            self.by_id[owner].controls.append(control)
            if elsewhere:
                self.sends_to(elsewhere, control, self.by_id[owner])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif tag == "form":
            self.inside = Form(given.get("action") or self.path, given)
            self.forms.append(self.inside)
            self.by_id[given.get("id") or ""] = self.inside
        elif tag in ("input", "button", "textarea", "select"):
            self.control(tag, given)
        elif tag == "option" and self.list is not None:
            value = given.get("value") or ""
            if not self.list.options or "selected" in given:
                self.list.value = value
            self.list.options.append(value)

    def control(self, tag: str, given: dict[str, str | None]) -> None:
        kind = {"button": "submit", "textarea": "textarea", "select": "select"}.get(tag, given.get("type") or "text")
        on = "checked" in given if kind in CHOSEN else True
        control = Control(given.get("name") or "", kind, given.get("value") or "", on)
        self.list = control if tag == "select" else self.list
        self.words = control if tag == "textarea" else self.words
        if given.get("form"):
            self.outside.append((given["form"] or "", control, given.get("formaction")))
        elif self.inside is not None:
            self.inside.controls.append(control)
            if given.get("formaction"):
                self.sends_to(given["formaction"] or "", control, self.inside)

    def sends_to(self, action: str, button: Control, form: Form) -> None:
        """The same form as a button sends it to another address."""
        self.forms.append(Form(action, {"button": button.name}, form.controls))

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.list = None
        elif tag == "textarea" and self.words is not None:
            self.words.value = self.words.value.removeprefix("\n")
            self.words = None

    @property
    def looks(self) -> str:
        """What a person sees: the page without the hidden value that changes every second."""
        return HIDDEN_VALUE.sub("", self.text)

    @property
    def token(self) -> str:
        """The hidden value that every form has against forged posts."""
        found = next((c.value for form in self.forms for c in form.named("csrf_token")), None)
        if found is None:
            raise NotOffered(f"{self.path} has no form: {self.text[:300]}")
        return found

    def form(self, part: str) -> Form:
        """The form whose address has this in it; NotOffered when there is none."""
        found = next(self.having(part), None)
        if found is None:
            raise NotOffered(f"{self.path} has no form to {part}")
        return found

    def having(self, part: str) -> Iterator[Form]:
        return (form for form in self.forms if part in form.action)

    @property
    def step_form(self) -> Form:
        """The form that holds the page's questions."""
        found = next((form for form in self.forms if "data-step" in form.attributes), None)
        if found is None:
            raise NotOffered(f"{self.path} has no questions: {self.status} {self.text[:2000]}")
        return found


@dataclass
class Browser:
    """One browser: its own cookies, and every address under one link."""

    client: FlaskClient
    link: str

    def get(self, path: str = "") -> TestResponse:
        """One address, without following."""
        return self.sound(self.client.get(path if path.startswith("/interview/") else self.link + path))

    def page(self, path: str = "") -> Page:
        """One address, followed to where it ends."""
        answer = self.get(path)
        for _ in range(5):
            if answer.status_code not in (302, 303):
                break
            answer = self.get(whole(answer.location))
        return Page(answer)

    def send(self, address: str, fields: Mapping[str, Sequence[str]]) -> TestResponse:
        """Post to one address, without following."""
        return self.sound(self.client.post(address, data={name: list(values) for name, values in fields.items()}))

    def follow(self, answer: TestResponse) -> Page:
        """The page that an answer is or leads to."""
        return self.page(whole(answer.location)) if answer.status_code in (302, 303) else Page(answer)

    def sound(self, answer: TestResponse) -> TestResponse:
        if answer.status_code >= BROKEN:
            raise Broken(f"{answer.request.method} {answer.request.path}: {answer.status_code}")
        return answer


def whole(location: str) -> str:
    """An address without its host."""
    parts = urlsplit(location)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def ids(paths: Iterable[str], part: str) -> list[int]:
    """The numbers at the end of the paths that have `part` in them."""
    ends = (path.partition("?")[0].rpartition("/")[2] for path in paths if part in path)
    return [int(end) for end in ends if end.isdigit()]
