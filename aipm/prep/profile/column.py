"""A column as its distinct values, how often each occurs, and what each is: all that is asked of it starts here."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from aipm.prep.profile.dates import Dates, dates_of
from aipm.prep.profile.numerals import Numbers, numbers_of
from aipm.prep.profile.words import words, words_of

Kind = Literal["empty", "yes_no", "whole_number", "number", "date", "category", "text"]
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]
LONGEST_TOKEN = 32
MOST_CATEGORIES = 200
PIECE = 65_536
MOST_BYTES = 2_000_000_000
"""Of text that one array can hold with offsets of 32 bits."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `codes` say of each row which of the distinct `texts` (trimmed) it holds; `times` how often each is.

    Texts are numbered as they first appear, so two columns that say the same in other words have the same codes.
    `padded` is the number of cells with blanks around their content. Masks and numbers are per distinct text.
    """

    name: str
    position: int
    codes: Codes
    texts: pa.StringArray
    times: NDArray[np.int64]
    padded: int
    padded_rows: tuple[int, ...]
    is_blank: Mask
    is_token: Mask
    is_apart: Mask
    is_none: Mask
    """Texts such as "none", which say in a column of words that there is no such thing, or that nothing is known."""
    numbers: Numbers
    dates: Dates | None
    kind: Kind
    coded: Mask
    """Values that stand for "missing" though they look like any other: -999, 1900-01-01."""
    words: frozenset[str]

    @property
    def rows(self) -> int:
        return len(self.codes)

    @cached_property
    def is_valid(self) -> Mask:
        """Of each distinct text, whether it is a value: neither blank nor one that stands for missing."""
        valid: Mask = ~(self.is_blank | self.is_token | self.coded)
        return valid

    @cached_property
    def is_code(self) -> bool:
        """Whether whole numbers name things rather than measure: a postcode, a provider's number, a year."""
        if self.kind != "whole_number":
            return False
        if pc.any(pc.match_substring_regex(self.texts, r"^0[0-9]+$")).as_py():
            return True
        known = words()
        values, _ = self.sorted_numbers
        if (
            self.words & {"year", "yr", "jahr", "año", "ano", "année"}
            and len(values)
            and 1500 <= np.median(values) <= 2200
        ):
            return True
        if self.words & {"of", "num", "count", "total"}:
            return False
        return bool(self.words & (known.codes | known.phone)) or any(
            word.removesuffix(end) in known.entity
            for word in self.words
            for end in ("id", "number", "nbr")
            if word.endswith(end)
        )

    def count(self, mask: Mask) -> int:
        return int(self.times[mask].sum())

    @cached_property
    def filled(self) -> int:
        return self.count(self.is_valid)

    @cached_property
    def missing(self) -> int:
        return self.rows - self.filled

    @cached_property
    def distinct(self) -> int:
        return int(self.is_valid.sum())

    @property
    def is_numeric(self) -> bool:
        return self.kind in ("whole_number", "number")

    @cached_property
    def listed(self) -> list[str]:
        """The distinct texts as Python strings; for columns with few of them."""
        found: list[str] = self.texts.to_pylist()
        return found

    def first_rows(self, mask: Mask, most: int = 10) -> tuple[int, ...]:
        """The numbers, from 1, of the first rows whose text is in the mask."""
        found: list[int] = []
        for start in range(0, self.rows, PIECE):
            found += (np.flatnonzero(mask[self.codes[start : start + PIECE]]) + start + 1).tolist()
            if len(found) >= most:
                break
        return tuple(found[:most])

    def examples(self, mask: Mask, most: int = 10) -> tuple[tuple[str, int], ...]:
        """The most frequent texts in the mask, with how often they occur."""
        places = np.flatnonzero(mask)
        if len(places) > PIECE:
            least = np.partition(self.times[places], -most)[-most]
            places = np.concatenate((places[self.times[places] > least], places[self.times[places] == least][:most]))
        best = places[np.argsort(-self.times[places], kind="stable")[:most]]
        return tuple((str(self.texts[int(place)].as_py()), int(self.times[place])) for place in best)

    @cached_property
    def sorted_numbers(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """The finite numbers among the values, in rising order, and how often each occurs."""
        used = self.is_valid & np.isfinite(self.numbers.values)
        values, times = self.numbers.values[used], self.times[used]
        order = np.argsort(values)
        values, times = values[order], times[order]
        # One number may be written in several ways, such as 1 and 1.0.
        first = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))[: len(values)])
        return (values, times) if len(first) == len(values) else (values[first], np.add.reduceat(times, first))

    def row_numbers(self) -> NDArray[np.float64]:
        """The number in each row; NaN where there is none."""
        found: NDArray[np.float64] = np.where(self.is_valid, self.numbers.values, np.nan)[self.codes]
        return found

    def row_codes(self) -> Codes:
        """The codes with every missing cell as -1."""
        found: Codes = np.where(self.is_valid, np.arange(len(self.times), dtype=np.int32), np.int32(-1))[self.codes]
        return found


