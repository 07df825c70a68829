"""The questions of an EgoWeb study as pages of ours: about oneself, the people named, pairs of them, and the map."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from exchange.egoweb_items import PREVIOUS, EgoQuestion, items_of, note_words, settings_of
from exchange.egoweb_skips import Expressions
from exchange.egoweb_xml import Element
from exchange.foreign_draft import Draft, names_page
from exchange.foreign_texts import plain
from instruments.pairs import NO_TIE

Page = dict[str, Any]
MOST_PEOPLE = 50
USUAL = 20
ALWAYS = "It is always asked: write it under 'when'."
BLANK = "A condition about an answer that was not given does not hold. Make the question required, or change 'when'."
FEWER = "Fewer, or none, is an answer here; ask for more with 'nudges'."


@dataclass
class Study:
    """What is known while the questions are read; `about` holds what was asked about the people of each page."""

    draft: Draft
    root: Element
    expressions: Expressions
    people: dict[str, Page] = field(default_factory=dict)
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    about: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def known(self, names: str = "") -> dict[str, dict[str, Any]]:
        """What conditions may read: about oneself, and about the people of one page."""
        return {**self.asked, **self.about.get(names, {})}


def about_ego(question: EgoQuestion, study: Study) -> list[Page]:
    """A page about oneself, or a text to read."""
    shared = _shared(question, study)
    if question.on("askingStyleList"):
        what = "that it stands in one list with the questions of the same words"
        study.draft.lose(question.name, what, "Move them to one page, or make one question of type likert of them.")
    if question.kind == "NO_RESPONSE":
        text = question.prompt or question.title
        return [{**shared, "type": "info", "text": text}] if text else []
    return _form({**shared, "type": "form"}, question, study)


def about_people(question: EgoQuestion, study: Study) -> list[Page]:
    """A page about each person, for each page of names that the question is about."""
    only = study.expressions.named_by(question.element.get("answerReasonExpressionId"))
    chosen = {key: page for key, page in study.people.items() if not only or key in only}
    pages: list[Page] = []
    for page in chosen.values():
        shared = _shared(question, study, page["id"], named=bool(only))
        layout = {"layout": "matrix"} if question.on("askingStyleList") else {}
        whole = {**shared, "type": "alter_form", "alters": page["id"], **layout}
        if question.kind == "NO_RESPONSE" and question.prompt:
            word = study.draft.word(question.title)
            pages.append({**whole, "items": [{"id": word, "type": "info", "text": question.prompt}]})
        elif question.kind != "NO_RESPONSE":
            pages += _form(whole, question, study, page["id"])
    return pages


def about_network(question: EgoQuestion, study: Study) -> list[Page]:
    """The respondent's own map, and the question beside it."""
    shared = _shared(question, study)
    names = next(iter(study.people.values()))["id"]
    words = "\n".join(text for text in (shared.get("intro", ""), question.prompt) if text)
    picture = {**shared, "type": "narrative", "alters": names} | ({"intro": words} if words else {})
    if question.kind == "NO_RESPONSE":
        return [picture]
    asked = {key: value for key, value in shared.items() if key == "when"}
    word = study.draft.word(f"{question.title}_answer", "page")
    return [picture, *_form({"id": word, "type": "form", **asked}, question, study)]


def about_pair(question: EgoQuestion, study: Study) -> list[Page]:
    """Two answers become yes or no for each pair; more become steps of strength."""
    draft = study.draft
    shared = _shared(question, study)
    names = list(study.people.values())
    if len(names) > 1:
        what = f"the pairs with those named on “{names[1]['id']}”: it asks about those of “{names[0]['id']}”"
        draft.lose(question.name, what, "Make one page of names with several prompts.")
    relation = draft.relation(shared["id"], question.prompt)
    draft.relations[relation]["directed"] = False
    page = {**shared, "type": "alter_ties", "relation": relation, "alters": {"from": names[0]["id"]}}
    page |= {"label": question.prompt.replace("\n", " ")} if question.prompt else {}
    page |= {"allow": allow} if (allow := _reasons(question)) else {}
    if not question.on("symmetric"):
        what = "that each two people are asked about both ways round"
        draft.lose(question.name, what, "Each two are asked about once here, which is all that most questions need.")
    if question.kind not in ("SELECTION", "MULTIPLE_SELECTION"):
        draft.lose(question.name, f"its answers of the type {question.kind}", "It asks yes or no about each pair.")
    return [page | _steps(question, study)]


