"""content/lifecycle_metrics.yaml, typed: the part "Metrics" of the Lifecycle page."""

from dataclasses import dataclass
from functools import cache

from aipm import content
from aipm.governance.metric_sheet import Gap, Role
from aipm.ui.lifecycle_method import MethodTexts


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleText:
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalTexts:
    """The three metrics; `general` are suggestions where no capability was chosen."""

    title: str
    sentence: str
    roles: dict[Role, RoleText]
    suggestions: str
    any: str
    general: dict[Role, tuple[str, ...]]
    name: str
    more: str
    why: str
    target: str
    target_help: str
    floor: str
    floor_help: str
    how: str
    how_help: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindTexts:
    label: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostTexts:
    title: str
    sentence: str
    unit: str
    unit_help: str
    false_yes: str
    false_yes_help: str
    false_no: str
    false_no_help: str
    right_yes: str
    right_no: str
    worth_help: str
    ranges: str
    low: str
    high: str
    share: str
    share_help: str
    volume: str
    break_even: str
    break_even_none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreTexts:
    title: str
    label: str
    options: dict[str, str]
    sample: str
    upload: str
    invitation: str
    refused: str
    score: str
    outcome: str
    yes: str
    yes_help: str
    choose: str
    read: str
    ranks: str
    backwards: str
    few: str
    crowded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTexts:
    title: str
    slider: str
    to_least: str
    to_half: str
    use: str
    used: str
    differs: str
    named: str
    use_help: str
    use_sample: str
    counted: str
    confusion: str
    said_yes: str
    said_no: str
    is_yes: str
    is_no: str
    cells: dict[str, str]
    cell_cost: str
    cell_gain: str
    facts: dict[str, str]
    interval: str
    accuracy_note: str
    accuracy_less: str
    accuracy_more: str
    accuracy_even: str
    sampling: str
    ranges: str
    flat: str
    steep: str
    chance: str
    by_ranges: str
    costs_more: str
    month: str
    nobody: str
    tempting: str
    curve: str
    cost_curve: str
    cost_curve_end: str
    x_recall: str
    y_precision: str
    x_threshold: str
    y_cost: str
    chosen: str
    least: str
    near: str
    alt_curve: str
    alt_point: str
    alt_cost: str
    said: str
    on_sample: str
    on_own: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTexts:
    title: str
    sentence: str
    errors: str
    errors_help: str
    example: str
    too_high: str
    too_low: str
    none: str
    unread: str
    mae: str
    mse: str
    rmse: str
    lean: str
    cost: str
    example_note: str
    answer: str
    month: str
    ranges: str
    large: str
    even: str
    wrong_side: str
    high: str
    low: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTexts:
    title: str
    none: str
    gaps: dict[Gap, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledTexts:
    title: str
    text: str
    sample: str
    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTexts:
    title: str
    items: tuple[RoleText, ...]
    loss_link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricsTexts:
    """All of the file."""

    title: str
    sentence: str
    unit_none: str
    answer: dict[str, str]
    goals: GoalTexts
    kind: KindTexts
    costs: CostTexts
    scores: ScoreTexts
    threshold: ThresholdTexts
    number: NumberTexts
    open: OpenTexts
    settled: SettledTexts
    words: WordTexts
    method: MethodTexts


@cache
def metrics_texts() -> MetricsTexts:
    """Read once. Raises ContentError."""
    found: MetricsTexts = content.load("lifecycle_metrics", MetricsTexts)
    return found
