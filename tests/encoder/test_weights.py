"""The file of the model, and what is said where it is not the right one."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from aipm.encoder import ModelFileError, build, weights
from aipm.encoder.minilm import DIMENSIONS, LAYERS
from aipm.encoder.wordpiece import MOST_TOKENS


def test_the_file_is_small_and_comes_with_its_licence():
    assert weights.PATH.stat().st_size <= 25_000_000
    folder = weights.PATH.parent
    assert "Apache License" in (folder / "LICENSE").read_text("utf-8")
    notice = (folder / "NOTICE.md").read_text("utf-8")
    assert "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2" in notice


def test_what_stands_in_the_file():
    found = weights.read()
    words = found["words.weight"]
    assert (words.shape, words.dtype) == ((30_522, DIMENSIONS), np.int8)
    assert found["positions"].shape == (MOST_TOKENS, DIMENSIONS)
    assert len(found["vocabulary"].tobytes().decode().splitlines()) == len(words)
    assert {name.split(".")[1] for name in found if name.startswith("layers.")} == {str(each) for each in range(LAYERS)}


def test_every_row_uses_the_whole_range_of_int8():
    found = weights.read()
    dense = [name for name in found if name.startswith("layers.") and found[name].dtype == np.int8]
    assert len(dense) == 4 * LAYERS
    for name in dense:
        assert (np.abs(found[name].astype(int)).max(axis=0) == 127).all()


def test_a_changed_byte_is_noticed(tmp_path):
    data = bytearray(weights.PATH.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "minilm.safetensors").write_bytes(data)
    with pytest.raises(ModelFileError, match="not the file expected"):
        weights.read(tmp_path / "minilm.safetensors")


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1\n"], ids=["empty", "pointer"])
def test_a_stand_in_is_noticed(tmp_path, content):
    (tmp_path / "minilm.safetensors").write_bytes(content)
    with pytest.raises(ModelFileError, match="install AIPM again"):
        weights.read(tmp_path / "minilm.safetensors")


def test_a_missing_file_is_named():
    with pytest.raises(ModelFileError, match=r"elsewhere\.bin cannot be read"):
        weights.read(Path("elsewhere.bin"))


def test_what_is_laid_out_is_read_again(tmp_path):
    arrays = {
        "b.weight": np.arange(-6, 6, dtype=np.int8).reshape(3, 4),
        "a": np.float32([[0.5, -1.25]]),
        "text": np.frombuffer("naïve".encode(), np.uint8),
    }
    data = build.layout(arrays)
    (tmp_path / "file").write_bytes(data)
    found = weights.read(tmp_path / "file", sha256=hashlib.sha256(data).hexdigest())
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array)


def test_rounding_is_within_half_a_step():
    rng = np.random.default_rng(3)
    floats = {
        "words.weight": rng.standard_normal((50, 8), dtype=np.float32),
        "layers.0.widen.weight": rng.standard_normal((8, 20), dtype=np.float32),
        "norm.weight": np.ones(8, np.float32),
    }
    found = build.rounded(floats)
    assert found["norm.weight"] is floats["norm.weight"]
    assert found["words.scale"].shape == (50, 1)
    assert found["layers.0.widen.scale"].shape == (1, 20)
    for name in ("words", "layers.0.widen"):
        weight, scale = found[f"{name}.weight"], found[f"{name}.scale"]
        assert weight.dtype == np.int8
        assert (np.abs(weight * scale - floats[f"{name}.weight"]) <= scale * 0.5001).all()
