"""What was learned, apart from the recipe: from which data, with which versions; and never a row of the file."""

import hashlib
import math
from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from aipm.prep.operation import Operation
from aipm.prep.operations import operations
from aipm.prep.prepared import Prepared
from aipm.prep.recipe import Recipe
from aipm.prep.recipe_file import dump
from aipm.prep.script import versions
from aipm.prep.settings import settings
from aipm.prep.source import Source
from aipm.tables import Refusal

MOST_VALUES = 10_000
"""Values of one list that are kept; of a longer one, its length and the first of them."""


def fitted(
    recipe: Recipe, prepared: Prepared, source: Source, *, registry: Mapping[str, Operation] | None = None
) -> dict[str, Any]:
    """What fitted.json holds, as plain data."""
    registry = operations() if registry is None else registry
    return {
        "version": recipe.version,
        "recipe_sha256": hashlib.sha256(dump(recipe).encode()).hexdigest(),
        "input": {
            "file": source.file,
            "sha256": source.sha256,
            "rows": source.rows,
            "columns": list(source.columns),
            "renamed": dict(source.renamed),
        },
        "rows": {name: len(part) for name, part in prepared.parts.items()},
        "versions": versions(),
        "learned_from": "train" if "train" in prepared.parts else "all",
        "seeds": _seeds(recipe, registry),
        "steps": [
            {
                "id": step.id,
                "op": step.op,
                "columns": list(step.columns),
                "learned": described(prepared.learned[step.id], registry[step.op]),
            }
            for step in recipe.steps
            if step.id in prepared.learned
        ],
    }


def fitted_bytes(plain: dict[str, Any]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def described(learned: Any, operation: Operation) -> Any:
    """What a step learned as plain data: as its operation says it, otherwise what an estimator has learned."""
    return plain(operation.describe(learned) if operation.describe is not None else learned)


def plain(value: Any, depth: int = 0) -> Any:
    """Numbers, texts, lists and names; of an estimator its attributes ending in an underscore; of a frame its shape."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.integer):
        return int(value)
    if isinstance(value, pd.DataFrame):
        return {"rows": len(value), "columns": len(value.columns)}
    if depth > 6 or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp | pd.Timedelta):
        return value.isoformat()
    if isinstance(value, pd.Series):
        return {str(key): plain(each, depth + 1) for key, each in value.head(MOST_VALUES).items()}
    if isinstance(value, Mapping):
        return {str(key): plain(each, depth + 1) for key, each in list(value.items())[:MOST_VALUES]}
    if isinstance(value, np.ndarray | list | tuple | pd.Index | set | frozenset):
        listed = list(value.tolist() if isinstance(value, np.ndarray) else value)
        kept = [plain(each, depth + 1) for each in listed[:MOST_VALUES]]
        return kept if len(listed) <= MOST_VALUES else {"length": len(listed), "first": kept}
    if hasattr(value, "get_params"):
        attributes = {key: each for key, each in vars(value).items() if key.endswith("_") and not key.startswith("_")}
        return {"estimator": type(value).__name__, **{key: plain(each, depth + 1) for key, each in attributes.items()}}
    return type(value).__name__


def _seeds(recipe: Recipe, registry: Mapping[str, Operation]) -> dict[str, int]:
    """The seed of every step that has one."""
    found = {}
    for step in recipe.steps:
        try:
            given = settings(step, registry[step.op]) if step.op in registry else {}
        except Refusal:
            continue  # a step that could not be done drew nothing
        if isinstance(given.get("seed"), int):
            found[step.id] = given["seed"]
    return found
