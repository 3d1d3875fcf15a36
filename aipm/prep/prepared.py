"""What running a recipe gives: the parts of the data, what each step did, and what was learned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

PARTS = ("train", "validation", "test")
WHOLE = "all"
"""The name of the only part where nothing is split."""
Status = Literal["ok", "skipped", "failed", "out_of_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """What one step did.

    `changed` counts rows gone and come where the step works on rows, otherwise cells: other than before, or of a new
    column and not blank. `by_column` says the cells of each column. `rows` are those of every part afterwards.
    """

    id: str
    op: str
    status: Status
    changed: int = 0
    message: str = ""
    by_column: Mapping[str, int] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class State:
    """The data between two steps: one part, `all`, or those of the split; and what was learned so far, by step."""

    parts: Mapping[str, pd.DataFrame]
    learned: Mapping[str, Any] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        return list(next(iter(self.parts.values())).columns)

    @property
    def rows(self) -> dict[str, int]:
        return {name: len(part) for name, part in self.parts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The data after the last step. Steps that could not be done were left out, and say so."""

    parts: Mapping[str, pd.DataFrame]
    steps: tuple[StepReport, ...]
    learned: Mapping[str, Any]

    @property
    def failed(self) -> tuple[StepReport, ...]:
        """The steps that were wanted and not done."""
        return tuple(step for step in self.steps if step.status in ("failed", "out_of_order"))
