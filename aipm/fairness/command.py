"""The command line that repeats an audit: python -m aipm audit …"""

import csv
import io
import shlex
from collections.abc import Iterable, Iterator

from aipm.fairness.spec import AuditSpec
from aipm.tables import ReadOptions


def audit_command(
    file_name: str, spec: AuditSpec, options: ReadOptions | None = None, *, besides: Iterable[str] = ()
) -> str:
    """One line for a POSIX shell that gives the same audit on the same file; every value is quoted.

    `besides`: the options of what was looked at in depth.
    """
    arguments = (*_arguments(spec), *_reading(options), *dict.fromkeys(besides))
    return shlex.join(["python", "-m", "aipm", "audit", f"./{file_name}", *arguments])


def _arguments(spec: AuditSpec) -> Iterator[str]:
    for column in spec.groups:
        yield f"--group={column}"
    for option, value in (
        ("--label", spec.label),
        ("--prediction", spec.prediction),
        ("--score", spec.score),
        ("--weight", spec.weight),
        ("--cluster", spec.cluster),
        ("--worse-error", spec.worse_error),
    ):
        if value is not None:
            yield f"{option}={value}"
    if spec.threshold is not None:
        yield f"--threshold={exact(spec.threshold)}"
    for option, values in (
        ("--label-positive", spec.label_positive),
        ("--prediction-positive", spec.prediction_positive),
    ):
        if values:
            yield f"{option}={_comma_separated(values)}"
    for column, value in spec.where:
        yield f"--where={column}={value}"
    for column, named in spec.reference:
        yield f"--reference={column}={named or ''}"
    for column, edges in spec.bins:
        yield f"--bins={column}={','.join(map(exact, edges))}"
    yield from ("--favourable", spec.favourable, "--reference-rule", spec.reference_rule)
    yield from ("--tolerance", exact(spec.tolerance), "--depth", str(spec.depth))


def _reading(options: ReadOptions | None) -> Iterator[str]:
    if options is None:
        return
    for option, value in (
        ("--delimiter", options.delimiter),
        ("--encoding", options.encoding),
        ("--header-row", options.header_row),
        ("--sheet", options.sheet),
    ):
        if value is not None:
            yield f"{option}={value}"


def exact(number: float) -> str:
    """A number in as few digits as give it back."""
    short = f"{number:.12g}"
    return short if float(short) == number else repr(number)


def _comma_separated(values: tuple[str, ...]) -> str:
    """Values as the command line reads them: a line of CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(values)  # which line ends are quoted hangs on this
    return text.getvalue().removesuffix("\n")
