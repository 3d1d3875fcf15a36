"""What a report for a law or rule rests on, and how it says so: who counts as selected, which rows, which weights."""

from dataclasses import dataclass, replace

from aipm.fairness.answers import trimmed
from aipm.fairness.command import exact
from aipm.fairness.counts import Counts, answers
from aipm.fairness.law_data import threshold_of
from aipm.fairness.law_texts import Measure, law_texts
from aipm.fairness.spec import AuditSpec

MOST_SPELLINGS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What was asked; `yes` are the cells of the decision that mean yes, `threshold` the score from which on one is."""

    spec: AuditSpec
    yes: tuple[str, ...]
    threshold: float | None
    median: float | None

    @property
    def whole(self) -> bool:
        """Every row is one person: neither weights nor clusters."""
        return self.spec.weight is None and self.spec.cluster is None


def basis(counts: Counts, spec: AuditSpec, *, measure: Measure) -> Basis:
    """What a report of this measure rests on. Raises Refusal."""
    _, prediction = answers(counts, replace(spec, label=None))
    cells = spec.prediction_positive
    if prediction is not None and not cells:
        cells = tuple(cell for cell, yes in prediction.meaning.items() if yes)
    spellings = {trimmed(cell).casefold(): trimmed(cell) for cell in reversed(cells)}
    return Basis(
        spec=spec,
        yes=tuple(reversed(spellings.values())),
        threshold=None if prediction is not None else threshold_of(counts, spec),
        median=counts.median if measure == "scoring_rate" else None,
    )


def basis_lines(rests_on: Basis, measure: Measure) -> list[str]:
    """What was compared, in sentences: how one counts as selected, the median, the rows, the weights."""
    say, spec = law_texts().basis, rests_on.spec
    lines = []
    if measure == "scoring_rate":
        lines.append(say.score[spec.favourable].format(column=spec.score))
        if rests_on.median is not None:
            lines.append(say.median.format(median=f"{rests_on.median:.6g}"))
    elif spec.prediction is not None:
        more = ("…",) if len(rests_on.yes) > MOST_SPELLINGS else ()
        values = say.or_.join((*rests_on.yes[:MOST_SPELLINGS], *more))
        lines.append(say.decision[spec.favourable].format(column=spec.prediction, values=values))
    elif rests_on.threshold is not None:
        lines.append(say.threshold[spec.favourable].format(column=spec.score, threshold=exact(rests_on.threshold)))
    if spec.where:
        rows = say.and_.join(f"{column} = {value}" for column, value in spec.where)
        lines.append(say.where.format(rows=rows))
    if spec.weight is not None:
        lines.append(say.weighted.format(column=spec.weight))
        if measure == "scoring_rate":
            lines.append(say.median_weighted)
    if spec.cluster is not None:
        lines.append(say.clustered.format(column=spec.cluster))
    return lines
