"""The stage-gate board as a picture: six columns, a mark a criterion; a press on a stage shows it below."""

import streamlit as st

from aipm.governance import gate_words
from aipm.governance.board import Board, Gate, stage_texts
from aipm.governance.gates import STATES, Stage, State
from aipm.ui import address, page
from aipm.ui.fragments import LONG, join
from aipm.ui.lifecycle_gates_texts import gates_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "lifecycle"


def draw(found: Board, shown: Stage) -> None:
    """Columns where there is room, rows where there is not."""
    texts = gates_texts()
    page.section(texts.board.title, sentence=texts.board.sentence)
    with st.container(key=key(PAGE, "gates.board").replace(".", "-")):
        for column, gate in zip(st.columns(len(found.gates), gap="small"), found.gates, strict=True):
            with column, st.container(key=f"lifecycle-gate-{gate.stage}{'-shown' if gate.stage == shown else ''}"):
                address.goes(PAGE, stage_texts()[gate.stage].name, {"stage": gate.stage}, name=gate.stage, icon=None)
                page.draw(_column(gate, here=gate.stage == found.current, shown=gate.stage == shown))
    page.draw(legend())


def _column(gate: Gate, *, here: bool, shown: bool) -> Html:
    texts = gates_texts().board
    words = gate_words.gate_words()
    outcome = words.board.outcomes[gate.outcome]
    if gate.outcome == "not_yet" and gate.behind:
        outcome = texts.behind
    place = f'<p class="here">{markup(texts.here)}</p>' if here else ""
    marks = "".join(f'<i class="gate-mark gate-{each.state}"></i>' for each in gate.criteria)
    seen = f'<span class="unseen">{markup(texts.shown)}</span>' if shown else ""
    return Html(
        f'<div class="gate"><p class="outcome">{markup(outcome)}{seen}</p>'
        f'<p class="marks" aria-hidden="true">{marks}</p>'
        f'<p class="counts">{markup(gate_words.counts(gate), limit=LONG)}</p>{place}</div>'
    )


def mark(state: State) -> Html:
    """Sign and word of a state."""
    word = markup(gate_words.gate_words().states[state])
    return Html(f'<span class="gate-state gate-{state}"><i class="gate-mark gate-{state}"></i>{word}</span>')


def legend() -> Html:
    """What each mark stands for."""
    means = gates_texts().means
    rows = (Html(f"<li>{mark(state)}: {markup(means[state], limit=LONG)}</li>") for state in STATES)
    return Html(f'<ul class="gates-legend">{join(rows)}</ul>')
