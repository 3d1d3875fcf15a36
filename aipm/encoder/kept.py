"""Sentence vectors kept in a file: encoding some thousand texts takes ten seconds, reading them a tenth of one.

A text that is not among them (edited since) is encoded when it is first needed, so a file may lag behind but never
misleads.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aipm import encoder

Vectors = NDArray[np.float32]


def vectors(texts: Sequence[str], path: Path) -> Vectors:
    """One vector of length 1 a text, (texts, 384): the kept one where there is one."""
    kept = _read(path)
    found = [kept.get(_key(text)) for text in texts]
    missing = [place for place, vector in enumerate(found) if vector is None]
    for place, vector in zip(missing, encoder.encode([texts[place] for place in missing]), strict=True):
        found[place] = vector
    return np.stack(found) if found else np.empty((0, encoder.DIMENSIONS), np.float32)  # type: ignore[arg-type] # all are filled now


def missing(texts: Sequence[str], path: Path) -> list[str]:
    """The texts that would have to be encoded."""
    kept = _read(path)
    return [text for text in texts if _key(text) not in kept]


def save(texts: Sequence[str], path: Path) -> None:
    """Encode texts and keep the result, in half precision (1e-3 of a vector of length 1), ordered by key."""
    unique = {_key(text): text for text in sorted(set(texts))}
    keys = sorted(unique)
    encoded = encoder.encode([unique[key] for key in keys]).astype(np.float16)
    with path.open("wb") as file:
        np.savez(file, keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 16), vectors=encoded)


@cache
def _read(path: Path) -> dict[bytes, Vectors]:
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as file:
        kept = file["vectors"].astype(np.float32)
        kept /= np.linalg.norm(kept, axis=1, keepdims=True)
        return dict(zip((key.tobytes() for key in file["keys"]), kept, strict=True))


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
