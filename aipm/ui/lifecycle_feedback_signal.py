"""The signals of a feedback plan: one is opened at a time; below its fields stands what it shows and what it hides."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from aipm.governance import feedback_words as words
from aipm.governance.feedback import GROUPS, KINDS, FeedbackPlan, Kind, Signal, add, remove
from aipm.governance.feedback import put as with_signal
from aipm.governance.feedback_reading import Assessment, Watch
from aipm.governance.feedback_texts import FeedbackTexts
from aipm.governance.fields import Answer, next_id
from aipm.ui import governance_fields as fields
from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.governance_state import form, put
from aipm.ui.governance_texts import governance_texts
from aipm.ui.lifecycle_numbers import field
from aipm.ui.safe import Html, markdown, markup
from aipm.ui.state import key

OPENED = key("lifecycle", "feedback.opened")
YES_NO: tuple[Answer, ...] = ("yes", "no", "unsure")
SHORT = 40


def draw(plan: FeedbackPlan, found: Assessment, texts: FeedbackTexts) -> None:
    said, ids = texts.signals, tuple(each.id for each in plan.signals)
    page.section(said.title, sentence=said.sentence)
    if st.session_state.get(OPENED) not in ids:
        st.session_state[OPENED] = ids[0] if ids else None
    if ids:
        names = {each.id: f"{place}. {words.name(each)}" for place, each in enumerate(plan.signals, start=1)}
        st.pills(
            said.choose,
            ids,
            format_func=lambda each: markdown(names[each], limit=SHORT),
            label_visibility="collapsed",
            required=True,
            **fields.held("feedback.opened", st.session_state[OPENED], _open),
        )
        row = next(each for each in found.watches if each.signal.id == st.session_state[OPENED])
        with st.container(border=True, key="lifecycle-feedback-signal"):
            _card(row, texts)
    with st.expander(said.add, icon=":material/add:", expanded=not ids):
        page.draw(page.quiet(said.added))
        for name, kinds in GROUPS.items():
            text = said.groups[name]
            page.draw(Html(f'<h4 class="group">{markup(text.name)}</h4>'), page.quiet(text.about))
            with st.container(horizontal=True):
                for kind in kinds:
                    st.button(
                        said.kinds[kind].name,
                        key=key("lifecycle", f"feedback.add.{kind}"),
                        help=said.kinds[kind].group_note,
                        on_click=_add,
                        args=(kind, said.kinds[kind].rate, said.kinds[kind].delay),
                    )


def _open(row: str | None) -> None:
    st.session_state[OPENED] = row


def _add(kind: Kind, rate: float, delay: int) -> None:
    """Callback: a new signal at the end, opened."""
    plan = form(FeedbackPlan)
    row = next_id(plan.signals)
    put(add(plan, Signal(id=row, kind=kind, rate=rate, delay=delay, cadence="weekly")))
    st.session_state[OPENED] = row


def _change(row: str, **parts: Any) -> None:
    """This signal is so now."""
    plan = form(FeedbackPlan)
    signal = next((each for each in plan.signals if each.id == row), None)
    if signal is not None:
        put(with_signal(plan, replace(signal, **parts)))


def _card(found: Watch, texts: FeedbackTexts) -> None:
    one, steps = found.signal, texts.steps
    page.draw(notes(words.watch(found)))
    page.draw(Html(f"<h4>{markup(steps['what'])}</h4>"))
    left, right = st.columns(2, gap="medium")
    with left:
        _kind(one, texts)
        _text(one, "where", texts)
    with right:
        _text(one, "name", texts)
        _pair(one, ("rate", "uses_a_day"), texts)
    page.draw(Html(f"<h4>{markup(steps['silence'])}</h4>"))
    left, right = st.columns(2, gap="medium")
    with left:
        _text(one, "silent", texts, example=texts.signals.kinds[one.kind].silent)
    with right:
        _number(one, "delay", texts)
    _choice(one, "bend", texts.options.bend, texts)
    _choice(one, "only_chosen", _answers(), texts)
    page.draw(Html(f"<h4>{markup(steps['keep'])}</h4>"))
    left, right = st.columns(2, gap="medium")
    with left:
        _text(one, "stored", texts)
    with right:
        _number(one, "keep", texts)
    _choice(one, "personal", _answers(), texts)
    if one.personal in ("yes", "unsure"):
        _choice(one, "basis", texts.options.basis, texts)
    page.draw(Html(f"<h4>{markup(steps['act'])}</h4>"))
    _uses(one, texts)
    _choice(one, "cadence", texts.options.cadence, texts)
    if one.cadence not in (None, "daily"):
        days = texts.options.weekday
        st.segmented_control(
            texts.fields["weekday"].label,
            range(len(days)),
            format_func=lambda each: texts.options.weekday[each],
            required=True,
            **fields.held(_name(one, "weekday"), one.weekday, lambda day: _change(one.id, weekday=day)),
        )
    left, right = st.columns(2, gap="medium")
    with left:
        _text(one, "owner", texts)
    with right:
        _text(one, "stop", texts, long=True)
    st.button(
        texts.signals.remove,
        key=key("lifecycle", "feedback.remove"),
        icon=":material/delete:",
        on_click=lambda: put(remove(form(FeedbackPlan), one.id)),
    )


def _name(one: Signal, part: str) -> str:
    return f"feedback.signals.{one.id}.{part}"


def _answers() -> Mapping[str, str]:
    return {each: governance_texts().answers[each] for each in YES_NO}


def _put(one: Signal, part: str, *, whole: bool = False) -> Callable[[Any], None]:
    return lambda value: _change(one.id, **{part: None if value is None else round(value) if whole else value})


def _kind(one: Signal, texts: FeedbackTexts) -> None:
    said = texts.signals.kinds
    st.selectbox(
        texts.fields["kind"].label,
        KINDS,
        format_func=lambda each: said[each].name,
        **fields.held(_name(one, "kind"), one.kind, _put(one, "kind")),
    )


def _text(one: Signal, part: str, texts: FeedbackTexts, *, example: str | None = None, long: bool = False) -> None:
    text = texts.fields[part]
    fields.text(
        text.label,
        name=_name(one, part),
        value=getattr(one, part),
        put=_put(one, part),
        long=long,
        help=text.help,
        placeholder=example or text.example,
    )


def _choice(one: Signal, part: str, options: Mapping[Any, str], texts: FeedbackTexts) -> None:
    text = texts.fields[part]
    fields.choice(
        text.label,
        tuple(options),
        name=_name(one, part),
        value=getattr(one, part),
        put=_put(one, part),
        words=options.__getitem__,
        help=text.help,
    )


def _number(one: Signal, part: str, texts: FeedbackTexts) -> None:
    text = texts.fields[part]
    field(
        text.label,
        name=_name(one, part),
        value=getattr(one, part),
        put=_put(one, part, whole=True),
        high=3_650.0,
        help=text.help,
    )


def _pair(one: Signal, parts: tuple[str, str], texts: FeedbackTexts) -> None:
    for column, part in zip(st.columns(2, vertical_alignment="bottom"), parts, strict=True):
        with column:
            text = texts.fields[part]
            field(
                text.label,
                name=_name(one, part),
                value=getattr(one, part),
                put=_put(one, part),
                high=1.0 if part == "rate" else 1e9,
                per_cent=part == "rate",
                step=None if part == "rate" else 100.0,
                help=text.help,
            )


def _uses(one: Signal, texts: FeedbackTexts) -> None:
    said = texts.options.uses
    st.pills(
        texts.fields["uses"].label,
        tuple(said),
        format_func=lambda each: texts.options.uses[each],
        selection_mode="multi",
        **fields.held(_name(one, "uses"), list(one.uses), lambda chosen: _change(one.id, uses=_in_order(chosen, said))),
    )


def _in_order(chosen: list[Any] | None, said: Mapping[Any, str]) -> tuple[Any, ...]:
    return tuple(each for each in said if each in (chosen or ()))
