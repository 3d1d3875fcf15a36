"""The needs as questions with three answers each, the order of what is preferred, and the team's own findings."""

from typing import Any

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.selection.needs import Asked, Needs, need_texts, weights
from aipm.selection.record import need_lines
from aipm.selection.screening import screen
from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.safe import markdown
from aipm.ui.scorer_state import PAGE, bound, held, hold
from aipm.ui.scorer_texts import ScorerPage, start_needs
from aipm.ui.scorer_work import offers, workload
from aipm.ui.state import key

OWN = {
    "task": ("task_fit",),
    "quality": ("pass_rate",),
    "latency": ("latency_seconds",),
    "residency": ("data_place",),
    "people": ("team_fit",),
    "ethics": ("ethics_review",),
}
"""Question -> facts that no catalogue has: the team's own findings."""
MOST_OWN = 60


def needs() -> Needs:
    """What was answered, as it stands. Raises Refusal."""
    start = start_needs()
    musts: dict[str, Any] = held("musts", dict(start.musts))
    order: list[str] = held("order", list(start.order))
    return Needs.from_dict({"musts": musts, "order": order})


def entered() -> dict[str, dict[str, Any]]:
    """The team's own findings: model -> fact -> value."""
    found: dict[str, dict[str, Any]] = held("entered", {})
    return found


def ask(text: ScorerPage) -> None:
    """Draw what is asked for now, and the questions to change it, folded."""
    said = need_texts()
    page.section(said.title, sentence=said.sentence)
    page.draw(notes(_summary(text)))
    for group in text.groups.values():
        with st.expander(markdown(group.title)):
            for question in group.questions:
                _question(question, said.questions[question])
    if len(needs().order) > 1:
        with st.expander(text.needs["order"]):
            _order(text)
    _own(text)


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


def _up(name: str) -> None:
    """Callback: one place up in the order."""
    order = list(held("order", []))
    place = order.index(name)
    order.insert(max(place - 1, 0), order.pop(place))
    hold("order", order)


def _order(text: ScorerPage) -> None:
    said, given = need_texts(), weights(needs())
    page.draw(page.quiet(text.needs["order_sentence"]))
    for place, name in enumerate(needs().order, start=1):
        parts = said.questions[name].criteria
        named = ", ".join(said.criteria[part].name for part in parts)
        weight = number.rate(sum(given[part] for part in parts))
        line = text.needs["weight"].format(place=place, name=named, weight=weight)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(markdown(line))
            if place > 1:
                up = text.needs["up"].format(name=markdown(named))
                st.button(up, key=key(PAGE, f"up.{name}"), on_click=_up, args=(name,), icon=":material/arrow_upward:")


def _own(text: ScorerPage) -> None:
    """A table to type what no catalogue knows, where that counts; every change is kept by a callback."""
    current = needs()
    asked = [name for name in OWN if name in dict(current.musts) or name in current.order]
    facts = [fact for name in asked for fact in OWN[name] if name != "task" or name in current.order]
    if not facts:
        return
    others = Needs(musts=tuple(each for each in current.musts if each[0] not in OWN or each[0] == "task"))
    plain = [each.to_plain() for each in offers(workload())]
    names = [plain[place]["name"] for place in screen(plain, others).left][:MOST_OWN]
    said = need_texts()
    levels = {each.fact: tuple(each.levels or ()) for each in said.criteria.values()}
    base: dict[str, dict[str, Any]] = entered()
    table: dict[str, list[Any]] = {"name": list(names)}
    table |= {fact: [base.get(name, {}).get(fact) for name in names] for fact in facts}
    columns: dict[str, Any] = {"name": st.column_config.TextColumn(text.needs["own_name"], disabled=True)}
    for fact in facts:
        heading = said.facts[fact]
        columns[fact] = (
            st.column_config.SelectboxColumn(heading, options=list(levels[fact]))
            if levels[fact]
            else st.column_config.NumberColumn(heading, min_value=0.0, max_value=1.0 if fact == "pass_rate" else None)
        )
    widget = key(PAGE, f"own.{'.'.join(facts)}.{len(names)}.{held('own.revision', 0)}")
    with st.expander(text.needs["own"], expanded=True):
        page.draw(page.quiet(text.needs["own_sentence"]))
        st.data_editor(
            table,
            hide_index=True,
            width="stretch",
            height=260,
            column_config=columns,
            key=widget,
            on_change=lambda: _entered(names, st.session_state[widget]),
        )


def _entered(names: list[str], edits: dict[str, Any]) -> None:
    """Callback: what was typed in the table; the table begins anew from what is kept."""
    found = {name: dict(facts) for name, facts in entered().items()}
    for place, new in edits["edited_rows"].items():
        facts = found.setdefault(names[int(place)], {})
        facts.update(new)
        found[names[int(place)]] = {fact: value for fact, value in facts.items() if value is not None}
    hold("entered", found)
    hold("own.revision", held("own.revision", 0) + 1)
