"""The view "What will it cost?": the workload, the bill of the models chosen, the months ahead, own machines, files."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct
from aipm.selection.bill import OwnMachines, bill_csv, bill_markdown
from aipm.selection.cost import COUNTED, Cost, Estimate, Workload
from aipm.selection.facts import fact
from aipm.selection.offers import WHY, Candidate
from aipm.selection.rates import PACKAGE, newest_rule
from aipm.tables import Refusal
from aipm.ui import (
    brief_add,
    brief_entries_scorer,
    download,
    hand_over,
    page,
    scorer_growth,
    scorer_hosting,
    scorer_workload,
)
from aipm.ui.fragments import Column, notes, table
from aipm.ui.registry import registry
from aipm.ui.scorer_cost_texts import CostPage, cost_page
from aipm.ui.scorer_hosting import Runnable
from aipm.ui.scorer_needs import needs
from aipm.ui.scorer_own_state import entered
from aipm.ui.scorer_state import PAGE, bound, held, hold, now, today
from aipm.ui.scorer_words import joined, money, said_so
from aipm.ui.scorer_work import Screened, offers, ranked, screened, workload

FIRST = 4
MOST = 12
THOUSAND = Decimal(1000)
PLAIN = 10
"""Times as much, from which on no decimals are needed."""


def what_it_costs() -> None:
    text = cost_page()
    page.section(text.title, sentence=text.sentence)
    every = {each.model.name: each for each in offers(workload())}
    chosen = _standing(every)
    units = {unit for name in chosen for unit in COUNTED.get(every[name].model.kind, ())}
    dear = any(len(every[name].cost.hours) > 1 for name in chosen)
    scorer_workload.inputs(units, dear, text)
    asked = workload()
    try:
        every = {each.model.name: each for each in offers(asked)}
        found = screened(needs(), asked)
    except Refusal as refusal:
        page.refused(text.bill.refused, refusal)
        return
    chosen = _choose(every, text)
    if not chosen:
        page.draw(page.quiet(text.bill.empty))
        return
    compared = {name: every[name] for name in chosen}
    bills = {name: each.cost for name, each in compared.items()}
    told = _bill(compared, asked, text)
    own_numbers = entered()
    hand_over.cost(told, asked=(asked, chosen, *([own_numbers] if own_numbers else [])))
    scorer_growth.month_by_month(bills, asked, text)
    costs = {name: each.cost for name, each in every.items()}
    runnable = _runnable(every, chosen, found, not_known=text.own.not_known)
    own = scorer_hosting.own_machines(costs, chosen, runnable, asked, text.own)
    _export(compared, asked, own, text)


def _standing(every: Mapping[str, Candidate]) -> list[str]:
    """The models that are compared; at first those that lead under "Which model?" and have a price."""
    if (standing := held("cost.models", None)) is None:
        names = [name for name, each in every.items() if each.cost.monthly is not None]
        standing = ([name for name in _leading() if name in names] or names)[:FIRST]
    standing = [name for name in standing if name in every]
    hold("cost.models", standing)
    return list(standing)


def _leading() -> list[str]:
    """The models that lead under "Which model?"; none where nobody can be ranked."""
    try:
        current = needs()
        result, _ = ranked(screened(current, workload()), current)
    except Refusal:
        return []
    return [each.name for each in result.ranking]


def _choose(every: Mapping[str, Candidate], text: CostPage) -> list[str]:
    widget = bound("cost.models", [])
    st.session_state[widget["key"]] = _standing(every)
    return st.multiselect(
        text.bill.models,
        tuple(every),
        format_func=distinct(every),
        max_selections=MOST,
        placeholder=text.bill.models_placeholder,
        **widget,
    )


def _bill(compared: Mapping[str, Candidate], asked: Workload, text: CostPage) -> str:
    """Draw the bill; its answer in a sentence."""
    said = text.bill
    bills = {name: each.cost for name, each in compared.items()}
    priced = {name: each.monthly for name, each in bills.items() if each.monthly is not None}
    ordered = sorted(priced, key=lambda name: priced[name].likely)
    told = _answer(ordered, priced, text)
    page.draw(said_so("reference", said.word, told, _basis(bills, text)))
    if ordered:
        shown = {name: said.columns[name] for name in said.columns if name != "per_user" or asked.users is not None}
        heads = tuple(
            Column(name=each.format(months=asked.months), number=name != "name") for name, each in shown.items()
        )
        rows = [tuple(_cell(column, name, bills[name]) for column in shown) for name in ordered]
        page.draw(table(heads, rows, caption=said.table))
    changes = [
        said.change.format(
            name=name,
            day=change.day.isoformat(),
            before=money(change.before * THOUSAND),
            after=money(change.after * THOUSAND),
            change=f"{change.after / change.before - 1:+.0%}".replace("-", number.MINUS)
            if change.before
            else number.NONE,
        )
        for name, each in bills.items()
        for change in each.changes
    ]
    page.draw(notes([*(changes or [said.no_changes] * bool(ordered)), *_remarks(compared, asked, text)]))
    return told


def _answer(ordered: Sequence[str], priced: Mapping[str, Estimate], text: CostPage) -> str:
    said = text.bill
    if not ordered:
        return said.none
    first, last = ordered[0], ordered[-1]
    low, high = priced[first].bounds
    known = {"first": first, "usd": money(priced[first].likely), "low": money(low), "high": money(high)}
    if not priced[last].likely:
        return said.nothing_asked
    if len(ordered) == 1:
        return (said.answer_one if low == high else said.answer_one_range).format(**known)
    tied = [name for name in ordered if priced[name].likely == priced[first].likely]
    if len(tied) > 1:
        low, high = min(priced[name].bounds[0] for name in tied), max(priced[name].bounds[1] for name in tied)
        template = said.answer_tied if low == high else said.answer_tied_range
        told = template.format(names=joined(tied, said.last), usd=known["usd"], low=money(low), high=money(high))
    else:
        told = (said.answer_exact if low == high else said.answer).format(**known)
    if not priced[first].likely or len(tied) == len(ordered):
        return told
    times = priced[last].likely / priced[first].likely
    factor = f"{times:.1f}" if times < PLAIN else number.count(round(times))
    return f"{told} {said.times.format(last=last, factor=factor)}"


def _basis(bills: Mapping[str, Cost], text: CostPage) -> str:
    """In which money, at which moment, and from where: each source once, with the day on which it was checked."""
    said = text.bill
    lines = [said.at.format(at=now().strftime("%Y-%m-%d, %H:%M"))]
    for source, day in dict.fromkeys((each.source, each.source_as_of) for each in bills.values()):
        newest = newest_rule(until=today()) if source.startswith(PACKAGE) else None
        rules = said.rules.format(day=newest.isoformat()) if newest else ""
        template = said.source if day else said.unchecked
        lines.append(template.format(source=source, day=day, rules=rules))
    return " ".join(lines)


def _cell(column: str, name: str, bill: Cost) -> str:
    if column == "name":
        return name
    if column == "range":
        low, high = bill.monthly.bounds if bill.monthly else (None, None)
        return number.NONE if low == high else f"{money(low)} – {money(high)}"
    found: Estimate | None = getattr(bill, column)
    return money(None if found is None else found.likely)


def _remarks(compared: Mapping[str, Candidate], asked: Workload, text: CostPage) -> list[str]:
    """What has no price and why, what the range rests on, dear hours, the busiest hour, cautions."""
    said = text.bill
    bills = {name: each.cost for name, each in compared.items()}
    lines = []
    for name, each in bills.items():
        if each.monthly is None:
            units = COUNTED.get(compared[name].model.kind, ("input_tokens",)) if each.status == "no_usage" else ()
            asks = " ".join(said.asks[unit] for unit in units)
            lines.append(said.unpriced.format(name=name, why=WHY[each.status], asks=asks).strip())
    dear = {name: each for name, each in bills.items() if len(each.hours) > 1}
    typed = any(
        each.low is not None or each.high is not None
        for each in (asked.requests, asked.input_tokens, asked.output_tokens)
    )
    spread = any(each.monthly is not None and len(set(each.monthly.bounds)) > 1 for each in bills.values())
    reasons = {"typed": typed, "counted": asked.counted, "hours": bool(dear) and asked.busy_share is None}
    if spread and any(reasons.values()):
        why = joined([said.range[name] for name, holds in reasons.items() if holds], said.last)
        lines.append(said.range["why"].format(reasons=why))
    for name, each in dear.items():
        cheap, peak = (end(hour.usd for hour in each.hours) for end in (min, max))
        times = [
            f"{hour.start.isoformat('minutes')}–{hour.end.isoformat('minutes')}"
            for hour in each.hours
            if hour.usd == peak
        ]
        known = {"dear": money(peak * THOUSAND), "cheap": money(cheap * THOUSAND)}
        lines.append(said.hours.format(name=name, times=joined(times, said.last), **known))
    if asked.requests.likely:
        tokens = asked.busiest_hour * (asked.input_tokens.likely + asked.output_tokens.likely)
        lines.append(
            said.busiest.format(requests=number.count(round(asked.busiest_hour)), tokens=number.count(round(tokens)))
        )
    return [*lines, *dict.fromkeys(caution for each in bills.values() for caution in each.cautions)]


def _runnable(every: Mapping[str, Candidate], chosen: Sequence[str], found: Screened, *, not_known: str) -> Runnable:
    """Who could run on machines of one's own, among the compared and those that pass the filters."""
    plain = {str(each["name"]): each for each in found.plain}
    weights = {name: fact(each, "open_weights").value for name, each in plain.items()}
    passing = {str(each["name"]) for each in found.left}
    by_tokens = {name for name, each in every.items() if each.cost.usage is not None and each.cost.monthly is not None}
    runs = {name for name in by_tokens if weights.get(name) == "yes" and every[name].model.kind == "llm"}
    compared = [name for name in chosen if name in runs]
    others = sorted((runs & passing) - set(compared), key=lambda name: _monthly(every[name]))
    return Runnable(
        open=(*compared, *others),
        closed=tuple(name for name in chosen if weights.get(name) == "no"),
        unknown=tuple(name for name in chosen if weights.get(name) is None),
        left_out=tuple(
            (each.name, "; ".join(one.text for one in each.failures))
            for each in found.screening.excluded
            if each.name in runs
        ),
        use={name: plain[name]["facts"].get("commercial_use", {}).get("value") or not_known for name in runs},
        seller={name: every[name].model.sold_by for name in runs},
    )


