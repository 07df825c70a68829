"""A change of all ties taken apart."""

from hypothesis import given
from hypothesis import strategies as st

from networks.uncertainty.decomposition import Decomposition

COUNTS = st.integers(0, 99)


def test_more_answers_and_more_names_add_up_to_the_change() -> None:
    """10 ties before (6 kept, 3 dissolved, 1 of someone who left), 18 after (6 kept, 4 formed, 8 of joiners)."""
    found = Decomposition(6, 3, 4, 0, 0, 1, 8)
    assert (found.before, found.after) == (10, 18)
    assert (found.named_more, found.answered_more) == (1, 7)


def test_only_joiners_add_ties_and_nobody_named_more() -> None:
    found = Decomposition(kept=5, dissolved=0, formed=0, elsewhere_before=0, elsewhere_after=0, left=0, joined=9)
    assert (found.after - found.before, found.named_more) == (9, 0)


@given(st.builds(Decomposition, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS))
def test_the_steps_lead_from_before_to_after(found: Decomposition) -> None:
    assert found.before + sum(step for _, step in found.steps()) == found.after
    assert found.named_more + found.answered_more == found.after - found.before
