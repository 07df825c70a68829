"""Whether what was sent to a callback is what one of our pages sends; Dash itself breaks on anything else."""

from collections.abc import Mapping, Sequence
from typing import Any

Place = tuple[object, object]


def fits(body: object, callbacks: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether a body names one of the server's callbacks, its outputs and its inputs, each with a text or nothing.

    callbacks   Dash's own table: output to {"callback", "inputs", …}; one that runs in browsers has no "callback"
    """
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    called = callbacks.get(body["output"])
    if called is None or "callback" not in called or body.get("state"):
        return False
    return (
        _places(body.get("outputs")) == _outputs(body["output"])
        and _places(body.get("inputs")) == _places(called["inputs"])
        and all(isinstance(given.get("value"), str | None) for given in body["inputs"])
        and _all_texts(body.get("changedPropIds"))
    )


def _outputs(output: str) -> Sequence[Place]:
    """The parts of "..finding.children...content.children..", or of a single "finding.children"."""
    parts = output.removeprefix("..").removesuffix("..").split("...")
    return [(part.rpartition(".")[0], part.rpartition(".")[2]) for part in parts]


def _places(listed: object) -> Sequence[Place] | None:
    """Component and property of each entry of a list; None for anything that is not such a list."""
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        return None
    return [(entry.get("id"), entry.get("property")) for entry in listed]


def _all_texts(listed: object) -> bool:
    return isinstance(listed, list) and all(isinstance(entry, str) for entry in listed)