def make_column(name: str, position: int, cells: pa.ChunkedArray) -> Column:
    """Look at every cell of a column once."""
    raw = _combined(cells).dictionary_encode()
    codes, texts = raw.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False), raw.dictionary
    trimmed = pc.utf8_trim_whitespace(texts)
    changed = pc.not_equal(trimmed, texts).to_numpy(zero_copy_only=False)
    is_padded = changed & pc.not_equal(trimmed, "").to_numpy(zero_copy_only=False)
    padded, padded_rows = 0, ()
    if is_padded.any():
        hit = is_padded[codes]
        padded, padded_rows = int(hit.sum()), tuple((np.flatnonzero(hit)[:10] + 1).tolist())
    if changed.any():
        again = trimmed.dictionary_encode()
        codes = again.indices.to_numpy(zero_copy_only=False).astype(np.int32)[codes]
        texts = again.dictionary
    times = np.bincount(codes, minlength=len(texts)).astype(np.int64)
    is_blank = pc.equal(texts, "").to_numpy(zero_copy_only=False)
    named = words_of(name)
    numbers = numbers_of(texts, times)
    is_token, is_apart = _tokens(texts, times, numbers)
    is_none = is_token & _among(texts, words().none_tokens) if is_token.any() else is_token
    others = numbers.values[~(is_blank | is_token)]
    if is_none.any() and len(others) and np.isnan(others).mean() > 0.5:
        is_token = is_token & ~is_none
    else:
        is_none = np.zeros(len(texts), bool)
    valid = ~(is_blank | is_token)
    filled, distinct = int(times[valid].sum()), int(valid.sum())
    as_numbers = int(times[valid & ~np.isnan(numbers.values)].sum())
    dates = None
    if filled and (as_numbers < 0.5 * filled or named & words().date):
        dates = dates_of(texts, valid, times)
    kind: Kind
    if not filled:
        kind = "empty"
    elif dates is not None:
        kind = "date"
    elif as_numbers >= 0.9 * filled:
        whole = numbers.values[valid & np.isfinite(numbers.values)]
        if distinct == 2 and set(whole.tolist()) == {0.0, 1.0}:
            kind = "yes_no"
        else:
            kind = "whole_number" if (whole % 1 == 0).all() else "number"
    elif distinct <= 6 and _says_yes_no(texts, valid):
        kind = "yes_no"
    else:
        kind = "category" if distinct <= max(20, min(MOST_CATEGORIES, 0.2 * filled)) else "text"
    return Column(
        name=name,
        position=position,
        codes=codes,
        texts=texts,
        times=times,
        padded=padded,
        padded_rows=padded_rows,
        is_blank=is_blank,
        is_token=is_token,
        is_apart=is_apart,
        is_none=is_none,
        numbers=numbers,
        dates=dates,
        kind=kind,
        coded=np.zeros(len(times), bool),
        words=named,
    )


def _combined(cells: pa.ChunkedArray) -> Any:
    """The cells in one piece: dictionaries of many pieces would have to be joined one by one."""
    if cells.nbytes > MOST_BYTES:
        cells = cells.cast(pa.large_string())
    return cells.combine_chunks() if cells.num_chunks != 1 else cells.chunk(0)


def _tokens(texts: pa.StringArray, times: NDArray[np.int64], numbers: Numbers) -> tuple[Mask, Mask]:
    """Which texts say "missing", and which say "does not apply" or "would not say"."""
    is_token, is_apart = np.zeros(len(texts), bool), np.zeros(len(texts), bool)
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    no_number = np.isnan(numbers.values)
    short = np.flatnonzero(no_number & (lengths > 0) & (lengths <= LONGEST_TOKEN))
    if not len(short):
        return is_token, is_apart
    known = words()
    small = texts.take(pa.array(short))
    is_token[short] = _among(small, known.missing_tokens)
    is_apart[short] = _among(small, known.apart_tokens)
    for place in np.flatnonzero(is_token):
        text = str(texts[int(place)].as_py())
        is_code = text.casefold() in known.codes_that_are_tokens and _among_codes(texts, lengths, no_number, text)
        is_code = is_code and times[place] <= 5 * np.median(times[(lengths > 0) & ~is_token])
        is_mark = len(text) == 1 and (lengths == 1).sum() > 3 and times[place] < times.sum() / 2
        if is_code or is_mark:
            is_token[place] = False
    return is_token, is_apart


def _among_codes(texts: pa.StringArray, lengths: NDArray[np.int32], no_number: Mask, token: str) -> bool:
    """Whether a token stands among many codes of its length in capitals, as NA for Namibia does."""
    alike = np.flatnonzero(no_number & (lengths == len(token)))
    if len(alike) < 8 or len(alike) < 0.5 * (lengths > 0).sum():
        return False
    return token.isupper() and bool(pc.mean(pc.utf8_is_upper(texts.take(pa.array(alike)))).as_py() > 0.9)


def _among(texts: pa.StringArray, some: frozenset[str]) -> Mask:
    found: Mask = pc.is_in(pc.utf8_lower(texts), pa.array(sorted(some))).to_numpy(zero_copy_only=False)
    return found


def _says_yes_no(texts: pa.StringArray, valid: Mask) -> bool:
    return {str(t).casefold() for t in texts.filter(pa.array(valid)).to_pylist()} <= words().yes_no
