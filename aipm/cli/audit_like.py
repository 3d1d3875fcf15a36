"""What `audit` answers besides: groups compared among people who are alike in something that may rightly count."""

import argparse
from typing import TYPE_CHECKING, Any

from aipm.cli.options import edges, numbers, split, text

if TYPE_CHECKING:
    from aipm.cli.audit import Counted
    from aipm.fairness.spec import Group
    from aipm.fairness.strata_result import Common, LikeComparison, Side


def add(command: argparse.ArgumentParser) -> None:
    """The options of this part."""
    part = command.add_argument_group("like with like (answered under “like_with_like”)")
    part.add_argument(
        "--like",
        action="append",
        type=text,
        default=[],
        metavar="COL",
        help="also compare people who are alike in this column, such as department (at most two)",
    )
    part.add_argument(
        "--like-bins",
        action="append",
        type=edges,
        default=[],
        metavar="COL=E1,E2,…",
        help="cut a quantity given with --like at these edges (repeatable)",
    )
    part.add_argument(
        "--like-standard",
        choices=("everybody", "reference"),
        default="everybody",
        help="whose mix of parts counts: everybody's (default) or the reference's",
    )
    part.add_argument(
        "--like-reason", type=text, default="", metavar="TEXT", help="why the columns of --like may rightly count"
    )


def answer(chosen: argparse.Namespace, counted: "Counted") -> dict[str, Any]:
    """The comparison under "like_with_like", where --like was given. Raises Refusal."""
    if not chosen.like:
        return {}
    import msgspec

    from aipm.fairness.counting import counted_file
    from aipm.fairness.counts import normalised
    from aipm.fairness.strata import with_factors
    from aipm.fairness.strata_compare import like_with_like
    from aipm.tables import run_task

    factors = tuple(chosen.like)
    bins = tuple((column, numbers(inner)) for column, inner in (split(each, factors) for each in chosen.like_bins))
    spec = with_factors(counted.spec, factors, bins)
    file = counted_file(
        *run_task(counted.file, "aipm.fairness.counting:task", msgspec.to_builtins(spec), options=counted.options)
    )
    found = like_with_like(normalised(file.raw, spec), spec, factors, standard=chosen.like_standard)
    return {
        "like_with_like": {
            "factors": list(factors),
            "reason": chosen.like_reason or None,
            "standard": found.standard,
            "comparisons": [_comparison(each, factors, spec.favourable) for each in found.comparisons],
        }
    }


def _comparison(of: "LikeComparison", factors: tuple[str, ...], favourable: "Any") -> dict[str, Any]:
    import msgspec

    from aipm.fairness import strata_texts as words
    from aipm.fairness.simpson import story

    told = story(of)
    return {
        "metric": of.metric,
        "group": _group(of.group),
        "reference": _group(of.reference),
        "change": told.change,
        "text": " ".join([words.answer(of, told, factors, favourable), *words.why(of, told)]),
        "crude": _side(of.crude),
        "standardised": {**_side(of.standardised), "covered": of.covered},
        "cochran_mantel_haenszel": {
            "statistic": of.statistic,
            "p_value": of.standardised.p_value,
            "p_adjusted": of.standardised.p_adjusted,
            "status": "ok" if of.standardised.p_value is not None else "not_enough_data",
        },
        "odds_ratio": _common(of.odds_ratio),
        "risk_ratio": _common(of.risk_ratio),
        "risk_difference": _common(of.risk_difference),
        "nothing_to_compare_with": {"group": of.left_out[0], "reference": of.left_out[1]},
        "strata": [
            {
                "stratum": _group(each.stratum),
                "group": msgspec.to_builtins(each.group),
                "reference": msgspec.to_builtins(each.reference),
                "difference": each.difference,
                "difference_low": each.difference_low,
                "difference_high": each.difference_high,
                "share": each.share,
                "status": "ok" if each.share is not None else "nothing_to_compare_with",
            }
            for each in of.each()
        ],
    }


def _group(group: "Group") -> dict[str, Any] | str:
    """A group as a JSON object; the rest of the population is "everybody_else"."""
    from aipm.fairness.strata_result import REST

    return "everybody_else" if group == REST else dict(group)


def _side(side: "Side") -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(side)
    return found


def _common(common: "Common") -> dict[str, Any]:
    return {
        "value": common.value,
        "low": common.low,
        "high": common.high,
        "homogeneity_p_value": common.agree,
        "status": common.status,
    }
