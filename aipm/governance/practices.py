"""Which practices against varying answers one feature needs, how far each is followed, and how many runs to report."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from statistics import NormalDist
from typing import Annotated, Any, Literal, get_args

from msgspec import Meta

from aipm import content
from aipm.content.interval import wilson
from aipm.content.practices import PRACTICES, Practice
from aipm.governance.fields import Rows, Typed

Makes = Literal["text", "media", "scores"]
"""What it gives: text or code, pictures or sound, or only a score or a class."""
Repeat = Literal["exact", "meaning", "varied"]
"""Whether the same question needs the same answer: to the letter, in meaning, or better not."""
Who = Literal["users", "staff", "systems", "testers", "auditors"]
"""Who needs the exact repeat."""
Cost = Literal["low", "some", "high"]
Rule = Literal["most", "some", "none"]
"""How much of an answer a rule can check."""
State = Literal["done", "not_yet", "not_applicable"]
Level = Literal["most", "helps", "little", "out"]
"""How much a practice matters here; `out`: it does not apply."""
LEVELS: tuple[Level, ...] = get_args(Level)
NARROWEST, WIDEST = 0.005, 0.4
"""Half a point to each side takes 38,411 runs at most; forty points say nearly nothing."""
Share = Annotated[float, Meta(ge=0, le=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The answer to one check; `id` is its key under `checks` in content/lifecycle_repeat.yaml."""

    id: Typed
    state: State | None = None
    note: Typed | None = None
    owner: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practices:
    """One feature: four questions on it, the checks, and how sure its share of right answers is to be known."""

    feature: Typed | None = None
    makes: Makes | None = None
    repeat: Repeat | None = None
    repeat_for: Annotated[tuple[Who, ...], Rows] = ()
    cost: Cost | None = None
    rule: Rule | None = None
    marks: Annotated[tuple[Mark, ...], Rows] = ()
    share: Share = 0.9
    """The share of right answers that is expected."""
    half_width: Annotated[float, Meta(ge=NARROWEST, le=WIDEST)] = 0.05