def _reasons(question: EgoQuestion) -> list[str]:
    named = (("dont_know", "dontKnowButton"), ("prefer_not", "refuseButton"))
    return [ours for ours, key in named if question.on(key)]


def _steps(question: EgoQuestion, study: Study) -> Page:
    """How a pair is asked about: the options that mean a tie are the steps, the others together are none."""
    ties = _meaning_a_tie(question, study)
    options = [option for option in question.options if not ties or option.get("id") in ties]
    mode = "one_to_many" if question.on("askingStyleList") else "pairs"
    if len(options) < 2 or len(question.options) == 2:
        words = " / ".join(plain(option.get("name")) for option in question.options)
        if words:
            study.draft.lose(question.name, f"its own answers “{words}”", "It asks yes or no about each pair.")
        return {"mode": mode} | ({"required": True} if question.needed and mode == "pairs" else {})
    if question.several:
        what = "that several answers may be given about one pair"
        study.draft.lose(question.name, what, "Each pair has one step here: ask on one page for each answer.")
    values = settings_of(question)
    written = [{"value": values[o.get("id")], "label": plain(o.get("name")) or "–"} for o in options]
    written = [one | ({"value": "other_tie"} if one["value"] == "other" else {}) for one in written]
    rest = [plain(option.get("name")) for option in question.options if option not in options]
    none = [{"value": NO_TIE, "label": " / ".join(rest)}] if rest else []
    needed = {"required": True} if question.needed else {}
    return {"mode": "strength", **needed, "options": [*(o for o in written if o["value"] != NO_TIE), *none]}


def _meaning_a_tie(question: EgoQuestion, study: Study) -> frozenset[str]:
    """The options that the study, or one of its maps, draws as a tie."""
    keys = [study.root.get("adjacencyExpressionId")]
    keys += [one.get("networkRelationshipExprId") for one in study.root.below("question")]
    found = (study.expressions.chosen(key, question.element.get("id")) for key in keys)
    return next((chosen for chosen in found if chosen), frozenset())


def _form(page: Page, question: EgoQuestion, study: Study, names: str = "") -> list[Page]:
    """A page with the question's items, known to later conditions, and the rules of its bounds."""
    items = items_of(question, study.draft)
    if not items:
        return []
    path = f"alter.{items[0]['id']}" if names else items[0]["id"]
    rules = _rules(question, items[0], path, study, names)
    if len(items) == 1:
        held = study.about.setdefault(names, {}) if names else study.asked
        held[question.element.get("id")] = {
            "path": path, "type": items[0]["type"], "values": settings_of(question), "name": question.name,
        }  # fmt: skip
    return [{**page, "items": items} | ({"rules": rules} if rules else {})]


def _rules(question: EgoQuestion, item: dict[str, Any], path: str, study: Study, names: str) -> list[dict[str, Any]]:
    rules = []
    least, most = question.whole("minCheckableBoxes") or 0, question.whole("maxCheckableBoxes") or 0
    if item["type"] == "multi" and 2 <= least <= len(question.options):
        rules.append((f"size({path}) >= {least}", f"Choose at least {least}."))
    if item["type"] == "multi" and max(least, 1) <= most < len(question.options):
        rules.append((f"size({path}) <= {most}", f"Choose at most {most}."))
    for side, sign, words in (("min", ">=", "less"), ("max", "<=", "more")):
        if item["type"] == "number" and question.element.get(f"{side}LimitType") == PREVIOUS:
            other = study.known(names).get(question.element.get(f"{side}PrevQues"))
            if other is None or other["type"] != "number":
                what = f"its bound ({side}), which another answer gives"
                study.draft.lose(question.name, what, "Add a rule that names a question asked before.")
            else:
                rules.append((f"{path} {sign} {other['path']}", f"This must not be {words} than your earlier answer."))
    return [{"when": when, "message": message, "item": item["id"]} for when, message in rules]


