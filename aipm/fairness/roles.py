"""Which column probably plays which role in a bias audit, with the reason: a proposal that the person confirms."""

import re
from dataclasses import dataclass, replace

from aipm.content import load
from aipm.fairness.answers import YES
from aipm.fairness.columns import MOST_ANSWERS, MOST_UNBINNED, SAMPLE_ROWS, are_shares, written_numbers
from aipm.fairness.spec import AuditSpec
from aipm.tables.table import Table
from aipm.tables.types import ColumnType, column_types

MOST_GROUPS = 3
MOST_CATEGORIES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleWords:
    """content/roles.yaml: words in a column's name that hint at a role."""

    label: frozenset[str]
    prediction: frozenset[str]
    score: frozenset[str]
    weight: frozenset[str]
    cluster: frozenset[str]
    identifier: frozenset[str]
    group: frozenset[str]
    favourable_when_yes: frozenset[str]
    unfavourable_when_yes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A proposed specification, the kind of every column, and which columns could be groups at all."""

    spec: AuditSpec
    types: tuple[ColumnType, ...]
    could_group: tuple[str, ...]
    could_answer: tuple[str, ...]
    """Columns that could be a label or a prediction."""
    could_score: tuple[str, ...]
    could_weigh: tuple[str, ...]
    could_cluster: tuple[str, ...]


def suggest_roles(table: Table) -> Suggestion:
    """Propose who plays which role, from names and values."""
    words = load("roles", RoleWords)
    types = column_types(table)
    named = {each.name: name_words(each.name) for each in types}
    answers = [t for t in types if 0 < t.distinct <= MOST_ANSWERS]
    binary = [t for t in answers if t.distinct == 2 or t.kind == "yes_no"]
    numbers = [t for t in types if t.kind in ("number", "whole_number") and t.distinct > 2]
    repeated = [t for t in types if MOST_UNBINNED < t.distinct < t.filled]
    groups = [t for t in types if _could_group(t)]

    def first(among: list[ColumnType], hints: frozenset[str], taken: set[str]) -> str | None:
        return next((t.name for t in among if t.name not in taken and named[t.name] & hints), None)

    taken: set[str] = set()
    label = first(binary, words.label, taken)
    taken |= {label} if label else set()
    prediction = first(binary, words.prediction, taken)
    taken |= {prediction} if prediction else set()
    score = first([t for t in numbers if not named[t.name] & words.identifier], words.score, taken)
    if prediction is None:
        prediction = first(binary, words.score, taken)  # "score" with two values is a decision
        taken |= {prediction} if prediction else set()
    taken |= {score} if score else set()
    weight = first(numbers, words.weight, taken)
    cluster = first([t for t in repeated if named[t.name] & words.identifier], words.cluster, taken)
    taken |= {each for each in (weight, cluster) if each}
    chosen = [t.name for t in groups if t.name not in taken and named[t.name] & words.group]
    if not chosen:
        chosen = [t.name for t in groups if t.name not in taken and t.kind == "text"][:1]
    spec = AuditSpec(
        groups=tuple(chosen[:MOST_GROUPS]),
        label=label,
        prediction=prediction,
        score=score,
        threshold=0.5 if score and not prediction and _holds_shares(table, score) else None,
        weight=weight,
        cluster=cluster,
        depth=max(min(len(chosen), MOST_GROUPS), 1),
    )
    hints = named[prediction] if prediction else named[label] if label else set()
    if hints & words.unfavourable_when_yes and not hints & words.favourable_when_yes:
        spec = replace(spec, favourable="negative")
    return Suggestion(
        spec=spec,
        types=types,
        could_group=tuple(t.name for t in groups),
        could_answer=tuple(t.name for t in answers),
        could_score=tuple(t.name for t in numbers),
        could_weigh=tuple(t.name for t in types if t.kind in ("number", "whole_number")),
        could_cluster=tuple(t.name for t in repeated),
    )


def probable_yes(values: list[str]) -> tuple[str, ...]:
    """The values of a column that usually mean yes; empty where there is doubt."""
    from aipm.fairness.answers import folded

    return tuple(value for value in values if folded(value) in YES)


def _holds_shares(table: Table, name: str) -> bool:
    """Whether a column's first rows are numbers from 0 to 1, in any notation."""
    cells = table.query(f"SELECT {table.column(name)} AS c FROM cells LIMIT {SAMPLE_ROWS}").column("c").to_pylist()
    return are_shares(written_numbers([cell.strip() for cell in cells])[1])


def _could_group(column: ColumnType) -> bool:
    """Whether a column makes groups: few categories, or a quantity that can be cut into bins."""
    if not column.distinct:
        return False
    if column.kind in ("number", "whole_number"):
        return column.distinct <= MOST_UNBINNED or column.distinct < 0.9 * column.filled
    return (
        column.kind != "date"
        and column.distinct <= max(MOST_CATEGORIES, 0)
        and column.distinct <= max(column.filled / 2, 2)
    )


def name_words(name: str) -> set[str]:
    """A column's name in words: "applicantSex_2" -> {"applicant", "sex", "2", "applicantsex2"}."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    words = re.findall(r"[^\W_]+", spaced.casefold())
    return {*words, "".join(words)}
