"""The frame of the wizard: the steps to go back and forth between, the panel of one, the recipe beside it."""

from collections.abc import Mapping
from importlib import import_module

import streamlit as st

from aipm.prep.sample import PrepSample
from aipm.ui import page, prep_history, prep_reopen, prep_summary
from aipm.ui.fragments import Column, notes, table
from aipm.ui.prep_stage import to_audit
from aipm.ui.prep_state import PAGE, STEP, held, hold
from aipm.ui.prep_texts import prep_page
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PARAMETER = "step"
PANELS = ("collect", "clean", "shape", "format", "guard", "take")
"""Each is the `panel` of a module of its own, which is loaded when it is shown."""
FIRST = "clean"


def step() -> str:
    """The step of the wizard that is shown: as the address says, when it says something new."""
    asked = st.query_params.get(PARAMETER)
    if asked in PANELS and asked != held("asked", None):
        st.session_state[STEP] = asked
    hold("asked", asked)
    st.session_state.setdefault(STEP, FIRST)
    found: str = st.session_state[STEP]
    return found


def _left() -> None:
    """Callback: another step was chosen; the address says so."""
    st.query_params[PARAMETER] = st.session_state[STEP]
    hold("asked", st.session_state[STEP])


def steps(work: Work) -> str:
    """The control that goes from step to step."""
    text = prep_page()
    step()
    labels = {name: prep_summary.label(work, name) for name in PANELS}
    chosen = st.segmented_control(
        text.steps_label,
        PANELS,
        format_func=lambda name: reference(labels, name),
        required=True,
        label_visibility="collapsed",
        key=STEP,
        persist_state="session",
        on_change=_left,
    )
    return chosen or FIRST


def reference(labels: Mapping[str, str], name: str) -> str:
    """A label of ours with the count of what is open."""
    return labels[name]


def wizard(work: Work) -> None:
    """All below the account of the file: the sentence, the choices, the steps, the panel, the recipe."""
    prep_summary.summary(work)
    prep_summary.choices(work)
    chosen = steps(work)
    main, side = st.columns([2.1, 1], gap="large")
    with main, st.container(key=key(PAGE, f"panel.{chosen}")):
        prep_history.opened_step(work)
        if chosen != "take":
            prep_reopen.brought(work)
        import_module(f"aipm.ui.prep_{chosen}").panel(work)
    with side, st.container(key=key(PAGE, "side")):
        prep_reopen.earlier(work)
        prep_history.history(work)


def sample(about: PrepSample) -> None:
    """What is in the sample and what was planted: folded away, so that one can look first."""
    text = prep_page()
    page.draw(page.quiet(f"{about.title}. {about.summary} {text.sample_about}"))
    with st.expander(text.sample_planted, icon=":material/science:"):
        columns = [Column(name=text.form.column), Column(name=text.sample_columns)]
        page.draw(
            page.quiet(about.about),
            notes(each.text for each in about.defects),
            Html(f"<h3>{markup(text.sample_finds)}</h3>"),
            notes(about.finds),
            table(columns, list(about.columns.items()), caption=text.sample_columns),
        )


def onwards(*, opened: bool) -> None:
    """The tools after this one; an open file goes along to the bias audit."""
    said = prep_page().next
    page.section(said["title"], sentence=said["sentence"])
    if opened:
        to_audit(said["audit"], name="to_audit.next")
    else:
        page.link("bias_audit", said["audit"])
    page.link("model_scorer", said["scorer"])
