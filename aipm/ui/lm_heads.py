"""The heads of the real encoder on somebody's own sentence: one as a map and in words, all of them at a glance."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from aipm.labs.attention import habits, strongest
from aipm.ui import page
from aipm.ui.address import put
from aipm.ui.fragments import LONG, notes, scrolling
from aipm.ui.lm_address import PAGE, held, whole
from aipm.ui.lm_attention_texts import AttentionTexts, RealTexts
from aipm.ui.lm_pieces import paragraphs
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import kept, key

LAYERS, HEADS = 6, 12
MOST_CHARACTERS = 200
MOST_TOKENS = 40
LINKS = 6
LEAST = 0.1
"""Shares below are drawn without a number."""


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """The tokens of a sentence and the shares: [layer][head][looking][looked at]."""

    texts: tuple[str, ...]
    weights: Any


def draw(texts: AttentionTexts) -> None:
    said = texts.real
    page.section(said.title, sentence=said.sentence)
    box = kept(PAGE, "attention.text")
    st.session_state.setdefault(box["key"], said.start)
    typed: str = st.text_input(said.label, max_chars=MOST_CHARACTERS, **box)
    if not typed.strip():
        page.draw(page.quiet(said.empty))
        return
    found = once(PAGE, "attention.heads", typed, lambda: _heads(typed[:MOST_CHARACTERS]), keep=2)
    layer = whole("layer", low=1, high=LAYERS, default=4)
    head = whole("head", low=1, high=HEADS, default=2)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said.try_label, width="content")
        for name, each in said.tries.items():
            st.button(
                each.name,
                key=key(PAGE, f"head.{name}"),
                on_click=put,
                kwargs={"layer": str(each.layer), "head": str(each.head)},
            )
    left, right = st.columns(2)
    with left:
        st.slider(said.layer, 1, LAYERS, **held("layer", layer, default=4))
    with right:
        st.slider(said.head, 1, HEADS, **held("head", head, default=2))
    page.draw(_map(said, found, layer=layer, head=head))
    page.draw(_grid(said, found, layer=layer, head=head))
    page.draw(Html(f'<h3 class="apart">{markup(texts.caution["title"])}</h3>'), paragraphs((texts.caution["text"],)))


def _heads(text: str) -> Heads:
    from aipm import encoder

    found = encoder.attention(text)
    return Heads(found.tokens.texts, found.weights)


def _map(said: RealTexts, found: Heads, *, layer: int, head: int) -> Html:
    shares: list[list[float]] = found.weights[layer - 1, head - 1].tolist()
    last = len(shares) - 1
    marks = frozenset((0, last))
    links = [
        said.link.format(
            looking=found.texts[each.looking], looked_at=found.texts[each.looked_at], share=f"{each.share:.0%}"
        )
        for each in strongest(shares, most=LINKS, skip=marks)
    ]
    shown = range(min(len(shares), MOST_TOKENS))
    heads = "".join(f'<th scope="col"><span>{markup(found.texts[place])}</span></th>' for place in shown)
    rows = "".join(
        f'<tr><th scope="row">{markup(found.texts[here])}</th>'
        + "".join(_cell(shares[here][there]) for there in shown)
        + "</tr>"
        for here in shown
    )
    caption = said.caption.format(layer=layer, head=head, least=f"{LEAST:.0%}")
    parked = sum(shares[here][0] + shares[here][last] for here in range(1, last)) / max(1, last - 1)
    long = page.quiet(said.long.format(most=MOST_TOKENS)) if len(shares) > MOST_TOKENS else ""
    table = Html(f'<table class="looks"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>')
    return Html(
        f"{scrolling(table, label=caption)}{long}"
        f'<h3 class="apart">{markup(said.strongest)}</h3>{notes(links)}'
        f'<p class="quiet">{markup(said.marks.format(share=f"{parked:.0%}"), limit=LONG)}</p>'
    )


def _cell(share: float) -> str:
    number = f"{share * 100:.0f}" if share >= LEAST else ""
    return f'<td style="--share:{share * 100:.0f}%">{number}</td>'


def _grid(said: RealTexts, found: Heads, *, layer: int, head: int) -> Html:
    """Six rows of twelve: the sign of what a head does most, on a ground the darker the more."""
    rows = []
    for here in range(LAYERS):
        cells = []
        for there in range(HEADS):
            does = habits(found.weights[here, there].tolist())
            most = max(does, key=lambda habit: does[habit])
            chosen = ' class="chosen"' if (here + 1, there + 1) == (layer, head) else ""
            sign, name = markup(said.habits[most].sign), markup(said.habits[most].name)
            cells.append(
                f'<td{chosen} style="--share:{does[most] * 100:.0f}%" title="{name}">'
                f'<span aria-hidden="true">{sign}</span><span class="unseen">{name}</span></td>'
            )
        row = markup(said.layer_row.format(layer=here + 1))
        rows.append(f'<tr><th scope="row">{row}</th>{"".join(cells)}</tr>')
    heads = "".join(f'<th scope="col">{markup(said.head_column.format(head=there + 1))}</th>' for there in range(HEADS))
    legend = "".join(
        f"<li>{markup(said.legend.format(sign=each.sign, name=each.name))}</li>" for each in said.habits.values()
    )
    table = Html(
        f'<table class="looks grid"><thead><tr><td></td>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )
    return Html(
        f'<h3 class="apart">{markup(said.grid_title)}</h3>{scrolling(table, label=said.grid)}'
        f'<ul class="legend quiet">{legend}</ul>'
    )
