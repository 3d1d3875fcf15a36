"""content/lm_twice.yaml, typed: the part on asking the same question twice of the Language models page."""

from dataclasses import dataclass
from typing import Literal

from aipm import content
from aipm.ui.lm_pieces import GuessTexts, SourceText

RuleName = Literal["item", "window", "days", "unfinished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A rule by name, what is said of an answer that breaks it, and why there is one."""

    name: str
    broken: str
    plain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TwiceTexts:
    """All of the file. `window` and `days` are the phrases that break the rules of these names.

    The practices themselves are in content/practices.yaml.
    """

    title: str
    sentences: tuple[str, ...]
    guess: GuessTexts
    lab: str
    runs: str
    facts: dict[Literal["different", "commonest", "bits", "pass"], str]
    bits: str
    interval: str
    answers: str
    times: str
    unbroken: str
    more: str
    rules_title: str
    rules_sentence: str
    rules_label: str
    rules: dict[RuleName, RuleText]
    window: tuple[str, ...]
    days: tuple[str, ...]
    kept_title: str
    place: str
    surprise: str
    held_back: str
    ranked_caption: str
    none_left: str
    filtered: str
    caution: str
    compare_title: str
    compare_sentence: str
    other: str
    compare_answer: str
    compare_sure: str
    compare_unsure: str
    compare_runs: str
    zero_title: str
    zero: tuple[str, ...]
    zero_guess: GuessTexts
    orders_title: str
    order: str
    order_caption: str
    order_columns: tuple[str, str, str]
    tie: str
    ties: dict[str, str]
    tie_told: str
    tie_safe: str
    tie_flips: str
    tie_note: str
    practices_title: str
    practices_sentence: str
    does_not: str
    do_title: str
    so_what_title: str
    so_what: str
    sources_title: str
    sources: tuple[SourceText, ...]


def twice_texts() -> TwiceTexts:
    """What the file holds. Raises ContentError."""
    found: TwiceTexts = content.load("lm_twice", TwiceTexts)
    return found
