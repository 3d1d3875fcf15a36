"""What an upload really is, and the text or the table inside it."""

import dataclasses

from aipm.tables.containers.archives import gunzip, most_bytes, unzip
from aipm.tables.containers.cells import Cells, Text
from aipm.tables.containers.kinds import identify, may_be_table
from aipm.tables.containers.refusals import ALONE
from aipm.tables.model import Limits, ReadError, ReadOptions, ReadWarning

__all__ = ["Cells", "Text", "identify", "unpack"]

MAX_DEPTH = 2
"""A table may lie in an archive in an archive, no deeper."""


def unpack(data: bytes | memoryview, options: ReadOptions, limits: Limits) -> Text | Cells:
    """Delimited text as it lies inside its archives, or the cells of any other container. Raises ReadError.

    What it returns says which container was uploaded, the outermost where there are several.
    """
    try:
        return _unpack(data, options, limits, most=most_bytes(len(data), limits), depth=0)
    except MemoryError:
        raise ReadError(
            "too_large",
            "Reading the file needs more memory than is allowed.",
            advice="Leave out columns or rows that are not needed, or take a sample, and upload that as CSV.",
        ) from None


def _unpack(data: bytes | memoryview, options: ReadOptions, limits: Limits, *, most: int, depth: int) -> Text | Cells:
    kind = identify(data)
    if kind in ("gzip", "zip"):
        if depth == MAX_DEPTH:
            raise ReadError(
                "nested_archive", "The table lies in too many archives, one inside the other.", advice=ALONE
            )
        inner, warnings = gunzip(data, most) if kind == "gzip" else unzip(data, most, is_table=may_be_table)
        found = _unpack(inner, options, limits, most=most, depth=depth + 1)
        if not isinstance(found, Text):
            warnings.append(
                ReadWarning("packed", f"The archive holds a file of another kind ({found.container}), which was read.")
            )
        return dataclasses.replace(found, container=kind, warnings=(*warnings, *found.warnings))
    if kind == "csv":
        return Text(data=data, container="csv")
    if kind == "xlsx":
        from aipm.tables.containers.workbook import read_workbook

        return read_workbook(data, options, limits, most=most)
    if kind == "parquet":
        from aipm.tables.containers.parquet import read_parquet

        return read_parquet(data, limits)
    if kind == "json":
        from aipm.tables.containers.json_table import read_json

        return read_json(data, options, limits)
    from aipm.tables.containers.webpage import read_page

    return read_page(data, options, limits)
