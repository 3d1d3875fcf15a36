"""A recipe on another file: which of its columns is which of the recipe's."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from aipm.prep.recipe import Recipe
from aipm.tables import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """`renamed`: column of the file -> the name that the recipe knows it by, where the two differ.

    `matched` are the recipe's columns that the file has, `missing` those it lacks, with the steps that name them;
    `unused` are columns of the file that no step names.
    """

    renamed: Mapping[str, str]
    matched: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]
    unused: tuple[str, ...]


def map_columns(
    recipe: Recipe, columns: tuple[str, ...] | list[str], chosen: Mapping[str, str] | None = None
) -> ColumnMapping:
    """Match by the same name, then by the same name but for case, spaces and underscores; `chosen` comes first.

    `chosen` is column of the file -> name in the recipe. Raises Refusal where that cannot be.
    """
    chosen = dict(chosen or {})
    there = set(columns)
    for column, name in chosen.items():
        if column not in there:
            raise Refusal("no_column", f"The file has no column {column!r}.", advice="Choose one that it has.")
        if name in there and name != column and name not in chosen:
            raise Refusal(
                "column_taken",
                f"The file has a column {name!r} of its own, so {column!r} cannot go by that name.",
                advice="Choose another name for the file's own column too.",
            )
    if len(set(chosen.values())) < len(chosen):
        raise Refusal("column_taken", "Two columns of the file are to go by one name.", advice="Choose one of them.")
    wanted = _wanted(recipe)
    renamed = {column: name for column, name in chosen.items() if column != name}
    matched = set(chosen.values()) | {name for name in wanted if name in there and name not in chosen}
    free: dict[str, list[str]] = {}
    for column in columns:
        if column not in matched and column not in chosen:
            free.setdefault(_alike(column), []).append(column)
    for name in wanted:
        alike = free.get(_alike(name), [])
        if name not in matched and len(alike) == 1:  # two that look alike are for the person to tell apart
            renamed[alike[0]] = name
            matched.add(name)
            free.pop(_alike(name))
    lacking = {name: steps for name, steps in wanted.items() if name not in matched and _from_file(name, recipe)}
    return ColumnMapping(
        renamed=renamed,
        matched=tuple(name for name in wanted if name in matched),
        missing=lacking,
        unused=tuple(column for column in columns if not wanted.get(renamed.get(column, column))),
    )


def with_names(frame: pd.DataFrame, mapping: ColumnMapping) -> pd.DataFrame:
    """The file's data under the recipe's names, so that every step and formula finds its columns."""
    return frame.rename(columns=dict(mapping.renamed)) if mapping.renamed else frame


def _wanted(recipe: Recipe) -> dict[str, tuple[str, ...]]:
    """The columns that the recipe knows, each with the steps that name it."""
    found: dict[str, list[str]] = {name: [] for name in recipe.columns}
    if recipe.target is not None:
        found.setdefault(recipe.target, [])
    for step in recipe.steps:
        for name in step.columns:
            found.setdefault(name, []).append(step.id)
    return {name: tuple(steps) for name, steps in found.items()}


def _from_file(name: str, recipe: Recipe) -> bool:
    """Whether a column comes from the file: where the recipe does not know its file, any may be made by a step."""
    return name in recipe.columns if recipe.columns else True


def _alike(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
