"""Text -> number, in the ways that numbers are written."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

PLAIN = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
MARKS = r"[$€£¥₹]|USD|EUR|GBP|CHF|Rs\.?"
WRITTEN = {
    "thousands": rf"^\(?[+-]?(?:{MARKS})? ?[+-]?([0-9]{{1,3}}(,[0-9]{{2,3}})+(\.[0-9]+)?)(?: ?(?:{MARKS}))?\)?$",
    "comma": rf"^[+-]?(?:{MARKS})? ?([0-9]{{1,3}}(\.[0-9]{{3}})+,[0-9]+|[0-9]+,[0-9]+)(?: ?(?:{MARKS}))?$",
    "currency": rf"^\(?[+-]?(?:(?:{MARKS}) ?[+-]?[0-9]+(\.[0-9]+)?|[0-9]+(\.[0-9]+)? ?(?:{MARKS}))\)?$",
    "blanks": "^[+-]?[0-9]{1,3}([ '’\u00a0\u202f][0-9]{3})+([.,][0-9]+)?$",
}
"""Other than plain: 1,234.5; 1.234,5; $12; 1 234. Two digits between commas are Indian lakhs."""
LOOKED_AT = 2_000
"""Distinct texts by which it is judged whether a way of writing occurs at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The number of each distinct text, NaN where it is none; `notation` is how those that are not plain are written.

    `is_plain` marks those that any program reads as they stand.
    """

    values: NDArray[np.float64]
    is_plain: NDArray[np.bool_]
    notation: str = ""


def numbers_of(texts: pa.StringArray, times: NDArray[np.int64]) -> Numbers:
    """Read every distinct text as a number, where it is one."""
    if len(texts) and (quick := _all_plain(texts)) is not None:
        return Numbers(values=quick, is_plain=np.ones(len(texts), bool))
    values = np.full(len(texts), np.nan)
    matched = pc.match_substring_regex(texts, PLAIN).to_numpy(zero_copy_only=False) if len(texts) else np.zeros(0, bool)
    values[matched] = _cast(texts.filter(pa.array(matched)))
    infinite = np.zeros(len(texts), bool)
    rest = np.flatnonzero(~matched)
    if len(rest) and matched.any():
        others = texts.take(pa.array(rest))
        endless = pc.match_substring_regex(others, r"(?i)^[+-]?inf(inity)?$").to_numpy(zero_copy_only=False)
        if endless.any():
            infinite[rest[endless]] = True
            values[infinite] = np.inf
    notation = _notation(texts, times, matched | infinite)
    if notation:
        hit = rest[
            pc.match_substring_regex(texts.take(pa.array(rest)), WRITTEN[notation]).to_numpy(zero_copy_only=False)
        ]
        values[hit] = _cast(_plain(texts.take(pa.array(hit)), notation))
    return Numbers(values=values, is_plain=matched, notation=notation)


def _all_plain(texts: pa.StringArray) -> NDArray[np.float64] | None:
    """The numbers where every text is a plain one, which takes a tenth of the time; None otherwise."""
    try:
        values: NDArray[np.float64] = texts.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        return None
    return values if np.isfinite(values).all() else None


def _notation(texts: pa.StringArray, times: NDArray[np.int64], matched: NDArray[np.bool_]) -> str:
    """The way of writing that most of what is not plain follows, where numbers are the rule."""
    rest = np.flatnonzero(~matched)[:LOOKED_AT]
    if not len(rest):
        return ""
    some = texts.take(pa.array(rest))
    fits = {
        name: int(times[rest][pc.match_substring_regex(some, pattern).to_numpy(zero_copy_only=False)].sum())
        for name, pattern in WRITTEN.items()
    }
    best = max(fits, key=lambda name: fits[name])
    filled = times[rest][pc.not_equal(some, "").to_numpy(zero_copy_only=False)].sum() + times[matched].sum()
    return best if fits[best] and fits[best] + times[matched].sum() >= 0.6 * filled else ""


def _plain(texts: pa.StringArray, notation: str) -> pa.StringArray:
    """Numbers as they would be written plainly; brackets are a minus."""
    negative = pc.match_substring_regex(texts, r"^\(|-")
    bare = pc.replace_substring_regex(texts, r"[^0-9.,]|Rs\.", "")
    if notation == "comma" or (notation == "blanks" and pc.any(pc.match_substring(bare, ",")).as_py()):
        bare = pc.replace_substring(pc.replace_substring(bare, ".", ""), ",", ".")
    else:
        bare = pc.replace_substring(bare, ",", "")
    return pc.if_else(negative, pc.binary_join_element_wise("-", bare, ""), bare)


def _cast(texts: pa.StringArray) -> NDArray[np.float64]:
    """Texts that match PLAIN as numbers; what is too large becomes infinite."""
    bare = pc.utf8_ltrim(texts, "+")
    try:
        found: NDArray[np.float64] = bare.cast(pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        found = np.array([float(text) for text in bare.to_pylist()], dtype=np.float64)
    return found
