"""From an opened file to the audit, each step done once: read, suggest, count, audit."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import partial

from aipm.fairness.audit import gather, judge
from aipm.fairness.counting import RawCounts, count
from aipm.fairness.counts import Counts, normalised
from aipm.fairness.measure import RecountNeededError
from aipm.fairness.result import AuditResult
from aipm.fairness.roles import Suggestion, suggest_roles
from aipm.fairness.samples import generate, samples
from aipm.fairness.spec import AuditSpec
from aipm.tables import ReadOptions, read
from aipm.tables.table import Table
from aipm.ui.memo import once
from aipm.ui.upload import Offer, Source

PAGE = "bias_audit"
KEPT = 4
"""Questions whose answers are kept, so that going back and forth between choices works nothing out again."""
COUNTS_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """An audit, the counts it rests on, and what was asked of them: the same while only judgement changes."""

    result: AuditResult
    counts: Counts
    question: Hashable


def offers() -> dict[str, Offer]:
    """The samples, as the upload offers them."""
    return {
        name: Offer(title=each.title, text=each.summary, file_name=each.file_name, make=partial(generate, name))
        for name, each in samples().items()
    }


def token(source: Source) -> str:
    """A short name of what is open: widgets carry it, so that another file starts from its own suggestions."""
    return source.sample or hashlib.sha256(f"{source.name} {len(source.data)}".encode()).hexdigest()[:8]


def roles_token(token: str, table: Table) -> str:
    """Like `token`, for choices that name columns: read differently, a file has other ones."""
    return f"{token}.{hashlib.sha256(repr(table.columns).encode()).hexdigest()[:8]}"


def opened(source: Source, options: ReadOptions, *, working: str) -> Table:
    """The file as a table, read in a child process. Raises Refusal."""
    question = (id(source), source.name, len(source.data), options)
    return once(PAGE, "table", question, lambda: read(source.data, options), working=working)


def suggested(table: Table, source: Source) -> Suggestion:
    """Who probably plays which role; a sample brings its own specification."""

    def suggest() -> Suggestion:
        found = suggest_roles(table)
        if source.sample is None:
            return found
        spec = samples()[source.sample].spec
        return replace(found, spec=spec) if {*spec.groups} <= {*table.columns} else found  # read differently

    return once(PAGE, "roles", (table.fingerprint, table.columns, source.sample), suggest)


def audited(table: Table, spec: AuditSpec) -> Audit:
    """The audit; rows are counted again only where the question needs other counts. Raises Refusal."""
    try:
        return _audited(table, spec, threshold=None)
    except RecountNeededError:
        return _audited(table, spec, threshold=spec.threshold)


def _audited(table: Table, spec: AuditSpec, *, threshold: float | None) -> Audit:
    counted = AuditSpec(
        groups=spec.groups,
        label=spec.label,
        prediction=spec.prediction,
        score=spec.score,
        threshold=threshold,
        weight=spec.weight,
        cluster=spec.cluster,
        where=spec.where,
        bins=spec.bins,
    )
    file = (table.fingerprint, table.columns)

    def tally() -> Counts:
        raw: RawCounts = count(table, counted)
        return normalised(raw, counted)

    counts = once(PAGE, "counts", (file, counted), tally, keep=COUNTS_KEPT)
    question = (file, counted, spec.label_positive, spec.prediction_positive, spec.threshold, spec.depth)
    evidence = once(PAGE, "evidence", question, lambda: gather(counts, spec), keep=KEPT)
    result = once(PAGE, "result", (file, spec), lambda: judge(evidence, spec, fingerprint=table.fingerprint), keep=KEPT)
    return Audit(result=result, counts=counts, question=question)
