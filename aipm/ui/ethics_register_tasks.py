"""What is to be done, by day, and who has how much of it."""

import streamlit as st

from aipm.content import number
from aipm.governance.risk import Task
from aipm.governance.risk_said import name_of
from aipm.governance.risk_texts import register_texts
from aipm.ui import page
from aipm.ui.clock import today
from aipm.ui.ethics_register_state import PAGE, Known, address_of, open_row
from aipm.ui.fragments import LONG, Column, table
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

AT_ONCE = 20


def draw(now: Known) -> None:
    """The tasks as rows with the way to their form, then a table by owner."""
    texts = register_texts()
    said, tasks = texts.tasks, now.found.tasks
    if not tasks:
        page.draw(page.quiet(said.empty))
        return
    late = sum(task.overdue for task in tasks)
    sentence = said.sentence_one if len(tasks) == 1 else said.sentence
    page.draw(Html(f"<p>{markup(sentence.format(count=len(tasks), overdue=late), limit=LONG)}</p>"))
    for place, task in enumerate(tasks[:AT_ONCE]):
        with st.container(key=f"risk-line-task-{place}", horizontal=True):
            page.draw(_task(task))
            st.button(
                texts.work.open,
                key=key(PAGE, f"task.{place}"),
                on_click=open_row,
                args=(address_of(task.row),),
            )
    if len(tasks) > AT_ONCE:
        page.draw(page.quiet(said.rest.format(count=len(tasks) - AT_ONCE)))
    columns = said.load_columns
    page.draw(
        Html(f"<h3>{markup(said.loads_title)}</h3>"),
        table(
            (
                Column(name=columns["owner"]),
                *(Column(name=columns[each], number=True) for each in ("tasks", "severe", "overdue")),
            ),
            [
                (load.owner or said.no_owner, *map(number.count, (load.tasks, load.severe, load.overdue)))
                for load in now.found.loads
            ],
            caption=said.loads_caption,
        ),
    )


def _task(task: Task) -> Html:
    """What to do, about what, who, by when; how late it is in words."""
    texts = register_texts()
    said = texts.tasks
    due = task.due.isoformat() if task.due else said.no_due
    if task.overdue and task.due:
        days = (today() - task.due).days
        due = f"{due}, {said.day_over if days == 1 else said.days_over.format(days=days)}"
    late = " is-gap" if task.overdue else ""
    who = markup(task.owner or said.no_owner)
    severe = f'<span class="severe">{markup(texts.severe)}</span>' if task.row.severe else ""
    return Html(
        f'<div class="register-row"><p><b>{markup(said.kinds[task.kind])}</b> {severe}</p>'
        f'<p class="what">{markup(name_of(task.row), limit=LONG)}</p>'
        f'<p class="quiet">{who} · <span class="due{late}">{markup(due)}</span></p></div>'
    )
