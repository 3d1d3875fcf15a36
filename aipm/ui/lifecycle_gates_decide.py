"""The decision at a gate: what a meeting decided, by whom, on what; and what has become of that since."""

import streamlit as st

from aipm.governance import gate_words
from aipm.governance.board import Board, Gate, frozen, stage_texts
from aipm.governance.fields import LONGEST, typed
from aipm.governance.gates import STAGES, Choice, Decision, Gates, Stage, decide
from aipm.ui import address, clock, page
from aipm.ui.fragments import LONG, notes
from aipm.ui.governance_state import form, put
from aipm.ui.lifecycle_gates_texts import gates_texts
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

PAGE = "lifecycle"


def draw(found: Board, stage: Stage) -> None:
    """The form, then the log of this gate."""
    texts, gate = gates_texts().decide, found.gate(stage)
    page.section(texts.title, sentence=texts.sentence)
    _form(gate)
    log = [each for each in reversed(form(Gates).decisions) if each.stage == stage]
    page.draw(Html(f'<h3 class="further">{markup(texts.log)}</h3>'))
    if not log:
        page.draw(page.quiet(texts.log_empty))
    for place, each in enumerate(log):
        _entry(each, gate, place=len(log) - place)
    if gate.behind and gate.decision is not None and stage != STAGES[-1]:
        following = STAGES[STAGES.index(stage) + 1]
        to = texts.next.format(stage=stage_texts()[following].name)
        address.goes(PAGE, to, {"stage": following}, name="gates.next", icon=":material/arrow_forward:")


def _form(gate: Gate) -> None:
    texts, stage = gates_texts().decide, gate.stage
    ready = gate.outcome != "not_yet"
    choices: tuple[Choice, ...] = ("go", "not_yet", "stop") if ready else ("not_yet", "stop")
    if not ready:
        count = len(gate.missing)
        page.draw(page.quiet(texts.not_open_one if count == 1 else texts.not_open.format(count=count)))
    names = {each: key(PAGE, f"gates.decide.{stage}.{each}") for each in ("choice", "by", "note")}
    if st.session_state.get(names["choice"]) not in choices:
        st.session_state.pop(names["choice"], None)

    def take() -> None:
        by, choice = typed(st.session_state[names["by"]]), st.session_state[names["choice"]]
        if by is not None and choice is not None:
            note = typed(st.session_state[names["note"]])
            put(decide(form(Gates), stage, choice, frozen(gate), by=by, note=note, today=clock.today()))
            st.session_state[names["note"]] = ""

    chosen = st.segmented_control(
        texts.choice,
        choices,
        format_func=lambda each: texts.choices[each],
        **kept(PAGE, f"gates.decide.{stage}.choice"),
    )
    left, right = st.columns([1, 2])
    with left:
        by = st.text_input(texts.by, max_chars=LONGEST, **kept(PAGE, f"gates.decide.{stage}.by"))
    with right:
        st.text_input(texts.note, max_chars=LONGEST, **kept(PAGE, f"gates.decide.{stage}.note"))
    st.button(
        texts.button,
        key=key(PAGE, f"gates.decide.{stage}"),
        icon=":material/gavel:",
        on_click=take,
        disabled=chosen is None or not by.strip(),
        help=texts.needs,
    )


def _entry(each: Decision, gate: Gate, *, place: int) -> None:
    """A decision; of the last one, what has become of its evidence."""
    since = gate_words.since(gate) if each == gate.decision else ()
    said = "".join(f"<p>{markup(line, limit=LONG)}</p>" for line in (gate_words.entry(each), each.note or "") if line)
    page.draw(Html(f'<div class="decided">{said}</div>'), notes(since) if since else Html(""))
    texts = gates_texts().decide
    with st.expander(texts.frozen, icon=":material/fingerprint:", key=key(PAGE, f"gates.frozen.{gate.stage}.{place}")):
        page.draw(notes(gate_words.rested_on(each)))
