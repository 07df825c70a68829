"""An EgoWeb study (.study, XML) as a questionnaire of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from exchange.egoweb_items import EgoQuestion, asked_of, settings_of
from exchange.egoweb_skips import Expressions
from exchange.egoweb_xml import Element, read_xml
from exchange.foreign_draft import Draft, Foreign, plain
from exchange.refusals import UnusableFile
from instruments.pairs import NO_TIE

Page = dict[str, Any]
EGO = ("EGO", "NETWORK")
ORDER = ("EGO_ID", "EGO", "NAME_GENERATOR", "ALTER", "ALTER_PAIR", "NETWORK")
"""How older studies order their questions: by whom they are about, then by number."""
ALWAYS_LOST = {
    "networkParams": "how its network is drawn",
    "keepOnSamePage": "that it stands on the page of the question before",
    "pageLevelDontKnowButton": "its one button for all rows",
    "useAlterListField": "its list of people",
}


@dataclass
class _Study:
    """What is known while the questions are read."""

    draft: Draft
    root: Element
    expressions: Expressions
    people: str = ""
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_egoweb(data: bytes, name: str) -> Foreign:
    """The questionnaire in a study, and what of it is not carried over; UnusableFile when it is no study."""
    root = read_xml(data, name)
    if root.name != "study":
        raise UnusableFile(name, "it is XML, but no EgoWeb study", "Export the study from EgoWeb and use that.")
    draft = Draft(plain(root.get("name")) or name.rpartition(".")[0])
    study = _Study(draft, root, Expressions({one.get("id"): one for one in root.below("expression")}))
    if text := plain(root.child("introduction")):
        draft.pages.append({"id": draft.word("introduction"), "type": "info", "text": text})
    for question in _ordered(root):
        _read(question, study)
    if not study.people:
        _names(None, study)
    if text := plain(root.child("conclusion")):
        draft.lose("the conclusion", "its text: put it on the last page yourself")
    return draft.finished()


def _ordered(root: Element) -> list[EgoQuestion]:
    questions = [EgoQuestion(one) for one in root.below("question")]
    if any(question.about == "NAME_GENERATOR" for question in questions):
        return sorted(questions, key=lambda question: question.place)
    known = {about: at for at, about in enumerate(ORDER)}
    return sorted(questions, key=lambda question: (known.get(question.about, len(ORDER)), question.place))


def _read(question: EgoQuestion, study: _Study) -> None:
    """Add the page that a question becomes; those about people need a page of names before them."""
    draft = study.draft
    if question.about == "EGO_ID":
        draft.lose(question.name, "it says who answers: people are known by their invitation")
        return
    for key, what in ALWAYS_LOST.items():
        if question.element.get(key) not in ("", "0"):
            draft.lose(question.name, what)
    if question.about == "NAME_GENERATOR":
        _names(question, study)
        return
    if question.about in ("ALTER", "ALTER_PAIR") and not study.people:
        _names(None, study)
    if question.about in EGO:
        page = _about_ego(question, study)
    elif question.about == "ALTER":
        page = _about_alter(question, study)
    elif question.about == "ALTER_PAIR":
        page = _about_pair(question, study)
    else:
        draft.lose(question.name, f"there is no page about {question.about or 'whom it asks about'}")
        return
    if page is not None:
        draft.pages.append(page)


def _shared(question: EgoQuestion, study: _Study) -> Page:
    """What every page has: its id, its words above, and when it is shown."""
    page: Page = {"id": study.draft.word(f"{question.title or 'question'}_page", "page")}
    if preface := plain(question.element.child("preface")):
        page["intro"] = preface
    expression = question.element.get("answerReasonExpressionId")
    if expression not in ("", "0"):
        told = study.expressions.told(expression, study.asked, about_alter=question.about == "ALTER")
        if told is None:
            study.draft.lose(question.name, f"when it is asked: “{study.expressions.name(expression)}”")
        else:
            page["when"] = told
    return page


def _about_ego(question: EgoQuestion, study: _Study) -> Page | None:
    shared = _shared(question, study)
    if question.kind == "NO_RESPONSE":
        text = question.prompt
        return {**shared, "type": "info", "text": text} if text else None
    item = _item(question, study)
    return {**shared, "type": "form", "items": [item]} if item else None


def _about_alter(question: EgoQuestion, study: _Study) -> Page | None:
    shared = _shared(question, study)
    if question.kind == "NO_RESPONSE":
        study.draft.lose(question.name, "it only says something about each person")
        return None
    item = _item(question, study)
    layout = {"layout": "matrix"} if question.element.get("askingStyleList") == "1" else {}
    return {**shared, "type": "alter_form", "alters": study.people, **layout, "items": [item]} if item else None


def _item(question: EgoQuestion, study: _Study) -> dict[str, Any] | None:
    asked = asked_of(question, study.draft)
    if asked is None:
        return None
    study.asked[question.element.get("id")] = {
        "path": f"alter.{asked['id']}" if question.about == "ALTER" else asked["id"],
        "type": asked["type"],
        "values": settings_of(question),
    }
    return asked


def _about_pair(question: EgoQuestion, study: _Study) -> Page | None:
    """Two answers become yes or no for each pair; more become steps of strength."""
    draft = study.draft
    shared = _shared(question, study)
    ties = study.expressions.chosen(study.root.get("adjacencyExpressionId"), question.element.get("id"))
    options = [option for option in question.options if not ties or option.get("id") in ties]
    relation = draft.relation(shared["id"], question.prompt[:200] or "know each other")
    draft.relations[relation]["directed"] = False
    page = {**shared, "type": "alter_ties", "relation": relation, "alters": {"from": study.people}}
    page |= {"label": question.prompt.replace("\n", " ")} if question.prompt else {}
    if len(options) < 2 or len(question.options) == 2:
        draft.lose(question.name, "its own answers: it asks yes or no about each pair")
        return {**page, "mode": "pairs"}
    values = settings_of(question)
    written = [{"value": values[o.get("id")], "label": plain(o.get("name")) or "–"} for o in options]
    rest = [plain(option.get("name")) for option in question.options if option not in options]
    none = [{"value": NO_TIE, "label": " / ".join(rest)}] if rest else []
    return {**page, "mode": "strength", "options": [*(o for o in written if o["value"] != NO_TIE), *none]}


def _names(question: EgoQuestion | None, study: _Study) -> None:
    """The page that asks for people: a question of its own in newer studies, the study's own prompt in older ones."""
    draft, root = study.draft, study.root
    page: Page = _shared(question, study) if question else {"id": draft.word("people")}
    prompt = question.prompt if question else plain(root.child("alterPrompt"))
    most = root.get("maxAlters")
    page |= {
        "type": "name_generator",
        "relation": draft.relation(page["id"], prompt[:200] or "knows"),
        "modes": ["recall"],
        "max": min(max(int(most), 1), 50) if most.isascii() and most.isdigit() and len(most) < 6 else 20,
        "none_option": "Nobody",
        "prompts": [{"id": "any", "text": prompt or "Who do you know?"}],
    }
    draft.ties[page["relation"]] = {"from": page["id"]}
    if study.people:
        draft.lose(question.name if question else "the names", "later questions ask about those named first")
    study.people = study.people or page["id"]
    if root.get("minAlters") not in ("", "0"):
        draft.lose("the names", "the least number of people: fewer, or none, is an answer")
    if any(shown.get("display") for shown in root.below("alterPrompt")):
        draft.lose("the names", "what is shown while names are typed")
    draft.pages.append(page)
