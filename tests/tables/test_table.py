"""A table in memory and the one way to ask about it."""

import pytest

from aipm.tables import table as tables
from aipm.tables.table import lock, open_engine
from tests.fairness.build import table

DATA = {"race": ["a", "", "b"], "RACE": ["x", "y", "z"], "cells": ["1", "2", "3"]}


def test_cells_are_text_as_it_stood_in_the_file():
    assert table({"x": ["00501", "NA", "", " 1.0 ", "=1+1"]}).head() == [["00501"], ["NA"], [""], [" 1.0 "], ["=1+1"]]
    assert table(DATA).head(2) == [["a", "x", "1"], ["", "y", "2"]]


def test_a_column_is_found_by_its_exact_name():
    data = table(DATA)
    assert [data.column(name) for name in ("race", "RACE", "cells")] == ["c0", "c1", "c2"]
    with pytest.raises(KeyError):
        data.column("Race")


def test_values_go_in_as_parameters():
    data = table({"x": ["'; DROP TABLE cells;--", "b"]})
    found = data.query("SELECT count(*) AS n FROM cells WHERE c0 = ?", ["'; DROP TABLE cells;--"])
    assert found.column("n").to_pylist() == [1]
    assert data.row_count == 2


def test_one_engine_serves_several_questions():
    with table(DATA).opened() as data:
        data.query("CREATE TEMP TABLE mine AS SELECT c0 FROM cells")
        assert data.query("SELECT count(*) AS n FROM mine").column("n").to_pylist() == [3]
        with data.opened() as again:
            assert again.query("SELECT count(*) AS n FROM mine").column("n").to_pylist() == [3]


def test_a_table_that_is_handed_over_in_portions_keeps_its_order(monkeypatch):
    monkeypatch.setattr(tables, "PORTION_ROWS", 2_500)
    rows = [str(k) for k in range(50_000)]
    data = table({"x": rows})
    assert data.query("SELECT c0 FROM cells").column("c0").to_pylist() == rows
    assert data.query("SELECT c0 FROM cells LIMIT 20000").column("c0").to_pylist() == rows[:20_000]
    assert data.query("SELECT count(DISTINCT c0) AS n FROM cells").column("n").to_pylist() == [50_000]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM '/etc/passwd'",
        "COPY cells TO '/tmp/aipm-leak.csv'",
        "ATTACH '/tmp/aipm-leak.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '/tmp'",
        "SET lock_configuration = false",
    ],
)
def test_the_engine_reaches_neither_files_nor_network(sql):
    import duckdb

    with pytest.raises(duckdb.Error):
        table(DATA).query(sql)


def test_engines_share_nothing():
    with open_engine() as one, open_engine() as other:
        one.execute("CREATE TABLE secret AS SELECT 1 AS x")
        lock(other)
        assert other.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)
