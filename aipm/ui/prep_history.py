"""The recipe as it stands: its steps in order, each to switch, change, move or remove; undo, redo; a mended order."""

import streamlit as st

from aipm.content import number
from aipm.prep.operations import operations
from aipm.prep.order import mended, misplaced
from aipm.prep.prepared import StepReport
from aipm.prep.recipe import Step
from aipm.ui import page, prep_preview, prep_state
from aipm.ui.fragments import LONG
from aipm.ui.prep_state import PAGE
from aipm.ui.prep_step import compose
from aipm.ui.prep_texts import counted, prep_page, sentence
from aipm.ui.prep_work import Work, tried
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key


def history(work: Work) -> None:
    """The side column."""
    said = prep_page().history
    steps = work.recipe.steps
    with st.expander(
        said.title.format(steps=markdown(counted("step", len(steps)))), expanded=True, icon=":material/history:"
    ):
        with st.container(horizontal=True):
            st.button(
                said.undo,
                key=key(PAGE, "undo"),
                icon=":material/undo:",
                disabled=not work.history.can_undo,
                on_click=prep_state.undo,
            )
            st.button(
                said.redo,
                key=key(PAGE, "redo"),
                icon=":material/redo:",
                disabled=not work.history.can_redo,
                on_click=prep_state.redo,
            )
        if not steps:
            page.draw(page.quiet(said.empty))
        _order(work)
        reports = {report.id: report for report in work.prepared.steps}
        for place, step in enumerate(steps):
            _step(step, place, len(steps), reports.get(step.id))


def _order(work: Work) -> None:
    said = prep_page().history
    wrong = misplaced(work.recipe, operations())
    if not wrong:
        return
    page.draw(page.quiet(said.order.format(count=counted("step", len(wrong)))))
    if mended(work.recipe, operations()) != work.recipe:
        st.button(said.mend, key=key(PAGE, "mend"), type="primary", icon=":material/sort:", on_click=prep_state.mend)


def _step(step: Step, place: int, count: int, report: StepReport | None) -> None:
    said = prep_page().history
    status = report.status if report else "skipped"
    with st.container(key=key(PAGE, f"step.{place}.{status}"), gap=None):
        switch = key(PAGE, f"on.{prep_state.revision()}.{step.id}")
        st.checkbox(
            f"{number.count(place + 1)}. {markdown(sentence(step), limit=400)}",
            value=step.enabled,
            key=switch,
            on_change=prep_state.toggle,
            args=(step.id,),
        )
        told = said.switched_off if not step.enabled else report.message if report else ""
        before = f"{said.failed}: " if status in ("failed", "out_of_order") else ""
        why = f" {step.reason}" if step.reason else ""
        actions = [name for name in said.actions if (name != "up" or place) and (name != "down" or place < count - 1)]
        menu = key(PAGE, f"menu.{prep_state.revision()}.{step.id}")
        with st.container(horizontal=True, vertical_alignment="top", wrap=False):
            page.draw(Html(f'<p class="told is-{status}">{markup(before + told + why, limit=LONG)}</p>'))
            st.menu_button(
                said.menu.format(number=number.count(place + 1)),
                actions,
                format_func=lambda name: said.actions[name],
                key=menu,
                type="tertiary",
                on_click=_chosen,
                args=(menu, step.id),
            )


def _chosen(menu: str, name: str) -> None:
    """Callback: something was chosen for a step."""
    match st.session_state[menu]:
        case "up":
            prep_state.move(name, -1)
        case "down":
            prep_state.move(name, 1)
        case "remove":
            prep_state.remove(name)
        case "edit" | "look" as wanted:
            prep_state.do(f"{wanted} {name}")


def opened_step(work: Work) -> None:
    """The step that is being changed or looked at, above the panel."""
    said = prep_page().history
    doing = prep_state.doing() or ""
    wanted, _, name = doing.partition(" ")
    place = next((k for k, step in enumerate(work.recipe.steps) if step.id == name), None)
    if wanted not in ("edit", "look") or place is None:
        return
    step = work.recipe.steps[place]
    with st.container(border=True, key=key(PAGE, "opened_step")):
        title = said.editing if wanted == "edit" else said.looking
        page.draw(Html(f"<h3>{markup(title.format(number=place + 1))}</h3>"))
        if wanted == "look":
            page.draw(page.quiet(sentence(step)))
            prep_preview.draw(tried(step, work, instead_of=step.id), name="look")
            st.button(said.close, key=key(PAGE, "close"), on_click=prep_state.do, args=(None,))
            return
        alternatives = prep_page().clean.alternatives.get(step.op, (step.op,))
        compose(
            work,
            tuple(dict.fromkeys((step.op, *alternatives))),
            name=f"edit.{place}",
            start=step,
            instead_of=step.id,
            take=lambda changed: prep_state.edit(name, changed),
            cancel=lambda: prep_state.do(None),
        )
