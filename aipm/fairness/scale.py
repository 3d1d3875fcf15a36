"""The scale of a score: how its cells become numbers, and how the numbers are cut into bins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreScale:
    """`bins` equal bins from `low` to `high`, numbered from 0; a score on an edge belongs to the upper bin.

    Scores of exactly `high` have a bin of their own, number `bins`, so that 0.999 and 1 are no tie.
    `style` is how the numbers are written: "plain" (0.53), "comma" (0,53) or "percent" (53%).
    """

    low: float
    high: float
    bins: int
    style: str = "plain"

    @property
    def is_probability(self) -> bool:
        """Whether scores are shares from 0 to 1, so that calibration and the Brier score mean something."""
        return (self.low, self.high) == (0.0, 1.0)

    def edge(self, number: int) -> float:
        """The lower edge of a bin, by the same arithmetic as the query's."""
        return self.low + number * (self.high - self.low) / self.bins


SPACE = " || ".join(f"chr({code})" for code in (32, 9, 10, 11, 12, 13, 160, 0x202F))
"""SQL for the characters that are white space around a cell, the no-break ones of French numbers among them."""


def constant(value: float) -> str:
    """SQL for a number of ours: from text, since a bare 0.1 is a decimal there and may become a neighbouring float."""
    return f"'{float(value)!r}'::DOUBLE"


def number(cell: str, scale: ScoreScale) -> str:
    """SQL for a cell as a number; NULL where it is none."""
    return numbers_as(cell, scale.style)


def numbers_as(cell: str, style: str) -> str:
    """SQL for a cell as a number written in a style."""
    if style == "comma":
        with_point = _cast(f"replace({cell}, ',', '.')")
        return f"CASE WHEN contains({cell}, '.') THEN NULL ELSE {with_point} END"
    if style == "percent":
        without_sign = _cast(f"replace({cell}, '%', '')")
        return f"CASE WHEN contains({cell}, '%') THEN {without_sign} / 100 END"
    return _cast(cell)


def _cast(text: str) -> str:
    return f"coalesce(try_cast({text} AS DOUBLE), try_cast(trim({text}, {SPACE}) AS DOUBLE))"
