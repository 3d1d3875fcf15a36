"""content/lm_kinds.yaml, typed: the part on kinds of models of the Language models page."""

from dataclasses import dataclass
from typing import Literal

from aipm import content
from aipm.ui.lm_pieces import GuessTexts, SourceText

Architecture = Literal["encoder", "decoder", "both", "other"]
Stage = Literal["base", "tuned"]
Modality = Literal["text", "pictures"]
Mask = Literal["full", "behind", "both", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisText:
    """A place on an axis; `mask` says which words see which."""

    name: str
    text: str = ""
    mask: Mask = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelText:
    """An example with its place on the three axes. `note` corrects what is often said of it, or dates it."""

    name: str
    maker: str
    year: str
    architecture: Architecture
    stage: Stage
    modality: Modality
    text: str
    note: str
    url: str
    source: str
    checked: Literal["read", "memory"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsTexts:
    """All of the file."""

    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    map: str
    map_sentence: str
    stage: str
    architecture: str
    modality: str
    modality_label: str
    all: str
    stages: dict[Stage, AxisText]
    architectures: dict[Architecture, AxisText]
    modalities: dict[Modality, AxisText]
    models: dict[str, ModelText]
    card: dict[Literal["made", "note", "source", "read", "memory"], str]
    nobody: str
    lists_title: str
    lists: tuple[str, ...]
    so_what_title: str
    so_what: str
    links: dict[Literal["compare", "models"], str]
    sources_title: str
    sources: tuple[SourceText, ...]


def kinds_texts() -> KindsTexts:
    """What the file holds. Raises ContentError."""
    found: KindsTexts = content.load("lm_kinds", KindsTexts)
    return found
