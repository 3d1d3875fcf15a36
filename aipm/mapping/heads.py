"""Two linear heads over what a statement says, one on its words, one on its meaning, trained from the content.

Their logits are averaged (the geometric mean of their probabilities): on statements nobody tuned on the two err on
different ones. As both are linear in what they count, every answer can be taken apart into the words that made it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aipm.mapping.cases import cases
from aipm.mapping.examples import LABELS, examples
from aipm.mapping.features import character_features, word_features, words
from aipm.mapping.vectors import Vectors, vectors

Floats = NDArray[np.float64]

CASE_WEIGHT = 0.3
"""A case's title tells less than a statement written as an example: on plain complaints titles alone do poorly."""
WORDS_C, MEANING_C = 10.0, 2.0
"""Inverse strengths of the L2 penalties, chosen by cross-validation on the examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A text that the heads learn from. `source` is the address of a case, None for an example."""

    text: str
    label: str
    weight: float
    source: str | None = None


@cache
def lessons() -> tuple[Lesson, ...]:
    """All examples, and the cases with their own line."""
    taught = [Lesson(text=each.text, label=each.label, weight=1) for each in examples()]
    taught += [
        Lesson(text=f"{case.title}. {case.line}", label=case.capability, weight=CASE_WEIGHT, source=case.url)
        for case in cases()
    ]
    return tuple(taught)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One kind of feature: its places in the vocabulary, and how rare each is (log(n / documents) + 1, smoothed)."""

    features: Callable[[Sequence[str]], Iterable[tuple[str, tuple[int, ...]]]]
    places: dict[str, int]
    rarity: Floats

    @classmethod
    def fitted(cls, features: Callable[..., Any], statements: Sequence[Sequence[str]], *, least: int) -> "Counted":
        """Learn which features there are: those in at least `least` statements."""
        documents = Counter(name for found in statements for name in {name for name, _ in features(found)})
        kept = sorted(name for name, count in documents.items() if count >= least)
        counts = np.array([documents[name] for name in kept], dtype=np.float64)
        rarity = np.log((1 + len(statements)) / (1 + counts)) + 1
        return cls(features, {name: place for place, name in enumerate(kept)}, rarity)

    def row(self, found: Sequence[str]) -> tuple[NDArray[np.intp], Floats, list[list[tuple[int, ...]]]]:
        """A statement's features: places, values (sublinear tf-idf, length 1), and the words behind each."""
        behind: dict[int, list[tuple[int, ...]]] = {}
        for name, spots in self.features(found):
            place = self.places.get(name)
            if place is not None:
                behind.setdefault(place, []).append(spots)
        at = np.fromiter(behind, np.intp, len(behind))
        values = (1 + np.log([len(spots) for spots in behind.values()])) * self.rarity[at] if behind else np.empty(0)
        return at, values / (np.linalg.norm(values) or 1), list(behind.values())


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """What was learned. Coefficients are (features, labels), in the order of LABELS."""

    counted: tuple[Counted, ...]
    word_coefficients: tuple[Floats, ...]
    meaning_coefficients: Floats
    intercept: Floats

    def logits(self, statements: Sequence[str], meanings: Vectors) -> Floats:
        """(statements, labels): above all others where the statement calls for that label."""
        found = meanings @ self.meaning_coefficients + self.intercept
        for number, statement in enumerate(statements):
            said = words(statement)
            for counted, coefficients in zip(self.counted, self.word_coefficients, strict=True):
                at, values, _ = counted.row(said)
                found[number] += values @ coefficients[at]
        return found

    def by_word(self, statement: str, direction: Floats) -> Floats:
        """What each word (see `features.words`) adds to logits @ direction through the words alone."""
        said = words(statement)
        share = np.zeros(len(said))
        for counted, coefficients in zip(self.counted, self.word_coefficients, strict=True):
            at, values, behind = counted.row(said)
            for amount, spots in zip(values * (coefficients[at] @ direction), behind, strict=True):
                for each in spots:
                    share[list(each)] += amount / len(spots) / len(each)
        return share


def train(taught: Sequence[Lesson], meanings: Vectors) -> Heads:
    """Fit both heads on lessons and their vectors."""
    import scipy.optimize  # noqa: F401 - brings threads of its own, which must be there when they are limited
    from scipy.sparse import csr_array, hstack
    from threadpoolctl import threadpool_limits

    labels = np.array([LABELS.index(lesson.label) for lesson in taught])
    weights = np.array([lesson.weight for lesson in taught])
    said = [words(lesson.text) for lesson in taught]
    counted = (
        Counted.fitted(word_features, said, least=1),
        Counted.fitted(character_features, said, least=2),
    )
    tables = []
    for each in counted:
        rows = [each.row(found)[:2] for found in said]
        ends = np.cumsum([0, *(len(at) for at, _ in rows)])
        values, at = np.concatenate([v for _, v in rows]), np.concatenate([at for at, _ in rows])
        tables.append(csr_array((values, at, ends), shape=(len(said), len(each.places))))
    with threadpool_limits(1):  # more threads would wait for one another longer than they work
        by_words, words_intercept = logistic_regression(hstack(tables, format="csr"), labels, weights, c=WORDS_C)
        by_meaning, meaning_intercept = logistic_regression(meanings.astype(np.float64), labels, weights, c=MEANING_C)
    return Heads(
        counted,
        tuple(np.split(by_words / 2, [len(counted[0].places)])),
        by_meaning / 2,
        (words_intercept + meaning_intercept) / 2,
    )


def logistic_regression(table: Any, labels: NDArray[np.intp], weights: Floats, *, c: float) -> tuple[Floats, Floats]:
    """Coefficients (features, labels) and intercept of a multinomial logistic regression with an L2 penalty.

    The same as scikit-learn's LogisticRegression(C=c), which a test holds it to; its import alone would take longer
    than the training. Minimises Σ weight · cross-entropy + ‖coefficients‖² / 2c.
    """
    from scipy.optimize import minimize

    rows, features = table.shape
    one_hot = np.eye(len(LABELS))[labels]
    share, penalty = weights / weights.sum(), 1 / (c * weights.sum())  # of order 1, as the optimiser's tolerance wants
    turned = table.T.tocsr() if hasattr(table, "tocsr") else table.T

    def loss(flat: Floats) -> tuple[float, Floats]:
        found = flat.reshape(features + 1, len(LABELS))
        logits = table @ found[:-1] + found[-1]
        logits -= logits.max(axis=1, keepdims=True)
        total = np.exp(logits).sum(axis=1, keepdims=True)
        entropy = np.log(total[:, 0]) - logits[np.arange(rows), labels]
        error = share[:, None] * (np.exp(logits) / total - one_hot)
        slope = np.empty_like(found)
        slope[:-1] = turned @ error + penalty * found[:-1]
        slope[-1] = error.sum(axis=0)
        return float(share @ entropy + penalty * np.square(found[:-1]).sum() / 2), slope.ravel()

    start = np.zeros((features + 1) * len(LABELS))
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300, "maxcor": 5, "gtol": 3e-4})
    found = best.x.reshape(features + 1, len(LABELS))
    return found[:-1], found[-1]


@cache
def lesson_vectors() -> Vectors:
    """The vectors of all lessons, in their order."""
    return vectors([lesson.text for lesson in lessons()])


def heads() -> Heads:
    """The heads trained on all lessons: about a second, once a process."""
    with _lock:  # two first visitors at once wait for one training
        return _trained()


@cache
def _trained() -> Heads:
    return train(lessons(), lesson_vectors())


_lock = Lock()
