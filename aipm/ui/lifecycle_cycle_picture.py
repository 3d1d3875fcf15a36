"""A cycle as a row of stages that can be pressed, with its ways back as arrows below it."""

from collections.abc import Iterator, Sequence
from itertools import count

import streamlit as st

from aipm.ui import address, page
from aipm.ui.fragments import LONG
from aipm.ui.lifecycle_cycle_texts import LoopTexts, TurnText, WayText, cycle_texts
from aipm.ui.safe import Html, markup

PAGE = "lifecycle"
DEPTH, APART = 1.4, 1.2
"""How much deeper each arrow goes, in rem, and how far apart two of them stand, in per cent of the width."""


def row(names: dict[str, str], chosen: str, turns: Sequence[TurnText], *, part: str, name: str) -> None:
    """A button a stage; `name` is what the address calls the stage that is shown."""
    texts = cycle_texts()
    first = next(iter(names))
    page.draw(page.quiet(texts.picture))
    with st.container(key=f"lifecycle-cycle-row-{part}"):
        for place, (column, stage) in enumerate(zip(st.columns(len(names), gap="small"), names, strict=True), start=1):
            with column, st.container(key=f"lifecycle-cycle-{part}-{stage}", gap=None):
                to = None if stage == first else stage
                address.goes(PAGE, names[stage], {name: to}, name=f"cycle.{part}.{stage}", icon=None)
                seen = f'<span class="unseen">{markup(texts.shown)}</span>' if stage == chosen else ""
                here = " here" if stage == chosen else ""
                page.draw(Html(f'<p class="cycle-mark{here}">{place}{seen}</p>'))
    page.draw(_arrows(list(names), names, turns))


def _arrows(order: Sequence[str], names: dict[str, str], turns: Sequence[TurnText]) -> Html:
    """The ways back, each deeper than the one before; numbered as in the list below.

    Arrows that begin or end at the same stage stand a little apart.
    """
    texts = cycle_texts()
    drawn, told = [], []
    for number, turn in enumerate(turns, start=1):
        shift = APART * (number - (len(turns) + 1) / 2)
        start, end = ((order.index(each) + 0.5) * 100 / len(order) for each in (turn.start, turn.end))
        start, end = start + shift, end - shift  # a deeper arrow goes around the one above it
        drawn.append(
            f'<i style="left:{end:.2f}%;width:{start - end:.2f}%;height:{DEPTH * number:.2f}rem"><b>{number}</b></i>'
        )
        told.append(texts.arrow.format(number=number, start=names[turn.start], end=names[turn.end]))
    label, deep = markup(". ".join(told), limit=LONG), DEPTH * len(turns) + 1
    return Html(
        f'<div class="cycle-arrows" role="img" aria-label="{label}" style="height:{deep:.2f}rem">{"".join(drawn)}</div>'
    )


def turns(said: LoopTexts, names: dict[str, str], *, part: str) -> None:
    """The ways back in words, numbered as the arrows are."""
    page.section(said.title, sentence=said.sentence)
    for number, column, turn in zip(count(1), st.columns(len(said.turns)), said.turns, strict=False):
        with column:
            place = f"{names[turn.start]} → {names[turn.end]}"
            page.draw(
                Html(
                    f'<p class="cycle-turn"><b>{number}</b> {markup(place)}</p><h3>{markup(turn.when, limit=LONG)}</h3>'
                    f"<p>{markup(turn.then, limit=LONG)}</p>"
                )
            )
            onward(turn.onward, name=f"{part}.turn.{number}")


def onward(text: WayText, *, name: str) -> None:
    """A link to another page, or a button to another view of this one."""
    if text.page is not None:
        known = {"view": text.view} if text.view else {}
        page.link(text.page, text.text, **known, **text.asks)
        return
    address.goes(
        PAGE,
        text.text,
        {"view": text.view, **text.asks},
        name=f"cycle.{name}",
        icon=":material/arrow_forward:",
        whole=True,
    )


def lists(parts: Sequence[tuple[str, Sequence[str] | str]]) -> Html:
    """Blocks side by side where there is room: a heading each, then a list, or a sentence."""
    return Html(f'<div class="cycle-lists">{"".join(_blocks(parts))}</div>')


def _blocks(parts: Sequence[tuple[str, Sequence[str] | str]]) -> Iterator[str]:
    for title, said in parts:
        if isinstance(said, str):
            body = f"<p>{markup(said, limit=LONG)}</p>"
        else:
            body = f"<ul>{''.join(f'<li>{markup(each, limit=LONG)}</li>' for each in said)}</ul>"
        yield f"<div><h4>{markup(title)}</h4>{body}</div>"
