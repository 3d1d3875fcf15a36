"""What tells groups of people apart, how small those groups are, and who can be singled out by a few columns."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column
from aipm.prep.profile.sheet import Sheet, found, number_of
from aipm.prep.profile.words import words

SMALL = 30
K = 5
MOST_QUASI = 5


def people(sheet: Sheet) -> Iterator[Finding]:
    """Sensitive attributes, small groups among them, and k-anonymity of what looks like quasi-identifiers."""
    sensitive = []
    for column in sheet.columns:
        if column.kind == "empty" or column.distinct < 2:
            continue
        attribute = _attribute(column)
        if attribute is None:
            continue
        sensitive.append(column)
        yield found("sensitive_attribute", [column], rows=sheet.rows, said={"attribute": attribute})
    for column in sheet.columns:
        is_group = any(column is each for each in sensitive) or bool(column.words & words().quasi)
        if not is_group or column.is_numeric or not 2 <= column.distinct <= 50 or sheet.rows < 200:
            continue
        small = column.is_valid & (column.times < SMALL)
        if small.any():
            yield found(
                "small_group",
                [column],
                rows=sheet.rows,
                count=column.count(small),
                values=column.examples(small),
                where=column.first_rows(small),
                said={"groups": number_of(int(small.sum()), "group has", "groups have"), "least": SMALL},
            )
    yield from _anonymity(sheet, sensitive)


def _attribute(column: Column) -> str | None:
    """Which protected attribute a column holds, by its name, or by its values."""
    for attribute, names in words().sensitive.items():
        if column.words & names and _could_be(column, attribute):
            return attribute
    if column.is_numeric or column.kind == "date" or not 2 <= column.distinct <= 30:
        return None
    said = {text.casefold() for text, valid in zip(column.listed, column.is_valid.tolist(), strict=True) if valid}
    for attribute, values in words().sensitive_values.items():
        hits = said & values - {"other", "none"}
        if len(hits) >= 2 and len(said & values) >= 0.6 * len(said):
            return attribute
    return None


def _could_be(column: Column, attribute: str) -> bool:
    """Whether the values can be what the name says: ages are numbers or ranges, the others few values."""
    if attribute == "age":
        if column.words & words().not_of_people:
            return False
        if column.is_numeric:
            values, _ = column.sorted_numbers
            return len(values) > 0 and float(np.median(values)) < 150
        return column.distinct <= 50
    return column.distinct <= 200 and column.kind != "date"


def _anonymity(sheet: Sheet, sensitive: Sequence[Column]) -> Iterator[Finding]:
    """How many rows share a combination of everyday attributes with fewer than four others."""
    known = words()
    quasi = [
        c
        for c in sheet.columns
        if c is not sheet.target
        and c.distinct >= 2
        and c.kind not in ("empty", "yes_no")
        and (c.distinct <= 0.5 * sheet.rows or c.words & (known.birth | {"zip", "zipcode", "postcode", "plz"}))
        and (c.words & known.quasi or any(c is each for each in sensitive))
    ]
    quasi += [c for c in sensitive if c.kind == "yes_no" and all(c is not each for each in quasi)]
    is_about_people = any(c.words & known.demographic for c in quasi) or any(
        c.kind != "whole_number" for c in sensitive
    )
    if len(quasi) < 2 or not is_about_people or sheet.rows < 20:
        return
    quasi = sorted(quasi, key=lambda c: not bool(c.words & known.demographic))[:MOST_QUASI]
    chosen: Sequence[Column] = quasi
    for size in range(2, min(3, len(quasi)) + 1):
        pairs = [(_rare(list(group), sheet.rows)[1], group) for group in combinations(quasi, size)]
        worst, group = max(pairs, key=lambda each: each[0])
        if worst >= 0.05 * sheet.rows:
            chosen = group
            break
    alone, few, where = (*_rare(list(chosen), sheet.rows), _where(list(chosen)))
    if few:
        yield found(
            "k_anonymity",
            chosen,
            rows=sheet.rows,
            count=few,
            where=where,
            said={"k": K, "alone": f"{alone:,}"},
            severity="advice" if few >= 0.01 * sheet.rows else "info",
        )


def _group_sizes(columns: Sequence[Column]) -> np.ndarray:
    """Of each row, how many rows share its values in these columns."""
    group = np.zeros(columns[0].rows, np.int64)
    for column in columns:
        joined = group * len(column.times) + column.codes
        _, group = np.unique(joined, return_inverse=True)
    sizes: np.ndarray = np.bincount(group)[group]
    return sizes


def _rare(columns: Sequence[Column], rows: int) -> tuple[int, int]:
    """(rows that are alone, rows in groups smaller than K)."""
    del rows
    sizes = _group_sizes(columns)
    return int((sizes == 1).sum()), int((sizes < K).sum())


def _where(columns: Sequence[Column]) -> tuple[int, ...]:
    return tuple((np.flatnonzero(_group_sizes(columns) == 1)[:10] + 1).tolist())
