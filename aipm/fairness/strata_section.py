"""Comparing like with like as the report prints it, small groups and all that would give them away left out."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aipm.fairness import strata_texts as words
from aipm.fairness.audit import audit
from aipm.fairness.counts import Counts
from aipm.fairness.metrics import METRICS
from aipm.fairness.protection import to_hide
from aipm.fairness.result import AuditResult
from aipm.fairness.section import Section, Table
from aipm.fairness.simpson import story
from aipm.fairness.spec import AuditSpec, Group
from aipm.fairness.strata import REST, Strata
from aipm.fairness.strata_compare import like_with_like
from aipm.fairness.strata_pairs import Hides
from aipm.fairness.strata_result import LikeWithLike, Standard
from aipm.fairness.texts import texts
from aipm.tables import Refusal

Mask = NDArray[np.bool_]
MOST_TABLES = 12
"""Pairs whose parts are printed one by one."""


def section(
    counts: Counts,
    spec: AuditSpec,
    result: AuditResult,
    factors: tuple[str, ...],
    *,
    standard: Standard,
    reason: str,
    threshold: int,
) -> Section:
    """The report's part. `counts` and `spec` are those of `strata.with_factors`, `result` the audit it stands beside.

    With a threshold above 1 the numbers are worked out again from the parts that may be shown.
    """
    say, names = words.like_texts(), words.factors(factors)
    given = " ".join(reason.split())
    first = (
        say.reason_report.format(factors=names, reason=given) if given else say.no_reason_report.format(factors=names)
    )
    hides = _hides(counts, spec, result, factors, threshold) if threshold > 1 else None
    found = like_with_like(counts, spec, factors, standard=standard, hides=hides)
    shown = [each for each in found.comparisons if hides is None or each.within.comparable.any()]
    hidden = hides is not None and any(
        not (each.within.comparable | (each.within.totals[0] == 0) | (each.within.totals[1] == 0)).all()
        for each in found.comparisons
    )
    if not shown:
        left_out = [say.all_hidden.format(threshold=threshold)]
    else:
        left_out = [say.hidden.format(threshold=threshold)] if hidden else []
    # The groups of one column make up the parts, and with them tell what is hidden in those of another.
    columns = list(dict.fromkeys(each.group[0][0] for each in shown))
    of = columns[0] if hidden and len(columns) > 1 else None
    lines = [first, *left_out]
    lines += [say.one_column.format(column=words.factors((of,)))] if of is not None else []
    for each in shown:
        if each.metric == found.comparisons[0].metric:
            told = story(each)
            lines += [
                " ".join([words.answer(each, told, factors, spec.favourable), *words.why(each, told, hidden=hidden)])
            ]
    mix = f"{say.choose.standard.label}: {say.choose.standards[standard]}."
    return Section(
        title=f"{say.title}: {names}",
        lines=tuple(lines),
        tables=tuple(_tables(replace(found, comparisons=tuple(shown)), of, hidden=hidden)),
        notes=(mix, *say.caution.lines, *words.method(found)),
        sources=say.sources,
        options=(
            *(f"--like={factor}" for factor in factors),
            f"--like-standard={standard}",
            *([f"--like-reason={given}"] if given else []),
        ),
    )


def _tables(found: LikeWithLike, of: str | None, *, hidden: bool) -> list[Table]:
    """Both ways a metric, then part by part for the first metric: the groups of one column only, or (None) of all."""
    say, named = words.like_texts(), texts().metrics
    metrics = list(dict.fromkeys(each.metric for each in found.comparisons))
    made = [
        Table(
            caption=say.overview.caption.format(metric=named[metric].name),
            head=say.overview.head,
            rows=tuple(words.overview_row(each) for each in found.comparisons if each.metric == metric),
        )
        for metric in metrics
    ]
    pairs = [each for each in found.comparisons if each.metric == metrics[0] and of in (None, each.group[0][0])]
    for each in pairs[:MOST_TABLES]:
        names = {"group": words.short(each.group), "reference": words.short(each.reference)}
        rows = words.strata_rows(each)
        if hidden:  # what a part counts for tells how many people are in it, those hidden included
            rows = [row for row, used in zip(rows, each.within.comparable, strict=True) if used]
        width = -1 if hidden else None
        made.append(
            Table(
                caption=say.table.caption.format(
                    metric=named[each.metric].name,
                    group=words.people(each.group),
                    reference=words.people(each.reference),
                ),
                head=tuple(name.format(**names) for name in say.table.head)[:width],
                rows=tuple(row[:width] for row in rows),
            )
        )
    return made


def _hides(counts: Counts, spec: AuditSpec, result: AuditResult, factors: tuple[str, ...], threshold: int) -> Hides:
    """Which places of a group column are hidden, by the protection that the whole report has.

    The report shows every group's total, so the parts of each group are protected with that total standing; the totals
    of the parts are shown nowhere, unless somebody is held against everybody else. A part is then hidden for all where
    it is for one.
    """
    in_report = to_hide(result, threshold=threshold)
    places = {each.group: k for k, each in enumerate(result.groups)}

    def hides(found: Strata) -> Mask:
        hidden = np.ones(found.within.totals.shape, dtype=bool)
        needs = [METRICS[metric].need for metric in found.metrics]
        for j, group in enumerate(found.groups):
            if group not in places or all(in_report[need][places[group]] for need in needs):
                continue
            try:
                audited = audit(*_one_group(counts, spec, group, factors, found.strata))
            except Refusal:  # nobody to whom the question applies, so that nothing can be told of them
                hidden[:, j] = found.within.totals[:, j] > 0
                continue
            flags = to_hide(audited, threshold=threshold)
            index = {each.group: k for k, each in enumerate(audited.groups)}
            for i, need in enumerate(needs):
                if in_report[need][places[group]] or flags[need][0]:
                    continue
                for k in range(len(found.strata)):
                    place = index.get(((PART, str(k)),))
                    hidden[i, j, k] = place is not None and bool(flags[need][place])
        return np.where((found.reference == REST)[:, :, None], hidden.any(axis=1, keepdims=True), hidden)

    return hides


PART = "part"


def _one_group(
    counts: Counts, spec: AuditSpec, group: Group, factors: tuple[str, ...], kinds: tuple[Group, ...]
) -> tuple[Counts, AuditSpec]:
    """The counts of one group alone, its strata for groups, each held against all of them."""
    own, places = counts.columns.index(group[0][0]), [counts.columns.index(name) for name in factors]
    number = {tuple(value for _, value in stratum): k for k, stratum in enumerate(kinds)}
    kind = np.array([number[tuple(cell[place] for place in places)] for cell in counts.groups])
    inside = np.array([cell[own] == group[0][1] for cell in counts.groups])[counts.group]
    there = np.unique(kind[counts.group[inside]])
    factor = counts.cluster_factor
    narrowed = replace(
        counts,
        columns=(PART,),
        values=(tuple(str(k) for k in there),),
        groups=tuple((str(k),) for k in there),
        group=np.searchsorted(there, kind[counts.group[inside]]),
        cluster_factor={
            (): factor.get(group, 1.0),
            **{((PART, str(k)),): factor.get((*group, *kinds[k]), 1.0) for k in there},
        },
        **{name: getattr(counts, name)[inside] for name in ENTRIES},
    )
    asked = replace(spec, groups=(PART,), depth=1, bins=(), reference=(), reference_rule="overall", where=())
    return narrowed, asked


ENTRIES = (
    *("label", "prediction", "bin", "over", "rows", "weight", "weight_squared"),
    *("score_sum", "score_square", "above_median"),
)
"""What counts hold an entry each, besides the group."""
