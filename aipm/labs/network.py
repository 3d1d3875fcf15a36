"""A small fully connected network: forward pass, loss and its gradient by backpropagation.

All weights and biases lie in one vector, so that an optimiser updates them in a few operations. The output is one
logistic unit: the probability of class 1. Formulae: Goodfellow, Bengio & Courville (2016), Deep Learning, chapter 6.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Activation = Literal["tanh", "relu", "sigmoid", "linear"]


@dataclass(frozen=True, slots=True)
class Shape:
    """`sizes`: inputs, neurons of each hidden layer, 1. A layer's weights (inputs x outputs) lie before its biases."""

    sizes: tuple[int, ...]
    activation: Activation = "tanh"

    @property
    def parameters(self) -> int:
        return sum((one + 1) * other for one, other in self.pairs)

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        return tuple(zip(self.sizes, self.sizes[1:], strict=False))

    def layers(self, vector: "Floats") -> "list[tuple[Floats, Floats]]":
        """Weights and biases of each layer as views into the vector."""
        found, at = [], 0
        for one, other in self.pairs:
            weights = vector[at : at + one * other].reshape(one, other)
            at += one * other
            found.append((weights, vector[at : at + other]))
            at += other
        return found

    def weight_mask(self) -> "Floats":
        """1 where the vector holds a weight, 0 where a bias: biases are not regularised."""
        import numpy as np

        mask = np.ones(self.parameters)
        for _, biases in self.layers(mask):
            biases[:] = 0.0
        return mask


def started(shape: Shape, seed: int) -> "Floats":
    """Weights drawn as Glorot & Bengio (2010) advise, for ReLU as He et al. (2015); biases start at 0."""
    import numpy as np

    chance = np.random.default_rng(seed)
    vector = np.zeros(shape.parameters)
    for weights, _ in shape.layers(vector):
        inputs, outputs = weights.shape
        variance = 2.0 / inputs if shape.activation == "relu" else 2.0 / (inputs + outputs)
        weights[:] = chance.normal(0.0, variance**0.5, weights.shape)
    return vector


def forward(shape: Shape, vector: "Floats", inputs: "Floats") -> "list[Floats]":
    """What each layer gives on: the inputs (n, f), every hidden layer (n, k), and at the end the log-odds (n, 1)."""
    respond = _RESPONSES[shape.activation][0]
    given = [inputs]
    *hidden, last = shape.layers(vector)
    for weights, biases in hidden:
        given.append(respond(given[-1] @ weights + biases))
    given.append(given[-1] @ last[0] + last[1])
    return given


def probability(log_odds: "Floats") -> "Floats":
    """The logistic function, without overflow."""
    import numpy as np

    chance: Floats = np.exp(-np.logaddexp(0.0, -log_odds))
    return chance


def losses(log_odds: "Floats", target: "Floats") -> "Floats":
    """Log loss (cross-entropy) of each point, in nats; `target` is 0 or 1."""
    import numpy as np

    each: Floats = np.logaddexp(0.0, log_odds) - target * log_odds
    return each


def gradient(shape: Shape, vector: "Floats", inputs: "Floats", target: "Floats") -> "Floats":
    """How the mean loss changes with every weight and bias: the errors are handed back layer by layer."""
    import numpy as np

    slope = _RESPONSES[shape.activation][1]
    given = forward(shape, vector, inputs)
    layers = shape.layers(vector)
    found = np.empty_like(vector)
    places = shape.layers(found)
    error = (probability(given[-1]) - target[:, None]) / len(target)
    for depth in range(len(layers) - 1, -1, -1):
        weights, biases = places[depth]
        weights[:] = given[depth].T @ error
        biases[:] = error.sum(axis=0)
        if depth:
            error = (error @ layers[depth][0].T) * slope(given[depth])
    return found


def sizes(features: int, hidden: Sequence[int]) -> tuple[int, ...]:
    return (features, *hidden, 1)


def respond(activation: Activation, value: "Floats") -> "Floats":
    """What a neuron gives for the weighted sum of its inputs."""
    return _RESPONSES[activation][0](value)


def _tanh(value: "Floats") -> "Floats":
    import numpy as np

    found: Floats = np.tanh(value)
    return found


def _relu(value: "Floats") -> "Floats":
    import numpy as np

    found: Floats = np.maximum(value, 0.0)
    return found


def _ones(value: "Floats") -> "Floats":
    import numpy as np

    return np.ones_like(value)


_RESPONSES: "dict[Activation, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]]" = {
    "tanh": (_tanh, lambda given: 1.0 - given * given),
    "relu": (_relu, lambda given: (given > 0.0).astype(float)),
    "sigmoid": (probability, lambda given: given * (1.0 - given)),
    "linear": (lambda value: value, _ones),
}
"""For each activation: the response, and its slope written in terms of the response."""
