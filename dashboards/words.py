"""Labels for codes, and numbers and lists in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboards.asked import labels, waves
from networks.columns import UNKNOWN
from networks.release import Release

FORMALITY_LABELS = {"formal": "Formal", "informal": "Informal", "both": "Both at once"}
OFF_ROSTER = "Not on the roster"
MINUS = "−"


@dataclass(frozen=True)
class Words:
    """What a release calls its topics, roles, waves, regions and sites."""

    release: Release

    @cached_property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        return {"formality": FORMALITY_LABELS, **labels(self.release)}

    def of(self, kind: str) -> Mapping[str, str]:
        """Code to label, in the order that lists show them."""
        if kind == "wave":
            return {str(wave): self.wave(wave) for wave in self.waves}
        if kind == "region":
            return self._labels.get("region") or {region: region for region in self._regions()}
        return self._labels.get(kind, {})

    def label(self, kind: str, code: str) -> str:
        """The label of a code; the code itself when nobody gave it one."""
        return OFF_ROSTER if code == UNKNOWN else self.of(kind).get(code, code)

    @cached_property
    def waves(self) -> Sequence[int]:
        """The waves that anyone was invited to, in order."""
        return waves(self.release)

    def wave(self, wave: int) -> str:
        return self._labels.get("wave", {}).get(str(wave), f"Wave {wave}")

    def in_wave(self, wave: int) -> str:
        """The wave's label as it stands inside a sentence."""
        label = self.wave(wave)
        return label[0].lower() + label[1:] if label.startswith("Wave") else label

    def _regions(self) -> list[str]:
        return sorted(self.release.sites["region"].drop_nulls().unique())


def percent(share: float | None) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return "no figure" if share is None else f"{100 * share:.0f}%"


def signed(number: int) -> str:
    """A whole number with its sign; nothing before a 0."""
    return f"+{number:,}" if number > 0 else f"{MINUS}{-number:,}" if number < 0 else "0"


def counted(number: int, one: str, many: str) -> str:
    """A number and the thing counted: "1 person", "12 people"."""
    return f"{number:,} {one if number == 1 else many}"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)
