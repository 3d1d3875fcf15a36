"""`profile`: what is the matter with a file, before a model learns from it."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.cli.answers import DONE, REFUSED, refused, say, shown
from aipm.cli.options import add_reading, reading_options, text
from aipm.tables import Refusal, read

if TYPE_CHECKING:
    from aipm.prep.profile import ColumnProfile, Profile


def add(commands: Any) -> None:
    command = commands.add_parser(
        "profile",
        help="what is the matter with a file: missing values, leaks, duplicates, personal data, …",
        description="Find what a person should know about a file before a model learns from it.",
        epilog="""Every cell is looked at; counts are over all rows, and what rests on a sample says so.
Rows are numbered from 1, below the header. With a target, columns that give it away and labels that look wrong are
looked for as well.

Example:
  python -m aipm profile customers.csv --target churned""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", type=Path, metavar="FILE", help="a table: CSV, Excel, JSON, HTML or Parquet")
    command.add_argument("--target", type=text, metavar="COL", help="the column that a model is to predict")
    add_reading(command)
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    from aipm.prep.profile import profile

    try:
        table = read(chosen.file, reading_options(chosen))
        found = profile(table, target=chosen.target, labels=chosen.target is not None)
    except Refusal as refusal:
        say({"file": shown(chosen.file), **refused(refusal)})
        return REFUSED
    say({"file": shown(chosen.file), **to_plain(found), "reading": msgspec.to_builtins(table.reading)})
    return DONE


def to_plain(found: "Profile") -> dict[str, Any]:
    """A profile as the contract says it: no cell of the file, only counts, statistics and row numbers."""
    return {
        "ok": True,
        "row_count": found.rows,
        "target": found.target,
        "columns": [_column(column) for column in found.columns],
        "findings": [
            {
                "kind": finding.kind,
                "column": finding.column,
                "columns": list(finding.columns),
                "count": finding.count,
                "severity": finding.severity,
                "message": finding.message,
                "advice": finding.advice,
                "rows": list(finding.rows),
                "safe": finding.safe,
                "fix": finding.fix.op if finding.fix else None,
            }
            for finding in found.findings
        ],
    }


def _column(column: "ColumnProfile") -> dict[str, Any]:
    """A column without its most frequent values. Statistics are null where it holds no numbers; `status` says so."""
    plain: dict[str, Any] = msgspec.to_builtins(column)
    del plain["top"]
    numeric = plain.pop("numeric")
    names = ("minimum", "q1", "median", "q3", "maximum", "mean", "standard_deviation")
    plain |= {name: numeric[name] if numeric else None for name in names}
    return {**plain, "status": "ok" if numeric else "no_numbers"}
