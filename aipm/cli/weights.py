"""`weights`: how much each criterion counts, from comparisons, an order, or the values."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.cli.answers import DONE, REFUSED, refused, say
from aipm.cli.options import add_reading, finite, reading_options, values
from aipm.tables import Refusal, read

if TYPE_CHECKING:
    from aipm.selection.pairwise import Comparisons

OF_PAIRS = ("eigenvector", "geometric_mean")
OF_VALUES = ("entropy", "critic", "merec")
OF_ORDER, OF_POINTS = "rank_order_centroid", ("swing", "direct")


def add(commands: Any) -> None:
    command = commands.add_parser(
        "weights",
        help="turn comparisons, an order or the values themselves into weights",
        description="Weights of criteria: from pairwise comparisons, an order, swings, or the candidates' values.",
        epilog="""Pairwise comparisons are a table with the same names in the first row and column. A cell says how many
times as much its row counts as its column: 3, 1/3, 1/2.5, 0.333. Half of it is enough. Give --pairwise once for each
person of a group.

Examples:
  python -m aipm weights --pairwise comparisons.csv
  python -m aipm weights --pairwise ann.csv --pairwise ben.csv --method geometric_mean
  python -m aipm weights --method rank_order_centroid --order price,quality,latency
  python -m aipm weights --method swing --points price=100,quality=80,latency=20
  python -m aipm weights --method entropy --candidates models.csv --criteria needs.yaml

A consistency ratio above 0.1 asks for a second look at the pairs that are named (Saaty).
Exit status: 0 done; 1 the input was refused; 2 the call was wrong.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--pairwise", type=Path, action="append", default=[], metavar="FILE", help="comparisons (once for each person)"
    )
    command.add_argument(
        "--method",
        choices=(*OF_PAIRS, OF_ORDER, *OF_POINTS, *OF_VALUES),
        help="default eigenvector, of pairwise comparisons",
    )
    command.add_argument("--order", type=values, metavar="A,B,C", help="names, the most important first")
    command.add_argument("--points", type=points, metavar="A=N,B=N", help="points of each, for swing and direct")
    command.add_argument("--candidates", type=Path, metavar="FILE", help="a table, one row a candidate")
    command.add_argument("--criteria", type=Path, metavar="FILE", help="YAML: what counts")
    add_reading(command)
    command.set_defaults(run=run, wrong=command.error)


def points(given: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in values(given):
        name, sign, number = each.rpartition("=")
        if not sign or not name.strip() or name.strip() in found:
            raise argparse.ArgumentTypeError("wants A=100,B=80, each name once")
        found[name.strip()] = finite(number)
    return found


def run(chosen: argparse.Namespace) -> int:
    method = chosen.method or OF_PAIRS[0]
    needed = {**dict.fromkeys(OF_PAIRS, ("pairwise",)), OF_ORDER: ("order",), **dict.fromkeys(OF_POINTS, ("points",))}
    options = needed.get(method, ("candidates", "criteria"))
    for option in ("pairwise", "order", "points", "candidates", "criteria"):
        given = bool(getattr(chosen, option))
        if given != (option in options):
            chosen.wrong(f"--method {method} {'takes no' if given else 'needs'} --{option}")
    try:
        answer = _answer(chosen, method)
    except Refusal as refusal:
        say(refused(refusal))
        return REFUSED
    say({"ok": True, "method": method, **answer})
    return DONE


def _answer(chosen: argparse.Namespace, method: Any) -> dict[str, Any]:
    from aipm.selection import pairwise, weights

    if method in OF_PAIRS:
        people = [_comparisons(path, chosen) for path in chosen.pairwise]
        if len(people) == 1:
            return _plain(pairwise.pairwise_weights(people[0], method))
        group = pairwise.group_weights(people, method)
        return {
            **_plain(group.joint),
            "people": [_plain(person) for person in group.people],
            "spread": msgspec.to_builtins(group.spread),
        }
    if method == OF_ORDER:
        return _plain(weights.rank_order_centroid(chosen.order))
    if method in OF_POINTS:
        return _plain(weights.swing(chosen.points) if method == "swing" else weights.direct(chosen.points))

    from aipm.cli.rank import criteria_file
    from aipm.selection.candidates import candidates_from_table, problem

    stated = criteria_file(chosen.criteria, weighed=False)
    given = problem(candidates_from_table(read(chosen.candidates, reading_options(chosen))), stated.criteria)
    return {**_plain(weights.objective(given, method)), "excluded": msgspec.to_builtins(given.excluded)}


def _plain(found: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(found)
    return plain


def _comparisons(path: Path, chosen: argparse.Namespace) -> "Comparisons":
    from aipm.selection.pairwise import MOST_NAMES, comparisons

    table = read(path, reading_options(chosen))
    rows = table.head(MOST_NAMES + 1)
    return comparisons(table.columns[1:], [(row[0], row[1:]) for row in rows])
