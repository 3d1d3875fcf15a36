"""Points on a plane in two classes, made or brought along, and the features of them that a network may look at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aipm.tables import Refusal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

DataSet = Literal["circle", "xor", "gaussians", "spiral", "own"]
Feature = Literal["x", "y", "x2", "y2", "xy", "sinx", "siny"]

SPAN = 6.0
"""Both axes go from -SPAN to SPAN."""
MOST_POINTS = 400
FEWEST_OWN = 20
FEWEST_OF_A_CLASS = 5

FEATURES: "dict[Feature, Callable[[Floats, Floats], Floats]]" = {
    "x": lambda x, _: x,
    "y": lambda _, y: y,
    "x2": lambda x, _: x * x,
    "y2": lambda _, y: y * y,
    "xy": lambda x, y: x * y,
    "sinx": lambda x, _: _sine(x),
    "siny": lambda _, y: _sine(y),
}
"""What may be made of a point's two coordinates."""


def _sine(value: "Floats") -> "Floats":
    import numpy as np

    sine: Floats = np.sin(value)
    return sine


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """`xy` is (n, 2); `label` (n,) what the network is told; `train` (n,) who is learned from, the rest is tested."""

    xy: "Floats"
    label: "Flags"
    train: "Flags"


def measured(xy: "Floats", features: Sequence[Feature]) -> "Floats":
    """The features of points: (n, 2) -> (n, len(features))."""
    import numpy as np

    return np.column_stack([FEATURES[each](xy[:, 0], xy[:, 1]) for each in features])


def made(
    data: DataSet, *, count: int, noise: float = 0.0, wrong_labels: float = 0.0, train_share: float = 0.5, seed: int = 0
) -> Points:
    """Draw a data set. `noise` in [0, 1] moves each coordinate by up to 5 · noise; `wrong_labels` is a share of all.

    Shapes after TensorFlow Playground (dataset.ts, Apache 2.0), drawn here from a seed.
    """
    import numpy as np

    chance = np.random.default_rng(seed)
    label = np.arange(count) % 2 == 0
    xy = _SHAPES[data](chance, label)
    xy = xy + chance.uniform(-5.0, 5.0, size=xy.shape) * noise
    flipped = chance.permutation(count) < round(wrong_labels * count)
    return _split(np.clip(xy, -SPAN, SPAN), label ^ flipped, chance, train_share)


def brought(x: "Floats", y: "Floats", label: "Flags", *, train_share: float = 0.5, seed: int = 0) -> Points:
    """Somebody's own two columns: at most MOST_POINTS rows of them, drawn by chance, spread over the plane.

    Centre and spread are those of the part that is learned from: two standard deviations reach two thirds of the way
    to the edge, and what lies beyond the edge is drawn on it. Raises Refusal where there is too little to learn from.
    """
    import numpy as np

    usable = np.isfinite(x) & np.isfinite(y)
    x, y, label = x[usable], y[usable], label[usable]
    fewest = min(label.sum(), (~label).sum()) if len(label) else 0
    if len(label) < FEWEST_OWN or fewest < FEWEST_OF_A_CLASS:
        raise Refusal(
            "too_few_points",
            f"{len(label)} rows have two numbers and a label, {fewest} of them in the smaller class.",
            advice=f"At least {FEWEST_OWN} rows are needed, {FEWEST_OF_A_CLASS} in each class.",
        )
    chance = np.random.default_rng(seed)
    kept = chance.permutation(len(label))[:MOST_POINTS]
    points = _split(np.column_stack([x[kept], y[kept]]), label[kept], chance, train_share)
    learned = points.xy[points.train]
    spread = learned.std(axis=0)
    scaled = (points.xy - learned.mean(axis=0)) / np.where(spread > 0, spread, 1.0) * (SPAN / 3)
    return Points(xy=np.clip(scaled, -SPAN, SPAN), label=points.label, train=points.train)


def _split(xy: "Floats", label: "Flags", chance: "np.random.Generator", train_share: float) -> Points:
    """The same share of either class is learned from."""
    import numpy as np

    train = np.zeros(len(label), dtype=bool)
    for kind in (True, False):
        places = chance.permutation(np.flatnonzero(label == kind))
        train[places[: max(1, round(train_share * len(places)))]] = True
    return Points(xy=xy, label=label, train=train)


def _circle(chance: "np.random.Generator", label: "Flags") -> "Floats":
    """A disc inside a ring."""
    import numpy as np

    radius = np.where(label, chance.uniform(0.0, 2.5, len(label)), chance.uniform(3.5, 5.0, len(label)))
    return _polar(radius, chance.uniform(0.0, 2 * np.pi, len(label)))


def _xor(chance: "np.random.Generator", label: "Flags") -> "Floats":
    """Four squares, the opposite ones alike."""
    import numpy as np

    size = chance.uniform(0.3, 5.0, (len(label), 2))
    sign = np.where(chance.random(len(label)) < 0.5, 1.0, -1.0)
    corners: Floats = size * np.column_stack([sign, np.where(label, sign, -sign)])
    return corners


def _gaussians(chance: "np.random.Generator", label: "Flags") -> "Floats":
    """Two round clouds."""
    import numpy as np

    cloud: Floats = np.where(label, 2.0, -2.0)[:, None] + chance.normal(0.0, 1.0, (len(label), 2))
    return cloud


def _spiral(_: "np.random.Generator", label: "Flags") -> "Floats":
    """Two arms, each winding one and three quarter times around the other."""
    import numpy as np

    along = np.arange(len(label)) // 2 / (len(label) / 2)
    return _polar(5.0 * along, 1.75 * along * 2 * np.pi + np.where(label, 0.0, np.pi))


def _polar(radius: "Floats", angle: "Floats") -> "Floats":
    import numpy as np

    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


_SHAPES: "dict[DataSet, Callable[[np.random.Generator, Flags], Floats]]" = {
    "circle": _circle,
    "xor": _xor,
    "gaussians": _gaussians,
    "spiral": _spiral,
}
