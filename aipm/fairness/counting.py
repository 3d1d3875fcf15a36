"""ONE group-by over a table's rows: group values × label × prediction × score bin. After it no row is touched again."""

from dataclasses import dataclass
from itertools import combinations
from math import frexp
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from aipm.fairness.answers import trimmed
from aipm.fairness.columns import (
    MOST_ANSWERS,
    MOST_GROUP_VALUES,
    check_columns,
    group_edges,
    identifier,
    many_answers,
    score_scale,
    whole_scale,
)
from aipm.fairness.median import likely_median_bins, median_bins, with_median
from aipm.fairness.scale import SPACE, ScoreScale, constant, number, numbers_as
from aipm.fairness.spec import AuditSpec
from aipm.tables import Reading, Refusal
from aipm.tables.sandbox import Reply
from aipm.tables.table import Table

MOST_CELLS = 1_000_000
MOST_DEPTH = 3
"""Intersections of more columns than this are never asked for."""
BLANK_SCORE, TEXT_SCORE, SCORE_BEYOND = -1, -2, -3
"""Bins of scores that are none: nothing there, not a number, not within the scale."""
NOT_A_NUMBER = "?"
"""The bin of a numeric group column for cells that are no number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCounts:
    """The group-by as the engine gives it, values as they stood in the file, with what is needed to make sense of it.

    `cells` has the columns g0, g1, … (text, blank where missing; the number of the bin for a numeric column), l and p
    (text), b (score bin, see above), t (score ≥ the specification's threshold), u (what is wrong with the weight: ""
    nothing, blank, text, negative), n (rows), w (Σ weight), w2 (Σ weight²), s (Σ weight × score), s2 (Σ weight ×
    score²), m (Σ weight where the score is above the median of all rows). Columns that nobody asked for are absent.
    `clusters` has g0, g1, … and k (bits, g0 the highest: 1 where the column plays no part, so that everybody and every
    intersection of up to three columns is there), n (rows) and n2 (Σ over clusters of their rows squared).
    """

    cells: pa.Table
    clusters: pa.Table | None
    scale: ScoreScale | None
    median: float | None
    edges: dict[str, tuple[float, ...]]
    """Inner edges of the numeric group columns: the person's, and those worked out."""


def count(table: Table, spec: AuditSpec) -> RawCounts:
    """Count the rows of a table. Raises Refusal."""
    with table.opened() as opened:
        return _count(opened, spec)


def _count(table: Table, spec: AuditSpec) -> RawCounts:
    sample = check_columns(table, spec)
    edges = group_edges(sample, spec)
    where, values = where_clause(table, spec)
    scale, median = None, None
    if spec.score is None:
        cells = table.query(_cells_query(table, spec, edges, None, None, where), values)
    else:
        scale, first_scores = score_scale(table, sample, spec)
        near = likely_median_bins(first_scores, scale)
        for _ in range(3):  # once, unless the first rows, by which scale and median were guessed, are unlike the rest
            cells = table.query(_cells_query(table, spec, edges, scale, near, where), values)
            found = median_bins(cells)
            wider = whole_scale(table, spec, scale) if scale.is_probability and _mostly_beyond(cells) else scale
            if wider != scale:
                scale, near = wider, (0, 0)
            elif found is None or (near[0] <= found[0] and found[1] <= near[1]):
                break
            else:
                near = found
        cells, median = with_median(cells, near)
    if cells.num_rows == 0:
        raise Refusal("no_rows", "No row is left to audit.", advice="Check the column and value of the filter.")
    if cells.num_rows >= MOST_CELLS:
        raise Refusal(
            "too_many_combinations",
            "The chosen columns have too many combinations of values.",
            advice="Choose fewer group columns, or ones with fewer values.",
        )
    _check_values(cells, spec, edges)
    clusters = table.query(_clusters_query(table, spec, edges, where), values) if spec.cluster is not None else None
    return RawCounts(cells=cells, clusters=clusters, scale=scale, median=median, edges=edges)


def _check_values(cells: pa.Table, spec: AuditSpec, edges: dict[str, tuple[float, ...]]) -> None:
    """Refuse what only shows behind the first rows: an identifier as a group, a score as an answer."""

    def different(key: str) -> int:
        return len({trimmed(cell) for cell in set(cells.column(key).to_numpy())})

    for i, name in enumerate(spec.groups):
        if name not in edges and different(f"g{i}") > MOST_GROUP_VALUES:
            raise identifier(i + 1)
    for role, key, column in (("label", "l", spec.label), ("prediction", "p", spec.prediction)):
        if column is not None and different(key) > MOST_ANSWERS:
            raise many_answers(role)


def _mostly_beyond(cells: pa.Table) -> bool:
    """Whether most numbers lie outside the scale."""
    bins, rows = (np.asarray(cells.column(name).to_numpy()) for name in ("b", "n"))
    return bool(rows[bins == SCORE_BEYOND].sum() > rows[bins >= 0].sum())


