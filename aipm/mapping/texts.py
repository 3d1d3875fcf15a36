"""What the mapper says and where its bands lie: content/mapping.yaml."""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_args

from msgspec import Meta

from aipm import content
from aipm.mapping.examples import LABELS
from aipm.mapping.result import Output, Strength

UNLIKELY = 0.02
"""Weight of a label that an answer does not name."""

Text = Annotated[str, Meta(min_length=2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Leads, in logits, from which on an answer is moderate, strong; and the lead of "no AI" that is said."""

    moderate: float
    strong: float
    no_ai: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A strength: its name and what it means."""

    name: Text
    means: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What should come out, and how well that fits each label, from 0 to 1 (those not named: UNLIKELY)."""

    label: Text
    weights: dict[str, Annotated[float, Meta(gt=0, le=1)]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    text: Text
    answers: dict[Output, Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingTexts:
    edges: Edges
    strengths: dict[Strength, Band]
    question: Question
    remarks: dict[str, Text]
    function_words: frozenset[str]
    """Small words of English: never evidence by themselves."""
    foreign_words: frozenset[str]
    """Small words of other languages that are none in English."""


@cache
def mapping_texts() -> MappingTexts:
    """Everything the file holds, read once. Raises ContentError."""
    found: MappingTexts = content.load("mapping", MappingTexts)
    if tuple(found.question.answers) != get_args(Output):
        raise content.ContentError(f"mapping.yaml: question.answers: must be {', '.join(get_args(Output))}")
    if tuple(found.strengths) != get_args(Strength):
        raise content.ContentError(f"mapping.yaml: strengths: must be {', '.join(get_args(Strength))}")
    for key, answer in found.question.answers.items():
        if not set(answer.weights) <= set(LABELS):
            raise content.ContentError(f"mapping.yaml: question.answers.{key}.weights: unknown label")
    return found
