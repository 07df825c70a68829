"""The design system's parameters as our macros' arguments; None where a macro does not offer what is asked for."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

Params = dict[str, Any]
Arguments = dict[str, Any]


class NotOffered(Exception):
    """This example uses an option that our macro leaves out."""


def arguments(component: str, params: Params) -> Arguments | None:
    try:
        return MAKERS[component](dict(params))
    except (NotOffered, KeyError):  # a missing text comes from a call block, which the parameters do not hold
        return None


def _text(value: Any) -> Any:
    """A text, given as a string or as {text} or {html}."""
    if value is None or isinstance(value, (str, bool)):
        return value
    _only(value, "text", "html")
    return Markup(value["html"]) if "html" in value else value["text"]


def _only(params: Params, *allowed: str) -> None:
    if unknown := {name for name in params if params[name] is not None} - set(allowed):
        raise NotOffered(unknown)


def _title(value: Any, name: str) -> Arguments:
    """A label or legend: its text, its size, and whether it is the page's heading."""
    if isinstance(value, str):
        return {name: value, f"{name}_size": None}
    _only(value, "text", "heading", "size", "isPageHeading")
    if not isinstance(value.get("heading", ""), str):
        raise NotOffered("heading")
    heading = "heading" in value or value.get("isPageHeading", False)
    return {name: value.get("heading", value.get("text")), f"{name}_size": value.get("size"), "heading": heading}


def _field(params: Params, names: dict[str, str], *extra: str) -> Arguments:
    _only(params, "name", "hint", "errorMessage", "id", "idPrefix", "classes", "disabled", *names, *extra)
    given = {ours: params[theirs] for theirs, ours in names.items() if theirs in params}
    same = {name: params[name] for name in ("name", "id", "classes", "disabled") if name in params}
    return given | same | {"hint": _text(params.get("hint")), "error": _text(params.get("errorMessage"))}


def _choices(params: Params) -> Arguments:
    names = {"value": "value", "values": "values", "inline": "inline", "small": "small", "idPrefix": "id"}
    given = _field({**params, "id": None}, names, "fieldset", "items") | {"items": [*map(_choice, params["items"])]}
    given.pop("id", None) if "idPrefix" not in params else None
    fieldset = params.get("fieldset")
    if fieldset:
        _only(fieldset, "legend")
        given |= _title(fieldset["legend"], "legend")
    return given | ({"id": params["idPrefix"]} if "idPrefix" in params else {})


def _choice(item: Params) -> Arguments:
    _only(item, "value", "text", "hint", "checked", "disabled", "divider", "conditional", "id", "behaviour")
    if item.get("behaviour") == "inclusive":
        raise NotOffered("behaviour")
    ours = {name: item[name] for name in ("value", "text", "checked", "disabled", "divider", "id") if name in item}
    conditional = Markup(item["conditional"]["html"]) if "conditional" in item else None
    return ours | {
        "hint": _text(item.get("hint")),
        "conditional": conditional,
        "exclusive": item.get("behaviour") == "exclusive",
    }


def _input(params: Params) -> Arguments:
    if "width" in params and "classes" in params:
        raise NotOffered("a width in the classes that overrides the width")
    plain = ("value", "type", "width", "code", "inputmode", "autocomplete", "spellcheck")
    given = _field(params, {name: name for name in plain}, "label", "prefix", "suffix")
    return given | _title(params["label"], "label") | {name: _text(params.get(name)) for name in ("prefix", "suffix")}


def _textarea(params: Params) -> Arguments:
    plain = ("value", "rows", "autocomplete", "spellcheck")
    return _field(params, {name: name for name in plain}, "label") | _title(params["label"], "label")


def _select(params: Params) -> Arguments:
    for item in params["items"]:
        _only(item, "value", "text", "selected", "disabled", "divider")
    return _field(params, {"value": "value", "items": "items"}, "label") | _title(params["label"], "label")


def _button(params: Params) -> Arguments:
    names = {"preventDoubleClick": "prevent_double_click", "ariaLabel": "aria_label"}
    same = ("text", "href", "type", "name", "value", "id", "variant", "small", "disabled", "classes")
    _only(params, *same, *names)
    return {names.get(name, name): value for name, value in params.items()}


def _with_text(*allowed: str) -> Callable[[Params], Arguments]:
    def make(params: Params) -> Arguments:
        _only(params, *allowed)
        return {**params, "text": params["text"]}

    return make


