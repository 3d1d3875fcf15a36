"""The parts of the forward pass, each held to its definition."""

import math

import numpy as np
import pytest

from aipm.encoder.minilm import DIMENSIONS, HEADS, Norm, attend, gelu, multiply, softmax


def random(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32)


def test_gelu_is_x_times_the_normal_distribution_function():
    x = np.linspace(-12, 12, 20_001, dtype=np.float32)
    exact = np.array([number * math.erfc(-number / math.sqrt(2)) / 2 for number in x.tolist()])
    assert np.abs(gelu(x) - exact).max() < 4e-7
    assert gelu(np.float32([-1e4, 0, 1e4])).tolist() == [0, 0, 1e4]


@pytest.mark.parametrize("rows", [1, 10, 11, 42, 43, 200])
@pytest.mark.parametrize("shape", [(8, 384, 32), (2, 1536, 32), (3, 5, 7)])
def test_multiply_is_the_matrix_product(rows, shape):
    a, b = random(rows, shape[1]), random(*shape, seed=1)
    out = np.empty((shape[0], rows, shape[2]), np.float32)
    multiply(a, b, out=out)
    np.testing.assert_allclose(out, a @ b, atol=1e-3)


def test_softmax_of_large_numbers():
    x = np.float32([[1e30, 1e30, 0], [-1e30, 0, np.log(3)]])
    softmax(x)
    np.testing.assert_allclose(x, [[0.5, 0.5, 0], [0, 0.25, 0.75]], atol=1e-7)


def test_norm_gives_mean_0_and_variance_1():
    stretched = Norm(np.full(4, 2, np.float32), np.full(4, 10, np.float32))(np.float32([[1, 1, 3, 3], [5, 5, 5, 5]]))
    np.testing.assert_allclose(stretched, [[8, 8, 12, 12], [10, 10, 10, 10]], atol=1e-5)


@pytest.mark.parametrize(("texts", "length"), [(1, 2), (3, 9), (1, 256)])
def test_attention_by_its_formula(texts, length):
    x = random(texts * length, 3 * DIMENSIONS)
    seen, looks = attend(x, texts=texts)
    assert looks.shape == (texts, HEADS, length, length)
    text, head = texts - 1, 5
    mine = slice(32 * head, 32 * (head + 1))
    query, key, value = (part[:, mine] for part in np.split(x[text * length :].astype(float), 3, axis=1))
    scores = np.exp(query @ key.T / math.sqrt(32))
    shares = scores / scores.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(looks[text, head], shares, atol=1e-5)
    np.testing.assert_allclose(seen[text * length :, mine], shares @ value, atol=1e-4)
