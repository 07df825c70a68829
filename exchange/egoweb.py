"""An EgoWeb study (.study, XML) as a questionnaire of ours."""

from __future__ import annotations

from exchange.egoweb_items import EgoQuestion, note_words
from exchange.egoweb_lost import note_question, note_study
from exchange.egoweb_pages import Study, about_ego, about_network, about_pair, about_people, name_people
from exchange.egoweb_skips import Expressions
from exchange.egoweb_xml import Element, read_xml
from exchange.foreign_draft import Draft, Foreign
from exchange.foreign_mending import finished
from exchange.foreign_texts import plain
from exchange.refusals import UnusableFile

ORDER = ("EGO_ID", "EGO", "NAME_GENERATOR", "ALTER", "ALTER_PAIR", "NETWORK")
"""How older studies order their questions: by whom they are about, then by number."""
READERS = {"EGO": about_ego, "ALTER": about_people, "ALTER_PAIR": about_pair, "NETWORK": about_network}


def read_egoweb(data: bytes, name: str) -> Foreign:
    """The questionnaire in a study, and what of it is not carried over; UnusableFile when it is no study."""
    root = read_xml(data, name)
    if root.name != "study":
        raise UnusableFile(name, "it is XML, but no EgoWeb study", "Export the study from EgoWeb and use that.")
    draft = Draft(plain(root.get("name")) or name.rpartition(".")[0])
    study = Study(draft, root, Expressions({one.get("id"): one for one in root.below("expression")}))
    note_study(root, draft)
    for key in ("introduction", "conclusion"):
        note_words(root.said(key), f"the {key}", draft)
    if text := plain(root.said("introduction")):
        draft.pages.append({"id": draft.word("introduction"), "type": "info", "text": text})
    for question in _ordered(root):
        _read(question, study)
    if not study.people:
        name_people(None, study)
    draft.closing = plain(root.said("conclusion"))
    return finished(draft)


def _ordered(root: Element) -> list[EgoQuestion]:
    """Newer studies number their questions through; older ones number them within whom they are about."""
    questions = [EgoQuestion(one) for one in root.below("question")]
    known = {about: at for at, about in enumerate(ORDER)}
    if any(question.about == "NAME_GENERATOR" for question in questions):
        return sorted(questions, key=lambda question: (question.about != "EGO_ID", question.place))
    return sorted(questions, key=lambda question: (known.get(question.about, len(ORDER)), question.place))


def _read(question: EgoQuestion, study: Study) -> None:
    """Add the pages that a question becomes; those about people need a page of names before them."""
    draft = study.draft
    if question.about == "EGO_ID":
        remedy = "People are known by their invitation; a question beside that goes on a page of type form."
        draft.lose(question.name, f"it says who answers: “{question.prompt or question.title}”", remedy)
        return
    note_question(question.element, question.name, draft)
    for key in ("prompt", "preface"):
        note_words(question.element.said(key), question.name, draft)
    if question.about == "NAME_GENERATOR":
        name_people(question, study)
        return
    reader = READERS.get(question.about)
    if reader is None:
        what = f"there is no page about {question.about or 'whom it asks about'}"
        draft.lose(question.name, what, "Ask it on a page of another type, or leave it out.")
        return
    if question.about != "EGO" and not study.people:
        name_people(None, study)
    draft.pages += reader(question, study)
