"""What the person asked of a bias audit: which column plays which role, and how to judge."""

from dataclasses import dataclass
from typing import Literal

Group = tuple[tuple[str, str | None], ...]
"""A part of the population: (column, value) pairs; a missing value is None; the whole population is ()."""

Favourable = Literal["positive", "negative"]
ReferenceRule = Literal["largest", "highest", "overall"]
WorseError = Literal["false_positive", "false_negative"]


@dataclass(frozen=True, slots=True)
class AuditSpec:
    """A bias audit in full: the same specification on the same data gives the same result.

    Columns are named as the table shows them. `label_positive` and `prediction_positive` are the values that mean
    yes (empty: worked out where that is beyond doubt, otherwise asked for). `favourable` says whether a yes is good
    for the person. `reference` names a value per group column; columns without one follow `reference_rule`.
    `tolerance` is the smallest acceptable ratio to the reference; its inverse is the largest. `bins` gives the inner
    edges of numeric group columns: edges (25, 45) make "under 25", "25 to under 45" and "45 or more".
    """

    groups: tuple[str, ...]
    label: str | None = None
    prediction: str | None = None
    score: str | None = None
    threshold: float | None = None
    weight: str | None = None
    cluster: str | None = None
    label_positive: tuple[str, ...] = ()
    prediction_positive: tuple[str, ...] = ()
    favourable: Favourable = "positive"
    worse_error: WorseError | None = None
    where: tuple[tuple[str, str], ...] = ()
    depth: int = 1
    reference: tuple[tuple[str, str | None], ...] = ()
    reference_rule: ReferenceRule = "largest"
    tolerance: float = 0.8
    bins: tuple[tuple[str, tuple[float, ...]], ...] = ()
