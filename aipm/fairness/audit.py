"""Counts and a specification -> the audit: every group, every comparison, the verdicts in words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import texts
from aipm.fairness.answers import Answers
from aipm.fairness.compare import LEVEL, compare, homogeneities
from aipm.fairness.counts import Counts, Oddity, answers
from aipm.fairness.dataset import overall
from aipm.fairness.estimates import estimates_of
from aipm.fairness.groups import Population, population
from aipm.fairness.measure import UNKNOWN, YES, Known, Measured, known, measure
from aipm.fairness.pairs import ENOUGH_ROWS
from aipm.fairness.references import SMALL_SHARE
from aipm.fairness.result import AuditResult, AuditWarning, Comparison, GroupResult
from aipm.fairness.spec import AuditSpec
from aipm.fairness.verdicts import verdicts
from aipm.tables import Refusal

MOST_LOOKS = 100
DEFAULT_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the counts say, before anybody judges: reference, tolerance and which error is worse do not change it."""

    people: Population
    facts: Known
    measured: dict[str, Measured]
    groups: tuple[GroupResult, ...]
    chances: tuple[NDArray[np.float64], ...]
    rows: NDArray[np.float64]
    """Rows of each group of the population."""
    clustered: bool
    oddities: tuple[Oddity, ...]


def audit(counts: Counts, spec: AuditSpec, *, fingerprint: str = "") -> AuditResult:
    """Audit counts. Raises Refusal where nobody can know what a value means, or nothing is left to ask.

    Raises RecountNeededError where the specification's threshold lies within a score bin of the counts.
    """
    return judge(gather(counts, spec), spec, fingerprint=fingerprint)


def gather(counts: Counts, spec: AuditSpec) -> Evidence:
    """Measure every group. Of the specification only what values mean yes, the threshold and the depth matter."""
    label, prediction = answers(counts, spec)
    threshold = spec.threshold
    oddities = list(counts.oddities)
    if prediction is None and threshold is None and counts.scale is not None and counts.scale.is_probability:
        threshold = DEFAULT_THRESHOLD
        oddities.append(Oddity(code="threshold_default"))
    people = population(counts, spec.depth)
    facts = known(counts, people, label, prediction, None if prediction is not None else threshold)
    oddities += _answers_oddities(counts, facts, label, prediction)
    measured = measure(counts, people, facts)
    return Evidence(
        people=people,
        facts=facts,
        measured=measured,
        groups=_groups(measured, people),
        chances=homogeneities(measured, people),
        rows=people.gather(np.bincount(counts.group, counts.rows, len(counts.groups)).astype(np.float64)),
        clustered=any(factor > 1 for factor in counts.cluster_factor.values()),
        oddities=tuple(oddities),
    )


def judge(evidence: Evidence, spec: AuditSpec, *, fingerprint: str = "") -> AuditResult:
    """Compare the groups and say what that comes to. Raises Refusal where a named reference is not among them."""
    people, measured = evidence.people, evidence.measured
    _check_reference(people, spec)
    comparisons = compare(measured, people, spec, chances=evidence.chances)
    oddities = (*evidence.oddities, *_judgement_oddities(evidence, comparisons, spec))
    return AuditResult(
        spec=spec,
        rows=int(evidence.rows[0]),
        groups=evidence.groups,
        comparisons=comparisons,
        verdicts=verdicts(comparisons, people, measured, spec),
        overall=overall(measured, people.combinations, evidence.facts, favourable=spec.favourable),
        warnings=tuple(AuditWarning(each.code, texts.warning(each.code, each.count), each.count) for each in oddities),
        unanswered=_unanswered(spec, evidence.facts),
        fingerprint=fingerprint,
    )


def _groups(measured: dict[str, Measured], people: Population) -> tuple[GroupResult, ...]:
    by_metric = {name: estimates_of(metric) for name, metric in measured.items()}
    return tuple(
        GroupResult(group, {name: estimates[k] for name, estimates in by_metric.items()})
        for k, group in enumerate(people.groups)
    )


