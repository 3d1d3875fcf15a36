"""Candidates scored by criteria in two rounds: how far people lie apart first, then the middle, then what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aipm.workshop.entries import Answer, leading
from aipm.workshop.numbers import Spread, spread
from aipm.workshop.specs import Scores, targets

DISSENT = "dissent"
"""The item of a note by somebody who sees it otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One candidate by one criterion in one round.

    `invited`: the lowest and highest score, where they lie at least half the scale apart: whoever gave them is asked to
    say why, without being named.
    """

    candidate: str
    criterion: str
    spread: Spread
    invited: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From the first round to the second, of everybody who scored in it: of the mean, and of the standard deviation."""

    candidate: str
    criterion: str
    mean: float
    deviation: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresResult:
    """`cells` by round; `means` are of the last round with answers, candidate -> criterion -> mean.

    `totals`: each candidate's mean, weighted, on the scale of the scores; only of those scored by every criterion that
    counts. `dissent`: notes, in no order that says whose they are.
    """

    answered: int
    round: int
    candidates: dict[str, str]
    criteria: dict[str, str]
    cells: dict[int, tuple[Cell, ...]]
    means: dict[str, dict[str, float]]
    changes: tuple[Change, ...]
    weights: dict[str, float]
    totals: dict[str, float]
    dissent: tuple[str, ...]
    leading: tuple[str, ...]


def item(number: int, candidate: str, criterion: str) -> str:
    """Where a score of a round is kept."""
    return f"{number}/{candidate}/{criterion}"


def scores_result(
    spec: Scores,
    answers: Sequence[Answer],
    *,
    weights: Mapping[str, float] | None = None,
    number: int | None = None,
) -> ScoresResult:
    """What was given. `weights` by criterion; without them all count the same.

    `number`: the round that is on. Before the last one there are spreads, and neither means nor totals, so that nobody
    moves towards a middle before those who differ have spoken.
    """
    rows, columns = targets(spec), {each.key: each.name for each in spec.criteria}
    given: dict[str, list[float]] = {}
    people: dict[int, set[int]] = {}
    for answer in answers:
        first = answer.item.partition("/")[0]
        if first.isdecimal():
            given.setdefault(answer.item, []).append(float(answer.value))
            people.setdefault(int(first), set()).add(answer.person)
    cells = {
        each: tuple(
            _cell(spec, row, column, found)
            for row in rows
            for column in columns
            if (found := spread(given.get(item(each, row, column), [])))
        )
        for each in range(1, spec.rounds + 1)
    }
    last = max((each for each, held in cells.items() if held), default=1)
    means: dict[str, dict[str, float]] = {row: {} for row in rows}
    for cell in cells[last] if number is None or number >= spec.rounds else ():
        means[cell.candidate][cell.criterion] = cell.spread.mean
    counting = {key: (weights or {}).get(key, 0.0) for key in columns} if weights else dict.fromkeys(columns, 1.0)
    totals = with_weights(means, counting)
    return ScoresResult(
        answered=len(people.get(last, ())),
        round=last,
        candidates=rows,
        criteria=columns,
        cells=cells,
        means=means,
        changes=_changes(cells) if last == 2 else (),
        weights=counting,
        totals=totals,
        dissent=tuple(sorted(each.value for each in answers if each.item == DISSENT)),
        leading=leading({key: round(total, 9) for key, total in totals.items()}),
    )


def with_weights(means: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> dict[str, float]:
    """Each candidate's mean by these weights; left out where a criterion that counts has no score."""
    counting = {key: weight for key, weight in weights.items() if weight > 0}
    total = sum(counting.values())
    return {
        name: sum(weight * row[key] for key, weight in counting.items()) / total
        for name, row in means.items()
        if total and counting.keys() <= row.keys()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """How far one criterion's share has to go, the others in their proportions, before another candidate comes first.

    `share`: where it stands; `at`: the nearest share at which `first` draws level; None where no share changes it.
    """

    criterion: str
    share: float
    at: float | None
    first: str | None


def swings(means: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> tuple[Swing, ...]:
    """One for each criterion, of the candidates scored by all of them; none where not exactly one comes first.

    With the share s of a criterion a candidate's mean is s·a + (1-s)·b, with a its score by this criterion and b its
    mean by the others: two candidates draw level where these two lines cross.
    """
    rows = {name: row for name, row in means.items() if weights.keys() <= row.keys()}
    first = leading({name: round(total, 9) for name, total in with_weights(rows, weights).items()})
    total = sum(weights.values())
    if len(first) != 1:
        return ()
    found = []
    for key, weight in weights.items():
        share, others = weight / total, {name: each for name, each in weights.items() if name != key}
        even = others if any(others.values()) else dict.fromkeys(others, 1.0)
        rest = with_weights(rows, even)
        crossings = []
        for name in rows.keys() - set(first) if rest else ():
            ahead = rest[first[0]] - rest[name]
            behind = rows[name][key] - rows[first[0]][key]
            at = ahead / (ahead + behind) if ahead + behind else None
            if at is not None and 0 <= at <= 1:
                crossings.append((abs(at - share), name, at))
        _, other, at = min(crossings, default=(0.0, None, None))
        found.append(Swing(criterion=key, share=share, at=at, first=other))
    return tuple(found)


def _cell(spec: Scores, candidate: str, criterion: str, found: Spread) -> Cell:
    apart = found.range >= (spec.high - spec.low) / 2 and found.count > 1
    return Cell(
        candidate=candidate,
        criterion=criterion,
        spread=found,
        invited=(found.low, found.high) if apart else None,
    )


def _changes(cells: Mapping[int, Sequence[Cell]]) -> tuple[Change, ...]:
    before = {(each.candidate, each.criterion): each.spread for each in cells[1]}
    found = []
    for cell in cells[2]:
        if (earlier := before.get((cell.candidate, cell.criterion))) is not None:
            now = cell.spread
            deviation = None
            if now.deviation is not None and earlier.deviation is not None:
                deviation = now.deviation - earlier.deviation
            found.append(
                Change(
                    candidate=cell.candidate,
                    criterion=cell.criterion,
                    mean=now.mean - earlier.mean,
                    deviation=deviation,
                )
            )
    return tuple(found)
