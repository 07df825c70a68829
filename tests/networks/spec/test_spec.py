"""The manual's drawn networks: every measure gives the value that was worked by hand."""

import pytest

from tests.networks.spec.specs import Spec, differences, families, found

SPECS = [(family.title, spec) for family in families() for spec in family.measures]


@pytest.mark.parametrize("spec", [spec for _, spec in SPECS], ids=[f"{title}: {spec.name}" for title, spec in SPECS])
def test_a_drawn_network_has_the_value_worked_by_hand(spec: Spec) -> None:
    assert differences(found(spec), spec.value) == []
