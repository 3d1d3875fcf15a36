"""Sentence vectors of the content, kept beside the code: encoding two thousand statements takes ten seconds.

A text that is not among them (an edited example) is encoded when it is first needed, so the file may lag behind but
never misleads. `python -m aipm.mapping.keep` makes it anew.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aipm import encoder

PATH = Path(__file__).parent / "vectors.npz"
Vectors = NDArray[np.float32]


def vectors(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 a text, (texts, 384): the kept one where there is one."""
    kept = _kept()
    found = [kept.get(_key(text)) for text in texts]
    missing = [place for place, vector in enumerate(found) if vector is None]
    for place, vector in zip(missing, encoder.encode([texts[place] for place in missing]), strict=True):
        found[place] = vector
    return np.stack(found) if found else np.empty((0, encoder.DIMENSIONS), np.float32)  # type: ignore[arg-type] # all are filled now


def save(texts: Sequence[str], path: Path = PATH) -> None:
    """Encode texts and keep the result, in half precision (1e-3 of a vector of length 1), ordered by key."""
    unique = {_key(text): text for text in sorted(set(texts))}
    keys = sorted(unique)
    encoded = encoder.encode([unique[key] for key in keys]).astype(np.float16)
    with path.open("wb") as file:
        np.savez(file, keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, 16), vectors=encoded)


@cache
def _kept() -> dict[bytes, Vectors]:
    if not PATH.exists():
        return {}
    with np.load(PATH, allow_pickle=False) as file:
        kept = file["vectors"].astype(np.float32)
        kept /= np.linalg.norm(kept, axis=1, keepdims=True)
        return dict(zip((key.tobytes() for key in file["keys"]), kept, strict=True))


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
