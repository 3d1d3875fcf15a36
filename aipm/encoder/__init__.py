"""Text -> vector, and the attention on the way: all-MiniLM-L6-v2, offline, in plain numpy.

Texts of like meaning get vectors of large cosine; as all have length 1, that is their dot product. The model knows
English and reads the first 256 tokens (about 180 words) of a text. It is loaded at first use, or by `load` before.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from threading import Lock

import numpy as np

from aipm.encoder.minilm import DIMENSIONS, Floats, Ids, MiniLM
from aipm.encoder.weights import ModelFileError, read
from aipm.encoder.wordpiece import Tokens, WordPiece

__all__ = ["DIMENSIONS", "Attention", "ModelFileError", "Tokens", "attention", "encode", "in_context", "load", "tokens"]

_TOKENS_AT_ONCE = 512
"""A pass over more is no faster; after this many (0.15 s) whoever else waits has a turn."""
_PASSES = ThreadPoolExecutor(2, thread_name_prefix="aipm-encoder")
"""Passes run two at a time, first come first served. More hinder one another: sixteen at once get half as much done,
because every step of a pass waits for Python's lock."""


@dataclass(frozen=True, slots=True, eq=False)
class Attention:
    """How much each token looked at each other one: `weights[layer, head, looking, looked at]`; rows sum to 1."""

    tokens: Tokens
    weights: Floats


def load() -> None:
    """Read the model now rather than at first use: a tenth of a second, once a process. Raises ModelFileError."""
    _loaded()


def tokens(text: str) -> Tokens:
    """The pieces of a text, as the model reads them."""
    return _loaded()[0].tokens(text)


def encode(texts: Sequence[str]) -> Floats:
    """One vector of length 1 a text: (texts, 384). An empty text has one too, near nothing in particular.

    A text's vector is the same whatever it is encoded with, but for rounding (1e-6). Raises ModelFileError.
    """
    vectors = _each(MiniLM.encode, texts)
    return np.stack(vectors) if vectors else np.empty((0, DIMENSIONS), np.float32)


def in_context(texts: Sequence[str]) -> list[Floats]:
    """Each text's tokens as the model understands them where they stand: (tokens, 384) a text, [CLS] and [SEP] too.

    A text's vector is the direction of their mean, so each token has its part in it. Raises ModelFileError.
    """
    return _each(MiniLM.read, texts)


def attention(text: str) -> Attention:
    """What the model looked at while it read a text: 6 layers of 12 heads. Raises ModelFileError."""
    return Attention(tokens(text), _each(MiniLM.attention, [text])[0])


def _each(run: Callable[[MiniLM, Ids], Floats], texts: Sequence[str]) -> list[Floats]:
    """The result of each text."""
    if isinstance(texts, str):
        raise TypeError("a list of texts is wanted; put a single one into a list")
    wordpiece, model = _loaded()
    ids = [wordpiece.tokens(text).ids for text in texts]
    results: dict[int, Floats] = {}
    for rows in _batches([len(each) for each in ids]):
        found = _PASSES.submit(run, model, np.array([ids[row] for row in rows])).result()
        results |= zip(rows, found, strict=True)
    return [results[row] for row in range(len(ids))]


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Which texts run together: those of the same length, so that nothing is padded and no mask is needed."""
    for length, same in groupby(sorted(range(len(lengths)), key=lengths.__getitem__), key=lengths.__getitem__):
        rows, most = list(same), max(1, _TOKENS_AT_ONCE // length)
        for start in range(0, len(rows), most):
            yield rows[start : start + most]


_lock = Lock()


def _loaded() -> tuple[WordPiece, MiniLM]:
    with _lock:  # two first users at once wait for one load
        return _load()


@cache
def _load() -> tuple[WordPiece, MiniLM]:
    tensors = read()
    return WordPiece(tensors["vocabulary"].tobytes().decode().splitlines()), MiniLM.of(tensors)
