"""Where the bands of strength lie, by cross-validation on the examples: `python -m aipm.mapping.bands`.

The edges stand in content/mapping.yaml; a test holds them to what this finds.
"""

import sys
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aipm.mapping.capabilities import KEYS
from aipm.mapping.examples import LABELS
from aipm.mapping.heads import Floats, lessons, train
from aipm.mapping.texts import UNLIKELY, Edges, mapping_texts
from aipm.mapping.vectors import vectors

FOLDS = 5
SEED = 2026
STRONG = 0.95
"""Share of right answers that the strong band is to have."""
MODERATE = 0.6
"""Below the moderate band a first answer is right less often than this: there one question is worth asking."""
FALSE_ALARMS = 0.1
"""Share of the examples that need AI and may be flagged as needing none. One in six was written to mislead; of what
people bring, half as many are flagged."""


@dataclass(frozen=True, slots=True, eq=False)
class Validated:
    """Logits of each example from heads that have not seen it, and its label as a place in LABELS."""

    logits: Floats
    labels: NDArray[np.intp]


def cross_validated() -> Validated:
    """Every example's logits from the four folds it is not in. Cases are in every training set: they are not tested."""
    taught = lessons()
    meanings = vectors([lesson.text for lesson in taught])
    tested = np.array([place for place, lesson in enumerate(taught) if lesson.source is None])
    fold = np.full(len(taught), -1)
    fold[np.random.default_rng(SEED).permutation(tested)] = np.arange(len(tested)) % FOLDS
    logits = np.zeros((len(taught), len(LABELS)))
    for number in range(FOLDS):
        inside, out = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        learned = train([taught[place] for place in inside], meanings[inside])
        logits[out] = learned.logits([taught[place].text for place in out], meanings[out])
    return Validated(logits[tested], np.array([LABELS.index(taught[place].label) for place in tested]))


def edges(found: Validated) -> Edges:
    """The edges that hold on what was validated."""
    none = LABELS.index("none")
    seven = found.logits[:, : len(KEYS)]
    ordered = np.sort(seven, axis=1)
    needs_ai = found.labels != none
    lead = (ordered[:, -1] - ordered[:, -2])[needs_ai]
    right = (seven.argmax(axis=1) == found.labels)[needs_ai]
    no_ai_lead = (found.logits[:, none] - ordered[:, -1])[needs_ai]
    order = np.argsort(-lead)
    right_above = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    strong = lead[order][np.flatnonzero(right_above >= STRONG)[-1]]
    bins = np.quantile(lead, np.linspace(0, 1, 21))
    rates = [right[(lead >= low) & (lead <= high)].mean() for low, high in pairwise(bins)]
    enough = next(number for number, rate in enumerate(rates) if min(rates[number : number + 3]) >= MODERATE)
    return Edges(
        moderate=float(bins[enough]), strong=float(strong), no_ai=float(np.quantile(no_ai_lead, 1 - FALSE_ALARMS))
    )


def gain(found: Validated, *, truthful: float, seed: int = SEED) -> tuple[float, float]:
    """Share of right first answers in the weak band, before the question and after: (before, after).

    `truthful` is the share of people whose answer fits the label; the rest give any answer.
    """
    said = mapping_texts()
    weights = np.array(
        [[answer.weights.get(label, UNLIKELY) for label in LABELS] for answer in said.question.answers.values()]
    )
    ordered = np.sort(found.logits[:, : len(KEYS)], axis=1)
    weak = (found.labels < len(KEYS)) & (ordered[:, -1] - ordered[:, -2] < said.edges.moderate)
    logits, labels = found.logits[weak, : len(KEYS)], found.labels[weak]
    random = np.random.default_rng(seed)
    fitting = weights.argmax(axis=0)[labels]
    given = np.where(random.random(len(labels)) < truthful, fitting, random.integers(0, len(weights), len(labels)))
    after = logits + np.log(weights[given][:, : len(KEYS)])
    return float((logits.argmax(axis=1) == labels).mean()), float((after.argmax(axis=1) == labels).mean())


if __name__ == "__main__":
    validated = cross_validated()
    lines = [edges(validated), *(f"{share:.0%} truthful: {gain(validated, truthful=share)}" for share in (1, 0.8))]
    sys.stdout.writelines(f"{line}\n" for line in lines)
