"""One person with the link that came by mail: answers over the network, as forms do."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from random import Random
from urllib.parse import parse_qs, urlencode, urlsplit

from instruments.route import Step
from instruments.schema import Instrument, NameGeneratorPage
from surveys.demonstration.bonds import Bond
from surveys.demonstration.telling import Contact, Telling, posted
from surveys.demonstration.telling import Page as Shown

TOKEN_FIELD = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
MOST_PAGES = 60


class Lost(Exception):
    """An interview came to no end, or a page was not taken; the text says where."""


@dataclass
class Mailed:
    """Somebody with a link; `names` has the names of those whom they pick, by key."""

    url: str
    instrument: Instrument
    telling: Telling
    random: Random
    names: Mapping[str, str]
    named: dict[int, Bond] = field(default_factory=dict)
    token: str = ""

    def __post_init__(self) -> None:
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    # ---- over the network --------------------------------------------------------------------------------------------

    def decline(self) -> None:
        """Say no."""
        self._get("/decline")
        self._post("/decline", {})

    def answer(self) -> None:
        """Everything from the start page to sending."""
        self._get("")
        at = self._post("/start", {})
        for _ in range(MOST_PAGES):
            if at.endswith("/check"):
                self._post("/finish", {})
                return
            at = self._answer(at.removeprefix(urlsplit(self.url).path).strip("/"))
        raise Lost(f"An interview did not get past {at}.")

    def _answer(self, key: str) -> str:
        page, step = self.step_at(key)
        if isinstance(page, NameGeneratorPage):
            contacts = self.telling.contacts[: page.max]
            for contact in contacts:
                self._add(page, contact)
            return self._post(f"/{page.id}", {} if contacts else {"no_one": "yes"})
        return self._post(f"/{key}", posted(self.shown(step)))

    def _add(self, page: NameGeneratorPage, contact: Contact) -> None:
        fields = {"person": contact.key or "", "name": contact.label, "prompt": page.prompts[0].id, "typed": "yes"}
        self._post(f"/{page.id}/add", fields)
        place = urlsplit(self.at)
        number = int(parse_qs(place.query).get("added", [place.path.rpartition("/")[2]])[0])
        if "/describe/" in place.path:
            about = {"site": contact.site or "", "role": contact.role or ""}
            self._post(f"/{page.id}/describe/{number}", about)
        self.named[number] = contact.bond

    def step_at(self, key: str) -> tuple[object, Step]:
        name, _, alter = key.partition("/")
        return self.instrument.page(name), Step(name, int(alter) if alter else None)

    def shown(self, step: Step) -> Shown:
        return Shown(self.instrument, step, self.telling, self.named, self.random)

    def _get(self, path: str) -> None:
        with self.browser.open(self.url + path, timeout=60) as answer:
            self._read(answer.geturl(), answer.read().decode())

    def _post(self, path: str, fields: Mapping[str, object]) -> str:
        """Send a form and follow where it leads; gives the path of the page that comes."""
        data = urlencode({"csrf_token": self.token, **fields}, doseq=True).encode()
        try:
            with self.browser.open(self.url + path, data, timeout=60) as answer:
                return self._read(answer.geturl(), answer.read().decode())
        except urllib.error.HTTPError as refused:
            raise Lost(f"{path} answered {refused.code}.") from refused

    def _read(self, url: str, text: str) -> str:
        self.at = url
        found = TOKEN_FIELD.search(text)
        self.token = found[1] if found else self.token
        return urlsplit(url).path


def opens(url: str) -> bool:
    """Whether a link opens a page."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - our own server
        return bool(answer.status == 200)
