"""Pairwise comparisons, of one person or a group -> weights, how consistent they are, and which pair does not fit.

The analytic hierarchy process (Saaty 1980): a cell says how many times as much its row counts as its column.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from aipm.selection.amounts import as_ratio, comparison, listed, says_nothing
from aipm.selection.criteria import Remark
from aipm.tables import Refusal

Floats = NDArray[np.float64]
PairwiseMethod = Literal["eigenvector", "geometric_mean"]

RANDOM_INDEX = (0, 0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59)
"""Mean consistency index of random matrices by size, to 15: Saaty & Tran (2007), On the invalidity of fuzzifying
numerical judgments in the AHP, Math. Comput. Model. 46, table 1 (Saaty's first, of 1980, had 0.58, 0.90, 1.12)."""
CONSISTENT = 0.10
"""Saaty's limit of the consistency ratio."""
MOST_NAMES = 100
ROUNDED = 0.08
"""Two cells of a pair whose product is this close to 1, by logarithm, are one answer in rounded digits: 9 and 0.11."""
NAMED = 3
NOTICEABLE = math.log(1.25)
"""A pair is named where its answer is a quarter off what the others say, or more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparisons:
    """A full reciprocal matrix of positive ratios (row / column); `missing` pairs were asked of nobody (NaN inside)."""

    names: tuple[str, ...]
    matrix: Floats
    remarks: tuple[Remark, ...] = ()

    @property
    def missing(self) -> int:
        """Pairs without an answer."""
        return int(np.isnan(self.matrix).sum()) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Misfit:
    """A pair whose answer does not fit the others': `given` (first / second), what `fits`, and that on Saaty's scale.

    `consistency_ratio` is what it would be with the fitting answer.
    """

    first: str
    second: str
    given: float
    fits: float
    nearest: str
    consistency_ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairwiseWeights:
    """`consistency_ratio` is None where there are more names than anyone has a random index for."""

    weights: dict[str, float]
    consistency_ratio: float
    consistent: bool
    most_inconsistent: tuple[Misfit, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWeights:
    """Of a group: the weights of the joint matrix (geometric means of the answers), and how far people lie apart.

    `spread` holds the lowest and highest weight that anyone alone would give.
    """

    joint: PairwiseWeights
    people: tuple[PairwiseWeights, ...]
    spread: dict[str, tuple[float, float]]


def comparisons(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[object]]]) -> Comparisons:
    """Comparisons from cells: names of the columns, and for each row its name and cells. Raises Refusal.

    A blank cell takes the reciprocal of its mirror image; the diagonal is 1 whatever stands there; two answers for one
    pair that differ become their geometric mean. Each is said. Two that contradict each other are refused.
    """
    names = [name.strip() for name in columns]
    if len(names) > MOST_NAMES:
        raise Refusal("too_many_names", f"There are {len(names)} names to compare; {MOST_NAMES} at most.")
    found = {name.strip(): cells for name, cells in rows}
    if len(set(names)) < len(names) or len(found) < len(rows) or set(found) != set(names) or not names:
        raise Refusal(
            "names_differ",
            "The names of the rows and of the columns are not the same, each once.",
            advice="Write every name once in the first row and once in the first column.",
        )
    count = len(names)
    ratio = np.full((count, count), np.nan)
    for i, name in enumerate(names):
        for j, cell in enumerate(found[name][:count]):
            if says_nothing(cell):
                continue
            value = comparison(cell)
            if value is None or not 1e-9 <= value <= 1e9:
                raise Refusal(
                    "bad_comparison",
                    f"Row {i + 1}, column {j + 1} of the comparisons is not a number above 0.",
                    advice="Write 3 where the row counts three times as much as the column, 1/3 where a third.",
                )
            ratio[i, j] = value
    return _mended(tuple(names), ratio)


def _mended(names: tuple[str, ...], ratio: Floats) -> Comparisons:
    remarks = []
    diagonal = np.diag(ratio)
    if ((~np.isnan(diagonal)) & (np.abs(np.log(np.where(diagonal > 0, diagonal, 1))) > 1e-9)).any():
        remarks.append(Remark("diagonal", "A name compared with itself is 1: corrected."))
    filled = averaged = 0
    for i, j in combinations(range(len(names)), 2):
        one, other = ratio[i, j], ratio[j, i]
        if np.isnan(one) and np.isnan(other):
            continue
        if np.isnan(one) or np.isnan(other):
            filled += 1
            value = 1 / other if np.isnan(one) else one
        elif abs(math.log(one * other)) <= ROUNDED:
            value = one if one >= other else 1 / other  # the one from 1 up is the one with all its digits
        elif (one - 1) * (other - 1) > 0:
            raise Refusal(
                "contradiction",
                f"“{names[i]}” and “{names[j]}”: both cells say {'more' if one > 1 else 'less'} of the other.",
                advice="Decide which counts more; the mirror cell is 1 divided by it.",
            )
        else:
            averaged += 1
            value = math.sqrt(one / other)
        ratio[i, j], ratio[j, i] = value, 1 / value
    np.fill_diagonal(ratio, 1.0)
    if filled:
        remarks.append(Remark("reciprocal", f"{filled} filled in from their mirror image."))
    if averaged:
        remarks.append(
            Remark("not_reciprocal", f"{averaged} with two different answers: their geometric mean is used.")
        )
    if len(names) > 1 and np.nanmax(ratio) > 9 * (1 + 1e-9):
        remarks.append(Remark("beyond_nine", "Saaty's scale ends at 9: larger answers are hard to mean."))
    whole = Comparisons(names=names, matrix=ratio, remarks=tuple(remarks))
    if whole.missing:
        _check_connected(whole)
        said = (
            f"{whole.missing} without an answer: weights rest on the others; they look more consistent than they are."
        )
        whole = Comparisons(names=names, matrix=ratio, remarks=(*remarks, Remark("incomplete", said)))
    return whole


def _check_connected(given: Comparisons) -> None:
    """Every name must be compared with every other, at least by way of others."""
    known = ~np.isnan(given.matrix)
    reached = known[0]
    for _ in given.names:
        reached = known[reached].max(axis=0)
    if not reached.all():
        apart = [name for name, here in zip(given.names, reached, strict=True) if not here]
        raise Refusal(
            "not_connected",
            f"Nothing compares {listed(apart)} with the others.",
            advice="Answer at least one pair that joins them.",
        )


def pairwise_weights(given: Comparisons, method: PairwiseMethod = "eigenvector") -> PairwiseWeights:
    """Weights from comparisons: the principal eigenvector (Saaty 1980), or the geometric means of rows (Crawford 1985).

    With missing pairs: Harker's (1987) eigenvector, or least squares of the logarithms (Bozóki, Fülöp & Rónyai 2010).
    Consistency ratio: ((λ - n) / (n - 1)) / random index, missing pairs taken as the weights have them.
    """
    matrix = given.matrix
    weights = _least_squares(matrix) if method == "geometric_mean" else _eigenvector(matrix)
    whole = np.where(np.isnan(matrix), weights[:, None] / weights[None, :], matrix)
    ratio = consistency_ratio(whole)
    return PairwiseWeights(
        weights=dict(zip(given.names, map(float, weights), strict=True)),
        consistency_ratio=ratio,
        consistent=ratio <= CONSISTENT,
        most_inconsistent=_misfits(given, whole),
        remarks=given.remarks,
    )


def group_weights(people: Sequence[Comparisons], method: PairwiseMethod = "eigenvector") -> GroupWeights:
    """Weights of a group: geometric means of everybody's answers (Aczél & Saaty 1983), and of each alone.

    Names may stand in any order; a pair that some left open is the mean of those who answered. Raises Refusal.
    """
    if not people:
        raise Refusal("nobody", "There are no comparisons.")
    names = people[0].names
    aligned = []
    for number, person in enumerate(people, start=1):
        if set(person.names) != set(names):
            raise Refusal("names_differ", f"Person {number} compares other names than the first.")
        order = [person.names.index(name) for name in names]
        aligned.append(np.log(person.matrix[np.ix_(order, order)]))
    logarithms = np.array(aligned)
    answers = (~np.isnan(logarithms)).sum(axis=0)
    mean = np.divide(np.nansum(logarithms, axis=0), answers, out=np.full(answers.shape, np.nan), where=answers > 0)
    joint = Comparisons(names=names, matrix=np.exp(mean))
    if joint.missing:
        _check_connected(joint)
    alone = tuple(pairwise_weights(person, method) for person in people)
    return GroupWeights(
        joint=pairwise_weights(joint, method),
        people=alone,
        spread={name: _ends([one.weights[name] for one in alone]) for name in names},
    )


def _ends(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def consistency_ratio(matrix: Floats) -> float:
    """Of a full reciprocal matrix; 0 for two names. Beyond 15 names the index is Alonso & Lamata's (2006) line."""
    count = len(matrix)
    if count < 3:
        return 0.0
    largest = float(np.linalg.eigvals(matrix).real.max())
    index = RANDOM_INDEX[count] if count < len(RANDOM_INDEX) else (1.7699 * count - 4.3513) / (count - 1)
    return max(0.0, (largest - count) / (count - 1)) / index


def _eigenvector(matrix: Floats) -> Floats:
    missing = np.isnan(matrix)
    filled = np.where(missing, 0.0, matrix)
    np.fill_diagonal(filled, 1.0 + missing.sum(axis=1))
    values, vectors = np.linalg.eig(filled)
    vector = np.abs(vectors[:, values.real.argmax()].real)
    return np.asarray(vector / vector.sum())


def _least_squares(matrix: Floats) -> Floats:
    """Logarithms of weights whose differences fit those of the answers; the row means where none is missing."""
    known = ~np.isnan(matrix)
    laplacian = np.diag(known.sum(axis=1).astype(float)) - known
    right = np.where(known, np.log(np.where(known, matrix, 1.0)), 0.0).sum(axis=1)
    found = np.exp(np.linalg.lstsq(laplacian, right, rcond=None)[0])
    return np.asarray(found / found.sum())


def _misfits(given: Comparisons, whole: Floats) -> tuple[Misfit, ...]:
    """The pairs furthest from what the others say of them: the geometric mean of a_ik a_kj over third names k.

    Leaving the pair out, that mean is what least squares would put there.
    """
    count = len(whole)
    if count < 3:
        return ()
    logarithms = np.log(whole)
    told = (logarithms.sum(axis=1)[:, None] + logarithms.sum(axis=0)[None, :] - 2 * logarithms) / (count - 2)
    off = np.abs(logarithms - told)
    pairs = [(i, j) for i, j in combinations(range(count), 2) if not np.isnan(given.matrix[i, j])]
    pairs = [pair for pair in sorted(pairs, key=lambda pair: -off[pair])[:NAMED] if off[pair] >= NOTICEABLE]
    found = []
    for i, j in pairs:
        fits = float(np.exp(told[i, j]))
        mended = whole.copy()
        mended[i, j], mended[j, i] = fits, 1 / fits
        found.append(
            Misfit(
                first=given.names[i],
                second=given.names[j],
                given=float(whole[i, j]),
                fits=fits,
                nearest=as_ratio(fits),
                consistency_ratio=consistency_ratio(mended),
            )
        )
    return tuple(found)
