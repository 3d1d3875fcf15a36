"""`audit`: compare groups of people."""

import argparse
import contextlib
import importlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.cli import audit_alone, audit_law, audit_like, audit_scores, audit_worst
from aipm.cli.answers import DONE, REFUSED, refused, say, shown
from aipm.cli.options import add_reading, edges, finite, numbers, pair, reading_options, share, split, text, values
from aipm.tables import Refusal, run_task

if TYPE_CHECKING:
    from aipm.fairness.counts import Counts
    from aipm.fairness.result import AuditResult
    from aipm.fairness.spec import AuditSpec
    from aipm.tables import Reading, ReadOptions

DEEPER = (audit_scores, audit_law, audit_alone, audit_like, audit_worst)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """An audit that was done, for what is asked besides."""

    file: Path
    options: "ReadOptions"
    spec: "AuditSpec"
    counts: "Counts"
    result: "AuditResult"
    reading: "Reading"
    columns: int


def add(commands: Any) -> None:
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
  python -m aipm audit hiring.csv --group sex --prediction hired --law four-fifths --like department
  python -m aipm audit cases.csv --group sex --label outcome --label-positive 1 --score risk \\
      --equalise true_positive_rate --cost-false-negative 5 --worst false_negative_rate --proxies

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
        type=text,
        required=True,
        metavar="COL",
        help="compare people by this column (repeatable)",
    )
    command.add_argument("--label", type=text, metavar="COL", help="what was true in the end")
    command.add_argument("--prediction", type=text, metavar="COL", help="what the model or the people decided")
    command.add_argument("--score", type=text, metavar="COL", help="a number that leads to the decision")
    command.add_argument("--threshold", type=finite, metavar="T", help="scores of T or more mean yes (default 0.5)")
    command.add_argument("--weight", type=text, metavar="COL", help="how many people a row stands for")
    command.add_argument("--cluster", type=text, metavar="COL", help="rows with the same value belong to one person")
    for role, said in (("label", "labels"), ("prediction", "decisions")):
        command.add_argument(
            f"--{role}-positive",
            action="extend",
            type=values,
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
        "--where", action="append", type=pair, default=[], metavar="COL=VALUE", help="only these rows (repeatable)"
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
        type=pair,
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
        "--tolerance", type=share, default=0.8, metavar="R", help="smallest acceptable ratio (default 0.8)"
    )
    command.add_argument(
        "--bins",
        action="append",
        type=edges,
        default=[],
        metavar="COL=E1,E2,…",
        help="cut a quantity into groups at these edges (repeatable)",
    )
    command.add_argument("--fail-on", choices=("gap",), help="exit with 1 when a gap is found")
    for part in DEEPER:
        part.add(command)
    add_reading(command)
    command.set_defaults(run=run, wrong=command.error)


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
    reference = [split(given, columns) for given in chosen.reference]
    bins = [split(given, columns) for given in chosen.bins]
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
        where=tuple(split(given, columns) for given in chosen.where),
        depth=chosen.depth,
        reference=tuple((column, value or None) for column, value in reference),
        reference_rule=chosen.reference_rule,
        tolerance=chosen.tolerance,
        bins=tuple((column, numbers(inner)) for column, inner in bins),
    )


def run(chosen: argparse.Namespace) -> int:
    spec = spec_of(chosen)
    threading.Thread(target=_prepare, daemon=True).start()
    try:
        found = run_task(
            chosen.file, "aipm.fairness.counting:task", msgspec.to_builtins(spec), options=reading_options(chosen)
        )

        from aipm.fairness.audit import audit
        from aipm.fairness.counting import counted_file
        from aipm.fairness.counts import normalised
        from aipm.fairness.exports import to_plain

        counted = counted_file(*found)
        counts = normalised(counted.raw, spec)
        result = audit(counts, spec, fingerprint=counted.fingerprint)
        asked = Counted(
            file=chosen.file,
            options=reading_options(chosen),
            spec=spec,
            counts=counts,
            result=result,
            reading=counted.reading,
            columns=len(counted.columns),
        )
        besides = {name: each for part in DEEPER for name, each in part.answer(chosen, asked).items()}
    except Refusal as refusal:
        say({"file": shown(chosen.file), **refused(refusal)})
        return REFUSED
    say({"file": shown(chosen.file), **to_plain(result), **besides, "reading": msgspec.to_builtins(counted.reading)})
    gap = any(verdict.verdict == "gap" for verdict in result.verdicts)
    return REFUSED if chosen.fail_on == "gap" and gap else DONE


def _prepare() -> None:
    """Import the engine and read its texts while the child process reads the file."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads for linear algebra would only take the child's cores
    with contextlib.suppress(Exception):  # what is wrong is said where they are needed
        importlib.import_module("aipm.fairness.audit")
        importlib.import_module("aipm.fairness.vocabulary").texts()
