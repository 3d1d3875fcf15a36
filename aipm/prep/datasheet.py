"""A datasheet for the prepared data (Gebru et al. 2021): what is known is filled in, the rest is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from aipm.content.datasheet import datasheet_texts
from aipm.prep.prepared import WHOLE, Prepared
from aipm.prep.recipe import Recipe
from aipm.prep.source import Source

MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what is known; None: open."""

    question: str
    known: str | None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    answers: tuple[Answer, ...]


def datasheet(
    recipe: Recipe, prepared: Prepared, source: Source, *, said: Mapping[str, str] | None = None
) -> tuple[Section, ...]:
    """The sections in order. `said` is what people have stated elsewhere, by the key of the question in the texts."""
    known = {**_computed(recipe, prepared, source), **{key: text for key, text in (said or {}).items() if text.strip()}}
    return tuple(
        Section(section.title, tuple(Answer(each.text, known.get(each.known)) for each in section.questions))
        for section in datasheet_texts().sections
    )


def _computed(recipe: Recipe, prepared: Prepared, source: Source) -> dict[str, str]:
    first = next(iter(prepared.parts.values()))
    rows = {name: len(part) for name, part in prepared.parts.items()}
    done = [step for step in prepared.steps if step.status == "ok"]
    found = {
        "size": f"{sum(rows.values()):,} rows and {first.shape[1]:,} columns; {source.rows:,} rows and "
        f"{len(source.columns):,} columns came in.",
        "columns": "; ".join(f"{name} ({_kind(first[name])})" for name in first.columns[:MOST_COLUMNS])
        + (f"; and {first.shape[1] - MOST_COLUMNS:,} more." if first.shape[1] > MOST_COLUMNS else "."),
        "missing": _missing(prepared),
        "steps": f"{len(done):,} steps, each listed above with its reason and what it changed."
        if done
        else "Nothing: the data is as it was read.",
        "raw": f"The file read was {source.file}, SHA-256 {source.sha256}. It is not altered.",
        "script": "Yes: prepare.py does the steps of recipe.yaml again, and fitted.json holds what was learned.",
    }
    if recipe.target is not None:
        found["target"] = f"Yes: {recipe.target}."
    if WHOLE not in prepared.parts:
        found["split"] = "Yes: " + ", ".join(f"{name} {count:,} rows" for name, count in rows.items()) + "."
    synthetic = [part["synthetic"] for part in prepared.parts.values() if "synthetic" in part.columns]
    if synthetic:
        made = sum(int((cells.astype("str").isin(["1", "True", "true", "yes", "1.0"])).sum()) for cells in synthetic)
        found["errors"] = f"{made:,} rows were made up for training and are marked in the column synthetic."
    return found


def _missing(prepared: Prepared) -> str:
    counts: dict[str, int] = {}
    for part in prepared.parts.values():
        for name, count in part.isna().sum().items():
            counts[str(name)] = counts.get(str(name), 0) + int(count)
    blank = {name: count for name, count in counts.items() if count}
    if not blank:
        return "No cell is blank after the preparation. Why cells were blank before is for people to say."
    named = ", ".join(f"{name} {count:,}" for name, count in list(blank.items())[:MOST_COLUMNS])
    return f"{sum(blank.values()):,} cells are blank: {named}. Why they are is for people to say."


def _kind(cells: pd.Series) -> str:
    if pd.api.types.is_bool_dtype(cells):
        return "yes or no"
    if pd.api.types.is_integer_dtype(cells):
        return "whole number"
    if pd.api.types.is_float_dtype(cells):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(cells) else "text"
