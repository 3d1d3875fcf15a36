"""For language: how far to climb the ladder, where the model runs, and the rules that say so."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from aipm.content import number
from aipm.selection.ladder import (
    LadderStanding,
    OptionStanding,
    Sourcing,
    Step,
    StepStanding,
    ladder_texts,
    source,
    stand,
)
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.fragments import LONG, join
from aipm.ui.safe import Html, markup
from aipm.ui.scorer_approach_cards import reasons
from aipm.ui.scorer_approach_state import answers, ask_all
from aipm.ui.scorer_approach_texts import LadderPageTexts, page_texts
from aipm.ui.scorer_state import PAGE, held, hold
from aipm.ui.state import key, shows

TRIABLE = ("met", "missed", "too_few", "next")
"""States in which a step can have been tried."""
MOST = 10_000
BAR = "approach.bar"
Counts = dict[str, tuple[int, int]]


def ladder() -> None:
    """Where to stand, the questions, what was tried, and every step with its rules."""
    texts, text = ladder_texts().ladder, page_texts().ladder
    page.section(texts.title, sentence=texts.sentence)
    tried: Counts = held("approach.tried", {})
    bar: int = held(BAR, round(100 * texts.bar))
    place = st.container()
    try:
        found = stand(answers("ladder"), tried={name: pair for name, pair in tried.items() if pair[1]}, bar=bar / 100)
    except Refusal as refusal:
        page.refused(text.refused, refusal)
        found = stand(answers("ladder"), bar=bar / 100)
    with place:
        page.draw(_stand(found))
    with st.expander(text.questions, icon=":material/checklist:"):
        ask_all("ladder", texts.questions, invitation=text.unanswered)
        _tried(found, tried, text)
    page.draw(Html(f'<h3 class="further">{markup(text.whole)}</h3>'), _steps(found))


def _stand(found: LadderStanding) -> Html:
    texts, text = ladder_texts().ladder, page_texts().ladder
    here = found.here
    if here is None:
        return Html(f'<div class="answer" role="status"><p>{_long(found.remark or "")}</p></div>')
    step = texts.steps[here.key]
    told = text.stand.format(step=step.name)
    return Html(
        f'<div class="answer" role="status"><p>{_long(told)} {_long(texts.states[here.state])}.</p>'
        f"<p>{_long(step.plain)}</p></div>{reasons(here.reasons)}"
    )


def _tried(found: LadderStanding, tried: Counts, text: LadderPageTexts) -> None:
    """Two numbers for each step that can have been tried."""
    texts = ladder_texts().ladder
    page.draw(
        Html(f'<h3 class="further">{markup(text.tried)}</h3>'),
        page.quiet(text.tried_sentence.format(least=texts.least_tried)),
    )
    for each in found.steps:
        if each.key != "evaluate" and (each.state in TRIABLE or each.key in tried):
            _counts(each.key, tried, text)
    st.slider(
        text.bar,
        50,
        100,
        step=5,
        help=text.bar_help,
        **shows(key(PAGE, BAR), held(BAR, round(100 * texts.bar)), partial(hold, BAR)),
    )


def _counts(step: Step, tried: Counts, text: LadderPageTexts) -> None:
    texts = ladder_texts().ladder
    name = texts.steps[step].name
    for place, (column, label) in enumerate(zip(st.columns(2, gap="medium"), (text.passed, text.of), strict=True)):

        def take(count: int | None, place: int = place) -> None:
            passed, of = tried.get(step, (0, 0))
            tried[step] = (passed, count or 0) if place else (count or 0, of)

        bound = shows(key(PAGE, f"tried.{step}.{place}"), tried.get(step, (0, 0))[place], take)
        column.number_input(label.format(step=name), min_value=0, max_value=MOST, step=1, **bound)


def _steps(found: LadderStanding) -> Html:
    rows = (_step(each, number=place, here=each.key == found.stand) for place, each in enumerate(found.steps, start=1))
    return Html(f'<ol class="cards">{join(rows)}</ol>')


def _step(each: StepStanding, *, number: int, here: bool) -> Html:
    texts, text = ladder_texts().ladder, page_texts().ladder
    step = texts.steps[each.key]
    why = f"<p>{_long(_rate(each))}</p>" if each.rate is not None and each.rate.tried else ""
    why += reasons(each.reasons) if each.reasons else ""
    return _card(
        name=step.name,
        word=texts.states[each.state],
        plain=step.plain,
        inside=f"{why}<p>{_long(text.needs.format(text=step.needs))}</p><p>{_long(text.costs.format(text=step.costs))}</p>",
        rank=str(number),
        here=here,
    )


def _card(*, name: str, word: str, plain: str, inside: str, rank: str = "", here: bool) -> Html:
    return Html(
        f'<li><details class="card{" is-here" if here else ""}"><summary><span class="rank">{markup(rank)}</span>'
        f'<span class="head"><b>{markup(name)}</b> <span class="place">{markup(word)}</span>'
        f'<span class="plain">{_long(plain)}</span></span></summary><div class="inside">{inside}</div></details></li>'
    )


def _rate(each: StepStanding) -> str:
    rate = each.rate
    assert rate is not None
    return page_texts().ladder.rate.format(
        passed=number.count(rate.passed),
        tried=number.count(rate.tried),
        low=number.rate(rate.low),
        high=number.rate(rate.high),
    )


def sourcing() -> None:
    """Where the model should run, the seven questions, and what speaks against each option."""
    texts, text = ladder_texts().sourcing, page_texts().sourcing
    page.section(texts.title, sentence=texts.sentence)
    given: Mapping[str, str] = answers("sourcing")
    found = source(given)
    chosen = texts.options[found.choice]
    told = (text.clean if found.clean else text.flawed).format(option=chosen.name)
    still = f"<p>{_long(text.open.format(count=len(found.open_questions)))}</p>" if found.open_questions else ""
    page.draw(Html(f'<div class="answer" role="status"><p>{_long(told)}</p>{still}</div>'), reasons((found.reason,)))
    with st.expander(text.questions, icon=":material/checklist:"):
        ask_all("sourcing", texts.questions, invitation=page_texts().ladder.unanswered)
    page.draw(_options(found), page.quiet(f"{texts.later.text} {texts.compare.text}"))


def _options(found: Sourcing) -> Html:
    return Html(
        f'<ul class="cards">{join(_option(each, chosen=each.key == found.choice) for each in found.options)}</ul>'
    )


def _option(each: OptionStanding, *, chosen: bool) -> Html:
    """What speaks against an option is seen without opening anything."""
    text, option = page_texts().sourcing, ladder_texts().sourcing.options[each.key]
    failures = "".join(
        f"<dt>{markup((text.hard if one.hard else text.soft).format(axis=text.axes[one.axis]))}</dt>"
        f"<dd>{reasons((one.reason,))}</dd>"
        for one in each.failures
    )
    word = f' <span class="place">{markup(text.chosen)}</span>' if chosen else ""
    against = f"<dl>{failures}</dl>" if failures else f"<p>{markup(text.passes)}.</p>"
    return Html(
        f'<li><div class="card option{" is-here" if chosen else ""}">'
        f'<div class="head"><b>{markup(option.name)}</b>{word}'
        f'<span class="plain">{_long(option.plain)}</span></div><div class="inside">{against}</div></div></li>'
    )


def _long(text: str) -> Html:
    return markup(text, limit=LONG)
