"""The scores that a threshold is chosen on: a made-up sample, or a file of one's own; and what follows from them."""

from dataclasses import dataclass, replace
from typing import cast

import streamlit as st

from aipm.content.visible import distinct, visible
from aipm.governance.metric_sheet import MetricSheet
from aipm.governance.scored import CROWDED, LEAST_EACH, Scores, counted, made_up, outcomes
from aipm.governance.threshold import Choice, Least, chosen, least
from aipm.tables import ReadOptions, Refusal, read
from aipm.tables.table import Table
from aipm.ui import page, upload
from aipm.ui.fragments import notes
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_metrics_texts import MetricsTexts, ScoreTexts, metrics_texts
from aipm.ui.lifecycle_numbers import amount, share, whole
from aipm.ui.memo import once
from aipm.ui.safe import markdown
from aipm.ui.state import kept, key
from aipm.ui.upload import Source

PAGE = "lifecycle_metrics"
SOURCE = key(PAGE, "scores")


@dataclass(frozen=True, slots=True, kw_only=True)
class Have:
    """Scores, and where they are from; `digest` is the sha256 of a file, None for the sample."""

    scores: Scores
    key: str
    name: str | None = None
    digest: str | None = None


def own() -> bool:
    """Whether a file of one's own was asked for; its rows are in this session only, so the form does not say."""
    return st.session_state.get(SOURCE) == "own"


def have(_sheet: MetricSheet) -> Have | None:
    """The scores to work with; None where a file was asked for and cannot be used yet (see `draw`)."""
    if not own():
        return Have(scores=once(PAGE, "sample", None, made_up), key="sample")
    source = _source()
    if source is None:
        return None
    try:
        table = _table(source)
        roles = _roles(table)
        return _counted(table, source, *roles) if roles else None
    except Refusal:
        return None  # said where the file is chosen


def worked_out(found: Have, sheet: MetricSheet) -> tuple[Least, Choice]:
    """The threshold of least cost, and what the one chosen does."""
    asked = (found.key, sheet.costs, sheet.share_of_yes)
    best = once(PAGE, "least", asked, lambda: least(found.scores, sheet.costs, share_of_yes=sheet.share_of_yes), keep=4)
    threshold = best.threshold if sheet.threshold is None else sheet.threshold
    return best, chosen(found.scores, threshold, sheet.costs, share_of_yes=sheet.share_of_yes)


def money(value: float, sheet: MetricSheet) -> str:
    """An amount in the sheet's unit."""
    return f"{amount(value)} {visible(sheet.unit, limit=30) if sheet.unit else metrics_texts().unit_none}"


def draw(sheet: MetricSheet, texts: MetricsTexts) -> None:
    said = texts.scores
    page.section(said.title)

    def switch() -> None:
        st.session_state[SOURCE] = st.session_state[key(PAGE, "scores.of")]
        if form(MetricSheet).threshold is not None:  # a place on another scale
            put(replace(form(MetricSheet), threshold=None))

    st.session_state[key(PAGE, "scores.of")] = "own" if own() else "sample"
    st.segmented_control(
        said.label,
        tuple(said.options),
        format_func=lambda each: texts.scores.options[each],
        required=True,
        label_visibility="collapsed",
        key=key(PAGE, "scores.of"),
        on_change=switch,
    )
    if not own():
        sample = have(sheet)
        assert sample is not None
        told = said.sample.format(cases=whole(sample.scores.cases), share=share(sample.scores.share_of_yes))
        page.draw(page.quiet(told))
        return
    upload.choose(said.upload, page=PAGE, samples={}, invitation=said.invitation)
    source = _source()
    if source is None:
        return
    try:
        _choose(_table(source), source, said)
    except Refusal as refusal:
        page.refused(said.refused, refusal)


def _source() -> Source | None:
    return cast("Source | None", st.session_state.get(key(PAGE, "source")))


