"""Own candidates as a table: read from a file, with an account of every cell that was not understood, and written."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aipm.content.visible import visible
from aipm.selection.amounts import CODES, CURRENCIES, amount, amounts, listed, says_nothing
from aipm.selection.needs import need_texts
from aipm.selection.own import LONGEST, MOST, Entered, Value, own_texts, problem, same_name, value
from aipm.tables import Refusal
from aipm.tables.formula import formula_safe
from aipm.tables.table import Table

OTHER_MONEY = re.compile("|".join([*(re.escape(sign) for sign in CURRENCIES if sign != "$"), *(CODES - {"USD"})]))
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a file brings: candidates by name, the columns that were used (heading, field), and remarks in words."""

    entered: dict[str, dict[str, Value]]
    used: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


def brought(table: Table, *, catalogue: Iterable[str], task: str | None) -> Brought:
    """Candidates from a file's table; see `brought_rows`. Raises Refusal."""
    rows = table.head(MOST + 1)
    if len(rows) > MOST:
        count = table.row_count
        raise too_many(f"{count:,}" if count else f"over {MOST}")
    first = (table.reading.header_row or 0) + 1
    return brought_rows(table.columns, rows, catalogue=catalogue, task=task, first_row=first)


def brought_rows(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    catalogue: Iterable[str],
    task: str | None,
    first_row: int = 2,
) -> Brought:
    """Candidates from rows: the first column is the name, the others go by their headings.

    A cell that cannot be used counts as not known, and a remark says which one. Where no column says what goes in and
    out, it is `task`. Raises Refusal where there is nobody, nothing, or too many.
    """
    said = own_texts().said
    if len(rows) > MOST:
        raise too_many(f"{len(rows):,}")
    if len(columns) < 2:
        raise Refusal("one_column", said["one_column"], advice=said["no_heading_advice"])
    fields, ignored, twice = matched(columns[1:])
    if not fields:
        raise Refusal("no_heading", said["no_heading"], advice=said["no_heading_advice"])
    remarks = [
        said[key].format(columns=listed([visible(each) for each in names]))
        for key, names in (("ignored", ignored), ("twice", twice))
        if names
    ]
    numbers = {
        place: _numbers([row[place] if place < len(row) else "" for row in rows], field)
        for place, field in fields.items()
        if own_texts().fields[field].kind == "number"
    }
    taken = {same_name(each): each for each in catalogue}
    found: dict[str, dict[str, Value]] = {}
    seen: set[str] = set()
    for index, row in enumerate(rows):
        at, name = first_row + index, " ".join((row[0] if row else "").split())
        if not name and not any(cell.strip() for cell in row):
            continue
        plain = same_name(name)
        wrong = (
            "no_name"
            if not plain
            else "long_name"
            if len(name) > LONGEST
            else "in_catalogue"
            if plain in taken
            else "repeated"
            if plain in seen
            else None
        )
        if wrong:
            remarks.append(said[wrong].format(row=at, most=LONGEST, name=taken.get(plain, "")))
            continue
        seen.add(plain)
        values, wrongs = _values(row, fields, {place: column[index] for place, column in numbers.items()}, at)
        found[name] = values
        remarks += wrongs
    if not found:
        raise Refusal("nobody", said["nobody"], advice=" ".join(remarks[:3]))
    if task is not None and "task" not in fields.values():
        options = need_texts().questions["task"].options or {}
        remarks.append(said["task"].format(task=options[task].label))
        found = {name: {"task": task, **values} for name, values in found.items()}
    used = tuple((columns[place], field) for place, field in fields.items())
    return Brought(entered=found, used=used, remarks=tuple(remarks))


def matched(headings: Sequence[str]) -> tuple[dict[int, str], list[str], list[str]]:
    """Place (from 1, after the name) -> field; headings of no fact; headings of a fact that there is already."""
    known = {_plain(name): key for key, each in own_texts().fields.items() for name in (*each.also, each.name, key)}
    fields: dict[int, str] = {}
    ignored, twice = [], []
    for place, heading in enumerate(headings, 1):
        field = known.get(_plain(heading)) or known.get(_plain(BRACKETS.sub(" ", heading)))
        if field is None:
            ignored.append(heading)
        elif field in fields.values():
            twice.append(heading)
        else:
            fields[place] = field
    return fields, ignored, twice


def template(entered: Entered) -> str:
    """A table to fill in as CSV: every heading, with the options of a choice, and the own candidates there are."""
    said, text = own_texts(), io.StringIO(newline="")
    writer = csv.writer(text)
    heads = [f"{each.name} ({', '.join(each.options)})" if each.options else each.name for each in said.fields.values()]
    writer.writerow([said.name, *heads])
    for name, values in entered.items():
        cells = (values.get(key, "") for key in said.fields)
        writer.writerow([formula_safe(cell) if isinstance(cell, str) else f"{cell:.15g}" for cell in (name, *cells)])
    return text.getvalue()


def _plain(heading: str) -> str:
    """A heading without what people write in many ways; $ is what USD is."""
    words = same_name(heading).replace("$", " usd ").replace("1,000", "1000").replace("1 000", "1000")
    return " ".join(re.findall(r"\w+", words.replace("_", " ")))


def _numbers(cells: Sequence[str], field: str) -> list[float | str | None]:
    """A column's numbers; None where a cell says nothing, and the key of what is wrong where it is no number."""
    try:
        read = amounts(cells, column=own_texts().fields[field].name)
    except Refusal:  # in several units: each cell then stands for itself
        read = tuple(amount(cell) for cell in cells)
    found: list[float | str | None] = []
    for cell, each in zip(cells, read, strict=True):
        if each is None:
            found.append(None if says_nothing(cell) else "no_number")
        elif OTHER_MONEY.search(cell):
            found.append("not_dollars" if "usd" in field else "no_number")
        elif "%" in cell and field != "pass_rate":
            found.append("no_number")
        else:
            found.append(each)
    return found


def _values(
    row: Sequence[str], fields: Mapping[int, str], numbers: Mapping[int, float | str | None], at: int
) -> tuple[dict[str, Value], list[str]]:
    values: dict[str, Value] = {}
    wrongs = []
    for place, field in fields.items():
        cell: object = numbers[place] if place in numbers else row[place] if place < len(row) else ""
        if place in numbers and isinstance(cell, str):
            wrongs.append(problem(cell, field, at))
            continue
        if isinstance(cell, str) and says_nothing(cell):
            continue
        try:
            known = value(field, cell)
        except ValueError as wrong:
            wrongs.append(problem(str(wrong), field, at))
            continue
        if known is not None:
            values[field] = known
    return values, wrongs


def too_many(count: str) -> Refusal:
    """To be raised where there are more candidates of one's own than can be."""
    said = own_texts().said
    return Refusal("too_many", said["too_many"].format(count=count, most=MOST), advice=said["too_many_advice"])
