"""Which columns can be looked at without any decision, and how: as categories, as quantities, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from aipm.content import load
from aipm.fairness.answers import UNKNOWN
from aipm.fairness.columns import MOST_UNBINNED
from aipm.fairness.counting import where_clause
from aipm.fairness.roles import RoleWords, name_words
from aipm.fairness.scale import SPACE, numbers_as
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from aipm.tables.table import ArrowRows, Table
from aipm.tables.types import ColumnType, column_types

Kind = Literal["number", "date", "category", "identifier", "text", "constant", "empty"]
SAMPLE_ROWS, SEED = 20_000, 20_261
PARTS = 10
"""A quantity is cut into this many parts of equal size."""
MOST_LETTERS = 60
"""Cells that are longer than this on average are running text."""
BLANK = UNKNOWN - {"", "none", "unknown", "missing", "not applicable", "not available", "not given"}
STYLES = {"number": "plain", "comma": "comma", "percent": "percent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A column that is no group column of the question at hand. `edges` cut a quantity into parts of equal size.

    `role`: "label", "prediction" or "score" where it is one, "group" for the other group columns, else "".
    """

    name: str
    kind: Kind
    notation: str = ""
    edges: tuple[float, ...] = ()
    role: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "date")

    @property
    def usable(self) -> bool:
        """Whether something can be learned from its values: an identity or running text tells a row, not a kind."""
        return self.kind in ("number", "date", "category")

    def number(self, cell: str) -> str:
        """SQL for a cell as a number; NULL where it is none."""
        if self.kind == "date":
            return f"epoch(try_cast({cell} AS TIMESTAMP))"
        if self.notation == "thousands":
            return numbers_as(f"replace({cell}, ',', '')", "plain")
        return numbers_as(cell, STYLES.get(self.notation, "plain"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Rows drawn by chance, the same ones each time, of `of` rows that the question is about."""

    table: Table
    of: int


def sampled(table: Table, spec: AuditSpec, *, rows: int = SAMPLE_ROWS) -> Sampled:
    """At most so many rows of those that the specification filters. Raises Refusal where there is none."""
    where, values = where_clause(table, spec)
    of = int(table.query(f"SELECT count(*) AS n FROM cells {where}", values).column("n")[0].as_py())
    if of == 0:
        raise Refusal("no_rows", "No row is left to look at.", advice="Check the column and value of the filter.")
    if of <= rows:
        found = table.query(f"SELECT * FROM cells {where}", values)
        return Sampled(table=_made(table, found), of=of)
    chosen = np.sort(np.random.default_rng(SEED).choice(of, rows, replace=False))
    if isinstance(table.rows, ArrowRows) and not where:
        return Sampled(table=_made(table, table.rows.data.take(chosen)), of=of)
    numbered = f"SELECT *, row_number() OVER () - 1 AS r FROM cells {where}"
    found = table.query(
        f"SELECT * EXCLUDE r FROM ({numbered}) WHERE r IN (SELECT unnest(?)) ORDER BY r", [*values, chosen.tolist()]
    )
    return Sampled(table=_made(table, found), of=of)


def _made(table: Table, found: pa.Table) -> Table:
    return replace(table, rows=ArrowRows(found), row_count=found.num_rows)


def features(sample: Sampled, spec: AuditSpec, column: str) -> tuple[Feature, ...]:
    """Every column but the group column itself, the weight and the cluster, with what can be done with it."""
    roles = {spec.label: "label", spec.prediction: "prediction", spec.score: "score"}
    roles |= dict.fromkeys(spec.groups, "group")
    skipped = {column, spec.weight, spec.cluster}
    words = load("roles", RoleWords)
    with sample.table.opened() as opened:
        return tuple(
            replace(_feature(opened, each, words, sample.of), role=roles.get(each.name, ""))
            for each in column_types(opened)
            if each.name not in skipped
        )


def _feature(table: Table, column: ColumnType, words: RoleWords, of: int) -> Feature:
    name = column.name
    if not column.filled:
        return Feature(name=name, kind="empty")
    if column.distinct == 1 and not column.blank:
        return Feature(name=name, kind="constant")
    if column.kind in ("number", "whole_number") and column.distinct > MOST_UNBINNED:
        made = Feature(name=name, kind="number", notation=column.notation)
        values = _values(table, made)
        named = bool(name_words(name) & words.identifier)
        whole = column.kind == "whole_number" and column.distinct == column.filled and column.filled > 50
        if whole and (named or values[-1] - values[0] < 3 * of):  # a running number, or one that is called so
            return replace(made, kind="identifier")
        return replace(made, edges=_edges(values))
    if column.kind == "date" and column.distinct > MOST_UNBINNED:
        made = Feature(name=name, kind="date")
        values = _values(table, made)
        if len(values) >= 0.9 * column.filled:
            return replace(made, edges=_edges(values))
    many = column.distinct > column.filled / 2 and column.filled > 20
    if many:  # of postcodes every other one is new in the first rows: ask all rows of the sample
        many = _different(table, name) > 0.5
    return Feature(name=name, kind="text" if many or _letters(table, name) > MOST_LETTERS else "category")


def _values(table: Table, feature: Feature) -> NDArray[np.float64]:
    cell = feature.number(table.column(feature.name))
    found = table.query(f"SELECT v FROM (SELECT {cell} AS v FROM cells) WHERE isfinite(v) ORDER BY v")
    return np.asarray(found.column("v").to_numpy(), dtype=np.float64)


def _edges(values: NDArray[np.float64]) -> tuple[float, ...]:
    """Inner edges of parts of equal size; fewer where many rows share a value."""
    inner = np.unique(np.quantile(values, np.arange(1, PARTS) / PARTS, method="higher"))
    return tuple(float(edge) for edge in inner if edge > values[0])


def _different(table: Table, name: str) -> float:
    """Different cells a cell that is not blank."""
    cell = table.column(name)
    asked = f"SELECT count(DISTINCT {cell}) / count({cell}) AS n FROM cells WHERE trim({cell}, {SPACE}) <> ''"
    return float(table.query(asked).column("n")[0].as_py() or 0.0)


def _letters(table: Table, name: str) -> float:
    found = table.query(f"SELECT avg(length({table.column(name)})) AS n FROM cells").column("n")[0].as_py()
    return float(found or 0.0)


def used(found: Sequence[Feature]) -> tuple[Feature, ...]:
    """What a model that decides could be given: no label, no decision, no score, nothing that names a row."""
    return tuple(each for each in found if each.usable and each.role in ("", "group"))


def left_out(found: Sequence[Feature]) -> tuple[tuple[str, str], ...]:
    """Columns that are not looked at, each with the code of the reason."""
    return tuple(
        (each.name, each.role if each.role not in ("", "group") else each.kind)
        for each in found
        if not each.usable or each.role not in ("", "group")
    )
