"""Sentence vectors of the examples, entries and cases, kept beside the code.

`python -m aipm.mapping.keep` makes the file anew.
"""

from collections.abc import Sequence
from pathlib import Path

from aipm.encoder import kept
from aipm.encoder.kept import Vectors

__all__ = ["PATH", "Vectors", "save", "vectors"]

PATH = Path(__file__).parent / "vectors.npz"


def vectors(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 a text, (texts, 384): the kept one where there is one."""
    return kept.vectors(texts, PATH)


def save(texts: Sequence[str], path: Path = PATH) -> None:
    """Encode texts and keep the result."""
    kept.save(texts, path)
