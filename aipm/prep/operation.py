"""An operation: what a step of a recipe does to a frame, in functions whose source is also the script's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from aipm.prep.recipe import Scope

Stage = Literal["collect", "clean", "shape", "format", "guard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`learn(frame, columns, **params)` sees the training part only; `apply(frame, columns[, learned], **params)` gives
    every part's new frame. An operation without `learn` is stateless and its `apply` takes no `learned`.

    Frames are pandas frames whose index is the number of the row in the file, from 0. A cell that was blank is missing.
    The functions are plain pandas and scikit-learn, since prepare.py carries their source with all that it rests on.
    `params` is a frozen dataclass that msgspec can convert to, with bounds on every number and length. `describe` gives
    of what was learned what fitted.json keeps: plain data, and never a row of the file.
    """

    name: str
    stage: Stage
    scope: Scope
    params: type
    apply: Callable[..., Any]
    learn: Callable[..., Any] | None = None
    describe: Callable[[Any], dict[str, Any]] | None = None
    most_columns: int | None = None
    """How many columns a step may name; None: any number."""
    least_columns: int = 1
