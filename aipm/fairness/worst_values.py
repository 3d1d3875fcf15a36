"""The values of the columns that are searched: how often each occurs, and which rare ones go under one name."""

from dataclasses import dataclass

from aipm.fairness.answers import trimmed
from aipm.fairness.columns import MOST_ANSWERS, many_answers
from aipm.fairness.counting import NOT_A_NUMBER
from aipm.fairness.counts import bin_name
from aipm.fairness.scale import SPACE
from aipm.fairness.spec import AuditSpec
from aipm.fairness.worst_texts import worst_texts
from aipm.tables.table import Table

MOST_SEEN = 1_000
"""Cells of a column that are told apart; the rarer ones count as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The cells of a column with how often each occurs: blank ones first, then the most frequent, up to `MOST_SEEN`
    of all `different` ones.
    """

    cells: tuple[tuple[str, int], ...]
    different: int

    @property
    def all_of_them(self) -> bool:
        return len(self.cells) == self.different


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """How the cells of a column become digits: `spellings[k]` is digit `digits[k]`, all others are `other`."""

    names: tuple[str | None, ...]
    spellings: tuple[str, ...]
    digits: tuple[int, ...]
    other: int
    folded: int = 0
    """How many values `other` stands for."""


def frequencies(
    table: Table, spec: AuditSpec, edges: dict[str, tuple[float, ...]], where: str, values: list[str]
) -> dict[str, Seen]:
    """How often each cell occurs: of the columns that are not cut into bins (g0, g1, …), of label and decision."""
    wanted = {f"g{i}": column for i, column in enumerate(spec.groups) if column not in edges}
    wanted |= {key: column for key, column in (("l", spec.label), ("p", spec.prediction)) if column is not None}
    if not wanted:
        return {}
    parts = [
        f"(SELECT '{key}' AS k, {table.column(column)} AS v, count(*) AS n, count(*) OVER () AS of FROM cells {where} "
        f"GROUP BY v ORDER BY trim(v, {SPACE}) <> '', n DESC, v LIMIT {MOST_SEEN})"
        for key, column in wanted.items()
    ]
    cells: dict[str, list[tuple[str, int]]] = {key: [] for key in wanted}
    different = dict.fromkeys(wanted, 0)
    for row in table.query(" UNION ALL ".join(parts), values * len(parts)).to_pylist():
        cells[row["k"]].append((row["v"], row["n"]))
        different[row["k"]] = row["of"]
    for key, role in (("l", "label"), ("p", "prediction")):
        if len({trimmed(cell) for cell, _ in cells.get(key, [])}) > MOST_ANSWERS:
            raise many_answers(role)
    return {key: Seen(cells=tuple(cells[key]), different=different[key]) for key in wanted}


def digits_of(counted: Seen | None, inner: tuple[float, ...] | None, cap: int) -> Digits:
    """Bins keep their order; other values the most frequent first, then what is missing, then the rare ones."""
    if inner is not None:
        cells = (*(str(k) for k in range(len(inner) + 1)), "", NOT_A_NUMBER)
        names = tuple(bin_name(cell, inner) for cell in cells)
        return Digits(names=names, spellings=cells, digits=tuple(range(len(cells))), other=len(cells) - 1)
    assert counted is not None
    rows: dict[str | None, int] = {}
    for cell, n in counted.cells:
        rows[trimmed(cell) or None] = rows.get(trimmed(cell) or None, 0) + n
    order = sorted((name for name in rows if name is not None), key=lambda name: (-rows[name], name))
    is_folded = len(order) > cap or not counted.all_of_them
    rare = worst_texts().rare
    # A value that is called like the rare ones goes with them: two groups of one name would be told apart by nobody.
    named = [name for name in order if name != rare][: cap - 1] if is_folded else order
    kept: list[str | None] = [*named, None] if None in rows else [*named]
    place = {name: k for k, name in enumerate(kept)}
    spelled = [(cell, place[trimmed(cell) or None]) for cell, _ in counted.cells if (trimmed(cell) or None) in place]
    return Digits(
        names=(*kept, rare) if is_folded else tuple(kept),
        spellings=tuple(cell for cell, _ in spelled),
        digits=tuple(digit for _, digit in spelled),
        other=len(kept) if is_folded else 0,
        folded=len(order) - len(named) + counted.different - len(counted.cells),
    )
