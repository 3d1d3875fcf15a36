"""Prioritise: chosen pains with ranges for what is believed of them, and the order that these amount to."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.mapping import exports
from aipm.mapping.priority import (
    Opportunity,
    Priorities,
    Range,
    Standing,
    order_said,
    prioritise,
    priority_texts,
    ties_said,
)
from aipm.tables import Refusal
from aipm.ui import mapper_export, page
from aipm.ui.fragments import LONG, Column, notes, table
from aipm.ui.mapper_bubbles import Bubble, bubbles
from aipm.ui.mapper_state import (
    PAGE,
    canvases,
    chosen,
    earlier,
    held,
    hold,
    journeys,
    line,
    opportunities,
    short,
    show,
)
from aipm.ui.mapper_texts import Field, MapperPage, OrderTexts, mapper_page
from aipm.ui.memo import once
from aipm.ui.safe import Html, markup
from aipm.ui.state import key

CHOSEN = key(PAGE, "order.chosen")
WHICH = key(PAGE, "order.which")
PERCENT: frozenset[Field] = frozenset(("confidence", "readiness", "risk"))
HIGHEST: dict[Field, int] = {"impact": 10, "confidence": 100, "effort": 52, "readiness": 100, "risk": 100}
MOST_OFFERED = 500
FIRST_TIES = 3
MOST_SIGNS = 4
LONGEST_NAME = 300


def includes(text: str) -> bool:
    """Whether a pain is in the order."""
    return named(text) in chosen()


def named(text: str) -> str:
    """What a pain is called in the order; two that begin alike are told apart by a number."""
    taken: dict[str, str] = held("order.names", {})
    own = line(text)
    if own not in taken:
        name, place = short(text), 2
        while name in taken.values():
            name, place = f"{short(text)} ({place})", place + 1
        taken[own] = name
    return taken[own]


def add(texts: Iterable[str]) -> None:
    """Callback: these pains are in the order, too."""
    _choose([*chosen(), *map(named, texts)])


def add_and_show(texts: Iterable[str]) -> None:
    add(texts)
    show("order")


def take(given: Sequence[Opportunity]) -> None:
    """Callback: an order that was opened takes the place of the one in view; ranges given before are kept."""
    for each in given:
        opportunities()[each.name] = each
        for field in HIGHEST:
            st.session_state.pop(_widget(each.name, field), None)
    _choose(each.name for each in given)


def _choose(names: Iterable[str]) -> None:
    found = list(dict.fromkeys(names))
    hold("chosen", found)
    st.session_state[CHOSEN] = found


def _started(name: str, said: OrderTexts) -> Opportunity:
    """Wide ranges to begin with; what a canvas says of the data counts."""
    taken: dict[str, str] = held("order.names", {})
    text = next((own for own, given in taken.items() if given == name), line(name))
    canvas = canvases().get(text)
    start = dict(said.start)
    if canvas is not None and canvas.data_have is not None:
        start["readiness"] = said.readiness[canvas.data_have]
    return Opportunity(name=name, **{field: _range(field, *ends) for field, ends in start.items()})


def _range(field: Field, low: float, high: float) -> Range:
    return Range(low=low / 100, high=high / 100) if field in PERCENT else Range(low=low, high=high)


def order(text: MapperPage) -> None:
    """Choose pains, give ranges, see the order."""
    said = text.order
    offered = _offered()
    options = list(dict.fromkeys([*chosen(), *map(named, offered)]))
    st.session_state.setdefault(CHOSEN, chosen())
    picked: list[str] = st.multiselect(
        said.choose,
        options,
        format_func=lambda each: visible(each, limit=LONGEST_NAME),
        help=said.choose_help,
        placeholder=said.choose_placeholder,
        key=CHOSEN,
        accept_new_options=True,
    )
    hold("chosen", list(picked))
    for name in picked:
        if name not in opportunities():
            opportunities()[name] = _started(name, said)
    if not picked:
        page.section(said.empty.title)
        page.draw(notes(said.empty.points))
        return
    _ordered(picked, text)


def _offered() -> list[str]:
    """Pains that were looked at, the latest first, then those of journeys."""
    own = list(reversed(earlier().values()))
    walked = [pain.text for journey in journeys().values() for pain in journey.pains]
    return list(dict.fromkeys(map(line, [*own, *walked])))[:MOST_OFFERED]


def _ordered(picked: list[str], text: MapperPage) -> None:
    said = text.order
    place = st.container()
    left, right = st.columns([2, 3], gap="large")
    with left:
        _ranges(picked, said)
    given = tuple(opportunities()[name] for name in picked)
    try:
        found: Priorities = once(PAGE, "order", given, lambda: prioritise(given), keep=4)
    except Refusal as refusal:
        page.refused(said.refused, refusal)
        return
    with place:
        page.section(said.answer)
        kind = "strong" if found.ahead is not None and not found.rivals else "weak"
        told = markup(order_said(_quoted(found)), limit=LONG)
        page.draw(Html(f'<div class="answer is-{kind}" role="status"><p>{told}</p></div>'))
        untouched = sum(opportunities()[name] == _started(name, said) for name in picked)
        if untouched:
            page.draw(page.quiet(said.untouched.format(count=untouched, all=len(picked))))
    with right:
        page.draw(bubbles(_bubbles(found), x=said.x, y=said.y, title=said.picture, caption=said.picture_caption))
    page.draw(_table(found, said))
    _ties(found, said)
    with st.expander(said.method, icon=":material/menu_book:"):
        page.draw(page.quiet(priority_texts().method))
    page.draw(Html(f"<h3>{markup(text.export['title'])}</h3>"))
    mapper_export.buttons(
        "order",
        lambda: found,
        (exports.priorities_markdown, exports.priorities_csv, exports.priorities_json),
        after=said.answer,
        text=text,
    )


def _ties(found: Priorities, said: OrderTexts) -> None:
    told = ties_said(_quoted(found))
    if not told:
        return
    page.draw(Html(f'<h3 class="further">{markup(said.ties)}</h3>'), notes(told[:FIRST_TIES]))
    if len(told) > FIRST_TIES:
        with st.expander(said.more_ties.format(count=len(told) - FIRST_TIES)):
            page.draw(notes(told[FIRST_TIES:]))


def _ranges(picked: list[str], said: OrderTexts) -> None:
    """Five ranges of one pain at a time."""
    if st.session_state.get(WHICH) not in picked:
        st.session_state[WHICH] = picked[-1]
    name: str = st.selectbox(
        said.ranges,
        picked,
        format_func=lambda each: visible(each, limit=LONGEST_NAME),
        key=WHICH,
        persist_state="session",
    )
    page.draw(page.quiet(said.ranges_sentence))
    known = opportunities()[name]
    for field, about in said.fields.items():
        widget, now = _widget(name, field), getattr(known, field)
        scale = 100 if field in PERCENT else 1
        st.session_state.setdefault(widget, (round(now.low * scale), round(now.high * scale)))
        least, most = int(field == "effort"), max(HIGHEST[field], round(now.high * scale))
        st.slider(about.label, least, most, key=widget, help=about.help, on_change=_moved, args=(name, field))


def _moved(name: str, field: Field) -> None:
    """Callback: a range that came from a file and lies between the slider's steps stays until it is moved."""
    changed: dict[str, Range] = {field: _range(field, *st.session_state[_widget(name, field)])}
    opportunities()[name] = replace(opportunities()[name], **changed)  # type: ignore[arg-type] # a field is a range


