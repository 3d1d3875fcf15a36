"""The toy of reinforcement learning: a robot, a reward, and what it learns to do for it."""

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from aipm.content import number
from aipm.content.palette import ACCENT
from aipm.labs import gridworld
from aipm.labs.gridworld import AFTER, DOCK, SHELF, STAIRS, START, Learned, Seen, Square, Walk, World
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import LONG, facts
from aipm.ui.landscape_address import PAGE, asked, held
from aipm.ui.landscape_texts import LabTexts
from aipm.ui.safe import Html, markdown, markup, plotly
from aipm.ui.state import key

ARROWS = ("↑", "→", "↓", "←")
WORDS = ("up", "right", "down", "left")
STRONGEST = 55
"""Per cent of the mark's colour in the best and the worst square; text on it stays readable on both pages."""
LATEST = 100
BARS = 20


def figures() -> dict[str, str]:
    return {}


def first(text: LabTexts) -> None:
    """The world before anything is learned, without the bonus."""
    if st.session_state.get(key(PAGE, "guessed.reinforcement")) is None:
        world = gridworld.warehouse(step=-0.1, bonus=0.0, slip=0.0)
        page.draw(page.quiet(text.says["first"]), _world(world, None, text, alt=text.says["first"]))


def draw(text: LabTexts) -> None:
    says = text.says
    page.draw(page.quiet(says["follow"]))
    world, after = _settings(text)
    learned = gridworld.learn(world)
    seen = next(each for each in learned.seen if each.after == after)
    story = _story(seen.walk)
    told = says[story].format(after=f"{after:,}", steps=len(seen.walk.squares) - 1)
    title = says["title"].format(after=f"{after:,}")
    kind = {"reached": "within-tolerance", "fell": "gap", "round": "gap"}.get(story, "inconclusive")
    best = gridworld.walk(world, gridworld.best_worth(world))
    latest = slice(max(after - LATEST, 0), after)
    count = min(after or LATEST, LATEST)
    page.draw(
        Html(f'<div class="answer is-{kind}" role="status"><p>{markup(told, limit=LONG)}</p></div>'),
        Html(f'<h3 class="apart">{markup(title)}</h3>'),
        _world(world, seen, text, alt=_alt(world, seen, told, says)),
        page.quiet(says["caption"]),
        facts(
            (
                (says["earned"].format(count=count), _average(learned.totals[latest], says)),
                (says["delivered"].format(count=count), _delivered(learned.ended[latest], says)),
                (says["pays"], says[f"pays_{_story(best)}"]),
            )
        ),
    )
    if after:
        _curve(learned, after, says)
    page.draw(page.quiet(says["made"]))


def _settings(text: LabTexts) -> tuple[World, int]:
    """How long it has practised, and what it is paid for."""
    says, choices = text.says, text.choices
    after = asked("tries", AFTER, AFTER[-1])
    bonus = asked("bonus", tuple(choices["bonus"]), "1")
    step = asked("cost", tuple(choices["step"]), "-0.1")
    slip = asked("slip", tuple(choices["slip"]), "0")
    st.select_slider(
        says["after"],
        AFTER,
        format_func=lambda each: markdown(f"{each:,}"),
        **held("tries", after, default=AFTER[-1]),
    )
    one, two, three = st.columns(3, gap="medium")
    with one:
        st.segmented_control(
            says["bonus"],
            tuple(choices["bonus"]),
            format_func=lambda each: text.choices["bonus"][each],
            required=True,
            **held("bonus", bonus, default="1"),
        )
    with two:
        st.segmented_control(
            says["step"],
            tuple(choices["step"]),
            format_func=lambda each: text.choices["step"][each],
            required=True,
            **held("cost", step, default="-0.1"),
        )
    with three:
        st.selectbox(
            says["slip"],
            tuple(choices["slip"]),
            format_func=lambda each: text.choices["slip"][each],
            **held("slip", slip, default="0"),
        )
    return gridworld.warehouse(step=float(step), bonus=float(bonus), slip=float(slip)), after


def _story(walk: Walk) -> str:
    """Which sentence tells the walk: it delivers, falls, goes round at the shelf, or gets nowhere."""
    if walk.end == DOCK:
        return "reached"
    if walk.end == STAIRS:
        return "fell"
    loop = walk.squares[walk.squares.index(walk.squares[-1]) :]
    return "round" if SHELF in loop else "lost"


