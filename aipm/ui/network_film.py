"""The film of a training run: what the browser is given to play it."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aipm.content import number
from aipm.content.palette import CHARTS
from aipm.content.visible import visible
from aipm.labs.network_training import GRID, MAP, Trained
from aipm.labs.points import SPAN
from aipm.ui.browser_part import part
from aipm.ui.network_texts import LabTexts, NetworkPage

if TYPE_CHECKING:
    import numpy as np

ONE, ZERO = CHARTS[0], CHARTS[1]
"""Colours of class 1 (drawn as circles) and class 0 (drawn as squares)."""
NAME = 40
AXES = ("x", "y")


_COLOURS = (
    f":host{{--film-one:{ONE};--film-zero:{ZERO};"
    "--film-train:var(--accent-mark);--film-test:var(--gap-mark);display:block}"
)


@cache
def _css() -> str:
    return _COLOURS + (Path(__file__).parent / "network_film.css").read_text(encoding="utf-8")


def film(
    run: Trained,
    text: NetworkPage,
    *,
    key: str,
    names: tuple[str, str] | None = None,
    axes: tuple[str, str] = AXES,
) -> None:
    """Draw the run as a film; of their own points somebody names classes 0 and 1 and both axes (all untrusted)."""
    part("network_film", html='<div class="film"></div>', css=_css())(
        key=key, data=[reel(run, text, names or text.film.names, axes=axes)]
    )


def reel(run: Trained, text: NetworkPage, names: tuple[str, str], *, axes: tuple[str, str] = AXES) -> dict[str, Any]:
    """All the browser needs: plain numbers, bytes as base64, and texts that it draws as they are."""
    said, points = text.film, run.points
    facts: dict[str, Any] = {
        "epochs": run.epochs,
        "trainLoss": [round(each.loss, 4) for each in run.train],
        "testLoss": [round(each.loss, 4) for each in run.test],
        "trainAccuracy": [round(each.confusion.accuracy, 4) for each in run.train],
        "testAccuracy": [round(each.confusion.accuracy, 4) for each in run.test],
        "trainSaid": [number.rate(each.confusion.accuracy) for each in run.train],
        "testSaid": [number.rate(each.confusion.accuracy) for each in run.test],
        "features": [_feature(each, text.lab) for each in run.spec.features],
        "layers": run.spec.layers,
        "parameters": run.shape.parameters,
        "grid": GRID,
        "map": MAP,
        "span": SPAN,
        "surface": _packed(run.surface),
        "maps": _packed(run.maps),
        "inputs": _packed(run.inputs),
        "weights": _packed(run.vectors.astype("<f4")),
        "x": (points.xy[:, 0] * 100).round().astype(int).tolist(),
        "y": (points.xy[:, 1] * 100).round().astype(int).tolist(),
        "label": points.label.astype(int).tolist(),
        "train": points.train.astype(int).tolist(),
        "names": [visible(each, limit=NAME) for each in names],
        "axes": said.axes.format(x=visible(axes[0], limit=NAME), y=visible(axes[1], limit=NAME)),
        "alt": said.alt.format(
            count=f"{len(points.label):,}", one=visible(names[1], limit=NAME), zero=visible(names[0], limit=NAME)
        ),
        "netAlt": said.net_alt.format(
            features=", ".join(_feature(each, text.lab) for each in run.spec.features),
            layers=" → ".join(map(str, run.spec.layers)) or "–",
        ),
        "texts": said.says,
    }
    facts["id"] = hashlib.sha256(run.vectors.tobytes() + points.xy.tobytes()).hexdigest()[:16]
    return facts


def _feature(name: str, text: LabTexts) -> str:
    return {str(each): said for each, said in text.feature.items()}[name]


def _packed(numbers: "np.ndarray[Any, Any]") -> str:
    return base64.b64encode(numbers.tobytes()).decode("ascii")
