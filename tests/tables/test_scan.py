"""A large regular text is scanned where it lies; it must give what reading it into memory gives, or give way to it."""

import os
from pathlib import Path

import pytest

from aipm.tables import Limits, ReadOptions, reader, worker
from aipm.tables.sandbox import Request
from aipm.tables.scan import ScannedRows
from aipm.tables.table import ArrowRows, NotRegularError

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="a file is scanned through /proc")

ROWS = [f"{i},{'NA' if i % 7 == 0 else 'north'},{'' if i % 5 == 0 else i / 4}" for i in range(2_000)]
CELLS = "SELECT c0, c1, c2 FROM cells"


@pytest.fixture
def opened(monkeypatch, tmp_path):
    """Opens a text as a large file is opened: by its descriptor, scanned where that is possible."""
    monkeypatch.setattr(reader, "LARGE", 0)

    def open_(text):
        path = tmp_path / "large.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        data = memoryview(path.read_bytes())
        return reader.open_table(data, ReadOptions(), Limits(), scan_path=str(path)), data

    return open_


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("before", ["", "Report of the year\n\n"], ids=["header first", "a title first"])
def test_a_scan_sees_the_cells_that_reading_sees(opened, end, before):
    table, data = opened((before + "id,region,amount\n" + "\n".join(ROWS) + "\n").replace("\n", end))
    read = reader.open_table(data, ReadOptions(), Limits())
    assert isinstance(read.rows, ArrowRows)
    assert table.columns == read.columns == ("id", "region", "amount")
    if isinstance(table.rows, ScannedRows):  # blank stays blank, NA stays NA
        assert sorted(table.query(CELLS).to_pylist(), key=str) == sorted(read.query(CELLS).to_pylist(), key=str)
    else:
        assert before, "a plain regular file must be scanned"


@pytest.mark.parametrize(
    "broken", ["7,north,1,more", "7", '"7"x,north,1', b"7,n\xe9rth,1"], ids=["long", "short", "quote", "not UTF-8"]
)
def test_a_row_that_is_not_as_the_rest_stops_the_scan_and_is_not_quoted(opened, broken):
    broken = broken if isinstance(broken, bytes) else broken.encode()
    many = "\n".join(ROWS * 100).encode() + b"\n"  # the row stands where no sample is taken
    table, _ = opened(b"id,region,amount\n" + many + broken + b"\n" + many * 3)
    assert isinstance(table.rows, ScannedRows)
    with pytest.raises(NotRegularError) as stopped:
        table.query("SELECT c1, count(*) FROM cells GROUP BY c1")
    assert str(stopped.value) == ""


def test_the_task_is_run_again_on_the_mended_table(monkeypatch, tmp_path):
    monkeypatch.setattr(reader, "LARGE", 0)
    path = tmp_path / "large.csv"
    path.write_text("id,region,amount\n" + "\n".join([*ROWS * 100, "7,north,1,more", *ROWS * 300]) + "\n")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        request = Request(task="tests.tables.test_scan:by_region", source_fd=descriptor)
        reply, _ = worker.answer(request, memoryview(path.read_bytes()))
    finally:
        os.close(descriptor)
    assert sum(reply.answer.values()) == 400 * len(ROWS) + 1
    assert reply.reading is not None
    assert reply.reading.trimmed_rows == 1


def by_region(table, _arguments):
    """A task: the rows of each region."""
    found = table.query("SELECT c1 AS region, count(*) AS rows FROM cells GROUP BY c1").to_pylist()
    return {each["region"]: each["rows"] for each in found}, None


def test_a_scan_reaches_no_other_file(opened):
    table, _ = opened("id,region,amount\n" + "\n".join(ROWS) + "\n")
    with pytest.raises(NotRegularError):
        table.query("SELECT * FROM read_text('/etc/hostname')")
