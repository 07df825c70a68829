"""A person in one wave: answers pages, names people, changes the language, leaves, and finishes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from instruments.route import Step
from instruments.schema import NameGeneratorPage
from tests.machine.answering import GONE, SAVED, Answering, numbers, offered, promise
from tests.machine.browser import Fields, Form

TYPED = ("Jo Lee", "jo  lee", "Raj Khan", "Ada", "Zoë O’Neill", "Dee", "x", "  ", "\u202eevil", "n" * 300)


class Respondent(Answering):
    """Everything that a person does besides answering questions."""

    # ---- people --------------------------------------------------------------------------------------------------

    def add_someone(self, name: str, random: Random) -> None:
        """Add a person in one of the ways that the page offers, and answer what it asks about them."""
        page, before = self.browser.page(f"{self.browser.link}/{name}"), self.state()
        if page.path != f"{self.browser.link}/{name}":
            return
        forms = [f for f in page.forms if f.action.partition("?")[0].endswith(("/add", "/position"))]
        forms = [f for f in forms if f.named("again") or f.named("role") or f.named("name")]
        if not forms:
            promise(before.said.named_on(name), "A page with nobody named offers no way to name anyone")
            return
        form = random.choice(forms)
        answer = self.browser.send(form.action, self.somebody(form, random))
        for _ in range(4):
            page = self.browser.follow(answer)
            asks = next((form for form in page.forms if asks_more(form)), None)
            if asks is None:
                break
            answer = self.browser.send(asks.action, self.some_choice(asks, random))
        after = self.state()
        promise(numbers(before) <= numbers(after), "Adding somebody removed somebody")
        promise(len(numbers(after)) <= len(numbers(before)) + 1, "Adding one added several")
        most = next(p.max for p in self.instrument.pages if p.id == name)
        promise(
            len(after.said.named_on(name)) <= max(most, len(before.said.named_on(name))), "More people than allowed"
        )
        promise(not after.said.named_on(name) or name not in after.said.no_one, "people and no one")
        self.see_others_untouched(set(), before, after)

    def somebody(self, form: Form, random: Random) -> Fields:
        if form.named("again"):
            return form.standing()
        if form.named("role"):
            return self.some_choice(form, random)
        sent = form.filled({"name": [random.choice(TYPED)]})
        if form.named("person") and random.random() < 0.5:
            sent["person"] = [random.choice(sorted(self.field.keys.values(), key=list(self.field.keys.values()).index))]
        return sent

    def some_choice(self, form: Form, random: Random) -> Fields:
        """Some choice for each list and each set of radios."""
        sent = form.standing()
        for name in dict.fromkeys(c.name for c in form.controls if c.kind in ("radio", "select")):
            offered = [o for c in form.named(name) for o in (c.options if c.kind == "select" else [c.value])]
            sent[name] = [random.choice(offered)]
        return sent

    def remove_someone(self, name: str, random: Random) -> None:
        """Take somebody off, saying yes where the page asks."""
        page, before = self.browser.page(f"{self.browser.link}/{name}"), self.state()
        forms = [form for form in page.having("/remove/") if page.path.endswith(f"/{name}")]
        if not forms:
            return
        form = random.choice(forms)
        number = int(form.action.partition("?")[0].rpartition("/")[2])
        page = self.browser.follow(self.browser.send(form.action, form.standing()))
        sure = next((form for form in page.forms if form.named("sure")), None)
        if sure is not None:
            promise(self.state() == before, "Somebody was removed before it was sure")
            self.browser.send(sure.action, sure.filled({"sure": ["yes"]}))
        self.see_removed(name, number)

    def see_removed(self, name: str, number: int) -> None:
        said = self.state().said
        promise(number not in {alter.number for alter in said.named_on(name)}, "Somebody removed is still there")
        if number in {one.alter for one in said.nominations}:
            return
        reviewed = {i.id for p in self.instrument.pages for i in getattr(p, "ask", ())}
        left = [key for key in said.answers if number in (key.alter, key.to) and key.item not in reviewed]
        promise(not left, f"Answers about somebody removed are still there: {left}")
        steps = [key for key in said.done if str(number) in key.split("/")[1:]]
        promise(not steps, f"Pages about somebody removed are still done: {steps}")

    # ---- to the end ----------------------------------------------------------------------------------------------

    def switch(self, language: str, typed: bool, step: Step) -> None:
        """Change the language, with what stands on the page or, as from an old page, without."""
        page, before = self.browser.page(self.address(step)), self.state()
        form = page.form("/language")
        sent = form.standing() if typed else {"csrf_token": [page.token]}
        sent |= {"language": [language]} if form.offers("language", language) else {}
        answer = self.browser.send(form.action, sent)
        promise(answer.status_code in (200, SAVED, GONE), f"The language changes: {answer.status_code}")
        after = self.state()
        promise(replace(after.said, language="") == replace(before.said, language=""), "The language changed answers")
        if answer.status_code != GONE:
            promise(after.said.language == language, f"The language is {after.said.language} and not {language}")
            promise(f'<html lang="{language}"' in self.browser.page(self.address(step)).text, "The page says so")

    def leave(self, step: Step, random: Random) -> None:
        """Save and leave, and come back."""
        page, before = self.browser.page(self.address(step)), self.state()
        form = next(form for form in page.forms if "/leave" in form.action)
        names = isinstance(self.instrument.page(step.page), NameGeneratorPage)
        sent = form.filled({} if names else offered(form, self.invented(step, before, random)))
        answer = self.browser.send(form.action, sent)
        promise(answer.status_code == SAVED and "/leave" in answer.location, f"One can leave: {answer.status_code}")
        promise(self.browser.follow(answer).status == 200, "The page after leaving opens")
        if not names and "unsaved" not in answer.location:
            self.see_kept(step, before, sent)
        elif not names:
            self.see_nothing_changed(before, "Nothing was saved")

    def finish(self) -> None:
        """Send the answers; sending twice is sending once."""
        page = self.browser.page("/check")
        promise(page.status == 200 and page.path.endswith("/check"), f"The answers can be checked: {page.path}")
        form = page.form("/finish")
        for _ in range(2):
            answer = self.browser.send(form.action, form.standing())
            promise(answer.status_code == SAVED and answer.location.endswith("/done"), f"Sent: {answer.status_code}")
        promise(self.state().finished, "Sent and not finished")
        promise(self.browser.page("/done").status == 200, "The last page opens")

    def see_over(self) -> None:
        """Nothing changes any more."""
        before = self.state()
        for step in before.route[:-1][:3]:
            answer = self.browser.get(self.address(step))
            led = answer.status_code == SAVED and answer.location.endswith("/done")
            promise(led, f"{step.key} opens after the end: {answer.status_code}")
        self.see_nothing_changed(before, "The answers were sent")


def asks_more(form: Form) -> bool:
    """Whether a form asks about somebody who is being added."""
    return bool(form.named("same")) or "/choose" in form.action or "/describe" in form.action
