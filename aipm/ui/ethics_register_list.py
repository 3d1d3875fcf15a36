"""The questions of the register, one at a time or as a list of ten, the gravest first; own ones can be added."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from aipm.governance.fields import LONGEST, typed
from aipm.governance.question_bank import HEADINGS, Heading
from aipm.governance.register import Item
from aipm.governance.risk_rows import SETTLED, STATES, Row, State
from aipm.governance.risk_said import name_of, rating_said
from aipm.governance.risk_texts import Mode, register_texts
from aipm.ui import address, ethics_register_item, ethics_register_pick, page
from aipm.ui.ethics_register_state import PAGE, Known, add, address_of, badge, beside, open_row, opened
from aipm.ui.fragments import LONG
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import kept, key

AT_ONCE = 10
START = key(PAGE, "start")


def draw(now: Known) -> None:
    """Draw the questions, and the form of the one that is opened."""
    texts = register_texts()
    ethics_register_pick.draw(now)
    modes = tuple(texts.work.modes)
    mode: Mode = address.asked("mode", modes, modes[0])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            texts.work.mode,
            modes,
            format_func=lambda each: texts.work.modes[each],
            required=True,
            label_visibility="collapsed",
            **address.held(PAGE, "mode", mode, default=modes[0]),
        )
        _progress(now)
    rows = _filtered(now)
    if not rows:
        page.draw(page.quiet(texts.work.none))
    elif mode == "one":
        _one(now, rows)
    else:
        _list(now, rows)
    _add()


def _progress(now: Known) -> None:
    found = now.found
    said = register_texts().work.progress.format(done=found.answered, all=len(found.rows))
    share = found.answered / len(found.rows) if found.rows else 0
    page.draw(
        Html(
            f'<p class="quiet how-far"><span class="track" aria-hidden="true"><b style="width:{share:.0%}"></b></span>'
            f"{markup(said)}</p>"
        )
    )


def _filtered(now: Known) -> tuple[Row, ...]:
    """The rows of the chosen state and heading; the opened one stays, so that it does not go while it is answered."""
    texts = register_texts()
    counts, says = now.found.counts, now.bank
    states = [each for each in STATES if counts[each]]
    state: State | None = None
    if len(states) > 1:
        state = st.pills(
            texts.work.state,
            states,
            format_func=lambda each: markdown(f"{texts.states[each]} {counts[each]}"),
            on_change=_from_start,
            wrap=True,
            **kept(PAGE, "state"),
        )
    heading: Heading | None = st.selectbox(
        texts.work.heading,
        HEADINGS,
        index=None,
        format_func=lambda each: says.headings[each].name,
        placeholder=texts.work.every_heading,
        on_change=_from_start,
        **kept(PAGE, "heading"),
    )
    every = len(now.applies) < len(now.bank.questions) and st.checkbox(
        texts.pick.all, on_change=_from_start, **kept(PAGE, "all")
    )
    current = opened(now)
    rows = (*now.found.rows, *beside(now)) if every else now.found.rows
    if current is not None and current not in rows:
        rows = (current, *rows)
    return tuple(
        row for row in rows if row == current or (state in (None, row.state) and heading in (None, row.heading))
    )


def _from_start() -> None:
    st.session_state[START] = 0
    open_row(None)


def _one(now: Known, rows: tuple[Row, ...]) -> None:
    """One question with its form, and the ways to the one before, the next, and the next that is not settled."""
    said = register_texts().work
    row = opened(now) or next((each for each in rows if each.state not in SETTLED), rows[0])
    place = rows.index(row)
    following = next(
        (each for each in (*rows[place + 1 :], *rows[:place]) if each.state not in SETTLED and each is not row), None
    )
    with st.container(horizontal=True, vertical_alignment="center", key=key(PAGE, "turn").replace(".", "-")):
        _to(said.before, rows[place - 1] if place else None, "before", ":material/arrow_back:")
        _to(said.after, rows[place + 1] if place + 1 < len(rows) else None, "after", ":material/arrow_forward:")
        _to(said.next_open, following, "next_open", ":material/skip_next:")
        page.draw(page.quiet(said.place.format(place=place + 1, all=len(rows))))
    with st.container(border=True):
        ethics_register_item.draw(row, now)


def _to(label: str, row: Row | None, name: str, icon: str) -> None:
    st.button(
        markdown(label),
        key=key(PAGE, name),
        icon=icon,
        disabled=row is None,
        on_click=open_row,
        args=(address_of(row) if row else None,),
    )


def _list(now: Known, rows: tuple[Row, ...]) -> None:
    """Ten rows; the opened one with its form."""
    said = register_texts().work
    current = opened(now)
    start = min(st.session_state.get(START, 0), (len(rows) - 1) // AT_ONCE * AT_ONCE)
    if current is not None and not start <= rows.index(current) < start + AT_ONCE:
        start = rows.index(current) // AT_ONCE * AT_ONCE
    page.draw(page.quiet(said.count_one if len(rows) == 1 else said.count.format(count=len(rows))))
    for place, row in enumerate(rows[start : start + AT_ONCE]):
        is_open = row == current
        with st.container(key=f"risk-line-{place}", horizontal=True):
            page.draw(summary(row, now))
            st.button(
                said.close if is_open else said.open,
                key=key(PAGE, f"row.{place}"),
                on_click=open_row,
                args=(None if is_open else address_of(row),),
            )
        if is_open:
            with st.container(border=True):
                ethics_register_item.draw(row, now)
    if len(rows) > AT_ONCE:
        with st.container(horizontal=True, vertical_alignment="center"):
            _leaf(said.earlier, start - AT_ONCE, start > 0, "earlier", ":material/arrow_back:")
            _leaf(said.later, start + AT_ONCE, start + AT_ONCE < len(rows), "later", ":material/arrow_forward:")
            last = min(start + AT_ONCE, len(rows))
            page.draw(page.quiet(said.place.format(place=f"{start + 1}–{last}", all=len(rows))))


def linked(rows: Sequence[Row], now: Known, *, name: str) -> None:
    """Some rows, each with the way to its form; ten at most, the rest is in the list of questions."""
    said = register_texts().work
    for place, row in enumerate(rows[:AT_ONCE]):
        with st.container(key=f"risk-line-{name}-{place}", horizontal=True):
            page.draw(summary(row, now))
            st.button(
                said.open,
                key=key(PAGE, f"{name}.{place}"),
                on_click=open_row,
                args=(address_of(row),),
            )
    if len(rows) > AT_ONCE:
        page.draw(page.quiet(register_texts().gate.more.format(count=len(rows) - AT_ONCE)))


def _leaf(label: str, start: int, possible: bool, name: str, icon: str) -> None:  # noqa: FBT001
    def turn() -> None:
        open_row(None)
        st.session_state[START] = start

    st.button(markdown(label), key=key(PAGE, name), icon=icon, disabled=not possible, on_click=turn)


def summary(row: Row, now: Known) -> Html:
    """A row in three lines: state, the question, what it is about and who has it."""
    parts = [now.bank.headings[row.heading].name if row.heading else register_texts().work.own_heading]
    if (rating := row.before if row.state == "risk_open" else row.after) is not None:
        parts.append(rating_said(rating))
    if row.item is not None:
        parts += [each for each in (row.item.owner, row.item.due and row.item.due.isoformat()) if each]
    if row.overdue:
        parts.append(register_texts().tasks.overdue)
    return Html(
        f'<div class="register-row"><p>{badge(row)}</p><p class="what">{markup(name_of(row), limit=LONG)}</p>'
        f'<p class="quiet">{markup(" · ".join(parts), limit=LONG)}</p></div>'
    )


def _add() -> None:
    """A question or a risk that the bank does not have."""
    said = register_texts().work
    with st.expander(said.add, icon=":material/add:"):
        words: Any = st.text_input(
            said.add_label, max_chars=LONGEST, placeholder=said.add_placeholder, **kept(PAGE, "own")
        )
        severe = st.checkbox(said.add_severe, **kept(PAGE, "own_severe"))
        with st.container(horizontal=True):
            for name, answer, label in (("question", None, said.added_question), ("risk", "no", said.added_risk)):
                st.button(
                    markdown(label),
                    key=key(PAGE, f"add.{name}"),
                    icon=":material/add:",
                    disabled=typed(words) is None,
                    on_click=_added,
                    args=(words, severe, answer),
                )


def _added(words: str, severe: bool, answer: Any) -> None:  # noqa: FBT001
    add(lambda name: Item(id=name, text=typed(words), severe=severe, answer=answer))
    st.session_state[key(PAGE, "own")] = ""
    st.session_state[key(PAGE, "own_severe")] = False
