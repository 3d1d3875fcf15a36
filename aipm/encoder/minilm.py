"""The forward pass of all-MiniLM-L6-v2: six times attention and a dense network, each added to what came in.

A token is a vector of 384 numbers; 12 heads look at 32 of them each. All b texts of a pass have the same n tokens, so
there is no padding and no mask. Sources: Vaswani et al. 2017 (attention), Devlin et al. 2019 (BERT), Wang et al. 2020
(MiniLM), Reimers & Gurevych 2019 (mean pooling).
"""

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from aipm.encoder.weights import Tensors

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

DIMENSIONS = 384
LAYERS = 6
HEADS = 12
HEAD_DIMENSIONS = DIMENSIONS // HEADS
TILE = 32
"""Columns of a dense layer's weights that stand together in memory: few enough to stay in a core's cache."""
MOST_MULTIPLICATIONS = 1 << 19
"""OpenBLAS spreads a larger product over all cores and waits for the slowest. On a busy machine that is half a second
for a sentence in place of 10 ms, and where many ask at once nothing is won by it."""


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """x W + b, with W (in, out) in tiles of 32 columns: (out / 32, in, 32)."""

    tiles: Floats
    bias: Floats

    @classmethod
    def of(cls, tensors: Tensors, name: str) -> Self:
        """From W as stored, which is to be multiplied by a scale for each column."""
        weight, scale = tensors[f"{name}.weight"], tensors[f"{name}.scale"]
        tiles = (weight * scale).reshape(len(weight), -1, TILE).swapaxes(0, 1)
        return cls(np.ascontiguousarray(tiles), tensors[f"{name}.bias"].copy())

    def __call__(self, x: Floats) -> Floats:
        out = np.empty((len(x), len(self.tiles), TILE), np.float32)
        multiply(x, self.tiles, out=out.swapaxes(0, 1))
        wide = out.reshape(len(x), -1)
        wide += self.bias
        return wide


@dataclass(frozen=True, slots=True, eq=False)
class Norm:
    """Layer normalisation (Ba et al. 2016): every token to mean 0 and variance 1, then stretched and shifted."""

    weight: Floats
    bias: Floats

    @classmethod
    def of(cls, tensors: Tensors, name: str) -> Self:
        return cls(tensors[f"{name}.weight"].copy(), tensors[f"{name}.bias"].copy())

    def __call__(self, x: Floats) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        x *= self.weight
        x += self.bias
        return x


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    query_key_value: Dense
    attended: Dense
    attended_norm: Norm
    widen: Dense
    narrow: Dense
    narrow_norm: Norm

    @classmethod
    def of(cls, tensors: Tensors, name: str) -> Self:
        return cls(
            query_key_value=Dense.of(tensors, f"{name}.query_key_value"),
            attended=Dense.of(tensors, f"{name}.attended"),
            attended_norm=Norm.of(tensors, f"{name}.attended_norm"),
            widen=Dense.of(tensors, f"{name}.widen"),
            narrow=Dense.of(tensors, f"{name}.narrow"),
            narrow_norm=Norm.of(tensors, f"{name}.narrow_norm"),
        )

    def __call__(self, x: Floats, *, texts: int) -> tuple[Floats, Floats]:
        """(b·n, 384) -> the same shape, and what each token looked at: (b, 12, n, n)."""
        seen, looks = attend(self.query_key_value(x), texts=texts)
        x = self.attended_norm(x + self.attended(seen))
        return self.narrow_norm(x + self.narrow(gelu(self.widen(x)))), looks


@dataclass(frozen=True, slots=True, eq=False)
class MiniLM:
    """The model. Word vectors stay as they are stored, and are scaled when looked up."""

    words: NDArray[Any]
    word_scales: Floats
    positions: Floats
    norm: Norm
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, tensors: Tensors) -> Self:
        return cls(
            tensors["words.weight"].copy(),
            tensors["words.scale"].copy(),
            tensors["positions"].copy(),
            Norm.of(tensors, "norm"),
            tuple(Layer.of(tensors, f"layers.{layer}") for layer in range(LAYERS)),
        )

    def encode(self, ids: Ids) -> Floats:
        """Token ids (b, n) -> a vector of length 1 each (b, 384): the direction of the mean of its tokens."""
        mean: Floats = self.read(ids).mean(axis=1)
        mean /= np.linalg.norm(mean, axis=-1, keepdims=True)
        return mean

    def attention(self, ids: Ids) -> Floats:
        """Token ids (b, n) -> how much each looked at each: (b, 6, 12, n, n)."""
        looks: list[Floats] = []
        self.read(ids, looks=looks)
        return np.stack(looks, axis=1)

    def read(self, ids: Ids, *, looks: list[Floats] | None = None) -> Floats:
        """Token ids (b, n) -> the tokens in their context (b, n, 384). Each layer's looks are added to `looks`."""
        texts, length = ids.shape
        x = self.norm(self.words[ids] * self.word_scales[ids] + self.positions[:length]).reshape(-1, DIMENSIONS)
        for layer in self.layers:
            x, look = layer(x, texts=texts)
            if looks is not None:
                looks.append(look)
        return x.reshape(texts, length, DIMENSIONS)


def attend(query_key_value: Floats, *, texts: int) -> tuple[Floats, Floats]:
    """softmax(Q Kᵀ / √32) V of each head: (b·n, 3·384) -> (b·n, 384), and the softmax (b, 12, n, n)."""
    split = query_key_value.reshape(texts, -1, 3, HEADS, HEAD_DIMENSIONS)
    query, key, value = split.transpose(2, 0, 3, 1, 4)
    length = split.shape[1]
    looks = np.empty((texts, HEADS, length, length), np.float32)
    multiply(query / np.float32(sqrt(HEAD_DIMENSIONS)), key.swapaxes(-1, -2), out=looks)
    softmax(looks)
    seen = np.empty((texts, length, HEADS, HEAD_DIMENSIONS), np.float32)
    multiply(looks, value, out=seen.swapaxes(1, 2))
    return seen.reshape(-1, DIMENSIONS), looks


def multiply(a: Floats, b: Floats, *, out: Floats) -> None:
    """The product a @ b, by so many rows of a at a time that BLAS does each on one core."""
    rows = max(1, (MOST_MULTIPLICATIONS - 1) // (b.shape[-2] * b.shape[-1]))
    parts = ceil(a.shape[-2] / rows)
    for some, result in zip(np.array_split(a, parts, axis=-2), np.array_split(out, parts, axis=-2), strict=True):
        np.matmul(some, b, out=result)


def softmax(x: Floats) -> None:
    """Each row to shares that sum to 1, in place."""
    x -= x.max(axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=-1, keepdims=True)


def gelu(x: Floats) -> Floats:
    """The activation x Φ(x), Φ the normal distribution function, to 4e-7 (Hendrycks & Gimpel 2016).

    As max(x, 0) − |x|/2 · erfc(|x|/√2), with erfc from Abramowitz & Stegun 1964, 7.1.26 (to 1.5e-7). In place where it
    can be: these arrays are the largest of a pass.
    """
    size = np.abs(x)
    t = size * np.float32(0.3275911 / sqrt(2))
    t += 1
    np.divide(1, t, out=t)
    tail = t * np.float32(1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += coefficient
        tail *= t
    np.square(x, out=t)
    t *= -0.5
    tail *= np.exp(t, out=t)
    size *= 0.5
    tail *= size
    np.maximum(x, 0, out=size)
    size -= tail
    return size
