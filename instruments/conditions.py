"""When something is asked: one line of CEL over the answers given so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import cel

from instruments.responses import AnswerKey, Missing, Responses

MAX_LOOPS = 2
QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
ALTER_ITEM = re.compile(r"\balter\s*\.\s*([a-z][a-z0-9_]*)")
RECKONS = re.compile(r"[-+*/%]")
WHOLE = re.compile(r"(/\s*0+(?![\w.]))|(?<![\w.\[])[0-9]+(?![\w.\]])")
LOOP_WORD = re.compile(r"\.\s*(?:all|exists|exists_one|map|filter)\s*\(\s*([A-Za-z_]\w*)\s*,")


class ConditionError(ValueError):
    """The condition is not one short line of CEL."""


@dataclass(frozen=True)
class CompiledCondition:
    """A condition ready to run: the names it reads, and which items of an alter.

    `decimal` is the same with decimals for whole numbers: CEL refuses to reckon with both, and answers are decimal.
    """

    source: str
    program: cel.Program
    names: tuple[str, ...]
    alter_items: tuple[str, ...]
    decimal: cel.Program | None = None


@lru_cache(maxsize=4096)
def compile_condition(source: str) -> CompiledCondition:
    """The condition compiled, once for each text; ConditionError says what CEL did not understand."""
    if len(source.splitlines()) > 1:
        raise ConditionError("it has more than one line")
    try:
        program = cel.compile(source)
    except Exception as error:
        raise ConditionError(_first_fault(str(error))) from error
    bare = QUOTED.sub('""', source)
    loops = LOOP_WORD.findall(bare)
    if len(loops) > MAX_LOOPS:
        raise ConditionError(f"it has more than {MAX_LOOPS} loops")
    names = tuple(name for name in program.variables() if name not in loops)
    decimal = cel.compile(_decimal(source)) if RECKONS.search(bare) and WHOLE.search(bare) else None
    return CompiledCondition(source, program, names, tuple(dict.fromkeys(ALTER_ITEM.findall(bare))), decimal)


def _decimal(source: str) -> str:
    """The source with 3 as 3.0, except inside quotes, as a place in a list, and where it divides by nothing."""
    parts, quoted = QUOTED.split(source), [*QUOTED.findall(source), ""]
    return "".join(WHOLE.sub(_as_decimal, part) + text for part, text in zip(parts, quoted, strict=True))


def _as_decimal(number: re.Match[str]) -> str:
    return number[0] if number[1] else f"{number[0]}.0"


def applies(condition: str | CompiledCondition | None, responses: Responses, alter: int | None = None) -> bool:
    """Whether the condition holds; none always does, and one about an answer not given does not.

    A condition sees each of the respondent's answers under its item's id, `wave`, each name generator under its
    page's id as the list of labels named there, and for an alter `alter.ITEM` (for a grid: the topics ticked).
    """
    return condition is None or verdict(condition, responses, alter) is True


def verdict(condition: str | CompiledCondition, responses: Responses, alter: int | None = None) -> bool | None:
    """Whether the condition holds; None when it cannot be told, as an answer that it needs was not given."""
    compiled = compile_condition(condition) if isinstance(condition, str) else condition
    outcome = evaluate(compiled, responses, alter)
    return outcome if isinstance(outcome, bool) else None


def evaluate(compiled: CompiledCondition, responses: Responses, alter: int | None = None) -> object:
    """What the CEL gives with the answers so far; None when one that it needs was not given or does not fit."""
    seen = _seen(compiled, responses, alter)
    found = _run(compiled.program, seen)
    return _run(compiled.decimal, seen) if found is None and compiled.decimal is not None else found


def _run(program: cel.Program, seen: dict[str, Any]) -> object:
    try:
        return cast(object, program.execute(seen))
    except Exception:  # CEL raises many kinds for "no such answer" and "not comparable": all mean "cannot be told"
        return None


def _seen(compiled: CompiledCondition, responses: Responses, alter: int | None) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for name in compiled.names:
        value = _about_alter(compiled, responses, alter) if name == "alter" else _about_ego(name, responses)
        if value is not None:
            seen[name] = value
    return seen


def _about_ego(name: str, responses: Responses) -> Any:
    """The value of one name; None when it is not known yet."""
    if name == "wave":
        return responses.wave
    value = responses.answers.get(AnswerKey(name))
    if value is not None:
        return None if isinstance(value, Missing) else value
    labels = [person.label for person in responses.named_on(name)]
    return labels if labels or name in responses.no_one or name in responses.done else None


def _about_alter(compiled: CompiledCondition, responses: Responses, alter: int | None) -> dict[str, Any] | None:
    if alter is None:
        return None
    found = {item: _alter_answer(item, responses, alter) for item in compiled.alter_items}
    return {item: value for item, value in found.items() if value is not None}


def _alter_answer(item: str, responses: Responses, alter: int) -> Any:
    value = responses.answers.get(AnswerKey(item, alter))
    if value is not None:
        return None if isinstance(value, Missing) else value
    ticked = [
        key.topic
        for key, given in responses.answers.items()
        if key.item == item and key.alter == alter and key.topic and given and not isinstance(given, Missing)
    ]
    return ticked or None


def _first_fault(said: str) -> str:
    """CEL's own words without its drawing of the source."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    text = lines[0] if lines else "not understood"
    return text.rpartition("Syntax error: ")[2] if "Syntax error: " in text else text
