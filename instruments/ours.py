"""The questionnaires that come with the service, by name: to be read, taken as a start, or published as they are."""

from __future__ import annotations

from importlib.resources import files

NAMES = ("gde", "clinical", "pulse")
"""Names of the library's files, the one that most studies start from first."""


def source_of_ours(name: str) -> str:
    """The YAML text of one of them; raises KeyError for a name that is none of NAMES."""
    if name not in NAMES:
        raise KeyError(name)
    return (files("instruments") / "library" / f"{name}.yaml").read_text("utf-8")
