"""A finding: something about the data that a person should know before a model learns from it."""

from dataclasses import dataclass
from typing import Literal

from aipm.prep.recipe import Step

Severity = Literal["info", "advice", "warning", "critical"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`kind` is one of the command line's contract; `column` None where it is about the table.

    `columns` are all it is about, `count` rows or cells, `rows` the numbers (from 1, below the header) of the first of
    them. `message` and `advice` never quote a cell; `values` do, for the page of the person whose file it is:
    (value, how often). `fix` is a proposed step, `safe` whether it can be taken without a decision: it loses nothing
    and has one meaning. `weight` ranks by what it would do to a model, larger first.
    """

    kind: str
    column: str | None
    columns: tuple[str, ...] = ()
    count: int | None = None
    severity: Severity
    message: str
    advice: str
    rows: tuple[int, ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    fix: Step | None = None
    safe: bool = False
    weight: float = 0.0
