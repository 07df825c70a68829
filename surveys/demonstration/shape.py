"""How large a demonstration is: sites, people, waves, and the seed that all its chances come from."""

from __future__ import annotations

from dataclasses import dataclass

EXEMPLARS_OF_THE_PROGRAMME = 23
SITES_OF_THE_PROGRAMME = 48
SITES_PER_SILENT_ONE = 4
MOST_SILENT = 2
LIMITS = {"sites": (2, 500), "people_per_site": (2, 500), "waves": (1, 12)}


class BadShape(ValueError):
    """A demonstration cannot have this size; the text says which sizes it can have."""


@dataclass(frozen=True)
class Shape:
    """The size of a demonstration; the same shape always gives the same study."""

    sites: int = SITES_OF_THE_PROGRAMME
    people_per_site: int = 20
    waves: int = 3
    seed: int = 1

    def __post_init__(self) -> None:
        for name, (least, most) in LIMITS.items():
            if not least <= getattr(self, name) <= most:
                raise BadShape(f"--{name.replace('_', '-')} must be from {least} to {most}.")

    @property
    def exemplars(self) -> int:
        """How many sites are exemplars: 23 of 48, and that share of any other number."""
        return max(1, round(self.sites * EXEMPLARS_OF_THE_PROGRAMME / SITES_OF_THE_PROGRAMME))

    @property
    def silent_sites(self) -> int:
        """How many sites never answer: two, or fewer in a small study."""
        return min(MOST_SILENT, self.sites // SITES_PER_SILENT_ONE)
