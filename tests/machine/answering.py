"""A person answering pages in a browser, who holds the service to its word after everything they send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from werkzeug.test import TestResponse

from instruments.check import check_step, step_keys
from instruments.checked import Checked
from instruments.fields import CONFIRM
from instruments.responses import AnswerKey, Responses, Value
from instruments.route import Step
from instruments.schema import CalculatedItem, Instrument, NameGeneratorPage
from instruments.synthetic import invent
from tests.machine.browser import Browser, Fields, Form, Page
from tests.machine.setting import Field, State, World

SAVED, CONFLICT, REFUSED, GONE = 303, 409, 422, 404
ODD = ("", "zzz", "-1", "9" * 40, "yes", "low", "2026-13-45", "\u202e", "a" * 6000, "1e5", "<b>")


class BrokenPromise(AssertionError):
    """The service did what it says that it never does."""


def promise(kept: object, words: str) -> None:
    """Raise BrokenPromise unless it was kept."""
    if not kept:
        raise BrokenPromise(words)


@dataclass
class Tab:
    """A page left open: its form, and what the store had for it then."""

    step: Step
    form: Form
    seen: int
    stored: Mapping[AnswerKey, Value]
    alters: frozenset[int]


@dataclass
class Answering:
    """One person in one wave."""

    world: World
    field: Field
    token: str
    browser: Browser

    @property
    def instrument(self) -> Instrument:
        return self.field.instrument

    def state(self) -> State:
        found = self.world.state(self.token)
        promise(found, "A begun interview is there")
        return found

    def begin(self, seed: int) -> None:
        """Press Start on the first page."""
        first = self.browser.page()
        promise(first.status == 200, f"The start page opens: {first.status}")
        self.browser.send(first.form("/start").action, first.form("/start").standing())
        self.world.settle_seed(self.field, seed)

    def address(self, step: Step) -> str:
        return f"{self.browser.link}/{step.key}"

    # ---- answering -----------------------------------------------------------------------------------------------

    def answer(self, step: Step, random: Random, *, check_round: bool = True) -> None:
        """Fill in one page as it should be, and see that it is kept."""
        page = self.browser.page(self.address(step))
        before = self.state()
        promise(page.path == self.address(step), f"{step.key} may be opened, and leads to {page.path}")
        if isinstance(self.instrument.page(step.page), NameGeneratorPage):
            self.leave_names(page, before)
            return
        invented = self.invented(step, before, random)
        sent = page.step_form.filled(offered(page.step_form, invented))
        answer = self.browser.send(page.step_form.action, sent)
        if answer.status_code == REFUSED and any(name.startswith(CONFIRM) for name in invented):
            sent = self.confirmed(Page(answer), before, invented)
            answer = self.browser.send(page.step_form.action, sent)
        promise(answer.status_code == SAVED, f"{step.key} is kept: {answer.status_code} for {sent}: {problems(answer)}")
        self.see_kept(step, before, sent)
        if check_round:
            self.see_shown(step)

    def confirmed(self, asking: Page, before: State, invented: Fields) -> Fields:
        """What is sent when the page asks whether an answer is meant: all as it stands there, and a tick."""
        self.see_nothing_changed(before, "The page asks whether an answer is meant")
        ticks = {name: values for name, values in invented.items() if name.startswith(CONFIRM)}
        promise(offered(asking.step_form, ticks) == ticks, f"Boxes to confirm with are offered: {ticks}")
        return asking.step_form.standing() | ticks

    def invented(self, step: Step, before: State, random: Random) -> Fields:
        posted = invent(self.instrument, step, before.said, random, self.field.rosters)
        return {name: list(values) for name, values in posted.items()}

    def leave_names(self, page: Page, before: State) -> None:
        """Go on with whoever is listed, or say "no one"."""
        step = Step(page.path.rpartition("/")[2])
        form = next(form for form in page.forms if form.attributes.get("button") is not None and
                    form.action.partition("?")[0] == page.path)  # fmt: skip
        sent = form.filled({} if before.said.named_on(step.page) else {"no_one": ["yes"]})
        answer = self.browser.send(form.action, sent)
        promise(answer.status_code == SAVED, f"{step.key} is left: {answer.status_code}")
        after = self.state()
        promise(step.key in after.said.done, f"{step.key} was left and is not done")
        promise(bool(after.said.named_on(step.page)) != (step.page in after.said.no_one), "people or no one")

    def see_kept(self, step: Step, before: State, sent: Mapping[str, Sequence[str]]) -> None:
        """An acknowledged save is in the store, and nothing else changed."""
        after, checked = self.state(), self.checked(step, before, sent)
        promise(not checked.errors, f"{step.key} was kept with errors {checked.errors}")
        keys = set(step_keys(self.instrument, step, before.said)) | set(checked.values)
        told = {key: value for key, value in after.said.answers.items() if key in keys}
        promise(told == checked.values, f"{step.key} kept {told} and not {checked.values}")
        promise(step.key in after.said.done, f"{step.key} was kept and is not done")
        self.see_others_untouched(keys, before, after)

    def see_others_untouched(self, keys: set[AnswerKey], before: State, after: State) -> None:
        worked_out = {i.id for p in self.instrument.pages for i in getattr(p, "items", ()) if is_worked_out(i)}
        spare = [
            {k: v for k, v in one.said.answers.items() if k not in keys and k.item not in worked_out}
            for one in (before, after)
        ]
        promise(spare[0] == spare[1], f"Answers of other pages changed: {spare[0]} {spare[1]}")

    def checked(self, step: Step, before: State, sent: Mapping[str, Sequence[str]]) -> Checked:
        return check_step(self.instrument, step, before.said, sent, known=self.known, language=before.said.language)

    def known(self, roster: str, code: str) -> bool:
        return code in self.field.rosters.get(roster, ())

    def see_shown(self, step: Step) -> None:
        """The page opened again shows what was kept: sent unchanged, it means the same."""
        now = self.state()
        if step not in now.open:
            return
        again = self.browser.page(self.address(step))
        sent = again.step_form.standing()
        told = self.checked(step, now, sent)
        confirmed = {error.field for error in told.questions}
        promise(not told.errors or confirmed, f"{step.key} shown again has errors {told.errors} in {sent}")
        keys = set(step_keys(self.instrument, step, now.said))
        stored = {key: value for key, value in now.said.answers.items() if key in keys}
        promise(told.values == stored, f"{step.key} shows {told.values}, and {stored} is kept")

    def answer_badly(self, step: Step, random: Random) -> None:
        """Send a page with one field gone wrong: refused and nothing changed, or kept as it was sent."""
        if isinstance(self.instrument.page(step.page), NameGeneratorPage):
            return
        page, before = self.browser.page(self.address(step)), self.state()
        names = [c.name for c in page.step_form.controls if c.name not in ("csrf_token", "seen", "")]
        sent = page.step_form.filled(offered(page.step_form, self.invented(step, before, random)))
        for name in random.sample(names, min(len(names), 2)):
            sent[name] = [random.choice(ODD)]
        self.send_and_see(page.step_form.action, step, before, sent)

    def send_and_see(self, action: str, step: Step, before: State, sent: Mapping[str, Sequence[str]]) -> TestResponse:
        answer = self.browser.send(action, sent)
        if answer.status_code == REFUSED:
            self.see_nothing_changed(before, f"{step.key} was refused")
        else:
            promise(answer.status_code == SAVED, f"{step.key}: {answer.status_code}")
            self.see_kept(step, before, sent)
        return answer

    def see_nothing_changed(self, before: State, why: str) -> None:
        promise(self.state() == before, f"{why}, and something changed")

    # ---- two tabs ------------------------------------------------------------------------------------------------

    def open_tab(self, step: Step) -> Tab:
        """A page left open in another tab."""
        page, now = self.browser.page(self.address(step)), self.state()
        seen = int(page.step_form.standing()["seen"][0])
        promise(seen == now.revisions.get(step.key, 0), f"{step.key} is shown at {now.revisions}, and says {seen}")
        return Tab(step, page.step_form, seen, self.stored(step, now.said), numbers(now))

    def stored(self, step: Step, said: Responses) -> dict[AnswerKey, Value]:
        keys = set(step_keys(self.instrument, step, said))
        return {key: value for key, value in said.answers.items() if key in keys}

    def send_tab(self, tab: Tab, random: Random, keep_mine: bool) -> None:
        """Send what was left open: kept when nothing else was, else both answers are shown and none is lost."""
        before = self.state()
        asked = before if tab.step in before.open and tab.alters == numbers(before) else None
        answers = self.invented(tab.step, asked, random) if asked else {}
        sent = tab.form.filled({n: v for n, v in answers.items() if all(tab.form.offers(n, one) for one in v)})
        answer = self.browser.send(tab.form.action, sent)
        after = self.state()
        if answer.status_code == CONFLICT:
            promise(after == before, "A conflict wrote something")
            self.settle(Page(answer), tab.step, before, keep_mine)
        elif answer.status_code == SAVED and tab.step in before.open:
            self.see_not_overwritten(tab, before, after, sent)
        else:
            promise(answer.status_code in (SAVED, REFUSED, GONE), f"{tab.step.key}: {answer.status_code}")
            promise(after == before, f"A page that was not kept ({answer.status_code}) changed something")

    def see_not_overwritten(self, tab: Tab, before: State, after: State, sent: Fields) -> None:
        stored = self.stored(tab.step, before.said)
        untouched = stored == tab.stored
        mine = self.checked(tab.step, before, sent).values
        promise(untouched or mine == stored, f"{tab.step.key}: {stored} was overwritten by {mine} from an old page")
        if tab.seen != before.revisions.get(tab.step.key, 0):
            promise(after.said.answers == before.said.answers, f"{tab.step.key}: an old page changed answers")
        else:
            self.see_kept(tab.step, before, sent)

    def settle(self, page: Page, step: Step, before: State, keep_mine: bool) -> None:
        """Choose between the two answers."""
        if not keep_mine:
            theirs = next(link for link in page.links if link.partition("?")[0] == self.address(step))
            promise(self.browser.page(theirs).status == 200, "Theirs is shown")
            return
        form = next(form for form in page.forms if form.named("seen"))
        sent = form.standing()
        answer = self.browser.send(form.action, sent)
        promise(answer.status_code == SAVED, f"Mine is kept: {answer.status_code} {problems(answer)}")
        self.see_kept(step, before, sent)

    def send_twice(self, step: Step, random: Random) -> None:
        """A double click: the second one changes nothing."""
        if isinstance(self.instrument.page(step.page), NameGeneratorPage):
            return
        page, before = self.browser.page(self.address(step)), self.state()
        sent = page.step_form.filled(offered(page.step_form, self.invented(step, before, random)))
        if self.send_and_see(page.step_form.action, step, before, sent).status_code == REFUSED:
            return
        once = self.state()
        again = self.browser.send(page.step_form.action, sent)
        promise(again.status_code in (SAVED, GONE), f"{step.key} sent twice: {again.status_code}")
        promise(self.state().said == once.said, f"{step.key} sent twice changed {once.said} to {self.state().said}")


def offered(form: Form, answers: Mapping[str, Sequence[str]]) -> Fields:
    """Those answers that a form has fields for; a box to confirm with comes only once the page has asked."""
    given = {name: list(values) for name, values in answers.items()}
    return {n: v for n, v in given.items() if not n.startswith(CONFIRM) or all(form.offers(n, one) for one in v)}


def numbers(state: State) -> frozenset[int]:
    """The numbers of all people in an interview."""
    return frozenset(alter.number for alter in state.said.alters)


def is_worked_out(item: object) -> bool:
    return isinstance(item, CalculatedItem)


def problems(answer: TestResponse) -> str:
    """What a page says is to be changed."""
    _, _, rest = answer.text.partition('class="nhsuk-error-summary')
    return " ".join(rest.partition("</ul>")[0].split())[:600]
