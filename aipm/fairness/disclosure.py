"""An audit fit to be handed on: small groups and counts are left out, and whatever would give them away with them.

Counts of 1 to threshold − 1 people are sensitive: of a group, and of an outcome within a group (who was selected, who
was wrongly rejected …). They are hidden (primary suppression). Then so much more is hidden that linear reasoning over
everything shown (totals, other groups of the column, intersections, denominators) leaves every hidden count at least
`threshold` wide open (secondary suppression; Hundepool et al., Statistical Disclosure Control, 2012, chapter 4).
Zeros may be shown, as in the cell size policy of the US Centers for Medicare & Medicaid Services.
"""

from collections.abc import Sequence
from dataclasses import replace

from aipm.fairness.metrics import METRICS, Need
from aipm.fairness.protection import Flags, Hidden, to_hide
from aipm.fairness.result import AuditResult, AuditWarning, Comparison, Estimate, GroupResult, Verdict
from aipm.fairness.texts import texts, verdict, warning
from aipm.fairness.verdicts import judged

DEFAULT_THRESHOLD = 11
REASON = "suppressed"
HIDDEN = Estimate(None, status="not_computable", reason=REASON)
ROUNDINGS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
SPREADS: dict[str, Need] = {"demographic_parity": "prediction", "equalized_odds": "confusion"}
"""Dataset-wide numbers that are a largest minus smallest over groups, and the part of the audit they come from."""


def suppress(result: AuditResult, *, threshold: int = DEFAULT_THRESHOLD) -> AuditResult:
    """The audit without anything that tells of fewer than `threshold` people. 0 and 1 leave it as it is."""
    if threshold <= 1:
        return result
    hidden = to_hide(result, threshold=threshold)
    if not any(flags.any() for flags in hidden.values()):
        return result
    return _without(result, hidden, threshold)


def _without(result: AuditResult, hidden: Hidden, threshold: int) -> AuditResult:
    """The result with what is hidden taken out of every place where it stands."""
    index = {each.group: k for k, each in enumerate(result.groups)}
    comparisons = tuple(
        _hidden_comparison(c) if hidden[METRICS[c.metric].need][[index[c.group], index[c.reference]]].any() else c
        for c in result.comparisons
    )
    return replace(
        result,
        rows=_rows(result, hidden["rows"], threshold),
        groups=tuple(_hidden_group(each, hidden, k) for k, each in enumerate(result.groups)),
        comparisons=_without_inherited(comparisons),
        verdicts=tuple(_said_again(each, comparisons, result, threshold) for each in result.verdicts),
        overall={name: HIDDEN if _tells(name, hidden) else estimate for name, estimate in result.overall.items()},
        warnings=tuple(AuditWarning(each.code, warning(each.code)) for each in result.warnings),
    )


def _hidden_group(each: GroupResult, hidden: Hidden, k: int) -> GroupResult:
    return replace(
        each,
        metrics={
            name: HIDDEN if hidden[METRICS[name].need][k] else estimate for name, estimate in each.metrics.items()
        },
    )


def _tells(name: str, hidden: Hidden) -> bool:
    """Whether a dataset-wide number would tell of a hidden group, or of everybody where everybody is hidden."""
    for start, need in SPREADS.items():
        if name.startswith(start):
            return bool(hidden[need].any())
    return bool(hidden["confusion"][0])


def _hidden_comparison(comparison: Comparison) -> Comparison:
    return replace(
        comparison,
        difference=None,
        ratio=None,
        low=None,
        high=None,
        difference_low=None,
        difference_high=None,
        p_value=None,
        p_adjusted=None,
        more_rows=None,
        verdict="not_computable",
        reason=REASON,
    )


def _without_inherited(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Holm's correction hands the p-value of one comparison on to others; one that may come from a hidden one goes."""
    if all(comparison.reason != REASON for comparison in comparisons):
        return tuple(comparisons)
    return tuple(replace(c, p_adjusted=None) if not _own(c) else c for c in comparisons)


def _own(comparison: Comparison) -> bool:
    """Whether an adjusted p-value is a whole multiple of the comparison's own, or 1."""
    p, adjusted = comparison.p_value, comparison.p_adjusted
    if p is None or adjusted is None or adjusted == 1.0:
        return True
    return p > 0 and abs(adjusted / p - round(adjusted / p)) < 1e-9


def _said_again(old: Verdict, comparisons: Sequence[Comparison], result: AuditResult, threshold: int) -> Verdict:
    """A verdict over what is still shown. It is no pass where groups are left out."""
    ours = [c for c in comparisons if c.metric == old.metric and tuple(column for column, _ in c.group) == old.columns]
    shown = [c for c in ours if c.reason != REASON]
    if old.metric is None or len(shown) == len(ours):
        return old
    kind, about = judged(shown)
    say = texts().sentences
    if not shown:
        text = say.suppressed_all.format(columns=say.and_.join(old.columns), threshold=threshold)
        return replace(old, verdict="not_computable", text=text, groups=())
    text = verdict(old.question, kind, old.metric, about, old.columns, result.spec)
    groups = tuple(c.group for c in about)
    if kind == "within_tolerance":
        text = say.suppressed_within.format(threshold=threshold, text=text)
        return replace(old, verdict="inconclusive", text=text, groups=groups)
    return replace(old, verdict=kind, text=f"{text} {say.suppressed.format(threshold=threshold)}", groups=groups)


def _rows(result: AuditResult, hidden: Flags, threshold: int) -> int:
    """The number of rows; where the whole population is hidden, rounded so far that no hidden group follows from it."""
    if not hidden[0] or result.spec.weight is not None:
        return result.rows
    shown: dict[tuple[str, ...], float] = {}
    for each, is_hidden in zip(result.groups[1:], hidden[1:], strict=True):
        columns = tuple(column for column, _ in each.group)
        shown[columns] = shown.get(columns, 0.0) + (0.0 if is_hidden else each.metrics["count"].value or 0.0)
    most = max(shown.values())
    for unit in ROUNDINGS:
        rounded = round(result.rows / unit) * unit
        if rounded + unit / 2 - max(rounded - unit / 2, most) >= threshold:
            return rounded
    return 0
