"""Delimited text -> columns: encoding, dialect, header and footer, then the rows, with every repair counted."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import pyarrow as pa

from aipm.tables.account import Account
from aipm.tables.body import Body, NotCleanError
from aipm.tables.encoding import Encoding, detect_encoding, is_clean, named_encoding, to_utf8
from aipm.tables.ending import Ending, find_ending
from aipm.tables.model import Limits, ReadError, Reading, ReadOptions, ReadWarning
from aipm.tables.names import unique_names
from aipm.tables.plan import TextPlan, plan_utf8
from aipm.tables.rows import Keep, as_it_is, read_mending, read_rows
from aipm.tables.sample import HEAD, Memory, whole_lines
from aipm.tables.shape import EXCESS

_END_OF_FILE = b"\x1a"
"""The mark that DOS programs put at the end of a text."""


def read_text(
    data: bytes | memoryview, options: ReadOptions, limits: Limits, *, keep: Keep = as_it_is
) -> tuple[Sequence[str], pa.Table, Reading]:
    """Read delimited text of any encoding.

    Returns the column names as shown to people (unique, never blank), an Arrow table whose columns are strings
    without nulls named c0, c1, … (names of people may repeat or differ by case only; engines see these), and the
    account of how it was read (container "csv"). `keep` as for `read_rows`. Raises ReadError.
    """
    if encoding := _seems_clean(data, options):
        view = memoryview(data)[encoding.mark :]
        view = view[: len(view) - (view[-1:] == _END_OF_FILE)]
        plan = plan_utf8(Memory(view), encoding, options, limits)
        if plan.notation.ordinary:
            with contextlib.suppress(NotCleanError):
                return _read(view, plan, limits, keep, proven=False)
    data = data if isinstance(data, bytes) else bytes(data)
    encoding = named_encoding(options.encoding, data) if options.encoding else detect_encoding(data)
    text, warnings = to_utf8(data, encoding)
    text, warnings = _without_nuls(text.removesuffix(_END_OF_FILE), warnings)
    plan = plan_utf8(Memory(text), encoding, options, limits, warnings=warnings)
    if not plan.notation.ordinary:
        text = plan.notation.plain(text.decode()).encode()
        plan = replace(plan, skip_bytes=_line_start(text, plan.skip_lines))
    return _read(text, plan, limits, keep, proven=True)


def _seems_clean(data: bytes | memoryview, options: ReadOptions) -> Encoding | None:
    """UTF-8, where the head is that and needs no mending; the rest is looked at as it is read."""
    head = bytes(data[:HEAD])
    head = head if len(data) <= HEAD else whole_lines(head, first=True)
    try:
        encoding = named_encoding(options.encoding, head) if options.encoding else detect_encoding(head)
    except ReadError:
        return None  # all of it decides
    return encoding if encoding.name == "utf-8" and not encoding.mixed and is_clean(head[encoding.mark :]) else None


def _read(
    text: bytes | memoryview, plan: TextPlan, limits: Limits, keep: Keep, *, proven: bool
) -> tuple[Sequence[str], pa.Table, Reading]:
    """Read a text in UTF-8 as planned. Raises ReadError, and NotCleanError where it is not `proven` to be that."""
    body = Body(
        data=text,
        start=plan.skip_bytes,
        line=plan.skip_lines + 1,
        dialect=plan.notation.dialect,
        columns=plan.columns,
        kinds=(plan.kinds + (None,) * plan.columns)[: plan.columns],
        header=plan.header,
        names=plan.header_cells,
        proven=proven,
    )
    table, account, ending = _rows(body, plan, limits, keep)
    rows = table.num_rows
    table = _keep(table, ending)
    names, table, unnamed = _columns(table, plan)
    if not table.num_rows:
        unnamed += (ReadWarning("no_rows", "The file has column names and no rows."),)
    reading = Reading(
        container="csv",
        encoding=plan.encoding.name,
        delimiter=plan.notation.delimiter or None,
        quote=plan.notation.dialect.quote,
        header_row=plan.header_row,
        header_rows=plan.header_rows,
        preamble_rows=plan.preamble_rows,
        footer_rows=ending.footer_rows,
        padded_rows=len(account.padded.within(ending)),
        trimmed_rows=len(account.trimmed.within(ending)),
        warnings=(*plan.warnings, *unnamed, *account.warnings(ending, rows=rows, columns=plan.columns)),
    )
    return names, table, reading


def _without_nuls(text: bytes, warnings: tuple[ReadWarning, ...]) -> tuple[bytes, tuple[ReadWarning, ...]]:
    count = text.count(0) if 0 in text else 0
    if not count:
        return text, warnings
    note = ReadWarning(
        "nul_bytes", "The text held NUL characters, which no text should; they were left out.", count=count
    )
    return text.replace(b"\0", b""), (*warnings, note)


def _line_start(text: bytes, lines: int) -> int:
    """The byte at which line `lines` (from 0) begins."""
    ends = [match.end() for match in islice(re.finditer(rb"\r\n|\n|\r", text), lines)]
    return 0 if not lines else ends[-1] if len(ends) == lines else len(text)


def _rows(body: Body, plan: TextPlan, limits: Limits, keep: Keep) -> tuple[pa.Table, Account, Ending]:
    """Read; once more, wider, where too many rows have content beyond the last column."""
    table, account = read_rows(body, longest_line=limits.max_line_bytes, keep=keep)
    excess = len(account.lost.rows)
    if excess > 1 and excess >= EXCESS * table.num_rows and account.longest <= limits.max_columns:
        ending = _ending(table, account, plan)
        if len(account.lost.within(ending)) > 1:
            body = replace(body, columns=account.longest, kinds=())
            table, account = read_mending(body, longest_line=limits.max_line_bytes)
    return table, account, _ending(table, account, plan)


def _ending(table: pa.Table, account: Account, plan: TextPlan) -> Ending:
    return find_ending(
        table.num_rows,
        lambda row: [column[row].as_py() for column in table.columns],
        account.events,
        width=plan.columns,
        kinds=plan.kinds,
        repeated=dict(zip(account.repeated.rows, account.repeated.lines, strict=True)),
    )


def _keep(table: pa.Table, ending: Ending) -> pa.Table:
    """The rows that are the table."""
    table = table.slice(0, ending.end)
    if ending.dropped:
        keep = bytearray(b"\1" * table.num_rows)
        for row in ending.dropped:
            keep[row] = 0
        kept = pa.Array.from_buffers(pa.uint8(), len(keep), [None, pa.py_buffer(keep)])
        table = table.filter(kept.cast(pa.bool_()))
    return table


def _columns(table: pa.Table, plan: TextPlan) -> tuple[tuple[str, ...], pa.Table, tuple[ReadWarning, ...]]:
    """Names for all columns that hold anything: those beyond the named ones count only then."""
    import pyarrow.compute as pc

    named = used = len(plan.names)
    for place in range(named, table.num_columns):
        if table.num_rows and pc.max(pc.binary_length(table.column(place))).as_py():
            used = place + 1
    if used == named:
        return plan.names, table.select(range(named)), ()
    names, _ = unique_names((*plan.names, *[""] * (used - named)))
    note = ReadWarning(
        "blank_names",
        "Rows have more cells than there are names: the further columns are numbered.",
        count=used - named,
    )
    return names, table.select(range(used)), (note,)
