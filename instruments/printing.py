"""The whole questionnaire on paper, for an ethics board: one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from instruments.asked import page_item
from instruments.baseline import items_of
from instruments.burden import estimated_minutes
from instruments.codebook import number_range
from instruments.printing_conditions import in_words
from instruments.schema import (
    AlterFormPage,
    AlterGridPage,
    AlterReviewPage,
    AlterTiesPage,
    AnyItem,
    AnyPage,
    ArdPage,
    BooleanItem,
    CalculatedItem,
    ChoiceItem,
    Choosing,
    ConsentPage,
    DateItem,
    FinishPage,
    FormPage,
    InfoItem,
    InfoPage,
    Instrument,
    LikertItem,
    NameGeneratorPage,
    NarrativePage,
    NumberItem,
    OrgTiesPage,
    PlacePage,
    RankItem,
    Text,
    TextItem,
)
from instruments.wording import BRACES, phrase, question, say

STYLE = """
body { font: 16px/1.45 Arial, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #212b32; }
h1 { font-size: 1.8em } h2 { font-size: 1.35em; border-bottom: 2px solid #005eb8; margin-top: 2em }
h3 { font-size: 1.1em; margin-bottom: .2em } section { break-inside: avoid-page }
.note { color: #4c6272; font-size: .9em; margin: .2em 0 } .when { border-left: 4px solid #768692; padding-left: .6em }
ul { margin-top: .2em } li { list-style: "☐  "; margin-left: .4em } ul.plain li { list-style: disc }
.line { border-bottom: 1px solid #768692; height: 1.6em; max-width: 24em } table { border-collapse: collapse }
td, th { border: 1px solid #768692; padding: .2em .6em; text-align: left } code { font-size: .9em }
@media print { body { margin: 0; max-width: none; font-size: 11pt } .language { break-before: page } }
"""
NAMED = {"en": "English", "cy": "Cymraeg"}
FILLED = {"alter": "name", "to": "other name"}
"""What a place is called on paper."""
BY_MODE = {"roster": "picked from a list", "recall": "typed", "position": "a role at a place of work"}
MODES = {
    "one_to_many": "one person with the others",
    "pairs": "pair by pair",
    "strength": "pair by pair",
    "sociogram": "all on one picture",
}
PRIVACY = {
    "none": "No real names are kept.",
    "initials": "Only initials are kept.",
    "roster": "People are picked from a list that the study holds.",
    "vault": "Names are kept apart from answers.",
}
PII = {"name": "holds names", "contact": "holds contact details", "free_text": "free text: may hold names"}


def printed(instrument: Instrument) -> str:
    """The questionnaire with every wording, option, condition and consent text, one part for each language."""
    parts = "".join(_language(instrument, language) for language in instrument.languages)
    title = escape(say(instrument.title, instrument.languages[0]))
    lang = instrument.languages[0]
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{parts}</body>\n</html>\n"
    )


def _language(instrument: Instrument, language: str) -> str:
    teller = _Printer(instrument, language)
    pages = "".join(teller.page(number, page) for number, page in enumerate(instrument.pages, 1))
    heading = f"<h1>{teller.text(instrument.title)}</h1>"
    notes = [
        f"{instrument.id}, version {instrument.version}, {NAMED.get(language, language)}",
        f"About {estimated_minutes(instrument):.0f} minutes for someone who names five people.",
        PRIVACY[instrument.privacy.names],
    ]
    return (
        f'<main class="language" lang="{language}">{heading}{"".join(map(_note, notes))}'
        f"{teller.topics()}{pages}</main>\n"
    )


def _limits(item: AnyItem) -> str:
    """What answers are taken, where not every one is: numbers, days, how many in order, how long a text."""
    if isinstance(item, NumberItem):
        return number_range(item)
    if isinstance(item, DateItem):
        ends = (("from", item.earliest), ("to", item.latest))
        return " ".join(f"{word} {day}" for word, day in ends if day)
    if isinstance(item, RankItem):
        return f"the first {item.top} in order" if item.top else "all in order"
    return f"{item.max_length} characters at most" if isinstance(item, TextItem) else ""


class _Printer:
    """Writes one questionnaire in one language."""

    def __init__(self, instrument: Instrument, language: str) -> None:
        self.instrument, self.language = instrument, language

    def text(self, text: Text) -> str:
        """A wording, escaped, its places as words in brackets."""
        words = say(text, self.language)
        return BRACES.sub(lambda found: f"[{FILLED.get(found[1], found[1])}]", escape(words)).replace("\n", "<br>\n")

    def named(self, page_id: str) -> str:
        """A page of names, as its number and what it is called."""
        numbers = {page.id: number for number, page in enumerate(self.instrument.pages, 1)}
        title = self.instrument.page(page_id).title
        called = f" (“{say(title, self.language)}”)" if title else ""
        return f"page {numbers[page_id]}{called}"

    def topics(self) -> str:
        topics = self.instrument.topics
        return f'<h2>Topics</h2><ul class="plain">{self.entries(topics)}</ul>' if topics else ""

    def entries(self, entries: tuple[object, ...]) -> str:
        found = ((getattr(entry, "label", ""), getattr(entry, "hint", None)) for entry in entries)
        return "".join(f"<li>{self.text(label)}{self.hint(hint)}</li>" for label, hint in found)

    def hint(self, hint: Text | None) -> str:
        return f' <span class="note">{self.text(hint)}</span>' if hint else ""

    def page(self, number: int, page: AnyPage) -> str:
        title = self.text(page.title) if page.title else escape(page.id.replace("_", " ").capitalize())
        above = "".join(f"<p>{self.text(text)}</p>" for text in (page.intro, page.help) if text)
        body = "".join(WRITERS[page.type](self, page))
        rules = "".join(self.rule(rule.when, rule.message) for rule in getattr(page, "rules", ()))
        return f"<section><h2>{number}. {title}</h2>{self.conditions(page)}{above}{body}{rules}</section>\n"

    def conditions(self, page: AnyPage) -> str:
        waves = f"Asked in wave {', '.join(map(str, page.waves))}." if page.waves else ""
        return (_note(waves) if waves else "") + self.when(page.when)

    def when(self, condition: str | None) -> str:
        if condition is None:
            return ""
        told = escape(in_words(condition, self.instrument, self.language))
        return f'<p class="note when">Asked only when {told}. <code>{escape(condition)}</code></p>'

    def rule(self, condition: str, message: Text) -> str:
        told = escape(in_words(condition, self.instrument, self.language))
        return f'<p class="note when">Must hold: {told}. Otherwise: “{self.text(message)}”</p>'

    def item(self, item: AnyItem) -> str:
        if isinstance(item, InfoItem):
            heading = f"<h3>{self.text(item.label)}</h3>" if item.label else ""
            return f"{heading}{self.when(item.when)}<p>{self.text(item.text)}</p>"
        if isinstance(item, CalculatedItem):
            return _note(f"Worked out, never shown: {item.id} = {item.value}")
        label = item.label if item.label is not None else question(item, self.language)
        hint = f'<p class="note">{self.text(item.hint)}</p>' if item.hint else ""
        return f"<h3>{self.text(label)}</h3>{self.facts(item)}{hint}{self.when(item.when)}{self.answers(item)}"

    def facts(self, item: AnyItem) -> str:
        facts = ["must be answered" if item.required else "may be left blank"]
        facts += [PII[item.pii]] if item.pii in PII else []
        facts += ["asked once"] if item.ask_once else []
        facts += ["filled in beforehand"] if item.prefill else []
        facts += [limits] if (limits := _limits(item)) else []
        facts += ["in an order of each respondent's own"] if getattr(item, "randomise", False) else []
        return _note(f"{item.id}: {', '.join(facts)}")

    def answers(self, item: AnyItem) -> str:
        extra = "".join(f"<li>{escape(phrase(reason, self.language))}</li>" for reason in item.allow)
        if isinstance(item, LikertItem):
            return self.table(tuple(s.label for s in item.statements), tuple(o.label for o in item.options))
        if isinstance(item, Choosing):
            other = phrase("other", self.language) if isinstance(item, ChoiceItem) and item.other else ""
            return f"<ul>{self.entries(item.options)}{f'<li>{escape(other)}: …</li>' if other else ''}{extra}</ul>"
        if isinstance(item, BooleanItem):
            said = "".join(f"<li>{escape(phrase(word, self.language))}</li>" for word in ("yes", "no"))
            return f"<ul>{said}{extra}</ul>"
        return '<div class="line"></div>' + (f"<ul>{extra}</ul>" if extra else "")

    def table(self, rows: tuple[Text, ...], columns: tuple[Text, ...]) -> str:
        head = "".join(f"<th scope='col'>{self.text(column)}</th>" for column in columns)
        cells = "<td>☐</td>" * len(columns)
        body = "".join(f"<tr><th scope='row'>{self.text(row)}</th>{cells}</tr>" for row in rows)
        return f"<table><tr><td></td>{head}</tr>{body}</table>"


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _consent(teller: _Printer, page: ConsentPage) -> Iterator[str]:
    yield f"<p>{teller.text(page.text)}</p><ul>{teller.entries(page.statements)}</ul>"
    yield _note(f"Version {page.version} of these statements. Every one must be ticked.")


def _info(teller: _Printer, page: InfoPage) -> Iterator[str]:
    yield f"<p>{teller.text(page.text)}</p>"


def _items(teller: _Printer, page: FormPage | AlterFormPage | AlterReviewPage) -> Iterator[str]:
    if isinstance(page, AlterReviewPage):
        yield _note("Asked about each person named in the last wave.")
    elif isinstance(page, AlterFormPage):
        yield _note(f"Asked about each person named on {teller.named(page.alters)}.")
    yield from (teller.item(item) for item in items_of(page))


def _generator(teller: _Printer, page: NameGeneratorPage) -> Iterator[str]:
    yield "".join(f"<h3>{teller.text(prompt.text)}</h3>" for prompt in page.prompts)
    modes = ", or ".join(BY_MODE[mode] for mode in page.modes)
    yield _note(f"Up to {page.max} people, each {modes}.")
    yield '<div class="line"></div>' * 3 + f"<ul><li>{teller.text(page.none_option)}</li></ul>"
    if page.nudges:
        yield _note("Then also asked:") + "".join(f"<p>{teller.text(nudge)}</p>" for nudge in page.nudges)


def _grid(teller: _Printer, page: AlterGridPage) -> Iterator[str]:
    yield _note(f"Asked about each person named on {teller.named(page.over.alters)}, for each topic:")
    yield from (teller.item(item) for item in page.then)


def _pairs(teller: _Printer, page: AlterTiesPage) -> Iterator[str]:
    people = f"{page.alters.sample} of the people" if page.alters.sample else "the people"
    yield _note(f"Asked about pairs of {people} named on {teller.named(page.alters.source)} ({MODES[page.mode]}).")
    item = page_item(page)
    label = page.label or page.title
    yield teller.item(item if label else item.model_copy(update={"label": phrase("pair", teller.language)}))
    if page.unrelated_option:
        words = page.unrelated_option
        rest = phrase("unrelated", teller.language) if isinstance(words, bool) else say(words, teller.language)
        yield f"<ul><li>{escape(rest)}</li></ul>"


def _whole(teller: _Printer, page: OrgTiesPage | PlacePage | NarrativePage) -> Iterator[str]:
    about = {
        "org_ties": "each other place of work",
        "place": "each person",
        "narrative": "their own map, shown to them",
    }
    yield _note(f"About {about[page.type]}.")
    if not isinstance(page, NarrativePage) or page.label is not None:
        yield teller.item(page_item(page))


def _ard(teller: _Printer, page: ArdPage) -> Iterator[str]:
    yield teller.item(page_item(page)).replace('<div class="line"></div>', "")
    yield teller.table(tuple(group.label for group in page.groups), (f"0 – {page.maximum}",))


def _finish(teller: _Printer, page: FinishPage) -> Iterator[str]:
    shown = {"own_map": "their own map", "next_wave_date": "when they are asked next"}
    if page.show:
        yield _note(f"Shows {' and '.join(shown[what] for what in page.show)}.")


WRITERS: dict[str, Callable[..., Iterator[str]]] = {
    "consent": _consent,
    "info": _info,
    "form": _items,
    "name_generator": _generator,
    "alter_review": _items,
    "alter_form": _items,
    "alter_grid": _grid,
    "alter_ties": _pairs,
    "org_ties": _whole,
    "ard": _ard,
    "place": _whole,
    "narrative": _whole,
    "finish": _finish,
}
