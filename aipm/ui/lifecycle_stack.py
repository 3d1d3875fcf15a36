"""The part "Tools" of the Lifecycle page: what is needed, a short list a stage, and where it rests on."""

from collections.abc import Callable
from typing import Any, get_args, get_type_hints

import streamlit as st

from aipm.content.document import html, markdown
from aipm.governance import stack_export
from aipm.governance import stack_words as words
from aipm.governance.product import Product
from aipm.governance.stack import STAGES, Part, Shortlist, StackNeeds, Stage, shortlist
from aipm.governance.stack_words import StackTexts, stack_texts
from aipm.ui import address, clock, download, lifecycle_stack_all, lifecycle_stack_stage, page
from aipm.ui.fragments import LONG, notes, scrolling
from aipm.ui.governance_fields import choice
from aipm.ui.governance_state import change, form, put
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

PAGE = "lifecycle"
ROWS: tuple[tuple[Part, ...], ...] = (
    ("approach",),
    ("place",),
    ("skills", "licence"),
    ("budget", "volume"),
    ("regulated",),
)
FIRST: Stage = "deployment"
"""The stage looked at where the address names none."""


def draw() -> None:
    """Draw the part below the choice of views."""
    texts, needs = stack_texts(), form(StackNeeds)
    found = shortlist(needs)
    page.section(texts.title, sentence=texts.sentence)
    page.draw(_answer(found))
    _form(needs, texts)
    if found.clashes:
        page.draw(Html(f"<h3>{markup(texts.clashes.title)}</h3>"), notes(words.clashes(found)))
    page.section(texts.glance.title, sentence=texts.glance.sentence)
    page.draw(_glance(found, texts))
    stage = address.asked("step", STAGES, FIRST)
    st.segmented_control(
        texts.glance.closer,
        STAGES,
        format_func=lambda each: texts.stages[each].name,
        required=True,
        **address.held(PAGE, "step", stage, default=FIRST),
    )
    lifecycle_stack_stage.draw(found, stage)
    _take_along(found, texts)
    lifecycle_stack_all.draw()


def _answer(found: Shortlist) -> Html:
    lead, *more = words.answer(found)
    gaps = any(not each.picks and not each.hidden for each in found.stages)
    sign = "is-inconclusive" if gaps or found.clashes else "is-within-tolerance" if found.answered else ""
    told = "".join(f"<p>{markup(each, limit=LONG)}</p>" for each in more)
    return Html(f'<div class="answer {sign}" role="status"><p>{markup(lead, limit=LONG)}</p>{told}</div>')


def _form(needs: StackNeeds, texts: StackTexts) -> None:
    page.draw(Html(f"<h3>{markup(texts.form.title)}</h3>"))
    with st.container(key=key(PAGE, "stack.form").replace(".", "-")):
        for row in ROWS:
            for place, part in zip(st.columns(len(row)), row, strict=True):
                with place:
                    _field(part, needs, texts)
    if needs != StackNeeds():
        st.button(
            texts.form.clear,
            key=key(PAGE, "stack.clear"),
            type="tertiary",
            icon=":material/backspace:",
            on_click=put,
            args=(StackNeeds(),),
        )


def _field(part: Part, needs: StackNeeds, texts: StackTexts) -> None:
    said = texts.form.fields[part]
    choice(
        said.label,
        _options(part),
        name=f"stack.{part}",
        value=getattr(needs, part),
        put=_gives(part),
        words=lambda each: texts.form.options[part][each],
        help=said.help,
    )


def _options(part: Part) -> tuple[str, ...]:
    """The answers that there are to a question, as its type names them."""
    literal, _none = get_args(get_type_hints(StackNeeds)[part])
    return get_args(literal)


def _gives(part: Part) -> Callable[[Any], None]:
    return lambda value: change(StackNeeds, **{part: value})


def _glance(found: Shortlist, texts: StackTexts) -> Html:
    """A row a stage, its tools as far as there are any."""
    rows = []
    for each in found.stages:
        names = "".join(f"<li>{markup(pick.tool.name)}</li>" for pick in each.picks)
        if each.hidden:
            cell = f'<span class="quiet">{markup(texts.glance.hidden)}</span>'
        elif names:
            cell = f'<ul class="stack-names">{names}</ul>'
        else:
            cell = (
                f'<span class="is-inconclusive verdict"><span class="sign"></span>{markup(texts.glance.nothing)}</span>'
            )
        name = texts.stages[each.stage].name
        rows.append(f'<tr><th scope="row">{markup(name)}</th><td>{cell}</td></tr>')
    head = "".join(f'<th scope="col">{markup(texts.glance.columns[name])}</th>' for name in ("stage", "tools"))
    table = Html(f'<table class="stack-glance"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>')
    return scrolling(table, label=texts.glance.caption)


def _take_along(found: Shortlist, texts: StackTexts) -> None:
    product = form(Product)
    page.draw(Html(f"<h3>{markup(texts.take.title)}</h3>"))
    kinds: dict[str, tuple[str, str, str, Callable[[], bytes]]] = {
        "markdown": (
            texts.take.markdown,
            ".md",
            "text/markdown",
            lambda: markdown(stack_export.document(found, product=product)).encode(),
        ),
        "html": (
            texts.take.html,
            ".html",
            "text/html",
            lambda: html(stack_export.document(found, product=product), generated=clock.now()).encode(),
        ),
        "csv": (texts.take.csv, ".csv", "text/csv", lambda: stack_export.csv(found).encode("utf-8-sig")),
    }
    with st.container(horizontal=True):
        for kind, (text, suffix, mime, make) in kinds.items():
            download.button(
                text,
                make,
                page=PAGE,
                name=f"stack.take.{kind}",
                after=product.name or "tools",
                suffix=f"-tools{suffix}",
                mime=mime,
            )
