"""The decision record of "Which model?": made when it is asked for, as Markdown, CSV and JSON."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import streamlit as st

from aipm.selection.bill import stated
from aipm.selection.catalogue import models
from aipm.selection.cost import Workload
from aipm.selection.exports import record_csv, record_json, record_markdown
from aipm.selection.model_entries import texts as catalogue_texts
from aipm.selection.needs import Needs, need_texts
from aipm.selection.ranked import RankResult
from aipm.selection.rates import package_version
from aipm.selection.record import DecisionRecord, decision_record, source_lines
from aipm.ui import brief_add, download, page
from aipm.ui.registry import registry
from aipm.ui.scorer_answer import against, how_sure, sentence
from aipm.ui.scorer_approach import in_words
from aipm.ui.scorer_approach_state import answers
from aipm.ui.scorer_left import why_unranked
from aipm.ui.scorer_own import record_lines
from aipm.ui.scorer_own_state import entered
from aipm.ui.scorer_state import PAGE, held, now, today
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_weighting import weighing
from aipm.ui.scorer_work import Screened, offers, weighed_criteria, weighting

if TYPE_CHECKING:
    from aipm.brief.entry import Entry

Maker = Callable[..., str]
KINDS = (
    ("markdown", ".md", "text/markdown", record_markdown),
    ("csv", ".csv", "text/csv", record_csv),
    ("json", ".json", "application/json", record_json),
)
CENT = Decimal("0.01")


def record(needs: Needs, found: Screened, result: RankResult, asked: Workload, text: ScorerPage) -> DecisionRecord:
    """Everything the answer rests on."""
    said, weighted, pain = text.export, weighting(found, needs), held("for", "")
    by_name = {each["name"]: each for each in found.left}
    ranking = result.ranking
    moment = now()
    assumptions = [
        weighted.sentence,
        said["assumption_quality"],
        said["assumption_prices"].format(day=moment.date().isoformat(), hour=f"{moment:%H}"),
    ]
    assumptions += record_lines(text)
    return decision_record(
        said["question_for"].format(pain=pain) if pain else said["question"],
        needs=needs,
        screening=found.screening,
        criteria=weighed_criteria(needs, weighted.weights),
        ranking=[
            {"name": each.name, "rank": each.rank, "score": each.score, "contributions": each.contributions}
            for each in ranking
        ],
        excluded=[{"name": each.name, "reason": why_unranked(each, text)} for each in result.excluded],
        cost=_bills(result, asked),
        decision=sentence(result, text)[2],
        approach=in_words(answers("approach")),
        workload=[{"need": name, "answer": amount} for name, amount in stated(asked)],
        method=said["method"],
        robustness=how_sure(result, text),
        reasons=against(result, ranking[1], by_name, text) if len(ranking) > 1 else [],
        assumptions=assumptions,
        sources=source_lines((by_name[each.name] for each in ranking), _facts(needs, result)),
        versions={
            "genai-prices": package_version(),
            said["catalogue"]: said["catalogue_of"].format(day=catalogue_texts().as_of, count=len(models())),
        },
        asked={
            "needs": needs.to_dict(),
            "workload": asked.to_plain(),
            "weighing": weighing().to_dict(),
            "entered": entered(),
        },
    )


def _bills(result: RankResult, asked: Workload) -> list[dict[str, object]]:
    """What each of the ranked costs a month."""
    bills = {each.model.name: each.cost for each in offers(asked)}
    return [
        {
            "item": each.name,
            "value": bill.monthly.likely.quantize(CENT),
            "unit": "USD a month",
            "source": bill.source,
            "as_of": bill.as_of.date().isoformat(),
        }
        for each in result.ranking
        if (bill := bills.get(each.name)) is not None and bill.monthly is not None
    ]


def _facts(needs: Needs, result: RankResult) -> list[str]:
    """The facts that somebody must have, or that count."""
    said = need_texts()
    wanted = [said.criteria[name].fact for name in result.weights]
    for name, _ in needs.musts:
        asked = said.questions[name]
        tests = [test for option in (asked.options or {}).values() for test in (*option.all, *option.any)]
        wanted += [test.fact for test in tests] + ([asked.number.fact] if asked.number else [])
    return wanted


def export(made: DecisionRecord, text: ScorerPage, *, entry: "Callable[[], Entry]") -> None:
    """Three downloads. The files are written when they are asked for; then there is no session to read any more."""
    said, by, day = text.export, registry().product.name, today()
    page.section(said["title"], sentence=said["sentence"])

    def maker(make: Maker, name: str) -> Callable[[], bytes]:
        mark = "utf-8-sig" if name == "csv" else "utf-8"  # spreadsheets take a file without the mark for another code
        return lambda: make(made, made_by=by, day=day).encode(mark)

    with st.container(horizontal=True, vertical_alignment="center"):
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
        brief_add.offer("model_scorer", entry)
