"""The whole list of tools: those that were renamed, bought or given up, what older lists get wrong, every one."""

from collections.abc import Iterable
from typing import get_args

import streamlit as st

from aipm.governance import stack_words as words
from aipm.governance.stack import StackTool, Status, tools
from aipm.governance.stack_words import AllTexts, ChangedTexts, stack_texts
from aipm.ui import address, page
from aipm.ui.fragments import LONG, notes, scrolling
from aipm.ui.lifecycle_stack_stage import licence, read, state
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "lifecycle"
CHANGED: tuple[Status, ...] = ("retired", "maintenance", "bought", "renamed")


def draw() -> None:
    texts = stack_texts()
    page.section(texts.changed.title, sentence=texts.changed.sentence)
    page.draw(_changed(texts.changed))
    with st.expander(texts.older.title, icon=":material/history:", key=key(PAGE, "stack.older")):
        page.draw(notes(texts.older.lines))
    title = texts.all.title.format(count=len(tools()))
    with st.expander(title, icon=":material/list:", key=key(PAGE, "stack.all")):
        page.draw(page.quiet(texts.all.sentence.format(as_of=texts.as_of)))
        wanted = _filter(texts.all)
        shown = [each for each in tools() if wanted in ("all", each.status)]
        page.draw(_every(shown, texts.all))


def _filter(texts: AllTexts) -> str:
    options = ("all", *get_args(Status))
    wanted = address.asked("state", options, "all")
    st.segmented_control(
        texts.filter,
        options,
        format_func=lambda each: stack_texts().status.get(each, texts.every),
        required=True,
        **address.held(PAGE, "state", wanted, default="all"),
    )
    return wanted


def _changed(texts: ChangedTexts) -> Html:
    """The worst first."""
    rows = []
    for status in CHANGED:
        for tool in tools():
            if tool.status == status:
                told = markup(words.instead(tool) or texts.none)
                rows.append(
                    f'<tr><th scope="row">{markup(tool.name)}</th><td>{state(tool)}</td>'
                    f"<td>{markup(tool.status_why, limit=LONG)}</td><td>{told}</td><td>{read(tool)}</td></tr>"
                )
    names = (texts.columns[name] for name in ("tool", "status", "why", "instead", "source"))
    return _table(names, rows, texts.caption)


def _every(shown: Iterable[StackTool], texts: AllTexts) -> Html:
    said = stack_texts()
    rows = []
    for tool in shown:
        stages = ", ".join(said.stages[each].name for each in tool.stages)
        cells = (
            markup(stages),
            licence(tool),
            markup(words.runs(tool)),
            markup(said.facts.takes[tool.skills]),
            markup(said.facts.costs[tool.cost]),
            Html(f"{state(tool)}<br>{markup(tool.status_why, limit=LONG)}"),
            read(tool),
        )
        body = "".join(f"<td>{each}</td>" for each in cells)
        rows.append(f'<tr><th scope="row">{markup(tool.name)}<br><small>{markup(tool.does)}</small></th>{body}</tr>')
    names = (
        texts.columns[name] for name in ("tool", "stages", "licence", "runs", "skills", "cost", "status", "checked")
    )
    return _table(names, rows, texts.caption.format(count=len(rows)), wide=True)


def _table(names: Iterable[str], rows: Iterable[str], caption: str, *, wide: bool = False) -> Html:
    head = "".join(f'<th scope="col">{markup(name)}</th>' for name in names)
    kind = "stack-table wide" if wide else "stack-table"
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return scrolling(Html(f'<table class="{kind}">{body}</table>'), label=caption)