def _shared(question: EgoQuestion, study: Study, names: str = "", *, named: bool = False) -> Page:
    """What every page has: its id, its words above, and when it is shown."""
    page: Page = {"id": study.draft.word(f"{question.title or 'question'}_page", "page")}
    if preface := question.words("preface"):
        page["intro"] = preface
    key = question.element.get("answerReasonExpressionId")
    if key in ("", "0") or named:
        return page
    told = study.expressions.told(key, study.known(names))
    if told is None:
        study.draft.lose(question.name, f"when it is asked: “{study.expressions.name(key)}”", ALWAYS)
        return page
    for other in sorted(study.expressions.unanswered(key)):
        name = study.known(names).get(other, {}).get("name", "another question")
        study.draft.lose(question.name, f"that it is asked where {name} has no answer", BLANK)
    for other in sorted(study.expressions.summed(key) & study.known(names).keys()):
        name = study.known(names)[other].get("name", "another question")
        study.draft.lose(question.name, f"that {name} counts as 0 in a sum where it has no answer", BLANK)
    return page | {"when": told}


def name_people(question: EgoQuestion | None, study: Study) -> None:
    """The page that asks for people: a question of its own in newer studies, the study's own prompt in older ones.

    Questions for names that follow each other are prompts of one page, so that later questions are about all of them.
    """
    draft, root = study.draft, study.root
    prompt = question.prompt if question else plain(root.said("alterPrompt"))
    if question is None:
        note_words(root.said("alterPrompt"), "the names", draft)
    where, key = (question.name, question.element.get("id")) if question else ("the names", "")
    _note_names(question, where, study)
    if question and _joins(question, study):
        _join(question, prompt, study)
        return
    shared: Page = _shared(question, study) if question else {"id": draft.word("people")}
    page = names_page("", [prompt or "Who do you know?"]) | shared | {"max": _most(question, study)}
    draft.names(page, prompt or "knows")
    study.people[key] = page


def _joins(question: EgoQuestion, study: Study) -> bool:
    last = study.draft.pages[-1] if study.draft.pages else {}
    free = question.element.get("answerReasonExpressionId") in ("", "0") and "when" not in last
    return last.get("type") == "name_generator" and free and not study.expressions.by_name()


def _join(question: EgoQuestion, prompt: str, study: Study) -> None:
    page = study.draft.pages[-1]
    rows = page["prompts"]
    text = "\n".join(words for words in (question.words("preface"), prompt) if words) or "Who else do you know?"
    rows.append({"id": f"prompt_{len(rows) + 1}", "text": text, "reuse": [row["id"] for row in rows]})
    page["max"] = min(page["max"] + _most(question, study), MOST_PEOPLE)


def _most(question: EgoQuestion | None, study: Study) -> int:
    """How many people may be named: the question says it in newer studies, the study in older ones."""
    own = question.whole("maxLiteral") if question else None
    most = own or EgoQuestion(study.root).whole("maxAlters") or USUAL
    return min(max(most, 1), MOST_PEOPLE)


def _note_names(question: EgoQuestion | None, where: str, study: Study) -> None:
    least = (question.whole("minLiteral") if question else None) or EgoQuestion(study.root).whole("minAlters") or 0
    if least > 0:
        study.draft.lose(where, f"the least number of people, {least}", FEWER)
    shown = [one for one in study.root.below("alterPrompt") if plain(one.get("display"))]
    own = [one for one in shown if question is None or one.get("questionId") in ("", question.element.get("id"))]
    if own:
        first = plain(own[0].get("display"))[:60]
        what = f"what is shown while names are typed ({len(own)} texts, the first “{first}”)"
        study.draft.lose(where, what, "Ask for more people with 'nudges'.")
