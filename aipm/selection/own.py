"""Candidates of the team's own, and facts of the catalogue's that it measured or was quoted otherwise.

What is entered is plain data, name -> field -> number or word; a name that the catalogue has is one of its models.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from aipm import content
from aipm.content import number
from aipm.selection.facts import number_of
from aipm.selection.model_entries import Kind
from aipm.selection.needs import need_texts
from aipm.selection.rules import Text
from aipm.selection.screening import shown
from aipm.tables import Refusal

Value = str | float
Entered = Mapping[str, Mapping[str, Value]]

MOST = 200
"""Own candidates at once: more is no choice between models any more, but a table."""
LONGEST = 80
"""Characters of a name or another text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing that can be entered: a number from `low` to `high`, one of `options`, or a short text."""

    name: Text
    kind: Literal["number", "choice", "text"]
    help: Text
    low: float = 0
    high: float = 0
    options: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """All of content/own.yaml."""

    source: Text
    name: Text
    fields: dict[str, Field]
    said: dict[str, Text]


@cache
def own_texts() -> OwnTexts:
    """Read once; the options of `task` are those of the question. Raises ContentError."""
    found: OwnTexts = content.load("own", OwnTexts)
    task = replace(found.fields["task"], options=tuple(tasks()))
    for key, field in found.fields.items():
        where = f"own.yaml: fields.{key}"
        if (field.kind == "choice") != bool(field.options or key == "task"):
            raise content.ContentError(f"{where}: options and a choice go together")
        if field.kind == "number" and not field.low < field.high:
            raise content.ContentError(f"{where}: low and high are no range")
    return replace(found, fields={**found.fields, "task": task})


def same_name(name: str) -> str:
    """What two names have in common that people would take for one."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def refused_name(name: str, *, catalogue: Collection[str], own: Collection[str]) -> str | None:
    """Why a candidate cannot be added under this name, in words; None where it can."""
    said, plain = own_texts().said, same_name(name)
    if len(own) >= MOST:
        return said["too_many"].format(count=len(own) + 1, most=MOST)
    if not plain:
        return said["form_name"]
    if len(name.strip()) > LONGEST:
        return said["form_long"].format(most=LONGEST)
    for names, why in ((catalogue, "form_catalogue"), (own, "form_own")):
        if found := next((each for each in names if same_name(each) == plain), None):
            return said[why].format(name=found)
    return None


def option(field: str, cell: str) -> str | None:
    """The option that a word stands for; None where it is none. A task goes by its key, its words or its kind."""
    known = own_texts().fields[field].options
    word = same_name(cell)
    if field == "task":
        labels = {same_name(each.label): key for key, each in (need_texts().questions["task"].options or {}).items()}
        kinds = {str(kind): key for key, (kind, _, _) in reversed(tasks().items())}
        return word if word in known else labels.get(word) or kinds.get(word)
    if set(known) >= {"yes", "no"}:
        word = {"y": "yes", "true": "yes", "1": "yes", "✓": "yes", "n": "no", "false": "no", "0": "no"}.get(word, word)
    return word if word in known else None


def value(field: str, cell: object) -> Value | None:
    """A value as it is kept; None where it is blank. Raises ValueError with the key of what is wrong with it."""
    about = own_texts().fields[field]
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if about.kind == "number":
        amount = number_of(cell)
        if amount is None:
            raise ValueError("no_number")
        if not about.low <= amount <= about.high:
            raise ValueError("outside")
        return amount
    text = "yes" if cell is True else "no" if cell is False else str(cell).strip()
    if about.kind == "choice":
        found = option(field, text)
        if found is None:
            raise ValueError("no_option")
        return found
    if len(text) > LONGEST:
        raise ValueError("long_text")
    return text


def problem(code: str, field: str, row: int) -> str:
    """What is wrong with a cell, in words that do not quote it."""
    about = own_texts().fields[field]
    return (
        own_texts()
        .said[code]
        .format(
            row=number.count(row),
            field=about.name,
            low=shown(about.low),
            high=shown(about.high),
            options=", ".join(about.options),
            most=LONGEST,
        )
    )


def tasks() -> dict[str, tuple[Kind, tuple[str, ...], tuple[str, ...]]]:
    """What the first question offers: kind of model, what goes in, what comes out."""
    found = {}
    for key, each in (need_texts().questions["task"].options or {}).items():
        tests = {test.fact: test for test in each.all}
        ins, outs = (tests[name].contains if name in tests else () for name in ("in_modalities", "out_modalities"))
        found[key] = (cast("Kind", tests["kind"].one_of[0]), ins, outs)
    return found


def entered_from(plain: object) -> dict[str, dict[str, Value]]:
    """What was entered, from plain data such as a file of ours. Raises Refusal where it cannot have been entered."""
    refusal = Refusal("bad_entries", own_texts().said["bad_entries"], advice=own_texts().said["bad_entries_advice"])
    if not isinstance(plain, Mapping) or len(plain) > MOST:
        raise refusal
    found: dict[str, dict[str, Value]] = {}
    names: set[str] = set()
    for name, values in plain.items():
        if not isinstance(name, str) or not isinstance(values, Mapping) or not same_name(name) or len(name) > LONGEST:
            raise refusal
        if same_name(name) in names or not values.keys() <= own_texts().fields.keys():
            raise refusal
        names.add(same_name(name))
        try:
            kept = {field: value(field, cell) for field, cell in values.items()}
        except ValueError:
            raise refusal from None
        found[name] = {field: cell for field, cell in kept.items() if cell is not None}
    return found


def said_of(field: str, cell: Value) -> str:
    """A field and its value, in words."""
    if field == "task":
        options = need_texts().questions["task"].options or {}
        return f"{own_texts().fields[field].name}: {options[str(cell)].label}"
    return f"{own_texts().fields[field].name}: {shown(cell)}"
