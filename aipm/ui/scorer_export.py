"""The decision record of "Which model?": made when it is asked for, as Markdown, CSV and JSON."""

from collections.abc import Callable

import streamlit as st

from aipm.selection.catalogue import models
from aipm.selection.cost import Workload
from aipm.selection.exports import record_csv, record_json, record_markdown
from aipm.selection.needs import Needs, criteria
from aipm.selection.ranked import RankResult
from aipm.selection.rates import package_version
from aipm.selection.record import DecisionRecord, decision_record
from aipm.ui import download, page
from aipm.ui.registry import registry
from aipm.ui.scorer_answer import how_sure, sentence
from aipm.ui.scorer_state import PAGE, today
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_words import amount
from aipm.ui.scorer_work import Screened, offers

Maker = Callable[..., str]
KINDS = (
    ("markdown", ".md", "text/markdown", record_markdown),
    ("csv", ".csv", "text/csv", record_csv),
    ("json", ".json", "application/json", record_json),
)


def record(needs: Needs, found: Screened, result: RankResult, asked: Workload, text: ScorerPage) -> DecisionRecord:
    """Everything the answer rests on."""
    bills = {each.model.name: each.cost for each in offers(asked)}
    costs = [
        {
            "item": each.name,
            "value": bill.monthly.likely.quantize(bill.monthly.likely.__class__("0.01")),
            "unit": "USD a month",
            "source": bill.source,
            "as_of": bill.as_of.date().isoformat(),
        }
        for each in result.ranking
        if (bill := bills[each.name]).monthly is not None
    ]
    said = text.answer
    basis = said["cost_basis"].format(
        requests=amount(asked.requests_per_month.likely),
        input=amount(asked.input_tokens.likely),
        output=amount(asked.output_tokens.likely),
    )
    assumptions = [basis, text.export["assumption_order"], text.export["assumption_quality"]]
    return decision_record(
        text.export["question"],
        needs=needs,
        screening=found.screening,
        criteria=criteria(needs),
        ranking=[
            {"name": each.name, "rank": each.rank, "score": each.score, "contributions": each.contributions}
            for each in result.ranking
        ],
        excluded=[{"name": each.name, "reason": each.reason} for each in result.excluded],
        cost=costs,
        decision=sentence(result, text)[2],
        method=text.export["method"],
        robustness=how_sure(result, text),
        assumptions=assumptions,
        versions={"genai-prices": package_version(), "models": str(len(models()))},
    )


def export(needs: Needs, found: Screened, result: RankResult, asked: Workload, text: ScorerPage) -> None:
    said = text.export
    page.section(said["title"], sentence=said["sentence"])

    def maker(make: Maker, name: str) -> Callable[[], bytes]:
        mark = "utf-8-sig" if name == "csv" else "utf-8"  # spreadsheets take a file without the mark for another code
        by = registry().product.name
        return lambda: make(record(needs, found, result, asked, text), made_by=by, day=today()).encode(mark)

    with st.container(horizontal=True):
        for name, suffix, mime, make in KINDS:
            download.button(
                said[name],
                maker(make, name),
                page=PAGE,
                name=f"export.{name}",
                after=said["question"],
                suffix=f"-decision{suffix}",
                mime=mime,
            )
