"""Tasks that a hostile file might drive the child process to; run there by test_sandbox."""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa

from aipm.tables.model import Refusal
from aipm.tables.table import Table

Answer = tuple[dict[str, Any], pa.Table | None]


def rows(table: Table, arguments: dict[str, Any]) -> Answer:
    return {"rows": table.query("SELECT count(*) AS n FROM cells").column("n")[0].as_py(), **arguments}, None


def echo(table: Table, _: dict[str, Any]) -> Answer:
    return {}, table.query("SELECT * FROM cells")


def surroundings(_: Table, __: dict[str, Any]) -> Answer:
    """What the child can see of the app."""
    files = []
    for fd in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the listing's own
            files.append(str(fd.readlink()))
    return {"environment": dict(os.environ), "folder": str(Path.cwd()), "arguments": sys.argv, "files": files}, None


def spin(_: Table, __: dict[str, Any]) -> Answer:
    while True:
        pass


def sleep(_: Table, __: dict[str, Any]) -> Answer:
    time.sleep(600)
    return {}, None


def swell(_: Table, __: dict[str, Any]) -> Answer:
    return {"size": len(bytearray(8_000_000_000))}, None


def swell_in_the_engine(table: Table, _: dict[str, Any]) -> Answer:
    return {}, table.query("SELECT list(i ORDER BY i DESC) AS x FROM range(1_000_000_000) t(i)")


def abort(_: Table, __: dict[str, Any]) -> Answer:
    os.abort()


def fail(table: Table, _: dict[str, Any]) -> Answer:
    raise ValueError(table.head()[0][0])


def refuse(_: Table, __: dict[str, Any]) -> Answer:
    raise Refusal("no", "Not this one.", advice="Another one.", line=7)


def chatter(_: Table, __: dict[str, Any]) -> Answer:
    """A library that prints where the reply goes."""
    os.write(1, b"noise\n" * 1000)
    print("noise", flush=True)
    return {"said": True}, None


def huge(_: Table, __: dict[str, Any]) -> Answer:
    return {"text": "x" * 20_000_000}, pa.table({"c0": ["y" * 1000] * 30_000})
