"""The engines from a terminal: JSON on standard output, messages for people on standard error."""

import argparse
import csv
import importlib
import math
import os
import sys
import threading
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.tables import ReadOptions, Refusal, read, run_task
from aipm.tables.model import HeaderChoice

if TYPE_CHECKING:
    from aipm.fairness.spec import AuditSpec

DONE, REFUSED, INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 done, 1 refused or a gate failed; a wrong call exits with 2."""
    chosen = parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
    except BrokenPipeError:  # the program that reads this one's output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as problem:  # noqa: BLE001 - a traceback may quote cells; the place of the fault never does
        place = traceback.extract_tb(problem.__traceback__)[-1]
        message = f"A fault in the program: {type(problem).__name__} at {Path(place.filename).name}:{place.lineno}."
        _print(refused(Refusal("fault", message, advice="Please report it, with these words and the command.")))
        return REFUSED
    return status


def parser() -> argparse.ArgumentParser:
    """The grammar of every command."""
    whole = argparse.ArgumentParser(prog="python -m aipm", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_read(commands)
    _add_audit(commands)
    return whole


def _add_read(commands: Any) -> None:
    command = commands.add_parser("read", help="read files as tables and say how", description="Read files as tables.")
    command.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a table: CSV, Excel, JSON, HTML or Parquet"
    )
    command.add_argument("--rows", action="store_true", help="also print every cell as text")
    _add_reading(command)
    command.set_defaults(run=_read)


def _add_reading(command: argparse.ArgumentParser) -> None:
    """The options by which a person overrides how a file is read."""
    command.add_argument("--delimiter", type=_text, metavar="C", help="what stands between cells, such as ';' or '\\t'")
    command.add_argument("--encoding", type=_text, metavar="E", help="such as utf-8 or cp1252")
    command.add_argument("--header-row", type=_header_row, metavar="N|none", help="the row that holds the names")
    command.add_argument("--sheet", type=_text, metavar="NAME", help="which sheet of a workbook")


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
            _print({"file": _shown(path), **refused(refusal)})
            status = REFUSED
            continue
        answer = {
            "file": _shown(path),
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
        epilog="""What is answered depends on the columns you name: a label and a prediction (or a score) give a full
audit; a prediction alone, who is selected; a label alone, base rates; neither, who is there.

Examples:
  python -m aipm audit loans.csv --group sex --label repaid --label-positive yes \\
      --prediction approved --prediction-positive yes
  python -m aipm audit hiring.csv --group race --group sex --depth 2 --prediction hired --reference-rule highest
  python -m aipm audit cases.csv --group age --bins age=25,45,65 --label outcome --label-positive 1 \\
      --score risk --threshold 0.5 --favourable negative

Values are spelled as in the file. In a label or decision capitals and outer blanks do not matter, and True, 1 and
YES are one answer. A missing value is named by nothing: --reference sex=
Several values are separated by commas; one that holds a comma is put in double quotes: '"London, UK",Paris'.
low and high of a comparison bound its ratio to the reference; difference_low and difference_high its difference.
A gap: the ratio lies outside [tolerance, 1 / tolerance] and the difference is more than chance after every look.
Exit status: 0 done; 1 the file was refused, or --fail-on found what it looks for; 2 the call was wrong.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", type=Path, metavar="FILE", help="a table: CSV, Excel, JSON, HTML or Parquet")
    command.add_argument(
        "--group",
        action="append",
        type=_text,
        required=True,
        metavar="COL",
        help="compare people by this column (repeatable)",
    )
    command.add_argument("--label", type=_text, metavar="COL", help="what was true in the end")
    command.add_argument("--prediction", type=_text, metavar="COL", help="what the model or the people decided")
    command.add_argument("--score", type=_text, metavar="COL", help="a number that leads to the decision")
    command.add_argument("--threshold", type=_finite, metavar="T", help="scores of T or more mean yes (default 0.5)")
    command.add_argument("--weight", type=_text, metavar="COL", help="how many people a row stands for")
    command.add_argument("--cluster", type=_text, metavar="COL", help="rows with the same value belong to one person")
    for role, said in (("label", "labels"), ("prediction", "decisions")):
        command.add_argument(
            f"--{role}-positive",
            action="extend",
            type=_values,
            default=[],
            metavar="V[,V]",
            help=f"{said} that mean yes",
        )
    command.add_argument(
        "--favourable",
        choices=("positive", "negative"),
        default="positive",
        help="is a yes good for the person (default positive)",
    )
    command.add_argument("--worse-error", choices=("false_positive", "false_negative"), help="which error hurts more")
    command.add_argument(
        "--where", action="append", type=_pair, default=[], metavar="COL=VALUE", help="only these rows (repeatable)"
    )
    command.add_argument(
        "--depth",
        type=int,
        choices=(1, 2, 3),
        default=1,
        help="also intersections of up to N group columns (default 1)",
    )
    command.add_argument(
        "--reference",
        action="append",
        type=_pair,
        default=[],
        metavar="COL=VALUE",
        help="compare with this group; other columns follow the rule (repeatable)",
    )
    command.add_argument(
        "--reference-rule",
        choices=("largest", "highest", "overall"),
        default="largest",
        help="compare with the largest group (default), the one with the highest value of the metric, or everybody",
    )
    command.add_argument(
        "--tolerance", type=_share, default=0.8, metavar="R", help="smallest acceptable ratio (default 0.8)"
    )
    command.add_argument(
        "--bins",
        action="append",
        type=_edges,
        default=[],
        metavar="COL=E1,E2,…",
        help="cut a quantity into groups at these edges (repeatable)",
    )
    command.add_argument("--fail-on", choices=("gap",), help="exit with 1 when a gap is found")
    _add_reading(command)
    command.set_defaults(run=_audit, wrong=command.error)


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("holds bytes that are no text") from None
    return text