def _monthly(offer: Candidate) -> Decimal:
    return offer.cost.monthly.likely if offer.cost.monthly else Decimal(0)


def _export(compared: Mapping[str, Candidate], asked: Workload, own: OwnMachines | None, text: CostPage) -> None:
    said, bills = text.export, {name: each.cost for name, each in compared.items()}
    page.section(said.title, sentence=said.sentence)

    def maker(make: Callable[..., str], mark: str) -> Callable[[], bytes]:
        by = registry().product.name
        return lambda: make(asked, bills, made_by=by, day=today(), own=own).encode(mark)

    with st.container(horizontal=True, vertical_alignment="center"):
        for label, name, suffix, mime, make, mark in (
            (said.markdown, "markdown", ".md", "text/markdown", bill_markdown, "utf-8"),
            (said.csv, "csv", ".csv", "text/csv", bill_csv, "utf-8-sig"),  # the mark is for spreadsheets
        ):
            texts = label
            download.button(
                texts,
                maker(make, mark),
                page=PAGE,
                name=f"cost.{name}",
                after=said.name,
                suffix=suffix,
                mime=mime,
            )
        brief_add.offer(
            "model_scorer.cost",
            lambda: brief_entries_scorer.cost(bills, asked=asked, warnings=_remarks(compared, asked, text)),
        )