ASKED = ("makes", "repeat", "cost", "rule")
"""The four questions, in the order of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How much a practice matters, and the codes of the reasons; none while nothing that decides it was answered."""

    practice: Practice
    level: Level
    reasons: tuple[str, ...]
    checks: Mapping[str, Mark]
    settled: int

    @property
    def done(self) -> bool:
        return self.settled == len(self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """`practices`: those that matter most first, in the order of the content within a level."""

    practices: tuple[Weighed, ...]
    advice: tuple[str, ...]
    """Codes of what follows from the answers besides."""
    open: tuple[str, ...]
    """Questions not answered yet."""

    @property
    def matter(self) -> tuple[Weighed, ...]:
        return tuple(each for each in self.practices if each.level == "most")

    @property
    def next(self) -> tuple[Weighed, str] | None:
        """The first check that is open: among the practices that matter most, then among those that help."""
        for weighed in self.practices:
            if weighed.level in ("most", "helps"):
                for check, mark in weighed.checks.items():
                    if not settled(mark):
                        return weighed, check
        return None


When = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Weight:
    """Where all of `when` holds, the practice is on this level; `reason` is a code in the content."""

    level: Level
    reason: str
    when: When = field(default_factory=dict)


SCORES: When = {"makes": ("scores",)}
WEIGHTS: dict[Practice, tuple[Weight, ...]] = {
    "notice": (
        Weight("helps", "scores_notice", SCORES),
        Weight("most", "costly_tell", {"cost": ("high",)}),
        Weight("most", "differs_tell", {"repeat": ("meaning", "varied")}),
        Weight("helps", "exact_tell", {"repeat": ("exact",)}),
    ),
    "human_feedback": (
        Weight("out", "scores_out", SCORES),
        Weight("helps", "taste", {"rule": ("none",)}),
        Weight("little", "not_repeat", {"repeat": ("exact",)}),
        Weight("little", "rule_is_quicker", {"rule": ("most", "some")}),
    ),
    "sampling": (
        Weight("out", "scores_out", SCORES),
        Weight("most", "variety_is_product", {"repeat": ("varied",)}),
        Weight("most", "calm_it", {"repeat": ("meaning",)}),
        Weight("helps", "zero_is_no_promise", {"repeat": ("exact",)}),
    ),
    "form": (
        Weight("out", "scores_out", SCORES),
        Weight("little", "media_form", {"makes": ("media",)}),
        Weight("most", "form_repeats", {"repeat": ("exact",)}),
        Weight("most", "form_for_rules", {"rule": ("most", "some")}),
        Weight("little", "free_text", {"repeat": ("varied",), "rule": ("none",)}),
    ),
    "filter_rank": (
        Weight("out", "scores_out", SCORES),
        Weight("little", "nothing_to_rank_by", {"rule": ("none",)}),
        Weight("most", "worth_several", {"cost": ("high",), "rule": ("most", "some")}),
        Weight("little", "not_worth_several", {"cost": ("low",)}),
        Weight("helps", "pick_the_best", {"rule": ("most", "some")}),
    ),
    "compare": (
        Weight("little", "not_on_people", {"cost": ("high",)}),
        Weight("most", "cheap_to_try", {"cost": ("low",)}),
        Weight("helps", "try_with_guard", {"cost": ("some",)}),
    ),
    "user_loop": (
        Weight("most", "only_they_see", {"rule": ("none",)}),
        Weight("helps", "too_late_alone", {"cost": ("high",)}),
        Weight("helps", "beyond_rules", {"rule": ("most", "some")}),
    ),
    "rules": (
        Weight("little", "no_rule", {"rule": ("none",)}),
        Weight("most", "checked_first", {"rule": ("most",)}),
        Weight("most", "part_checked", {"rule": ("some",), "cost": ("some", "high")}),
        Weight("helps", "part_cheap", {"rule": ("some",)}),
    ),
    "freeze": (
        Weight("most", "exact_freeze", {"repeat": ("exact",)}),
        Weight("most", "costly_freeze", {"cost": ("some", "high")}),
        Weight("helps", "always_freeze", {"cost": ("low",)}),
    ),
    "spread": (
        Weight("little", "scores_spread", SCORES),
        Weight("most", "costly_spread", {"cost": ("some", "high")}),
        Weight("helps", "cheap_spread", {"cost": ("low",)}),
    ),
    "save": (
        Weight("little", "saved_is_stale", {"repeat": ("varied",)}),
        Weight("most", "exact_save", {"repeat": ("exact",)}),
        Weight("helps", "meaning_save", {"repeat": ("meaning",)}),
    ),
}
"""By practice, the first line that holds gives the level; further lines of that level that hold add their reason."""
ADVICE: dict[str, When] = {
    "person": {"cost": ("high",), "rule": ("none",)},
    "both": {"cost": ("high",), "repeat": ("varied",)},
    "scores": SCORES,
    "media": {"makes": ("media",)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checks:
    checks: dict[Practice, dict[str, Any]]


@cache
def checks() -> Mapping[Practice, tuple[str, ...]]:
    """The checks of each practice by their keys. Raises ContentError."""
    found = content.load("lifecycle_repeat", _Checks).checks
    if set(found) != set(PRACTICES):
        raise content.ContentError(f"lifecycle_repeat.yaml: checks: must be {', '.join(PRACTICES)}")
    return {practice: tuple(found[practice]) for practice in PRACTICES}


def mark(form: Practices, check: str) -> Mark:
    return next((each for each in form.marks if each.id == check), Mark(id=check))


def with_mark(form: Practices, changed: Mark) -> tuple[Mark, ...]:
    """All marks with this one in place of its earlier state; one that says nothing is left out."""
    others = tuple(each for each in form.marks if each.id != changed.id)
    return (*others, changed) if changed != Mark(id=changed.id) else others


def settled(found: Mark) -> bool:
    """Whether a check is done, or does not apply and a note says why."""
    return found.state == "done" or (found.state == "not_applicable" and found.note is not None)


def assess(form: Practices) -> Assessment:
    """Which practices matter most for this feature, why, and which of them are done."""
    weighed = [_weighed(form, practice) for practice in PRACTICES]
    weighed.sort(key=lambda each: LEVELS.index(each.level))
    advice = [code for code, when in ADVICE.items() if _holds(form, when)]
    if form.repeat == "exact":
        advice += [f"for_{who}" for who in get_args(Who) if who in form.repeat_for]
    return Assessment(
        practices=tuple(weighed),
        advice=tuple(advice),
        open=tuple(name for name in ASKED if getattr(form, name) is None),
    )


def _weighed(form: Practices, practice: Practice) -> Weighed:
    held = [each for each in WEIGHTS[practice] if _holds(form, each.when)]
    level: Level = held[0].level if held else "helps"
    marks = {check: mark(form, check) for check in checks()[practice]}
    return Weighed(
        practice=practice,
        level=level,
        reasons=tuple(each.reason for each in held if each.level == level),
        checks=marks,
        settled=sum(map(settled, marks.values())),
    )


def _holds(form: Practices, when: When) -> bool:
    return all(getattr(form, name) in values for name, values in when.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """How many runs, and what their 95% interval would be if the share came out as expected."""

    runs: int
    low: float
    high: float


def runs_needed(share: float, half_width: float, *, confidence: float = 0.95) -> Runs:
    """The fewest independent runs whose Wilson interval is at most `half_width` to each side, for this share.

    Piegorsch (2004), Computational Statistics & Data Analysis 46, 309-316, equation 7. `share` in [0, 1], `half_width`
    in (0, 0.5); ValueError for others.
    """
    if not (0 <= share <= 1 and 0 < half_width < 0.5):
        raise ValueError("share must lie in [0, 1], half_width in (0, 0.5)")
    z2, d2, both = NormalDist().inv_cdf((1 + confidence) / 2) ** 2, half_width**2, share * (1 - share)
    exact = z2 / (2 * d2) * (both - 2 * d2 + math.sqrt(both**2 + 4 * d2 * (share - 0.5) ** 2))
    runs = max(1, math.ceil(exact - 1e-9))
    low, high = wilson(share, runs, confidence=confidence)
    return Runs(runs=runs, low=low, high=high)