def _widget(name: str, field: str) -> str:
    return key(PAGE, f"range.{name}.{field}")


def _bubbles(found: Priorities) -> list[Bubble]:
    """A circle for each place in the picture; pains with the same ranges of impact and effort share one."""
    together: dict[tuple[Range, Range], list[tuple[int, Opportunity]]] = {}
    for row, each in enumerate(found.standings, start=1):
        given = each.opportunity
        together.setdefault((given.effort, given.impact), []).append((row, given))
    return [
        Bubble(
            sign=_sign([row for row, _ in same]),
            name=", ".join(given.name for _, given in same),
            x=(effort.low, effort.high),
            y=(impact.low, impact.high),
            share=max(_chance(given) for _, given in same),
        )
        for (effort, impact), same in together.items()
    ]


def _quoted(found: Priorities) -> Priorities:
    """With names in quotes, so that they can be told from the sentence around them."""

    def quoted(name: str) -> str:
        return f"“{name}”"

    return replace(
        found,
        standings=tuple(
            replace(each, opportunity=replace(each.opportunity, name=quoted(each.name))) for each in found.standings
        ),
        ties=tuple(replace(tie, first=quoted(tie.first), second=quoted(tie.second)) for tie in found.ties),
        rivals=tuple(map(quoted, found.rivals)),
    )


def _sign(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:MOST_SIGNS]))
    return shown if len(rows) <= MOST_SIGNS else f"{shown} +{len(rows) - MOST_SIGNS}"


def _chance(each: Opportunity) -> float:
    """The middle of the chance that it works, the data carry it and nothing stops it."""
    works, ready, stopped = ((given.low + given.high) / 2 for given in (each.confidence, each.readiness, each.risk))
    return works * ready * (1 - stopped)


def _table(found: Priorities, said: OrderTexts) -> Html:
    columns = [Column(name=name, number=place > 0) for place, name in enumerate(said.columns)]
    rows = [_row(row, each, found) for row, each in enumerate(found.standings, start=1)]
    return table(columns, rows, caption=said.table)


def _row(row: int, each: Standing, found: Priorities) -> tuple[str, ...]:
    shared = sum(other.place == each.place for other in found.standings) > 1
    place = f"{each.place} ({mapper_page().order.tied.lower()})" if shared else str(each.place)
    worth = f"{each.value.low:.2f} – {each.value.high:.2f}"
    return f"{row}. {each.name}", place, worth, number.rate(each.best), f"{each.rank:.1f}"


assert {field.name for field in fields(Opportunity)} == {"name", *HIGHEST}
