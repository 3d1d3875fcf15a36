"""The whole list of tools: those that were renamed, bought or given up, what older lists get wrong, every one."""

from collections.abc import Iterable
from typing import get_args

import streamlit as st

from aipm.governance import stack_words as words
from aipm.governance.stack import StackTool, Status, tools
from aipm.governance.stack_words import AllTexts, ChangedTexts, stack_texts
from aipm.ui import address, page
from aipm.ui.fragments import LONG, notes
from aipm.ui.lifecycle_stack_stage import licence, read, state
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "lifecycle"
OPTIONS: tuple[str, ...] = ("all", *get_args(Status))
CHANGED: tuple[Status, ...] = ("retired", "maintenance", "bought", "renamed")


def draw() -> None:
    texts = stack_texts()
    page.section(texts.changed.title, sentence=texts.changed.sentence)
    page.draw(_changed(texts.changed))
    with st.expander(texts.older.title, icon=":material/history:", key=key(PAGE, "stack.older")):
        page.draw(notes(texts.older.lines))
    _long(texts.all)


def _long(texts: AllTexts) -> None:
    """Every tool; drawn only where the fold is open, as it is long."""
    wanted = address.asked("state", OPTIONS, OPTIONS[0])
    title = texts.title.format(count=len(tools()))
    fold = st.expander(
        title,
        icon=":material/list:",
        key=key(PAGE, "stack.all"),
        expanded=wanted != OPTIONS[0],
        on_change="rerun",
    )
    if fold.open:
        with fold:
            page.draw(page.quiet(texts.sentence.format(as_of=stack_texts().as_of)))
            _filter(wanted, texts)
            page.draw(_every([each for each in tools() if wanted in (OPTIONS[0], each.status)], texts))


def _filter(wanted: str, texts: AllTexts) -> None:
    said: dict[str, str] = {OPTIONS[0]: texts.every} | {str(each): word for each, word in stack_texts().status.items()}
    st.segmented_control(
        texts.filter,
        OPTIONS,
        format_func=lambda each: said[each],
        required=True,
        **address.held(PAGE, "state", wanted, default=OPTIONS[0]),
    )


def _changed(texts: ChangedTexts) -> Html:
    """The worst first: what happened to it, and what to take instead."""
    rows = []
    for tool in sorted(
        (each for each in tools() if each.status in CHANGED), key=lambda each: CHANGED.index(each.status)
    ):
        names = words.instead(tool)
        told = f" {markup(texts.instead.format(tools=names), limit=LONG)}" if names else ""
        rows.append(
            f"<li><p><b>{markup(tool.name)}</b><br>{state(tool)}</p>"
            f"<p>{markup(tool.status_why, limit=LONG)}{told}</p><p><small>{read(tool)}</small></p></li>"
        )
    return Html(f'<ul class="stack-changed">{"".join(rows)}</ul>')


def _every(shown: Iterable[StackTool], texts: AllTexts) -> Html:
    said = stack_texts()
    items = []
    for tool in shown:
        stages = ", ".join(said.stages[each].name for each in tool.stages)
        line = texts.line.format(
            runs=words.runs(tool), skills=said.facts.takes[tool.skills], cost=said.facts.costs[tool.cost]
        )
        items.append(
            f'<li><p class="stack-job">{markup(stages)}</p><h4>{markup(tool.name)}</h4>'
            f"<p>{markup(tool.does, limit=LONG)}</p><p>{licence(tool)} {markup(line, limit=LONG)}</p>"
            f"<p>{state(tool)}. {markup(tool.status_why, limit=LONG)} <small>({read(tool)})</small></p></li>"
        )
    count = markup(texts.caption.format(count=len(items)))
    return Html(f'<p class="quiet" role="status">{count}</p><ul class="stack-cards small">{"".join(items)}</ul>')
