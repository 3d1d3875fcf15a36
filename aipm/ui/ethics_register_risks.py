"""Risks at a glance: how many at each severity and likelihood, without and with what is done, and which they are."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from aipm.governance.question_bank import STEPS, Step
from aipm.governance.risk_rows import Rating, Row
from aipm.governance.risk_texts import register_texts
from aipm.ui import ethics_register_list, page
from aipm.ui.ethics_register_state import PAGE, Known
from aipm.ui.fragments import LONG, scrolling
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import kept

Cell = tuple[Step, Step]
Cells = Mapping[Cell, tuple[str, ...]]
When = Literal["before", "after"]
WHENS: tuple[When, ...] = ("before", "after")


def draw(now: Known) -> None:
    """The sentence, both tables, and the rows of the number that is pressed."""
    said = register_texts().risks
    rated = [row for row in now.found.rows if row.before and row.after]
    if not rated:
        page.draw(page.quiet(said.empty))
        return
    count = {when: sum(_rating(row, when).level == "high" for row in rated) for when in WHENS}
    sentence = said.sentence_one if len(rated) == 1 else said.sentence
    told = sentence.format(count=len(rated), before=count["before"], after=count["after"])
    page.draw(
        Html(f"<p>{markup(told, limit=LONG)}</p>"),
        Html(
            f'<div class="risk-matrices">{_matrix(now.found.before, said.before, said.caption_before)}'
            f"{_matrix(now.found.after, said.after, said.caption_after)}</div>"
        ),
        page.quiet(said.high_note),
    )
    _press(now)


def _rating(row: Row, when: When) -> Rating:
    rating = row.before if when == "before" else row.after
    assert rating is not None
    return rating


def _matrix(cells: Cells, title: str, caption: str) -> Html:
    """Severity downwards from the gravest, likelihood to the right; each cell says its count and its level."""
    texts = register_texts()
    head = "".join(f'<th scope="col">{markup(texts.likelihoods[each])}</th>' for each in STEPS)
    body = ""
    for severity in reversed(STEPS):
        row = "".join(_cell(cells, severity, likelihood) for likelihood in STEPS)
        body += f'<tr><th scope="row">{markup(texts.severities[severity])}</th>{row}</tr>'
    table = Html(
        f'<table class="risk"><thead><tr><th scope="col">{markup(texts.risks.corner)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
    return Html(f"<section><h3>{markup(title)}</h3>{scrolling(table, label=caption)}</section>")


def _cell(cells: Cells, severity: Step, likelihood: Step) -> str:
    level = Rating(severity=severity, likelihood=likelihood).level
    count = len(cells.get((severity, likelihood), ()))
    word = markup(register_texts().levels[level])
    return f'<td class="{level}"><b>{count or "·"}</b><small>{word}</small></td>'


def _press(now: Known) -> None:
    """The cells that hold something, to press; the rows of the pressed one below."""
    texts = register_texts()
    said = texts.risks
    names = {"before": said.before, "after": said.after}
    when: When | None = st.segmented_control(
        said.switch,
        WHENS,
        format_func=lambda each: names[each],
        default="after",
        required=True,
        label_visibility="collapsed",
        **kept(PAGE, "when"),
    )
    cells: Cells = now.found.before if when == "before" else now.found.after
    options = sorted(cells, key=lambda cell: (-cell[0] * cell[1], -cell[0]))
    chosen: Cell | None = st.pills(
        said.press,
        options,
        format_func=lambda cell: markdown(
            said.cell.format(severity=cell[0], likelihood=cell[1], count=len(cells[cell]))
        ),
        wrap=True,
        **kept(PAGE, f"cell.{when}"),
    )
    if chosen is not None and chosen in cells:
        ethics_register_list.linked([row for row in now.found.rows if row.key in cells[chosen]], now, name="cell")
