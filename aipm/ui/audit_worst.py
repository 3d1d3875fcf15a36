"""Where is it worst: a search over combinations of columns for the people who fare worst."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct
from aipm.fairness import texts as words
from aipm.fairness.section import Section
from aipm.fairness.worst import Ready, beside_chance, first_metric, ready, search, searchable
from aipm.fairness.worst_columns import Candidates, candidates
from aipm.fairness.worst_cube import MOST_COLUMNS, cube
from aipm.fairness.worst_report import section
from aipm.fairness.worst_spec import SUPPORT, Worst, WorstSpec
from aipm.fairness.worst_texts import worst_texts
from aipm.fairness.worst_words import left_out
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.audit_deeper import PAGE, Asked
from aipm.ui.audit_worst_parts import details, lead, method, picture
from aipm.ui.memo import once
from aipm.ui.state import kept

SHARES = (0.0, 0.005, 0.01, 0.02, 0.05, 0.1)
KEPT = 6


@dataclass(slots=True)
class _Now:
    """What is shown at present, for the report."""

    found: Worst | None = None


def draw(asked: Asked) -> Callable[[int], Section] | None:
    said = worst_texts()
    if asked.spec.label is None and asked.spec.prediction is None and asked.spec.score is None:
        page.draw(page.quiet(said.nothing_to_search))
        return None
    now = _Now()
    _searching(asked, now)
    return None if now.found is None else lambda smallest: _section(now, asked, smallest)


def _section(now: _Now, asked: Asked, smallest: int) -> Section:
    assert now.found is not None
    return section(now.found, asked.spec, smallest)


@st.fragment
def _searching(asked: Asked, now: _Now) -> None:
    said = worst_texts().page
    could = once(PAGE, "deeper.worst.columns", asked.question, lambda: candidates(asked.table, asked.spec))
    columns = _columns(asked, could)
    if not columns:
        page.draw(page.quiet(said.nothing_chosen))
        return
    try:
        on = once(
            PAGE,
            "deeper.worst.cube",
            (*asked.question, columns),
            lambda: ready(cube(asked.table, asked.spec, columns, scale=asked.counts.scale)),
            working=said.working,
            keep=2,
        )
        wanted = _wanted(asked, on, columns, could)
        if wanted is None:
            page.draw(page.quiet(worst_texts().nothing_to_search))
            return
        question = (*asked.question, wanted)
        found = once(
            PAGE,
            "deeper.worst.found",
            question,
            lambda: search(on, wanted, asked.spec),
            working=said.working,
            keep=KEPT,
        )
    except Refusal as refusal:
        page.refused(said.refused, refusal)
        return
    now.found = _shown(asked, on, found, question)
    _folded(asked, now.found)


def _shown(asked: Asked, on: Ready, found: Worst, question: Hashable) -> Worst:
    """The answer and the picture at once, then the answer again with what chance does."""
    place = st.empty()
    with place:
        page.draw(lead(found, asked.spec))
    page.draw(picture(found))
    found = once(
        PAGE,
        "deeper.worst.chance",
        question,
        lambda: beside_chance(on, found, asked.spec),
        working=worst_texts().page.shuffling,
        keep=KEPT,
    )
    with place:
        page.draw(lead(found, asked.spec))
    return found


def _columns(asked: Asked, could: Candidates) -> tuple[str, ...]:
    said = worst_texts().page
    return tuple(
        st.multiselect(
            said.columns.label,
            could.could,
            default=list(could.proposed),
            format_func=distinct(could.could),
            max_selections=MOST_COLUMNS,
            help=said.columns.help,
            **kept(PAGE, f"{asked.token}.worst.columns.{'.'.join(could.could)}"),
        )
    )


def _wanted(asked: Asked, on: Ready, columns: tuple[str, ...], could: Candidates) -> WorstSpec | None:
    """What the person asks for; None where there is nothing to search by."""
    said, named = worst_texts().page, words.texts().metrics
    offered = searchable(on.cube)
    first = first_metric(offered, asked.spec)
    if first is None:
        return None
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        metric = st.selectbox(
            said.metric.label,
            offered,
            index=offered.index(first),
            format_func=lambda name: named[name].name,
            help=said.metric.help,
            **kept(PAGE, f"{asked.token}.worst.metric.{'.'.join(offered)}"),
        )
    with right:
        depth = st.selectbox(
            said.depth.label,
            tuple(said.depth_options),
            index=2,
            format_func=lambda each: said.depth_options[each],
            help=said.depth.help,
            **kept(PAGE, "worst.depth"),
        )
    with st.expander(said.more, icon=":material/tune:"):
        support, share = _support()
        hold_out = False
        if on.cube.clustered:
            page.draw(page.quiet(worst_texts().no_hold_out))
        else:
            hold_out = st.toggle(said.hold_out.label, help=said.hold_out.help, **kept(PAGE, "worst.hold_out"))
        if could.left_out:
            page.draw(page.quiet(said.left_out.format(columns=left_out(could.left_out))))
    return WorstSpec(
        metric=metric, columns=columns, depth=depth or 3, support=support, share=share, hold_out=bool(hold_out)
    )


def _support() -> tuple[int, float]:
    said = worst_texts().page
    left, right = st.columns([1, 1], vertical_alignment="bottom")
    with left:
        support = st.number_input(
            said.support.label,
            min_value=10,
            max_value=1_000_000,
            value=SUPPORT,
            step=10,
            help=said.support.help,
            **kept(PAGE, "worst.support"),
        )
    with right:
        share = st.selectbox(
            said.share.label,
            SHARES,
            format_func=lambda each: number.rate(each) if each else said.share_none,
            help=said.share.help,
            **kept(PAGE, "worst.share"),
        )
    return int(support), float(share or 0.0)


def _folded(asked: Asked, found: Worst) -> None:
    said = worst_texts().page
    for text, icon, part in (
        (said.why, "groups", details(found)),
        (said.method, "function", method(found, asked.spec)),
    ):
        with st.expander(text, icon=f":material/{icon}:"):
            page.draw(part)
    page.draw(page.quiet(worst_texts().limits[0]))
