"""Every respondent's own network from their answers alone: ego, alters, and ties between alters."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from scipy import sparse

from networks.columns import ALTER_TIES, RESPONSE, TIES
from networks.measures.composition import composition, external_share
from networks.measures.ego import blau, external_internal, iqv
from networks.measures.personal import flow_betweenness, personal

_EGO = ["wave", "ego"]
_STRUCTURE = ("density", "effective_size", "efficiency", "constraint_alone", "betweenness", "flow_betweenness")
_MIX = ("blau", "iqv", "ei", "external_share")
_SCHEMA = pl.Schema(
    {"wave": pl.Int32(), "ego": pl.String(), "size": pl.Int64()} | dict.fromkeys(_STRUCTURE + _MIX, pl.Float64())
)
Key = tuple[int, str]
Values = dict[str, object]


@dataclass(frozen=True)
class _Alters:
    """One ego's alters, in one order: their ids and groups, and whether each gives to ego or gets from ego."""

    ids: list[str]
    groups: list[str | None]
    gives: list[bool]
    gets: list[bool]

    @property
    def known(self) -> list[str]:
        return [group for group in self.groups if group is not None]


_NOBODY = _Alters([], [], [], [])


def _alters(ties: pl.DataFrame, attribute: str) -> dict[Key, _Alters]:
    direction = pl.col("direction")
    each = ties.group_by(*_EGO, "alter").agg(
        group=pl.col(f"alter_{attribute}").drop_nulls().first(),
        gives=(direction.is_null() | direction.is_in(["get", "both"])).any(),
        gets=direction.is_in(["give", "both"]).fill_null(False).any(),
    )
    lists = each.sort(*_EGO, "alter").group_by(_EGO, maintain_order=True).agg("alter", "group", "gives", "gets")
    return {(wave, ego): _Alters(*rest) for wave, ego, *rest in lists.iter_rows()}


def _pairs(alter_ties: pl.DataFrame | None) -> tuple[set[int], dict[Key, list[tuple[str, str]]]]:
    """The waves in which ties between alters were asked, and each ego's tied pairs."""
    if alter_ties is None:
        return set(), {}
    told = ALTER_TIES.check(alter_ties).select(*_EGO, "low", "high").unique()
    pairs: dict[Key, list[tuple[str, str]]] = {}
    for wave, ego, low, high in told.iter_rows():
        pairs.setdefault((wave, ego), []).append((low, high))
    return set(told["wave"]), pairs


def _tied(alters: _Alters, pairs: Sequence[tuple[str, str]]) -> sparse.csr_array:
    place = {alter: number for number, alter in enumerate(alters.ids)}
    ends = [(place[low], place[high]) for low, high in pairs if low in place and high in place and low != high]
    both = np.array([*ends, *((high, low) for low, high in ends)], dtype=np.int64).reshape(-1, 2)
    ones = np.ones(len(both))
    return sparse.csr_array((ones, (both[:, 0], both[:, 1])), shape=(len(place), len(place)))


def _structure(alters: _Alters, pairs: Sequence[tuple[str, str]]) -> Values:
    tied = _tied(alters, pairs)
    found = asdict(personal(tied))
    flowing = flow_betweenness(tied, np.array(alters.gives, dtype=bool), np.array(alters.gets, dtype=bool))
    return {name: found.get(name, flowing) for name in _STRUCTURE}


def _mix(alters: _Alters, own: str | None, categories: int) -> Values:
    groups = alters.known
    values = blau(groups), iqv(groups, categories), external_internal(groups, own), external_share(groups, own)
    return dict(zip(_MIX, values, strict=True))


def personal_networks(
    ties: pl.DataFrame,
    alter_ties: pl.DataFrame | None,
    response: pl.DataFrame,
    *,
    attribute: str = "site",
    categories: Sequence[str] = (),
) -> pl.DataFrame:
    """The measures of each invited person's own network, wave by wave.

    Takes   TIES; ALTER_TIES, or None where ties between alters were not asked; RESPONSE
            attribute   site or role, for the mix of alters; categories: all there are in the frame, K of IQV
    Gives   wave, ego, size, density, effective_size, efficiency, constraint_alone, betweenness, flow_betweenness,
            blau, iqv, ei, external_share; one row per invited person and wave, in order.
            Who answered and named no one has size 0; who did not answer has null everywhere. In a wave in which nobody
            told of any tie between alters, what rests on these is null. Ties between alters go both ways.
    """
    alters = _alters(TIES.check(ties), attribute)
    asked, pairs = _pairs(alter_ties)
    invited = RESPONSE.check(response).select("wave", "person", attribute, "finished_at").sort("wave", "person")
    rows: list[Values] = []
    for wave, ego, own, finished in invited.iter_rows():
        row: Values = {"wave": wave, "ego": ego}
        if finished is not None:
            mine = alters.get((wave, ego), _NOBODY)
            row |= {"size": len(mine.ids)} | _mix(mine, own, len(categories))
            row |= _structure(mine, pairs.get((wave, ego), [])) if wave in asked else {}
        rows.append(row)
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def compositions(
    ties: pl.DataFrame, response: pl.DataFrame, categories: Sequence[str], attribute: str = "site"
) -> pl.DataFrame:
    """The share of each respondent's alters in each category: wave, ego, category, share; null for one without alters.

    Takes   TIES; RESPONSE; every category of the frame; attribute: site or role. Alters of unknown group are left out.
    """
    alters = _alters(TIES.check(ties), attribute)
    finished = RESPONSE.check(response).filter(pl.col("finished_at").is_not_null()).sort("wave", "person")
    rows = []
    for wave, ego in finished.select("wave", "person").iter_rows():
        shares = composition(alters.get((wave, ego), _NOBODY).known, categories) or {}
        rows += [(wave, ego, category, shares.get(category)) for category in categories]
    schema = {"wave": pl.Int32, "ego": pl.String, "category": pl.String, "share": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
