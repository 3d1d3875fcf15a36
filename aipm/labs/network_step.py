"""One point's way through a network of two neurons, and one correction of the weights: every number on the way."""

from dataclasses import dataclass

from aipm.labs import network
from aipm.labs.network import Shape

SHAPE = Shape((2, 2, 1), "tanh")
START = (0.8, -0.4, 0.5, 0.9, 0.1, -0.2, 1.2, -0.7, 0.0)
"""Hand-set weights: from x to both neurons, from y to both, their biases, from both to the answer, its bias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neuron:
    """What comes in from x and from y after weighting, the bias, their sum, and the response to it."""

    from_x: float
    from_y: float
    bias: float
    total: float
    response: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A weight before, how the loss changes with it, and the weight after one correction."""

    name: str
    before: float
    slope: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A prediction, its loss, and both once more after the correction."""

    neurons: tuple[Neuron, ...]
    log_odds: float
    probability: float
    loss: float
    weights: tuple[Weight, ...]
    probability_after: float
    loss_after: float


NAMES = ("x → 1", "x → 2", "y → 1", "y → 2", "bias 1", "bias 2", "1 → answer", "2 → answer", "bias answer")


def one_step(*, x: float, y: float, label: bool, rate: float) -> Step:
    """Plain gradient descent on one point: each weight moves against its slope, by `rate` times the slope."""
    import numpy as np

    start, point, target = np.array(START), np.array([[x, y]]), np.array([float(label)])
    (weights, biases), _ = SHAPE.layers(start)
    slope = network.gradient(SHAPE, start, point, target)
    after = start - rate * slope
    _, responses, log_odds = network.forward(SHAPE, start, point)
    moved = network.forward(SHAPE, after, point)[-1]
    neurons = tuple(
        Neuron(
            from_x=float(weights[0, each] * x),
            from_y=float(weights[1, each] * y),
            bias=float(biases[each]),
            total=float(weights[0, each] * x + weights[1, each] * y + biases[each]),
            response=float(responses[0, each]),
        )
        for each in range(2)
    )
    return Step(
        neurons=neurons,
        log_odds=float(log_odds[0, 0]),
        probability=float(network.probability(log_odds)[0, 0]),
        loss=float(network.losses(log_odds[:, 0], target)[0]),
        weights=tuple(
            Weight(name=name, before=float(one), slope=float(way), after=float(other))
            for name, one, way, other in zip(NAMES, start, slope, after, strict=True)
        ),
        probability_after=float(network.probability(moved)[0, 0]),
        loss_after=float(network.losses(moved[:, 0], target)[0]),
    )