def _table(source: Source) -> Table:
    question = (id(source), source.name, len(source.data))
    return once(PAGE, "table", question, lambda: read(source.data, ReadOptions()))


def _suggested(table: Table) -> tuple[str | None, str | None]:
    """The columns that probably hold the score and the outcome."""

    def suggest() -> tuple[str | None, str | None]:
        from aipm.fairness.roles import suggest_roles

        spec = suggest_roles(table).spec
        return spec.score, spec.label

    return once(PAGE, "suggested", (table.fingerprint, table.columns), suggest)


def _name(table: Table, what: str) -> str:
    return f"{table.fingerprint[:8]}.{what}"


def _roles(table: Table) -> tuple[str, str, tuple[str, ...]] | None:
    """Score, outcome and the values that mean yes, as chosen or suggested."""
    guessed = _suggested(table)
    score = st.session_state.get(key(PAGE, _name(table, "score")), guessed[0])
    outcome = st.session_state.get(key(PAGE, _name(table, "outcome")), guessed[1])
    if score not in table.columns or outcome not in table.columns:
        return None
    yes = st.session_state.get(key(PAGE, _name(table, f"yes.{table.columns.index(outcome)}")))
    found = tuple(yes) if yes is not None else _probable(_outcomes(table, outcome))
    return (score, outcome, found) if found else None


def _outcomes(table: Table, outcome: str) -> tuple[str, ...]:
    return once(PAGE, "outcomes", (table.fingerprint, outcome), lambda: outcomes(table, outcome), keep=3)


def _probable(values: tuple[str, ...]) -> tuple[str, ...]:
    from aipm.fairness.roles import probable_yes

    return probable_yes(list(values))


def _counted(table: Table, source: Source, score: str, outcome: str, yes: tuple[str, ...]) -> Have:
    asked = (table.fingerprint, score, outcome, yes)
    scores = once(PAGE, "counted", asked, lambda: counted(table, score=score, outcome=outcome, yes=yes), keep=3)
    return Have(scores=scores, key=repr(asked), name=visible(source.name), digest=table.fingerprint)


def _choose(table: Table, source: Source, said: ScoreTexts) -> None:
    """Which columns, which values; then how the file was read."""
    guessed = _suggested(table)
    left, right = st.columns(2, gap="medium")
    for column, label, what, guess in (
        (left, said.score, "score", guessed[0]),
        (right, said.outcome, "outcome", guessed[1]),
    ):
        name = _name(table, what)
        st.session_state.setdefault(key(PAGE, name), guess)
        with column:
            st.selectbox(label, table.columns, index=None, format_func=distinct(table.columns), **kept(PAGE, name))
    outcome = st.session_state[key(PAGE, _name(table, "outcome"))]
    if outcome is not None:
        values = _outcomes(table, outcome)
        name = _name(table, f"yes.{table.columns.index(outcome)}")
        st.session_state.setdefault(key(PAGE, name), list(_probable(values)))
        st.pills(
            said.yes,
            values,
            selection_mode="multi",
            format_func=distinct(values, written=markdown),
            wrap=True,
            help=said.yes_help,
            **kept(PAGE, name),
        )
    roles = _roles(table)
    if roles is None:
        page.draw(page.quiet(said.choose))
        return
    scores = _counted(table, source, *roles).scores
    told = [
        said.read.format(cases=whole(scores.cases), share=share(scores.share_of_yes), left=whole(scores.left_out)),
        said.ranks.format(ranks=share(scores.ranks)),
    ]
    fewest = min(sum(scores.yes), sum(scores.no))
    if scores.ranks < 0.5:
        told.append(said.backwards)
    if fewest < LEAST_EACH:
        told.append(said.few.format(least=whole(fewest)))
    if sum(1 for pair in zip(scores.yes, scores.no, strict=True) if any(pair)) < CROWDED:
        told.append(said.crowded)
    page.draw(notes(told))
