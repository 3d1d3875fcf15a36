"""Ranges and amounts with a unit -> numbers."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ColumnName
from aipm.prep.operations.cells import parsed_numbers, texts_of
from aipm.prep.operations.types import written_numbers
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeToNumber:
    take: Literal["middle", "low", "high"] = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitToNumber:
    units: Annotated[dict[ColumnName, Annotated[float, Meta(gt=0, le=1e15)]], Meta(min_length=1, max_length=100)]
    """What one of each unit is worth in the unit that is wanted: {"kg": 1, "g": 0.001}."""
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""
    bare: Literal["as_is", "missing"] = "as_is"
    """What a number without a unit means: already in the wanted unit, or unknown."""


def range_to_number(frame: pd.DataFrame, columns: list[str], *, take: str) -> pd.DataFrame:
    """10-20, 10 to 20 years, 50,000–99,999 -> one number; 65+ and under 18 have one end only, which is taken."""
    number = "([0-9]+(?:[.][0-9]+)?)"
    money, unit = "[ $€£]*", "[ ]*[A-Za-z%€$£]*"
    out = frame.copy(deep=False)
    for column in columns:
        if pd.api.types.is_numeric_dtype(frame[column]):
            continue
        texts = texts_of(frame, column).str.strip()
        for _ in range(3):  # groups of thousands, up to 999,999,999,999
            texts = texts.str.replace("([0-9]),([0-9]{3})([^0-9]|$)", r"\1\2\3", regex=True)
        both = f"^{money}{number}{unit}[ ]*(?:-|–|—|to|\\.\\.)[ ]*{money}{number}{unit}$"
        single = (
            f"^(?:<|>|≤|≥|<=|>=|under|over|above|below|from|up to|less than|more than)?{money}{number}{unit}[+]?{unit}$"
        )
        ends = texts.str.extract(both)
        low, high = (parsed_numbers(ends[end]).astype("float64") for end in ends)
        alone = parsed_numbers(texts.str.lower().str.extract(single)[0]).astype("float64")
        out[column] = {"low": low, "high": high, "middle": (low + high) / 2}[take].fillna(alone)
    return out


def unit_to_number(
    frame: pd.DataFrame, columns: list[str], *, units: dict[str, float], decimal: str, thousands: str, bare: str
) -> pd.DataFrame:
    """5 kg, 500 g -> numbers in one unit. A unit that is not listed makes the cell missing. Case does not matter."""
    worth = {unit.strip().lower(): factor for unit, factor in units.items()}
    if len(worth) < len(units):
        raise Refusal("bad_setting", "Two units differ only in case or spaces.", advice="Keep one of them.")
    if bare == "as_is":
        worth[""] = 1.0
    out = frame.copy(deep=False)
    for column in columns:
        parts = texts_of(frame, column).str.strip().str.extract('^([^A-Za-z%°µ"]*[0-9])[ \u00a0\u202f]*([^0-9]*[23]?)$')
        factors = parts[1].str.strip().str.lower().map(worth).astype("float64")
        out[column] = written_numbers(parts[0], decimal, thousands, "points", []).astype("float64") * factors
    return out


OPERATIONS = (
    Operation(
        name="range_to_number",
        stage="clean",
        scope="columns",
        params=RangeToNumber,
        apply=range_to_number,
    ),
    Operation(
        name="unit_to_number",
        stage="clean",
        scope="columns",
        params=UnitToNumber,
        apply=unit_to_number,
    ),
)
