"""Two columns of numbers and a label out of a table of text: what can be learned from, and as what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

from aipm.labs.points import Points, brought
from aipm.tables import Refusal

MOST_ROWS = 5_000
MOST_LABELS = 20
"""A column with more different values than this is no label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a table may be numbers, and which a label, in the order of the table."""

    numbers: tuple[int, ...]
    labels: tuple[int, ...]


def columns(rows: Sequence[Sequence[str]]) -> Columns:
    """A number column: nine in ten of its filled cells are numbers, and they differ. A label: 2 to 20 values."""
    numbers, labels = [], []
    for place, cells in enumerate(zip(*rows, strict=True)):
        filled = [cell.strip() for cell in cells if cell.strip()]
        found = [number(cell) for cell in filled]
        good = {value for value in found if value is not None}
        if filled and sum(value is not None for value in found) >= 0.9 * len(filled) and len(good) > 1:
            numbers.append(place)
        if 2 <= len(set(filled)) <= MOST_LABELS:
            labels.append(place)
    return Columns(numbers=tuple(numbers), labels=tuple(labels))


def number(cell: str) -> float | None:
    """A cell as a number: 12, -0.5, 1e3, 1,234.5, 0,5 or 50%; None where it is none."""
    text = cell.strip().removesuffix("%").strip()
    if text.count(",") == 1 and "." not in text and len(text.partition(",")[2]) != 3:
        text = text.replace(",", ".")
    try:
        value = float(text.replace(",", "")) if "_" not in text else inf
    except ValueError:
        return None
    return value if isfinite(value) and abs(value) < 1e100 else None


def values(rows: Sequence[Sequence[str]], label: int) -> tuple[str, ...]:
    """The values of a label, the most frequent first."""
    found = Counter(row[label].strip() for row in rows if row[label].strip())
    return tuple(sorted(found, key=lambda value: (-found[value], value))[:MOST_LABELS])


def points(
    rows: Sequence[Sequence[str]], *, x: int, y: int, label: int, one: str, train_share: float, seed: int
) -> Points:
    """The rows as points; class 1 is where the label is `one`. Rows with a gap are left out. Raises Refusal."""
    import numpy as np

    if len({x, y, label}) < 3:
        raise Refusal("same_column", "The same column is chosen twice.", advice="Choose three different columns.")
    found = [
        (right, up, row[label].strip() == one)
        for row in rows
        if (right := number(row[x])) is not None and (up := number(row[y])) is not None and row[label].strip()
    ]
    return brought(
        np.array([each[0] for each in found], dtype=float),
        np.array([each[1] for each in found], dtype=float),
        np.array([each[2] for each in found], dtype=bool),
        train_share=train_share,
        seed=seed,
    )
