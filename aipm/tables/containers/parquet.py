"""Parquet: its columns as text, without Python objects except where a cell is itself a list or record."""

import json
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from aipm.tables.containers.cells import MAX_CELLS, Cells, as_table, blank_column, said
from aipm.tables.containers.refusals import EXPORT, LESS, damaged, too_large, too_wide, unsupported
from aipm.tables.model import Limits, ReadError, ReadWarning
from aipm.tables.names import unique_names

BATCH_CELLS = 5_000_000
NESTED_BATCH_CELLS = 20_000
NESTED_BYTES = 10_000_000
"""How much of lists and records becomes Python objects at a time; one cell may be ten times that."""

MAX_FOOTER_BYTES = 50_000_000
MAGIC_BYTES = 4
MIDNIGHT = "T00:00:00"


class TextColumns:
    """Turns Arrow arrays of any type into text, counting bytes, and what had to be said in another way."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.bytes = 0
        self.nested: set[int] = set()
        self.binary: set[int] = set()

    def text(self, array: pa.Array, column: int) -> pa.Array:
        """The array as strings without nulls."""
        blank = pa.scalar("", pa.string())
        text = self._text(array, column)
        if text.null_count:
            text = text.fill_null(blank)
        self.bytes += text.nbytes
        if self.bytes > self.limits.max_unpacked_bytes:
            raise too_large(self.limits.max_unpacked_bytes)
        return text

    def _text(self, array: pa.Array, column: int) -> pa.Array:
        kind = array.type
        if isinstance(array, pa.ExtensionArray):
            return self._text(array.storage, column)
        if pa.types.is_dictionary(kind):
            return self._spread(array, column)
        if pa.types.is_null(kind):
            return blank_column(len(array))
        if pa.types.is_nested(kind):
            self.nested.add(column)
            return self._nested_as_text(array)
        if pa.types.is_timestamp(kind):
            return _timestamp(array)
        if pa.types.is_float16(kind):
            return array.cast(pa.float32()).cast(pa.string())
        if pa.types.is_time(kind):
            return _without_zero_fraction(array.cast(pa.string()))
        if _is_bytes(kind) or _is_text(kind):
            return self._bytes_as_text(array, column)
        return array.cast(pa.string())

    def _spread(self, array: pa.Array, column: int) -> pa.Array:
        """Values in place of their numbers; how long that will be is known before memory is taken."""
        values = array.dictionary
        if _is_text(values.type) or _is_bytes(values.type):
            lengths = pc.binary_length(values.cast(pa.large_binary()))
            length = pc.sum(pc.take(lengths, array.indices)).as_py() or 0
            if self.bytes + length > self.limits.max_unpacked_bytes:
                raise too_large(self.limits.max_unpacked_bytes)
        return self._text(values.take(array.indices), column)

    def _nested_as_text(self, array: pa.Array) -> pa.Array:
        """Lists and records as JSON, a few at a time: as Python objects they are large."""
        step = max(1, len(array) * NESTED_BYTES // max(1, array.nbytes))
        pieces = []
        for start in range(0, len(array), step):
            piece = array.slice(start, step)
            if piece.nbytes > 10 * NESTED_BYTES:
                raise too_large(10 * NESTED_BYTES)
            pieces.append(pa.array([_json(value) for value in piece.to_pylist()], pa.string()))
            if self.bytes + sum(piece.nbytes for piece in pieces) > self.limits.max_unpacked_bytes:
                raise too_large(self.limits.max_unpacked_bytes)
        return pa.concat_arrays(pieces) if pieces else pa.array([], pa.string())

    def _bytes_as_text(self, array: pa.Array, column: int) -> pa.Array:
        """Text that has been checked to be UTF-8; other bytes as hexadecimal digits."""
        try:
            return array.cast(pa.large_binary()).cast(pa.string())
        except pa.ArrowInvalid:
            self.binary.add(column)
            values = array.cast(pa.large_binary()).to_pylist()
            return pa.array([None if value is None else value.hex() for value in values], pa.string())


def read_parquet(data: bytes | memoryview, limits: Limits) -> Cells:
    """All columns as text; what Parquet calls null is blank. Raises ReadError."""
    try:
        names, columns, warnings = _read(data, limits)
    except MemoryError:
        raise
    except pa.ArrowNotImplementedError:
        raise unsupported("a Parquet file that uses something that is not read here", EXPORT) from None
    except (pa.ArrowException, OSError, ValueError, KeyError, OverflowError):
        raise damaged("The Parquet file is damaged.") from None
    return Cells(table=as_table(columns), container="parquet", columns=names, warnings=warnings)


def _read(
    data: bytes | memoryview, limits: Limits
) -> tuple[tuple[str, ...], list[pa.ChunkedArray], tuple[ReadWarning, ...]]:
    import pyarrow.parquet as pq

    footer = int.from_bytes(bytes(data[-2 * MAGIC_BYTES : -MAGIC_BYTES]), "little")
    if MAX_FOOTER_BYTES < footer <= len(data):
        raise ReadError("too_large", "The Parquet file describes itself at too great a length.", advice=LESS)
    file = pq.ParquetFile(pa.BufferReader(pa.py_buffer(data)))
    schema = file.schema_arrow
    if len(schema) > limits.max_columns:
        raise too_wide(limits)
    if not len(schema):
        raise ReadError("no_table", "The Parquet file has no columns.", advice="Check the export that made it.")
    if file.metadata.num_rows * len(schema) > MAX_CELLS:
        raise ReadError(
            "too_many_cells", f"The table has more than {MAX_CELLS // 1_000_000} million cells.", advice=LESS
        )
    # Texts come as numbers into a list of texts: a short file may repeat a long text a million times.
    texts = [field.name for field in schema if _is_text(field.type) or _is_bytes(field.type)]
    file = pq.ParquetFile(pa.BufferReader(pa.py_buffer(data)), read_dictionary=texts)
    maker = TextColumns(limits)
    blocks: list[list[pa.Array]] = [[] for _ in schema]
    rows = 0
    for batch in _batches(file, schema):
        rows += len(batch)
        if rows * len(schema) > MAX_CELLS:
            raise damaged("The Parquet file is damaged: it holds more rows than it says.")
        for number, array in enumerate(batch.columns):
            blocks[number].append(maker.text(array, number))
    names, warnings = unique_names(schema.names)
    noticed = {
        "nested_cells": (len(maker.nested), "Columns that hold lists or records, shown as JSON text: {}."),
        "binary_cells": (
            len(maker.binary),
            "Columns that hold bytes instead of text, shown as hexadecimal digits: {}.",
        ),
    }
    columns = [pa.chunked_array(block, pa.string()) for block in blocks]
    columns = [
        _dates_alone(column) if pa.types.is_timestamp(field.type) else column
        for field, column in zip(schema, columns, strict=True)
    ]
    return names, columns, (*warnings, *said(noticed))


def _batches(file: "pa.parquet.ParquetFile", schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    nested = any(pa.types.is_nested(field.type) for field in schema)
    cells = NESTED_BATCH_CELLS if nested else BATCH_CELLS
    yield from file.iter_batches(batch_size=max(1, cells // len(schema)), use_threads=False)


def _is_text(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    return any(test(kind) for test in tests)


def _is_bytes(kind: pa.DataType) -> bool:
    tests = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view, pa.types.is_fixed_size_binary)
    return any(test(kind) for test in tests)


def _timestamp(array: pa.Array) -> pa.Array:
    """2024-01-31T12:00:00, with Z where the instant is known rather than what a clock showed."""
    clock = pc.replace_substring(
        array.cast(pa.timestamp(array.type.unit)).cast(pa.string()), " ", "T", max_replacements=1
    )
    clock = _without_zero_fraction(clock)
    return pc.binary_join_element_wise(clock, "Z", "") if array.type.tz else clock


def _dates_alone(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Dates where every time of a column is midnight: how most tools store a day."""
    if not pc.all(pc.or_(pc.ends_with(column, MIDNIGHT), pc.equal(column, ""))).as_py():
        return column
    return pc.replace_substring(column, MIDNIGHT, "")


def _without_zero_fraction(text: pa.Array) -> pa.Array:
    """12:00:00 for 12:00:00.000000, and 12:00:00.5 for 12:00:00.500000."""
    text = pc.replace_substring_regex(text, r"\.0+$", "")
    return pc.replace_substring_regex(text, r"(\.\d*?[1-9])0+$", r"\1")


def _json(value: object) -> str | None:
    """A list or record as JSON; dates and decimals in it as their own text."""
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
