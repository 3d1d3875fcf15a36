"""The settings of a step, checked against what its operation takes and completed with what is usual."""

import dataclasses
import re
from typing import Any

import msgspec

from aipm.prep.operation import Operation
from aipm.prep.recipe import Recipe, Step
from aipm.tables import Refusal


def settings(step: Step, operation: Operation) -> dict[str, Any]:
    """Every setting of a step as plain data, as the operation's functions take them. Raises Refusal."""
    where = f"Step {step.id!r}"
    known = tuple(field.name for field in dataclasses.fields(operation.params))
    for name in step.params:
        if name not in known:
            said = f"known are {', '.join(known)}" if known else "it has none"
            raise _refused(f"{where}: {operation.name} has no setting {str(name)[:80]!r}; {said}.")
    few, many = operation.least_columns, operation.most_columns
    if len(step.columns) < few or (many is not None and len(step.columns) > many):
        wanted = f"{few}" if few == many else f"at least {few}" if many is None else f"{few} to {many}"
        raise _refused(f"{where}: {operation.name} works on {wanted} columns, not {len(step.columns)}.")
    try:
        plain = msgspec.to_builtins(dict(step.params))
    except (TypeError, OverflowError):
        raise _refused(f"{where}: a setting is not plain data.") from None
    try:
        found: Any = msgspec.convert(plain, operation.params, strict=True)
    except msgspec.ValidationError as problem:
        raise _refused(f"{where}: {_in_words(str(problem))}") from None
    except Refusal as refusal:
        raise _refused(f"{where}: {refusal.message}", advice=refusal.advice) from None
    whole: dict[str, Any] = msgspec.to_builtins(found)
    return whole


def with_scopes(recipe: Recipe, operations: dict[str, Operation]) -> Recipe:
    """The recipe with each step's scope as its operation has it."""
    return dataclasses.replace(
        recipe,
        steps=tuple(
            dataclasses.replace(step, scope=operations[step.op].scope) if step.op in operations else step
            for step in recipe.steps
        ),
    )


def _in_words(problem: str) -> str:
    """A checker's message without its notation: "Expected `int` <= 100 - at `$.neighbours`"."""
    said, _, place = problem.partition(" - at ")
    name = re.sub(r"^\$\.?|\.\.\.", "", place.strip("`")) or "the settings"
    kinds = {"int": "whole number", "float": "number", "str": "text", "bool": "true or false", "array": "list",
             "object": "settings by name"}  # fmt: skip
    said = re.sub(r"`(\w+)`", lambda found: kinds.get(found[1], found[1]), said)
    said = said.replace("Expected", "expected").replace("Invalid enum value", "there is no choice")
    return f"{name}: {said}."


def _refused(message: str, *, advice: str = "") -> Refusal:
    return Refusal("bad_setting", message, advice=advice or "Compare it with a recipe that the page wrote.")
