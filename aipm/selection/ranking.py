"""Candidates, criteria and a method -> the ranking, why, how firm it is, and what would change it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.selection.amounts import listed
from aipm.selection.candidates import Candidates, Problem, problem
from aipm.selection.criteria import Remark, check_criteria
from aipm.selection.methods import ASCENDING, METHODS, Method, Scorer
from aipm.selection.normalise import Normalisation
from aipm.selection.prepared import Prepared, kind_of, places_of, prepare
from aipm.selection.ranked import Agreement, Compared, Lead, Ranged, Ranked, RankResult, RankSpec, Robustness
from aipm.selection.robustness import MOST_SAMPLES, Acceptability, acceptability, draw_weights
from aipm.selection.unseating import tipping
from aipm.tables import Refusal

Floats = NDArray[np.float64]

COMPARED: tuple[Method, ...] = tuple(method for method in METHODS if method != "spotis")
"""Methods that a comparison asks; SPOTIS is the weighted sum between fixed ends, and no second voice."""
CLOSE, FIRM = 0.10, 0.55
"""No clear winner: the lead is less than a tenth of the winner's score, or it leads in less than 55 % of weightings."""
MOST_PARTLY = 500
"""Candidates with unknown values that are given a range."""


def rank(candidates: Candidates, spec: RankSpec, *, remarks: Sequence[Remark] = ()) -> RankResult:
    """Rank candidates. `remarks` of how the specification was read are carried along. Raises Refusal."""
    check_criteria(spec.criteria)
    if not 0 <= spec.samples <= MOST_SAMPLES:
        raise Refusal("bad_samples", f"The number of samples is not between 0 and {MOST_SAMPLES:,}.")
    given = problem(candidates, spec.criteria)
    kind = kind_of(spec)
    ready = prepare(given.values, given.criteria, spec, kind)
    scores = ready.scores()
    places = places_of(ready, len(given.names))
    order = sorted(range(len(given.names)), key=lambda k: places[k])
    ranking = tuple(
        Ranked(
            name=given.names[k],
            score=None if scores is None else float(scores[k]),
            rank=places[k],
            contributions=_contributions(ready, spec, k),
        )
        for k in order
    )
    found, robustness = _robustness(ready, given, spec)
    tips, values = tipping(ready, given, spec, kind, places)
    kept = {each.name for each in ready.criteria}
    dropped = tuple(each.name for each in given.criteria if each.name not in kept)
    return RankResult(
        spec=spec,
        normalisation=kind,
        lower_is_better=spec.method in ASCENDING,
        decomposition=_decomposition(ready),
        weights={each.name: float(w) for each, w in zip(ready.criteria, ready.weights, strict=True)},
        dropped=dropped,
        anchors=ready.ends,
        ranking=ranking,
        excluded=given.excluded,
        ranged=_ranged(given, spec, kind) if spec.unknown == "range" else (),
        robustness=robustness,
        weight_tipping=tips,
        value_tipping=values,
        lead=_lead(ready, given, places, scores, found),
        remarks=(*remarks, *given.remarks, *_remarks(ready, given, spec, kind, dropped)),
    )


def compare(candidates: Candidates, spec: RankSpec, *, methods: Sequence[Method] = COMPARED) -> Compared:
    """Everybody's rank by each method, each with its textbook normalisation. Raises Refusal where nobody has values."""
    check_criteria(spec.criteria)
    given = problem(candidates, spec.criteria)
    places: dict[Method, dict[str, int]] = {}
    refused: dict[Method, str] = {}
    for method in methods:
        asked = replace(spec, method=method, normalisation=None)
        try:
            ready = prepare(given.values, given.criteria, asked, kind_of(asked))
        except Refusal as refusal:
            refused[method] = refusal.message
            continue
        places[method] = dict(zip(given.names, places_of(ready, len(given.names)), strict=True))
    return Compared(places=places, refused=refused)