def task(table: Table, arguments: dict[str, Any]) -> tuple[dict[str, Any], pa.Table]:
    """`count`, as the child process runs it beside the file."""
    raw = count(table, msgspec.convert(arguments, AuditSpec))
    clusters = raw.clusters.to_pydict() if raw.clusters is not None else None
    rest = {"clusters": clusters, "scale": raw.scale, "median": raw.median, "edges": raw.edges}
    return msgspec.to_builtins(rest), raw.cells


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedFile:
    """What counting a file where it lies leaves behind."""

    raw: RawCounts
    columns: tuple[str, ...]
    reading: Reading
    fingerprint: str


def counted_file(reply: Reply, cells: pa.Table | None, fingerprint: str) -> CountedFile:
    """What `task` found in the child process that read a file (`aipm.tables.run_task`): no row left that process."""
    assert cells is not None
    assert reply.reading is not None
    rest = reply.answer
    raw = RawCounts(
        cells=cells,
        clusters=pa.table(rest["clusters"]) if rest["clusters"] is not None else None,
        scale=msgspec.convert(rest["scale"], ScoreScale | None),
        median=rest["median"],
        edges={column: tuple(inner) for column, inner in rest["edges"].items()},
    )
    return CountedFile(raw=raw, columns=reply.columns, reading=reply.reading, fingerprint=fingerprint)


def _cells_query(
    table: Table,
    spec: AuditSpec,
    edges: dict[str, tuple[float, ...]],
    scale: ScoreScale | None,
    near: tuple[int, int] | None,
    where: str,
) -> str:
    """The group-by. Only column numbers, numbers of ours and `?` go into the text: names and values never do."""
    cells, inner = group_columns(table, spec, edges)
    keys = [f"g{i}" for i in range(len(spec.groups))]
    for key, column in (("l", spec.label), ("p", spec.prediction)):
        if column is not None:
            cells.append(f"{table.column(column)} AS {key}")
            keys.append(key)
    outer, weight, heaviest = ["count(*)::DOUBLE AS n"], "", 0
    if spec.weight is not None:
        cell = table.column(spec.weight)
        cells += [f"{numbers_as(cell, 'plain')} AS x", f"{cell} AS a"]
        inner += [
            f"""CASE WHEN isfinite(x) THEN CASE WHEN x < 0 THEN 'negative' ELSE '' END
            WHEN trim(a, {SPACE}) = '' THEN 'blank' ELSE 'text' END AS u""",
            "CASE WHEN isfinite(x) AND x >= 0 THEN x ELSE 0 END AS w",
        ]
        keys.append("u")
        weight = "w * "
        heaviest = exponent_of(heaviest_weight(table, cell))
        outer += [f"{exact_sum('w', heaviest, WIDE)} AS w", f"{exact_sum('w * w', 2 * heaviest, WIDE)} AS w2"]
    middle = ""
    if scale is not None:
        assert spec.score is not None
        assert near is not None
        cells += [f"{number(table.column(spec.score), scale)} AS v", f"{table.column(spec.score)} AS e"]
        low, high, width, bins = (constant(x) for x in (scale.low, scale.high, scale.high - scale.low, scale.bins))
        # k is the nearest edge, and the edge itself decides whether the score lies in the bin above it or below.
        nearest, edge = f"round((v - {low}) / {width} * {bins})", f"{low} + k * {width} / {bins}"
        if scale.is_probability:  # the same numbers with less work
            nearest, edge = f"round(v * {bins})", f"k / {bins}"
        inner.append(f"{nearest} AS k")
        middle = f"""(SELECT *, CASE WHEN v BETWEEN {low} AND {high}
            THEN (k - (v < {edge})::DOUBLE)::SMALLINT
            WHEN v IS NOT NULL AND NOT isnan(v) THEN {SCORE_BEYOND}
            WHEN trim(e, {SPACE}) = '' THEN {BLANK_SCORE} ELSE {TEXT_SCORE} END AS b"""
        keys.append("b")
        if spec.threshold is not None:
            middle += f", coalesce(v >= {constant(spec.threshold)}, false) AS t"
            keys.append("t")
        kept = "FILTER (b >= 0)"
        largest, fits = exponent_of(max(abs(scale.low), abs(scale.high))), WIDE if weight else NARROW
        outer += [
            f"{exact_sum(f'{weight}v', heaviest + largest, fits, kept)} AS s",
            f"{exact_sum(f'{weight}v * v', heaviest + 2 * largest, fits, kept)} AS s2",
            f"list({'v' if not weight else PAIR}) FILTER (b BETWEEN {near[0]} AND {near[1]}) AS near",
        ]
    # Numbers are read one level below what is made of them: within a level the engine reads them anew at each mention.
    source = f"(SELECT {', '.join(['*', *inner])} FROM (SELECT {', '.join(cells)} FROM cells {where}))"
    source = f"{middle} FROM {source})" if middle else source
    grouped = f"GROUP BY {', '.join(keys)}" if keys else ""
    return f"SELECT {', '.join(keys + outer)} FROM {source} {grouped} LIMIT {MOST_CELLS}"