def _check_reference(people: Population, spec: AuditSpec) -> None:
    named = {pair for group in people.groups for pair in group}
    for column, value in spec.reference:
        if column not in spec.groups or (column, value) not in named:
            raise Refusal(
                "reference_not_found",
                "A chosen reference is not among the groups.",
                advice="Give a group column and one of its values, spelled as in the file.",
            )


def _answers_oddities(counts: Counts, facts: Known, label: Answers | None, prediction: Answers | None) -> list[Oddity]:
    """What was odd about the labels and predictions. Raises Refusal where there are none."""
    found = []
    for role, said, cells, index in (
        ("label", label, counts.labels, counts.label),
        ("prediction", prediction, counts.predictions, counts.prediction),
    ):
        if said is None:
            continue
        unknown = [k for k, cell in enumerate(cells) if said.meaning[cell] is None]
        missing = int(counts.rows[np.isin(index, unknown)].sum())
        if missing == counts.total_rows:
            raise Refusal(f"empty_{role}_column", f"The {role} column is empty.", advice="Choose another column.")
        found += [Oddity(code=f"missing_{role}", count=missing)] if missing else []
        found += [Oddity(code="spellings_folded", count=said.folded_spellings)] if said.folded_spellings else []
        found += [Oddity(code="positive_inferred")] if said.inferred else []
        found += [Oddity(code="positive_absent")] if said.absent else []
    sums = facts.weight
    if ("label" in facts.needs and not (sums.positive[0] and sums.negative[0])) or (
        "prediction" in facts.needs and not (sums.selected[0] and sums.not_selected[0])
    ):
        found.append(Oddity(code="single_class"))
    if prediction is not None and counts.threshold is not None and counts.scale is not None:
        decided = (counts.bin >= 0) & (facts.prediction != UNKNOWN)
        differs = int(counts.rows[decided & (counts.over != (facts.prediction == YES))].sum())
        found += [Oddity(code="score_disagrees", count=differs)] if differs else []
    return found


def _judgement_oddities(evidence: Evidence, comparisons: tuple[Comparison, ...], spec: AuditSpec) -> list[Oddity]:
    """What the reader of the comparisons should bear in mind."""
    people, facts, measured, rows = evidence.people, evidence.facts, evidence.measured, evidence.rows
    by_group = dict(zip(people.groups, rows.tolist(), strict=True))
    found = [Oddity(code="where_applied")] if spec.where else []
    if evidence.clustered:
        found.append(Oddity(code="clustered_rows"))
    if "auc" in measured and measured["auc"].high[0] < 0.5:
        found.append(Oddity(code="score_inverted"))
    if "confusion" in facts.needs and any(
        c.metric == "base_rate" and c.p_adjusted is not None and c.p_adjusted < LEVEL for c in comparisons
    ):
        found.append(Oddity(code="base_rates_differ"))
    references = {c.reference for c in comparisons}
    if any(by_group[reference] < ENOUGH_ROWS for reference in references):
        found.append(Oddity(code="reference_small"))
    if spec.reference_rule == "highest":
        left_out = int((rows[1:] < SMALL_SHARE * rows[0]).sum())
        found += [Oddity(code="small_category", count=left_out)] if left_out else []
    small = int((rows[1:] < ENOUGH_ROWS).sum())
    found += [Oddity(code="small_groups", count=small)] if small else []
    looks = len(comparisons)
    found += [Oddity(code="many_looks", count=looks)] if looks > MOST_LOOKS else []
    return found


def _unanswered(spec: AuditSpec, facts: Known) -> tuple[str, ...]:
    """Codes of what this data cannot answer."""
    lacking = []
    if "label" not in facts.needs:
        lacking.append("no_label")
    if "prediction" not in facts.needs:
        lacking.append("no_prediction")
    if spec.score is None:
        lacking.append("no_score")
    return tuple(lacking)
