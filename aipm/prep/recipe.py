"""A recipe: the steps that make a file ready, in order, as plain data that a person can read, keep and run again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

VERSION = 1
"""Of the format. A recipe of another version is refused, never guessed at."""
Scope = Literal["rows", "columns", "train_only"]
"""What a step may change: which rows there are, the columns of every part, or the rows of the training part alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: an operation by name, the columns it works on, its settings as plain data, and why it is there."""

    id: str
    op: str
    columns: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True
    reason: str = ""
    scope: Scope = "columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Steps in order. `version` is that of the format, `target` the column to predict, where there is one.

    `columns` are those of the file it was made for, where known: they tell a column of another file that goes by
    another name from one that a step makes.
    """

    version: int = VERSION
    target: str | None = None
    columns: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    def step(self, name: str) -> Step:
        """The step with that id. Raises KeyError."""
        for step in self.steps:
            if step.id == name:
                return step
        raise KeyError(name)
