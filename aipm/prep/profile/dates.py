"""Text -> day, in the ways that dates are written, and whether the order of day and month can be told."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

NONE = np.iinfo(np.int64).min
CLOCK = r"(?:[T ,]+(?P<h>[0-9]{1,2})[:.h](?P<n>[0-9]{2})(?:[:.][0-9]{2})?(?:[.,][0-9]+)? ?(?P<p>[AaPp]\.?[Mm]\.?)?.*)?$"
DAY = r"(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?"
MONTH = r"(?P<mon>[A-Za-zéûä]{3})[a-zéûä]*\.?"
WEEKDAY = r"(?:[A-Za-z]{3,9},? )?"
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "fév": 2, "fev": 2, "avr": 4, "mai": 5, "aoû": 8, "aou": 8, "déc": 12, "mär": 3, "okt": 10, "dez": 12,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12, "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10, "out": 10,
}  # fmt: skip
STYLES = {
    "ymd -": r"^(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})" + CLOCK,
    "ymd /": r"^(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})" + CLOCK,
    "ymd .": r"^(?P<y>[0-9]{4})\.(?P<m>[0-9]{1,2})\.(?P<d>[0-9]{1,2})" + CLOCK,
    "ab /": r"^(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})/(?P<y>[0-9]{4}|[0-9]{2})" + CLOCK,
    "ab -": r"^(?P<a>[0-9]{1,2})-(?P<b>[0-9]{1,2})-(?P<y>[0-9]{4}|[0-9]{2})" + CLOCK,
    "ab .": r"^(?P<a>[0-9]{1,2})\.(?P<b>[0-9]{1,2})\.(?P<y>[0-9]{4}|[0-9]{2})" + CLOCK,
    "d mon y": rf"^{WEEKDAY}{DAY}[-/ .]+{MONTH}[-/ ,.]+(?P<y>[0-9]{{4}}|[0-9]{{2}})" + CLOCK,
    "mon d y": rf"^{WEEKDAY}{MONTH}[-/ ]+{DAY},?[-/ ]+(?P<y>[0-9]{{4}})" + CLOCK,
    "y mon d": r"^(?P<y>[0-9]{4})[-/ ](?P<mon>[A-Za-z]{3})[a-z]*[-/ ](?P<d>[0-9]{1,2})" + CLOCK,
    "compact": r"^(?P<y>(?:19|20)[0-9]{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])$",
}
ISO = ("ymd -", "ymd /", "ymd .", "compact")
LOOKED_AT = 1_000
Order = Literal["told", "day first", "month first", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Of each distinct text its day (days since 1970, NONE where it is no date), hour (-1 without) and style.

    `order` is of the styles with two numbers before the year: told by a day above 12, taken from the order of the
    rows, or unknown. `unclear` marks the texts whose own numbers would do as day and as month.
    """

    days: NDArray[np.int64]
    hours: NDArray[np.int64]
    style: NDArray[np.int8]
    styles: tuple[str, ...]
    orders: dict[str, Order]
    unclear: NDArray[np.bool_]