def agreed(found: Compared) -> Agreement:
    """Which candidate each method puts first, and how many agree. Needs at least one method that was not refused."""
    winners = {
        method: tuple(name for name, place in places.items() if place == 1) for method, places in found.places.items()
    }
    votes = Counter(name for first in winners.values() for name in first)
    most = max(votes.values())
    ahead = [name for name, count in votes.items() if count == most]
    return Agreement(
        name=ahead[0] if len(ahead) == 1 else None, count=most, of=len(winners), winners=winners, refused=found.refused
    )


def agreement(candidates: Candidates, spec: RankSpec, *, methods: Sequence[Method] = COMPARED) -> Agreement:
    """Which candidate each method puts first, each with its textbook normalisation. Raises Refusal where none can."""
    return agreed(compare(candidates, spec, methods=methods))


def rank_correlation(first: Mapping[str, int], second: Mapping[str, int]) -> float | None:
    """Spearman's rho of two rankings of the same names: 1 the same order, -1 the reverse; equals share their ranks.

    None where one of them tells nobody apart.
    """
    one, other = (_shared_ranks([places[name] for name in first]) for places in (first, second))
    lengths = float(np.sqrt(np.square(one).sum() * np.square(other).sum()))
    return None if lengths == 0 else float(one @ other) / lengths


def _shared_ranks(places: Sequence[int]) -> Floats:
    """Ranks around their mean; k that share place p have the mean of p to p + k - 1."""
    count = Counter(places)
    ranks = np.array([place + (count[place] - 1) / 2 for place in places])
    return np.asarray(ranks - ranks.mean())


def _decomposition(ready: Prepared) -> Literal["sum", "product"] | None:
    if ready.scorer is None:
        return None
    return "sum" if ready.scorer.parts is not None else "product" if ready.scorer.factors is not None else None


def _contributions(ready: Prepared, spec: RankSpec, row: int) -> dict[str, float] | None:
    """By criterion, those that count nothing included: 0 in a sum, 1 in a product."""
    if ready.scorer is None:
        return None
    if ready.scorer.parts is not None:
        neutral, found = 0.0, ready.scorer.parts[row] * ready.weights
    elif ready.scorer.factors is not None:
        neutral, found = 1.0, ready.scorer.factors[row] ** ready.weights
    else:
        return None
    named = dict(zip((each.name for each in ready.criteria), map(float, found), strict=True))
    return {each.name: named.get(each.name, neutral) for each in spec.criteria}


def _ranged(given: Problem, spec: RankSpec, kind: Normalisation) -> tuple[Ranged, ...]:
    """Every candidate with unknown values, alone among the known: all unknowns at their worst, then at their best.

    The ends are the stated ones where the scale has such, otherwise the known candidates' own.
    """
    low, high = given.values.min(axis=0), given.values.max(axis=0)
    more = np.array([each.direction == "max" for each in given.criteria])
    worst, best = np.where(more, low, high), np.where(more, high, low)
    if kind == "min_max":
        worst = np.array(
            [w if each.worst is None else each.worst for each, w in zip(given.criteria, worst, strict=True)]
        )
        best = np.array([b if each.best is None else each.best for each, b in zip(given.criteria, best, strict=True)])
    found = []
    for lacking, row in zip(given.excluded[:MOST_PARTLY], given.partly[:MOST_PARTLY], strict=True):
        ends = []
        for end in (worst, best):
            values = np.vstack([given.values, np.where(np.isnan(row), end, row)])
            ready = prepare(values, given.criteria, spec, kind)
            scores = ready.scores()
            ends.append((None if scores is None else float(scores[-1]), places_of(ready, len(values))[-1]))
        found.append(
            Ranged(
                name=lacking.name,
                unknown=lacking.criteria,
                score_worst=ends[0][0],
                score_best=ends[1][0],
                rank_worst=ends[0][1],
                rank_best=ends[1][1],
            )
        )
    return tuple(found)


