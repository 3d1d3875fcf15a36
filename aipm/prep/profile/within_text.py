"""Numbers and lists within text: percentages, units, ranges, and several values in one cell."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column, Mask
from aipm.prep.profile.sheet import Sheet, found, step

NUM = r"[+-]?[0-9]{1,3}(?:[, ]?[0-9]{3})*(?:[.,][0-9]+)?|[+-]?[0-9]+(?:[.,][0-9]+)?"
PERCENT = rf"^[<>~≈]? ?(?:{NUM}) ?(?:%|percent|per cent|pct|Prozent|pour cent)$"
CLOSE_UNITS = (
    r"(?i:kg|g|mg|µg|lbs?|oz|t|cm|mm|m|km|mi|ft|in|\"|'|l|ml|cl|cc|h|hr|hrs|mins?|s|secs?|ms|d|w|k|m|b|bn|mn|tb|gb|mb|kb|mph|kmh|km/h|kmpl|km/kg|k?wh?|v|a|ma|mah|hp|bhp|ps|nm|px|rpm|[gmk]?hz"
    r"|mbps|db|pa|hpa|bar|mmhg|°c?|°f|yrs?|years?|days?|months?|weeks?|hours?|minutes?|m2|m²|m³|sqm|sqft|ha|usd|eur|x|mp|pts?)"
)
UNIT = rf"^[<>~≈]? ?(?:{NUM})(?: ?{CLOSE_UNITS}| [a-zA-Zµ°²³Ω][a-zA-Zµ°²³/.\"'@-]{{0,18}})\.?$"
"""A unit stands close to its number only if it is a known one: 2009FAIL is a code."""
BOUND = r"[$€£]? ?[0-9][0-9,.]*(?:\+?[kKmM]|[0-9])?[$€£%]?"
TAIL = r"(?: ?[a-z]{1,9}\.?)?(?: [a-z]{1,9})?"
RANGE = (
    rf"(?i)^(?:[\[(]? ?{BOUND} ?(?:-|–|—|to|bis|à|until|\.\.|,) ?{BOUND} ?[\])]?{TAIL}"
    r"|(?:<|>|<=|>=|≤|≥|under|over|below|above|less than|more than|fewer than|up to|at least|greater than)"
    rf" ?{BOUND}{TAIL}"
    rf"|{BOUND}(?: years| yrs| months)? ?(?:\+|plus|(?:or|and) (?:more|less|over|above|under|below|older|younger|up))"
    rf"{TAIL})$"
)
LOOKED_AT = 2_000
MOST_VALUES = 20_000
SEPARATORS = (";", "|", ",", "/", "\n", " - ", "+", "&")


def within_text(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Columns of text: what numbers hide in them, and lists."""
    valid = column.is_valid
    places = np.flatnonzero(valid)
    if len(places) > MOST_VALUES:
        looked = places[:: len(places) // LOOKED_AT]
        lengths = pc.utf8_length(column.texts.take(pa.array(looked)))
        if pc.mean(lengths).as_py() > 60:
            yield from _lists(column, sheet)
            return
    for kind, pattern, least in (
        ("percent_as_text", PERCENT, 0.5),
        ("range_as_text", RANGE, 0.6),
        ("unit_in_text", UNIT, 0.6),
    ):
        hit = _matching(column, pattern, least)
        if hit is None or (kind == "range_as_text" and not _are_ranges(column, hit)):
            continue
        if kind == "unit_in_text" and not _are_units(column, hit):
            continue
        fix = None
        if kind == "percent_as_text":
            fix = step("to_number", [column], percent="points")
        elif kind == "range_as_text":
            fix = step("range_to_number", [column], take="middle")
        else:
            fix = step("unit_to_number", [column], units=_worth(_units(column, hit)))
        yield found(
            kind,
            [column],
            rows=sheet.rows,
            count=column.count(hit),
            where=column.first_rows(hit),
            values=column.examples(hit, 5),
            fix=fix,
        )
        return
    numeric = valid & ~np.isnan(column.numbers.values)
    share = column.count(numeric) / max(column.filled, 1)
    if 0.05 <= share < 0.9 and numeric.sum() >= 3:
        other = valid & ~numeric
        yield found(
            "mixed_type",
            [column],
            rows=sheet.rows,
            count=column.count(numeric),
            where=column.first_rows(other),
            values=(*column.examples(numeric, 3), *column.examples(other, 3)),
        )
    else:
        yield from _lists(column, sheet)


FAMILIES: tuple[dict[str, float], ...] = (
    {"b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12},
    {"mg": 1e-6, "g": 1e-3, "kg": 1, "t": 1e3},
    {"mm": 1e-3, "cm": 1e-2, "m": 1, "km": 1e3},
    {"ml": 1e-3, "cl": 1e-2, "l": 1},
    {"ms": 1e-3}
    | dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1)
    | dict.fromkeys(("min", "mins", "minute", "minutes"), 60)
    | dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    {"w": 1, "kw": 1e3, "mw": 1e6},
    {"g/km": 1, "kg/km": 1e3},
)
"""Units that one can be turned into another, by what they are worth; small letters."""


def _worth(units: list[str]) -> dict[str, float]:
    """What each unit of a column is worth in its most frequent one; of units that are strangers to it, nothing."""
    first = units[0].lower()
    family = next((each for each in FAMILIES if first in each), {first: 1.0})
    known = dict.fromkeys(unit.lower() for unit in units if unit.lower() in family)
    return {unit: float(f"{family[unit] / family[first]:.12g}") for unit in known}


def _matching(column: Column, pattern: str, least: float) -> Mask | None:
    """The values that match, where they are at least this share of the filled cells."""
    places = np.flatnonzero(column.is_valid)
    looked = places[:: max(len(places) // LOOKED_AT, 1)]
    first = pc.match_substring_regex(column.texts.take(pa.array(looked)), pattern).to_numpy(zero_copy_only=False)
    if column.times[looked][first].sum() < 0.8 * least * column.times[looked].sum():
        return None
    hit: Mask = pc.match_substring_regex(column.texts, pattern).to_numpy(zero_copy_only=False) & column.is_valid
    return hit if column.count(hit) >= least * column.filled else None


def _are_ranges(column: Column, hit: Mask) -> bool:
    """Few of them, and with rising ends: else they are telephone numbers, scores or codes."""
    if not 3 <= hit.sum() <= 100:
        return False
    numbers = pc.match_substring_regex(column.texts.filter(pa.array(hit)), r"^[0-9]{3}-[0-9]{4}$")
    if pc.mean(numbers.cast("int8")).as_py() > 0.5:
        return False
    ends = pc.extract_regex(
        column.texts.filter(pa.array(hit)), r"(?P<low>[0-9][0-9,.]*)[^0-9,.]+(?P<high>[0-9][0-9,.]*)"
    )
    pairs = [(e["low"], e["high"]) for e in ends.to_pylist() if e]
    rising = [_whole(low) <= _whole(high) for low, high in pairs]
    return sum(rising) >= 0.9 * len(rising)


def _whole(text: str) -> float:
    try:
        return float(text.replace(",", "").rstrip("."))
    except ValueError:
        return 0.0


def _units(column: Column, hit: Mask) -> list[str]:
    """The units in these values, the most frequent first."""
    tails: Counter[str] = Counter()
    texts = column.texts.filter(pa.array(hit))
    bare = pc.replace_substring_regex(texts, r"^[<>~≈]? ?[+-]?[0-9][0-9., ]*", "")
    for tail, count in zip(pc.utf8_trim_whitespace(bare).to_pylist(), column.times[hit].tolist(), strict=True):
        tails[tail] += count
    return [tail for tail, _ in tails.most_common()]


def _are_units(column: Column, hit: Mask) -> bool:
    """One or a few units, not house numbers, ordinals or codes."""
    units = _units(column, hit)
    if {unit.casefold() for unit in units[:4]} & {"st", "nd", "rd", "th"}:
        return False
    letters = {unit for unit in units[:6] if len(unit) == 1}
    if len(letters) > 1 and not {letter.casefold() for letter in letters} <= {"k", "m", "b"}:
        return False
    top = units[:3]
    texts = column.texts.filter(pa.array(hit))
    bare = pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, r"^[<>~≈]? ?[+-]?[0-9][0-9., ]*", ""))
    usual = pc.is_in(bare, pa.array(top)).to_numpy(zero_copy_only=False)
    amounts = pc.replace_substring_regex(texts, r"[^0-9.,]+.*$", "")
    # Short codes such as 1A, 2B, 3C have many letters and few numbers each.
    is_usual = column.times[hit][usual].sum() >= 0.7 * column.count(hit)
    return bool(is_usual) and pc.count_distinct(amounts).as_py() >= (2 if max(map(len, top)) > 2 else 4)


def _lists(column: Column, sheet: Sheet) -> Iterator[Finding]:
    """Cells that hold several values with a sign between them."""
    places = np.flatnonzero(column.is_valid)
    looked = places[:: max(len(places) // LOOKED_AT, 1)][:LOOKED_AT]
    some = [str(text) for text in column.texts.take(pa.array(looked)).to_pylist()]
    if len(some) < 3:
        return
    for sign in SEPARATORS:
        with_sign = [text for text in some if sign in text]
        if len(with_sign) < 0.2 * len(some) or not _are_lists(with_sign, some, sign):
            continue
        mask = pc.match_substring(column.texts, sign).to_numpy(zero_copy_only=False) & column.is_valid
        yield found(
            "multi_value",
            [column],
            rows=sheet.rows,
            count=column.count(mask),
            where=column.first_rows(mask),
            values=column.examples(mask, 3),
            fix=step("split_values", [column], separator=sign),
        )
        return


def _are_lists(with_sign: list[str], some: list[str], sign: str) -> bool:
    """Whether the parts are words of one vocabulary, that come again in other cells and stand in any number."""
    parts = [[part.strip(" []{}'\"") for part in text.split(sign)] for text in with_sign]
    sizes = Counter(map(len, parts))
    vocabulary: Counter[str] = Counter(part for each in parts for part in set(each) if part)
    if not vocabulary:
        return False
    lone = {text.strip() for text in some if sign not in text}
    varied = sizes.most_common(1)[0][1] <= 0.9 * len(parts) or bool(lone & set(vocabulary))
    often = 3 if len(parts) > 20 else 2
    again = sum(n for n in vocabulary.values() if n >= often) / vocabulary.total()
    longest = np.quantile([len(part) for part in vocabulary], 0.9)
    return (
        varied
        and again >= 0.5
        and longest <= 50
        and len(vocabulary) < 0.8 * sum(map(len, parts))
        and len(vocabulary) >= 3
    )
