"""Columns put on the shelf early or late must come to the parent as they are, in order."""

import os
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pytest

from aipm.tables import read, sandbox, shelf

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="there is no memory of that kind here")


@pytest.fixture
def memory():
    descriptor = os.memfd_create("columns")
    yield descriptor
    os.close(descriptor)


def table(start, rows, *, width=2):
    return pa.table(
        {f"c{place}": [f"{place} {row}" * 9 for row in range(start, start + rows)] for place in range(width)}
    )


def test_tables_of_any_size_lie_side_by_side(memory, monkeypatch):
    monkeypatch.setattr(shelf, "BOARD", 1 << 20)
    put, parts = shelf.Shelf(memory), [table(n * 10_000, 1 + 9_999 * (n % 3 > 0)) for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        kept = pa.concat_tables(pool.map(put.keep, parts))
    assert kept == pa.concat_tables(parts)
    for some in (kept, kept.slice(0, 25_000), kept.slice(5, 70_000)):
        assert sandbox._lying(memory, put.places(some), width=2) == some
    assert sandbox._lying(memory, put.places(kept.select(["c0"])), width=1) == kept.select(["c0"])
    assert sandbox._lying(memory, put.places(kept.slice(0, 0)), width=2).num_rows == 0


def test_what_was_kept_is_not_written_again(memory):
    put = shelf.Shelf(memory)
    kept = put.keep(table(0, 20_000))
    assert put.places(kept) == put.places(kept)
    assert put.places(kept.slice(0, 9))[0][:2] == put.places(kept)[0][:2]


@pytest.mark.parametrize("below", ["", "Total rows: 60000\n", "id,name\n7,Bo\n", "8,Cy,9\n", "\nSource: us\n"])
def test_large_files_come_back_whole_whatever_stands_below(below):
    rows = [[str(n), f"name of {n}"] for n in range(60_000)]
    found = read(("id,name\n" + "".join(",".join(row) + "\n" for row in rows) + below).encode())
    cells = [list(row) for row in zip(*(column.to_pylist() for column in found.rows.data.columns), strict=True)]
    assert cells[:60_000] == rows
    assert len(cells) == found.row_count == 60_000 + (below[:1] in {"i", "8"})


@pytest.mark.parametrize("places", [((2**40, 100, 1),), ((-8, 100, 1),), ((0, 2**62, 1),), ((0, 16, 1),)])
def test_places_that_are_none_are_refused(memory, places):
    shelf.Shelf(memory).keep(table(0, 20_000))
    with pytest.raises((ValueError, OSError, IndexError, OverflowError, pa.ArrowException)):
        sandbox._lying(memory, places, width=2).validate(full=True)
