"""`rank`: candidates in order, why, and how firm."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from aipm.cli.answers import DONE, REFUSED, refused, say, shown
from aipm.cli.options import add_reading, reading_options, text
from aipm.tables import Refusal, read

if TYPE_CHECKING:
    from aipm.selection.criteria import Stated
    from aipm.selection.ranked import RankResult

LARGEST_FILE = 1_000_000
"""Bytes of a criteria file; one that is larger is something else."""
METHODS = ("weighted_sum", "weighted_product", "topsis", "vikor", "promethee_ii", "waspas", "spotis")
NORMALISATIONS = ("vector", "min_max", "sum", "max", "none")


def add(commands: Any) -> None:
    command = commands.add_parser(
        "rank",
        help="put candidates in order by weighted criteria, and say how firm the order is",
        description="Rank candidates by criteria and weights, with what each contributes and how fragile it is.",
        epilog="""The first column of the candidates is the name. The criteria are YAML:
  - {name: price, column: price, direction: min, weight: 3, worst: 20, best: 0.1, scale: log}
  - {name: context, column: context, direction: max, weight: 1, worst: 8000, best: 1000000, scale: log}
worst and best fix the ends of a scale, so that leaving out a loser never changes the winner. Parameters of a method
stand beside the list: {criteria: [...], parameters: {v: 0.5, lambda: 0.5, preference: linear, q: 1, p: 3}}.

Examples:
  python -m aipm rank --candidates models.csv --criteria needs.yaml
  python -m aipm rank --candidates models.csv --criteria needs.yaml --method topsis --weights order --seed 1
  python -m aipm rank --candidates models.csv --criteria needs.yaml --unknown range --compare

Candidates with an unknown value are left out and named, never given a number. Under vikor and spotis a lower score is
better. tipping_points: what weight, or what value of the winner's own, would put another first.
Exit status: 0 done; 1 the input was refused; 2 the call was wrong.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--candidates", type=Path, required=True, metavar="FILE", help="a table, one row a candidate")
    command.add_argument("--criteria", type=Path, required=True, metavar="FILE", help="YAML: what counts, how much")
    command.add_argument("--method", choices=METHODS, default="weighted_sum", help="default weighted_sum")
    command.add_argument("--normalisation", choices=NORMALISATIONS, help="default: the method's textbook one")
    command.add_argument("--samples", type=count, metavar="N", help="weightings drawn (default 10,000; 0: none)")
    command.add_argument("--seed", type=count, metavar="S", help="another draw of weightings (the same every time)")
    command.add_argument(
        "--weights",
        choices=("any", "order", "stated"),
        default="any",
        help="which weightings are plausible (default any)",
    )
    command.add_argument(
        "--unknown",
        choices=("exclude", "range"),
        default="exclude",
        help="leave candidates with unknown values out (default), or show their best and worst case too",
    )
    command.add_argument("--compare", action="store_true", help="also say how many methods agree on the first")
    add_reading(command)
    command.set_defaults(run=run)


def count(given: str) -> int:
    if not text(given).isdecimal() or len(given) > 9:
        raise argparse.ArgumentTypeError("wants a whole number from 0")
    return int(given)


def run(chosen: argparse.Namespace) -> int:
    try:
        answer = _answer(chosen)
    except Refusal as refusal:
        say({"file": shown(chosen.candidates), **refused(refusal)})
        return REFUSED
    say({"file": shown(chosen.candidates), **answer})
    return DONE


def _answer(chosen: argparse.Namespace) -> dict[str, Any]:
    from aipm.selection.candidates import candidates_from_table
    from aipm.selection.ranked import RankSpec
    from aipm.selection.ranking import agreement, rank
    from aipm.selection.robustness import SAMPLES, SEED

    stated = criteria_file(chosen.criteria)
    candidates = candidates_from_table(read(chosen.candidates, reading_options(chosen)))
    spec = RankSpec(
        criteria=stated.criteria,
        method=chosen.method,
        normalisation=chosen.normalisation,
        parameters=stated.parameters,
        unknown=chosen.unknown,
        samples=SAMPLES if chosen.samples is None else chosen.samples,
        seed=SEED if chosen.seed is None else chosen.seed,
        weightings=chosen.weights,
    )
    answer = to_plain(rank(candidates, spec, remarks=stated.remarks))
    if chosen.compare:
        answer["agreement"] = msgspec.to_builtins(agreement(candidates, spec))
    return answer


def criteria_file(path: Path, *, weighed: bool = True) -> "Stated":
    """The criteria in a YAML file. Raises Refusal."""
    from aipm.selection.criteria import criteria_from_yaml

    try:
        with path.open("rb") as stream:
            given = stream.read(LARGEST_FILE + 1)
        if len(given) > LARGEST_FILE:
            raise Refusal("bad_criteria", f"The criteria file is larger than {LARGEST_FILE:,} bytes.")
        return criteria_from_yaml(given.decode("utf-8-sig"), weighed=weighed)
    except OSError as problem:
        raise Refusal("cannot_open", f"The criteria file cannot be opened: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise Refusal("bad_yaml", "The criteria file is not text in UTF-8.") from None


def to_plain(found: "RankResult") -> dict[str, Any]:
    """An answer as the contract has it."""
    spec, robust = found.spec, found.robustness
    tipping = [{"kind": "weight", **msgspec.to_builtins(tip)} for tip in found.weight_tipping]
    tipping += [{"kind": "value", **msgspec.to_builtins(tip)} for tip in found.value_tipping]
    robustness: dict[str, Any] = {
        "samples": 0, "rank_acceptability": None, "central_weights": None, "status": "not_computable",
    }  # fmt: skip
    if robust is not None:
        robustness = {**msgspec.to_builtins(robust), "status": "ok"}
    return {
        "ok": True,
        "method": spec.method,
        "normalisation": found.normalisation,
        "lower_is_better": found.lower_is_better,
        "decomposition": found.decomposition,
        "weights": found.weights,
        "anchors": msgspec.to_builtins(found.anchors),
        "ranking": [
            {**msgspec.to_builtins(each), "status": "not_computable" if each.score is None else "ok"}
            for each in found.ranking
        ],
        "excluded": msgspec.to_builtins(found.excluded),
        "ranged": msgspec.to_builtins(found.ranged),
        "dropped": list(found.dropped),
        "robustness": {**robustness, "tipping_points": tipping},
        "lead": msgspec.to_builtins(found.lead),
        "remarks": msgspec.to_builtins(found.remarks),
    }
