"""Labels that may be biased: what a quick model learns of them from the other columns, and whom it gets wrong."""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from aipm.fairness.alone_columns import features, left_out, sampled, used
from aipm.fairness.alone_model import FEWEST, MOST_WORK, area, in_order, learned, matrix
from aipm.fairness.answers import read_answers
from aipm.fairness.audit import audit
from aipm.fairness.columns import check_columns, group_edges
from aipm.fairness.counting import count
from aipm.fairness.counts import normalised
from aipm.fairness.result import AuditResult
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from aipm.tables.table import ArrowRows, Table

YES, NO = "yes", "no"
LABEL, PREDICTION = "the label", "the quick model"
METRICS = ("base_rate", "selection_rate", "false_positive_rate", "false_negative_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """`auc` of the quick model on rows it did not learn from, with its 95 % interval, and the audit of what it decides.

    It says yes to as many people as the labels do. `rows` were used of `of`.
    """

    auc: float
    low: float
    high: float
    result: AuditResult
    rows: int
    of: int
    columns: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def baseline(table: Table, spec: AuditSpec) -> Baseline:
    """Learn the label without the group columns, and audit what comes of it. Raises Refusal."""
    if spec.label is None:
        raise Refusal("no_label", "There is no label to learn.", advice="Name the column that says what was true.")
    with table.opened() as opened:
        check = check_columns(opened, spec)
        edges = group_edges(check, spec)
        sample = sampled(opened, spec, rows=MOST_WORK // 2)
    found = features(sample, spec, spec.groups[0])
    mine = tuple(each for each in used(found) if not each.role)
    with sample.table.opened() as opened:
        cells = opened.query(f"SELECT {opened.column(spec.label)} AS l FROM cells").column("l").to_pylist()
        meaning = read_answers(set(cells), spec.label_positive, role="label").meaning
        rows = np.array([k for k, cell in enumerate(cells) if meaning[cell] is not None], dtype=np.int64)
        yes = np.array([bool(meaning[cells[k]]) for k in rows])
        if min(int(yes.sum()), int((~yes).sum())) < FEWEST:
            raise Refusal(
                "too_few_rows",
                "There are too few labels of one kind to learn from.",
                advice=f"{FEWEST} of each are the least.",
            )
        seen = matrix(opened, mine).rows(rows)
        people = opened.query(f"SELECT {', '.join(opened.column(name) for name in spec.groups)} FROM cells")
    groups = (np.unique(np.array(each.to_pylist()), return_inverse=True)[1] for each in people.take(rows).columns)
    order = in_order(seen, yes.astype(np.int64), *groups)
    seen, yes, rows = seen.rows(order), yes[order], rows[order]
    score = learned(seen, yes.astype(np.int64), 2, shuffle=False).chances[:, 1]
    auc, low, high = area(score, yes)
    decided = np.zeros(len(score), dtype=bool)
    ties = np.random.default_rng(0).random(len(score))  # people who look alike are taken by lot, not by their place
    decided[np.lexsort((ties, -score))[: int(yes.sum())]] = True
    return Baseline(
        auc=auc,
        low=low,
        high=high,
        result=_audited(table, people.take(rows), yes, decided, replace(spec, bins=tuple(edges.items()))),
        rows=len(rows),
        of=sample.of,
        columns=seen.names,
        left_out=(*left_out(found), *((name, "group") for name in spec.groups)),
    )


def _audited(
    table: Table,
    people: pa.Table,
    yes: "np.typing.NDArray[np.bool_]",
    decided: "np.typing.NDArray[np.bool_]",
    spec: AuditSpec,
) -> AuditResult:
    """The audit of the quick model's decisions, by the same engine as any other's."""
    names = [f"c{k}" for k in range(len(spec.groups) + 2)]
    answers = [pa.array(np.where(each, YES, NO)) for each in (yes, decided)]
    columns = (*spec.groups, LABEL, PREDICTION)
    data = pa.table(dict(zip(names, [*people.columns, *answers], strict=True)))
    made = Table(columns, ArrowRows(data), table.reading, data.num_rows)
    asked = AuditSpec(
        groups=spec.groups,
        label=LABEL,
        prediction=PREDICTION,
        label_positive=(YES,),
        prediction_positive=(YES,),
        favourable=spec.favourable,
        worse_error=spec.worse_error,
        reference_rule=spec.reference_rule,
        tolerance=spec.tolerance,
        bins=spec.bins,
    )
    counts = normalised(count(made, asked), asked)
    known = [
        (column, value)
        for column, value in spec.reference
        if value in counts.values[counts.columns.index(column)]  # a sample may lack a small group
    ]
    asked = replace(asked, reference=tuple(known))
    return audit(counts, asked, fingerprint=table.fingerprint)