def dates_of(texts: pa.StringArray, valid: NDArray[np.bool_], times: NDArray[np.int64]) -> Dates | None:
    """Read every distinct text as a date. None where fewer than four in five of the filled cells are dates."""
    places = np.flatnonzero(valid)
    some = places[:: max(len(places) // LOOKED_AT, 1)]
    looked = texts.take(pa.array(some))
    if pc.mean(pc.match_substring_regex(looked, r"[0-9]").cast(pa.int8())).as_py() < 0.8:
        return None
    hits = {
        name: pc.match_substring_regex(looked, pattern).to_numpy(zero_copy_only=False).mean()
        for name, pattern in STYLES.items()
    }
    used = [name for name, share in hits.items() if share > 0]
    if sum(hits.values()) < 0.8:
        return None
    size = len(texts)
    days, hours, style = np.full(size, NONE), np.full(size, -1, np.int64), np.full(size, -1, np.int8)
    unclear = np.zeros(size, bool)
    orders: dict[str, Order] = {}
    for number, name in enumerate(used):
        rest = places[style[places] < 0]
        parts = pc.extract_regex(texts.take(pa.array(rest)), STYLES[name])
        matched = parts.is_valid().to_numpy(zero_copy_only=False)
        if not matched.any():
            continue
        rest, parts = rest[matched], parts.filter(pa.array(matched))
        year, month, day = _year(_whole(parts, "y")), *_month_and_day(parts, name, orders, unclear, rest, times[rest])
        found = _day_number(year, month, day)
        days[rest], style[rest] = found, number
        style[rest[found == NONE]] = -1
        if "h" in [field.name for field in parts.type]:
            hours[rest] = _hours(parts)
    filled = int(times[places].sum())
    if int(times[places][days[places] != NONE].sum()) < 0.8 * filled:
        return None
    return Dates(days=days, hours=hours, style=style, styles=tuple(used), orders=orders, unclear=unclear)


def _month_and_day(
    parts: pa.StructArray,
    name: str,
    orders: dict[str, Order],
    unclear: NDArray[np.bool_],
    places: NDArray[np.int64],
    times: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Months and days of texts of one style; settles the order where the style leaves it open."""
    if "mon" in name:
        short = pc.utf8_lower(parts.field(_place(parts, "mon"))).to_pylist()
        return np.array([MONTHS.get(month, 0) for month in short], np.int64), _whole(parts, "d")
    if name in ISO:
        return _whole(parts, "m"), _whole(parts, "d")
    first, second = _whole(parts, "a"), _whole(parts, "b")
    day_first, month_first = int(times[first > 12].sum()), int(times[second > 12].sum())
    unclear[places] = (first <= 12) & (second <= 12) & (first != second)
    if day_first or month_first:
        orders[name] = "day first" if day_first > month_first else "month first"
    else:
        orders[name] = "unknown"
        # Rows are often in order of time: the reading that keeps them so is the likelier one.
        year = _year(_whole(parts, "y"))
        as_month = (np.diff(_day_number(year, first, second)) < 0).sum()
        as_day = (np.diff(_day_number(year, second, first)) < 0).sum()
        if as_day < as_month:
            return second, first
        return first, second
    swapped = orders[name] == "day first"
    day, month = (first, second) if swapped else (second, first)
    wrong = month > 12
    return np.where(wrong, day, month), np.where(wrong, month, day)


def _place(parts: pa.StructArray, name: str) -> int:
    return int(parts.type.get_field_index(name))


def _whole(parts: pa.StructArray, name: str) -> NDArray[np.int64]:
    found: NDArray[np.int64] = parts.field(_place(parts, name)).cast(pa.int64()).to_numpy(zero_copy_only=False)
    return found


def _year(year: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two digits are of this century up to 68, as POSIX has it."""
    found: NDArray[np.int64] = np.where(year < 69, year + 2000, np.where(year < 100, year + 1900, year))
    return found


def _hours(parts: pa.StructArray) -> NDArray[np.int64]:
    texts = parts.field(_place(parts, "h"))
    hours = pc.if_else(pc.equal(texts, ""), "-1", texts).cast(pa.int64()).to_numpy(zero_copy_only=False)
    half = pc.utf8_lower(parts.field(_place(parts, "p"))).to_numpy(zero_copy_only=False).astype(str)
    afternoon = np.char.startswith(half, "p") & (hours < 12)
    found: NDArray[np.int64] = np.where(afternoon, hours + 12, hours)
    return found


def _day_number(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[np.int64]:
    """Days since 1970-01-01; NONE where there is no such day."""
    good = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year >= 1) & (year <= 9999)
    months = (np.where(good, year, 1970) - 1970) * 12 + np.where(good, month, 1) - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + np.where(good, day, 1) - 1
    good &= days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) == months
    found: NDArray[np.int64] = np.where(good, days, NONE)
    return found
