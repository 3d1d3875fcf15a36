"""The team's own evaluation: answers judged on its own examples -> pass rates with a range. No universal score."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aipm.content.interval import wilson
from aipm.tables import Refusal

FEWEST, MOST = 10, 50
"""Examples that are worth the trouble: fewer say little, more are seldom judged with care."""
LARGEST = 100_000
"""Two-sided 95 %."""

_YES = frozenset({"yes", "y", "pass", "passed", "ok", "good", "true", "1", "✓", "✔", "+"})
_NO = frozenset({"no", "n", "fail", "failed", "bad", "false", "0", "✗", "✘", "x", "-", "−"})
_OPEN = frozenset({"", "?", "na", "n/a", "–"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRate:
    """How many of the tried examples passed; `low` to `high` is where the true share lies, at 95 %.

    `value`, `low` and `high` are None where none was tried.
    """

    passed: int
    tried: int
    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, passed: int, tried: int) -> "PassRate":
        """Raises Refusal where the counts cannot be."""
        if not (isinstance(passed, int) and isinstance(tried, int) and 0 <= passed <= tried <= LARGEST):
            raise Refusal(
                "bad_counts",
                "This is no number of passed and tried examples.",
                advice="Both are whole numbers, and no more can pass than were tried.",
            )
        if not tried:
            return cls(passed=0, tried=0, value=None, low=None, high=None)
        low, high = wilson(passed / tried, tried)
        return cls(passed=passed, tried=tried, value=passed / tried, low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One example answered by one candidate, and whether the answer met the bar; None where it was not judged."""

    example: str
    candidate: str
    passed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Pass rates by candidate, over the examples judged for each, and what keeps them from being compared.

    `same_examples`: all candidates were judged on the same ones. `few`: candidates with fewer than FEWEST.
    `apart`: pairs (better, worse) that a sign test on the examples both were judged on tells apart at 5 %.
    """

    rates: dict[str, PassRate]
    examples: int
    same_examples: bool
    few: tuple[str, ...]
    apart: tuple[tuple[str, str], ...]


def verdict(text: str) -> bool | None:
    """A judgement as people write it: yes, pass, ✓, 1 and their opposites; None where it was left open.

    Raises Refusal for anything else.
    """
    plain = text.strip().casefold()
    if plain in _OPEN:
        return None
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise Refusal(
        "bad_judgement",
        "A judgement is neither a yes nor a no.",
        advice="Write yes or no (pass or fail, 1 or 0), or leave it empty where nobody judged it.",
    )


def judgements_from_table(columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> list[Judgement]:
    """Judgements from a table with an example a row: the first column names it, each further one is a candidate's.

    Raises Refusal, with the row (from 1, below the header) where a cell is no judgement.
    """
    if len(columns) < 2:
        raise Refusal(
            "one_column",
            "The table needs a column of examples and one for each candidate.",
            advice="Put a candidate's name above each column of judgements.",
        )
    found: list[Judgement] = []
    for place, row in enumerate(rows, 1):
        example, *cells = row
        try:
            marks = [verdict(cell or "") for cell in cells]
        except Refusal as problem:
            raise Refusal(problem.code, f"Row {place}: {problem.message}", advice=problem.advice) from None
        if len(found) + len(marks) > LARGEST:
            raise Refusal(
                "too_many", f"There are more than {LARGEST:,} judgements.", advice="Fifty examples are enough."
            )
        name = (example or "").strip() or f"{place}"
        found += [
            Judgement(example=name, candidate=candidate, passed=mark)
            for candidate, mark in zip(columns[1:], marks, strict=False)
        ]
    return found


def evaluate(judgements: Iterable[Judgement]) -> Evaluation:
    """Pass rates from judgements. Raises Refusal where an example was judged twice for one candidate."""
    judged: dict[str, dict[str, bool]] = {}
    seen: set[tuple[str, str]] = set()
    for each in judgements:
        if (each.example, each.candidate) in seen:
            raise Refusal(
                "judged_twice",
                "An example is there twice for the same candidate.",
                advice="Keep one judgement for each example and candidate.",
            )
        seen.add((each.example, each.candidate))
        answers = judged.setdefault(each.candidate, {})
        if each.passed is not None:
            answers[each.example] = each.passed
    rates = {name: PassRate.of(sum(answers.values()), len(answers)) for name, answers in judged.items()}
    sets = {frozenset(answers) for answers in judged.values()}
    return Evaluation(
        rates=rates,
        examples=len(frozenset().union(*sets)) if sets else 0,
        same_examples=len(sets) <= 1,
        few=tuple(name for name, rate in rates.items() if rate.tried < FEWEST),
        apart=tuple(
            (better, worse)
            for better in judged
            for worse in judged
            if better != worse and _beats(judged[better], judged[worse])
        ),
    )


def _beats(one: dict[str, bool], other: dict[str, bool]) -> bool:
    """Exact two-sided sign test on the examples that only one of the two passed (McNemar's, exact) below 5 %."""
    both = one.keys() & other.keys()
    wins = sum(one[example] and not other[example] for example in both)
    losses = sum(other[example] and not one[example] for example in both)
    if wins <= losses:
        return False
    fewer = sum(math.comb(wins + losses, count) for count in range(losses + 1))
    return 2 * fewer * 20 < 1 << (wins + losses)
