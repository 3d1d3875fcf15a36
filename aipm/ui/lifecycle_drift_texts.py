"""content/lifecycle_drift.yaml, typed: the simulator of the part "Feedback and drift"."""

from dataclasses import dataclass, field
from functools import cache

from aipm import content
from aipm.labs.drift_reading import Lesson
from aipm.ui.lifecycle_method import MethodTexts
from aipm.ui.lm_pieces import GuessTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlText:
    """A control: its label, its options under their keys, help; how a number is said."""

    label: str
    options: dict[str, str] = field(default_factory=dict)
    help: str | None = None
    said: str = ""
    said_one: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTexts:
    shift: ControlText
    what: ControlText
    delay: ControlText
    volume: ControlText
    selective: ControlText
    explored: ControlText
    retrain: ControlText
    every: ControlText
    seed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTexts:
    accuracy: str
    findings: dict[str, str]
    right: str
    measured: str
    alarm: str
    trained: str
    change: str
    x: str
    y: str
    alt: str
    alt_point: str
    alt_none: str
    psi_loud: str
    psi_calm: str
    psi_y: str
    psi_low: str
    psi_high: str
    psi_alt: str
    psi_note: str
    all_seen: str
    seen: str
    seen_y: str
    seen_alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTexts:
    caption: str
    columns: tuple[str, str, str]
    rows: dict[str, str]
    week: str
    never: str
    no_known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftTexts:
    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    lab: str
    controls: ControlTexts
    sides: dict[str, str]
    retrained: dict[str, str]
    answer: dict[str, str]
    chart: ChartTexts
    table: TableTexts
    lessons_title: str
    lessons: dict[Lesson, str]
    so_what_title: str
    so_what: str
    plan_link: str
    method: MethodTexts


@cache
def drift_texts() -> DriftTexts:
    """Read once. Raises ContentError."""
    found: DriftTexts = content.load("lifecycle_drift", DriftTexts)
    return found
