"""The drift simulator: guess when the team notices, then two teams with the same applicants, side by side."""

from dataclasses import replace
from typing import TypeVar

import streamlit as st

from aipm.content.number import NONE
from aipm.labs.drift import (
    DELAYS,
    EVERY,
    EXPLORED,
    RETRAINS,
    SHIFTS,
    START,
    VOLUMES,
    WHATS,
    Settings,
    year,
)
from aipm.labs.drift_reading import Side, lessons, side
from aipm.ui import address, lifecycle_drift_charts, page
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.lifecycle_drift_texts import ControlText, DriftTexts, drift_texts
from aipm.ui.lifecycle_method import method
from aipm.ui.lifecycle_numbers import share, whole
from aipm.ui.lm_pieces import guess, paragraphs, so_what
from aipm.ui.memo import once
from aipm.ui.safe import Html, markdown, markup

PAGE = "lifecycle.drift"
NO_YES = ("no", "yes")
SEEDS = tuple(range(1, 10))
OTHER = Settings(retrain="weeks")
C = TypeVar("C", bound=str)
N = TypeVar("N", int, float)


def draw() -> None:
    texts = drift_texts()
    page.section(texts.title)
    page.draw(paragraphs([each.format(start=START) for each in texts.sentences]))
    if _guessed(texts):
        _lab(texts)
    so_what(texts.so_what_title, texts.so_what)
    address.goes(PAGE, texts.plan_link, {"part": None}, name="plan", icon=":material/arrow_forward:")
    method(texts.method)


def _guessed(texts: DriftTexts) -> bool:
    """What is asked is about the settings that stand at first."""
    first = Settings()
    found = once(PAGE, "first", None, lambda: side(year(first), volume=first.volume))
    near = "none"
    if found.noticed is not None:
        near = min((each for each in texts.guess.options if each != "none"), key=lambda each: _off(each, found.noticed))
    asked = texts.guess.question.format(start=START, volume=whole(first.volume), delay=first.delay)
    return guess(
        "guess_drift",
        replace(texts.guess, question=asked),
        answer=near,
        noticed=str(found.noticed or NONE),
        late=str(found.late or 0),
        people=whole((found.late or 0) * first.volume),
        before=share(found.before),
        after=share(found.after),
    )


def _off(option: str, week: int | None) -> int:
    return abs(int(option) - (week or 0))


def _lab(texts: DriftTexts) -> None:
    page.section(texts.lab)
    one, other = _settings(texts)
    years = once(PAGE, "years", (one, other), lambda: (year(one), year(other)), keep=6)
    sides = tuple(side(each, volume=one.volume) for each in years)
    answered = st.container()
    with answered:
        page.draw(_answer((one, other), sides, texts))
    lifecycle_drift_charts.draw(
        (one, other), years, texts, retrained=tuple(_said(each, texts) for each in (one, other))
    )
    page.draw(_table(sides, texts))
    page.draw(Html(f"<h3>{markup(texts.lessons_title)}</h3>"))
    page.draw(notes(texts.lessons[each] for each in lessons(one, sides[0], sides[1])))


def _settings(texts: DriftTexts) -> tuple[Settings, Settings]:
    """The controls, and both teams' settings from the address."""
    said, first = texts.controls, Settings()
    shift = _choice("shift", SHIFTS, first.shift, said.shift)
    what = _choice("what", WHATS, first.what, said.what)
    selective = _choice("selective", NO_YES, "no", said.selective) == "yes"
    left, middle, right = st.columns(3, gap="large")
    with left:
        delay = _slider("delay", DELAYS, first.delay, said.delay)
    with middle:
        volume = _slider("volume", VOLUMES, first.volume, said.volume)
    with right:
        explored = _slider("explored", EXPLORED, 0.0, said.explored) if selective else 0.0
    seed = address.asked("seed", SEEDS, 1)
    common = replace(
        first, shift=shift, what=what, delay=delay, volume=volume, selective=selective, explored=explored, seed=seed
    )
    teams = []
    for column, name, start in zip(st.columns(2, gap="large"), ("", "2"), (first, OTHER), strict=True):
        with column:
            page.draw(Html(f"<h3>{markup(texts.sides['other' if name else 'one'])}</h3>"))
            retrain = _choice(f"train{name}", RETRAINS, start.retrain, said.retrain)
            every = _slider(f"every{name}", EVERY, start.every, said.every) if retrain == "weeks" else start.every
            teams.append(replace(common, retrain=retrain, every=every))
    following = SEEDS[SEEDS.index(seed) % len(SEEDS) - len(SEEDS) + 1]
    address.goes(
        PAGE, said.seed, {"seed": None if following == 1 else str(following)}, name="seed", icon=":material/casino:"
    )
    return teams[0], teams[1]


def _choice(name: str, options: tuple[C, ...], default: C, text: ControlText) -> C:
    now = address.asked(name, options, default)
    st.segmented_control(
        text.label,
        options,
        format_func=lambda each: text.options[each],
        required=True,
        help=text.help,
        **address.held(PAGE, name, now, default=default),
    )
    return now


def _slider(name: str, options: tuple[N, ...], default: N, text: ControlText) -> N:
    now = address.asked(name, options, default, say=lambda each: f"{each:g}")
    st.select_slider(
        text.label,
        options,
        format_func=lambda each: markdown(f"{each:.0%}" if isinstance(default, float) else whole(each)),
        help=text.help,
        **address.held(PAGE, name, now, default=default, say=lambda each: f"{each:g}"),
    )
    return now


def _said(settings: Settings, texts: DriftTexts) -> str:
    said = texts.controls.every
    every = said.said_one if settings.every == 1 else said.said.format(count=settings.every)
    return texts.retrained[settings.retrain].format(every=every)


def _answer(teams: tuple[Settings, Settings], sides: tuple[Side, ...], texts: DriftTexts) -> Html:
    says, (one, other) = texts.answer, sides
    if teams[0].shift == "none":
        more = says["none"]
    elif one.noticed is None:
        more = says["unnoticed"]
    else:
        more = says["noticed" if one.late else "at_once"].format(week=one.noticed, late=one.late)
    told = says["both"].format(
        one=_said(teams[0], texts),
        other=_said(teams[1], texts),
        one_after=share(one.after),
        other_after=share(other.after),
        before=share(one.before),
    )
    return Html(
        f'<div class="answer" role="status"><p>{markup(told, limit=LONG)}</p><p>{markup(more, limit=LONG)}</p></div>'
    )


def _table(sides: tuple[Side, ...], texts: DriftTexts) -> Html:
    said = texts.table

    def cells(found: Side) -> dict[str, str]:
        return {
            "before": share(found.before),
            "after": share(found.after),
            "end": share(found.end),
            "measured": said.no_known if found.measured_end is None else share(found.measured_end),
            "noticed": said.never if found.noticed is None else said.week.format(week=found.noticed),
            "trained": whole(found.trained),
            "seen": share(found.seen_end),
            "wrong": whole(found.wrong),
        }

    one, other = (cells(each) for each in sides)
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.columns)]
    return table(columns, [(name, one[row], other[row]) for row, name in said.rows.items()], caption=said.caption)
