"""Choosing the next word: each filter against an example worked out by hand, and draws against their distribution."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from aipm.labs.decoder import decoder, prompt, readable
from aipm.labs.sampling import (
    Settings,
    answers,
    chances,
    choice,
    draws,
    entropy,
    fit,
    min_p,
    next_logits,
    penalised,
    top_k,
    top_p,
)

CHANCES = np.array([0.5, 0.25, 0.125, 0.125])
RAW = np.log(CHANCES)
LOGITS = arrays(np.float64, st.integers(2, 30), elements=st.floats(-20, 20))
SETTINGS = st.builds(
    Settings,
    temperature=st.floats(0.1, 3),
    top_k=st.integers(0, 40),
    top_p=st.floats(0.01, 1),
    min_p=st.floats(0, 1),
    penalty=st.floats(1, 2),
)


def test_temperature_one_and_no_filter_leave_the_chances_as_they_are():
    found = choice(RAW, Settings())
    assert found.after == pytest.approx(CHANCES)
    assert found.kept == 4
    assert found.cut == {}


def test_temperature_by_hand():
    # at temperature 2 chances go as their square roots, at 1/2 as their squares
    roots, squares = np.sqrt(CHANCES), CHANCES**2
    assert choice(RAW, Settings(temperature=2)).after == pytest.approx(roots / roots.sum())
    assert choice(RAW, Settings(temperature=0.5)).after == pytest.approx(squares / squares.sum())


def test_temperature_zero_takes_the_likeliest():
    assert choice(RAW, Settings(temperature=0)).after.tolist() == [1, 0, 0, 0]


def test_top_k_by_hand():
    found = choice(RAW, Settings(top_k=2))
    assert found.after == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert found.cut == {2: "top_k", 3: "top_k"}
    assert top_k(CHANCES, 3).tolist() == [True, True, True, False]  # of equals the first


@pytest.mark.parametrize(("p", "left"), [(0.4, 1), (0.5, 1), (0.6, 2), (0.75, 2), (0.8, 3), (1.0, 4)])
def test_top_p_by_hand(p, left):
    assert top_p(CHANCES, p).sum() == left


def test_min_p_by_hand():
    assert min_p(CHANCES, 0.5).tolist() == [True, True, False, False]  # at least half of 0.5
    assert min_p(CHANCES, 0.51).tolist() == [True, False, False, False]
    assert choice(RAW, Settings(min_p=0)).kept == 4


def test_repetition_penalty_by_hand():
    raw = np.array([2.0, -2.0, 1.0])
    assert penalised(raw, np.array([True, True, False]), penalty=2).tolist() == [1.0, -4.0, 1.0]
    assert choice(raw, Settings(penalty=2, temperature=0), seen=[0]).after.argmax() == 0  # 1.0 and 1.0: the first
    assert choice(raw, Settings(penalty=2.5, temperature=0), seen=[0]).after.argmax() == 2


def test_filters_after_one_another_see_the_chances_worked_out_anew():
    # top-k leaves 2/3 and 1/3; 0.6 of that is reached by the first alone, though 0.6 of all was not
    found = choice(RAW, Settings(top_k=2, top_p=0.6))
    assert found.after == pytest.approx([1, 0, 0, 0])
    assert found.cut == {1: "top_p", 2: "top_k", 3: "top_k"}


@given(LOGITS, SETTINGS)
def test_chances_are_chances_and_something_is_always_left(raw, settings):
    found = choice(raw, settings)
    assert found.after.sum() == pytest.approx(1)
    assert (found.after >= 0).all()
    assert found.kept >= 1
    assert not set(found.cut) & set(np.flatnonzero(found.after).tolist())
    assert found.before[found.after > 0].max() == found.before.max()  # the likeliest is never cut


@given(LOGITS)
def test_higher_temperature_is_never_less_open(raw):
    openness = [entropy(choice(raw, Settings(temperature=each)).after) for each in (0.2, 0.5, 1.0, 2.0)]
    assert openness == sorted(openness) or np.diff(openness).min() > -1e-9


def test_entropy_in_bits():
    assert entropy(CHANCES) == pytest.approx(1.75)
    assert entropy(np.full(8, 1 / 8)) == pytest.approx(3)
    assert entropy(np.array([1.0, 0.0])) == 0


def test_draws_follow_their_distribution():
    ids, _ = prompt(decoder(), "where is my lamp?")
    found = choice(next_logits(decoder(), ids), Settings(temperature=1.2, top_k=12))
    drawn = draws(found.after, 20_000, seed=3)
    assert drawn.sum() == 20_000
    assert (drawn[found.after == 0] == 0).all()
    inside = found.after > 0
    assert stats.chisquare(drawn[inside], 20_000 * found.after[inside]).pvalue > 0.01
    wrong = np.roll(found.after[inside], 1)
    assert stats.chisquare(drawn[inside], 20_000 * wrong).pvalue < 1e-9


def test_the_fit_is_pearsons_and_its_tail_that_of_chi_square():
    drawn = np.array([95, 60, 25, 20])
    found = fit(drawn, CHANCES)
    expected = stats.chisquare(drawn, 200 * CHANCES)
    assert found.chi_square == pytest.approx(expected.statistic)
    assert found.degrees == 3
    assert found.by_chance == pytest.approx(expected.pvalue, abs=0.01)


def test_rare_words_count_as_one_and_a_sure_word_has_no_fit():
    found = fit(np.array([190, 6, 2, 2]), np.array([0.95, 0.02, 0.015, 0.015]))
    assert found.degrees == 1
    assert found.chi_square == pytest.approx(0)
    assert fit(np.array([200, 0]), np.array([1.0, 0.0])).by_chance is None


def test_first_words_of_answers_come_as_often_as_their_chance_says():
    ids, _ = prompt(decoder(), "can I return the kettle?", begun="yes, you can return it")
    chances = choice(next_logits(decoder(), ids), Settings()).after
    first = [each.words[0] for each in answers(decoder(), ids, Settings(), runs=400, seed=5)]
    counted = np.array([first.count(word) for word in decoder().words])
    assert fit(counted, chances).by_chance > 0.01


def test_an_answer_is_the_same_for_the_same_seed_whatever_runs_beside_it():
    ids, _ = prompt(decoder(), "where is my lamp?")
    few = answers(decoder(), ids, Settings(temperature=0.8), runs=3, seed=1)
    many = answers(decoder(), ids, Settings(temperature=0.8), runs=9, seed=1)
    assert [each.words for each in few] == [each.words for each in many[:3]]
    assert [each.words for each in answers(decoder(), ids, Settings(temperature=0.8), runs=3, seed=2)] != [
        each.words for each in few
    ]


def test_at_temperature_zero_all_runs_agree_and_read_as_an_answer():
    ids, _ = prompt(decoder(), "my toaster smells of smoke.")
    found = answers(decoder(), ids, Settings(temperature=0), runs=5, seed=1)
    assert len({each.words for each in found}) == 1
    assert found[0].ended
    assert "toaster" in found[0].words
    assert readable(found[0].words).endswith(".")
    assert 0 < found[0].surprise < math.log(len(decoder().words))


@given(SETTINGS, st.integers(0, 2**32 - 1))
def test_many_rows_at_once_are_each_row_by_itself(settings, seed):
    chance = np.random.default_rng(seed)
    raw, seen = chance.normal(0, 3, (4, 9)), chance.random((4, 9)) < 0.3
    together = chances(raw, settings, seen=seen)
    for row, written, found in zip(raw, seen, together, strict=True):
        assert found == pytest.approx(choice(row, settings, seen=np.flatnonzero(written).tolist()).after, abs=1e-12)
