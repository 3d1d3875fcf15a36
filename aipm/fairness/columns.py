"""Which columns can play the roles they were given, judged on a sample: refused, binned, or taken as they are."""

from typing import Any

from aipm.fairness.scale import ScoreScale, numbers_as
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from aipm.tables.table import Table

SAMPLE_ROWS = 20_000
MOST_GROUP_VALUES = 200
MOST_ANSWERS = 50
MOST_UNBINNED = 12
"""A numeric group column with more values than this is cut into bins."""
FINE_BINS, COARSE_BINS = 1_000, 100
"""Equal bins of the score: fine where few groups leave room (AUC exact to about 1e-6), coarse otherwise (5e-5)."""


def check_columns(table: Table, spec: AuditSpec) -> None:
    """Raises Refusal where a column is unknown or cannot play its role."""
    if not spec.groups:
        raise Refusal("no_group", "No column was chosen to compare groups by.", advice="Choose at least one.")
    roles = [spec.label, spec.prediction, spec.score, spec.weight, spec.cluster]
    for name in [*spec.groups, *(role for role in roles if role is not None), *(column for column, _ in spec.where)]:
        if name not in table.columns:
            raise Refusal(
                "no_such_column",
                "A chosen column is not in the file.",
                advice="Names must be as the file has them, capital letters too; `aipm read` lists them.",
            )
    for role, column in (("label", spec.label), ("prediction", spec.prediction)):
        if column is not None and _distinct(table, column) > MOST_ANSWERS:
            raise Refusal(
                f"{role}_has_many_values",
                f"The {role} column has more than {MOST_ANSWERS} different values; it must say yes or no.",
                advice="If it holds a score, name it as the score and give a threshold.",
            )
    for name, inner in spec.bins:
        if name not in spec.groups:
            raise Refusal("bins_without_group", "Edges are given for a column that is not a group column.")
        if not inner or sorted(set(inner)) != list(inner):
            raise Refusal("bad_edges", "Edges must be given in rising order.", advice="For example 25,45,65.")


def group_edges(table: Table, spec: AuditSpec) -> dict[str, tuple[float, ...]]:
    """Inner edges of every numeric group column. Raises Refusal where a column is an identifier, not a group."""
    edges = dict(spec.bins)
    for name in spec.groups:
        if name in edges:
            continue
        cell = table.column(name)
        seen = _row(
            table,
            f"""SELECT count(*) AS n, count(DISTINCT c) AS d, count(try_cast(c AS DOUBLE)) AS numbers,
            quantile_cont(try_cast(c AS DOUBLE), [0.25, 0.5, 0.75]) AS q,
            bool_and(try_cast(c AS DOUBLE) = floor(try_cast(c AS DOUBLE))) AS whole
            FROM (SELECT {cell} AS c FROM cells LIMIT {SAMPLE_ROWS}) WHERE trim(c) != ''""",
        )
        rows, distinct = seen["n"], seen["d"]
        numeric = rows and seen["numbers"] >= 0.95 * rows and distinct > MOST_UNBINNED
        is_identifier = distinct > 0.9 * rows and rows > 50 and (not numeric or seen["whole"])
        if is_identifier or (not numeric and (distinct > MOST_GROUP_VALUES or (distinct > 20 and distinct > rows / 2))):
            raise Refusal(
                "id_like_group",
                f"Group column {spec.groups.index(name) + 1} has a different value in almost every row, "
                "as an identifier has; it makes no groups.",
                advice="Choose a column with few values, or give edges if it is a quantity.",
            )
        if numeric:
            edges[name] = nice_edges(seen["q"])
    return edges


def nice_edges(quartiles: list[float]) -> tuple[float, ...]:
    """Round edges near the quartiles: people read 30, 45, 60 better than 29.7, 44.2, 61.8."""
    from math import floor, log10

    spread = (quartiles[2] - quartiles[0]) or abs(quartiles[1]) or 1.0
    power = 10.0 ** floor(log10(spread / 2))
    step = next(unit * power for unit in (5, 2, 1) if unit * power <= spread / 2 or unit == 1)
    rounded = sorted({round(round(q / step) * step, 12) for q in quartiles})
    return tuple(float(edge) for edge in rounded)


def score_scale(table: Table, spec: AuditSpec) -> ScoreScale:
    """How the scores are written and cut into bins. Raises Refusal where the column holds no numbers."""
    assert spec.score is not None
    cell = table.column(spec.score)
    styles = ("plain", "comma", "percent")
    counts = ", ".join(f"count({numbers_as('c', style)}) AS {style}" for style in styles)
    seen = _row(
        table,
        f"SELECT count(*) AS n, {counts} FROM (SELECT {cell} AS c FROM cells LIMIT {SAMPLE_ROWS}) WHERE trim(c) != ''",
    )
    style = max(styles, key=lambda name: (seen[name], name == "plain"))
    if not seen[style] or seen[style] < seen["n"] / 2:
        raise Refusal(
            "score_not_numeric",
            "The score column does not hold numbers.",
            advice="A score is a number in every row, such as 0.73; a yes or no is a prediction.",
        )
    value = numbers_as(cell, style)
    span = f"""SELECT count(v) AS n, count(v) FILTER (v BETWEEN 0 AND 1) AS inside, min(v) AS low, max(v) AS high
    FROM (SELECT {value} AS v FROM cells %s) WHERE isfinite(v) AND abs(v) < 1e15"""
    sample = _row(table, span % f"LIMIT {SAMPLE_ROWS}")
    groups = 1
    for name in spec.groups:
        groups *= min(_distinct(table, name), MOST_UNBINNED if name in dict(spec.bins) else MOST_GROUP_VALUES)
    bins = FINE_BINS if groups <= 50 else COARSE_BINS
    if sample["inside"] > sample["n"] / 2:
        return ScoreScale(low=0.0, high=1.0, bins=bins, style=style)
    whole = _row(table, span % "")
    low, high = float(whole["low"]), float(whole["high"])
    return ScoreScale(low=low, high=high if high > low else low + 1.0, bins=bins, style=style)


def _distinct(table: Table, name: str) -> int:
    cell = table.column(name)
    found: int = _row(
        table, f"SELECT count(DISTINCT c) AS d FROM (SELECT trim({cell}) AS c FROM cells LIMIT {SAMPLE_ROWS})"
    )["d"]
    return found


def _row(table: Table, sql: str) -> dict[str, Any]:
    found: dict[str, Any] = table.query(sql).to_pylist()[0]
    return found
