"""Supervised learning on a plane: points with labels -> a boundary, its errors where it learned and on new points.

The model is logistic regression with a ridge penalty, on powers of the two coordinates, fitted by Newton's method
(Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 2nd ed. 2009, section 4.4.1).

Labels are one line of text, a sign a point: "1" and "0" for the two kinds, "-" for a point nobody has labelled yet.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Shape = Literal["straight", "curved", "wild"]
Way = Literal["recorded", "scattered", "one_sided", "blank"]

DEGREES: dict[Shape, int] = {"straight": 1, "curved": 2, "wild": 6}
"""The highest power a boundary may use: the higher, the more it can bend."""
POINTS, NEW, SIDE = 40, 1_000, 10.0
"""Points that can be labelled, new ones to judge by, and how far both axes reach from 0."""
WRONG = 10
"""Labels that are wrong in the two spoilt sets: a quarter."""
RIDGE = {"straight": 0.05, "curved": 0.05, "wild": 0.0005}
BLANK = "-"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """`at`: (n, 2) coordinates in [0, 10]; `label`: (n,) of 0 and 1, as it turned out."""

    at: Vector
    label: Vector


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """What was learned from `learned_from` labels; shares of mistakes in [0, 1].

    `chance`: (n,) the model's chance of "1" at each of the points; `mistakes` are those of the labels it was given.
    `baseline` is the share on new points for always saying what was commoner among the labels.
    """

    shape: Shape
    weights: Vector
    chance: Vector
    learned_from: int
    mistakes: int
    new: float
    baseline: float


@lru_cache(maxsize=2)
def points(count: int = POINTS, seed: int = 27) -> Points:
    """Made, not measured: the odds of "1" rise with the first coordinate and fall, ever faster, with the second."""
    draw = np.random.default_rng(seed)
    at = draw.uniform(0.3, SIDE - 0.3, size=(count, 2))
    odds = 1.4 * (at[:, 0] - 1.5 - 0.08 * at[:, 1] ** 2)
    label = (draw.random(count) < _sigmoid(odds)).astype(float)
    at.setflags(write=False)
    label.setflags(write=False)
    return Points(at=at, label=label)


@lru_cache(maxsize=1)
def new_points() -> Points:
    """Points the model never sees while it learns, labelled by the same rule of nature."""
    return points(NEW, seed=2_024)


@lru_cache(maxsize=4)
def labels(way: Way) -> str:
    """The labels to begin with: as it turned out, a quarter of them wrong (anywhere, or all of one kind), or none."""
    if way == "blank":
        return BLANK * POINTS
    given = points()
    wrong: set[int] = set()
    if way == "scattered":
        wrong = {int(each) for each in np.random.default_rng(3).choice(POINTS, WRONG, replace=False)}
    elif way == "one_sided":  # of the "1"s, those with the most of the second coordinate
        ones = [place for place in range(POINTS) if given.label[place]]
        wrong = set(sorted(ones, key=lambda place: -given.at[place, 1])[:WRONG])
    return "".join(str(int(label) ^ (place in wrong)) for place, label in enumerate(given.label))


def valid(text: str) -> bool:
    return len(text) == POINTS and set(text) <= {"0", "1", BLANK}


def relabelled(text: str, place: int, label: str) -> str:
    return text[:place] + label + text[place + 1 :]


def least_sure(found: Fit, text: str) -> int | None:
    """The point without a label whose chance is nearest to one half: the label that teaches most. None if all have one.

    Uncertainty sampling: Lewis & Gale (1994), "A sequential algorithm for training text classifiers".
    """
    free = [place for place, label in enumerate(text) if label == BLANK]
    return min(free, key=lambda place: abs(found.chance[place] - 0.5), default=None)


@lru_cache(maxsize=256)
def learn(text: str, shape: Shape) -> Fit | None:
    """What a model makes of these labels; None while there are not labels of both kinds."""
    known = np.array([place for place, label in enumerate(text) if label != BLANK], dtype=int)
    target = np.array([float(text[place]) for place in known])
    if len(set(target)) < 2:
        return None
    at, new = points().at, new_points()
    weights = fit(features(at[known], shape), target, ridge=RIDGE[shape])
    chance = _sigmoid(features(at, shape) @ weights)
    said = _sigmoid(features(new.at, shape) @ weights) > 0.5
    common = target.mean() > 0.5
    return Fit(
        shape=shape,
        weights=weights,
        chance=chance,
        learned_from=len(known),
        mistakes=int(np.sum((chance[known] > 0.5) != target)),
        new=float(np.mean(said != new.label)),
        baseline=float(np.mean(common != new.label)),
    )


def surface(found: Fit, steps: int = 41) -> tuple[Vector, Vector]:
    """The chance of "1" over the plane: places along an axis (steps,), and the chances (steps, steps), rows upwards."""
    axis = np.linspace(0.0, SIDE, steps)
    across, up = np.meshgrid(axis, axis)
    plane = np.column_stack((across.ravel(), up.ravel()))
    return axis, _sigmoid(features(plane, found.shape) @ found.weights).reshape(steps, steps)


def features(at: Vector, shape: Shape) -> Vector:
    """A one and the products of powers of both coordinates, scaled to [-1, 1], up to the shape's degree."""
    first, second = (at / (SIDE / 2) - 1).T
    degree = DEGREES[shape]
    return np.column_stack([first**i * second**j for i in range(degree + 1) for j in range(degree + 1 - i)])


def fit(given: Vector, target: Vector, *, ridge: float) -> Vector:
    """Weights of least loss, by Newton's method with halved steps where a whole one would not lower it."""
    weights = np.zeros(given.shape[1])
    for _ in range(60):
        slope = gradient(weights, given, target, ridge=ridge)
        if np.max(np.abs(slope)) < 1e-9:
            break
        spread = (chance := _sigmoid(given @ weights)) * (1 - chance)
        curvature = given.T @ (given * spread[:, None]) + ridge * _penalised(weights.size)
        step = np.linalg.lstsq(curvature, slope, rcond=None)[0]
        before, size = loss(weights, given, target, ridge=ridge), 1.0
        while size > 1e-6 and loss(weights - size * step, given, target, ridge=ridge) > before:
            size /= 2
        weights = weights - size * step
    return weights


def loss(weights: Vector, given: Vector, target: Vector, *, ridge: float) -> float:
    """Minus the log-likelihood, plus half the ridge times the squared weights, but for the first."""
    said = given @ weights
    fitted = np.sum(np.logaddexp(0.0, said) - target * said)
    return float(fitted + 0.5 * ridge * np.sum(weights[1:] ** 2))


def gradient(weights: Vector, given: Vector, target: Vector, *, ridge: float) -> Vector:
    slope: Vector = given.T @ (_sigmoid(given @ weights) - target) + ridge * np.diag(_penalised(weights.size)) * weights
    return slope


def _penalised(size: int) -> Vector:
    return np.diag([0.0, *[1.0] * (size - 1)])


def _sigmoid(value: Vector) -> Vector:
    half: Vector = 0.5 * (1 + np.tanh(value / 2))
    return half
