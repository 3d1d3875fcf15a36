"""The needs as questions with three answers each, and the order of what is preferred."""

from typing import Any

import streamlit as st

from aipm.content.visible import visible
from aipm.selection.needs import Asked, Needs, need_texts, weights
from aipm.selection.record import need_lines
from aipm.ui import page, scorer_own
from aipm.ui.fragments import notes
from aipm.ui.safe import markdown
from aipm.ui.scorer_state import PAGE, bound, held, hold
from aipm.ui.scorer_texts import ScorerPage, start_needs
from aipm.ui.state import key


def needs() -> Needs:
    """What was answered, as it stands. Raises Refusal."""
    start = start_needs()
    musts: dict[str, Any] = held("musts", dict(start.musts))
    order: list[str] = held("order", list(start.order))
    return Needs.from_dict({"musts": musts, "order": order})


def ask(text: ScorerPage) -> None:
    """Draw what is asked for now, and the questions to change it, folded."""
    said = need_texts()
    page.section(said.title, sentence=said.sentence)
    page.draw(notes(_summary(text)))
    for group in text.groups.values():
        with st.expander(markdown(group.title)):
            for question in group.questions:
                _question(question, said.questions[question])
    scorer_own.own(needs(), text)


def _summary(text: ScorerPage) -> list[str]:
    current, lines = needs(), need_lines(needs())
    said = need_texts()
    words = dict(zip(said.questions, lines, strict=True))
    prefix = f"{said.stances['must']}: "
    musts = [words[name].answer.split("; ")[0].removeprefix(prefix) for name, _ in current.musts]
    preferred = [said.criteria[name].name for name in weights(current)]
    shown = [text.needs["must"].format(items="; ".join(musts)) if musts else text.needs["anything"]]
    return [*shown, text.needs["prefer"].format(items=", ".join(preferred)) if preferred else text.needs["nothing"]]


def _question(name: str, asked: Asked) -> None:
    said = need_texts()
    current = needs()
    musts = dict(current.musts)
    stance = "must" if name in musts else "prefer" if name in current.order else "no_matter"
    widget = bound(f"stance.{name}", stance)
    st.segmented_control(
        markdown(asked.question),
        tuple(said.stances),
        format_func=lambda each: said.stances[each],
        help=markdown(asked.help, limit=2_000),
        required=True,
        key=widget["key"],
        on_change=lambda: _took(name, asked, st.session_state[widget["key"]]),
    )
    if name not in musts:
        return
    place = key(PAGE, f"must.{name}")
    st.session_state.setdefault(place, musts[name])
    if asked.options is not None:
        options = asked.options
        st.selectbox(
            markdown(asked.question),
            tuple(options),
            format_func=lambda each: visible(options[each].label),
            label_visibility="collapsed",
            key=place,
            on_change=lambda: _must(name, st.session_state[place]),
        )
    elif asked.number is not None:
        bounds = asked.number
        st.number_input(
            markdown(f"{asked.question} ({bounds.unit})"),
            min_value=float(bounds.low),
            max_value=float(bounds.high),
            key=place,
            on_change=lambda: _must(name, st.session_state[place]),
        )


def _took(name: str, asked: Asked, stance: str) -> None:
    """Callback: a question got another of its three answers."""
    hold(f"stance.{name}", stance)
    musts, order = dict(held("musts", {})), list(held("order", []))
    first = next(iter(asked.options)) if asked.options else float(asked.number.suggest) if asked.number else None
    musts.pop(name, None)
    if stance == "must":
        musts[name] = held(f"must.{name}", first)
        st.session_state[key(PAGE, f"must.{name}")] = musts[name]
    if stance != "prefer" and name in order:
        order.remove(name)
    if stance == "prefer" and name not in order:
        order.append(name)
    hold("musts", musts)
    hold("order", order)


def _must(name: str, value: Any) -> None:
    """Callback: what a must asks for."""
    hold(f"must.{name}", value)
    hold("musts", {**held("musts", {}), name: value})