def _pair(text: str) -> str:
    if not _text(text).partition("=")[1]:
        raise argparse.ArgumentTypeError("wants COL=VALUE")
    return text


def _split(pair: str, columns: Iterable[str]) -> tuple[str, str]:
    """COL=VALUE in two: after the longest of the columns that are named in the call, otherwise at the first sign."""
    named = max((column for column in columns if pair.startswith(f"{column}=")), key=len, default=None)
    column = pair.partition("=")[0] if named is None else named
    return column, pair[len(column) + 1 :]


def _values(text: str) -> list[str]:
    try:
        return next(csv.reader([_text(text)], strict=True), [])
    except csv.Error:
        raise argparse.ArgumentTypeError('wants values separated by commas: a,b or "a, b",c') from None


def _edges(text: str) -> str:
    _numbers(_pair(text).rpartition("=")[2])
    return text


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(map(_finite, text.split(",")))


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


def spec_of(chosen: argparse.Namespace) -> "AuditSpec":
    """What the arguments of `audit` ask. Exits where they contradict each other."""
    from aipm.fairness.spec import AuditSpec

    for option, given, column in (
        ("--threshold", chosen.threshold is not None, "score"),
        ("--label-positive", chosen.label_positive, "label"),
        ("--prediction-positive", chosen.prediction_positive, "prediction"),
    ):
        if given and getattr(chosen, column) is None:
            chosen.wrong(f"{option} needs --{column}")
    roles = (chosen.label, chosen.prediction, chosen.score, chosen.weight, chosen.cluster)
    columns = [*chosen.group, *(role for role in roles if role is not None)]
    reference = [_split(pair, columns) for pair in chosen.reference]
    bins = [_split(pair, columns) for pair in chosen.bins]
    return AuditSpec(
        groups=tuple(chosen.group),
        label=chosen.label,
        prediction=chosen.prediction,
        score=chosen.score,
        threshold=chosen.threshold,
        weight=chosen.weight,
        cluster=chosen.cluster,
        label_positive=tuple(chosen.label_positive),
        prediction_positive=tuple(chosen.prediction_positive),
        favourable=chosen.favourable,
        worse_error=chosen.worse_error,
        where=tuple(_split(pair, columns) for pair in chosen.where),
        depth=chosen.depth,
        reference=tuple((column, value or None) for column, value in reference),
        reference_rule=chosen.reference_rule,
        tolerance=chosen.tolerance,
        bins=tuple((column, _numbers(edges)) for column, edges in bins),
    )


def _audit(chosen: argparse.Namespace) -> int:
    spec = spec_of(chosen)
    # The engine is imported while the child process reads the file.
    threading.Thread(target=importlib.import_module, args=("aipm.fairness.audit",), daemon=True).start()
    try:
        found = run_task(
            chosen.file, "aipm.fairness.counting:task", msgspec.to_builtins(spec), options=_options(chosen)
        )

        from aipm.fairness.audit import audit
        from aipm.fairness.counting import counted_file
        from aipm.fairness.counts import normalised
        from aipm.fairness.exports import to_plain

        counted = counted_file(*found)
        result = audit(normalised(counted.raw, spec), spec, fingerprint=counted.fingerprint)
    except Refusal as refusal:
        _print({"file": _shown(chosen.file), **refused(refusal)})
        return REFUSED
    _print({"file": _shown(chosen.file), **to_plain(result), "reading": msgspec.to_builtins(counted.reading)})
    gap = any(verdict.verdict == "gap" for verdict in result.verdicts)
    return REFUSED if chosen.fail_on == "gap" and gap else DONE


def _shown(path: Path) -> str:
    """A path as text, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace")


def refused(refusal: Refusal) -> dict[str, Any]:
    """A refusal as the contract says it."""
    error: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "advice": refusal.advice}
    if refusal.line is not None:
        error["line"] = refusal.line
    return {"ok": False, "error": error}


def _print(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
