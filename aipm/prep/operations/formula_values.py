"""What the parts of a formula come to: numbers, texts, dates, yes or no, and the functions over them."""

import operator
import re
from typing import Any

import numpy as np
import pandas as pd

from aipm.prep.operations.cells import dates_of, numbers_of, parsed_numbers
from aipm.tables import Refusal

FORMULA_FUNCTIONS = {  # what each takes (empty: of any kind), how many at least, at most
    "abs": ("number", 1, 1),
    "sqrt": ("number", 1, 1),
    "log": ("number", 1, 1),
    "round": ("number", 1, 2),
    "year": ("date", 1, 1),
    "month": ("date", 1, 1),
    "day": ("date", 1, 1),
    "weekday": ("date", 1, 1),
    "days_between": ("date", 2, 2),
    "length": ("text", 1, 1),
    "lower": ("text", 1, 1),
    "contains": ("text", 2, 2),
    "is_missing": ("", 1, 1),
    "if": ("", 3, 3),
    "min": ("", 2, 20),
    "max": ("", 2, 20),
}


def formula_problem(position: int, what: str) -> Refusal:
    """What is wrong with a formula, and where: `position` counts its characters from 0."""
    return Refusal(
        "formula",
        f"The formula cannot be worked out at character {position + 1}: {what}",
        advice='Columns stand in [brackets], texts in "quotes". Example: if([age] >= 18, "adult", "minor").',
    )


class FormulaValue:
    """What a part of a formula comes to, one value or one a row: floats (1, 0 and NaN for yes, no and missing), texts
    or dates. `whole`: numbers without a fraction by the way they were made, so that they are written without a point.
    """

    def __init__(self, kind: str, data: Any, *, whole: bool = False) -> None:
        self.kind, self.data, self.whole = kind, data, whole
        self.taken: dict[str, FormulaValue] = {}

    def as_kind(self, kind: str, position: int) -> "FormulaValue":
        """The same as a number, date or text, worked out once. Raises Refusal where it is none."""
        if kind not in self.taken:
            self.taken[kind] = self.converted(kind, position)
        return self.taken[kind]

    def converted(self, kind: str, position: int) -> "FormulaValue":
        if self.kind == kind:
            return self
        if self.kind == "missing":
            blank = {"date": np.datetime64("NaT", "us"), "text": None}
            return FormulaValue(kind, blank.get(kind, np.float64("nan")), whole=True)
        if self.kind == "boolean" and kind == "number":
            return FormulaValue("number", self.data, whole=True)
        if self.kind == "text" and kind in ("number", "date"):
            if isinstance(self.data, pd.Series):
                name = self.data.name or "text"
                found = (numbers_of if kind == "number" else dates_of)(self.data.to_frame(name), name)
                return FormulaValue(kind, found.to_numpy())
            only = pd.Series([self.data], dtype="str")
            if kind == "number":
                found = parsed_numbers(only).astype("float64")
            else:
                utc = pd.to_datetime(only, format="ISO8601", utc=True, errors="coerce")
                found = utc.dt.tz_localize(None).astype("datetime64[us]")
            if found.notna().all():
                return FormulaValue(kind, found.to_numpy()[0])
        raise formula_problem(position, f"a {kind} is expected here, not a {self.kind}.")

    def as_column(self, frame: pd.DataFrame) -> pd.Series:
        """A column of the frame, of the type that belongs to the kind."""
        if isinstance(self.data, pd.Series):
            return self.data
        if self.kind == "text":
            return pd.Series(self.data, index=frame.index, dtype="str")
        cells = pd.Series(np.broadcast_to(self.data, len(frame)).copy(), index=frame.index)
        if self.kind == "boolean":
            return cells.astype("boolean")
        if self.whole and not (cells.abs() >= 2**53).any():
            return cells.astype("Int64")
        return cells


def formula_number(data: Any, *, whole: bool = False) -> FormulaValue:
    """A number; what has no answer (a division by 0) or is too large is missing."""
    return FormulaValue("number", np.where(np.abs(data) <= 1e100, data, np.nan), whole=whole)


def formula_truth(value: FormulaValue, position: int) -> Any:
    """1, 0 and NaN for yes, no and missing. Raises Refusal for anything but a comparison."""
    if value.kind != "boolean":
        raise formula_problem(position, f"a comparison is expected here, not a {value.kind}.")
    return value.data


def formula_kind(*values: FormulaValue) -> str:
    """What all the parts can be taken for; texts give way to numbers and dates."""
    kinds = {value.kind for value in values} - {"missing"}
    if len(kinds) <= 1:
        return kinds.pop() if kinds else "number"
    return "date" if "date" in kinds else "number"


