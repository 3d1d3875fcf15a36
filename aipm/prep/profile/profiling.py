"""Table -> profile: every column looked at once, all finders asked, findings ranked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
import pyarrow as pa

from aipm.prep.finding import Finding
from aipm.prep.profile.categories import categories, is_identifier
from aipm.prep.profile.column import Column, Kind, make_column
from aipm.prep.profile.formats import formats
from aipm.prep.profile.labels import label_suspects
from aipm.prep.profile.missing import missing_values, with_sentinels
from aipm.prep.profile.people import people
from aipm.prep.profile.personal import personal
from aipm.prep.profile.relations import relations
from aipm.prep.profile.sheet import Sheet
from aipm.prep.profile.spread import quantile, spread
from aipm.prep.profile.table import duplicates, entities, readings, time_order
from aipm.prep.profile.target import target as about_target
from aipm.prep.profile.target import target_column
from aipm.prep.profile.variants import variants
from aipm.tables import Refusal
from aipm.tables.table import ArrowRows, Table

WORKERS = 4
SAID_BY_PII = ("id_like", "high_cardinality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric:
    """The numbers of a column; quartiles by linear interpolation. Endless ones are left out."""

    minimum: float
    q1: float
    median: float
    q3: float
    maximum: float
    mean: float
    standard_deviation: float | None
    """With n − 1; None of a single number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """One column: what it holds, how many cells are missing (however that is said), how many values there are.

    `blank`, `tokens` and `sentinels` are the parts of `missing`. `numeric` is None where the column holds no numbers.
    """

    name: str
    kind: Kind
    missing: int
    distinct: int
    filled: int
    blank: int
    tokens: int
    sentinels: int
    is_identifier: bool
    numeric: Numeric | None
    top: tuple[tuple[str, int], ...]
    """The most frequent values, for the page of the person whose file it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All that is known of a file before anything is done to it. `findings` are ranked, the weightiest first."""

    rows: int
    target: str | None
    columns: tuple[ColumnProfile, ...]
    findings: tuple[Finding, ...]


def profile(table: Table, *, target: str | None = None, today: date | None = None, labels: bool = False) -> Profile:
    """Look at every cell of a table. Counts are exact, on all rows; what rests on a sample says so.

    `labels` also looks for label errors with a small model (a second or two). Raises Refusal for a target that is not
    there and for a table without rows.
    """
    arrays = [_cells(table, place) for place in range(len(table.columns))]
    rows = len(arrays[0]) if arrays else 0
    if not rows:
        raise Refusal("no_rows", "The table has no rows.", advice="Check that the file holds more than its header.")

    def look(place: int) -> Column:
        return with_sentinels(make_column(table.columns[place], place, arrays[place]))

    with ThreadPoolExecutor(WORKERS) as pool:
        columns = tuple(pool.map(look, range(len(arrays))))
    sheet = Sheet(
        columns=columns,
        rows=rows,
        reading=table.reading,
        target=target_column(columns, target),
        today=today or date.today(),  # noqa: DTZ011 - the day where the person is
    )
    identifiers = frozenset(c.position for c in columns if is_identifier(c) and c is not sheet.target)
    with ThreadPoolExecutor(WORKERS) as pool:
        findings = list(chain.from_iterable(pool.map(_all, _finders(sheet, identifiers))))
    # Who is named directly is said once.
    personal_columns = {f.column for f in findings if f.kind.startswith("pii_") and f.kind != "pii_date_of_birth"}
    findings = [f for f in findings if f.kind not in SAID_BY_PII or f.column not in personal_columns]
    if labels:
        place = {column.name: column.position for column in columns}
        leaks = {place[f.column] for f in findings if f.kind.startswith("leakage") and f.column is not None}
        findings += label_suspects(sheet, identifiers | frozenset(leaks))
    return Profile(
        rows=rows,
        target=target,
        columns=tuple(_column_profile(column, column.position in identifiers) for column in columns),
        findings=tuple(sorted(findings, key=lambda f: -f.weight)),
    )


def _all(findings: Iterator[Finding]) -> list[Finding]:
    return list(findings)


def _cells(table: Table, place: int) -> pa.ChunkedArray:
    """The cells of a column, without a copy where they lie in memory."""
    if isinstance(table.rows, ArrowRows):
        return table.rows.data.column(place)
    return table.query(f"SELECT c{place} FROM cells").column(0)  # noqa: S608 - a number of ours


def _finders(sheet: Sheet, identifiers: frozenset[int]) -> list[Iterator[Finding]]:
    return [
        duplicates(sheet, identifiers),
        relations(sheet, identifiers),
        about_target(sheet, identifiers),
        missing_values(sheet),
        formats(sheet),
        spread(sheet, identifiers),
        personal(sheet),
        people(sheet),
        variants(sheet, identifiers),
        categories(sheet, identifiers),
        entities(sheet, identifiers),
        time_order(sheet),
        readings(sheet),
    ]


def _column_profile(column: Column, identifies: bool) -> ColumnProfile:  # noqa: FBT001 - a fact about the column
    return ColumnProfile(
        name=column.name,
        kind=column.kind,
        missing=column.missing,
        distinct=_different(column),
        filled=column.filled,
        blank=column.count(column.is_blank),
        tokens=column.count(column.is_token),
        sentinels=column.count(column.coded),
        is_identifier=identifies,
        numeric=_numeric(column),
        top=column.examples(column.is_valid, 5),
    )


def _different(column: Column) -> int:
    """How many values there are; in a column of numbers 1 and 1.0 are one."""
    if not column.is_numeric:
        return column.distinct
    return len(column.sorted_numbers[0]) + int((column.is_valid & ~np.isfinite(column.numbers.values)).sum())


def _numeric(column: Column) -> Numeric | None:
    if not column.is_numeric:
        return None
    values, times = column.sorted_numbers
    if not len(values):
        return None
    count = int(times.sum())
    # Scaled, so that the squares of very large numbers stay finite.
    scale = float(np.abs(values).max()) or 1.0
    mean = float((values / scale * times).sum() / count)
    variance = float((times * (values / scale - mean) ** 2).sum() / (count - 1)) if count > 1 else None
    low, q1, median, q3, high = (quantile(values, times, share) for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    return Numeric(
        minimum=low,
        q1=q1,
        median=median,
        q3=q3,
        maximum=high,
        mean=mean * scale,
        standard_deviation=None if variance is None else variance**0.5 * scale,
    )
