"""What `audit` answers of scores: every group's rates by threshold, and thresholds that make a rate alike."""

import argparse
import math
from typing import TYPE_CHECKING, Any

from aipm.cli.options import finite

if TYPE_CHECKING:
    from aipm.cli.audit import Counted
    from aipm.fairness.thresholds import Sweep
    from aipm.fairness.thresholds_equal import Costs, Policy

EQUAL = ("selection_rate", "true_positive_rate", "false_positive_rate")
RATES = (*EQUAL, "precision", "accuracy")


def add(command: argparse.ArgumentParser) -> None:
    """The options of this part."""
    part = command.add_argument_group("scores and thresholds (answered under “scores”)")
    part.add_argument("--thresholds", action="store_true", help="every group's rates at up to 101 thresholds")
    part.add_argument(
        "--equalise",
        choices=EQUAL,
        help="thresholds by group that bring this rate together, and their cost (may be unlawful; shown for the price)",
    )
    for error, said in (("false-positive", "wrong yes"), ("false-negative", "wrong no")):
        part.add_argument(f"--cost-{error}", type=_cost, metavar="X", help=f"cost of a {said} (default 1)")


def _cost(given: str) -> float:
    number = finite(given)
    if number < 0:
        raise argparse.ArgumentTypeError("wants a number of 0 or more")
    return number


def answer(chosen: argparse.Namespace, counted: "Counted") -> dict[str, Any]:
    """What the options ask for, under "scores". Raises Refusal."""
    if not chosen.thresholds and chosen.equalise is None:
        if chosen.cost_false_positive is not None or chosen.cost_false_negative is not None:
            chosen.wrong("--cost-false-positive and --cost-false-negative need --equalise")
        return {}
    if chosen.score is None:
        chosen.wrong("--thresholds and --equalise need --score")
    if chosen.equalise not in (None, "selection_rate") and chosen.label is None:
        chosen.wrong(f"--equalise {chosen.equalise} needs --label")

    from aipm.fairness.thresholds import sweep
    from aipm.fairness.thresholds_equal import Costs

    found = sweep(counted.counts, counted.spec, depth=counted.spec.depth)
    costs = Costs(
        false_positive=1.0 if chosen.cost_false_positive is None else chosen.cost_false_positive,
        false_negative=1.0 if chosen.cost_false_negative is None else chosen.cost_false_negative,
    )
    made: dict[str, Any] = {"threshold": _number(found.edges[found.start])}
    if chosen.thresholds:
        made |= _rates(found)
    if chosen.equalise is not None:
        made["equalised"] = _equalised(found, chosen.equalise, costs)
    return {"scores": made}


def _rates(found: "Sweep") -> dict[str, Any]:
    """Rates with their bounds, a list over the thresholds each; null where there is nothing to divide by."""
    from aipm.fairness.thresholds import rates, thinned

    places = thinned(found)
    measured = rates(found, RATES if found.labelled else RATES[:1])
    return {
        "thresholds": [_number(edge) for edge in found.edges[places].tolist()],
        "groups": [
            {
                "group": dict(group),
                **{
                    name: {
                        part: [_number(value) for value in getattr(each, part)[k, places].tolist()]
                        for part in ("value", "low", "high", "rows")
                    }
                    for name, each in measured.items()
                },
            }
            for k, group in enumerate(found.people.groups)
        ],
    }


def _equalised(found: "Sweep", rate: str, costs: "Costs") -> dict[str, Any]:
    """Each column's groups under the chosen, the cheapest common and the equalising thresholds."""
    from aipm.fairness.thresholds_equal import prices

    asked: Any = rate
    return {
        "rate": rate,
        "cost_false_positive": costs.false_positive,
        "cost_false_negative": costs.false_negative,
        "columns": [
            {
                "columns": list(each.columns),
                "chosen": _policy(each.chosen, rate),
                "cheapest_common": None if each.cheapest is None else _policy(each.cheapest, rate),
                "by_group": _policy(each.equal[asked], rate),
            }
            for each in prices(found, found.start, costs)
        ],
    }


def _policy(policy: "Policy", rate: Any) -> dict[str, Any]:
    """A null threshold selects nobody; `common` says that a group is too small for one of its own."""
    extra = policy.extra or (None, None, None)
    return {
        "groups": [
            {
                "group": dict(group),
                "threshold": _number(policy.thresholds[k]),
                "common": policy.thin[k],
                rate: {
                    part: _number(getattr(policy.rates[rate][k], part))
                    for part in ("value", "numerator", "denominator", "low", "high", "status")
                },
            }
            for k, group in enumerate(policy.groups)
        ],
        "difference": _number(policy.gap(rate)),
        "false_positives": _number(policy.false_positives),
        "false_negatives": _number(policy.false_negatives),
        "errors": _number(policy.errors),
        "cost": _number(policy.cost),
        "extra_cost": dict(zip(("value", "low", "high"), map(_number, extra), strict=True)),
    }


def _number(value: Any) -> Any:
    """None in place of what JSON cannot hold; whole numbers without a point."""
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else float(value)
