"""One column, from as it is to gone, in steps that each tell less: bands, years, beginnings of codes, common names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from aipm.prep.operations.cells import dates_of, numbers_of, texts_of
from aipm.prep.operations.privacy import generalise_category, generalise_date, generalise_number
from aipm.prep.recipe import Step
from aipm.tables import Refusal

Kind = Literal["number", "date", "category", "code"]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One column, as coarse as `step` makes it (None: as it is). `loss`: share of what it told that is gone."""

    column: str
    step: Step | None
    loss: float
    values: int


def levels(frame: pd.DataFrame, column: str, kind: Kind | None) -> Iterator[tuple[Level, Codes]]:
    """A column from as it is to gone, each level coarser than the last, by the very operations that the steps name."""
    alone = frame[[column]]
    raw = coded(alone[column])
    whole = _entropy(raw)
    yield Level(column=column, step=None, loss=0.0, values=int(raw.max(initial=-1)) + 1), raw
    seen = int(raw.max(initial=-1)) + 1
    for op, params in _LADDERS[kind or kind_of(frame, column)](alone, column):
        codes = coded(_APPLY[op](alone, [column], **_DEFAULTS[op] | params)[column])
        values = int(codes.max(initial=-1)) + 1
        if 1 < values < seen:
            step = Step(id=f"coarser-{column}", op=op, columns=(column,), params=params)
            yield Level(column=column, step=step, loss=1 - _entropy(codes) / whole, values=values), codes
            seen = values
    if seen > 1:
        step = Step(id=f"drop-{column}", op="drop_columns", columns=(column,))
        yield Level(column=column, step=step, loss=1.0, values=1), np.zeros(len(raw), np.int64)


def kind_of(frame: pd.DataFrame, column: str) -> Kind:
    """How a column can be made coarser: codes of one length by their beginning, numbers in bands, dates by year."""
    cells = frame[column]
    if pd.api.types.is_datetime64_any_dtype(cells):
        return "date"
    if pd.api.types.is_bool_dtype(cells):
        return "category"
    if not pd.api.types.is_numeric_dtype(cells):
        texts = cells.dropna().astype("str")
        if len(texts) and texts.str.fullmatch(r"[0-9]{5,10}").all() and texts.str.len().min() == texts.str.len().max():
            return "code"
        for kind, read in (("number", numbers_of), ("date", dates_of)):
            try:
                read(frame, column)
            except Refusal:
                continue
            return kind  # type: ignore[return-value]  # one of the two words above
        return "category"
    return "number"


Ladder = Iterator[tuple[str, dict[str, Any]]]


def _number_bands(frame: pd.DataFrame, column: str) -> Ladder:
    numbers = numbers_of(frame, column).dropna()
    spread = float(numbers.max() - numbers.min()) if len(numbers) else 0.0
    if spread > 0:
        power = 10.0 ** np.floor(np.log10(spread))
        # Widths that divide one another, so that each level is the last one made coarser.
        for width in (power / 100, power / 20, power / 10, power / 2, power, power * 5):
            yield "generalise_number", {"width": float(f"{width:.6g}")}


def _date_parts(frame: pd.DataFrame, column: str) -> Ladder:
    del frame, column
    yield from (("generalise_date", {"to": part}) for part in ("month", "quarter", "year", "decade"))


def _frequent_names(frame: pd.DataFrame, column: str) -> Ladder:
    counts = texts_of(frame, column).value_counts()
    names = sorted(counts.index, key=lambda name: (-counts[name], name))
    for top in (100, 30, 10, 5, 3, 1):
        if top < len(names):
            yield "generalise_category", {"keep": tuple(names[:top])}


def _beginnings(frame: pd.DataFrame, column: str) -> Ladder:
    length = int(texts_of(frame, column).str.len().max())
    yield from (("generalise_category", {"prefix": left}) for left in range(length - 1, 0, -1))


_LADDERS: dict[Kind, Callable[[pd.DataFrame, str], Ladder]] = {
    "number": _number_bands,
    "date": _date_parts,
    "category": _frequent_names,
    "code": _beginnings,
}
_APPLY: dict[str, Callable[..., pd.DataFrame]] = {
    "generalise_number": generalise_number,
    "generalise_date": generalise_date,
    "generalise_category": generalise_category,
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    "generalise_number": {"lowest": None, "highest": None},
    "generalise_date": {},
    "generalise_category": {"keep": (), "other": "other", "prefix": None},
}


def coded(cells: pd.Series) -> Codes:
    codes: Codes = pd.factorize(cells, use_na_sentinel=False)[0].astype(np.int64)
    return codes


def _entropy(codes: Codes) -> float:
    """In bits; 1 where there is nothing to lose."""
    shares = np.bincount(codes) / max(len(codes), 1)
    shares = shares[shares > 0]
    return float(-(shares * np.log2(shares)).sum()) or 1.0
