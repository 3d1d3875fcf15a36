"""The view "Which model?": needs, who is left, the answer, its reasons, how fragile it is, and the record."""

from aipm.tables import Refusal
from aipm.ui import (
    page,
    scorer_answer,
    scorer_export,
    scorer_facts,
    scorer_left,
    scorer_needs,
    scorer_pareto,
)
from aipm.ui.scorer_texts import ScorerPage
from aipm.ui.scorer_work import ranked, screened, workload


def which_model(text: ScorerPage) -> None:
    scorer_needs.ask(text)
    needs = scorer_needs.needs()
    try:
        asked = workload()
        found = screened(needs, asked, scorer_needs.entered())
    except Refusal as refusal:
        page.refused(text.left["refused"], refusal)
        return
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
        page.refused(text.left["refused"], refusal)
        return
    by_name = {each["name"]: each for each in found.left}
    scorer_answer.answer(result, agreed, asked, text)
    scorer_answer.bars(result, by_name, text)
    scorer_answer.why(result, by_name, text)
    scorer_answer.fragile(result, text)
    scorer_pareto.pareto(found.left, text)
    scorer_facts.facts([by_name[each.name] for each in result.ranking], text)
    scorer_left.unranked(result.excluded, text)
    scorer_export.export(needs, found, result, asked, text)
