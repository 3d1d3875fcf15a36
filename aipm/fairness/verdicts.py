"""Comparisons -> the answers to the plain questions, a sentence each, for every combination of group columns."""

from collections import defaultdict
from collections.abc import Sequence

from aipm.fairness import texts
from aipm.fairness.groups import Population
from aipm.fairness.measure import Measured
from aipm.fairness.result import Comparison, Verdict, VerdictKind
from aipm.fairness.spec import AuditSpec

QUESTIONS = ("who_selected", "who_wrong", "can_trust", "base_rates")
"""The leading questions; content/fairness.yaml says which metrics answer them."""
ORDER: tuple[VerdictKind, ...] = ("gap", "inconclusive", "within_tolerance", "not_computable")
"""How bad, worst first."""


def verdicts(
    comparisons: Sequence[Comparison], people: Population, measured: dict[str, Measured], spec: AuditSpec
) -> tuple[Verdict, ...]:
    """One verdict a question and combination of columns; single columns first."""
    found = []
    by_place: dict[tuple[str, tuple[str, ...]], list[Comparison]] = defaultdict(list)
    for each in comparisons:
        by_place[each.metric, tuple(column for column, _ in each.group)].append(each)
    for part in people.combinations:
        for question in QUESTIONS:
            if question == "base_rates" and "selection_rate" in measured:
                continue
            found += [
                _verdict(question, metric, by_place[metric, part.columns], part.columns, spec)
                for metric in texts.metrics_of(question, spec)
                if metric in measured
            ]
    return tuple(found)


def judged(comparisons: Sequence[Comparison]) -> tuple[VerdictKind, list[Comparison]]:
    """The worst kind of verdict among the groups that can be rated, and the comparisons it is about, worst first.

    Groups too small to rate decide nothing where others can be rated; they come last, so that they are named.
    """
    unrated = [c for c in comparisons if c.reason == "too_few_rows"]
    rated = [c for c in comparisons if c.reason != "too_few_rows"] or unrated
    kinds = {c.verdict for c in rated}
    kind: VerdictKind = next((k for k in ORDER if k in kinds), "not_computable")
    about = sorted((c for c in rated if c.verdict == kind), key=worst_first)
    return kind, about if rated is unrated else [*about, *unrated]


def _verdict(
    question: str, metric: str, comparisons: list[Comparison], columns: tuple[str, ...], spec: AuditSpec
) -> Verdict:
    kind, about = judged(comparisons)
    return Verdict(
        question=question,
        verdict=kind,
        text=texts.verdict(question, kind, metric, about, columns, spec),
        metric=metric,
        columns=columns,
        groups=tuple(c.group for c in about if c.verdict == kind),
    )


def worst_first(comparison: Comparison) -> float:
    """Sorts by how far from equal the ratio is, the farthest first; nothing is farther than 0 beside something."""
    ratio = comparison.ratio
    if ratio is None:
        return float("-inf") if comparison.difference else 0.0
    return -max(ratio, 1 / ratio) if ratio > 0 else float("-inf")