PAIR = "{'v': v, 'w': w}"
NARROW, WIDE = ("BIGINT", 62), ("HUGEINT", 96)
"""Whole numbers to add up in, and the bits of the largest amount in them. The wide ones take twice the time and keep
the square of a weight that is a hundred-billionth of the heaviest."""


HEAVIEST = 1e140
"""What a weight may be at most, and one through it at least: the square of a sum of such fits into a double."""


def exact_sum(amount: str, exponent: int, fits: tuple[str, int], kept: str = "") -> str:
    """SQL for Σ amount, where no amount reaches 2^exponent: the same to the last bit in whatever order threads add.

    Floating-point sums depend on their order, sums of whole numbers do not: each amount becomes a whole number of steps
    so small that nothing a double can tell apart is lost.
    """
    kind, bits = fits
    whole = f"try_cast({_scaled(amount, bits - exponent)} AS {kind})"
    return _scaled(f"coalesce(sum({whole}) {kept}, 0)::DOUBLE", exponent - bits)


def _scaled(amount: str, power: int) -> str:
    """SQL for amount × 2^power, in two steps where the power itself is beyond a double."""
    steps = (power,) if abs(power) < 1000 else (power // 2, power - power // 2)
    return " * ".join((amount, *(constant(2.0**step) for step in steps)))


def exponent_of(largest: float) -> int:
    """The power of two above a number."""
    return frexp(largest)[1]


def heaviest_weight(table: Table, cell: str) -> float:
    """The largest of all weights. Raises Refusal where squares of sums of them are beyond a double."""
    found = table.query(
        f"SELECT max(x) AS x FROM (SELECT {numbers_as(cell, 'plain')} AS x FROM cells) WHERE isfinite(x)"
    ).to_pylist()[0]["x"]
    if found is not None and found > HEAVIEST:
        raise Refusal(
            "weights_too_large", "The weights are too large to add up.", advice="Divide them all by one number."
        )
    if found is not None and 0 < found < 1 / HEAVIEST:
        raise weights_too_small()
    return found or 1.0


def weights_too_small() -> Refusal:
    """Whose squares are nothing to a double."""
    return Refusal(
        "weights_too_small", "The weights are too small to add up.", advice="Multiply them all by one number."
    )


def group_columns(table: Table, spec: AuditSpec, edges: dict[str, tuple[float, ...]]) -> tuple[list[str], list[str]]:
    """What to take of the cells, and what to make of that one level above, to have g0, g1, …"""
    cells, made = [], []
    for i, name in enumerate(spec.groups):
        cell = table.column(name)
        if name not in edges:
            cells.append(f"{cell} AS g{i}")
            continue
        cells += [f"{numbers_as(cell, 'plain')} AS y{i}", f"{cell} AS h{i}"]
        bins = " ".join(f"WHEN y{i} < {constant(edge)} THEN '{k}'" for k, edge in enumerate(edges[name]))
        made.append(
            f"""CASE WHEN isfinite(y{i}) THEN CASE {bins} ELSE '{len(edges[name])}' END
            WHEN trim(h{i}, {SPACE}) = '' THEN '' ELSE '{NOT_A_NUMBER}' END AS g{i}"""
        )
    return cells, made


def _clusters_query(table: Table, spec: AuditSpec, edges: dict[str, tuple[float, ...]], where: str) -> str:
    """Rows a cluster in every group. A row whose cluster is blank is a cluster of its own."""
    assert spec.cluster is not None
    keys = [f"g{i}" for i in range(len(spec.groups))]
    sets = [chosen for size in range(MOST_DEPTH + 1) for chosen in combinations(keys, size)]
    cells, made = group_columns(table, spec, edges)
    cells.append(f"trim({table.column(spec.cluster)}, {SPACE}) AS c")
    by_cluster = f"""SELECT {", ".join(keys)}, grouping({", ".join(keys)}) AS k, c, count(*)::DOUBLE AS m
    FROM (SELECT {", ".join(["*", *made])} FROM (SELECT {", ".join(cells)} FROM cells {where}))
    GROUP BY GROUPING SETS ({", ".join(f"({', '.join([*chosen, 'c'])})" for chosen in sets)})"""
    return f"""SELECT {", ".join(keys)}, k, sum(m) AS n, sum(CASE WHEN c = '' THEN m ELSE m * m END) AS n2
    FROM ({by_cluster}) GROUP BY {", ".join(keys)}, k"""


def where_clause(table: Table, spec: AuditSpec) -> tuple[str, list[str]]:
    """The filter: cells equal to a value, outer white space aside."""
    if not spec.where:
        return "", []
    tests = [f"trim({table.column(column)}, {SPACE}) = ?" for column, _ in spec.where]
    return "WHERE " + " AND ".join(tests), [value.strip() for _, value in spec.where]