def _robustness(ready: Prepared, given: Problem, spec: RankSpec) -> tuple[Acceptability | None, Robustness | None]:
    if ready.scorer is None or spec.samples == 0:
        return None, None
    drawn = draw_weights(ready.weights, spec.weightings, samples=spec.samples, seed=spec.seed)
    found = acceptability(ready.scorer, drawn)
    names = [each.name for each in ready.criteria]
    central: dict[str, dict[str, float] | None] = {}
    for name, row in zip(given.names, found.central.tolist(), strict=True):
        central[name] = None if row[0] != row[0] else dict(zip(names, row, strict=True))
    return found, Robustness(
        samples=spec.samples,
        seed=spec.seed,
        weightings=spec.weightings,
        error=found.error,
        rank_acceptability=dict(zip(given.names, found.ranks.tolist(), strict=True)),
        central_weights=central,
        confidence={
            name: None if central[name] is None else value
            for name, value in zip(given.names, found.confidence.tolist(), strict=True)
        },
    )


def _lead(
    ready: Prepared, given: Problem, places: Sequence[int], scores: Floats | None, found: Acceptability | None
) -> Lead:
    first = tuple(name for name, place in zip(given.names, places, strict=True) if place == 1)
    winner = places.index(1)
    others = [k for k in range(len(places)) if k != winner]
    if scores is None or ready.scorer is None or not others:
        return Lead(first=first, second=None, margin=None, share=None, clear=len(first) == 1, rivals=first[1:])
    second = min(others, key=lambda k: places[k])
    margin = _margin(float(scores[winner]), float(scores[second]), ready.scorer)
    share = None if found is None else float(found.ranks[winner, 0])
    rivals = set(first) - {given.names[winner]}
    if margin is not None and margin < CLOSE:
        rivals.add(given.names[second])
    if found is not None and share is not None and share < FIRM:
        rivals.add(given.names[max(others, key=lambda k: found.ranks[k, 0])])
    return Lead(
        first=first,
        second=given.names[second],
        margin=margin,
        share=share,
        clear=not rivals,
        rivals=tuple(name for name in given.names if name in rivals),
    )


def _margin(best: float, next_: float, scorer: Scorer) -> float | None:
    """The lead as a share of the first's worth; distances and flows are turned into worths from 0 to 1 first."""
    if scorer.ascending:
        best, next_ = 1 - best, 1 - next_
    elif scorer.parts is not None and scorer.parts.min() < 0:  # net flows, from -1 to 1; or sums without a zero point
        if np.abs(scorer.parts).max() > 1:
            return None
        best, next_ = (1 + best) / 2, (1 + next_) / 2
    return (best - next_) / best if best > 0 else None


def _remarks(
    ready: Prepared, given: Problem, spec: RankSpec, kind: Normalisation, dropped: Sequence[str]
) -> list[Remark]:
    said = []
    if len(given.names) == 1:
        said.append(Remark("one_candidate", "Only one candidate is left: there is nothing to compare it with."))
    elif ready.scorer is None:
        said.append(Remark("all_alike", "All candidates are alike in every criterion: nothing tells them apart."))
    elif dropped:
        said.append(
            Remark(
                "constant", f"All candidates are alike in {listed(dropped)}: left out, the other weights in proportion."
            )
        )
    stated = [each for each in given.criteria if each.anchored]
    if stated and (kind != "min_max" or spec.method == "vikor"):
        said.append(Remark("ends_unused", f"{spec.method} does not use the stated worst and best."))
    if kind != "min_max" and any(each.scale == "log" for each in given.criteria):
        said.append(Remark("scale_unused", f"The normalisation {kind} does not use the log scale."))
    own = [end.criterion for end in ready.ends if not end.stated]
    if own and spec.method == "spotis":
        said.append(
            Remark(
                "own_ends", f"{listed(own)}: worst and best are the candidates' own; another one may change the order."
            )
        )
    beyond = [
        end.criterion
        for end, column in zip(ready.ends, given.values[:, ready.columns].T, strict=False)
        if ((column < min(end.worst, end.best)) | (column > max(end.worst, end.best))).any()
    ]
    if beyond:
        said.append(
            Remark("beyond_ends", f"{listed(beyond)}: values beyond the stated worst or best count as that end.")
        )
    if spec.unknown == "range" and len(given.excluded) > MOST_PARTLY:
        said.append(Remark("too_many_unknown", f"Only the first {MOST_PARTLY} with unknown values were given a range."))
    return said
