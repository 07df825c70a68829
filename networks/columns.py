"""The frame contracts: which columns a frame holds, their types, units and meaning."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

UTC_MOMENT = pl.Datetime("us", "UTC")
UNKNOWN = "unknown"
"""What stands for a site or role that nobody told us, or that lies off the roster."""
FORMALITIES = ("formal", "informal", "both")
DIRECTIONS = ("get", "give", "both")


class MissingColumn(ValueError):
    """A frame or file lacks a column that it must have."""

    def __init__(self, frame: str, column: str, present: list[str], meaning: str = "") -> None:
        self.frame, self.column = frame, column
        what = f" ({meaning})" if meaning else ""
        super().__init__(
            f'There is no column "{column}"{what} in {frame}. Found: {", ".join(present) or "no column at all"}. '
            f'Add the column, or rename the one that holds this to "{column}".'
        )


class WrongType(TypeError):
    """A column holds another type than the contract says."""

    def __init__(self, frame: str, column: str, found: pl.DataType, wanted: pl.DataType) -> None:
        self.frame, self.column = frame, column
        super().__init__(
            f'In {frame} the column "{column}" holds {found} where {wanted} belongs. '
            f'Convert it first, for example with .cast({{"{column}": pl.{wanted}}}).'
        )


@dataclass(frozen=True)
class Column:
    """One column: its Polars type and what it means, with its unit."""

    dtype: pl.DataType
    meaning: str


@dataclass(frozen=True)
class Frame:
    """The contract of one kind of frame: its name and its columns."""

    name: str
    columns: Mapping[str, Column]

    @property
    def schema(self) -> pl.Schema:
        """Column name to Polars type, in the contract's order."""
        return pl.Schema({name: column.dtype for name, column in self.columns.items()})

    def empty(self) -> pl.DataFrame:
        """A frame of this kind with no rows."""
        return pl.DataFrame(schema=self.schema)

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The contract's columns of `frame`, in order; further columns are left out.

        A column without one value (type Null) passes as the contract's type.
        Refuses MissingColumn and WrongType, each with its remedy.
        """
        for name, column in self.columns.items():
            self._check_column(frame, name, column)
        return frame.select(pl.col(name).cast(column.dtype) for name, column in self.columns.items())

    def _check_column(self, frame: pl.DataFrame, name: str, column: Column) -> None:
        if name not in frame.columns:
            raise MissingColumn(self.name, name, frame.columns, column.meaning)
        found = frame.schema[name]
        if found != pl.Null() and found != column.dtype:
            raise WrongType(self.name, name, found, column.dtype)


def _text(meaning: str) -> Column:
    return Column(pl.String(), meaning)


def _moment(meaning: str) -> Column:
    return Column(UTC_MOMENT, meaning)


_WAVE = Column(pl.Int32(), "number of the wave: 1, 2, ...")
_PLACE = Column(pl.Float64(), "degrees, WGS 84; null when not known")

TIES = Frame(
    "TIES",
    {
        "wave": _WAVE,
        "ego": _text("the person who answered"),
        "alter": _text("the person named; an id of its own for someone off the roster"),
        "topic": _text("topic code"),
        "contacts_per_year": Column(pl.Float64(), "contacts a year, 0 or more; null when not asked"),
        "formality": _text("formal, informal or both; null when not asked"),
        "direction": _text("get (ego gets knowledge), give (ego gives it) or both; null when not asked"),
        "mechanism": _text("code of the channel the tie came from, or null"),
        "mechanism_kind": _text("formal, informal or intermediary, or null"),
        "ego_site": _text("site code, or null"),
        "ego_role": _text("role code, or null"),
        "alter_site": _text("site code, or null"),
        "alter_role": _text("role code, or null"),
        "alter_on_roster": Column(pl.Boolean(), "whether the person named is on the roster"),
    },
)
"""One row per ego x alter x topic x wave."""

ALTER_TIES = Frame(
    "ALTER_TIES",
    {
        "wave": _WAVE,
        "ego": _text("the person who answered, and sees the two as tied"),
        "low": _text("one of the two: the one whose id comes first"),
        "high": _text("the other; low < high"),
        "relation": _text("code of the kind of tie"),
        "strength": _text("the step of the scale that was chosen; null when only whether they are tied was asked"),
    },
)
"""One row per ego x pair of alters x relation x wave."""

SITE_TIES = Frame(
    "SITE_TIES",
    {
        "wave": _WAVE,
        "ego": _text("the person who answered, for the site they work at"),
        "ego_site": _text("site code of that person when invited"),
        "site": _text("site code of the other site"),
        "relation": _text("code of the kind of tie"),
        "value": _text("one way in which the two work together, or the step of the scale that was chosen"),
    },
)
"""One row per ego x site x relation x value x wave."""

ENDINGS = Frame(
    "ENDINGS",
    {
        "wave": Column(pl.Int32(), "number of the wave in which it was told: 2, 3, ..."),
        "ego": _text("the person who answered"),
        "alter": _text("the person of the wave before with whom they stopped talking"),
        "reason": _text("code of the reason that was chosen"),
    },
)
"""One row per ego x alter x reason x wave."""

RESPONSE = Frame(
    "RESPONSE",
    {
        "wave": _WAVE,
        "person": _text("the person invited"),
        "site": _text("site code"),
        "role": _text("role code"),
        "invited_at": _moment("when invited, or null"),
        "opened_at": _moment("when the link was first opened, or null"),
        "started_at": _moment("when the first answer came, or null"),
        "finished_at": _moment("when the answers were sent, or null"),
        "declined_at": _moment("when the person declined, or null"),
        "named": Column(pl.Int32(), "people named: 0 for no one; null unless finished"),
    },
)
"""One row per invited person x wave."""

SITES = Frame(
    "SITES",
    {
        "site": _text("site code"),
        "label": _text("name shown"),
        "designation": _text("exemplar or fast follower, or null"),
        "care_setting": _text("acute, mental health, ...; or null"),
        "core_system": _text("supplier of the main record system, or null"),
        "region": _text("region code, or null"),
        "grouping": _text("local strategic grouping, or null"),
        "pair": _text("site code of its partner, or null"),
        "latitude": _PLACE,
        "longitude": _PLACE,
    },
)
"""One row per site."""

LABELS = Frame(
    "LABELS",
    {
        "kind": _text("topic, role, wave, region, mechanism, ..."),
        "code": _text("the code used in the other frames"),
        "label": _text("the words shown"),
        "position": Column(pl.Int32(), "place in a list, from 0"),
    },
)
"""One row per code that is shown in words."""

FLOWS = Frame(
    "FLOWS",
    {
        "wave": _WAVE,
        "topic": _text("topic code"),
        "giver": _text("the person knowledge comes from"),
        "getter": _text("the person it goes to"),
        "giver_site": _text("site code, or null"),
        "getter_site": _text("site code, or null"),
        "giver_role": _text("role code, or null"),
        "getter_role": _text("role code, or null"),
        "contacts_per_year": Column(pl.Float64(), "contacts a year, or null"),
        "formality": _text("formal, informal or both, or null"),
        "reporter": _text("the person who told us: the giver or the getter"),
    },
)
"""One row per report of knowledge going from giver to getter."""
