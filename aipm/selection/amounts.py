"""Cells as people write them -> numbers; what is no number stays unknown, and the column says how it is written."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from aipm.tables import Refusal

UNKNOWN = frozenset(
    {"", "-", "--", "–", "—", ".", "?", "n/a", "na", "n.a.", "nan", "null", "none", "nil", "unknown", "missing", "tbd"}
    | {"not available", "unverified", "#n/a", "<na>"}
)
"""Cells that say that a value is not known."""
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
CODES = frozenset({*CURRENCIES.values(), "CHF", "CNY", "CAD", "AUD", "SEK", "DKK", "NOK", "PLN"})
MAGNITUDES = {"k": 1e3, "M": 1e6, "B": 1e9, "bn": 1e9}

_DIGITS = r"(?:\d+(?:{point}\d*)?|{point}\d+)(?:[eE][+-]?\d{{1,3}})?"
_POINT = re.compile(rf"[+-]?(?:{_DIGITS.format(point='[.]')}|[1-9]\d{{0,2}}(?:,\d{{3}})+(?:[.]\d*)?)")
_COMMA = re.compile(rf"[+-]?(?:{_DIGITS.format(point=',')}|[1-9]\d{{0,2}}(?:[.]\d{{3}})+(?:,\d*)?)")
_SPACE = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(?!\d))")
_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<before>[$€£¥₹]|[A-Z]{3}(?=[\s\d]))?\s*(?P<number>[+-]?[\d.,][\d.,eE+-]*)\s*"
    r"(?P<magnitude>[kKMB]|bn)?\s*(?P<after>%|[$€£¥₹]|[A-Z]{3})?"
)
LARGEST = 1e100
"""No number beyond this is meant, and none nearer to 0 than one part of it: their squares would not fit a float."""


@dataclass(frozen=True, slots=True)
class _Written:
    digits: str
    factor: float
    unit: str


def amounts(cells: Iterable[object], *, column: str) -> tuple[float | None, ...]:
    """A column of cells as numbers; None where a cell is blank, says "unknown", or is no number.

    "1,000" is a thousand, unless other cells of the column ("0,5") show that its comma is a decimal one; "12 %" is
    0.12; "$3", "3 EUR", "128k" and "1 000" are read. Raises Refusal where a column mixes currencies, or percentages
    with plain numbers: nobody can know what was meant.
    """
    written = [_written(cell) for cell in cells]
    texts = [each.digits for each in written if each is not None]
    comma = any(_COMMA.fullmatch(each) and not _POINT.fullmatch(each) for each in texts)
    if comma and any("," not in each and _POINT.fullmatch(each) and not _COMMA.fullmatch(each) for each in texts):
        comma = sum("," in each for each in texts) > sum("." in each for each in texts)
    numbers = tuple(None if each is None else _number(each, comma=comma) for each in written)
    units = {each.unit for each, number in zip(written, numbers, strict=True) if each is not None and number}
    if len(units - {"", "%"}) > 1 or ("%" in units and len(units) > 1):
        raise Refusal(
            "mixed_units",
            f"The column “{column}” mixes units: {', '.join(sorted(unit or 'plain numbers' for unit in units))}.",
            advice="Write all its values in one unit.",
        )
    return numbers


def amount(cell: object) -> float | None:
    """One number as people write it; None where it is none."""
    written = _written(cell)
    if written is None:
        return None
    found = _number(written, comma=False)
    return found if found is not None else _number(written, comma=True)


def says_nothing(cell: object) -> bool:
    """Whether a cell is blank or says that the value is not known."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in UNKNOWN)


def comparison(cell: object) -> float | None:
    """A cell of a pairwise comparison: 3, 1/3, 1/2.5, 0.333; None where it is no number."""
    if isinstance(cell, str) and "/" in cell:
        above, _, below = cell.partition("/")
        first, second = amount(above), amount(below)
        return None if first is None or not second else first / second
    return amount(cell)


def as_ratio(value: float, *, largest: int = 9) -> str:
    """A ratio on Saaty's scale, as it would be typed: 3, 1/3; the nearest by proportion."""
    whole = min(largest, max(1, round(value if value >= 1 else 1 / value)))
    nearest = min(
        {max(1, whole - 1), whole, min(largest, whole + 1)}, key=lambda k: abs(math.log(max(value, 1 / value) / k))
    )
    return str(Fraction(nearest) if value >= 1 else Fraction(1, nearest))


def _written(cell: object) -> _Written | None:
    if cell is None or isinstance(cell, bool):
        return None
    if not isinstance(cell, str):
        try:
            number = float(cell)  # type: ignore[arg-type] # whatever it is, it is a number or it is not
        except (TypeError, ValueError, OverflowError):
            return None
        return _Written(repr(number), 1.0, "")
    text = _SPACE.sub("", cell.strip().replace("\u2212", "-"))
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    before, after = found["before"] or "", found["after"] or ""
    names = [CURRENCIES.get(each, each) for each in (before, after) if each]
    if any(name != "%" and name not in CODES for name in names) or len(set(names)) > 1:
        return None
    factor = MAGNITUDES.get((found["magnitude"] or "").replace("K", "k"), 1.0) * (0.01 if "%" in names else 1.0)
    return _Written(found["sign"] + found["number"], factor, names[0] if names else "")


def _number(written: _Written, *, comma: bool) -> float | None:
    if not (_COMMA if comma else _POINT).fullmatch(written.digits):
        return None
    text = written.digits.replace(".", "").replace(",", ".") if comma else written.digits.replace(",", "")
    value = float(text)
    # 12 % is 12 / 100, and not 12 x 0.01, which is another float.
    value = value / 100 if written.factor == 0.01 else value * written.factor
    if abs(value) < 1 / LARGEST:
        return 0.0
    return value if abs(value) <= LARGEST else None


def listed(names: Sequence[str], *, most: int = 5) -> str:
    """Names in a sentence: A, B and 3 more."""
    shown = [f"“{name}”" for name in names[:most]]
    more = len(names) - most
    return f"{', '.join(shown)} and {more} more" if more > 0 else ", ".join(shown)
