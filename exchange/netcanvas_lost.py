"""What of a Network Canvas protocol has no like here: each key told by its place, with what to do instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from exchange.foreign_draft import Draft
from exchange.netcanvas_parts import Protocol, Stage, Variable, part_of, rows_of

Note = tuple[str, str]
NOTHING = "Nothing needs to be done."
LOOKS = "It only changes how the page looks, so nothing needs to be done."
BY_HAND = "Look at it in Architect, and add by hand what matters."

PROTOCOL_READ = {
    "name", "schemaVersion", "stages", "codebook", "assetManifest", "lastModified", "localization", "experiments",
}  # fmt: skip
PROTOCOL_NOTES: Mapping[str, Note] = {
    "description": ("its description", "Use it for the text of the consent page."),
}
STAGE_READ = {
    "id", "type", "label", "subject", "form", "nodeForm", "prompts", "title", "items", "introductionPanel", "skipLogic",
    "filter", "panels", "behaviours", "presets", "quickAdd", "edges", "dataSource", "showExistingNodes",
    "explanationText", "validation",
}  # fmt: skip
STAGE_NOTES: Mapping[str, Note] = {
    "interviewScript": ("its script for the interviewer", "Put what respondents should read under 'help'."),
    "sortOptions": ("how its list is sorted", "People are searched, and listed by name."),
    "cardOptions": ("what its cards show", "Say what is shown with 'show' under 'rosters'."),
    "searchOptions": ("which properties its search reads", "Say what is searched with 'search' under 'rosters'."),
    "background": ("the picture or circles behind it", "Use a page of type place to ask for closeness in circles."),
    "layoutVariable": ("where people are put on the picture", "Use a page of type place to ask for closeness."),
    "convexHullVariable": ("the groups drawn around people", LOOKS),
    "synthetic": ("how invented answers are drawn", "Say it with 'synthetic' beside the questions."),
}
BEHAVIOUR_NOTES: Mapping[str, Note] = {
    "minNodes": ("the least number of people", "Fewer, or none, is an answer here; ask for more with 'nudges'."),
    "freeDraw": ("that people may draw on the picture", LOOKS),
    "featureNode": ("that one person stands out on the picture", LOOKS),
    "allowRepositioning": ("that people may be moved on the picture", LOOKS),
    "automaticLayout": ("that the picture arranges itself", LOOKS),
    "removeAfterConsideration": ("that each person leaves the list once asked about", "Each pair is asked once here."),
}
PROMPT_READ = {
    "id", "text", "variable", "createEdge", "edgeVariable", "negativeLabel", "edges", "highlight", "otherVariable",
    "layout",
}  # fmt: skip
PROMPT_NOTES: Mapping[str, Note] = {
    "additionalAttributes": (
        "the attributes that a prompt sets",
        "Which prompt named somebody is kept itself: use that in the analysis.",
    ),
    "otherVariablePrompt": ("the words beside the box for something else", "The box has words of its own here."),
    "otherOptionLabel": ("the name of the bin for something else", "It is called “Other” here."),
    "bucketSortOrder": ("how people are sorted before they are placed", LOOKS),
    "binSortOrder": ("how people are sorted in their bins", LOOKS),
    "sortOrder": ("how people are sorted before they are placed", LOOKS),
    "color": ("the colour of its bins", LOOKS),
}
FIELD_READ = {"id", "variable", "prompt", "label", "hint", "component", "parameters", "showValidationHints"}
VARIABLE_READ = {
    "name", "label", "type", "component", "options", "parameters", "validation", "encrypted", "color",
    "displayVariable",
}  # fmt: skip
CHECKS_READ = {
    "required", "requiredAcceptsNull", "minValue", "maxValue", "maxLength", "minLength", "minSelected", "maxSelected",
    "differentFrom", "sameAs", "greaterThanVariable", "lessThanVariable", "greaterThanOrEqualToVariable",
    "lessThanOrEqualToVariable",
}  # fmt: skip
OPTION_READ = {"label", "value"}
OPTION_NOTES: Mapping[str, Note] = {"negative": ("that an option is marked as a no", LOOKS)}
CHECK_NOTES: Mapping[str, Note] = {
    "unique": ("the check that no two people have the same answer", "Compare them in the analysis."),
}


def note_protocol(held: dict[str, Any], protocol: Protocol) -> None:
    """What stands beside the stages and the codebook."""
    _note(held, PROTOCOL_READ, PROTOCOL_NOTES, "the file", protocol.draft)
    for asset in protocol.assets.values():
        kind = asset.get("type") if isinstance(asset, dict) else None
        if kind in ("image", "video", "audio", "geojson", "apikey"):
            name = asset.get("name") or "an asset without a name"
            remedy = "Pages here hold words alone: say in words what it shows, or leave it out."
            protocol.draft.lose("the file", f"the {kind} “{name}”", remedy)


def note_stage(stage: Stage, draft: Draft) -> None:
    """What no page of ours has, key by key."""
    _note(stage.held, STAGE_READ, STAGE_NOTES, stage.name, draft)
    _note(part_of(stage.held, "behaviours"), {"maxNodes"}, BEHAVIOUR_NOTES, stage.name, draft)
    for number, row in enumerate(rows_of(stage.held, "prompts"), 1):
        _note(row, PROMPT_READ, PROMPT_NOTES, f"{stage.name}, prompt {number}", draft)
    for form in ("form", "nodeForm"):
        for number, row in enumerate(rows_of(part_of(stage.held, form), "fields"), 1):
            _note(row, FIELD_READ, {}, f"{stage.name}, field {number}", draft)


def note_variable(variable: Variable, draft: Draft, where: str) -> None:
    """What of a variable its question does not say."""
    named = f"{where}, variable “{variable.name}”"
    _note(variable.held, VARIABLE_READ, {}, named, draft)
    _note(variable.checks, CHECKS_READ, CHECK_NOTES, f"{named}, its checks", draft)
    for row in rows_of(variable.held, "options"):
        _note(row, OPTION_READ, OPTION_NOTES, named, draft)
    if variable.held.get("encrypted"):
        remedy = "Use 'names: vault' under 'privacy' if the study's agreement asks for it."
        draft.lose(named, "that it is encrypted with the respondent's own phrase", remedy)
    if variable.kind == "scalar":
        draft.lose(named, "its slider", "It asks for a number from 0 to 100.")
    if variable.held.get("component") == "RelativeDatePicker":
        draft.lose(named, "its days counted from the day of the interview", "Say 'earliest' and 'latest' as days.")


def _note(held: dict[str, Any], read: Iterable[str], notes: Mapping[str, Note], where: str, draft: Draft) -> None:
    for key, value in held.items():
        if key in read or value in (None, False, "", [], {}):
            continue
        what, remedy = notes.get(key, (f"its setting “{key}”", BY_HAND))
        draft.lose(where, what, remedy)
