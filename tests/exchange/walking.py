"""An interview answered by chance to its end, with no store: what was read from another system can be walked."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from exchange.foreign import Foreign
from instruments.check import check_step
from instruments.load import examine
from instruments.responses import Alter, Nomination, Responses
from instruments.route import first_open, steps
from instruments.schema import Instrument, NameGeneratorPage
from instruments.synthetic import invent, namings

ROSTERS = {"people": ("k1", "k2", "k3", "k4")}


def taken(found: Foreign) -> Instrument:
    """The instrument in what was read; it has no errors."""
    reading = examine(found.text, "imported.yaml")
    assert [str(p) for p in reading.problems if p.severity == "error"] == []
    assert reading.instrument is not None
    return reading.instrument


def walked(instrument: Instrument, seed: int = 1) -> Responses:
    """Every page of one interview answered by chance, up to finish."""
    said, random = Responses(wave=1, seed=seed), Random(seed)
    for _ in range(1000):
        step = first_open(steps(instrument, said), said)
        page = instrument.page(step.page)
        if page.type == "finish":
            return said
        if isinstance(page, NameGeneratorPage):
            said = _named(said, page, random)
        checked = check_step(
            instrument,
            step,
            said,
            invent(instrument, step, said, random, ROSTERS),
            known=lambda roster, code: code in ROSTERS.get(roster, ()),
        )
        assert checked.errors == ()
        no_one = said.no_one | ({page.id} if checked.no_one else set())
        said = replace(said, answers={**said.answers, **checked.values}, no_one=no_one, done=said.done | {step.key})
    raise AssertionError("the interview does not end")


def _named(said: Responses, page: NameGeneratorPage, random: Random) -> Responses:
    found = list(enumerate(namings(page, random, ROSTERS), len(said.alters) + 1))
    alters = tuple(Alter(number, naming.text) for number, naming in found)
    nominations = tuple(Nomination(page.id, naming.prompt, number) for number, naming in found)
    return replace(said, alters=said.alters + alters, nominations=said.nominations + nominations)