def _average(totals: Sequence[float], says: dict[str, str]) -> str:
    return number.decimal(round(sum(totals) / len(totals), 1)).removesuffix("00") if totals else says["none_yet"]


def _delivered(ended: Sequence[Square | None], says: dict[str, str]) -> str:
    done = sum(each == DOCK for each in ended)
    return says["delivered_value"].format(done=done, count=len(ended)) if ended else says["none_yet"]


def _world(world: World, seen: Seen | None, text: LabTexts, *, alt: str) -> Html:
    """The squares as a picture; with `seen`, the best move and what it expects from each."""
    most = max((abs(max(moves)) for moves in seen.worth.values()), default=0.0) if seen else 0.0
    squares = "".join(
        _square(world, (row, column), seen, most, text) for row in range(world.rows) for column in range(world.columns)
    )
    said = markup(alt, limit=LONG)
    return Html(f'<div class="world" role="img" aria-label="{said}" style="--columns:{world.columns}">{squares}</div>')


def _square(world: World, square: Square, seen: Seen | None, most: float, text: LabTexts) -> str:
    says = text.says
    if square in world.walls:
        return f'<div class="wall"><small>{markup(says["wall"])}</small></div>'
    names = {START: says["robot"], DOCK: says["dock"], STAIRS: says["stairs"], SHELF: says["shelf"]}
    name = f"<small>{markup(names[square])}</small>" if square in names else "<small>&nbsp;</small>"
    if square in world.ends:
        pay = world.reward(square)
        return (
            f'<div class="end {"higher" if pay > 0 else "lower"}">{name}<b>{_signed(pay).removesuffix(".0")}</b></div>'
        )
    if seen is None:
        return f"<div>{name}<b>&nbsp;</b></div>"
    moves = seen.worth[square]
    worth = max(moves)
    known = any(moves)
    strength = round(STRONGEST * abs(worth) / most) if most else 0
    kind = " ".join(
        (
            *(["higher" if worth > 0 else "lower"] if strength else []),
            *(["walked"] if square in seen.walk.squares else []),
        )
    )
    arrow = f"<b>{ARROWS[moves.index(worth)]}</b>" if known else "<b>?</b>"
    shown = f"<span>{_signed(worth)}</span>" if known else "<span>&nbsp;</span>"
    return f'<div class="{kind}" style="--strength:{strength}%">{name}{arrow}{shown}</div>'


def _signed(value: float) -> str:
    return f"{number.MINUS if value < -0.05 else ''}{abs(value):.1f}"


def _alt(world: World, seen: Seen, told: str, says: dict[str, str]) -> str:
    """The walk in words: what it does, move by move."""
    squares = seen.walk.squares
    steps = []
    for here, there in pairwise(squares):
        moved = next((move for move in range(4) if here != there and world.beside(here, move) == there), None)
        if moved is not None:
            steps.append(says[WORDS[moved]])
    return says["alt"].format(walk=f"{told} {', '.join(steps)}")


def _curve(learned: Learned, after: int, says: dict[str, str]) -> None:
    """What tries earned while it learned, in up to twenty stretches."""
    size = max(after // BARS, 1)
    stretches = [learned.totals[at : at + size] for at in range(0, after, size)]
    means = [round(sum(each) / len(each), 2) for each in stretches]
    title = says["curve_title"].format(first=_signed(means[0]), last=_signed(means[-1]))
    page.draw(Html(f"<h3>{markup(title)}</h3>"))
    figure = {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": [size * place + (size + 1) / 2 for place in range(len(means))],
                "y": means,
                "line": {"color": ACCENT.mark, "width": 2},
                "marker": {"color": ACCENT.mark, "size": 7},
                "hovertemplate": "%{x:,.0f}: %{y:.1f}<extra></extra>",
            }
        ],
        "layout": {
            "height": 240,
            "margin": {"l": 8, "r": 24, "t": 16, "b": 40},
            "showlegend": False,
            "dragmode": False,
            "xaxis": {
                "title": {"text": plotly(says["curve_x"])},
                "fixedrange": True,
                "range": [0, after + 1],
                "tickformat": ",d",
            },
            "yaxis": {"title": {"text": plotly(says["curve_y"])}, "fixedrange": True, "rangemode": "tozero"},
        },
    }
    alt = says["curve_alt"].format(count=size, values=", ".join(f"{each:.1f}" for each in means))
    st.plotly_chart(figure, key=key(PAGE, "grid.curve"), config=CONFIG, alt=alt)
