"""content/lm_attention.yaml, typed: the part on attention of the Language models page."""

from dataclasses import dataclass
from typing import Literal

from aipm import content
from aipm.labs.attention import Habit
from aipm.ui.lm_pieces import GuessTexts, SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleTexts:
    """The worked example: its numbers, a row a token, and what stands around them."""

    title: str
    label: str
    sentence: str
    words: tuple[str, ...]
    features: tuple[str, ...]
    gives: tuple[str, ...]
    queries: tuple[tuple[float, ...], ...]
    keys: tuple[tuple[float, ...], ...]
    values: tuple[tuple[float, ...], ...]
    vectors: str
    query: str
    key: str
    value: str
    word: str
    looking: str
    causal: str
    scaled: str
    seeks: str
    steps: str
    columns: tuple[str, str, str, str, str]
    hidden: str
    output: str
    part: str
    sum: str
    all: str
    told: dict[Literal["causal", "open", "unscaled", "scaled"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadText:
    """A head worth a look, counted from 1."""

    name: str
    layer: int
    head: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HabitText:
    sign: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RealTexts:
    title: str
    sentence: str
    label: str
    start: str
    empty: str
    long: str
    layer: str
    head: str
    try_label: str
    tries: dict[str, HeadText]
    caption: str
    strongest: str
    link: str
    marks: str
    grid_title: str
    grid: str
    layer_row: str
    head_column: str
    habits: dict[Habit, HabitText]
    legend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextTexts:
    """One word in four sentences: the first two mean one thing by it, the others another."""

    title: str
    sentence: str
    word: str
    texts: tuple[str, str, str, str]
    number: str
    sentence_column: str
    column: str
    caption: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrainTexts:
    title: str
    sentence: str
    aspect: str
    transformer: str
    person: str
    caption: str
    rows: tuple[tuple[str, str, str], ...]
    told: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionTexts:
    """All of content/lm_attention.yaml."""

    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    example: ExampleTexts
    real: RealTexts
    caution: dict[str, str]
    context: ContextTexts
    so_what: dict[str, str]
    brain: BrainTexts
    sources_title: str
    sources: tuple[SourceText, ...]


def attention_texts() -> AttentionTexts:
    """What the file holds. Raises ContentError."""
    found: AttentionTexts = content.load("lm_attention", AttentionTexts)
    return found
