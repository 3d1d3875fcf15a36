"""The work behind the Model scorer: the catalogue priced for the workload, screened and ranked, once a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aipm.selection.cost import Workload
from aipm.selection.needs import Needs, criteria, rows
from aipm.selection.offers import Candidate, candidates
from aipm.selection.own_offers import offered
from aipm.selection.screening import Screening, screen
from aipm.ui.memo import once
from aipm.ui.scorer_own_state import entered, question
from aipm.ui.scorer_state import PAGE, now
from aipm.ui.scorer_weighting import Weighting, weighing, weighting_of
from aipm.ui.scorer_workload import asked_workload


@dataclass(frozen=True, slots=True, eq=False)
class Screened:
    """Every candidate as plain data, who passes, and those who do as plain data.

    Two are the same question only where they are one object: `screened` gives that until something changes.
    """

    plain: tuple[dict[str, Any], ...]
    screening: Screening

    @property
    def left(self) -> list[dict[str, Any]]:
        return [self.plain[place] for place in self.screening.left]


def workload() -> Workload:
    """What is asked of the model, as it stands."""
    return asked_workload()


def catalogue(asked: Workload) -> tuple[Candidate, ...]:
    """The catalogue as it is, priced for this workload."""
    at = now()
    return once(PAGE, "catalogue", (asked, at), lambda: candidates(asked, at=at))


def offers(asked: Workload) -> tuple[Candidate, ...]:
    """The catalogue with what the team entered of its models, and the team's own candidates, priced."""
    own, at = entered(), now()
    given = catalogue(asked)
    return once(PAGE, "offers", (asked, at, question(own)), lambda: offered(given, own, asked, at=at)) if own else given


def screened(needs: Needs, asked: Workload) -> Screened:
    """Who passes."""
    return once(PAGE, "screened", (needs, asked, now(), question(entered())), lambda: _screened(needs, asked))


def _screened(needs: Needs, asked: Workload) -> Screened:
    every = tuple(each.to_plain() for each in offers(asked))
    return Screened(every, screen(every, needs))


def weighting(found: Screened, needs: Needs) -> Weighting:
    """The weights that count, by the way that was chosen; `sentence` says where they come from."""
    asked = weighing()
    return once(PAGE, "weighting", (asked, found, needs), lambda: weighting_of(asked, needs, given(found, needs)))


def given(found: Screened, needs: Needs) -> list[dict[str, Any]]:
    """Those who are left as rows for the ranking."""
    return once(PAGE, "rows", (found, needs), lambda: rows(found.left, needs))


def weighed_criteria(needs: Needs, weights: Mapping[str, float]) -> list[dict[str, Any]]:
    """What is preferred as criteria with fixed ends and these weights, in the form the ranking takes."""
    return [{**each, "weight": weights[each["name"]]} for each in criteria(needs)]


def ranked(found: Screened, needs: Needs) -> tuple[Any, Any]:
    """The ranking of who is left, and how far methods agree (RankResult, Agreement). Raises Refusal."""
    result, agreed, _ = _all(found, needs)
    return result, agreed


def compared(found: Screened, needs: Needs) -> Any:
    """Everybody's place by each method (Compared). Raises Refusal."""
    return _all(found, needs)[2]


def picks(found: Screened, needs: Needs, people: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[str, ...]]:
    """Whom each person's own weights put first. Raises Refusal."""
    asked = tuple((name, tuple(weights.items())) for name, weights in people.items())
    return once(PAGE, "picks", (found, needs, asked), lambda: _picks(given(found, needs), needs, people))


def _all(found: Screened, needs: Needs) -> tuple[Any, Any, Any]:
    weighted = weighting(found, needs)
    question = (found, needs, tuple(weighted.weights.items()), weighted.draws)
    return once(PAGE, "ranked", question, lambda: _ranked(given(found, needs), needs, weighted))


def _ranked(left: Sequence[Mapping[str, Any]], needs: Needs, weighted: Weighting) -> tuple[Any, Any, Any]:
    from aipm.selection.candidates import candidates_from_rows  # numpy: only where somebody ranks
    from aipm.selection.criteria import criteria_from_plain
    from aipm.selection.ranked import RankSpec
    from aipm.selection.ranking import agreed, compare, rank

    candidates_ = candidates_from_rows(left)
    stated = criteria_from_plain(weighed_criteria(needs, weighted.weights)).criteria
    spec = RankSpec(criteria=stated, weightings=weighted.draws)
    methods = compare(candidates_, spec)
    return rank(candidates_, spec), agreed(methods), methods


def _picks(
    left: Sequence[Mapping[str, Any]], needs: Needs, people: Mapping[str, Mapping[str, float]]
) -> dict[str, tuple[str, ...]]:
    from aipm.selection.candidates import candidates_from_rows  # as above
    from aipm.selection.criteria import criteria_from_plain
    from aipm.selection.ranked import RankSpec
    from aipm.selection.ranking import rank

    candidates_ = candidates_from_rows(left)
    found = {}
    for name, weights in people.items():
        stated = criteria_from_plain(weighed_criteria(needs, weights)).criteria
        found[name] = rank(candidates_, RankSpec(criteria=stated, samples=0, tipping=False)).lead.first
    return found
