"""Attention against numbers worked out by hand and against numpy; how heads are read."""

from math import e, exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.labs.attention import attend, habits, softmax, strongest
from aipm.ui.lm_attention_texts import attention_texts

NUMBERS = st.floats(-5, 5)
VECTORS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=5)


def test_softmax_by_hand():
    assert softmax((0.0, 0.0)) == (0.5, 0.5)
    assert softmax((1.0, 0.0)) == pytest.approx((e / (e + 1), 1 / (e + 1)))
    assert softmax((2.0, None, 2.0)) == (0.5, 0.0, 0.5)
    assert softmax((1000.0, 0.0)) == (1.0, 0.0)  # large scores do not overflow


@given(st.lists(NUMBERS, min_size=1, max_size=8), st.floats(-50, 50))
def test_softmax_sums_to_one_and_only_differences_count(scores, shift):
    assert sum(softmax(scores)) == pytest.approx(1)
    assert softmax([score + shift for score in scores]) == pytest.approx(softmax(scores))


def test_the_worked_example_on_the_page_by_hand():
    """4·2 = 8, halved 4; 4·1 = 4, halved 2: e⁴ + 1 + 1 + e² = 63.99."""
    said = attention_texts().example
    found = attend(said.queries, said.keys, said.values, causal=True, scaled=True)
    assert found.divisor == 2
    assert found.products[3] == (8, 0, 0, 4)
    assert found.scores[3] == (4, 0, 0, 2)
    total = exp(4) + 2 + exp(2)
    assert found.powers[3] == pytest.approx((exp(4), 1, 1, exp(2)))
    assert found.shares[3] == pytest.approx((exp(4) / total, 1 / total, 1 / total, exp(2) / total))
    assert found.output[3] == pytest.approx((exp(4) / total, 1 / total, 1 / total))
    assert found.shares[0] == (1, 0, 0, 0)


def test_the_worked_example_is_whole():
    said = attention_texts().example
    count = len(said.words)
    assert len(said.queries) == len(said.keys) == len(said.values) == count
    assert {len(row) for row in (*said.queries, *said.keys)} == {len(said.features)}
    assert {len(row) for row in said.values} == {len(said.gives)}


@given(VECTORS, st.booleans(), st.booleans())
def test_as_numpy_has_it(vectors, causal, scaled):
    found = attend(tuple(vectors), tuple(vectors), tuple(vectors), causal=causal, scaled=scaled)
    x = np.array(vectors)
    scores = x @ x.T / (np.sqrt(3) if scaled else 1)
    if causal:
        scores = np.where(np.triu(np.ones_like(scores), 1) > 0, -np.inf, scores)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    assert np.array(found.shares) == pytest.approx(shares, abs=1e-9)
    assert np.array(found.output) == pytest.approx(shares @ x, abs=1e-9)


@given(VECTORS)
def test_the_mask_hides_what_comes_later(vectors):
    found = attend(tuple(vectors), tuple(vectors), tuple(vectors), causal=True, scaled=True)
    for here, row in enumerate(found.shares):
        assert not any(row[here + 1 :])
        assert found.scores[here][here + 1 :] == (None,) * (len(vectors) - here - 1)


def test_dividing_flattens_the_shares():
    said = attention_texts().example
    flat, sharp = (attend(said.queries, said.keys, said.values, causal=True, scaled=each) for each in (True, False))
    assert max(sharp.shares[3]) > max(flat.shares[3])


SHARES = ((1.0, 0.0, 0.0, 0.0), (0.5, 0.1, 0.4, 0.0), (0.1, 0.7, 0.1, 0.1), (0.0, 0.0, 0.9, 0.1))


def test_the_strongest_links_by_hand():
    found = strongest(SHARES, most=2, skip=frozenset((0, 3)))
    assert [(each.looking, each.looked_at, each.share) for each in found] == [(2, 1, 0.7), (1, 2, 0.4)]
    assert strongest(((1.0,),), most=3) == ()


def test_habits_by_hand():
    """Two tokens between the marks: (0.5 + 0.1) / 2 to the first mark, 0.7 / 2 one back, 0.4 / 2 one on …"""
    found = habits(SHARES)
    assert found == pytest.approx(
        {"itself": 0.1, "before": 0.35, "after": 0.2, "start": 0.3, "end": 0.05, "elsewhere": 0.0}
    )


def test_the_habits_of_real_heads_add_up_and_show_the_known_ones():
    """Heads that look one token back or on are known from BERT (Clark et al. 2019, arXiv 1906.04341)."""
    from aipm import encoder

    said = attention_texts().real
    found = encoder.attention(said.start)
    for name, head in said.tries.items():
        does = habits(found.weights[head.layer - 1, head.head - 1].tolist())
        assert sum(does.values()) == pytest.approx(1, abs=1e-4)
        if name in {"before", "after"}:
            assert max(does, key=does.get) == name
    it = found.tokens.texts.index("it")
    for name in ("parcel", "locker"):
        head = said.tries[name]
        row = found.weights[head.layer - 1, head.head - 1, it, 1:-1]
        assert found.tokens.texts[1 + int(row.argmax())] == name
