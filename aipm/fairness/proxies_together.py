"""Proxies: how well all other columns together tell to which group a person belongs, and which of them carry it."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from aipm.fairness.alone_columns import Sampled, features, left_out, sampled, used
from aipm.fairness.alone_model import FEWEST, MOST_WORK, area, in_order, learned, matrix, together
from aipm.fairness.columns import check_columns, group_edges
from aipm.fairness.counting import group_columns
from aipm.fairness.counts import group_names
from aipm.fairness.intervals import wilson
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from aipm.tables.table import Table

MOST_GROUPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One group against all others: `auc` is the chance that a person of it looks more like it than another does."""

    group: str
    rows: int
    auc: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A column and by how much the AUC falls on rows not learned from when its values are shuffled."""

    column: str
    drop: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """`auc`: weighted over the groups, one against the rest; ½ is chance. `right`: share of people whose group is
    guessed right, `largest` the same for somebody who always names the largest group. Bounds are 95 % intervals.

    `pairs`: columns that tell more in pairs than one by one. `rows` were used of `of`; `groups_left_out` are too small
    in the sample, or too many.
    """

    column: str
    auc: float
    low: float
    high: float
    right: float
    right_low: float
    right_high: float
    largest: float
    groups: tuple[Told, ...]
    carriers: tuple[Carrier, ...]
    pairs: tuple[tuple[str, str], ...]
    rows: int
    of: int
    columns: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    groups_left_out: tuple[str, ...]

    @property
    def told(self) -> bool:
        """Whether the group can be told better than by chance."""
        return self.low > 0.5


def proxies_together(table: Table, spec: AuditSpec, column: str) -> Together:
    """Learn the group from all other columns and see how well that works. Raises Refusal."""
    one = replace(spec, groups=(column,), bins=tuple(each for each in spec.bins if each[0] == column))
    with table.opened() as opened:
        edges = group_edges(check_columns(opened, one), one)
        sample = sampled(opened, spec)
    found = features(sample, spec, column)
    names, kind = _groups(sample, one, edges)
    size = np.bincount(kind[kind >= 0], minlength=len(names))
    by_size = [int(k) for k in np.argsort(-size, kind="stable")]
    chosen = [k for k in by_size[:MOST_GROUPS] if size[k] >= FEWEST]
    if len(chosen) < 2:
        raise Refusal(
            "too_few_rows",
            "Fewer than two groups have enough rows to be told apart.",
            advice=f"Collect more rows: {FEWEST} of each group are the least.",
        )
    code = np.full(len(names) + 1, -1)
    code[chosen] = np.arange(len(chosen))
    kind = code[kind]
    rows = np.flatnonzero(kind >= 0)
    with sample.table.opened() as opened:
        seen = matrix(opened, used(found)).rows(rows)
    order, most = in_order(seen, kind[rows]), MOST_WORK // len(chosen)
    if len(order) > most:
        order = np.random.default_rng(0).choice(order, most, replace=False)
    seen, kind = seen.rows(order), kind[rows][order]
    answer = learned(seen, kind, len(chosen), shuffle=True)
    auc, low, high = together(answer.chances, kind)
    right = float((answer.chances.argmax(axis=1) == kind).sum())
    bounds = wilson(np.array(right), np.array(float(len(kind))))
    checked = answer.checked
    whole, _, _ = together(answer.chances[checked], kind[checked])
    carriers = [
        Carrier(column=seen.names[k], drop=whole - together(chances, kind[checked])[0])
        for k, chances in answer.shuffled.items()
    ]
    return Together(
        column=column,
        auc=auc,
        low=low,
        high=high,
        right=right / len(kind),
        right_low=float(bounds[0]),
        right_high=float(bounds[1]),
        largest=float(np.bincount(kind).max() / len(kind)),
        groups=tuple(_told(names[k], answer.chances[:, i], kind == i) for i, k in enumerate(chosen)),
        carriers=tuple(sorted(carriers, key=lambda each: -each.drop)),
        pairs=tuple((seen.names[a], seen.names[b]) for a, b in answer.paired),
        rows=len(kind),
        of=sample.of,
        columns=seen.names,
        left_out=left_out(found),
        groups_left_out=tuple(names[k] for k in by_size if k not in chosen and size[k]),
    )


def _told(name: str, score: "np.typing.NDArray[np.float64]", ours: "np.typing.NDArray[np.bool_]") -> Told:
    auc, low, high = area(score, ours)
    return Told(group=name, rows=int(ours.sum()), auc=auc, low=low, high=high)


def _groups(
    sample: Sampled, spec: AuditSpec, edges: dict[str, tuple[float, ...]]
) -> tuple[list[str], "np.typing.NDArray[np.int64]"]:
    """The names of the groups and, a row of the sample, which it has; −1 where that is missing."""
    cells, made = group_columns(sample.table, spec, edges)
    inner = f"(SELECT {', '.join(cells)} FROM cells)"
    asked = sample.table.query(f"SELECT {', '.join(made) or '*'} FROM {inner}").column("g0")
    names, place = group_names(pa.chunked_array(asked.chunks, type=pa.string()), edges.get(spec.groups[0]))
    known = [name for name in names if name is not None]  # what is missing comes last
    return known, np.where(place < len(known), place, -1)
