"""The view "Which model?": needs, who is left, the answer, its reasons, how fragile it is, and the record."""

from typing import TYPE_CHECKING

from aipm.tables import Refusal
from aipm.ui import (
    brief_entries_scorer,
    hand_over,
    page,
    scorer_answer,
    scorer_bars,
    scorer_export,
    scorer_facts,
    scorer_left,
    scorer_methods,
    scorer_needs,
    scorer_pareto,
    scorer_reopen,
    scorer_sure,
    scorer_weights,
)
from aipm.ui.scorer_own_state import entered
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import compared, offers, ranked, screened, weighting, workload

if TYPE_CHECKING:
    from aipm.brief.entry import Entry


def which_model(text: ScorerPage) -> None:
    scorer_needs.ask(text)
    needs = scorer_needs.needs()
    try:
        asked = workload()
        found = screened(needs, asked)
    except Refusal as refusal:
        scorer_left.refused(refusal, text)
        return
    scorer_weights.how_much(found, needs, text)
    scorer_left.left(found, text)
    if not found.screening.left:
        return
    if not needs.order:
        page.section(text.answer["title"])
        page.draw(page.quiet(text.needs["nothing"]))
        scorer_facts.facts(found.left, text)
        return
    try:
        result, agreed = ranked(found, needs)
    except Refusal as refusal:
        scorer_left.refused(refusal, text)
        return
    by_name = {each["name"]: each for each in found.left}
    scorer_answer.answer(result, agreed, asked, text, weighting(found, needs))
    _, _, told = scorer_answer.sentence(result, text)
    own = entered()
    hand_over.model_scorer(
        told, found=result, asked=(needs, weighting(found, needs).weights, asked, *([own] if own else []))
    )
    costs = {each.model.name: each.cost for each in offers(asked)}

    def entry() -> "Entry":
        warnings = [scorer_answer.how_sure(result, text), *scorer_left.remarked(result, text)]
        return brief_entries_scorer.ranking(result, needs=needs, asked=asked, costs=costs, warnings=warnings)

    scorer_left.remarks(result, text)
    record = scorer_export.record(needs, found, result, asked, text)
    scorer_reopen.changed(record, text)
    scorer_bars.bars(result, by_name, text)
    scorer_answer.why(result, by_name, text)
    scorer_sure.how_firm(result, text)
    scorer_answer.fragile(result, text)
    scorer_methods.other_methods(result, agreed, compared(found, needs), text)
    scorer_pareto.pareto(found.left, text)
    scorer_facts.facts([by_name[each.name] for each in result.ranking], text)
    scorer_left.unranked(result.excluded, text)
    scorer_export.export(record, text, entry=entry)
