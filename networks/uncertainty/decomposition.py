"""A change of the number of ties taken apart: other people answered, and the same people named others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Decomposition:
    """All ties reported in the first wave and in the second, and what lies between; counts of ties, exact.

    before, after      ties reported by all who answered the wave
    kept               named in both waves, by people who answered both
    dissolved, formed  named only before, or only after, by people who answered both
    elsewhere          the same people's ties to others off the roster, after less before: nobody can say whether
                       these are the same others
    left, joined       ties of people who answered only the first wave, or only the second
    """

    kept: int
    dissolved: int
    formed: int
    elsewhere_before: int
    elsewhere_after: int
    left: int
    joined: int

    @property
    def before(self) -> int:
        return self.kept + self.dissolved + self.elsewhere_before + self.left

    @property
    def after(self) -> int:
        return self.kept + self.formed + self.elsewhere_after + self.joined

    @property
    def elsewhere(self) -> int:
        return self.elsewhere_after - self.elsewhere_before

    @property
    def named_more(self) -> int:
        """How many more ties there are because the same people named more."""
        return self.formed - self.dissolved + self.elsewhere

    @property
    def answered_more(self) -> int:
        """How many more ties there are because more, or other, people answered."""
        return self.joined - self.left

    def steps(self) -> tuple[tuple[str, int], ...]:
        """The steps from `before` to `after`, in the order of a waterfall: their names and by how much they move it."""
        return (
            ("left", -self.left),
            ("joined", self.joined),
            ("dissolved", -self.dissolved),
            ("formed", self.formed),
            ("elsewhere", self.elsewhere),
        )
