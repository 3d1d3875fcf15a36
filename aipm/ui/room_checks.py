"""Checks that were dealt to one's table: what was found, who sees to it until when, and what shows it."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from aipm.content import number
from aipm.ui import page
from aipm.ui.fragments import LONG, notes
from aipm.ui.room_labels import told_apart
from aipm.ui.room_parts import kept, written
from aipm.ui.room_texts import CheckTexts, participant_texts
from aipm.ui.safe import Html, markdown, markup
from aipm.workshop.commands import Give, Introduce
from aipm.workshop.giving import LONGEST_NAME, LONGEST_NOTE
from aipm.workshop.specs import STATUSES, Check, Checks
from aipm.workshop.texts import room_texts

if TYPE_CHECKING:
    from aipm.ui.room_state import Seat
    from aipm.workshop.snapshot import ActivityView, Person

TYPED = ("owner", "evidence", "note")
PARTS = ("status", *TYPED, "due")


def draw(view: "ActivityView", seat: "Seat") -> None:
    """The fields of an open activity."""
    said, spec = participant_texts().checks, cast("Checks", view.spec)
    dealt, me = dict(spec.dealt), seat.view().me
    table = me.table if me is not None else None
    if dealt and table is None:
        _which_table(tuple(dict.fromkeys(dealt.values())), me, view, seat, said)
        return
    given = view.mine.answers if view.mine is not None else {}
    own = [each for each in spec.checks if dealt.get(each.key, table) == table]
    page.draw(_state(own, given, table if dealt else None, said))
    chosen = _chosen(own, given, view, seat)
    for place, check in enumerate(own, start=1):
        page.draw(_check(check, given.get(check.key), said))
        if check.key == chosen:
            _form(check, given.get(check.key), view, seat, said)
        else:
            st.button(
                said.change if check.key in given else said.answer,
                key=seat.key(f"{view.key}.choose.{check.key}"),
                help=said.answer_this.format(number=number.count(place)),
                on_click=st.session_state.update,
                args=({seat.key(f"{view.key}.chosen"): check.key},),
            )
    page.draw(_theirs(spec, dealt, table, said))


def _chosen(own: list[Check], given: dict[str, Any], view: "ActivityView", seat: "Seat") -> str | None:
    """The one whose fields are open: what was pressed, else the first that is not answered."""
    asked = st.session_state.get(seat.key(f"{view.key}.chosen"))
    return next((each.key for each in own if each.key == asked), None) or next(
        (each.key for each in own if each.key not in given), None
    )


def _state(own: list[Check], given: dict[str, Any], table: str | None, said: CheckTexts) -> Html:
    whose = said.yours.format(table=table) if table is not None else said.for_all
    if not own:
        return Html(f"<h3>{markup(whose)}</h3>{page.quiet(said.none)}")
    done = sum(each.key in given for each in own)
    line = kept(said.kept.format(done=done, all=len(own))) if done else ""
    return Html(f"<h3>{markup(whose)}</h3>{line}{page.quiet(said.one_writes)}")


def _check(check: Check, answer: dict[str, str] | None, said: CheckTexts) -> Html:
    words, found = room_texts(), answer or {}
    lines = [f'<p class="eyebrow">{markup(words.check_kinds[check.kind])}</p>']
    lines.append(f"<p><b>{markup(check.question, limit=LONG)}</b></p>")
    if answer is not None:
        who = [said.owner_said.format(owner=found["owner"])] if "owner" in found else []
        when = [said.due_said.format(due=f"{date.fromisoformat(found['due']):%d %b %Y}")] if "due" in found else []
        state = next((words.statuses[each] for each in STATUSES if each == found.get("status")), "")
        lines.append(f"<p>{markup(' · '.join([state, *who, *when]), limit=LONG)}</p>")
        lines += [f'<p class="quiet">{written(found[each])}</p>' for each in ("evidence", "note") if each in found]
    return Html(f'<div class="room-check">{"".join(lines)}</div>')


def _form(check: Check, answer: dict[str, str] | None, view: "ActivityView", seat: "Seat", said: CheckTexts) -> None:
    widgets = {part: seat.key(f"{view.key}.{check.key}.{part}") for part in PARTS}
    found, state, texts = answer or {}, st.session_state, room_texts()
    for part in ("status", *TYPED):
        state.setdefault(widgets[part], found.get(part, "" if part in TYPED else None))
    state.setdefault(widgets["due"], date.fromisoformat(found["due"]) if "due" in found else None)

    def leave() -> None:
        for widget in (*widgets.values(), seat.key(f"{view.key}.chosen")):
            state.pop(widget, None)

    def keep() -> None:
        value = {"status": state.get(widgets["status"]) or "todo"}
        value |= {part: typed for part in TYPED if (typed := (state.get(widgets[part]) or "").strip())}
        if (due := state.get(widgets["due"])) is not None:
            value["due"] = due.isoformat()
        if seat.send(Give(activity=view.key, values={check.key: value})) is not None:
            leave()

    def take_back() -> None:
        if seat.send(Give(activity=view.key, values={check.key: None})) is not None:
            leave()

    with st.form(seat.key(f"{view.key}.{check.key}")):
        st.radio(
            said.status, STATUSES, format_func=lambda each: texts.statuses[each], index=None, key=widgets["status"]
        )
        st.text_input(said.owner, key=widgets["owner"], max_chars=LONGEST_NAME, autocomplete="off")
        st.date_input(said.due, value=None, key=widgets["due"], format="YYYY-MM-DD")
        st.text_area(said.evidence, key=widgets["evidence"], max_chars=LONGEST_NOTE, height=72)
        st.text_area(said.note, key=widgets["note"], max_chars=LONGEST_NOTE, height=72)
        presses = [("keep", said.keep, keep)]
        if answer is not None:
            presses += [("back", said.take_back, take_back), ("leave", said.leave, leave)]
        with st.container(horizontal=True):
            for name, label, act in presses:
                st.form_submit_button(
                    label,
                    key=seat.key(f"{view.key}.{check.key}.{name}"),
                    type="primary" if name == "keep" else "secondary",
                    on_click=act,
                )


def _theirs(spec: Checks, dealt: dict[str, str], table: str | None, said: CheckTexts) -> Html:
    """What other tables look at."""
    others = [each for each in spec.checks if dealt.get(each.key, table) != table]
    if not others:
        return Html("")
    listed = notes(f"{dealt[each.key]}: {each.question}" for each in others)
    return Html(f"<h3>{markup(said.theirs)}</h3>{listed}")


def _which_table(
    tables: tuple[str, ...], me: "Person | None", view: "ActivityView", seat: "Seat", said: CheckTexts
) -> None:
    widget = seat.key(f"{view.key}.table")

    def choose() -> None:
        if (chosen := st.session_state.get(widget)) is not None:
            seat.send(Introduce(name=me.name if me is not None else None, table=chosen))
            st.session_state.pop(seat.key("table"), None)

    names = told_apart({each: each for each in tables}, written=markdown)
    st.pills(said.choose_table, tables, format_func=lambda each: names[each], key=widget, on_change=choose)
    page.draw(page.quiet(said.choose_table_note))
