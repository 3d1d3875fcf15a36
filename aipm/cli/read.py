"""`read`: files as tables, and how they were read."""

import argparse
from pathlib import Path
from typing import Any

import msgspec

from aipm.cli.answers import DONE, REFUSED, refused, say, shown
from aipm.cli.options import add_reading, reading_options
from aipm.tables import Refusal, read


def add(commands: Any) -> None:
    command = commands.add_parser("read", help="read files as tables and say how", description="Read files as tables.")
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a table: CSV, Excel, JSON, HTML or Parquet"
    )
    command.add_argument("--rows", action="store_true", help="also print every cell as text")
    add_reading(command)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    status = DONE
    for path in chosen.files:
        try:
            table = read(path, reading_options(chosen))
        except Refusal as refusal:
            say({"file": shown(path), **refused(refusal)})
            status = REFUSED
            continue
        answer = {
            "file": shown(path),
            "ok": True,
            "columns": table.columns,
            "row_count": table.row_count,
            "reading": msgspec.to_builtins(table.reading),
        }
        if chosen.rows:
            answer["rows"] = table.head(table.row_count or 0)
        say(answer)
    return status
