"""JSON as a table: records or lists, lines of them, one list of them in a wrapper, or lists as columns."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pyarrow as pa

from aipm.tables.containers.cells import MAX_CELLS, Cells, RowCollector, as_table, said
from aipm.tables.containers.json_text import JsonReader, as_json
from aipm.tables.containers.refusals import LESS, too_wide
from aipm.tables.encoding import detect_encoding, named_encoding, to_utf8
from aipm.tables.model import Limits, ReadError, ReadOptions, ReadWarning
from aipm.tables.names import unique_names

SHAPE = "Make it a list of records, [{…}, {…}], or save the table as CSV or .xlsx, and upload that."
NAME_KEYS = ("columns", "header", "headers", "fields", "names")
"""Where a wrapper around a list of lists tells the names of its columns."""

MAX_WRAPPER_DEPTH = 3

Path = tuple[str, ...]
Shape = Literal["records", "lists", "values"]


@dataclass(frozen=True, slots=True)
class Found:
    """A table on its way out: with names, or with the header still among its rows."""

    table: pa.Table
    names: tuple[str, ...] | None
    warnings: tuple[ReadWarning, ...]


@dataclass(slots=True)
class Collector:
    """The items of one list as rows of text: records by key, lists by position, single values as one column."""

    limits: Limits
    shapes: set[Shape] = field(default_factory=set)
    keys: dict[Path, int] = field(default_factory=dict)
    widths: Counter[int] = field(default_factory=Counter)
    nulls: int = 0
    nested: set[Path] = field(default_factory=set)
    rows: RowCollector = field(init=False)

    def __post_init__(self) -> None:
        self.rows = RowCollector(self.limits)

    def collect(self, items: Iterable[Any]) -> "Collector":
        for item in items:
            self.add(item)
        return self

    def add(self, item: Any) -> None:
        if isinstance(item, dict):
            self.shapes.add("records")
            self.rows.add(self._record(item))
        elif isinstance(item, list):
            self.shapes.add("lists")
            self.widths[len(item)] += 1
            self.rows.add([self._cell(value, (str(place),)) for place, value in enumerate(item)])
        elif item is None:
            self.nulls += 1
            self.rows.add(())
        else:
            self.shapes.add("values")
            self.rows.add([self._cell(item, ())])

    def found(self) -> Found:
        """The rows, if all items are of one shape that makes a table. Raises ReadError."""
        if self.shapes == {"records"} and self.keys:
            names, warnings = unique_names(".".join(path) for path in self.keys)
            return Found(self.rows.finish(width=len(names)), names, (*warnings, *self.warnings()))
        if self.shapes == {"lists"} and max(self.widths):
            return Found(self.rows.finish(), None, tuple(self.warnings()))
        said = "The JSON file holds single values, not records."
        if len(self.shapes) > 1:
            said = "The JSON file mixes records, lists or single values in one list."
        elif not self.shapes or self.shapes & {"records", "lists"}:
            said = "The JSON file holds no records."
        raise ReadError("no_table", said, advice=SHAPE)

    def warnings(self) -> list[ReadWarning]:
        short = self.widths.total() - self.widths[max(self.widths, default=0)]
        flattened = len({path[0] for path in self.keys if len(path) > 1})
        noticed = {
            "null_items": (self.nulls, "Items of the list that are null and make blank rows: {}."),
            "padded_rows": (short, "Rows with fewer cells than the longest, filled up with blank ones: {}."),
            "flattened": (flattened, "Columns that hold records, each key of which became a column of its own: {}."),
            "nested_cells": (len(self.nested), "Columns that hold lists or deeper records, shown as JSON text: {}."),
        }
        return [*said(noticed), *self.rows.warnings()]

    def _record(self, record: dict[str, Any]) -> list[str]:
        """One row; a record in a record is taken apart once, what is deeper stays JSON."""
        row: list[str] = []
        for key, value in record.items():
            if isinstance(value, dict) and value:
                for inner, deep in value.items():
                    self._put(row, (key, inner), deep)
            else:
                self._put(row, (key,), value)
        return row

    def _put(self, row: list[str], path: Path, value: Any) -> None:
        place = self.keys.setdefault(path, len(self.keys))
        if place >= len(row):
            row.extend([""] * (place + 1 - len(row)))
        row[place] = value if type(value) is str else self._cell(value, path)

    def _cell(self, value: Any, path: Path) -> str:
        if isinstance(value, str):
            return str(value)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        self.nested.add(path)
        return as_json(value)


@dataclass(slots=True)
class Wrapper:
    """An object around the table: its lists, each collected as if it were the table, and all else."""

    limits: Limits
    lists: dict[str, Collector] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)

    def walk(self, reader: JsonReader) -> "Wrapper":
        for key in reader.object_keys():
            if reader.peek() == "[":
                self.lists[key] = Collector(self.limits).collect(reader.items())
            else:
                self.others[key] = reader.value()
        return self

    def found(self) -> Found:
        """The one list of records; else the one list of lists; else lists or objects as columns; else one record."""
        records = [one for one in self.lists.values() if one.shapes == {"records"}]
        records = records or [self._collect(items) for items in _lists_of_records(self.others)]
        if records:
            return self._only(records)
        if rows := [one for one in self.lists.values() if one.shapes == {"lists"}]:
            return self._with_names(self._only(rows))
        if len(self.lists) > 1 or (self.lists and not self.others):
            return self._columns()
        if self.lists:
            raise ReadError("no_table", "The JSON file holds one record and a list, which make no table.", advice=SHAPE)
        return self._objects()

    def _collect(self, items: Iterable[Any]) -> Collector:
        return Collector(self.limits).collect(items)

    def _only(self, collectors: list[Collector]) -> Found:
        if len(collectors) > 1:
            text = f"The JSON file holds {len(collectors)} tables, and it is not clear which one is meant."
            raise ReadError("several_tables", text, advice="Save the one that is needed as a file of its own.")
        found = collectors[0].found()
        aside = len(self.lists) + len(self.others) - 1
        warnings = said({"left_aside": (aside, "Other entries around the table that were left aside: {}.")})
        return replace(found, warnings=(*found.warnings, *warnings))

    def _with_names(self, found: Found) -> Found:
        for key in NAME_KEYS:
            names = self.lists.get(key)
            if names and names.shapes == {"values"} and names.rows.row_count == found.table.num_columns:
                unique, warnings = unique_names(names.rows.finish().column(0).to_pylist())
                return replace(found, names=unique, warnings=(*found.warnings, *warnings))
        return found

    def _columns(self) -> Found:
        """Each list is a column."""
        lengths = {one.rows.row_count for one in self.lists.values()}
        if len(lengths) > 1:
            raise ReadError("no_table", "The lists in the JSON file are not of one length.", advice=SHAPE)
        if len(self.lists) > self.limits.max_columns:
            raise too_wide(self.limits)
        if max(lengths) * len(self.lists) > MAX_CELLS:
            raise ReadError("too_many_cells", "The JSON file holds too many cells.", advice=LESS)
        names, warnings = unique_names(self.lists)
        table = as_table(one.rows.finish(width=1).column(0) for one in self.lists.values())
        aside = said({"left_aside": (len(self.others), "Other entries around the table that were left aside: {}.")})
        return Found(table, names, (*warnings, *aside))

    def _objects(self) -> Found:
        """Objects of numbered cells are columns, several others records with a key; else it is one record."""
        inner = list(self.others.values())
        if inner and all(isinstance(one, dict) and one for one in inner):
            places = list(inner[0])
            if places == [str(i) for i in range(len(places))] and all(list(one) == places for one in inner):
                return self._collect({name: one[i] for name, one in self.others.items()} for i in places).found()
            if len(inner) > 1:
                found = self._collect({"": key} | one for key, one in self.others.items()).found()
                text = "The file is an object of objects; each was read as a row that begins with its key: {}."
                return replace(found, warnings=(*found.warnings, *said({"keyed_records": (len(inner), text)})))
        found = self._collect([self.others]).found()
        warning = ReadWarning("one_record", "The JSON file holds one record, which makes a table of one row.")
        return replace(found, warnings=(*found.warnings, warning))


def _lists_of_records(value: Mapping[str, Any], depth: int = MAX_WRAPPER_DEPTH) -> Iterator[list[Any]]:
    """Lists of records within objects within the wrapper."""
    for inner in value.values():
        if isinstance(inner, list) and inner and all(isinstance(item, dict) for item in inner):
            yield inner
        elif isinstance(inner, dict) and depth:
            yield from _lists_of_records(inner, depth - 1)


def read_json(data: bytes | memoryview, options: ReadOptions, limits: Limits) -> Cells:
    """The table that a JSON file holds, where it is clear which. Raises ReadError."""
    content = bytes(data)
    encoding = named_encoding(options.encoding, content) if options.encoding else detect_encoding(content)
    content, warnings = to_utf8(content, encoding)
    reader = JsonReader(content.decode("utf-8", "replace"))
    del content
    try:
        if reader.peek() == "[":
            alone = Collector(limits).collect(reader.items())
            wrapper = None
        else:
            alone = Collector(limits)
            wrapper = Wrapper(limits).walk(reader)
        if reader.peek():  # more values follow: each is a row
            reader, wrapper = JsonReader(reader.text), None
            alone = Collector(limits).collect(reader.values())
        found = wrapper.found() if wrapper else alone.found()
    except RecursionError:
        raise ReadError("too_deep", "The JSON text is nested too deeply to be a table.", advice=SHAPE) from None
    noticed = {
        "repeated_keys": (
            reader.repeated_keys,
            "Keys that come twice in one record, of which the last value was kept: {}.",
        ),
        "not_finite": (
            reader.not_finite,
            "Numbers that are NaN or Infinity, which JSON does not know, kept as that text: {}.",
        ),
    }
    return Cells(
        table=found.table,
        container="json",
        columns=found.names,
        encoding=encoding.name,
        warnings=(*warnings, *found.warnings, *said(noticed)),
    )
