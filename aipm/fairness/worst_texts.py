"""content/audit_worst.yaml, typed: what the search for the worst-served people says."""

from dataclasses import dataclass

from aipm import content


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A question on the page and what stands behind its question mark."""

    label: str
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstPage:
    """What the part of the page says."""

    columns: Picked
    metric: Picked
    depth: Picked
    depth_options: dict[int, str]
    support: Picked
    share: Picked
    share_none: str
    hold_out: Picked
    more: str
    working: str
    shuffling: str
    refused: str
    left_out: str
    picture: str
    why: str
    method: str
    limits: str
    everybody: str
    nothing_chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstTexts:
    """All of content/audit_worst.yaml. Names in braces are filled in by aipm/fairness/worst_words.py."""

    rare: str
    title: str
    found: str
    found_small_gap: str
    none_found: str
    nothing_looked: str
    none_worse: str
    nothing_to_search: str
    of: str
    against: str
    rate_of: str
    counted: str
    counted_open: str
    shuffles_never: str
    shuffles_some: str
    shuffles_much: str
    confirmed: str
    not_confirmed: str
    not_testable: str
    same: str
    carries: str
    parent: str
    parent_worse: str
    parent_not_worse: str
    parent_open: str
    parent_none: str
    how: str
    how_open: str
    states: dict[str, str]
    few: str
    looked: tuple[str, ...]
    explained: str
    unlisted: str
    depth_words: dict[int, str]
    folded: str
    halves: str
    weights: str
    clusters: str
    no_hold_out: str
    method: tuple[str, ...]
    limits: tuple[str, ...]
    left_out: dict[str, str]
    caption: str
    head: tuple[str, ...]
    hidden: str
    sources: tuple[tuple[str, str], ...]
    page: WorstPage


def worst_texts() -> WorstTexts:
    """The texts, read once. Raises ContentError with file, key and reason."""
    found: WorstTexts = content.load("audit_worst", WorstTexts)
    return found
