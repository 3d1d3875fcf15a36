"""Comparisons -> the answers to the plain questions, a sentence each, for every combination of group columns."""

from collections.abc import Sequence

from aipm.fairness import texts
from aipm.fairness.groups import Population
from aipm.fairness.measure import Measured
from aipm.fairness.result import Comparison, Verdict, VerdictKind
from aipm.fairness.spec import AuditSpec

QUESTIONS = {
    "who_selected": ("selection_rate",),
    "who_wrong": ("false_positive_rate", "false_negative_rate"),
    "can_trust": ("precision",),
    "base_rates": ("base_rate",),
}
"""The leading questions and the metrics that answer them."""
ORDER: tuple[VerdictKind, ...] = ("gap", "inconclusive", "within_tolerance", "not_computable")
"""How bad, worst first."""


def verdicts(
    comparisons: Sequence[Comparison], people: Population, measured: dict[str, Measured], spec: AuditSpec
) -> tuple[Verdict, ...]:
    """One verdict a question and combination of columns; single columns first."""
    found = []
    for part in people.combinations:
        ours = [c for c in comparisons if tuple(column for column, _ in c.group) == part.columns]
        for question, metrics in QUESTIONS.items():
            if question == "base_rates" and "selection_rate" in measured:
                continue
            found += [
                _verdict(question, metric, [c for c in ours if c.metric == metric], part.columns, spec)
                for metric in _asked(metrics, spec)
                if metric in measured
            ]
    return tuple(found)


def _asked(metrics: tuple[str, ...], spec: AuditSpec) -> tuple[str, ...]:
    """The error that hurts more comes first."""
    worse = f"{spec.worse_error}_rate" if spec.worse_error else None
    return tuple(sorted(metrics, key=lambda metric: metric != worse))


def _verdict(
    question: str, metric: str, comparisons: list[Comparison], columns: tuple[str, ...], spec: AuditSpec
) -> Verdict:
    kinds = {c.verdict for c in comparisons}
    kind: VerdictKind = next((k for k in ORDER if k in kinds), "not_computable")
    about = sorted((c for c in comparisons if c.verdict == kind), key=worst_first)
    return Verdict(
        question=question,
        verdict=kind,
        text=texts.verdict(question, kind, metric, about, columns, spec),
        metric=metric,
        columns=columns,
        groups=tuple(c.group for c in about),
    )


def worst_first(comparison: Comparison) -> float:
    """Sorts by how far from equal the ratio is, the farthest first; nothing is farther than 0 beside something."""
    ratio = comparison.ratio
    if ratio is None:
        return float("-inf") if comparison.difference else 0.0
    return -max(ratio, 1 / ratio) if ratio > 0 else float("-inf")
