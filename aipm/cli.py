"""The engines from a terminal: JSON on standard output, messages for people on standard error."""

import argparse
import csv
import importlib
import math
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from aipm.tables import ReadOptions, Refusal, read
from aipm.tables.model import HeaderChoice

DONE, REFUSED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 done, 1 refused or a gate failed; a wrong call exits with 2."""
    parser = argparse.ArgumentParser(prog="aipm", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_read(commands)
    _add_audit(commands)
    chosen = parser.parse_args(arguments)
    status: int = chosen.run(chosen)
    return status


def _add_read(commands: Any) -> None:
    command = commands.add_parser("read", help="read files as tables and say how", description="Read files as tables.")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--rows", action="store_true", help="also print every cell as text")
    _add_reading(command)
    command.set_defaults(run=_read)


def _add_reading(command: argparse.ArgumentParser) -> None:
    """The options by which a person overrides how a file is read."""
    command.add_argument("--delimiter", metavar="C", help="what stands between cells, such as ';' or '\\t'")
    command.add_argument("--encoding", metavar="E", help="such as utf-8 or cp1252")
    command.add_argument("--header-row", type=_header_row, metavar="N|none", help="the row that holds the names")
    command.add_argument("--sheet", metavar="NAME", help="which sheet of a workbook")


def _header_row(text: str) -> HeaderChoice:
    if text == "none":
        return "none"
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError("a row number from 1, or none")


def _options(chosen: argparse.Namespace) -> ReadOptions:
    delimiter = chosen.delimiter.replace("\\t", "\t") if chosen.delimiter else None
    return ReadOptions(delimiter=delimiter, encoding=chosen.encoding, header_row=chosen.header_row, sheet=chosen.sheet)


def _read(chosen: argparse.Namespace) -> int:
    status = DONE
    for path in chosen.files:
        try:
            table = read(path, _options(chosen))
        except Refusal as refusal:
            _print({"file": str(path), **refused(refusal)})
            status = REFUSED
            continue
        answer = {
            "file": str(path),
            "ok": True,
            "columns": table.columns,
            "row_count": table.row_count,
            "reading": msgspec.to_builtins(table.reading),
        }
        if chosen.rows:
            answer["rows"] = table.head(table.row_count or 0)
        _print(answer)
    return status


def _add_audit(commands: Any) -> None:
    command = commands.add_parser(
        "audit",
        help="compare groups of people: who is selected, who is wrongly treated, can a yes be trusted",
        description="Audit decisions or scores for differences between groups of people.",
        epilog="""Examples:
  aipm audit loans.csv --group sex --label repaid --label-positive yes --prediction approved --prediction-positive yes
  aipm audit hiring.csv --group race --group sex --depth 2 --prediction hired --reference-rule highest
  aipm audit scores.csv --group age --bins age=25,45,65 --label outcome --label-positive 1 --score risk --threshold 0.5

low and high of a comparison bound its ratio to the reference; difference_low and difference_high its difference.
A gap: the ratio lies outside [tolerance, 1 / tolerance] and the difference is more than chance after every look.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--group", action="append", required=True, metavar="COL", help="compare people by this column")
    command.add_argument("--label", metavar="COL", help="what was true in the end")
    command.add_argument("--prediction", metavar="COL", help="what the model or the people decided")
    command.add_argument("--score", metavar="COL", help="a number that leads to the decision")
    command.add_argument("--threshold", type=_finite, metavar="T", help="scores of T or more mean yes (default 0.5)")
    command.add_argument("--weight", metavar="COL", help="how many people a row stands for")
    command.add_argument("--cluster", metavar="COL", help="rows with the same value here belong to one person")
    command.add_argument("--label-positive", type=_values, default=(), metavar="V[,V]", help="labels that mean yes")
    command.add_argument(
        "--prediction-positive", type=_values, default=(), metavar="V[,V]", help="decisions that mean yes"
    )
    command.add_argument(
        "--favourable", choices=("positive", "negative"), default="positive", help="is a yes good for the person"
    )
    command.add_argument("--worse-error", choices=("false_positive", "false_negative"), help="which error hurts more")
    command.add_argument(
        "--where", action="append", type=_pair, default=[], metavar="COL=VALUE", help="only these rows"
    )
    command.add_argument(
        "--depth", type=int, choices=(1, 2, 3), default=1, help="also intersections of up to N columns"
    )
    command.add_argument(
        "--reference", action="append", type=_pair, default=[], metavar="COL=VALUE", help="compare with this group"
    )
    command.add_argument(
        "--reference-rule", choices=("largest", "highest", "overall"), default="largest", help="compare with"
    )
    command.add_argument(
        "--tolerance", type=_share, default=0.8, metavar="R", help="smallest acceptable ratio (default 0.8)"
    )
    command.add_argument(
        "--bins", action="append", type=_edges, default=[], metavar="COL=E1,E2,…", help="edges of a numeric group"
    )
    command.add_argument("--fail-on", choices=("gap",), help="exit with 1 when a gap is found")
    _add_reading(command)
    command.set_defaults(run=_audit)


def _pair(text: str) -> tuple[str, str]:
    column, sign, value = text.partition("=")
    if not sign or not column:
        raise argparse.ArgumentTypeError("wants COL=VALUE")
    return column, value


def _values(text: str) -> tuple[str, ...]:
    return tuple(next(csv.reader([text])))


def _edges(text: str) -> tuple[str, tuple[float, ...]]:
    column, edges = _pair(text)
    return column, tuple(_finite(edge) for edge in edges.split(","))


def _finite(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise argparse.ArgumentTypeError("wants a number")
    return number


def _share(text: str) -> float:
    number = _finite(text)
    if not 0 < number <= 1:
        raise argparse.ArgumentTypeError("wants a number above 0, at most 1")
    return number


def _audit(chosen: argparse.Namespace) -> int:
    from aipm.fairness.spec import AuditSpec

    spec = AuditSpec(
        groups=tuple(chosen.group),
        label=chosen.label,
        prediction=chosen.prediction,
        score=chosen.score,
        threshold=chosen.threshold,
        weight=chosen.weight,
        cluster=chosen.cluster,
        label_positive=chosen.label_positive,
        prediction_positive=chosen.prediction_positive,
        favourable=chosen.favourable,
        worse_error=chosen.worse_error,
        where=tuple(chosen.where),
        depth=chosen.depth,
        reference=tuple(chosen.reference),
        reference_rule=chosen.reference_rule,
        tolerance=chosen.tolerance,
        bins=tuple(chosen.bins),
    )
    # The engine is imported while the child process reads the file.
    threading.Thread(target=importlib.import_module, args=("aipm.fairness.audit",), daemon=True).start()
    try:
        from aipm.fairness.counting import count_file

        counted = count_file(chosen.file, spec, _options(chosen))

        from aipm.fairness.audit import audit
        from aipm.fairness.counts import normalised
        from aipm.fairness.exports import to_plain

        result = audit(normalised(counted.raw, spec), spec, fingerprint=counted.fingerprint)
    except Refusal as refusal:
        _print({"file": str(chosen.file), **refused(refusal)})
        return REFUSED
    _print({"file": str(chosen.file), **to_plain(result), "reading": msgspec.to_builtins(counted.reading)})
    gap = any(verdict.verdict == "gap" for verdict in result.verdicts)
    return REFUSED if chosen.fail_on == "gap" and gap else DONE


def refused(refusal: Refusal) -> dict[str, Any]:
    """A refusal as the contract says it."""
    error: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "advice": refusal.advice}
    if refusal.line is not None:
        error["line"] = refusal.line
    return {"ok": False, "error": error}


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
