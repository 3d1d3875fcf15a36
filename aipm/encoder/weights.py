"""The file of the model: read whole, held to its checksum, cut into arrays. The layout is safetensors, without pickle.

https://github.com/huggingface/safetensors: eight bytes of header length, a JSON header that says where each tensor
stands, then the tensors.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PATH = Path(__file__).parent / "model" / "minilm.safetensors"
SHA256 = "2c87a59b8b34482dfd9a7d98ea93966f1ddcc2c6f8602d5bd7707802191f2daf"
Tensors = Mapping[str, NDArray[Any]]
DTYPES = {"F32": "<f4", "I8": "<i1", "U8": "<u1", "I64": "<i8"}
"""safetensors' names of the types in use, and numpy's."""


class ModelFileError(ValueError):
    """The model's file is not there, or is not the one this version was made for."""


def read(path: Path = PATH, *, sha256: str = SHA256) -> Tensors:
    """All tensors of a safetensors file, without copying them apart. Raises ModelFileError."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise ModelFileError(f"{path.name} cannot be read ({problem.strerror}); install AIPM again") from problem
    return tensors(checked(data, name=path.name, sha256=sha256))


def checked(data: bytes, *, name: str, sha256: str) -> bytes:
    """The same bytes, if they are the ones expected. Raises ModelFileError."""
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise ModelFileError(
            f"{name} is not the file expected: its SHA-256 is {found[:12]}…, not {sha256[:12]}…; install AIPM again"
        )
    return data


def tensors(data: bytes) -> Tensors:
    """The tensors of a safetensors file, by name: views of `data`."""
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    found = {}
    for name, tensor in header.items():
        dtype, (begin, end) = np.dtype(DTYPES[tensor["dtype"]]), tensor["data_offsets"]
        flat = np.frombuffer(data, dtype, (end - begin) // dtype.itemsize, start + begin)
        found[name] = flat.reshape(tensor["shape"])
    return found
