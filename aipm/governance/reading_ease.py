"""How easily a text can be read: Flesch's reading ease, and the sentences that are long.

Rudolf Flesch (1948), "A new readability yardstick", Journal of Applied Psychology 32(3), 221-233:
206.835 - 1.015 x (words per sentence) - 84.6 x (syllables per word). It was made for English. Syllables are counted
from spelling, so that a score is right to a few points only.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

LONG = 25
"""Words from which a sentence is called long."""
LEAST = 30
"""Words of a text below which a score would say little."""
Band = Literal["easy", "plain", "fair", "hard"]
BANDS: tuple[tuple[float, Band], ...] = ((70, "easy"), (60, "plain"), (50, "fair"))
"""From which score on; below the last it is hard."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`score` is None where the text is too short to tell."""

    words: int
    sentences: int
    score: float | None
    long: tuple[tuple[str, int], ...]
    """Sentences longer than LONG words, with their number of words, the longest first."""

    @property
    def band(self) -> Band | None:
        if self.score is None:
            return None
        return next((band for least, band in BANDS if self.score >= least), "hard")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; a new line begins a new one."""
    return tuple(each.strip() for each in _END.split(text) if _WORD.search(each))


def syllables(word: str) -> int:
    """Groups of vowels, without an e at the end that is not heard; at least one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    heard = re.sub(r"(?<=[^aeiouylr])(?:es|ed|e)$|(?<=[aeiouy][lr])(?:es|ed|e)$", "", letters)
    if letters.endswith(("ted", "ded", "ces", "ses", "zes", "ges", "ches", "shes")):
        heard = letters
    return max(1, len(re.findall(r"[aeiouy]+", heard)))


def flesch(*, words: int, sentences: int, syllables: int) -> float:
    """Flesch's reading ease: about 100 for very easy, 60 to 70 for plain English, below 30 for very hard."""
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def measure(text: str) -> Reading:
    found = sentences(text)
    words = [_WORD.findall(each) for each in found]
    count = sum(map(len, words))
    score = None
    if count >= LEAST:
        heard = sum(syllables(word) for each in words for word in each)
        score = flesch(words=count, sentences=len(found), syllables=heard)
    long = sorted(((each, len(said)) for each, said in zip(found, words, strict=True) if len(said) > LONG), key=_length)
    return Reading(words=count, sentences=len(found), score=score, long=tuple(long))


def vague(text: str, listed: Sequence[str]) -> tuple[str, ...]:
    """Which of the listed words stand in the text, as words of their own, each once."""
    return tuple(
        each for each in listed if re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", text, flags=re.IGNORECASE)
    )


def _length(said: tuple[str, int]) -> int:
    return -said[1]
