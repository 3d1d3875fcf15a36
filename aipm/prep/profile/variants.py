"""Spellings of one value: capitals, accents, signs, abbreviations, and typing errors beside a frequent spelling."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from aipm.prep.finding import Finding
from aipm.prep.profile.column import Column
from aipm.prep.profile.sheet import Sheet, found, number_of, step
from aipm.prep.profile.words import words

MOST_VALUES = 5_000
LONGEST = 200
RARER = 8
"""A spelling is an error beside one that is so many times as frequent."""


def variants(sheet: Sheet, identifiers: frozenset[int]) -> Iterator[Finding]:
    """Columns of words in which one value is spelled in several ways."""
    for column in sheet.columns:
        if column.kind not in ("category", "text", "yes_no") or column.position in identifiers:
            continue
        if not 2 <= column.distinct <= MOST_VALUES or column.distinct > 0.6 * column.filled:
            continue
        mapping, is_certain = spellings(column)
        if mapping:
            places = np.array([text in mapping for text in column.listed])
            yield found(
                "category_variants",
                [column],
                rows=sheet.rows,
                count=column.count(places),
                where=column.first_rows(places),
                variant="" if is_certain else "typos",
                values=column.examples(places),
                said={"values": number_of(len(mapping), "spelling", "spellings")},
                fix=step("merge_variants", [column], mapping=mapping),
                safe=False,
            )


def spellings(column: Column) -> tuple[dict[str, str], bool]:
    """{a spelling: the usual one}, and whether all of them differ in capitals, accents and signs only."""
    times = {
        text: int(n)
        for text, n, valid in zip(column.listed, column.times.tolist(), column.is_valid.tolist(), strict=True)
        if valid and len(text) <= LONGEST
    }
    mapping: dict[str, str] = {}
    same: dict[str, list[str]] = defaultdict(list)
    for text in times:
        same[_plain(text)].append(text)
    for form, alike in same.items():
        if form and len(alike) > 1:
            usual = max(alike, key=lambda text: times[text])
            mapping |= {text: usual for text in alike if text != usual}
    if len(times) <= 60:
        mapping |= _synonyms({t: n for t, n in times.items() if t not in mapping})
    certain = set(mapping)
    left = {text: n for text, n in times.items() if text not in mapping}
    mapping |= _typos(left)
    # What was mapped onto a spelling that is an error itself goes on to the right one.
    for text in list(mapping):
        mapping[text] = mapping.get(mapping[text], mapping[text])
    return mapping, set(mapping) == certain


def _plain(text: str) -> str:
    """Small letters without accents, signs and blanks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    short = "".join(c for c in bare if not unicodedata.combining(c))
    kept = re.sub(r"[\W_]+", "", short)
    # Signs carry the meaning of "+", "C++" and "<=50K"; digits on both sides of a sign are two numbers.
    return kept if not re.search(r"[<>=+%$€#*]|[0-9][^\w]+[0-9]", short) else re.sub(r"\s+", " ", short).strip()


def _synonyms(times: dict[str, int]) -> dict[str, str]:
    """Abbreviations beside their words: M and Male."""
    mapping: dict[str, str] = {}
    for group in words().synonyms:
        there = [text for text in times if text.casefold() in group]
        if len(there) > 1:
            usual = max(there, key=lambda text: times[text])
            mapping |= {text: usual for text in there if text != usual}
    return mapping


def _typos(times: dict[str, int]) -> dict[str, str]:
    """Rare spellings one letter away from a frequent one, or a few letters in a long one."""
    frequent = {text: n for text, n in times.items() if n >= RARER and len(text) >= 2}
    if not frequent:
        return {}
    by_piece: dict[str, list[str]] = defaultdict(list)
    by_length: dict[int, list[str]] = defaultdict(list)
    for text in frequent:
        by_length[len(text)].append(text)
        for piece in _pieces(text):
            by_piece[piece].append(text)
    mapping: dict[str, str] = {}
    most = max(frequent.values())
    for text, n in times.items():
        if len(text) < 2 or n * RARER > most:
            continue
        near = {other for piece in _pieces(text) for other in by_piece.get(piece, ())}
        if len(text) >= 8:
            near |= {o for o in by_length[len(text)] if _differing(text, o) <= max(1, len(text) // 5)}
        near = {o for o in near if o != text and n * RARER <= frequent[o] and _is_slip(text, o, n, frequent)}
        if near:
            mapping[text] = max(near, key=lambda o: frequent[o])
    return mapping


def _pieces(text: str) -> set[str]:
    """The text and what is left of it without one of its letters: two texts one slip apart share a piece."""
    return {text, *(text[:i] + text[i + 1 :] for i in range(min(len(text), 64)))}


def _differing(first: str, second: str) -> int:
    return sum(a != b for a, b in zip(first, second, strict=True))


def _is_slip(text: str, other: str, n: int, frequent: dict[str, int]) -> bool:
    """Whether a rare text is a typing error of a frequent one rather than a value of its own."""
    first, second = text.casefold(), other.casefold()
    if any({first, second} <= pair for pair in words().not_variants):
        return False
    if len(first) == len(second):
        pairs = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
        # Where digits differ, they are numbers of things; in long words a stray digit for a letter is an error.
        if any(a.isdigit() and b.isdigit() for a, b in pairs):
            return False
        noise = all(a in "x*#?" for a, _ in pairs) and len(pairs) > 0
        if any(b.isdigit() for _, b in pairs) and not noise:
            return False
        if len(text) <= 3:
            # Short codes are one letter apart by nature; only beside a code that fills the column they are errors.
            return n * 20 <= frequent[other] and frequent[other] >= (0.5 if noise else 0.95) * sum(frequent.values())
        if len(pairs) > 1 and not noise and len(pairs) > len(text) // 10:
            return sorted(first) == sorted(second) and len(pairs) == 2
        return len(text) >= 5 or noise or (len(frequent) <= 10 and n * 50 <= frequent[other])
    extra = (set(first) ^ set(second)) if len(set(first) ^ set(second)) == 1 else set()
    if len(text) <= 4 or any(c.isdigit() for c in extra) or first.strip("0123456789") != first:
        return False
    # A plural or an ending is no slip.
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    if longer.startswith(shorter):
        return longer[-1] == longer[-2]
    return not longer.endswith(shorter)
