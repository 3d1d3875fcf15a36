"""The view "What will it cost?": the workload, the bill of the models chosen, and an API against own machines."""

from collections.abc import Mapping

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.selection.cost import Cost, Estimate, Workload
from aipm.selection.offers import WHY
from aipm.selection.tokens import count_tokens
from aipm.tables import Refusal
from aipm.ui import page, scorer_hosting
from aipm.ui.fragments import Column, notes, table
from aipm.ui.scorer_needs import entered, needs
from aipm.ui.scorer_state import PAGE, bound, held, hold, now
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import money, said_so
from aipm.ui.scorer_work import START, offers, ranked, screened, workload
from aipm.ui.state import key

FIRST = 4
MOST = 12


def what_it_costs(text: ScorerPage) -> None:
    said = text.cost
    page.section(said.title, sentence=said.sentence)
    _workload(text)
    try:
        asked = workload()
        bills = {each.model.name: each.cost for each in offers(asked)}
    except Refusal as refusal:
        page.refused(said.refused, refusal)
        return
    names = tuple(name for name, bill in bills.items() if bill.status == "ok")
    held("cost.models", [name for name in _first(asked) if name in names][:FIRST] or list(names[:FIRST]))
    hold("cost.models", [name for name in held("cost.models", []) if name in names])
    widget = bound("cost.models", [])
    st.session_state[widget["key"]] = held("cost.models", [])
    chosen = st.multiselect(
        said.models,
        names,
        format_func=visible,
        max_selections=MOST,
        placeholder=said.models_placeholder,
        **widget,
    )
    if not chosen:
        page.draw(page.quiet(said.empty))
        return
    _bills({name: bills[name] for name in chosen}, asked, text)
    scorer_hosting.own_machines({name: bills[name] for name in chosen}, asked, text)


def _first(asked: Workload) -> list[str]:
    """The models that lead under "Which model?"; none where nobody can be ranked."""
    try:
        current = needs()
        result, _ = ranked(screened(current, asked, entered()), current)
    except Refusal:
        return []
    return [each.name for each in result.ranking]


def _workload(text: ScorerPage) -> None:
    said = text.cost
    columns = st.columns(3)
    labels = {"requests": said.requests, "input": said.input, "output": said.output}
    for column, name in zip(columns, labels, strict=True):
        with column:
            st.number_input(labels[name], min_value=0, max_value=10**12, step=1, **bound(f"cost.{name}", START[name]))
    with st.expander(said.more):
        says = {"cached": said.cached_help, "thinking": said.thinking_help, "growth": None, "users": None}
        named = {"cached": said.cached, "thinking": said.thinking, "growth": said.growth, "users": said.users}
        most = {"cached": 100, "thinking": 95, "growth": 100, "users": 10**10}
        texts = named
        for name in named:
            st.number_input(
                texts[name],
                min_value=-50 if name == "growth" else 0,
                max_value=most[name],
                step=1,
                help=says[name],
                **bound(f"cost.{name}", START[name]),
            )
    with st.expander(said.paste):
        _paste(text)


def _paste(text: ScorerPage) -> None:
    said = text.cost
    page.draw(page.quiet(said.paste_help))
    prompt = st.text_area(said.paste_in, height=120, **bound("cost.prompt", ""))
    reply = st.text_area(said.paste_out, height=120, **bound("cost.reply", ""))
    if not prompt and not reply:
        return
    try:
        counts = tuple(count_tokens(each).tokens for each in (prompt, reply))
    except Refusal as refusal:
        page.refused(said.refused, refusal)
        return
    told = said.counted.format(input=number.count(counts[0]), output=number.count(counts[1]))
    page.draw(page.quiet(told))
    st.button(said.take, key=key(PAGE, "cost.take"), on_click=_take, args=counts)


def _take(tokens_in: int, tokens_out: int) -> None:
    """Callback: the workload takes these counts, and knows that they were counted."""
    for name, value in (("input", tokens_in), ("output", tokens_out)):
        hold(f"cost.{name}", value)
        st.session_state[key(PAGE, f"cost.{name}")] = value
    hold("cost.counted", (tokens_in, tokens_out))


def _bills(bills: Mapping[str, Cost], asked: Workload, text: ScorerPage) -> None:
    said = text.cost
    priced = {name: each.monthly for name, each in bills.items() if each.monthly is not None}
    ordered = sorted(priced, key=lambda name: priced[name].likely)
    first, last = ordered[0], ordered[-1]
    low, high = priced[first].bounds
    if len(ordered) == 1:
        told = said.answer_one.format(first=first, usd=money(priced[first].likely))
    else:
        template = said.answer if low != high else said.answer_exact
        told = template.format(first=first, usd=money(priced[first].likely), low=money(low), high=money(high))
        if priced[first].likely:
            factor = f"{priced[last].likely / priced[first].likely:.1f}"
            told += " " + said.times.format(last=last, factor=factor)
    page.draw(said_so("reference", said.word, told, said.basis.format(day=now().date().isoformat())))
    heads = tuple(
        Column(name=name.format(months=asked.months), number=place > 0) for place, name in enumerate(said.columns)
    )
    rows = [_row(name, bills[name]) for name in ordered]
    page.draw(table(heads, rows, caption=said.table))
    cautions = dict.fromkeys(caution for each in bills.values() for caution in each.cautions)
    lines = [said.unpriced.format(name=name, why=WHY[each.status]) for name, each in bills.items() if not each.monthly]
    page.draw(notes((*lines, *cautions)))
    changes = [
        said.change.format(
            name=name,
            day=change.day.isoformat(),
            before=f"{change.before:.5f}".rstrip("0").rstrip("."),
            after=f"{change.after:.5f}".rstrip("0").rstrip("."),
            change=f"{change.after / change.before - 1:+.0%}" if change.before else said.dash,
        )
        for name, each in bills.items()
        for change in each.changes
    ]
    page.section(said.changes)
    page.draw(notes(changes or [said.no_changes]))


def _row(name: str, bill: Cost) -> tuple[str, ...]:
    def likely(each: Estimate | None) -> str:
        return money(None if each is None else each.likely)

    ends = bill.monthly.bounds if bill.monthly else (None, None)
    spread = f"{money(ends[0])} – {money(ends[1])}" if ends[0] != ends[1] else number.NONE
    return (
        name,
        likely(bill.monthly),
        spread,
        likely(bill.per_1000_requests),
        likely(bill.per_user),
        likely(bill.whole),
    )
