"""Which columns can play the roles they were given, judged on a sample: refused, binned, or taken as they are."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.scale import ScoreScale, numbers_as
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from aipm.tables.table import Table

Array = NDArray[np.float64]
SAMPLE_ROWS = 5_000
MOST_GROUP_VALUES = 200
MOST_ANSWERS = 50
MOST_UNBINNED = 12
"""A numeric group column with more values than this is cut into bins."""
BEYOND_ANY_SCORE = 1e15
FINE_BINS, COARSE_BINS = 1_000, 100
"""Equal bins of the score. AUC is exact to about 1e-6 with fine ones and 5e-5 with coarse ones."""
SMALL_TABLE = 20_000
"""Rows up to which fine bins cost nothing worth; beyond, what coarse ones lose is far below the noise of sampling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The first rows of the columns that play a role: their filled cells, without outer white space."""

    cells: dict[str, list[str]]

    def distinct(self, name: str) -> int:
        return len(set(self.cells[name]))


def check_columns(table: Table, spec: AuditSpec) -> Sample:
    """Judge the columns by their first rows. Raises Refusal where one is unknown or cannot play its role."""
    if not spec.groups:
        raise Refusal("no_group", "No column was chosen to compare groups by.", advice="Choose at least one.")
    roles = [role for role in (spec.label, spec.prediction, spec.score, spec.weight, spec.cluster) if role is not None]
    if len(set(spec.groups)) < len(spec.groups):
        raise Refusal("group_twice", "A group column is named twice.", advice="Name each column once.")
    for name in [*spec.groups, *roles, *(column for column, _ in spec.where)]:
        if name not in table.columns:
            raise Refusal(
                "no_such_column",
                "A chosen column is not in the file.",
                advice="Names must be as the file has them, capital letters too; `aipm read` lists them.",
            )
    for name, inner in spec.bins:
        if name not in spec.groups:
            raise Refusal("bins_without_group", "Edges are given for a column that is not a group column.")
        if not inner or sorted(set(inner)) != list(inner) or not all(map(math.isfinite, inner)):
            raise Refusal("bad_edges", "Edges must be given in rising order.", advice="For example 25,45,65.")
    if spec.threshold is not None and not math.isfinite(spec.threshold):
        raise Refusal("bad_threshold", "The threshold is no number.", advice="For example 0.5.")
    used = list(dict.fromkeys([*spec.groups, *roles]))
    found = table.query(f"SELECT {', '.join(table.column(name) for name in used)} FROM cells LIMIT {SAMPLE_ROWS}")
    filled = (list(filter(None, map(str.strip, column.to_numpy()))) for column in found.columns)
    sample = Sample(cells=dict(zip(used, filled, strict=True)))
    for role, answers in (("label", spec.label), ("prediction", spec.prediction)):
        if answers is not None and sample.distinct(answers) > MOST_ANSWERS:
            raise many_answers(role)
    return sample


def group_edges(sample: Sample, spec: AuditSpec) -> dict[str, tuple[float, ...]]:
    """Inner edges of every numeric group column. Raises Refusal where a column is an identifier, not a group."""
    edges = dict(spec.bins)
    for position, name in enumerate(spec.groups, start=1):
        if name in edges:
            continue
        cells, distinct = sample.cells[name], sample.distinct(name)
        values = _numbers(cells, "plain") if distinct > MOST_UNBINNED else np.empty(0)
        is_numeric = len(values) > 0 and len(values) - _codes(cells) >= 0.95 * len(cells)
        nearly_unique = distinct > 0.9 * len(cells) and len(cells) > 50
        if (nearly_unique and not (is_numeric and (values % 1).any())) or (
            not is_numeric and (distinct > MOST_GROUP_VALUES or (distinct > 20 and distinct > len(cells) / 2))
        ):
            raise identifier(position)
        if is_numeric:
            edges[name] = nice_edges(values)
    return edges


def _codes(cells: list[str]) -> int:
    """How many cells are names made of digits, such as 00501, and no quantities."""
    return sum(cell[0] == "0" and cell[1:2].isdigit() for cell in cells)


def identifier(position: int) -> Refusal:
    """That the group column at a position, from 1, makes no groups."""
    return Refusal(
        "id_like_group",
        f"Group column {position} has a different value in almost every row, as an identifier has; it makes no groups.",
        advice="Choose a column with few values, or give edges if it is a quantity.",
    )


def many_answers(role: str) -> Refusal:
    """That a label or prediction has too many values to be a yes or no."""
    return Refusal(
        f"{role}_has_many_values",
        f"The {role} column has more than {MOST_ANSWERS} different values; it must say yes or no.",
        advice="If it holds a score, name it as the score and give a threshold.",
    )


def nice_edges(values: Array) -> tuple[float, ...]:
    """Round edges near the quartiles: people read 30, 45, 60 better than 29.7, 44.2, 61.8."""
    lowest, *quartiles = np.quantile(values, [0, 0.25, 0.5, 0.75]).tolist()
    spread = (quartiles[2] - quartiles[0]) or abs(quartiles[1]) or 1.0
    power = 10.0 ** math.floor(math.log10(spread / 2))
    step = next(unit * power for unit in (5, 2, 1) if unit * power <= spread / 2 or unit == 1)
    edges = sorted({float(f"{round(q / step) * step:.12g}") for q in quartiles})
    if edges[-1] <= lowest:  # more than three quarters are the lowest value, often 0: the others are the second group
        return (float(values[values > lowest].min()),)
    return tuple(edge for edge in edges if edge > lowest)


def score_scale(table: Table, sample: Sample, spec: AuditSpec) -> tuple[ScoreScale, Array]:
    """How the scores are written and cut into bins, and the sample's scores within the scale.

    Raises Refusal where the column holds no numbers.
    """
    assert spec.score is not None
    cells = sample.cells[spec.score]
    style, values = written_numbers(cells)
    if not len(values) or len(values) < len(cells) / 2:
        raise Refusal(
            "score_not_numeric",
            "The score column does not hold numbers.",
            advice="A score is a number in every row, such as 0.73; a yes or no is a prediction.",
        )
    bins = FINE_BINS if table.row_count is not None and table.row_count <= SMALL_TABLE else COARSE_BINS
    scale = ScoreScale(low=0.0, high=1.0, bins=bins, style=style)
    if not are_shares(values):
        scale = whole_scale(table, spec, scale)
    return scale, values[(values >= scale.low) & (values <= scale.high)]


def written_numbers(cells: list[str]) -> tuple[str, Array]:
    """The style in which most cells are numbers, and those numbers."""
    signs = {"plain": "", "comma": ",", "percent": "%"}
    together = "\n".join(cells)
    found = {style: _numbers(cells, style) for style, sign in signs.items() if sign in together}
    found = found or {"plain": np.empty(0)}
    style = max(found, key=lambda name: len(found[name]))  # plain where they tie
    return style, found[style]


def are_shares(values: Array) -> bool:
    """Whether most numbers lie from 0 to 1, as probabilities do."""
    return bool(len(values)) and bool(((values >= 0) & (values <= 1)).mean() > 0.5)


def whole_scale(table: Table, spec: AuditSpec, scale: ScoreScale) -> ScoreScale:
    """The scale from the lowest to the highest of all scores."""
    assert spec.score is not None
    value = numbers_as(table.column(spec.score), scale.style)
    found = table.query(
        f"SELECT min(v) AS low, max(v) AS high FROM (SELECT {value} AS v FROM cells) WHERE abs(v) < {BEYOND_ANY_SCORE}"
    ).to_pylist()[0]
    low, high = found["low"], found["high"]
    return replace(scale, low=low, high=high if high > low else low + 1.0)


def _numbers(cells: list[str], style: str) -> Array:
    """The cells that are numbers in a style; the others, and what no score or quantity reaches, are left out."""
    if style == "comma":
        cells = [cell.replace(",", ".") for cell in cells if "." not in cell]
    elif style == "percent":
        cells = [cell.removesuffix("%") for cell in cells if cell.endswith("%")]
    try:
        found = list(map(float, cells))
    except ValueError:
        found = [number for cell in cells if (number := _number(cell)) is not None]
    values: Array = np.array(found, dtype=np.float64)
    return (values / 100 if style == "percent" else values)[np.abs(values) < BEYOND_ANY_SCORE]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
