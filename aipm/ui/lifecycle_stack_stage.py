"""One stage of the short list: a card a tool with its reasons, what was left out, and what an answer costs."""

from collections.abc import Callable

import streamlit as st

from aipm.governance import stack_words as words
from aipm.governance.stack import Part, Pick, Relaxed, Shortlist, StackNeeds, StackTool, Stage, Status
from aipm.governance.stack_words import stack_texts
from aipm.ui import page
from aipm.ui.fragments import LONG, join, notes, outward
from aipm.ui.governance_state import change
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

PAGE = "lifecycle"
SIGNS: dict[Status, str] = {
    "active": "is-within-tolerance",
    "renamed": "is-inconclusive",
    "bought": "is-inconclusive",
    "maintenance": "is-inconclusive",
    "retired": "is-gap",
    "not_checked": "is-not-enough-data",
}


def draw(found: Shortlist, name: Stage) -> None:
    texts, stage = stack_texts(), found.stage(name)
    text = texts.stages[name]
    page.draw(Html(f"<h3>{markup(text.name)}</h3>"), page.quiet(text.question))
    if stage.hidden:
        page.draw(Html(f"<p>{markup(texts.hidden, limit=LONG)}</p>"))
        return
    if stage.picks:
        cards = join(_card(each, found.needs) for each in stage.picks)
        page.draw(Html(f'<ul class="stack-cards">{cards}</ul>'))
    else:
        page.draw(Html(f'<h4 class="small-title">{markup(texts.relax.title)}</h4>'), notes(words.relaxed(stage)))
        with st.container(horizontal=True):
            for place, each in enumerate(stage.relaxed):
                _take_back(each, name=f"{name}.{place}")
    if stage.more:
        names = ", ".join(each.name for each in stage.more)
        page.draw(page.quiet(texts.more.format(tools=names)))
    if lines := words.left_out(stage):
        title = texts.left.title.format(count=len(stage.left))
        with st.expander(title, icon=":material/filter_alt:", key=key(PAGE, f"stack.left.{name}")):
            page.draw(notes(lines))


def state(tool: StackTool) -> Html:
    """Sign and word of a tool's state."""
    word = markup(stack_texts().status[tool.status])
    return Html(f'<span class="verdict {SIGNS[tool.status]}"><span class="sign"></span>{word}</span>')


def read(tool: StackTool) -> Html:
    """How far its state was checked and when, with the way there."""
    return Html(f"{markup(words.checked(tool))}: {outward(tool.source, stack_texts().source)}")


def licence(tool: StackTool) -> Html:
    """Its licence, and whether that was read; the note is what a reader would miss."""
    how = stack_texts().facts.licence_how[tool.licence_checked]
    said = outward(tool.licence_source, how) if tool.licence_source else markup(how, limit=LONG)
    note = f" {markup(tool.licence_note, limit=LONG)}" if tool.licence_note else ""
    return Html(f"{markup(words.licence(tool), limit=LONG)}.{note} <small>({said})</small>")


def _card(pick: Pick, needs: StackNeeds) -> Html:
    texts, tool = stack_texts(), pick.tool
    facts: tuple[tuple[str, Html], ...] = (
        (texts.facts.licence, licence(tool)),
        (texts.facts.runs, markup(words.runs(tool), limit=LONG)),
        (texts.facts.skills, markup(texts.facts.takes[tool.skills])),
        (texts.facts.cost, markup(texts.facts.costs[tool.cost])),
        (texts.facts.status, Html(f"{state(tool)} <small>({read(tool)})</small>")),
    )
    rows = "".join(f"<div><dt>{markup(name)}</dt><dd>{value}</dd></div>" for name, value in facts)
    cautions = words.cautions(pick)
    return Html(
        f'<li><p class="stack-job">{markup(texts.jobs[tool.job])}</p><h4>{markup(tool.name)}</h4>'
        f"<p>{markup(tool.does, limit=LONG)}</p><p>{markup(words.why(pick, needs), limit=LONG)}</p>"
        f"{notes(cautions) if cautions else ''}<dl>{rows}</dl></li>"
    )


def _take_back(each: Relaxed, *, name: str) -> None:
    text = stack_texts().relax.button
    st.button(
        markdown(text.format(parts=words.parts_said(each.parts)), limit=LONG),
        key=key(PAGE, f"stack.relax.{name}"),
        icon=":material/undo:",
        on_click=_without(each.parts),
    )


def _without(parts: tuple[Part, ...]) -> Callable[[], None]:
    return lambda: change(StackNeeds, **dict.fromkeys(parts))
