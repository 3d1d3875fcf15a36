"""How near texts are to a question, by meaning and by word.

Meaning is the cosine of sentence vectors; it finds other words for the same thing. Words find names: a sentence vector
hardly knows a company.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aipm import encoder
from aipm.encoder.kept import Vectors

WORD_WEIGHT = 0.5
"""What a text with every word of the question gains over one with none, in units of the cosine."""

Words = Callable[[str], frozenset[str]]
"""The words of a text that say something."""


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """`meanings` (texts, 384); `places` the texts a word is in; `rarity` log((1 + n) / (1 + texts with it)) + 1."""

    words: Words
    meanings: Vectors
    places: dict[str, NDArray[np.intp]]
    rarity: dict[str, float]
    unheard: float
    """Rarity of a word that is in no text."""

    @classmethod
    def of(cls, texts: Sequence[str], meanings: Vectors, words: Words) -> "Nearness":
        """An index of texts and their vectors, one row each."""
        where: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            for word in words(text):
                where.setdefault(word, []).append(place)
        counts = Counter({word: len(places) for word, places in where.items()})
        rarity = {word: float(np.log((1 + len(texts)) / (1 + count)) + 1) for word, count in counts.items()}
        places = {word: np.array(found) for word, found in where.items()}
        return cls(words, meanings, places, rarity, float(np.log(1 + len(texts)) + 1))

    def scores(self, question: str) -> NDArray[np.float64]:
        """Of each text: its cosine plus WORD_WEIGHT times the share of words in common."""
        near: NDArray[np.float64] = self.meanings @ encoder.encode([question])[0] + WORD_WEIGHT * self.overlap(question)
        return near

    def overlap(self, question: str) -> NDArray[np.float64]:
        """Of the words of a question, the share that each text has, rare words more."""
        shares = np.zeros(len(self.meanings))
        asked = self.words(question)
        for word in asked & self.places.keys():
            shares[self.places[word]] += self.rarity[word]
        return shares / (sum(self.rarity.get(word, self.unheard) for word in asked) or 1)
