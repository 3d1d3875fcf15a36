"""content/lifecycle_cycle.yaml, typed."""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from aipm import content
from aipm.governance import gates

Part = Literal["product", "model", "running"]
ModelStage = Literal["development", "training", "evaluation", "deployment", "monitoring"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayText:
    """A way on: another view of this page, or another page; `asks` is what else its address says."""

    text: str
    page: str | None = None
    view: str | None = None
    asks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingTexts:
    adds: str
    room: str
    leaves: str
    happens: str
    know: str
    ask: str
    bought: str
    onward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductStageText:
    name: str
    question: str
    adds: tuple[str, ...]
    room: tuple[str, ...]
    leaves: tuple[str, ...]
    onward: tuple[WayText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStageText:
    name: str
    question: str
    happens: str
    know: tuple[str, ...]
    ask: tuple[str, ...]
    bought: str
    onward: WayText


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnText:
    """A way back from one stage to an earlier one: when it is taken, and what is done then."""

    start: str
    end: str
    when: str
    then: str
    onward: WayText


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopTexts:
    title: str
    sentence: str
    turns: tuple[TurnText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTexts:
    title: str
    sentence: str
    stages: dict[gates.Stage, ProductStageText]
    loop: LoopTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTexts:
    title: str
    sentence: str
    stages: dict[ModelStage, ModelStageText]
    tools: str
    loop: LoopTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemText:
    name: str
    text: str
    sources: tuple[str, ...] = ()
    onward: WayText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupText:
    name: str
    sentence: str
    items: tuple[ItemText, ...]
    onward: tuple[WayText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTexts:
    title: str
    sentence: str
    groups: tuple[GroupText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceText:
    name: str
    url: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleTexts:
    title: str
    answer: str
    part: str
    parts: dict[Part, str]
    picture: str
    shown: str
    arrow: str
    headings: HeadingTexts
    product: ProductTexts
    model: ModelTexts
    running: RunningTexts
    sources_title: str
    sources_note: str
    sources: dict[str, SourceText] = field(default_factory=dict)


@cache
def cycle_texts() -> CycleTexts:
    """Read once. Raises ContentError."""
    found: CycleTexts = content.load("lifecycle_cycle", CycleTexts)
    return found
