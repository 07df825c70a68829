"""The frame contracts refuse what they should, with the remedy."""

import polars as pl
import pytest

from networks.columns import FLOWS, LABELS, RESPONSE, SITES, TIES, Frame, MissingColumn, WrongType

CONTRACTS = [TIES, RESPONSE, SITES, LABELS, FLOWS]


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_an_empty_frame_keeps_its_contract(contract: Frame) -> None:
    assert contract.check(contract.empty()).schema == contract.schema


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda contract: contract.name)
def test_every_missing_column_is_named_with_its_meaning(contract: Frame) -> None:
    for name, column in contract.columns.items():
        with pytest.raises(MissingColumn, match=f'There is no column "{name}" .* in {contract.name}\\.') as refusal:
            contract.check(contract.empty().drop(name))
        assert column.meaning in str(refusal.value)


def test_a_wrong_type_is_refused_with_the_cast_that_mends_it() -> None:
    with pytest.raises(WrongType, match=r"\.cast\(\{\"wave\": pl\.Int32\}\)"):
        TIES.check(TIES.empty().cast({"wave": pl.Int64}))


def test_a_column_without_any_value_passes_as_its_type() -> None:
    frame = SITES.empty().with_columns(pl.lit(None).alias("latitude"))
    assert SITES.check(frame).schema["latitude"] == pl.Float64


def test_further_columns_are_left_out_and_the_order_is_the_contracts() -> None:
    frame = LABELS.empty().with_columns(pl.lit("x").alias("extra")).select("extra", "position", "label", "code", "kind")
    assert LABELS.check(frame).columns == ["kind", "code", "label", "position"]
