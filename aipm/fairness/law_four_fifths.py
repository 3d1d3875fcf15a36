"""The four-fifths rule (29 CFR § 1607.4 D), with standard deviations, the exact test and how little would turn it.

`Questions and answers` on the guidelines (44 FR 11996, 1979), number 21, calls numbers too small where one different
person chosen would turn the result round.
"""

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.compare import LEVEL
from aipm.fairness.counts import Counts
from aipm.fairness.disclosure import REASON, suppress
from aipm.fairness.law_basis import Basis, basis
from aipm.fairness.law_data import ruled, unknown_values
from aipm.fairness.law_texts import Measure, Reading
from aipm.fairness.pairs import FEWEST_ROWS
from aipm.fairness.references import SMALL_SHARE
from aipm.fairness.result import AuditResult, Comparison, Estimate
from aipm.fairness.significance import holm
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.special import normal_tails

Array = NDArray[np.float64]
ORDER: tuple[Reading, ...] = ("flag", "flag_chance", "beyond_chance", "no_flag", "not_rated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A group beside the one with the highest rate; None: not computable, or hidden.

    `flips`: how many more people of the group selected (below 0: fewer) turn its flag, everything else being equal.
    `one_person`: one person of the group selected in place of one of the highest would put it above.
    """

    group: Group
    selected: float | None
    people: float | None
    rate: float | None
    ratio: float | None
    low: float | None
    high: float | None
    flag: bool | None
    deviations: float | None
    exact: float | None
    corrected: float | None
    flips: int | None
    one_person: bool | None
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class FourFifthsTable:
    column: str
    reference: Group | None
    lines: tuple[Line, ...]
    unknown: float | None
    """People without a value, or with one that says that nobody knows; None: not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FourFifths:
    measure: Measure
    tables: tuple[FourFifthsTable, ...]
    basis: Basis
    threshold: int

    @property
    def worst(self) -> tuple[str, Line] | None:
        """Column and line of what the answer is about: the gravest reading, among equals the lowest ratio."""
        rated = [(table.column, line) for table in self.tables for line in table.lines if line.reading in ORDER[:4]]
        return min(rated, key=lambda each: (ORDER.index(each[1].reading), each[1].ratio or 0.0), default=None)


def four_fifths(counts: Counts, spec: AuditSpec, *, measure: Measure, threshold: int = 0) -> FourFifths:
    """Every column that people are compared by; groups under `threshold` people hidden, and what would tell of them."""
    unknown = unknown_values(counts, spec.groups)

    def beside(reference: Group) -> AuditResult:
        return ruled(counts, spec, columns=spec.groups, measure=measure, depth=1, unknown=unknown, reference=reference)

    full = beside(())
    if named := _large_enough(full, measure):
        full = beside(named)
    shown = suppress(full, threshold=threshold)
    rests_on = basis(counts, spec, measure=measure)
    return FourFifths(
        measure=measure,
        tables=tuple(_table(full, shown, column, measure, whole=rests_on.whole) for column in spec.groups),
        basis=rests_on,
        threshold=threshold,
    )


def _large_enough(result: AuditResult, measure: Measure) -> Group:
    """The highest group of ten people or more, for every column whose highest group has fewer: too few to rate any."""
    estimates = {each.group: each.metrics[measure] for each in result.groups}
    highest = {each.reference for each in result.comparisons}
    found: list[tuple[str, str | None]] = []
    for few in highest:
        if (estimates[few].rows or 0.0) >= FEWEST_ROWS:
            continue
        large = [
            (estimate.value, estimate.rows, group)
            for group, estimate in estimates.items()
            if [name for name, _ in group] == [few[0][0]]
            and group[0][1] is not None
            and estimate.value is not None
            and (estimate.rows or 0.0) >= max(FEWEST_ROWS, SMALL_SHARE * (estimates[()].rows or 0.0))
        ]
        if large:
            found.append(max(large, key=lambda each: each[:2])[2][0])
    return tuple(found)


def _table(full: AuditResult, shown: AuditResult, column: str, measure: Measure, *, whole: bool) -> FourFifthsTable:
    ours = [k for k, each in enumerate(full.groups) if [name for name, _ in each.group] == [column]]
    estimates = {full.groups[k].group: full.groups[k].metrics[measure] for k in ours}
    seen = {shown.groups[k].group: shown.groups[k].metrics for k in ours}
    pairs = {c.group: c for c in shown.comparisons if c.group in estimates}
    missing: Group = ((column, None),)
    groups = [group for group in estimates if group != missing]
    reference = next((c.reference for c in pairs.values()), groups[0] if len(groups) == 1 else None)
    if reference is not None and seen[reference][measure].reason == REASON:
        reference = None  # that its rate is the highest tells of it
    told = any(seen[group][measure].reason == REASON for group in groups)
    exact, corrected = (
        _chances(groups, estimates, reference, whole=whole, alone=told) if reference is not None else ({}, {})
    )
    lines = tuple(
        _line(
            group,
            seen[group][measure],
            None if reference is None else seen[reference][measure],
            pairs.get(group),
            exact.get(group),
            corrected=corrected.get(group),
            whole=whole,
        )
        for group in groups
    )
    return FourFifthsTable(
        column=column,
        reference=reference,
        lines=lines,
        unknown=seen[missing]["count"].value if missing in seen else 0.0,
    )


def _chances(
    groups: list[Group], estimates: dict[Group, Estimate], reference: Group, *, whole: bool, alone: bool
) -> tuple[dict[Group, float], dict[Group, float]]:
    """p-values by group, as they are and corrected for all groups of the column and for having picked the highest.

    Holm's correction gives a group what follows from others, so where some are hidden each is corrected `alone`.
    """
    beside, found = estimates[reference], {}
    for group in groups:
        ours = estimates[group]
        if group == reference or ours.value is None or not ours.denominator:
            continue
        if whole:
            found[group] = fisher_exact(*_whole(ours), *_whole(beside))
        elif (deviations := standard_deviations(*_effective(ours), *_effective(beside))) is not None:
            found[group] = float(normal_tails(deviations))
    p_values = np.array(list(found.values()))
    picked = max(len(groups) / 2, 1)
    adjusted = np.minimum((p_values * len(found) if alone else holm(p_values)) * picked, 1.0)
    return found if whole else {}, dict(zip(found, adjusted.tolist(), strict=True))


def _line(
    group: Group,
    ours: Estimate,
    beside: Estimate | None,
    pair: Comparison | None,
    exact: float | None,
    *,
    corrected: float | None,
    whole: bool,
) -> Line:
    known = ours.value is not None and beside is not None and bool(beside.value)
    is_reference = pair is None and beside is ours
    deviations = flips = one = flag = None
    if known and not is_reference and beside is not None:
        deviations = standard_deviations(*_effective(ours), *_effective(beside))
        flag = below_four_fifths(ours, beside)
        if whole:
            flips, one = flips_of(*_whole(ours), *_whole(beside)), one_person(*_whole(ours), *_whole(beside))
    reading: Reading
    if ours.reason == REASON or (pair is not None and pair.reason == REASON):
        reading = "suppressed"
    elif is_reference:
        reading = "reference"
    elif flag is None:
        reading = "not_computable"
    elif pair is not None and pair.reason == "too_few_rows":
        reading = "not_rated"
    else:
        beyond = corrected is not None and corrected < LEVEL
        thin = "not_enough_data" in (ours.status, None if beside is None else beside.status)
        if beyond:
            reading = "flag" if flag else "beyond_chance"
        else:
            reading = "flag_chance" if flag else "not_rated" if thin else "no_flag"
    hidden = reading == "suppressed"
    return Line(
        group=group,
        selected=ours.numerator,
        people=ours.denominator,
        rate=ours.value,
        ratio=None if pair is None else pair.ratio,
        low=None if pair is None else pair.low,
        high=None if pair is None else pair.high,
        flag=flag,
        deviations=deviations,
        exact=None if hidden or is_reference else exact,
        corrected=None if hidden or is_reference else corrected,
        flips=flips,
        one_person=one,
        reading=reading,
    )


def _whole(estimate: Estimate) -> tuple[int, int]:
    return round(estimate.numerator or 0), round(estimate.denominator or 0)


def _effective(estimate: Estimate) -> tuple[float, float]:
    """Selected and people, as many as the rows are worth."""
    rows = estimate.rows if estimate.rows is not None else estimate.denominator or 0.0
    return (estimate.value or 0.0) * rows, rows


def below_four_fifths(ours: Estimate, beside: Estimate) -> bool:
    """Whether 5 x / n < 4 y / m, in whole numbers, so that exactly four fifths is no flag."""
    x, n, y, m = (each or 0.0 for each in (ours.numerator, ours.denominator, beside.numerator, beside.denominator))
    return 5 * x * m < 4 * y * n


def standard_deviations(x: float, n: float, y: float, m: float) -> float | None:
    """(x/n − y/m) / √(p (1 − p) (1/n + 1/m)), p the rate of both together; below 0 where the group is chosen less.

    The two-sample form of what Castaneda v. Partida (430 U.S. 482, n. 17) and Hazelwood (433 U.S. 299, n. 14) count.
    None where nobody or everybody was selected, or there is nobody.
    """
    if not n or not m:
        return None
    p = (x + y) / (n + m)
    if not 0 < p < 1:
        return None
    return (x / n - y / m) / sqrt(p * (1 - p) * (1 / n + 1 / m))


def flips_of(x: int, n: int, y: int, m: int) -> int | None:
    """How many more of the group selected lift its flag, or (below 0) how many fewer bring it; None: no number does."""
    enough = -(-4 * y * n // (5 * m))  # the fewest selected that are no flag
    if x < enough:
        return enough - x if enough <= n else None
    return enough - 1 - x if enough > 0 else None


def one_person(x: int, n: int, y: int, m: int) -> bool:
    """Whether one of the group selected in place of one of the highest group puts it above that group."""
    return x < n and y > 0 and (x + 1) * m > (y - 1) * n


def fisher_exact(x: int, n: int, y: int, m: int) -> float:
    """Two-sided p-value of Fisher's exact test: all tables with these totals that are no likelier than the one seen.

    x of n beside y of m. Tables more than 40 standard deviations away are nothing to add up.
    """
    hits, rows = x + y, n + m
    low, high = max(0, hits - m), min(n, hits)
    if low == high:
        return 1.0
    expected = n * hits / rows
    reach = ceil(40 * sqrt(expected * (m / rows) * (rows - hits) / max(rows - 1, 1))) + 40
    low, high = max(low, min(x, int(expected) - reach)), min(high, max(x, int(expected) + reach))
    k = np.arange(low, high, dtype=np.float64)
    step = np.log((n - k) * (hits - k)) - np.log((k + 1) * (m - hits + k + 1))
    chance = np.concatenate(([0.0], np.cumsum(step)))
    chance = np.exp(chance - chance.max())
    seen = chance[x - low]
    return float(min(chance[chance <= seen * (1 + 1e-7)].sum() / chance.sum(), 1.0))
