"""The data without any decision: every column crossed with one group column, a group-by each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from aipm.fairness.alone_columns import BLANK, Feature, features, sampled
from aipm.fairness.answers import folded, trimmed
from aipm.fairness.columns import check_columns, group_edges
from aipm.fairness.counting import group_columns, where_clause
from aipm.fairness.counts import group_names
from aipm.fairness.intervals import effective_size, wilson
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS, WIDEST
from aipm.fairness.scale import SPACE, constant
from aipm.fairness.significance import holm, homogeneity
from aipm.fairness.spec import AuditSpec
from aipm.tables.table import Table

Array = NDArray[np.float64]
MOST_VALUES = 20_000
"""Categories of a column that are told apart; the rarer ones count as one."""
MISSING, OTHER = -1, -2
"""Keys of cells that are missing, and of cells of a quantity that are no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """One column beside the groups: `rows`, groups × values, and, a group, the rows in which it is missing.

    For what is only looked at for being missing there is one value.
    """

    feature: Feature
    rows: Array
    missing: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Every other column of a table beside the groups of one."""

    column: str
    groups: tuple[str | None, ...]
    crossed: tuple[Crossed, ...]
    """All columns but the group column itself and what only serves the counting (weight, cluster)."""

    @property
    def rows(self) -> Array:
        """Rows of each group."""
        return self.crossed[0].rows.sum(axis=1) + self.crossed[0].missing if self.crossed else np.zeros(0)


def scan(table: Table, spec: AuditSpec, column: str) -> Scan:
    """Cross every column with the groups of one. Raises Refusal."""
    with table.opened() as opened:
        sample = sampled(opened, spec)
        return _scan(opened, spec, column, features(sample, spec, column))


def _scan(table: Table, spec: AuditSpec, column: str, found: Sequence[Feature]) -> Scan:
    one = replace(spec, groups=(column,), bins=tuple(each for each in spec.bins if each[0] == column))
    edges = group_edges(check_columns(table, one), one)
    parts = [_ask(table, one, edges, feature) for feature in found]
    if not parts:
        return Scan(column=column, groups=(), crossed=())
    names, place = group_names(
        pa.chunked_array([part.column("g0").combine_chunks() for part in parts]), edges.get(column)
    )
    ends = np.cumsum([part.num_rows for part in parts])
    crossed = tuple(
        _crossed(part, place[end - part.num_rows : end], len(names), feature)
        for part, end, feature in zip(parts, ends, found, strict=True)
    )
    return Scan(column=column, groups=tuple(names), crossed=crossed)


def _ask(table: Table, spec: AuditSpec, edges: dict[str, tuple[float, ...]], feature: Feature) -> pa.Table:
    """Rows by group and value of one column: equal cells are put together before anything is made of them."""
    made, groups = group_columns(table, spec, edges)
    where, values = where_clause(table, spec)
    cell, group = table.column(feature.name), table.column(spec.groups[0])
    source = f"SELECT {group}, {cell}, count(*)::DOUBLE AS n FROM cells {where} GROUP BY {group}, {cell}"
    if feature.is_number:
        made += [f"{feature.number(cell)} AS v", f"{cell} AS a"]
        steps = " + ".join(f"(v >= {constant(edge)})::SMALLINT" for edge in feature.edges) or "0"
        groups = [*groups, f"CASE WHEN isfinite(v) THEN {steps} WHEN {blank('a')} THEN {MISSING} ELSE {OTHER} END AS f"]
    elif feature.kind == "category":
        made.append(f"{cell} AS f")
    else:  # only whether it is missing is asked
        source = f"SELECT {group}, {blank(cell)} AS b, count(*)::DOUBLE AS n FROM cells {where} GROUP BY ALL"
        made.append(f"CASE WHEN b THEN {MISSING} ELSE 0 END AS f")
    inner = f"SELECT {', '.join(['n', *made])} FROM ({source})"
    return table.query(
        f"SELECT g0, f, sum(n) AS n FROM (SELECT {', '.join(['*', *groups])} FROM ({inner})) GROUP BY g0, f", values
    )


def _crossed(part: pa.Table, group: NDArray[np.int64], groups: int, feature: Feature) -> Crossed:
    """What the scan says of one column."""
    rows, cells = np.asarray(part.column("n").to_numpy()), part.column("f").to_pylist()
    words = [is_category(cell) if feature.kind == "category" else None if cell == MISSING else cell for cell in cells]
    different = sorted({word for word in words if word is not None})
    order = {word: i for i, word in enumerate(different)}
    place = np.array([-1 if word is None else order[word] for word in words], dtype=np.int64)
    if len(different) > MOST_VALUES:  # quantities have ten: these are categories
        often = np.argsort(-np.bincount(place[place >= 0], rows[place >= 0]), kind="stable")
        rank = np.empty(len(different) + 1, dtype=np.int64)
        rank[often], rank[-1] = np.minimum(np.arange(len(often)), MOST_VALUES - 1), -1
        place = rank[place]
    counts, missing = np.zeros((groups, min(len(different), MOST_VALUES))), np.zeros(groups)
    known = place >= 0
    np.add.at(counts, (group[known], place[known]), rows[known])
    np.add.at(missing, group[~known], rows[~known])
    return Crossed(feature=feature, rows=counts, missing=missing)


KEPT = frozenset({"none", "unknown", "missing", "not applicable", "not available"})
"""Words that mean no answer as a label, yet say something in any other column."""


@cache
def _known_blank(cell: str) -> str | None:
    word = trimmed(cell).casefold()
    return word if word in KEPT else folded(cell)


def is_category(cell: str) -> str | None:
    """One spelling of a category; None where there is none."""
    return _known_blank(cell)


def blank(cell: str) -> str:
    """SQL: whether a cell holds nothing, or a sign for nothing."""
    words = ", ".join(f"'{word}'" for word in sorted(BLANK))
    return f"(trim({cell}, {SPACE}) = '' OR lower(trim({cell}, {SPACE})) IN ({words}))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How often a column is missing in one group: `missing` of `rows`, with the 95 % interval of the share."""

    group: str | None
    rows: int
    missing: int
    share: float
    low: float
    high: float

    @property
    def enough(self) -> bool:
        """Whether the share is sure enough to be read."""
        return self.rows >= ENOUGH_ROWS and self.high - self.low <= WIDEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A column that is missing somewhere, group by group; `p_adjusted` by Holm over all such columns."""

    column: str
    kind: str
    gaps: tuple[Gap, ...]
    p_value: float | None
    p_adjusted: float | None

    @property
    def rated(self) -> tuple[Gap, ...]:
        """The groups with enough rows for a share to say something, the one that lacks most first."""
        return tuple(sorted((gap for gap in self.gaps if gap.rows >= FEWEST_ROWS), key=lambda gap: -gap.share))

    @property
    def differs(self) -> bool:
        """Whether the groups differ beyond chance, all columns looked at considered."""
        return self.p_adjusted is not None and self.p_adjusted < 0.05


def missing(found: Scan) -> tuple[Missing, ...]:
    """Every column with a missing value; those that differ most between groups first."""
    lacking = [each for each in found.crossed if each.missing.sum() > 0]
    if not lacking:
        return ()
    rows = found.rows
    chance = np.array([float(homogeneity(each.missing, rows)) for each in lacking])
    adjusted = holm(chance)
    made = []
    for each, p_value, corrected in zip(lacking, chance, adjusted, strict=True):
        size = effective_size(rows, rows)
        low, high = wilson(each.missing, size)
        gaps = tuple(
            Gap(
                group=group,
                rows=int(rows[k]),
                missing=int(each.missing[k]),
                share=float(each.missing[k] / rows[k]),
                low=float(low[k]),
                high=float(high[k]),
            )
            for k, group in enumerate(found.groups)
        )
        known = bool(np.isfinite(p_value))
        made.append(
            Missing(
                column=each.feature.name,
                kind=each.feature.kind,
                gaps=gaps,
                p_value=float(p_value) if known else None,
                p_adjusted=float(corrected) if known else None,
            )
        )
    return tuple(sorted(made, key=lambda each: (1.0 if each.p_adjusted is None else each.p_adjusted, -_spread(each))))


def _spread(each: Missing) -> float:
    rated = each.rated
    return rated[0].share - rated[-1].share if rated else 0.0
