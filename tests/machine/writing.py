"""Random questionnaires: valid files over every kind of page and question, with conditions, waves and languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random

from hypothesis import strategies as st

from instruments.load import examine
from tests.machine.writing_items import ITEMS, Entry

STEPS = [{"value": "low", "label": "Low"}, {"value": "mid", "label": "In between"}, {"value": "high", "label": "High"}]
OFTEN = [
    {"value": "weekly", "label": "Most weeks", "contacts_per_year": 48},
    {"value": "rarer", "label": "Less often", "contacts_per_year": 3},
]
HEAD: Entry = {
    "roles": [{"id": "nurse", "label": "Nurse"}, {"id": "doctor", "label": "Doctor"}],
    "topics": [{"id": "forms", "label": "Forms"}, {"id": "phones", "label": "Phones"}],
    "scales": {"level": {"ordered": True, "options": STEPS}, "often": {"ordered": True, "options": OFTEN}},
    "rosters": {"staff": {"source": "people"}, "sites": {"source": "sites"}, "others": {"source": "sites"}},
    "relations": {
        "advice": {"label": "talks to"},
        "knows": {"directed": False, "label": "know each other"},
        "works": {"directed": False, "label": "work together"},
        "asks": {"label": "asks for help"},
    },
}
CONSENT = {
    "id": "consent",
    "type": "consent",
    "version": 1,
    "text": "Please read this.",
    "statements": [{"id": "agree", "label": "I agree"}],
}


def questionnaires() -> st.SearchStrategy[str]:
    """The text of one valid questionnaire file (JSON is YAML too), made smaller part by part when a test fails."""
    return st.randoms(use_true_random=False).map(written).filter(valid)


def from_a_pool(size: int, first: int = 0) -> st.SearchStrategy[str]:
    """One of a fixed number of valid questionnaires: quick, as each is made and read once."""
    return st.integers(first, first + size - 1).map(numbered)


@lru_cache(maxsize=4096)
def numbered(number: int) -> str:
    """The valid questionnaire of that number: always the same one."""
    random = Random(number)
    return next(text for text in iter(lambda: written(random), "") if valid(text))


def written(random: Random) -> str:
    """One questionnaire file; few have a condition that can never hold, which a check refuses."""
    return json.dumps(Writer(random).whole())


@lru_cache(maxsize=2048)
def valid(text: str) -> bool:
    """Whether a questionnaire may be published."""
    return all(problem.severity != "error" for problem in examine(text, "machine.yaml").problems)


@dataclass
class Writer:
    """Writes one questionnaire from start to end; keeps what later conditions may ask about."""

    random: Random
    languages: tuple[str, ...] = ("en",)
    last: int = 0
    of_ego: list[str] = field(default_factory=lambda: ["wave == 1", "wave == 2"])
    of_alter: list[str] = field(default_factory=list)
    most: int = 0
    numbers: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    bound: Entry = field(default_factory=dict)

    def whole(self) -> Entry:
        self.languages = ("en", "cy") if self.often(0.4) else ("en",)
        pages = [CONSENT, *(self.page(self.random.choice(EGO_PAGES)) for _ in range(self.random.randint(0, 2)))]
        if self.often(0.3):
            pages.append(self.review())
        pages.append(self.page(_generator))
        pages += [self.page(self.random.choice(ALTER_PAGES)) for _ in range(self.random.randint(1, 4))]
        if self.often(0.25):
            pages += [self.page(_generator), self.page(self.random.choice(ALTER_PAGES))]
        pages += [self.page(self.random.choice(EGO_PAGES)) for _ in range(self.random.randint(0, 1))]
        head = {"id": "machine", "version": "1.0.0", "title": self.say("Who do you talk to?")}
        head |= {"languages": list(self.languages), "privacy": {"names": "roster"}}
        end = {"id": "done", "type": "finish", "show": ["own_map", "next_wave_date"]}
        return {"instrument": head, **HEAD, "pages": [*pages, end], "ties": self.bound}

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def new(self, stem: str) -> str:
        self.last += 1
        return f"{stem}{self.last}"

    def say(self, text: str) -> object:
        return text if len(self.languages) == 1 or self.often(0.2) else {"en": text, "cy": f"Cy {text}"}

    def page(self, make: Callable[[Writer], Entry]) -> Entry:
        """One page, some with a condition on what stands before, some in one wave only."""
        when, waves = None, None
        if self.often(0.3):
            when = self.random.choice(self.of_ego + [f"size({name}) > 1" for name in self.names])
        elif make is not _generator and self.often(0.1):
            waves = [self.random.choice([1, 2])]
        page = make(self)
        page |= {"when": when} if when else {}
        page |= {"waves": waves} if waves else {}
        if waves == [1]:
            for item in page.get("items", ()):
                item.pop("prefill", None)
                item.pop("ask_once", None)
        return page

    def review(self) -> Entry:
        still = {"id": self.new("still"), "type": "single", "label": self.say("Are you still in touch?")}
        still |= {"options": ["same", "more", "stopped"], "required": self.often(0.7)}
        why = {"id": self.new("why"), "type": "multi", "options": ["time", "moved"], "label": "Why did it stop?"}
        why["when"] = f'alter.{still["id"]} == "stopped"'
        return {"id": self.new("review"), "type": "alter_review", "from": "previous_wave", "ask": [still, why]}

    def items(self, alter: bool, most: int) -> list[Entry]:
        return [self.item(self.random.choice(ITEMS), alter) for _ in range(self.random.randint(1, most))]

    def item(self, make: Callable[[Writer, str], Entry], alter: bool) -> Entry:
        """One question, with some of the settings that any question may have."""
        one = make(self, self.new("q"))
        kind, silent = one["type"], one["type"] in ("info", "calculated")
        known = self.of_alter if alter else self.of_ego
        when = self.random.choice(known) if known and self.often(0.25) else None
        if kind != "calculated":
            one["label"] = self.say("What of {alter}?" if alter else "What do you say?")
        if not silent:
            one |= {"required": True} if self.often(0.35) else {}
            one |= {"allow": ["dont_know", "prefer_not"][: self.random.randint(1, 2)]} if self.often(0.25) else {}
            one |= {"ask_once": True} if self.often(0.1) else {}
            one |= {"prefill": "previous_wave"} if self.often(0.1) else {}
            self.learn(one, alter)
        return one | ({"when": when} if when else {})

    def learn(self, one: Entry, alter: bool) -> None:
        """What a later condition may ask about this question."""
        name = f"alter.{one['id']}" if alter else one["id"]
        known = self.of_alter if alter else self.of_ego
        kind = one["type"]
        if kind == "single":
            known += [f'{name} == "red"', f'{name} in ["green", "blue"]']
        elif kind == "boolean":
            known += [f"{name}", f"!{name}"]
        elif kind == "scale":
            known.append(f'{name} != "low"')
        elif kind == "number":
            known.append(f"{name} > 5.0")
            if not alter:
                self.numbers.append(name)
        elif kind == "multi":
            known.append(f'"red" in {name}')


def _info(writer: Writer) -> Entry:
    return {"id": writer.new("info"), "type": "info", "text": writer.say("A word before we go on.")}


def _form(writer: Writer) -> Entry:
    before = len(writer.numbers)
    written: Entry = {"id": writer.new("form"), "type": "form", "items": writer.items(False, 4)}
    here = writer.numbers[before:]
    if len(here) > 1:
        rule = {"when": f"{here[0]} <= {here[1]}", "message": writer.say("Is the first more than the second?")}
        written["rules"] = [rule | ({"confirm": True} if writer.often(0.5) else {})]
    if len(written["items"]) > 1 and writer.often(0.2):
        written["randomise"] = "items"
    return written


def _ard(writer: Writer) -> Entry:
    groups = [{"id": "nurses", "label": "Nurses"}, {"id": "gps", "label": writer.say("GPs")}]
    written: Entry = {"id": writer.new("count"), "type": "ard", "label": "How many?", "groups": groups, "maximum": 50}
    return written | _page_is_one(writer)


def _org_ties(writer: Writer) -> Entry:
    written: Entry = {"id": writer.new("places"), "type": "org_ties", "roster": "others", "relation": "works"}
    written |= {"label": "What do you do together?", **_page_is_one(writer)}
    written |= {"scale": "level"} if writer.often(0.4) else {"options": ["paired", "network"], "max": 2}
    writer.bound.setdefault("works", {"from": written["id"]})
    return written


def _page_is_one(writer: Writer) -> Entry:
    asked: Entry = {"required": True} if writer.often(0.3) else {}
    return asked | ({"allow": ["dont_know"]} if writer.often(0.2) else {})


def _generator(writer: Writer) -> Entry:
    modes = writer.random.sample(["roster", "recall", "position"], writer.random.randint(1, 3))
    prompts = [{"id": "any", "text": writer.say("Who do you talk to?")}]
    if writer.often(0.4):
        prompts.append({"id": "stuck", "text": "And who when you are stuck?", "reuse": ["any"]})
    written: Entry = {"id": writer.new("names"), "type": "name_generator", "relation": "advice", "modes": modes}
    writer.most = writer.random.choice([2, 3, 5])
    written |= {"max": writer.most, "none_option": writer.say("No one"), "prompts": prompts}
    written |= {"roster": "staff"} if "roster" in modes else {}
    written |= {"sites": "sites"} if "position" in modes and writer.often(0.5) else {}
    if writer.names:
        written["relation"] = "asks"
    writer.bound[written["relation"]] = {"from": written["id"]}
    writer.names.append(written["id"])
    writer.of_alter = []
    return written


def _alter_form(writer: Writer) -> Entry:
    written: Entry = {"id": writer.new("about"), "type": "alter_form", "alters": writer.names[-1]}
    written |= {"layout": writer.random.choice(["one_at_a_time", "one_at_a_time", "matrix", "bins"])}
    often = {"id": writer.new("q"), "type": "scale", "scale": "often", "label": "How often do you talk to {alter}?"}
    written["items"] = [often, *writer.items(True, 3)]
    if writer.bound["advice"] == {"from": writer.names[-1]} and writer.often(0.7):
        writer.bound["advice"]["frequency"] = often["id"]
    written |= {"randomise": writer.random.choice(["items", "alters"])} if writer.often(0.2) else {}
    return written


def _grid(writer: Writer) -> Entry:
    flow = {"id": writer.new("flow"), "type": writer.random.choice(["multi", "single"]), "label": "{alter}: {topic}"}
    flow["options"] = ["i_get", "i_give"]
    written: Entry = {"id": writer.new("grid"), "type": "alter_grid", "then": [flow]}
    written["over"] = {"alters": writer.names[-1]}
    binding = writer.bound["advice"]
    if binding["from"] == writer.names[-1] and "topic" not in binding:
        binding |= {"topic": written["id"], "direction": flow["id"]}
    return written


def _alter_ties(writer: Writer) -> Entry:
    mode = writer.random.choice(["one_to_many", "one_to_many", "pairs", "strength", "sociogram"])
    written: Entry = {"id": writer.new("pairs"), "type": "alter_ties", "relation": "knows", "mode": mode}
    written["alters"] = {"from": writer.names[-1]} | ({"sample": 2} if writer.most > 2 and writer.often(0.3) else {})
    written |= _page_is_one(writer) | ({"scale": "level"} if mode == "strength" else {})
    if mode == "one_to_many" and writer.often(0.5):
        written["unrelated_option"] = True
    written |= {"randomise": "alters"} if writer.often(0.2) else {}
    writer.bound.setdefault("knows", {"from": written["id"]})
    return written


def _place(writer: Writer) -> Entry:
    written: Entry = {"id": writer.new("rings"), "type": "place", "alters": writer.names[-1], "label": "How close?"}
    written |= {"mode": writer.random.choice(["circles", "bins"]), "options": ["near", "far"]}
    return written | _page_is_one(writer)


def _narrative(writer: Writer) -> Entry:
    written: Entry = {"id": writer.new("map"), "type": "narrative"}
    written |= {"alters": writer.names[-1]} if writer.often(0.5) else {}
    return written | ({"label": "What do you see?", **_page_is_one(writer)} if writer.often(0.6) else {})


EGO_PAGES = (_form, _form, _form, _info, _ard, _org_ties)
ALTER_PAGES = (_alter_form, _alter_form, _grid, _alter_ties, _alter_ties, _place, _narrative, _form)
