"""Counts and a specification -> the audit: every group, every comparison, the verdicts in words."""

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import texts
from aipm.fairness.answers import Answers
from aipm.fairness.compare import ENOUGH_ROWS, FEWEST_ROWS, PROPORTIONS, WIDEST, compare
from aipm.fairness.counts import Counts, Oddity, answers
from aipm.fairness.dataset import overall
from aipm.fairness.groups import Population, added_up, population
from aipm.fairness.measure import Known, Measured, known, measure
from aipm.fairness.result import AuditResult, AuditWarning, Estimate, GroupResult
from aipm.fairness.spec import AuditSpec
from aipm.fairness.verdicts import verdicts
from aipm.tables import Refusal

Array = NDArray[np.float64]
MOST_LOOKS = 100
DEFAULT_THRESHOLD = 0.5


def audit(counts: Counts, spec: AuditSpec, *, fingerprint: str = "") -> AuditResult:
    """Audit counts. Raises Refusal where nobody can know what a value means, or nothing is left to ask.

    Raises RecountNeededError where the specification's threshold lies within a score bin of the counts.
    """
    label, prediction = answers(counts, spec)
    threshold = spec.threshold
    oddities = list(counts.oddities)
    if prediction is None and threshold is None and counts.scale is not None and counts.scale.is_probability:
        threshold = DEFAULT_THRESHOLD
        oddities.append(Oddity(code="threshold_default"))
    people = population(counts, spec.depth)
    facts = known(counts, people, label, prediction, None if prediction is not None else threshold)
    measured = measure(counts, people, facts)
    comparisons = compare(measured, people, spec)
    oddities += _more_oddities(counts, people, facts, label, prediction, looks=len(comparisons))
    return AuditResult(
        spec=spec,
        rows=counts.total_rows,
        groups=_groups(measured, people),
        comparisons=comparisons,
        verdicts=verdicts(comparisons, people, measured, spec),
        overall=overall(measured, people.combinations, facts, favourable=spec.favourable),
        warnings=tuple(AuditWarning(each.code, texts.warning(each.code, each.count), each.count) for each in oddities),
        unanswered=_unanswered(spec, facts),
        fingerprint=fingerprint,
    )


def _groups(measured: dict[str, Measured], people: Population) -> tuple[GroupResult, ...]:
    by_metric = {name: _estimates(metric) for name, metric in measured.items()}
    return tuple(
        GroupResult(group, {name: estimates[k] for name, estimates in by_metric.items()})
        for k, group in enumerate(people.groups)
    )


def _estimates(metric: Measured) -> list[Estimate]:
    """A metric's arrays as one estimate a group; NaN becomes None with a reason."""
    is_share = metric.name in PROPORTIONS
    is_count = metric.error is None and not is_share
    columns = (metric.value, metric.numerator, metric.denominator, metric.low, metric.high, metric.rows)
    found = []
    for numbers in zip(*(column.tolist() for column in columns), strict=True):
        value, numerator, denominator, low, high, rows = (None if x != x else x for x in numbers)  # noqa: PLR0124 - NaN
        if value is None:
            found.append(Estimate(None, numerator, denominator, None, None, "not_computable", "no_denominator", rows))
        elif is_count or rows is None:
            found.append(Estimate(value, numerator, denominator, low, high, "ok", None, rows))
        elif rows < FEWEST_ROWS:
            found.append(Estimate(value, numerator, denominator, low, high, "not_enough_data", "too_few_rows", rows))
        elif rows < ENOUGH_ROWS or (is_share and low is not None and high is not None and high - low > WIDEST):
            found.append(Estimate(value, numerator, denominator, low, high, "not_enough_data", "not_enough_data", rows))
        else:
            found.append(Estimate(value, numerator, denominator, low, high, "ok", None, rows))
    return found


def _more_oddities(
    counts: Counts, people: Population, facts: Known, label: Answers | None, prediction: Answers | None, *, looks: int
) -> list[Oddity]:
    """What was odd about the answers, and what the reader of many numbers should bear in mind."""
    found = []
    for role, said, index in (("label", label, counts.label), ("prediction", prediction, counts.prediction)):
        if said is None:
            continue
        cells = counts.labels if role == "label" else counts.predictions
        unknown = [k for k, cell in enumerate(cells) if said.meaning[cell] is None]
        missing = int(sum(counts.rows[index == k].sum() for k in unknown))
        if missing == counts.total_rows:
            raise Refusal(f"empty_{role}_column", f"The {role} column is empty.", advice="Choose another column.")
        found += [Oddity(code=f"missing_{role}", count=missing)] if missing else []
        found += [Oddity(code="spellings_folded", count=said.folded_spellings)] if said.folded_spellings else []
        found += [Oddity(code="positive_inferred")] if said.inferred else []
        found += [Oddity(code="positive_absent")] if said.absent else []
    if "label" in facts.needs and not (facts.weight.positive[0] and facts.weight.negative[0]):
        found.append(Oddity(code="single_class"))
    if (counts.cluster_factor > 1).any():
        found.append(Oddity(code="clustered_rows"))
    small = int((people.gather(_rows_by_group(counts))[1:] < ENOUGH_ROWS).sum())
    found += [Oddity(code="small_groups", count=small)] if small else []
    found += [Oddity(code="many_looks", count=looks)] if looks > MOST_LOOKS else []
    return found


def _rows_by_group(counts: Counts) -> Array:
    return added_up(counts.group, counts.rows, len(counts.groups))


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
