"""Spread, rules, ranking, intervals with published values, and what the order of adding up does."""

import math

import numpy as np
import pytest

from aipm.labs.decoder import decoder, prompt
from aipm.labs.sampling import Answer, next_logits
from aipm.labs.spread import UNFINISHED, broken, difference, flips, one_by_one, orders, products, ranked, spread


def said(text, surprise=0.5, *, ended=True):
    return Answer(words=tuple(text.split()), surprise=surprise, ended=ended)


RULES = {"item": ["lamp", "toaster"], "window": ["one month"], UNFINISHED: []}


def test_spread_counts_what_came():
    found = spread([said("yes"), said("no"), said("yes"), said("yes")])
    assert [(each.words, count) for each, count in found.kinds] == [(("yes",), 3), (("no",), 1)]
    assert found.commonest == 0.75
    assert found.bits == pytest.approx(0.75 * math.log2(4 / 3) + 0.25 * 2)


def test_rules_look_for_whole_words():
    assert broken(said("send the lamp back within one month ."), RULES) == ("item", "window")
    assert broken(said("send the kettle back within one monthly ."), RULES) == ()
    assert broken(said("within thirty days .", ended=False), RULES) == (UNFINISHED,)
    assert broken(said("within thirty days .", ended=False), {}) == ()
    assert broken(said("yes . customer: thanks"), RULES) == (UNFINISHED,)


def test_the_surest_answer_that_breaks_no_rule_comes_first():
    found = ranked([said("the lamp", 0.1), said("kettle a", 0.4), said("kettle b", 0.2), said("kettle b", 0.2)], RULES)
    assert [(" ".join(each.answer.words), each.place) for each in found] == [
        ("kettle b", 1),
        ("kettle a", 2),
        ("the lamp", None),
    ]


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_difference_as_published(one, other, low, high):
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10."""
    found, interval = difference(one, other)
    assert found == pytest.approx(one[0] / one[1] - other[0] / other[1])
    assert interval == pytest.approx((low, high), abs=5e-5)


def test_the_order_of_adding_up_changes_a_float32_sum():
    assert one_by_one(np.array([1e8, 1.0, -1e8])) == 0.0  # the 1 is lost in rounding
    assert one_by_one(np.array([1e8, -1e8, 1.0])) == 1.0
    assert len(set(orders(np.array([1e8, 1.0, -1e8]), 50, seed=1))) == 2


def test_the_products_of_a_word_add_up_to_its_logit():
    ids, _ = prompt(decoder(), "can I return the kettle?")
    raw = next_logits(decoder(), ids)
    best = np.argsort(-raw)[:2]
    pair = products(decoder(), ids, best.tolist())
    assert pair.sum(axis=1) == pytest.approx(raw[best], abs=1e-4)


def test_rounding_flips_a_near_tie_and_leaves_a_wide_gap_alone():
    ids, _ = prompt(decoder(), "can I return the kettle?")
    pair = products(decoder(), ids, np.argsort(-next_logits(decoder(), ids))[:2].tolist())
    as_it_is, near = flips(pair, gap=None, count=100, seed=1), flips(pair, gap=1e-7, count=100, seed=1)
    assert as_it_is.flips == 0
    assert as_it_is.gap > 1000 * as_it_is.error > 0
    assert 0 < near.flips < near.orders
    assert near.gap < near.error
