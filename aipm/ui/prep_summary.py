"""The one sentence on top: is the data ready; and the two choices that everything else depends on."""

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct
from aipm.ui import hand_over, page, prep_state
from aipm.ui.fragments import LONG
from aipm.ui.prep_state import PAGE, of_file
from aipm.ui.prep_texts import counted, prep_page
from aipm.ui.prep_work import Work
from aipm.ui.safe import Html, markup
from aipm.ui.state import key


def verdict(work: Work) -> str:
    """How large the file is, and what stands between it and its use."""
    said, ready = prep_page().summary, work.ready
    size = said.size.format(rows=counted("row", work.profile.rows), columns=counted("column", len(work.table.columns)))
    if not ready.fixes:
        told = said.ready
    else:
        form = said.safe if not ready.decisions else said.mixed if ready.safe else said.decisions
        told = form.format(fixes=counted("fix", ready.fixes), decisions=counted("need", ready.decisions))
    failed = len(work.prepared.failed)
    return " ".join([size, told, *([said.failed.format(steps=counted("step", failed))] if failed else [])])


def summary(work: Work) -> None:
    """The sentence, then the column to predict and the groups to watch."""
    state, said = "open" if work.ready.fixes or work.prepared.failed else "ready", verdict(work)
    hand_over.data_prep(
        said,
        asked=(work.recipe, prep_state.ignored(), dict(prep_state.answered())),
        data=work.opened.table.fingerprint,
        data_name=work.opened.source.name,
        ready=state == "ready",
    )
    page.draw(Html(f'<div class="answer ready is-{state}" role="status"><p>{markup(said, limit=LONG)}</p></div>'))


def choices(work: Work) -> None:
    said = prep_page().summary
    names = work.table.columns
    one, two = st.columns(2)
    target = work.recipe.target
    with one:
        chosen = key(PAGE, f"target.{work.opened.token}.{prep_state.revision()}")
        st.selectbox(
            said.target.label,
            names,
            index=names.index(target) if target in names else None,
            placeholder=said.no_target,
            format_func=distinct(names),
            help=said.target.help,
            key=chosen,
            on_change=lambda: prep_state.aim(st.session_state[chosen]),
        )
    with two:
        watched = key(PAGE, f"group.{work.opened.token}")
        groups = tuple(each.name for each in work.profile.columns if 2 <= each.distinct <= 50)
        group = prep_state.group()
        st.selectbox(
            said.group.label,
            groups,
            index=groups.index(group) if group in groups else None,
            placeholder=said.no_group,
            format_func=distinct(groups),
            help=said.group.help,
            key=watched,
            on_change=lambda: prep_state.hold(of_file("group"), st.session_state[watched]),
        )


def label(work: Work, step: str) -> str:
    """A step of the wizard, with how much is open in it."""
    from aipm.ui.prep_clean import stage_of

    said = prep_page()
    count = work.ready.only(lambda finding: stage_of(finding) == step).fixes
    return said.step_open.format(name=said.steps[step], count=number.count(count)) if count else said.steps[step]
