"""What is asked of the network lab: a data set, a network, and how it learns; to and from a plain dict of text."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from aipm.labs.network import Activation
from aipm.labs.points import FEATURES, DataSet, Feature
from aipm.tables import Refusal

Penalty = Literal["none", "l1", "l2"]
MOST_LAYERS, MOST_NEURONS = 4, 8
NO_LAYERS = "0"
MOST_STEPS = 16_000
"""Corrections of the weights in one run, so that a whole room can press the button at once."""

CHOICES: dict[str, tuple[Any, ...]] = {
    "data": get_args(DataSet),
    "points": (50, 100, 200, 400),
    "noise": (0, 5, 10, 20, 30, 50),
    "wrong": (0, 10, 25, 40),
    "learn_from": (30, 50, 70, 80),
    "activation": get_args(Activation),
    "rate": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
    "penalty": get_args(Penalty),
    "strength": (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1),
    "batch": (1, 5, 10, 20, 50, 100),
    "epochs": (10, 25, 50, 100, 200, 400, 800),
}
"""Answers that there are, by question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSpec:
    """One setting of the lab. `noise`, `wrong` and `learn_from` are per cent; `layers` are neurons a hidden layer."""

    data: DataSet = "circle"
    points: int = 200
    noise: int = 10
    wrong: int = 0
    learn_from: int = 50
    features: tuple[Feature, ...] = ("x", "y")
    layers: tuple[int, ...] = (4, 2)
    activation: Activation = "tanh"
    rate: float = 0.03
    penalty: Penalty = "none"
    strength: float = 0.003
    batch: int = 10
    epochs: int = 100
    seed: int = 1

    def to_dict(self) -> dict[str, str]:
        """Every part as text: {"layers": "4-2", "features": "x,y", "rate": "0.03", …}."""
        return {each.name: written(getattr(self, each.name)) for each in dataclasses.fields(self)}

    @classmethod
    def from_dict(cls, parts: Mapping[str, str]) -> "NetworkSpec":
        """The setting that these parts mean; what is not there is as at first. Raises Refusal."""
        return cls(**{name: part(name, said) for name, said in parts.items()})

    @property
    def neurons(self) -> int:
        return sum(self.layers)


def part(name: str, said: str) -> Any:
    """One part of a setting, from text. Raises Refusal where there is no such part or answer."""
    try:
        if name in CHOICES:
            return next(choice for choice in CHOICES[name] if written(choice) == said)
        return _OTHERS[name](said)
    except (KeyError, ValueError, StopIteration):
        raise Refusal("no_such_setting", f"The network lab has no such setting: {name}.") from None


def written(value: Any) -> str:
    """An answer as text: "x,y", "4-2", "0.03"."""
    if isinstance(value, tuple):
        return ("," if any(isinstance(each, str) for each in value) else "-").join(map(str, value)) or NO_LAYERS
    return f"{value:g}" if isinstance(value, float) else str(value)


def _features(said: str) -> tuple[Feature, ...]:
    asked = set(said.split(","))
    if not asked or asked - set(FEATURES):
        raise ValueError
    return tuple(each for each in FEATURES if each in asked)


def _layers(said: str) -> tuple[int, ...]:
    found = () if said == NO_LAYERS else tuple(int(each) for each in said.split("-"))
    if len(found) > MOST_LAYERS or any(not 1 <= each <= MOST_NEURONS for each in found):
        raise ValueError
    return found


def _seed(said: str) -> int:
    if not (len(said) < 5 and said.isascii() and said.isdigit()):
        raise ValueError
    return int(said)


_OTHERS: dict[str, Callable[[str], Any]] = {"features": _features, "layers": _layers, "seed": _seed}
