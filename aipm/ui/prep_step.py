"""A step being put together: its form, what it does as it stands, and the button that takes it."""

from collections.abc import Callable, Sequence

import streamlit as st

from aipm.content.visible import visible
from aipm.prep.operation_texts import operation_texts
from aipm.prep.operations import operations
from aipm.prep.recipe import Step
from aipm.tables import Refusal
from aipm.ui import page, prep_preview
from aipm.ui.prep_form import Draft, form
from aipm.ui.prep_formula import marked, place_in
from aipm.ui.prep_state import PAGE, revision
from aipm.ui.prep_texts import prep_page
from aipm.ui.prep_work import Work, columns_at, top_values, tried
from aipm.ui.state import key


def compose(
    work: Work,
    choices: Sequence[str],
    *,
    name: str,
    take: Callable[[Step], None],
    start: Step | None = None,
    instead_of: str | None = None,
    label: str = "",
    cancel: Callable[[], None] | None = None,
) -> None:
    """Choose among operations, fill in the form, look at the preview, take the step.

    `take` is called with the step when the button is pressed. `start` fills the form; `instead_of` is the step of the
    recipe that it would replace. `name` tells forms on the page apart; without `cancel` there is no way out.
    """
    said = prep_page().form
    op = choices[0]
    if len(choices) > 1:
        op = st.selectbox(
            said.operation,
            tuple(choices),
            index=choices.index(start.op) if start and start.op in choices else 0,
            format_func=lambda each: visible(operation_texts()[each].name),
            key=key(PAGE, f"form.{name}.{revision()}.operation"),
        )
    about = operation_texts()[op]
    page.draw(page.quiet(f"{about.does} {about.when}"))
    columns = columns_at(work, instead_of)
    wanted = start.columns if start else ()
    draft = form(op, columns, name=name, start=start, values=top_values(work, wanted))
    page.draw(page.quiet(said.costs.format(costs=about.costs)))
    ready = _shown(draft, work, name=name, instead_of=instead_of)
    with st.container(horizontal=True):
        st.button(
            label or (said.save if instead_of else said.add),
            type="primary" if ready else "secondary",
            disabled=not ready,
            key=key(PAGE, f"form.{name}.take"),
            on_click=take,
            args=(draft.step,),
        )
        if cancel is not None:
            st.button(said.cancel, key=key(PAGE, f"form.{name}.cancel"), on_click=cancel)


def _lacking(step: Step, problem: Refusal) -> str:
    """What a step still needs, under the names that the form has for it."""
    said, about = prep_page().form, operation_texts()[step.op]
    if len(step.columns) < operations()[step.op].least_columns:
        return said.which.format(columns=about.columns)
    setting, _, what = (problem.message.partition(": ")[2] or problem.message).partition(": ")
    name = setting.partition(".")[0].partition("[")[0]
    if name not in about.params:
        return f"{said.not_yet}: {problem.message.partition(': ')[2] or problem.message}"
    given = step.params.get(name)
    label = about.params[name].label
    return f"{said.not_yet}: {label}" if given in (None, "", [], {}) else f"{label}: {what}"


def _shown(draft: Draft, work: Work, *, name: str, instead_of: str | None) -> bool:
    """Draw what the step does, or what is missing; whether it can be taken."""
    said = prep_page()
    problem = draft.problem
    if problem is not None:
        page.draw(page.quiet(_lacking(draft.step, problem)))
        return False
    heavy = draft.step.op in said.form.heavy_operations or draft.step.params.get("method") == "isolation_forest"
    if heavy:
        page.draw(page.quiet(said.form.heavy))
        if not st.button(said.form.preview, key=key(PAGE, f"form.{name}.preview")):
            return True
    found = tried(draft.step, work, instead_of=instead_of)
    st.markdown(f"**{said.preview.title}**")
    formula = draft.step.params.get("expression") or draft.step.params.get("condition")
    if found.preview is None and formula and (place := place_in(found.report.message)) is not None:
        page.draw(marked(str(formula), place))
    prep_preview.draw(found, name=name)
    return found.preview is not None
