"""Search over every page: the passages of the content nearest to what somebody types, by meaning and by word.

Knows no Streamlit. Nothing that is typed is kept or logged.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from aipm import encoder
from aipm.content import everything
from aipm.content.everything import Passage
from aipm.content.glossary import glossary
from aipm.encoder.kept import save, vectors
from aipm.encoder.nearness import Nearness
from aipm.mapping.features import words
from aipm.mapping.texts import mapping_texts

PATH = Path(__file__).parent / "search.npz"
"""Vectors of all passages; `python -m aipm.ui.search_index` makes the file anew after content was edited."""

MOST_CHARACTERS = 200
"""Of a longer text only the beginning is read: a question, not a document."""
CLOSE = 0.5
"""Where not one passage scores as much, nothing here is about the text."""
LEAST = 0.42
"""Otherwise a passage is worth showing from here on. Both were set by looking at what a hundred
texts find: the nearest passage scored 0.6 and more for each of 65 on our subjects."""
EACH, PAGE_MOST = 2, 5
"""Most passages under one heading of a page, and of one page: the rest would say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage that is near: `score` is its cosine plus WORD_WEIGHT times the share of words in common."""

    passage: Passage
    score: float


def search(text: str, *, limit: int = 12) -> tuple[Found, ...]:
    """The nearest passages, best first; none where nothing is near. Raises ModelFileError."""
    line = " ".join(text.split())[:MOST_CHARACTERS]
    if not line:
        return ()
    scores = _index().scores(line)
    if scores.max() < CLOSE:
        return ()
    found: list[Found] = []
    taken: Counter[str | tuple[str, str]] = Counter()
    passages = everything.passages()
    for place in np.argsort(-scores, kind="stable"):
        passage, score = passages[place], float(scores[place])
        if score < LEAST or len(found) == limit:
            break
        under = (passage.page, passage.section)
        if taken[passage.page] < PAGE_MOST and (not passage.section or taken[under] < EACH):
            taken.update((passage.page, under))
            found.append(Found(passage=passage, score=score))
    return tuple(found)


def word(text: str) -> str | None:
    """The word of the glossary that somebody typed, if it is one."""
    wanted = " ".join(text.casefold().split())
    return next(
        (key for key, term in glossary().terms.items() if wanted in {name.casefold() for name in term.names}), None
    )


def load() -> None:
    """Make ready now what the first search would wait for: the encoder, the passages, their vectors."""
    encoder.load()
    _index()


def texts() -> list[str]:
    """Every text whose vector a search needs."""
    return [passage.whole for passage in everything.passages()]


@cache
def _index() -> Nearness:
    said = texts()
    return Nearness.of(said, vectors(said, PATH), _words)


def _words(text: str) -> frozenset[str]:
    """Words that say something, in small letters, without the s of a plural."""
    found = (word.lower() for word in words(text))
    kept = (word for word in found if word not in mapping_texts().function_words)
    return frozenset(word.removesuffix("s") if len(word) > _SHORT else word for word in kept)


_SHORT = 3

if __name__ == "__main__":
    save(texts(), PATH)
