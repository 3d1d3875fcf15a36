"""The part "Register" of the Ethics page: where it stands, then the questions, the risks, the tasks or the files."""

import streamlit as st

from aipm.governance.risk_rows import BLOCKS
from aipm.governance.risk_said import gate_said, name_of
from aipm.governance.risk_texts import register_texts
from aipm.ui import (
    address,
    ethics_register_list,
    ethics_register_out,
    ethics_register_risks,
    ethics_register_tasks,
    page,
)
from aipm.ui.ethics_register_state import PAGE, Known, address_of, known, open_row
from aipm.ui.fragments import LONG, facts
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

GATES = {"not_begun": "not-enough-data", "not_ready": "gap", "ready_with_rest": "within-tolerance"}
MOST_BLOCKS = 8


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, now = register_texts(), known()
    page.draw(_answer(now), _counts(now))
    _blocks(now)
    parts = tuple(texts.parts)
    part = address.asked("part", parts, parts[0])
    st.segmented_control(
        texts.label,
        parts,
        format_func=lambda each: texts.parts[each],
        required=True,
        label_visibility="collapsed",
        **address.held(PAGE, "part", part, default=parts[0]),
    )
    match part:
        case "work":
            ethics_register_list.draw(now)
        case "risks":
            ethics_register_risks.draw(now)
        case "tasks":
            ethics_register_tasks.draw(now)
        case "out":
            ethics_register_out.draw(now)


def _answer(now: Known) -> Html:
    """Whether one may go on, and why not."""
    text = register_texts().gate
    gate = now.found.gate
    said = gate_said(now.found, bank=now.bank, asked=len(now.applies))
    verdict = f"is-{GATES.get(gate, 'within-tolerance')}"
    word = f'<span class="verdict {verdict}"><span class="sign"></span>{markup(text.names[gate])}</span>'
    return Html(
        f'<div class="answer {verdict}">{word}<p>{markup(said, limit=LONG)}</p>'
        f"<p>{markup(text.detail, limit=LONG)}</p></div>"
    )


def _counts(now: Known) -> Html:
    texts = register_texts()
    pairs = [(texts.states[state], str(count)) for state, count in now.found.counts.items() if count]
    if now.found.overdue:
        pairs.append((texts.overdue_name, str(now.found.overdue)))
    if now.found.removed:
        pairs.append((texts.removed_name, str(len(now.found.removed))))
    return facts(pairs) if now.found.gate != "not_begun" else Html("")


def _blocks(now: Known) -> None:
    """The severe items that are not settled, each with the way to it."""
    text = register_texts().gate
    rows = {row.key: row for row in now.found.rows}
    held = [rows[each] for block in reversed(BLOCKS) for each in now.found.blocks[block]]
    if now.found.gate != "not_ready" or not held:
        return
    with st.expander(text.list.format(count=len(held))):
        for row in held[:MOST_BLOCKS]:
            st.button(
                markdown(name_of(row), limit=LONG),
                key=key(PAGE, f"block.{row.key}"),
                type="tertiary",
                icon=":material/arrow_forward:",
                on_click=open_row,
                args=(address_of(row),),
            )
        if len(held) > MOST_BLOCKS:
            page.draw(page.quiet(text.more.format(count=len(held) - MOST_BLOCKS)))
