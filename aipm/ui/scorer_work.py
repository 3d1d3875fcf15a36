"""The work behind the Model scorer: the catalogue priced for the workload, screened and ranked, once a question."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from aipm.selection.cost import Estimate, Workload
from aipm.selection.needs import Needs, criteria, rows
from aipm.selection.offers import Candidate, candidates
from aipm.selection.screening import Screening, screen
from aipm.ui.memo import once
from aipm.ui.scorer_state import PAGE, held, now
from aipm.ui.scorer_texts import scorer_page

HUNDRED = Decimal(100)
START = {"requests": 100_000, "input": 1_500, "output": 400, "cached": 0, "growth": 0, "thinking": 0, "users": 0}
"""A workload to begin with; shares in per cent, no users: none are known."""


@dataclass(frozen=True, slots=True)
class Screened:
    """Every candidate as plain data, who passes, and those who do as plain data."""

    plain: tuple[dict[str, Any], ...]
    screening: Screening

    @property
    def left(self) -> list[dict[str, Any]]:
        return [self.plain[place] for place in self.screening.left]


def workload() -> Workload:
    """What is asked of the model, as it stands. Raises Refusal."""
    said = {name: Decimal(str(held(f"cost.{name}", start))) for name, start in START.items()}
    return Workload(
        requests=Estimate(likely=said["requests"]),
        input_tokens=Estimate(likely=said["input"]),
        output_tokens=Estimate(likely=said["output"]),
        cached_share=said["cached"] / HUNDRED,
        reasoning_share=said["thinking"] / HUNDRED,
        growth_per_month=said["growth"] / HUNDRED,
        users=said["users"] or None,
        counted=held("cost.counted", None) == (held("cost.input", None), held("cost.output", None)),
    )


def offers(asked: Workload) -> tuple[Candidate, ...]:
    """The catalogue, priced for this workload."""
    at = now()
    return once(PAGE, "offers", (asked, at), lambda: candidates(asked, at=at))


def screened(needs: Needs, asked: Workload, entered: Mapping[str, Mapping[str, Any]]) -> Screened:
    """Who passes; `entered` are the team's own findings by model and fact."""
    own = tuple(sorted((name, *fact) for name, facts in entered.items() for fact in facts.items()))
    return once(PAGE, "screened", (needs, asked, now(), own), lambda: _screened(needs, asked, entered))


def _screened(needs: Needs, asked: Workload, entered: Mapping[str, Mapping[str, Any]]) -> Screened:
    source = scorer_page().needs["own_source"]
    every = []
    for each in offers(asked):
        plain = each.to_plain()
        for fact, value in entered.get(each.model.name, {}).items():
            plain["facts"][fact] = {"value": value, "evidence": "assumed", "source": source}
        every.append(plain)
    return Screened(tuple(every), screen(every, needs))


def ranked(found: Screened, needs: Needs) -> tuple[Any, Any]:
    """The ranking of who is left, and how far methods agree (RankResult, Agreement). Raises Refusal."""
    question = (needs, tuple(tuple(row.items()) for row in rows(found.left, needs)))
    return once(PAGE, "ranked", question, lambda: _ranked(found, needs))


def _ranked(found: Screened, needs: Needs) -> tuple[Any, Any]:
    from aipm.selection.candidates import candidates_from_rows  # numpy: only where somebody ranks
    from aipm.selection.criteria import criteria_from_plain
    from aipm.selection.ranked import RankSpec
    from aipm.selection.ranking import agreement, rank

    given = candidates_from_rows(rows(found.left, needs))
    spec = RankSpec(criteria=criteria_from_plain(criteria(needs)).criteria, weightings="order")
    return rank(given, spec), agreement(given, spec)
