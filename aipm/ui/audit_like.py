"""A part of the audit in depth: groups compared among people who are alike in something that may rightly count."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from aipm.content.visible import distinct
from aipm.fairness import strata_texts as words
from aipm.fairness.counting import count
from aipm.fairness.counts import Counts, normalised
from aipm.fairness.measure import RecountNeededError
from aipm.fairness.samples import as_table, samples
from aipm.fairness.section import Section
from aipm.fairness.spec import AuditSpec
from aipm.fairness.strata import MOST_FACTORS, candidates, with_factors
from aipm.fairness.strata_compare import like_with_like
from aipm.fairness.strata_result import LikeWithLike, Standard
from aipm.fairness.strata_section import section
from aipm.tables import Refusal
from aipm.tables.table import Table
from aipm.tables.types import column_types
from aipm.ui import audit_like_view, page
from aipm.ui.audit_deeper import PAGE, Asked
from aipm.ui.memo import once
from aipm.ui.safe import markdown
from aipm.ui.state import kept

KEPT = 4
COUNTS_KEPT = 2
EXAMPLE, EXAMPLE_FACTOR = "admissions", "department"


def draw(asked: Asked) -> Callable[[int], Section] | None:
    """What to compare within and why, then what that changes."""
    said = words.like_texts()
    where = asked.table.fingerprint, asked.table.columns
    types = once(PAGE, "deeper.like.types", where, lambda: column_types(asked.table))
    could = candidates(types, asked.spec)
    if not could:
        page.draw(page.quiet(said.choose.none))
        _example(asked)
        return None
    left, right = st.columns([3, 2], gap="medium")
    with left:
        factors = _factors(asked, could)
    if not factors:
        _example(asked)
        return None
    with right:
        standard = _standard(asked)
    try:
        return _compared(asked, factors, standard)
    except Refusal as refusal:
        page.refused(refusal.message, refusal)
        return None


def _factors(asked: Asked, could: tuple[str, ...]) -> tuple[str, ...]:
    """The columns to compare within."""
    field = words.like_texts().choose
    chosen = st.multiselect(
        field.factors.label,
        could,
        format_func=distinct(could),
        max_selections=MOST_FACTORS,
        placeholder=field.placeholder,
        help=field.factors.help,
        **kept(PAGE, f"{asked.token}.like.factors.{'.'.join(could)}"),
    )
    return tuple(chosen)


def _standard(asked: Asked) -> Standard:
    """Whose mix of parts counts."""
    field = words.like_texts().choose
    chosen = st.segmented_control(
        field.standard.label,
        tuple(field.standards),
        default="everybody",
        format_func=lambda each: field.standards[each],
        required=True,
        help=field.standard.help,
        **kept(PAGE, f"{asked.token}.like.standard"),
    )
    return "reference" if chosen == "reference" else "everybody"


def _compared(asked: Asked, factors: tuple[str, ...], standard: Standard) -> Callable[[int], Section]:
    """The comparison for the person's own file. Raises Refusal."""
    said = words.like_texts()
    named = words.factors(factors)
    reason = st.text_input(
        said.choose.reason.label,
        placeholder=said.choose.reason_example,
        help=said.choose.reason.help,
        max_chars=500,
        **kept(PAGE, f"{asked.token}.like.reason.{'.'.join(factors)}"),
    )
    if not reason.strip():
        page.draw(page.quiet(said.no_reason.format(factors=named)))
    spec = with_factors(asked.spec, factors)
    counts, found = _worked_out(asked.table, spec, factors, standard)
    audit_like_view.draw(found, favourable=spec.favourable, token=f"{asked.token}.like")
    return partial(_section, counts=counts, spec=spec, asked=asked, factors=factors, standard=standard, reason=reason)


def _section(
    threshold: int,
    *,
    counts: Counts,
    spec: AuditSpec,
    asked: Asked,
    factors: tuple[str, ...],
    standard: Standard,
    reason: str,
) -> Section:
    return section(counts, spec, asked.result, factors, standard=standard, reason=reason, threshold=threshold)


def _worked_out(
    table: Table, spec: AuditSpec, factors: tuple[str, ...], standard: Standard
) -> tuple[Counts, LikeWithLike]:
    """The rows are counted once for the factors; everything else is judged on those counts. Raises Refusal."""
    where = table.fingerprint, table.columns

    def compared(threshold: float | None) -> tuple[Counts, LikeWithLike]:
        counted = replace(
            spec,
            threshold=threshold,
            label_positive=(),
            prediction_positive=(),
            favourable="positive",
            worse_error=None,
            reference=(),
            reference_rule="largest",
            tolerance=0.8,
        )
        counts = once(
            PAGE,
            "deeper.like.counts",
            (where, counted),
            lambda: normalised(count(table, counted), counted),
            keep=COUNTS_KEPT,
        )
        question = where, spec, standard, threshold
        return counts, once(
            PAGE,
            "deeper.like.result",
            question,
            lambda: like_with_like(counts, spec, factors, standard=standard),
            keep=KEPT,
        )

    try:
        return compared(None)
    except RecountNeededError:
        return compared(spec.threshold)


def _example(asked: Asked) -> None:
    """A sample beside the person's own file, for whoever wants to see what this comparison can show."""
    said, sample = words.like_texts().example, samples()[EXAMPLE]
    if asked.file_name == sample.file_name:  # it is open already
        return
    if not st.toggle(markdown(said.label), **kept(PAGE, "like.example")):
        return
    page.draw(page.quiet(said.about))
    factors = (EXAMPLE_FACTOR,)
    table = once(PAGE, "deeper.like.example", (), lambda: as_table(EXAMPLE))
    _, found = _worked_out(table, with_factors(sample.spec, factors), factors, "everybody")
    audit_like_view.draw(found, favourable="positive", token="like.example")  # noqa: S106 - names widgets, opens nothing
    page.draw(page.quiet(said.after))
