"""What people do with an interview in any order, and what must be true after each thing done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from instruments.route import Step
from instruments.schema import NameGeneratorPage
from instruments.synthetic import NothingFits
from tests.machine.answering import Tab, promise
from tests.machine.browser import Browser, whole
from tests.machine.respondent import Respondent
from tests.machine.route_counts import see_route_counts
from tests.machine.setting import START, WAVE, Field, World

CHANCE = st.integers(0, 2**20)
PLACE = st.integers(0, 40)
MOST_STEPS = 300


class Interviewing(RuleBasedStateMachine):
    """One person's interviews in two waves, beside a bystander's; the test sets where and with what."""

    world: World
    questionnaires: st.SearchStrategy[str]
    held: int = 0

    def __init__(self) -> None:
        super().__init__()
        self.tab: Tab | None = None
        self.highest = 0
        self.sound = False
        self.wave = 1

    # ---- the beginning -------------------------------------------------------------------------------------------

    @initialize(data=st.data(), seed=CHANCE, acts=st.integers(0, 14))
    def begin(self, data: st.DataObject, seed: int, acts: int) -> None:
        self.seed = seed
        self.world.clock.now = START
        self.field: Field = self.world.field(data.draw(self.questionnaires))
        bystander = self.someone("p2")
        bystander.begin(seed)
        bystander.answer(Step("consent"), Random(seed))
        self.aside = self.world.rows_of(self.field, "p2")
        self.start_wave()
        self.go_on_for_a_while(seed, acts)

    def start_wave(self) -> None:
        self.me = self.someone("p1")
        self.me.begin(self.seed)
        self.tab, self.highest = None, 0
        type(self).held += 1
        self.sound = True

    def someone(self, reference: str) -> Respondent:
        token = self.field.links[self.wave, reference]
        return Respondent(self.world, self.field, token, self.world.browser(token))

    def steps(self) -> tuple[Step, ...]:
        return self.me.state().open

    def some_step(self, place: int) -> Step:
        """One of the pages that may be opened; most often the one to answer next."""
        opened = self.steps()
        assume(opened)
        return opened[place % len(opened)] if place % 3 else opened[-1]

    def names(self) -> list[str]:
        instrument = self.field.instrument
        return [s.page for s in self.steps() if isinstance(instrument.page(s.page), NameGeneratorPage)]

    # ---- what people do ------------------------------------------------------------------------------------------

    @rule(chance=CHANCE)
    def answer_next(self, chance: int) -> None:
        step = self.me.state().waiting
        if step is not None:
            self.answering(step, chance)

    @rule(chance=CHANCE, pages=st.integers(2, 6))
    def answer_several(self, chance: int, pages: int) -> None:
        for n in range(pages):
            self.answer_next(chance + n)

    @rule(chance=CHANCE, acts=st.integers(4, 10))
    def go_on_for_a_while(self, chance: int, acts: int) -> None:
        """Several things done one after the other, most of them answers."""
        random = Random(chance)
        for act in random.choices(ACTS, WEIGHTS, k=acts):
            if self.me.state().open:
                act(self, random.getrandbits(20), random.randint(0, 40))
                self.hold()

    @rule(chance=CHANCE, place=PLACE)
    def change_an_answer(self, chance: int, place: int) -> None:
        self.answering(self.some_step(place), chance)

    def answering(self, step: Step, chance: int) -> None:
        self.later()
        with suppress(NothingFits):
            if isinstance(self.field.instrument.page(step.page), NameGeneratorPage):
                for n in range(chance % 4):
                    self.me.add_someone(step.page, Random(chance + n))
                    self.later()
            self.me.answer(step, Random(chance))

    @rule(chance=CHANCE, place=PLACE)
    def answer_badly(self, chance: int, place: int) -> None:
        self.later()
        with suppress(NothingFits):
            self.me.answer_badly(self.some_step(place), Random(chance))

    @rule(place=PLACE)
    def go_back(self, place: int) -> None:
        before, page = self.me.state(), self.me.browser.page(self.me.address(self.some_step(place)))
        for _ in range(3):
            back = next((link for link in page.links if link.startswith(self.me.browser.link)), None)
            if back is None:
                break
            page = self.me.browser.page(whole(back))
            promise(page.status == 200, f"Back leads to {page.path}: {page.status}")
        self.me.see_nothing_changed(before, "Somebody went back")

    @rule(place=PLACE)
    def refresh(self, place: int) -> None:
        before, address = self.me.state(), self.me.address(self.some_step(place))
        shown = [self.me.browser.page(address) for _ in range(2)]
        promise(shown[0].looks == shown[1].looks, f"{address} looks different when it is opened again")
        self.me.see_nothing_changed(before, "A page was opened again")

    @rule(chance=CHANCE, many=st.integers(1, 4))
    def add_people(self, chance: int, many: int) -> None:
        for n in range(many):
            for name in self.names()[-2:]:
                self.later()
                self.me.add_someone(name, Random(chance + n))

    @rule(chance=CHANCE)
    def remove_someone(self, chance: int) -> None:
        names = self.names()
        if names:
            self.later()
            self.me.remove_someone(names[chance % len(names)], Random(chance))

    @rule(place=PLACE)
    def open_a_tab(self, place: int) -> None:
        step = self.some_step(place)
        if not isinstance(self.field.instrument.page(step.page), NameGeneratorPage):
            self.tab = self.me.open_tab(step)

    @precondition(lambda self: self.tab is not None)
    @rule(chance=CHANCE, keep_mine=st.booleans(), keep_open=st.booleans())
    def send_the_tab(self, chance: int, keep_mine: bool, keep_open: bool) -> None:
        self.later()
        with suppress(NothingFits):
            if self.tab is not None:
                self.me.send_tab(self.tab, Random(chance), keep_mine)
        self.tab = self.tab if keep_open else None

    @rule(chance=CHANCE, place=PLACE)
    def use_two_tabs(self, chance: int, place: int) -> None:
        """Leave a page open, change it or something else meanwhile, then send it as it was opened."""
        random = Random(chance)
        self.open_a_tab(place)
        for act in random.choices(ACTS[:5], WEIGHTS[:5], k=random.randint(0, 2)):
            act(self, random.getrandbits(20), place if random.random() < 0.5 else random.randint(0, 40))
        if self.tab is not None and random.random() < 0.5 and self.tab.step in self.steps():
            self.answering(self.tab.step, random.getrandbits(20))
        self.send_the_tab(random.getrandbits(20), random.random() < 0.5, random.random() < 0.3)

    @rule(chance=CHANCE, place=PLACE)
    def send_twice(self, chance: int, place: int) -> None:
        self.later()
        with suppress(NothingFits):
            self.me.send_twice(self.some_step(place), Random(chance))

    @rule()
    def go_on_elsewhere(self) -> None:
        self.me.browser = Browser(self.world.app.test_client(), self.me.browser.link)
        if self.tab is not None and self.tab.form.named("csrf_token"):
            self.tab = None
        promise(self.me.browser.page().status == 200, "The link opens on another device")

    @precondition(lambda self: hasattr(self, "field") and len(self.field.instrument.languages) > 1)
    @rule(language=st.sampled_from(["en", "cy"]), typed=st.booleans(), place=PLACE)
    def switch_language(self, language: str, typed: bool, place: int) -> None:
        step = self.some_step(place)
        if self.me.state().said.language != language:
            self.later()
            self.me.switch(language, typed, step)

    @rule(chance=CHANCE, place=PLACE)
    def leave(self, chance: int, place: int) -> None:
        self.later()
        with suppress(NothingFits):
            self.me.leave(self.some_step(place), Random(chance))

    @rule(place=PLACE, chance=CHANCE)
    def come_too_late(self, place: int, chance: int) -> None:
        """The wave closes while a page is open: nothing more is taken; then the clock goes back."""
        step, before, now = self.some_step(place), self.me.state(), self.world.clock.now
        page = self.me.browser.page(self.me.address(step))
        self.world.clock.now = START + self.wave * WAVE
        for form in page.forms:
            if "/language" not in form.action:
                self.me.browser.send(form.action, form.standing())
        self.me.see_nothing_changed(before, "The wave was closed")
        self.world.clock.now = now

    @precondition(lambda self: self.sound and self.wave == 1)
    @rule(chance=CHANCE)
    def go_to_wave_two(self, chance: int) -> None:
        """Finish, and begin the next wave; what was sent stays as it is."""
        assume(chance % 3 == 0)
        self.to_the_end(chance)
        first = self.me
        before = first.state()
        self.world.to_wave_two(self.field)
        self.wave = 2
        self.start_wave()
        promise(first.state() == before, "The second wave changed the first")
        self.aside = self.world.rows_of(self.field, "p2")
        self.go_on_for_a_while(chance, 8)

    # ---- what must be true ---------------------------------------------------------------------------------------

    @invariant()
    def hold(self) -> None:
        if not self.sound:
            return
        now = self.me.state()
        promise(now.revision >= self.highest, f"The revision fell from {self.highest} to {now.revision}")
        self.highest = now.revision
        promise(self.world.rows_of(self.field, "p2") == self.aside, "Another person's interview changed")
        see_route_counts(self.field.instrument, now.said)

    def later(self) -> None:
        """A minute passes."""
        self.world.clock.now += WAVE / 10_000

    def to_the_end(self, chance: int) -> None:
        self.later()
        self.walk(chance)
        self.me.finish()
        self.me.see_over()

    def walk(self, chance: int) -> None:
        """Answer what is asked until the end."""
        for n in range(MOST_STEPS):
            waiting = self.me.state().waiting
            if waiting is None:
                return
            self.later()
            if n < 3 and isinstance(self.field.instrument.page(waiting.page), NameGeneratorPage):
                self.me.add_someone(waiting.page, Random(chance + n))
            self.me.answer(waiting, Random(chance + n), check_round=False)
        promise(False, "The interview has no end")

    def teardown(self) -> None:
        """The interview can be finished from wherever it is."""
        if self.sound:
            try:
                self.to_the_end(self.seed)
            except NothingFits:
                return


ACTS: tuple[Callable[[Interviewing, int, int], None], ...] = (
    lambda me, chance, place: me.answer_next(chance),
    lambda me, chance, place: me.change_an_answer(chance, place),
    lambda me, chance, place: me.answer_badly(chance, place),
    lambda me, chance, place: me.add_people(chance, 2),
    lambda me, chance, place: me.remove_someone(chance),
    lambda me, chance, place: me.use_two_tabs(chance, place),
    lambda me, chance, place: me.send_the_tab(chance, chance % 2 == 0, chance % 3 == 0),
    lambda me, chance, place: me.send_twice(chance, place),
    lambda me, chance, place: me.leave(chance, place),
    lambda me, chance, place: me.refresh(place),
)
WEIGHTS = (8, 3, 2, 2, 2, 4, 1, 1, 1, 1)
