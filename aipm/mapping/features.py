"""A statement -> what the word head counts, each feature with the word it came from."""

import re
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""Letters and digits; an apostrophe or a hyphen within a word belongs to it."""
CHARACTERS = (3, 4, 5)
"""Lengths of the pieces of words."""


def words(text: str) -> list[str]:
    """The words of a text, as they stand."""
    return _WORD.findall(text)


def gaps_between(text: str) -> list[str]:
    """What stands before each word of a text, and after the last."""
    return _WORD.split(text)


def word_features(found: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Words and pairs of neighbours, with the places of the words that make them."""
    small = [word.lower() for word in found]
    for place, word in enumerate(small):
        yield word, (place,)
        if place:
            yield f"{small[place - 1]} {word}", (place - 1, place)


def character_features(found: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Pieces of three to five characters of each word, its ends marked by blanks, with the word's place."""
    for place, word in enumerate(found):
        edged = f" {word.lower()} "
        for length in CHARACTERS:
            for start in range(max(1, len(edged) - length + 1)):
                yield edged[start : start + length], (place,)
