"""Kept vectors: the same as encoding anew, and there for every text of the content."""

from pathlib import Path

import numpy as np
import pytest

from aipm import encoder
from aipm.encoder import kept
from aipm.mapping import vectors as module
from aipm.mapping.heads import lessons
from aipm.mapping.vectors import save, vectors


def test_every_lesson_has_a_kept_vector() -> None:
    """Run `python -m aipm.mapping.keep` after editing examples or cases: the app starts quickly again."""
    assert kept.missing([lesson.text for lesson in lessons()], module.PATH) == []


def test_kept_vectors_are_those_of_the_encoder() -> None:
    texts = [lesson.text for lesson in lessons()[::97]]

    np.testing.assert_allclose(vectors(texts), encoder.encode(texts), atol=2e-3)


def test_a_text_that_is_not_kept_is_encoded() -> None:
    text = "A statement that no content file holds, on zeppelins"

    np.testing.assert_allclose(vectors([text]), encoder.encode([text]), atol=1e-6)


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    save(["b", "a"], tmp_path / "one.npz")
    save(["a", "b", "a"], tmp_path / "two.npz")

    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_without_the_file_everything_is_encoded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "PATH", tmp_path / "none.npz")

    assert vectors(["a", "b"]).shape == (2, encoder.DIMENSIONS)
    assert vectors([]).shape == (0, encoder.DIMENSIONS)
