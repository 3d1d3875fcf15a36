"""Comparing pairs, one at a time: which counts more, and how much; then whether the answers fit together."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import streamlit as st

from aipm.content import number
from aipm.selection.needs import Needs, need_texts
from aipm.selection.needs import weights as of_order
from aipm.selection.weighing import MOST_COMPARED, Pairs
from aipm.ui import page
from aipm.ui.fragments import Column, notes, table
from aipm.ui.safe import markdown
from aipm.ui.scorer_state import PAGE, held, hold
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weighting import Weighting, controlled, keep, weighing
from aipm.ui.scorer_weights_points import move
from aipm.ui.scorer_weights_texts import PairTexts
from aipm.ui.state import key

Pair = tuple[str, str]
SAME = "same"


def pairs(needs: Needs, current: Weighting, text: ScorerPage) -> None:
    names = list(of_order(needs))
    if len(names) > MOST_COMPARED:
        return
    every = in_turn(names)
    _ask(every, min(held("weights.pair", 0), len(every) - 1), text)
    if current.weighted.pairwise is not None:
        _consistency(every, current, text)
    said, words = text.weights.pairs, need_texts().criteria
    rows = [(f"{words[a].name} · {words[b].name}", _said((a, b), said)) for a, b in every]
    if any(answer_to(pair) for pair in every):
        page.draw(table((Column(name=said.pair), Column(name=said.answer)), rows, caption=said.given))
        st.button(said.forget, key=key(PAGE, "weights.pairs.forget"), on_click=_forget, icon=":material/restart_alt:")


def in_turn(names: Sequence[str]) -> list[Pair]:
    """All pairs; neighbours in the order first, so that the first answers already join everything."""
    places = sorted(combinations(range(len(names)), 2), key=lambda pair: (pair[1] - pair[0], pair[0]))
    return [(names[first], names[second]) for first, second in places]


def answer_to(pair: Pair) -> float | None:
    """How many times as much the first counts as the second; None where nobody has said."""
    for first, second, ratio in weighing().pairs:
        if (first, second) == pair:
            return ratio
        if (second, first) == pair:
            return 1 / ratio
    return None


def in_words(pair: tuple[str, str], ratio: float, said: PairTexts) -> str:
    """An answer about two things, by the names that people read."""
    first, second = pair if ratio >= 1 else pair[::-1]
    nearest = min((1, *said.words), key=lambda each: abs(each - max(ratio, 1 / ratio)))
    if nearest == 1:
        return said.equal.format(first=first, second=second)
    return said.counts.format(first=first, word=said.words[nearest].lower(), second=second)


def _said(pair: Pair, said: PairTexts) -> str:
    ratio, words = answer_to(pair), need_texts().criteria
    return said.open if ratio is None else in_words((words[pair[0]].name, words[pair[1]].name), ratio, said)


def _ask(every: Sequence[Pair], place: int, text: ScorerPage) -> None:
    said, words = text.weights.pairs, need_texts().criteria
    pair = first, second = every[place]
    given = sum(answer_to(each) is not None for each in every)
    counted = said.count.format(place=place + 1, count=len(every), given=given)
    page.draw(page.quiet(counted), notes(move(name, text) for name in pair))
    ratio = answer_to(pair)
    side = None if ratio is None else SAME if ratio == 1 else first if ratio > 1 else second
    names = {first: words[first].name, SAME: said.same, second: words[second].name}
    st.segmented_control(
        said.question,
        tuple(names),
        format_func=lambda each: markdown(names[each]),
        **controlled(f"pairs.side.{first}.{second}", side, lambda chosen: _side(pair, chosen), may_be_none=True),
    )
    if ratio is not None and side in pair:
        strength = min(said.words, key=lambda each: abs(each - max(ratio, 1 / ratio)))
        st.segmented_control(
            said.how_much,
            tuple(said.words),
            format_func=lambda each: said.words[each],
            required=True,
            **controlled(f"pairs.much.{first}.{second}", strength, lambda chosen: _much(pair, chosen)),
        )
    with st.container(horizontal=True):
        for name, label, step in (("back", said.back, -1), ("next", said.next, 1)):
            st.button(
                label,
                key=key(PAGE, f"weights.pairs.{name}"),
                on_click=_go,
                args=(place + step,),
                disabled=not 0 <= place + step < len(every),
            )


def _consistency(every: Sequence[Pair], current: Weighting, text: ScorerPage) -> None:
    said, found = text.weights.pairs, current.weighted.pairwise
    assert found is not None
    ratio = f"{found.consistency_ratio:.2f}"
    if found.consistent:
        page.draw(page.quiet(said.fits.format(ratio=ratio)))
        return
    contradicts = page.quiet(said.contradicts.format(ratio=ratio))
    if not found.most_inconsistent:
        page.draw(contradicts)
        return
    worst = found.most_inconsistent[0]
    pair = worst.first, worst.second
    told = said.misfit.format(
        given=in_words(pair, worst.given, said),
        fits=in_words(pair, worst.fits, said),
        ratio=number.ratio(worst.consistency_ratio),
    )
    page.draw(contradicts, notes([told]))
    words = need_texts().criteria
    named = {(words[a].name, words[b].name): place for place, (a, b) in enumerate(every)}
    again = said.again.format(first=markdown(worst.first), second=markdown(worst.second))
    st.button(again, key=key(PAGE, "weights.pairs.again"), on_click=_go, args=(named.get(pair, 0),))


def _go(place: int) -> None:
    """Callback: another pair."""
    hold("weights.pair", place)


def _side(pair: Pair, chosen: Any) -> None:
    """Callback: which counts more; how much stays as it was, or is the least."""
    before = answer_to(pair)
    much = 3.0 if before is None or before == 1 else max(before, 1 / before)
    _answered(pair, None if chosen is None else 1.0 if chosen == SAME else much if chosen == pair[0] else 1 / much)


def _much(pair: Pair, chosen: int) -> None:
    """Callback: how much more."""
    before = answer_to(pair) or 1.0
    _answered(pair, float(chosen) if before >= 1 else 1 / chosen)


def _answered(pair: Pair, ratio: float | None) -> None:
    others: Pairs = tuple(each for each in weighing().pairs if {each[0], each[1]} != set(pair))
    keep(replace(weighing(), pairs=others if ratio is None else (*others, (*pair, ratio))))


def _forget() -> None:
    """Callback: all answers are taken back."""
    keep(replace(weighing(), pairs=()))
    hold("weights.pair", 0)
