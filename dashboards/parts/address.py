"""What a reader has chosen, as the page's address holds it: ?study=&wave=&topic=&role=&formality=&site=&view="""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from dashboards.words import Words
from networks.release import Filters

NAMES = ("study", "wave", "topic", "role", "formality", "site", "view")
"""The filters, in the order that pages show them and addresses hold them."""
TITLES = {
    "study": "Study",
    "wave": "Wave",
    "topic": "Topic",
    "role": "Role",
    "formality": "Kind of contact",
    "site": "Site",
    "view": "Arrows on the map",
}
SITES, REGIONS = "sites", "regions"
VIEWS = {SITES: "Between sites", REGIONS: "Between regions"}
"""What the arrows of the map run between; the first is what a page shows unless told otherwise."""
EVERY = "all"
"""What a select says for no choice; an address leaves it out."""
ALL = {
    "wave": "All waves",
    "topic": "All topics",
    "role": "All roles",
    "formality": "Any kind",
    "site": "All sites",
}
Options = Mapping[str, Mapping[str, str]]
"""For each filter, value to label of all that may be chosen."""


@dataclass(frozen=True)
class Choice:
    """The filters as chosen: code by filter name, only those that are set."""

    values: Mapping[str, str]

    @property
    def filters(self) -> Filters:
        """The part of the choice that releases understand."""
        wave = self.values.get("wave")
        return Filters(
            topic=self.values.get("topic"),
            wave=None if wave is None else int(wave),
            role=self.values.get("role"),
            formality=self.values.get("formality"),
        )

    @property
    def site(self) -> str | None:
        return self.values.get("site")

    @property
    def view(self) -> str:
        return self.values.get("view", SITES)

    @property
    def query(self) -> str:
        """The choice as the end of an address: "" or "?wave=2&role=nurse"."""
        chosen = [(name, self.values[name]) for name in NAMES if name in self.values]
        return f"?{urlencode(chosen)}" if chosen else ""

    def without(self, *names: str) -> "Choice":
        return replace(self, values={name: value for name, value in self.values.items() if name not in names})


def options(words: Words, studies: Mapping[str, str]) -> Options:
    """What each filter offers for this release; `studies` is code to name."""
    kinds = {name: words.of(name) for name in NAMES if name not in ("study", "view")}
    return {"study": studies, **kinds, "view": VIEWS}


def asked(search: str) -> Mapping[str, str]:
    """The filters that an address sets, whether known or not; the last of each name counts, empty ones do not."""
    pairs = parse_qsl(search.removeprefix("?"))
    return {name: value for name, value in pairs if name in NAMES and value != EVERY}


def read(search: str, offered: Options) -> tuple[Choice, Sequence[str]]:
    """The choice that an address makes, and the names of filters whose value is not known (left at their default)."""
    wanted = asked(search)
    known = {name: value for name, value in wanted.items() if value in offered[name]}
    return Choice(known), [name for name in wanted if name not in known]


def notice(unknown: Sequence[str], wanted: Mapping[str, str]) -> str:
    """What to tell a reader whose address asks for something unknown; "" when all is known."""
    if not unknown:
        return ""
    parts = [f"{TITLES[name].lower()} “{wanted[name][:40]}”" for name in unknown]
    return f"There is no {' and no '.join(parts)} here, so this page shows all of them. Choose again below."
