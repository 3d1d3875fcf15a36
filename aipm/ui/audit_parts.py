"""Parts of the Bias audit page that fold away or are chosen: remarks, intersections, details, the sample."""

from functools import cache

import streamlit as st

from aipm.content import number
from aipm.fairness import texts as words
from aipm.fairness.counts import Counts
from aipm.fairness.report_tables import missingness
from aipm.fairness.result import VerdictKind
from aipm.fairness.samples import Sample
from aipm.fairness.scores import histogram
from aipm.fairness.verdicts import ORDER
from aipm.ui import page
from aipm.ui.audit_findings import Findings, count_table, intersections, metric_matrix, picture
from aipm.ui.audit_texts import AuditPage
from aipm.ui.audit_work import KEPT, Audit
from aipm.ui.fragments import LONG, answer, join, notes
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.spread import SpreadRow, spread
from aipm.ui.state import kept

PAGE = "bias_audit"


def sample(about: Sample, text: AuditPage) -> None:
    """What is in the sample, what was planted, what a good audit finds: folded away, so that one can guess first."""
    page.draw(page.quiet(f"{about.title}. {about.summary} {about.people}"))
    with st.expander(text.sample_planted, icon=":material/science:"):
        page.draw(
            page.quiet(about.about),
            notes(about.planted),
            Html(f"<h3>{markup(text.sample_finds)}</h3>"),
            notes(about.finds),
        )


def remarks(found: Findings) -> None:
    """What to bear in mind, what cannot be answered, and every answer in words."""
    said, result = found.page.answers, found.result
    unanswered = [words.texts().unanswered[code] for code in result.unanswered]
    lines = [*(warning.message for warning in result.warnings), *missingness(result)]
    if lines:
        with st.expander(f"{said['warnings']} ({len(lines)})", icon=":material/info:"):
            page.draw(notes(lines))
    with st.expander(said["all"], icon=":material/list:"):
        page.draw(*(answer(verdict.verdict, verdict.text) for verdict in result.verdicts))
    if unanswered:
        with st.expander(said["cannot"], icon=":material/help:"):
            page.draw(notes(f"{each.title} {each.why}" for each in unanswered))


@st.fragment
def pictures(found: Findings, *, token: str) -> None:
    """One metric of every group as a picture, of single columns and of intersections; at first one with a gap."""
    said, metrics = found.page.picture, found.lead_metrics
    page.section(said["title"])
    gaps = [verdict.metric for verdict in found.result.verdicts if verdict.verdict == "gap"]
    named = words.texts().metrics
    chosen = st.segmented_control(
        said["metric"],
        metrics,
        default=next((each for each in metrics if each in gaps), metrics[0]),
        format_func=lambda name: named[name].name,
        required=True,
        **kept(PAGE, f"{token}.metric.{len(metrics)}"),
    )
    page.draw(picture(found, str(chosen)))
    _crossings(found, str(chosen))


def _crossings(found: Findings, chosen: str) -> None:
    """Intersections of group columns, the worst served first."""
    drawn, count = intersections(found, chosen)
    if drawn is None:
        return
    said = found.page.intersections
    page.section(said["title"], sentence=said["sentence"].format(count=number.count(count)))
    page.draw(drawn)


@st.fragment
def numbers(found: Findings) -> None:
    """Every metric of every group, in the order the person wants."""
    said, named = found.page.matrix, words.texts().metrics
    page.section(said["title"])
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        order = st.selectbox(
            said["order"],
            found.lead_metrics,
            index=None,
            placeholder=said["as_grouped"],
            format_func=lambda name: said["lowest"].format(metric=named[name].name),
            **kept(PAGE, f"order.{len(found.lead_metrics)}"),
        )
    with right:
        every = st.toggle(said["all"], **kept(PAGE, "all_metrics"))
    page.draw(metric_matrix(found, all_metrics=every, order=order))


def details(found: Findings, work: Audit) -> None:
    """The spread of scores, the counts behind every number, and what each number means."""
    said, threshold = found.page, found.result.spec.threshold
    if work.counts.scale is not None:
        with st.expander(said.spread["title"], icon=":material/equalizer:"):
            page.draw(once(PAGE, "spread", work.question, lambda: _spread(work.counts, threshold), keep=KEPT))
    with st.expander(said.counts["title"], icon=":material/table_rows:"):
        page.draw(once(PAGE, "count_table", work.question, lambda: count_table(found), keep=KEPT))
    with st.expander(said.definitions["title"], icon=":material/menu_book:"):
        measured = (*found.estimates[()], *found.result.overall)
        page.draw(_definitions(measured, tuple(said.definitions[name] for name in ("read", "trade", "method"))))


def _spread(counts: Counts, threshold: float | None) -> Html:
    """How scores are spread, a picture a group column."""
    assert counts.scale is not None
    edges, parts = (counts.scale.low, counts.scale.high), []
    for column, shares in histogram(counts).items():
        rows = [SpreadRow(name=words.short(((column, value),)), shares=each) for value, each in shares.items()]
        parts += [Html(f"<h3>{markup(column)}</h3>"), spread(rows, edges=edges, label=column, threshold=threshold)]
    return join(parts)


@cache  # our own texts only: nothing of anybody's file
def _definitions(metrics: tuple[str, ...], titles: tuple[str, ...]) -> Html:
    texts = words.texts()
    parts = [
        Html(
            f"<h3>{markup(text.name)}</h3><p>{markup(text.definition, limit=LONG)} "
            f"{markup(text.formula, limit=LONG)}.</p><p class='quiet'>{markup(text.caution, limit=LONG)}</p>"
        )
        for name, text in texts.metrics.items()
        if name in metrics
    ]
    for title, lines in zip(titles, (texts.how_to_read, texts.trade_offs, texts.method), strict=True):
        parts += [Html(f"<h3>{markup(title)}</h3>"), notes(lines)]
    return join([*parts, page.quiet(texts.disclaimer)])


def advice(found: Findings) -> str:
    """What to do next, by the worst verdict there is."""
    kinds = {verdict.verdict for verdict in found.result.verdicts}
    worst: VerdictKind = next((kind for kind in ORDER if kind in kinds), "not_computable")
    return " ".join(words.texts().verdicts[worst].next)
