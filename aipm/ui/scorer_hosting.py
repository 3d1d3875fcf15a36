"""An API against machines of one's own: which can run there, from which volume it pays, what people may cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

import streamlit as st

from aipm.content import number
from aipm.content.visible import distinct, visible
from aipm.selection.assumptions import cost_texts
from aipm.selection.bill import OwnMachines
from aipm.selection.cost import Cost, Estimate, Workload
from aipm.selection.hosting import (
    MILLION,
    Comparison,
    Hosting,
    against_api,
    break_even_by_people,
    staircase,
    suggested_hosting,
)
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.charts import CONFIG
from aipm.ui.fragments import Column, notes, table
from aipm.ui.scorer_cost_charts import stairs
from aipm.ui.scorer_cost_texts import OwnTexts
from aipm.ui.scorer_state import PAGE, bound, held, hold
from aipm.ui.scorer_words import money, said_so
from aipm.ui.state import Bound, key, shows

HUNDRED = Decimal(100)
REACH = Decimal("1.4")
MOST_REACH = 40
SHOWN_STEPS = 12
MOST_LIKE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Runnable:
    """Who could run on machines of one's own.

    `open` have open weights, pass the filters (or are compared anyway) and a price for tokens; `closed` and `unknown`
    are compared, and their weights are not open, or nobody knows; `left_out` are open but fail a filter: name, reason.
    `use` says what the licence allows, `seller` who runs the model behind an API.
    """

    open: tuple[str, ...]
    closed: tuple[str, ...]
    unknown: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    use: Mapping[str, str]
    seller: Mapping[str, str]


def own_machines(
    bills: Mapping[str, Cost], compared: Sequence[str], found: Runnable, asked: Workload, text: OwnTexts
) -> OwnMachines | None:
    """Draw the comparison; what was compared, None where nothing could be."""
    page.section(text.title, sentence=text.sentence)
    said = [
        said.format(names=", ".join(names))
        for said, names in ((text.closed, found.closed), (text.unknown, found.unknown))
        if names
    ]
    if not any(map(_by_tokens, bills.values())):
        page.draw(page.quiet(text.no_tokens))
        return None
    if not found.open:
        like = [text.none_like.format(name=name, reason=why) for name, why in found.left_out[:MOST_LIKE]]
        page.draw(notes([text.none, *said, *like]))
        return None
    if said:
        page.draw(notes(said))
    run, against = _which(found, [name for name in compared if _by_tokens(bills[name])], text)
    if found.use.get(run) != "yes":
        page.draw(page.quiet(text.licence.format(name=run, use=found.use.get(run, number.NONE))))
    try:
        hosting, people_known = _machines(asked, text)
        figures = against_api(bills[against], asked, hosting)
    except Refusal as refusal:
        page.refused(text.refused, refusal)
        return None
    page.draw(said_so("reference", *_sentence(figures, asked, text, people_known=people_known)))
    _by_people(figures, hosting, bills[against], text, people_known=people_known)
    _picture(figures, hosting, text.machines if people_known else text.machines_alone, text)
    given = cost_texts().hosting
    assumed = text.assumed.format(
        gpu=money(Decimal(given.gpu_usd_per_hour.likely or 0)),
        low=money(Decimal(given.gpu_usd_per_hour.low or 0)),
        high=money(Decimal(given.gpu_usd_per_hour.high or 0)),
        speed=given.tokens_per_second.likely,
        source=given.gpu_usd_per_hour.source,
    )
    page.draw(notes((assumed, given.people.why, *given.cautions)))
    return OwnMachines(model=run, against=against, hosting=hosting, found=figures, people_known=people_known)


def _by_tokens(bill: Cost) -> bool:
    return bill.monthly is not None and bill.usage is not None and bool(bill.usage.input_tokens)


def _which(found: Runnable, compared: Sequence[str], text: OwnTexts) -> tuple[str, str]:
    """The model to run, and the one whose API price is the other side: the same one at first."""
    first, second = st.columns(2)
    with first:
        widget = _following("machines.model", found.open)
        run = st.selectbox(text.run, found.open, format_func=distinct(found.open), **widget) or found.open[0]
    others = tuple(dict.fromkeys((run, *compared)))

    texts = dict.fromkeys(others, "{name}") | {run: text.same}
    seller = found.seller.get(run, number.NONE)
    with second:
        widget = _following("machines.against", others)
        against = st.selectbox(
            text.against,
            others,
            format_func=lambda each: visible(texts[each].format(name=each, seller=seller), limit=200),
            **widget,
        )
    return run, against or run


def _following(name: str, options: Sequence[str]) -> Bound:
    """Arguments of a choice that is the first option until somebody chooses another that is still offered."""
    chosen = held(name, None)
    return shows(key(PAGE, name), chosen if chosen in options else options[0], partial(hold, name))


def _machines(asked: Workload, text: OwnTexts) -> tuple[Hosting, bool]:
    """The machines as typed, those of content/costs.yaml at first; and whether people have a cost. Raises Refusal."""
    said, start = text.inputs, suggested_hosting()
    first, second, third = st.columns(3)
    with first:
        usd = st.number_input(
            said["gpu"].label,
            min_value=0.01,
            max_value=1000.0,
            **bound("machines.gpu", float(start.gpu_usd_per_hour.likely)),
        )
    with second:
        speed = st.number_input(
            said["speed"].label,
            min_value=1,
            max_value=10**7,
            help=said["speed"].help,
            **bound("machines.speed", int(start.tokens_per_second)),
        )
    with third:
        gpus = st.number_input(
            said["gpus"].label, min_value=1, max_value=1000, help=said["gpus"].help, **bound("machines.gpus", 1)
        )
    first, second, third = st.columns(3)
    with first:
        use = st.number_input(
            said["use"].label,
            min_value=1,
            max_value=100,
            help=said["use"].help,
            **bound("machines.use", int(start.utilisation * 100)),
        )
    with second:
        spare = st.number_input(said["spare"].label, min_value=0, max_value=1000, **bound("machines.spare", 0))
    with third:
        ops = st.number_input(
            said["people"].label,
            min_value=0,
            max_value=10**9,
            value=None,
            help=said["people"].help,
            placeholder=text.open_question,
            **bound("machines.ops", None),
        )
    likely = Decimal(str(usd))
    price = start.gpu_usd_per_hour if likely == start.gpu_usd_per_hour.likely else Estimate(likely=likely)
    made = replace(
        start,
        gpu_usd_per_hour=price,
        tokens_per_second=Decimal(speed),
        gpus_per_replica=gpus,
        utilisation=Decimal(use) / HUNDRED,
        peak_factor=asked.peak_factor,
        redundancy=spare,
        ops_usd_per_month=Decimal(ops or 0),
    )
    return made, ops is not None


def _sentence(found: Comparison, asked: Workload, text: OwnTexts, *, people_known: bool) -> tuple[str, str, str]:
    """The word, the answer, and how things stand today."""
    even, gpus = found.break_even, found.own.gpus
    low, high = found.own.monthly.bounds
    known = {
        "api": money(found.api.likely),
        "own": money(found.own.monthly.likely),
        "machines": money(found.machines_usd),
        "most": money(found.left_for_people),
        "range": text.range.format(low=money(low), high=money(high)) if low != high else "",
        "gpus": text.gpus["one"] if gpus == 1 else text.gpus["many"].format(count=number.count(gpus)),
        "used": number.rate(float(found.own.used)),
    }
    if not people_known:
        told = text.open_answer if found.left_for_people > 0 else text.open_never
        return text.open_question, told.format(**known), ""
    today = text.today.format(**known)
    if even.first is None or found.break_even_requests is None:
        return text.word, text.never.format(usd=money(found.api_usd_per_million_tokens)), today
    pays = found.own.monthly.likely <= found.api.likely
    standing = (text.settled_above if pays else text.settled_below).format(
        now=number.count(round(asked.requests_per_month.likely))
    )
    told = text.settled.format(
        requests=number.count(round(found.break_even_requests)),
        tokens=number.count(round(even.first / MILLION)),
        standing=standing,
    )
    if even.settled is not None and even.settled > even.first:
        requests = found.break_even_requests / even.first * even.settled
        today = f"{text.always.format(requests=number.count(round(requests)))} {today}"
    return text.word, told, today


def _by_people(found: Comparison, hosting: Hosting, bill: Cost, text: OwnTexts, *, people_known: bool) -> None:
    """From which volume it pays, for several costs of people, and the one that was typed."""
    usage = bill.usage
    if found.break_even.first is None or usage is None:
        return
    tokens = usage.input_tokens + usage.output_tokens
    given = {Decimal(step) for step in cost_texts().hosting.people.steps} | {hosting.ops_usd_per_month}
    evens = break_even_by_people(hosting, usd_per_million_tokens=found.api_usd_per_million_tokens, steps=sorted(given))

    def usd(ops: Decimal) -> str:
        yours = people_known and ops == hosting.ops_usd_per_month
        return text.yours.format(usd=money(ops)) if yours else money(ops)

    rows = [
        (usd(ops), text.people_never, text.people_never)
        if even.first is None
        else (usd(ops), number.count(round(even.first / tokens)), number.count(round(even.first / MILLION)))
        for ops, even in evens
    ]
    heads = tuple(Column(name=name, number=place > 0) for place, name in enumerate(text.people_columns))
    page.draw(table(heads, rows, caption=text.people))


def _picture(found: Comparison, hosting: Hosting, machines: str, text: OwnTexts) -> None:
    """Up to the break-even and the team's own volume, with room beyond, but no more than forty steps."""
    volume = max(found.break_even.first or Decimal(0), found.tokens_per_month, hosting.tokens_per_replica) * REACH
    volume = min(volume, max(found.tokens_per_month, hosting.tokens_per_replica * MOST_REACH))
    steps = staircase(hosting, tokens_per_month=volume)
    points = [(float(each.tokens / MILLION), float(each.monthly.likely)) for each in steps]
    per_million = found.api_usd_per_million_tokens
    now = found.tokens_per_month / MILLION
    figure = stairs(
        points,
        api_per_million=float(per_million),
        now=float(now),
        bill=float(found.api.likely),
        machines=machines,
        text=text,
    )
    page.draw(page.quiet(text.stairs))
    shown = steps[:SHOWN_STEPS]
    alt = text.stairs_alt.format(
        stairs=text.stairs,
        machines=machines,
        steps="; ".join(
            f"{number.count(round(each.tokens / MILLION))}: {money(each.monthly.likely)}" for each in shown
        ),
        api=text.api,
        per_million=money(per_million),
        you=text.you,
        now=number.count(round(now)),
        bill=money(found.api.likely),
    )
    st.plotly_chart(figure, key=key(PAGE, "stairs"), config=CONFIG, alt=alt)
    with st.expander(text.stairs_table):
        heads = tuple(Column(name=name, number=True) for name in text.stairs_columns)
        rows = [
            (
                number.count(round(each.tokens / MILLION)),
                number.count(each.gpus),
                money(each.monthly.likely),
                money(each.tokens / MILLION * per_million),
            )
            for each in shown
        ]
        page.draw(table(heads, rows, caption=text.stairs))
