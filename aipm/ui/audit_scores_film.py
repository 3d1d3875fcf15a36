"""The threshold slider: every group's rates at every threshold, handed to the browser once and moved there."""

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from aipm.content import number
from aipm.content.palette import CHARTS
from aipm.content.visible import visible
from aipm.fairness import texts as words
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS, WIDEST
from aipm.fairness.spec import Group
from aipm.fairness.thresholds import Array, Sweep, rates, thinned
from aipm.ui.audit_scores_said import RATES, threshold
from aipm.ui.audit_scores_texts import ScoresTexts
from aipm.ui.browser_part import part

MOST_PLACES = 201
MOST_GROUPS = 12
NAME = 40
THOUSANDTHS, LITTLE, NEARLY, UNKNOWN = 1_000, 2_001, 2_002, 2_003
"""Rates in thousandths, as they are written; and three that a number does not tell."""


@cache
def _css() -> str:
    return (Path(__file__).parent / "audit_scores_film.css").read_text(encoding="utf-8")


def largest(found: Sweep, part: slice, most: int = MOST_GROUPS) -> list[int]:
    """The largest groups of a column, in their own order."""
    rows = found.weight[:, part, 0].sum(axis=0)
    return sorted((np.argsort(-rows, kind="stable")[:most] + part.start).tolist())


def short(group: Group) -> str:
    """A group's name in the room there is."""
    name = words.short(group)
    return name if len(name) <= NAME else f"{name[: NAME - 1]}…"


def reel(found: Sweep, part: slice, texts: ScoresTexts) -> dict[str, Any]:
    """All that the browser needs: rates in thousandths and how far each can be relied on, as bytes, and texts."""
    said, groups, places = texts.film, [0, *largest(found, part)], thinned(found, MOST_PLACES)
    shown = tuple(name for name in RATES if name in said.about and (found.labelled or name == RATES[0]))
    measured = rates(found, shown)
    values, states = [], []
    for name in shown:
        each = measured[name]
        value, low, high, rows = (array[groups][:, places] for array in (each.value, each.low, each.high, each.rows))
        values.append(np.stack([value, low, high]))
        thin = (rows < ENOUGH_ROWS) | (high - low > WIDEST)
        states.append(np.where(np.isnan(value), 3, np.where(rows < FEWEST_ROWS, 2, thin)))
    packed = _coded(np.stack(values)).astype("<u2").tobytes()
    named = words.texts().metrics
    facts: dict[str, Any] = {
        "names": [visible(short(found.people.groups[k])) for k in groups],
        "colours": [CHARTS[k % len(CHARTS)] for k in range(len(groups) - 1)],
        "metrics": [{"name": named[name].name, "about": said.about[name]} for name in shown],
        "thresholds": [threshold(float(found.edges[k]), texts) for k in places],
        "places": places.tolist(),
        "codes": {
            str(LITTLE): number.rate(1 / THOUSANDTHS / 10),
            str(NEARLY): number.rate(1 - 1 / THOUSANDTHS / 10),
            str(UNKNOWN): number.NONE,
        },
        "values": base64.b64encode(packed).decode("ascii"),
        "states": base64.b64encode(np.stack(states).astype(np.uint8).tobytes()).decode("ascii"),
        "texts": {
            "slider": said.slider,
            "at": said.at,
            "states": ["", said.thin, said.unrated, said.unknown],
        },
    }
    facts["id"] = hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
    return facts


def _coded(shares: Array) -> Array:
    """Shares as whole numbers, with a code for what is not quite none, not quite all, and not known."""
    written = [
        (shares > 0) & (shares < 0.5 / THOUSANDTHS),
        (shares < 1) & (shares >= 1 - 0.5 / THOUSANDTHS),
        np.isnan(shares),
    ]
    return np.select(written, [LITTLE, NEARLY, UNKNOWN], np.nan_to_num(shares * THOUSANDTHS).round())


def film(facts: dict[str, Any], *, place: int, key: str, moved: Callable[[int], None]) -> None:
    """Draw the slider at the stop nearest to a place; `moved` is given the place that a person leaves it at."""

    def change() -> None:
        left = st.session_state[key].get("place")
        if isinstance(left, int) and left in facts["places"]:
            moved(left)

    stop = int(np.abs(np.array(facts["places"]) - place).argmin())
    # A list of one: in a dictionary Streamlit looks for data frames, and loads pandas for that.
    part("audit_scores_film", html='<div class="moving"></div>', css=_css())(
        key=key, data=[facts | {"at": stop}], on_place_change=change
    )
