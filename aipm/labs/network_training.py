"""Train a small network once and keep snapshots on the way: what it then says of every place, and how well it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from aipm.labs import network
from aipm.labs.network import Shape
from aipm.labs.network_spec import MOST_STEPS, NetworkSpec
from aipm.labs.points import SPAN, Points, made, measured

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bytes = NDArray[np.uint8]

SNAPSHOTS = 30
GRID, MAP = 40, 12
"""Places along each axis of the decision surface, and of the picture of one neuron."""
MOMENTUM, MEMORY, TINY = 0.9, 0.999, 1e-8
"""The constants of Adam: Kingma & Ba (2015), Adam: a method for stochastic optimization."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Counts: what the network says (first) against what the label says (second)."""

    one_one: int
    one_zero: int
    zero_one: int
    zero_zero: int

    @property
    def accuracy(self) -> float:
        total = self.one_one + self.one_zero + self.zero_one + self.zero_zero
        return (self.one_one + self.zero_zero) / total


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well the network does at one snapshot, on what it learned from or on what it never saw."""

    loss: float
    confusion: Confusion


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trained:
    """A run. With s snapshots: `vectors` (s, parameters), `surface` (s, GRID, GRID), `maps` (s, neurons, MAP, MAP).

    Surface and maps are bytes: the probability of class 1 from 0 to 255, and a neuron's response from lowest to
    highest with 128 for the middle; row 0 is the top. `epochs` are those of the snapshots, the first is 0.
    """

    spec: NetworkSpec
    shape: Shape
    points: Points
    epochs: tuple[int, ...]
    vectors: "Floats"
    surface: "Bytes"
    maps: "Bytes"
    inputs: "Bytes"
    train: tuple[Score, ...]
    test: tuple[Score, ...]

    @property
    def cut_short(self) -> bool:
        """Whether fewer epochs were run than were asked for, because each had very many corrections."""
        return self.epochs[-1] < self.spec.epochs

    @property
    def best(self) -> int:
        """The snapshot with the lowest loss on points it never saw."""
        return min(range(len(self.test)), key=lambda each: self.test[each].loss)


def train(spec: NetworkSpec, points: Points | None = None) -> Trained:
    """Train on generated points, or on `points` that somebody brought. The same question has the same answer."""
    if points is None:
        points = made(
            spec.data,
            count=spec.points,
            noise=spec.noise / 100,
            wrong_labels=spec.wrong / 100,
            train_share=spec.learn_from / 100,
            seed=spec.seed,
        )
    raw = measured(points.xy, spec.features)
    centre, spread = _scale(raw[points.train])
    inputs, target = (raw - centre) / spread, points.label.astype(float)
    shape = Shape(network.sizes(len(spec.features), spec.layers), spec.activation)
    steps = ceil(points.train.sum() / spec.batch)
    epochs = max(1, min(spec.epochs, MOST_STEPS // steps))
    kept = snapshots(epochs)
    vectors = _learn(spec, shape, inputs[points.train], target[points.train], kept)

    def places(side: int) -> "Floats":
        return (measured(plane(side), spec.features) - centre) / spread

    return Trained(
        spec=spec,
        shape=shape,
        points=points,
        epochs=kept,
        vectors=vectors,
        surface=_surface(shape, vectors, places(GRID)),
        maps=_maps(shape, vectors, places(MAP)),
        inputs=_responses(places(MAP)[None], "tanh"),
        train=_scores(shape, vectors, inputs[points.train], target[points.train]),
        test=_scores(shape, vectors, inputs[~points.train], target[~points.train]),
    )


def snapshots(epochs: int) -> tuple[int, ...]:
    """Which epochs are kept: dense at first, where most happens; the first and the last always."""
    last = SNAPSHOTS - 1
    return tuple(sorted({round(epochs * (each / last) ** 1.6) for each in range(SNAPSHOTS)}))


def plane(side: int) -> "Floats":
    """The middles of side x side squares that fill the plane, row by row from the top left."""
    import numpy as np

    along = (np.arange(side) + 0.5) / side * 2 * SPAN - SPAN
    x, y = np.meshgrid(along, -along)
    return np.column_stack([x.ravel(), y.ravel()])


def _scale(learned: "Floats") -> "tuple[Floats, Floats]":
    """Centre and spread of what is learned from: points for the test must not have a say in them."""
    import numpy as np

    spread = learned.std(axis=0)
    return learned.mean(axis=0), np.where(spread > 0, spread, 1.0)


def _learn(spec: NetworkSpec, shape: Shape, inputs: "Floats", target: "Floats", kept: Sequence[int]) -> "Floats":
    """The weights at each epoch that is kept: mini-batches in a new order every epoch, steps by Adam."""
    import numpy as np

    chance = np.random.default_rng(spec.seed + 10_000)
    vector = network.started(shape, spec.seed)
    mask = shape.weight_mask()
    mean, square = np.zeros_like(vector), np.zeros_like(vector)
    found, step = [vector.copy()], 0
    for epoch in range(1, kept[-1] + 1):
        order = chance.permutation(len(target))
        for at in range(0, len(order), spec.batch):
            chosen = order[at : at + spec.batch]
            slope = network.gradient(shape, vector, inputs[chosen], target[chosen])
            if spec.penalty == "l2":
                slope += spec.strength * mask * vector
            elif spec.penalty == "l1":
                slope += spec.strength * mask * np.sign(vector)
            step += 1
            mean += (1 - MOMENTUM) * (slope - mean)
            square += (1 - MEMORY) * (slope * slope - square)
            rate = spec.rate * (1 - MEMORY**step) ** 0.5 / (1 - MOMENTUM**step)
            vector -= rate * mean / (np.sqrt(square) + TINY)
        if epoch in kept:
            found.append(vector.copy())
    return np.array(found)


def _scores(shape: Shape, vectors: "Floats", inputs: "Floats", target: "Floats") -> tuple[Score, ...]:
    found, labelled = [], target > 0.5
    for vector in vectors:
        log_odds = network.forward(shape, vector, inputs)[-1][:, 0]
        says = log_odds > 0.0
        confusion = Confusion(
            one_one=int((says & labelled).sum()),
            one_zero=int((says & ~labelled).sum()),
            zero_one=int((~says & labelled).sum()),
            zero_zero=int((~says & ~labelled).sum()),
        )
        found.append(Score(loss=float(network.losses(log_odds, target).mean()), confusion=confusion))
    return tuple(found)


def _surface(shape: Shape, vectors: "Floats", places: "Floats") -> "Bytes":
    import numpy as np

    found = [network.probability(network.forward(shape, vector, places)[-1]) for vector in vectors]
    return np.rint(np.array(found) * 255).astype(np.uint8).reshape(len(vectors), GRID, GRID)


def _maps(shape: Shape, vectors: "Floats", places: "Floats") -> "Bytes":
    """(snapshots, neurons, MAP, MAP), the first layer's neurons first."""
    import numpy as np

    given = [network.forward(shape, vector, places)[1:-1] for vector in vectors]
    found = np.array([np.hstack([np.empty((len(places), 0)), *layers]) for layers in given])
    return _responses(found, shape.activation)


def _responses(given: "Floats", activation: network.Activation) -> "Bytes":
    """Responses (snapshots, places, neurons) as bytes around 128; a neuron's largest response is 1 or 255."""
    import numpy as np

    signed = given * 2 - 1 if activation == "sigmoid" else given
    largest = np.abs(signed).max(axis=(0, 1), keepdims=True, initial=0.0)
    scaled = np.rint(128 + 127 * signed / np.where(largest > 0, largest, 1.0)).astype(np.uint8)
    return scaled.transpose(0, 2, 1).reshape(len(given), given.shape[2], MAP, MAP)
