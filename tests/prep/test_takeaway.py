"""What a preparation leaves behind: every file once, in one archive whose script makes the same data again."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pandas as pd
import pytest

from aipm.prep.frames import frame_of
from aipm.prep.operations import operations
from aipm.prep.pipeline import run
from aipm.prep.recipe_file import load
from aipm.prep.source import source_of
from aipm.prep.takeaway import KINDS, archive, files
from tests.prep.build import FILLED, SPLIT, messy, recipe, step, table_of
from tests.prep.fresh import interpreter

DAY = datetime(2026, 11, 21, tzinfo=UTC)
STEPS = recipe(FILLED[0], SPLIT, FILLED[1], step("one_hot", "city"))


def packed(wanted=STEPS, kinds=(), data=None, name="people.csv"):
    data = data or messy()
    table = table_of(data)
    frame = frame_of(table)
    source = source_of(table, frame, data, name=name)
    named = files(wanted, run(wanted, frame), source, reading=table.reading, generated=DAY, kinds=kinds)
    return archive(named)


def opened(archived):
    with zipfile.ZipFile(io.BytesIO(archived)) as found:
        assert len(set(found.namelist())) == len(found.namelist())
        return {name: found.read(name) for name in found.namelist()}


def test_the_same_preparation_gives_the_same_archive():
    assert packed() == packed()


def test_every_part_in_every_format():
    found = opened(packed(kinds=KINDS))
    for part in ("train", "validation", "test"):
        rows = len(pd.read_csv(io.BytesIO(found[f"{part}.csv"])))
        assert len(found[f"{part}.jsonl"].splitlines()) == rows
        assert len(pd.read_parquet(io.BytesIO(found[f"{part}.parquet"]))) == rows
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(found["prepared.sqlite"])
            assert len(pd.read_sql_query(f'SELECT * FROM "{part}"', base)) == rows  # noqa: S608 - a name of ours


def test_recipe_and_what_was_learned_lie_apart():
    found = opened(packed())
    assert load(found["recipe.yaml"], operations()) == STEPS
    learned = json.loads(found["fitted.json"])
    assert [each["id"] for each in learned["steps"]] == ["filled", "one_hot"]


@pytest.mark.parametrize(
    "data", [messy(), messy().replace(b",", b";")], ids=["as it is", "unlike the script's reading"]
)
def test_the_script_in_the_archive_gives_the_same_bytes(tmp_path, data):
    found = opened(packed(data=data))
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "people.csv").write_bytes(data)
    with interpreter(tmp_path) as call:
        call(tmp_path / "prepare.py", "--out", tmp_path / "again")
    for part in ("train", "validation", "test"):
        assert (tmp_path / "again" / f"{part}.csv").read_bytes() == found[f"{part}.csv"]


def test_a_copy_of_the_table_goes_along_where_the_script_needs_it():
    note = b"Exported by nobody\n\nna,b\n1,2\n3,4\n"
    found = opened(packed(recipe(), data=b"\xef\xbb\xbf" + note))
    assert ("input.csv.gz" in found) == (b"input.csv.gz" in found["prepare.py"])
