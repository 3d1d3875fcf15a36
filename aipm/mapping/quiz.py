"""Which is it? Statements from the examples to tell apart, and why an answer is right or not, made from the content."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from aipm.mapping.capabilities import capabilities, no_ai
from aipm.mapping.examples import LABELS, NONE, Example, examples

ROUND = 8
MISLEADING = 3
"""How many of a round's statements use words that point to another answer."""
MOST_ALIKE = 2
"""Of one label at most this many in a round: neither one of each, which could be guessed, nor five of a kind."""
APART = 40
"""Rounds that share no statement; there are enough for about fifty."""

_LURES = {
    "recommendations": "recommend|suggest|personal",
    "rankings": "rank|prioriti|sort|search|score",
    "classification": "classif|categor|label|detect|recogni|tag",
    "regression": "predict|forecast|estimat|how (?:much|many|long)",
    "clustering": "cluster|group|segment",
    "anomalies": "anomal|unusual|outlier|odd|strange|alert",
    "creation": "generat|creat|write|draft|summar|translat",
    NONE: "rule|button|form|fixed",
}
LURES = {label: re.compile(rf"\b(?:{words})", re.IGNORECASE) for label, words in _LURES.items()}
"""Words on the surface that make one think of an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A statement and what it calls for (one of LABELS); `misleading` when its words only point elsewhere."""

    text: str
    label: str
    misleading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an answer is right or not: what should come out, what the chosen one gives, how to tell the two.

    `tell` is the content's sentence on this pair, as told from the right one; without one it is the right one's
    definition.
    """

    right: bool
    label: str
    chosen: str
    comes_out: str
    chosen_out: str
    tell: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """`label` was taken for `chosen` so many times."""

    label: str
    chosen: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    right: int
    total: int
    mixed: tuple[Mixed, ...]
    """What was taken for what, most often first."""


def misleading(text: str, label: str) -> bool:
    """Whether the words on the surface point to other answers and not to this one."""
    pointed = {each for each, lure in LURES.items() if lure.search(text)}
    return bool(pointed) and label not in pointed


def questions(seed: int, *, number: int = 0) -> tuple[Question, ...]:
    """Round `number` (from 0) for a seed: eight different statements, the misleading ones spread, an easy one first.

    A round uses nothing that the rounds before it used, until after APART of them everything may be asked again.
    """
    used: set[str] = set()
    for each in range(number - number % APART, number + 1):
        chosen = random.Random(f"{seed}.{each}")  # noqa: S311 - a quiz
        found = _round(chosen, used)
        used = used | {question.text for question in found}
    return found


def reason(question: Question, chosen: str) -> Reason:
    """Right or not, and why. Raises KeyError for an answer that is none of LABELS."""
    comes_out, definition = _said(question.label)
    seven = capabilities()
    told = seven[question.label].confused_with if question.label in seven else {}
    return Reason(
        right=chosen == question.label,
        label=question.label,
        chosen=chosen,
        comes_out=comes_out,
        chosen_out=_said(chosen)[0],
        tell=told.get(chosen, definition),  # type: ignore[call-overload] # a label that is no key is told by definition
    )


def score(round_questions: Sequence[Question], answers: Sequence[str]) -> Score:
    """How a round went. Answers stand in the order of the questions; those not yet given are left out."""
    given = [(question.label, chosen) for question, chosen in zip(round_questions, answers, strict=False)]
    wrong = Counter(pair for pair in given if pair[0] != pair[1])
    return Score(
        right=len(given) - wrong.total(),
        total=len(given),
        mixed=tuple(Mixed(label=label, chosen=chosen, times=times) for (label, chosen), times in wrong.most_common()),
    )


def _round(drawn: random.Random, used: set[str]) -> tuple[Question, ...]:
    hard, easy = ([each for each in part if each.text not in used] for part in _sorted())
    taken: Counter[str] = Counter()
    tricky = _draw(drawn, hard, MISLEADING, taken)
    plain = _draw(drawn, easy, ROUND - len(tricky), taken)
    gap = -(-len(plain) // (len(tricky) + 1))
    order: list[Example] = []
    for place, each in enumerate(plain):
        order.append(each)
        if (place + 1) % gap == 0 and tricky:
            order.append(tricky.pop())
    return tuple(
        Question(text=each.text, label=each.label, misleading=misleading(each.text, each.label))
        for each in (*order, *tricky)
    )


def _draw(drawn: random.Random, pool: Sequence[Example], count: int, taken: Counter[str]) -> list[Example]:
    """So many of the pool, by chance; a label first, so that one with many statements is not met more often."""
    found: list[Example] = []
    left = {label: [each for each in pool if each.label == label] for label in LABELS}
    while len(found) < count:
        open_labels = [label for label, rest in left.items() if rest and taken[label] < MOST_ALIKE]
        if not open_labels:
            break
        label = drawn.choice(open_labels)
        found.append(left[label].pop(drawn.randrange(len(left[label]))))
        taken[label] += 1
    return found


@cache
def _sorted() -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """The misleading statements, and the others."""
    hard = tuple(each for each in examples() if misleading(each.text, each.label))
    others = frozenset(hard)
    return hard, tuple(each for each in examples() if each not in others)


def _said(label: str) -> tuple[str, str]:
    """What comes out of an answer, and its definition."""
    answer = no_ai() if label == NONE else capabilities()[label]  # type: ignore[index] # KeyError is what is promised
    return answer.comes_out, answer.definition
