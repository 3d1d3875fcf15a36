"""Positions as in the paper: the formula, what depends on distance alone, and what attention sees without them."""

from math import cos, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.labs.positions import by_distance, encoding, mixed, moved, shuffled, similarity, wavelengths, word_vector

WORDS = st.lists(st.sampled_from(("refund", "parcel", "late", "not", "the")), min_size=2, max_size=8)


def test_the_formula_of_the_paper_by_hand():
    """PE(p, 2i) = sin(p / 10000^(2i/d)), PE(p, 2i+1) = cos of the same; d = 4 gives speeds 1 and 1/100."""
    rows = encoding(3, dimensions=4)
    assert rows[0] == (0.0, 1.0, 0.0, 1.0)
    assert rows[1] == pytest.approx((sin(1), cos(1), sin(0.01), cos(0.01)))
    assert rows[2] == pytest.approx((0.9093, -0.4161, 0.0200, 0.9998), abs=1e-4)


def test_waves_come_round_after_their_length():
    """From 2π to nearly 10000 · 2π, as the paper says."""
    found = wavelengths(dimensions=512)
    assert found[0] == pytest.approx(2 * pi)
    assert 0.96 * 10_000 * 2 * pi < found[-1] < 10_000 * 2 * pi
    wave = [row[2] for row in encoding(64, dimensions=4, base=100.0)]  # 2π · 10, about 63 places
    assert wavelengths(dimensions=4, base=100.0)[1] == pytest.approx(20 * pi)
    assert wave[63] == pytest.approx(wave[0], abs=0.02)


@given(place=st.integers(0, 60), distance=st.integers(0, 30), half=st.sampled_from((2, 8, 32)))
def test_likeness_depends_on_the_distance_alone(place, distance, half):
    rows = encoding(place + distance + 1, dimensions=2 * half)
    expected = by_distance(distance + 1, dimensions=2 * half)[distance]
    assert similarity(rows[place], rows[place + distance]) == pytest.approx(expected, abs=1e-9)


def test_no_two_places_are_the_same():
    rows = encoding(96, dimensions=8)
    assert len({tuple(round(value, 6) for value in row) for row in rows}) == 96


@given(words=WORDS, seed=st.integers(1, 999))
def test_without_positions_attention_sees_a_bag_of_words(words, seed):
    for each in moved(words, shuffled(words, seed=seed)):
        assert each.without_positions == pytest.approx(0, abs=1e-9)
        assert each.with_positions >= 0


def test_with_positions_the_order_shows():
    words = ["The", "refund", "was", "late", "not", "the", "parcel"]
    found = moved(words, shuffled(words, seed=3))
    assert max(each.with_positions for each in found) > 0.5
    assert [each.word for each in found] == words


@given(words=WORDS, seed=st.integers(0, 999))
def test_shuffling_keeps_the_words_and_changes_their_order_where_it_can(words, seed):
    order = shuffled(words, seed=seed)
    assert sorted(order) == list(range(len(words)))
    changed = [words[place] for place in order] != words
    assert changed == (seed > 0 and len(set(words)) > 1)
    assert order == shuffled(words, seed=seed)


def test_a_word_has_one_vector_of_length_one():
    assert word_vector("parcel") == word_vector("parcel") != word_vector("refund")
    assert sum(x * x for x in word_vector("parcel")) == pytest.approx(1)
    assert len(word_vector("\ud800")) == 16


def test_mixing_equal_vectors_changes_nothing():
    assert mixed([(1.0, 2.0), (1.0, 2.0)])[0] == pytest.approx((1.0, 2.0))


@pytest.mark.parametrize("dimensions", [0, 1, 3])
def test_an_odd_number_of_dimensions_is_refused(dimensions):
    with pytest.raises(ValueError, match="even"):
        encoding(2, dimensions=dimensions)


def test_nothing_is_like_nothing():
    assert similarity((0.0, 0.0), (1.0, 0.0)) == 0.0
