"""content/lm_sampling.yaml, typed: the part on choosing the next word of the Language models page."""

from dataclasses import dataclass
from typing import Literal

from aipm import content
from aipm.labs.sampling import Cut
from aipm.ui.lm_pieces import GuessTexts, SourceText

Control = Literal["temperature", "top_k", "top_p", "min_p", "penalty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """What the customer asked, and how the shop began to answer."""

    name: str
    customer: str
    shop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlText:
    name: str
    help: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetText:
    """Settings under a name, as the address writes them."""

    name: str
    temperature: str
    top_k: str
    top_p: str
    min_p: str
    penalty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingTexts:
    """All of the file. Sentences with braces are filled in with numbers of the model that is shipped."""

    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    lab: str
    lab_sentence: str
    question: str
    questions: dict[str, QuestionText]
    own: str
    own_help: str
    own_empty: str
    unknown: str
    presets_label: str
    presets: dict[str, PresetText]
    controls: dict[Control, ControlText]
    columns: dict[Literal["word", "bars", "before", "after", "drawn", "left"], str]
    kept: str
    cuts: dict[Cut | Literal["likeliest"], str]
    rest: str
    rest_left: str
    caption: str
    chosen: str
    open_before: str
    open_after: str
    bits: str
    fits: str
    fits_badly: str
    fits_one: str
    answers: str
    answers_sentence: str
    cut_short: str
    again: str
    read_title: str
    read: str
    trained: str
    so_what_title: str
    so_what: str
    limits: str
    sources_title: str
    sources: tuple[SourceText, ...]


def sampling_texts() -> SamplingTexts:
    """What the file holds. Raises ContentError."""
    found: SamplingTexts = content.load("lm_sampling", SamplingTexts)
    return found
