"""Dates -> the parts of them that a model can use."""

from dataclasses import dataclass
from typing import Annotated, Literal

import pandas as pd
from msgspec import Meta

from aipm.prep.operation import Operation
from aipm.prep.operations.bounds import ShortText
from aipm.prep.operations.cells import add_columns, dates_of
from aipm.tables import Refusal

Part = Literal["year", "quarter", "month", "day", "weekday", "hour", "is_weekend", "days_since"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateParts:
    parts: Annotated[tuple[Part, ...], Meta(min_length=1, max_length=8)] = ("year", "month", "weekday")
    since: ShortText = "2000-01-01"
    """days_since: the day from which days are counted."""
    drop: bool = True
    """Drop the date itself."""


def date_parts(frame: pd.DataFrame, columns: list[str], *, parts: list[str], since: str, drop: bool) -> pd.DataFrame:
    """A column for each part; weekdays count from Monday = 1, hours from 0; missing where the date is."""
    first = pd.to_datetime(pd.Series([since]), format="ISO8601", errors="coerce")[0]
    if pd.isna(first):
        raise Refusal("bad_setting", "The day to count from is not a date.", advice="Write it as 2024-01-31.")
    made = []
    for column in columns:
        dates = dates_of(frame, column)
        for part in dict.fromkeys(parts):
            if part == "weekday":
                numbers = dates.dt.day_of_week + 1
            elif part == "is_weekend":
                numbers = (dates.dt.day_of_week >= 5).where(dates.notna())
            elif part == "days_since":
                numbers = (dates - first.tz_localize(None)).dt.days
            else:
                numbers = getattr(dates.dt, part)
            made.append((f"{column}_{part}", numbers.astype("float64").astype("Int64")))
    return add_columns(frame.drop(columns=list(columns)) if drop else frame, made)


OPERATIONS = (
    Operation(
        name="date_parts",
        stage="shape",
        scope="columns",
        params=DateParts,
        apply=date_parts,
    ),
)