def formula_size(kind: str, values: list[FormulaValue]) -> str:
    """Texts have no size: they are taken for dates where one is written out as a date, otherwise for numbers."""
    if kind == "date":
        return kind
    written = [value.data for value in values if isinstance(value.data, str)]
    return "date" if any(re.match("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) for text in written) else "number"


def formula_comparison(sign: str, one: FormulaValue, other: FormulaValue, position: int) -> FormulaValue:
    """Yes or no for every row; missing where either side is."""
    kind = formula_kind(one, other)
    if sign not in ("=", "!="):
        kind = formula_size(kind, [one, other])
    a, b = one.as_kind(kind, position).data, other.as_kind(kind, position).data
    if not isinstance(a, pd.Series) and isinstance(b, pd.Series):
        a, b = b, a  # only = and != meet texts, and they are the same both ways
    compare = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}[sign]
    truth = np.asarray(getattr(operator, compare)(a, b), dtype="float64")
    return FormulaValue("boolean", np.where(np.asarray(pd.isna(a)) | np.asarray(pd.isna(b)), np.nan, truth))


def formula_arithmetic(sign: str, one: FormulaValue, other: FormulaValue, position: int) -> FormulaValue:
    one, other = one.as_kind("number", position), other.as_kind("number", position)
    work = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[sign]
    whole = sign != "/" and one.whole and other.whole
    return formula_number(work(np.asarray(one.data), np.asarray(other.data)), whole=whole)


def formula_of_numbers(name: str, given: list[FormulaValue], position: int) -> FormulaValue:
    data = given[0].data
    if name == "round":
        digits = given[1].data if len(given) > 1 else np.float64(0)
        if np.ndim(digits) or digits not in range(11):
            raise formula_problem(position, "the digits to round to are a number from 0 to 10.")
        return formula_number(np.round(data, int(digits)), whole=not digits)
    work = {"abs": np.abs, "sqrt": np.sqrt, "log": np.log}[name]
    return formula_number(work(data), whole=name == "abs" and given[0].whole)


def formula_of_dates(name: str, given: list[FormulaValue]) -> FormulaValue:
    dates = [np.asarray(value.data, dtype="datetime64[us]") for value in given]
    if name == "days_between":
        return FormulaValue("number", np.floor((dates[1] - dates[0]) / np.timedelta64(1, "D")), whole=True)
    column = pd.Series(np.atleast_1d(dates[0]))
    part = column.dt.day_of_week + 1 if name == "weekday" else getattr(column.dt, name)
    return FormulaValue("number", part.to_numpy(dtype="float64"), whole=True)


def formula_of_texts(name: str, given: list[FormulaValue], frame: pd.DataFrame, position: int) -> FormulaValue:
    texts = given[0].as_column(frame)
    if name == "lower":
        return FormulaValue("text", texts.str.lower())
    if name == "length":
        return FormulaValue("number", texts.str.len().to_numpy(dtype="float64"), whole=True)
    if not isinstance(given[1].data, str):
        raise formula_problem(position, "what contains looks for is a text in quotes.")
    found = texts.str.contains(given[1].data, regex=False).to_numpy(dtype="float64", na_value=np.nan)
    return FormulaValue("boolean", np.where(texts.isna(), np.nan, found))


def formula_of_anything(name: str, given: list[FormulaValue], frame: pd.DataFrame, position: int) -> FormulaValue:
    if name == "is_missing":
        return FormulaValue("boolean", np.asarray(pd.isna(given[0].data), dtype="float64"))
    truth = formula_truth(given[0], position) if name == "if" else None
    parts = given if truth is None else given[1:]
    kind = formula_kind(*parts)
    if truth is None:
        kind = formula_size(kind, parts)
    parts = [value.as_kind(kind, position) for value in parts]
    whole = all(value.whole for value in parts)
    if truth is None:
        result = parts[0].data
        for value in parts[1:]:
            result = (np.minimum if name == "min" else np.maximum)(result, value.data)
        return FormulaValue(kind, result, whole=whole)
    unknown = {"text": None, "date": np.datetime64("NaT", "us")}.get(kind, np.nan)
    yes, no = (np.asarray(value.data, dtype=object if kind == "text" else None) for value in parts)
    result = np.where(truth == 1, yes, np.where(truth == 0, no, np.asarray(unknown)))
    if kind == "text":
        result = pd.Series(np.broadcast_to(result, len(frame)), index=frame.index, dtype="str")
    return FormulaValue(kind, result, whole=whole)