def _back_link(params: Params) -> Arguments:
    _only(params, "text", "href", "classes", "type")
    return {"text": params["text"], "href": params.get("href")}


def _error_summary(params: Params) -> Arguments:
    _only(params, "heading", "titleText", "errorList", "description", "descriptionText")
    errors = [item for item in params.get("errorList") or [] if item]
    for item in errors:
        _only(item, "text", "href")
    heading = _text(params.get("heading", params.get("titleText")))
    description = _text(params.get("description", params.get("descriptionText")))
    return {"errors": errors, "heading": heading, "description": description}


def _summary_list(params: Params) -> Arguments:
    _only(params, "rows", "border", "lastRowBorder", "classes")
    border = {"border": params.get("border", True), "last_row_border": params.get("lastRowBorder", True)}
    return border | {"rows": [*map(_summary_row, params["rows"])], "classes": params.get("classes", "")}


def _summary_row(row: Params) -> Arguments:
    _only(row, "key", "value", "actions", "border")
    actions = row.get("actions") or []
    items = actions if isinstance(actions, list) else actions.get("items", [])
    ours = {
        "key": _text(row["key"]),
        "value": _text(row["value"]),
        "actions": [_action(item) for item in items if item],
    }
    return ours | ({"border": row["border"]} if "border" in row else {})


def _action(item: Params) -> Arguments:
    _only(item, "href", "text", "visuallyHiddenText")
    return {"href": item["href"], "text": item["text"], "hidden": item.get("visuallyHiddenText")}


def _details(params: Params) -> Arguments:
    _only(params, "summary", "summaryText", "text", "html", "open", "classes")
    body = Markup(params["html"]) if "html" in params else params.get("text")
    given = {"summary": _text(params.get("summary", params.get("summaryText"))), "text": body}
    return given | {name: params[name] for name in ("open", "classes") if name in params}


def _table(params: Params) -> Arguments:
    names = {"firstCellIsHeader": "first_cell_is_header", "lastRowBorder": "last_row_border"}
    same = ("responsive", "border", "compact", "striped", "classes")
    _only(params, "head", "rows", "caption", *names, *same)
    given = {names.get(name, name): params[name] for name in (*names, *same) if name in params}
    caption = params.get("caption") or {}
    caption = {"text": caption} if isinstance(caption, str) else caption
    _only(caption, "text", "size")
    head = [_cell(cell) for cell in params.get("head") or []]
    rows = [[_cell(cell) for cell in row] for row in params["rows"]]
    return given | {"caption": caption.get("text"), "caption_size": caption.get("size"), "head": head, "rows": rows}


def _cell(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell
    if not isinstance(cell, dict):
        raise NotOffered("empty cell")
    _only(cell, "text", "html", "format", "classes", "colspan", "width")
    if "text" not in cell and "html" not in cell:
        raise NotOffered("empty cell")
    text = Markup(cell["html"]) if "html" in cell else cell["text"]
    return {name: cell[name] for name in ("format", "classes", "colspan", "width") if name in cell} | {"text": text}


def _panel(params: Params) -> Arguments:
    _only(params, "heading", "text")
    heading = params["heading"]
    if isinstance(heading, str):
        return {"heading": heading, "text": params.get("text")}
    _only(heading, "text", "level")
    return {"heading": heading["text"], "level": heading.get("level", 1), "text": params.get("text")}


def _warning(params: Params) -> Arguments:
    _only(params, "heading", "text")
    if "heading" not in params:
        raise NotOffered("no heading")
    return {"heading": _text(params["heading"]), "text": params["text"]}


def _notification(params: Params) -> Arguments:
    _only(params, "text", "title", "variant")
    return {"text": params["text"], "title": _text(params.get("title")), "success": params.get("variant") == "success"}


MAKERS: dict[str, Callable[[Params], Arguments]] = {
    "radios": _choices,
    "checkboxes": _choices,
    "input": _input,
    "textarea": _textarea,
    "select": _select,
    "button": _button,
    "back-link": _back_link,
    "error-summary": _error_summary,
    "summary-list": _summary_list,
    "inset-text": _with_text("text", "classes"),
    "details": _details,
    "tables": _table,
    "tag": _with_text("text", "colour", "border"),
    "panel": _panel,
    "warning-callout": _warning,
    "notification-banner": _notification,
}
