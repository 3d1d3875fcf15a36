"""An API against machines of one's own: the staircase, the volume from which it pays, and where the team stands."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from aipm.content import number
from aipm.content.visible import visible
from aipm.selection.assumptions import cost_texts
from aipm.selection.cost import Cost, Estimate, Workload
from aipm.selection.hosting import MILLION, Comparison, Hosting, against_api, staircase, suggested_hosting
from aipm.tables import Refusal
from aipm.ui import page
from aipm.ui.fragments import notes
from aipm.ui.scorer_charts import stairs
from aipm.ui.scorer_state import PAGE, bound
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import money, said_so
from aipm.ui.state import kept, key

HUNDRED = Decimal(100)
REACH = Decimal("1.4")
MOST_REACH = 40


def own_machines(bills: Mapping[str, Cost], asked: Workload, text: ScorerPage) -> None:
    said = text.cost
    page.section(said.own, sentence=said.own_sentence)
    priced = [name for name, each in bills.items() if each.monthly is not None and each.usage is not None]
    widget = kept(PAGE, "own.model")
    if st.session_state.get(widget["key"]) not in priced:
        st.session_state[widget["key"]] = priced[0]
    chosen = st.selectbox(said.own_model, tuple(priced), format_func=visible, **widget)
    try:
        hosting = _machines(text)
        found = against_api(bills[chosen or priced[0]], asked, hosting)
    except Refusal as refusal:
        page.refused(said.own_refused, refusal)
        return
    page.draw(said_so("reference", said.word, _sentence(found, asked, text)))
    _picture(found, hosting, text)
    page.draw(notes(cost_texts().hosting.cautions))


def _machines(text: ScorerPage) -> Hosting:
    """The machines as typed; those of content/costs.yaml at first. Raises Refusal."""
    said, start = text.cost, suggested_hosting()
    columns = st.columns(4)
    with columns[0]:
        usd = st.number_input(
            said.gpu, min_value=0.01, max_value=1000.0, **bound("own.gpu", float(start.gpu_usd_per_hour.likely))
        )
        use = st.number_input(said.use, min_value=1, max_value=100, **bound("own.use", int(start.utilisation * 100)))
    with columns[1]:
        speed = st.number_input(
            said.speed, min_value=1, max_value=10**7, **bound("own.speed", int(start.tokens_per_second))
        )
        peak = st.number_input(said.peak, min_value=1.0, max_value=1000.0, **bound("own.peak", 1.0))
    with columns[2]:
        gpus = st.number_input(said.gpus, min_value=1, max_value=1000, **bound("own.gpus", 1))
        spare = st.number_input(said.spare, min_value=0, max_value=1000, **bound("own.spare", 0))
    with columns[3]:
        ops = st.number_input(said.ops, min_value=0, max_value=10**9, **bound("own.ops", 0))
    likely = Decimal(str(usd))
    price = start.gpu_usd_per_hour if likely == start.gpu_usd_per_hour.likely else Estimate(likely=likely)
    return replace(
        start,
        gpu_usd_per_hour=price,
        tokens_per_second=Decimal(speed),
        gpus_per_replica=gpus,
        utilisation=Decimal(use) / HUNDRED,
        peak_factor=Decimal(str(peak)),
        redundancy=spare,
        ops_usd_per_month=Decimal(ops),
    )


def _sentence(found: Comparison, asked: Workload, text: ScorerPage) -> str:
    said, even = text.cost, found.break_even
    known = {
        "api": money(found.api.likely),
        "own": money(found.own.monthly.likely),
        "gpus": number.count(found.own.gpus),
        "used": number.rate(float(found.own.used)),
    }
    if even.first is None or found.break_even_requests is None:
        never = said.own_never.format(usd=money(found.api_usd_per_million_tokens))
        return f"{never} {said.own_none.format(**known)}"
    return said.own_settled.format(
        requests=number.count(round(found.break_even_requests)),
        tokens=number.count(round(even.first / MILLION)),
        now=number.count(round(asked.requests_per_month.likely)),
        **known,
    )


def _picture(found: Comparison, hosting: Hosting, text: ScorerPage) -> None:
    """Up to the break-even and the team's own volume, with room beyond, but no more than forty steps."""
    volume = max(found.break_even.first or Decimal(0), found.tokens_per_month, hosting.tokens_per_replica) * REACH
    volume = min(volume, max(found.tokens_per_month, hosting.tokens_per_replica * MOST_REACH))
    steps = [
        (float(each.tokens / MILLION), float(each.monthly.likely))
        for each in staircase(hosting, tokens_per_month=volume)
    ]
    figure = stairs(
        steps,
        api_per_million=float(found.api_usd_per_million_tokens),
        now=float(found.tokens_per_month / MILLION),
        bill=float(found.api.likely),
        text=text,
    )
    page.draw(page.quiet(text.cost.stairs))
    st.plotly_chart(figure, key=key(PAGE, "stairs"), config={"displayModeBar": False}, alt=text.cost.stairs)
