"""What of an EgoWeb study has no like here: each setting told by its place, with what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from exchange.egoweb_xml import Element
from exchange.foreign_draft import Draft
from exchange.foreign_texts import plain

Note = tuple[str, str]
OFF = ("", "0", "null", "[]", "{}")
LOOKS = "It only changes how the page looks, so nothing needs to be done."
BY_HAND = "Look at it in EgoWeb, and add by hand what matters."
LIST = "Load those people as the study's people (flask study import-people FILE), and add a roster."
ONE_BUTTON = "Every row has its own answer here."
MAP = "Colour and size the map with 'color_by' and 'size_by'."

STUDY_READ = {
    "id", "name", "introduction", "egoIdPrompt", "alterPrompt", "conclusion", "minAlters", "maxAlters", "valueRefusal",
    "valueDontKnow", "valueLogicalSkip", "valueNotYetAnswered", "modified", "active", "created_date", "closed_date",
    "status", "userId", "adjacencyExpressionId",
}  # fmt: skip
STUDY_NOTES: Mapping[str, Note] = {
    "multiSessionEgoId": ("that answers of an earlier study are read", "Ask again in a later wave: see 'waves'."),
    "useAsAlters": ("that people are named from a list", LIST),
    "restrictAlters": ("that only people on a list are named", LIST),
    "fillAlterList": ("that all people of a list are named at once", LIST),
    "hideEgoIdPage": ("that the page about who answers is hidden", "People are known by their invitation."),
    "style": ("its style sheet", LOOKS),
    "javascript": ("its script", "Nothing runs in a page here: say it with 'when' and 'rules' where they can."),
    "header": ("its header", LOOKS),
    "footer": ("its footer", LOOKS),
}
PARTS_READ = {"introduction", "egoIdPrompt", "alterPrompt", "conclusion", "alterPrompts", "questions", "expressions"}
PARTS_NOTES: Mapping[str, Note] = {
    "interviews": ("the interviews in it: only the questions are read", "Export answers from EgoWeb as tables."),
    "alterLists": ("its lists of people", LIST),
    "alterList": ("its lists of people", LIST),
    "answerLists": ("its lists of answers, from which options were made", "The options are there themselves."),
}
QUESTION_READ = {
    "id", "title", "prompt", "preface", "citation", "answerType", "subjectType", "askingStyleList", "ordering",
    "active",
    "answerReasonExpressionId", "otherSpecify", "dontKnowButton", "refuseButton", "minLimitType", "minLiteral",
    "minPrevQues", "maxLimitType", "maxLiteral", "maxPrevQues", "minCheckableBoxes", "maxCheckableBoxes", "timeUnits",
    "networkRelationshipExprId", "studyId", "listRangeString", "minListRange", "maxListRange", "symmetric",
}  # fmt: skip
QUESTION_NOTES: Mapping[str, Note] = {
    "noneButton": ("its button for “none”", "Add an option for it."),
    "allButton": ("its button that gives every row one answer", ONE_BUTTON),
    "pageLevelDontKnowButton": ("its one button for all rows", ONE_BUTTON),
    "pageLevelRefuseButton": ("its one button for all rows", ONE_BUTTON),
    "allOptionString": ("the words of its button for all rows", ONE_BUTTON),
    "networkParams": ("how its network is drawn", MAP),
    "networkNColorQId": ("what its people are coloured by", MAP),
    "networkNSizeQId": ("what its people are sized by", MAP),
    "networkEColorQId": ("what its ties are coloured by", MAP),
    "networkESizeQId": ("what its ties are sized by", MAP),
    "uselfExpression": ("that the respondent stands in its network", "Everybody named is a tie of the respondent's."),
    "keepOnSamePage": ("that it stands on the page of the question before", "Move its question to that page."),
    "useAlterListField": ("its list of people", LIST),
    "restrictList": ("that only people on its list are named", LIST),
    "autocompleteList": ("that names are completed from its list", LIST),
    "prefillList": ("that its list is named at once", LIST),
    "withListRange": (
        "how many rows must, or may, have one of its answers",
        "Say it in the words of the question, and look at it in the analysis.",
    ),
    "javascript": ("its script", "Nothing runs in a page here: say it with 'when' and 'rules' where they can."),
}
OPTION_READ = {"id", "name", "value", "ordering", "otherSpecify", "questionId", "studyId"}


def note_study(root: Element, draft: Draft) -> None:
    """What the study says beside its questions."""
    _note(root, STUDY_READ, STUDY_NOTES, "the study", draft)
    for part in (part for part in root.children if part.name not in PARTS_READ):
        what, remedy = PARTS_NOTES.get(part.name, (f"its part “{part.name}”", BY_HAND))
        draft.lose("the study", what, remedy)
    if words := plain(root.said("egoIdPrompt")):
        draft.lose("the study", f"its words “{words[:60]}”", "People are known by their invitation.")


def note_question(element: Element, name: str, draft: Draft) -> None:
    """What no question of ours has."""
    _note(element, QUESTION_READ, QUESTION_NOTES, name, draft)
    listed = element.get("subjectType") == "EGO" and element.get("askingStyleList") not in OFF
    if (citation := plain(element.said("citation"))) and not listed:
        draft.lose(name, f"its source “{citation[:60]}”", "Put it in a comment of the file: # …")
    for option in (one for one in element.children if one.name == "option"):
        _note(option, OPTION_READ, {}, f"{name}, option “{plain(option.get('name'))}”", draft)


def _note(element: Element, read: Iterable[str], notes: Mapping[str, Note], where: str, draft: Draft) -> None:
    for key, value in element.attributes.items():
        if key not in read and value.strip() not in OFF:
            what, remedy = notes.get(key, (f"its setting “{key}”", BY_HAND))
            draft.lose(where, what, remedy)
