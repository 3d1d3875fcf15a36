"""The tiny decoder: how it reads, that it never looks ahead, that its gradients are right, that its log is true."""

import hashlib
import math

import numpy as np
import pytest

from aipm.labs.decoder import (
    CUSTOMER,
    LONGEST,
    MOST_PROMPT,
    PATH,
    SHOP,
    UNKNOWN,
    decoder,
    logits,
    prompt,
    readable,
    softmax,
    words_of,
)
from aipm.labs.train_decoder import batch, begin, loss
from aipm.labs.training_text import some, talks, training_text


def ids_of(talk):
    places = {word: place for place, word in enumerate(decoder().words)}
    return [places[word] for word in talk]


def surprises(talk):
    """Cross-entropy of each word after the first."""
    ids = np.array(ids_of(talk))
    chances = softmax(logits(decoder().weights, ids[None, :-1])[0][0])
    return -np.log(chances[np.arange(len(ids) - 1), ids[1:]])


def test_a_text_is_read_as_words_with_the_signs_apart():
    assert words_of("Can I return it? Yes, you can.") == [
        "Can",
        "I",
        "return",
        "it",
        "?",
        "Yes",
        ",",
        "you",
        "can",
        ".",
    ]
    assert readable(words_of("yes, you can. it is in York.")) == "Yes, you can. It is in York."


def test_words_never_met_are_told_and_read_as_a_blank():
    ids, new = prompt(decoder(), "can I RETURN the <b>zebra</b>?")
    assert new == ("b", "zebra")
    said = [decoder().words[each] for each in ids]
    assert said == [CUSTOMER, "can", "I", "return", "the", *[UNKNOWN] * 3, "?", SHOP]


def test_a_long_question_is_cut_so_that_there_is_room_for_the_answer():
    ids, _ = prompt(decoder(), "kettle " * 500, begun="yes " * 500)
    assert len(ids) == 2 * MOST_PROMPT + 2 < LONGEST


def test_softmax_against_hand_and_huge_numbers():
    assert softmax(np.log([1.0, 2.0, 5.0])) == pytest.approx([0.125, 0.25, 0.625])
    assert softmax(np.array([1e30, 1e30])) == pytest.approx([0.5, 0.5])


def test_no_word_sees_what_comes_after_it():
    ids = np.array([ids_of(some(1)[0])])
    changed = ids.copy()
    changed[0, -1] = 5
    weights = decoder().weights
    before, after = logits(weights, ids)[0], logits(weights, changed)[0]
    assert before[0, :-1] == pytest.approx(after[0, :-1], abs=1e-5)
    assert before[0, -1] != pytest.approx(after[0, -1], abs=1e-2)


def test_reading_on_from_what_was_read_gives_the_same_as_reading_all():
    ids = np.array([ids_of(some(1)[0])])
    weights = decoder().weights
    whole = logits(weights, ids)[0]
    first, past, _, _ = logits(weights, ids[:, :7])
    second = logits(weights, ids[:, 7:], past)[0]
    assert np.concatenate([first, second], axis=1) == pytest.approx(whole, abs=1e-4)


def test_gradients_by_finite_differences():
    chance = np.random.default_rng(1)
    weights = {name: each.astype(np.float64) * 2 for name, each in begin(11).items()}
    ids, counts = chance.integers(0, 11, (3, 9)), np.ones((3, 8))
    counts[1, 5:] = 0
    _, gradient = loss(weights, ids, counts=counts)
    for name, each in weights.items():
        for _ in range(2):
            place = tuple(int(chance.integers(0, min(size, 8))) for size in each.shape)
            kept, step = each[place], 1e-5
            each[place] = kept + step
            above = loss(weights, ids, counts=counts)[0]
            each[place] = kept - step
            below = loss(weights, ids, counts=counts)[0]
            each[place] = kept
            assert gradient[name][place] == pytest.approx((above - below) / (2 * step), rel=1e-4, abs=1e-7), name


def test_a_step_down_the_gradient_lowers_the_loss():
    weights = begin(len(decoder().words))
    ids, counts = batch([ids_of(talk) for talk in some(4)])
    before, gradient = loss(weights, ids, counts=counts)
    assert before == pytest.approx(math.log(len(decoder().words)), rel=0.02)  # before training every word is as likely
    for name, each in gradient.items():
        weights[name] -= 0.5 * each
    assert loss(weights, ids, counts=counts)[0] < before


def test_the_model_shipped_is_the_one_of_the_log_and_as_good_as_it_says():
    log = PATH.with_suffix(".log").read_text()
    assert hashlib.sha256(PATH.read_bytes()).hexdigest() in log
    read = talks(training_text())
    spoken = "\n".join(map(" ".join, read)).encode()
    assert hashlib.sha256(spoken).hexdigest() in log
    surprise = [each for talk in read[:200] for each in surprises(talk)]
    held_back = sum(surprise) / len(surprise)
    assert f"as shipped, in 16 bits: held back {held_back:.3f}" in log
    assert held_back < 0.5
    assert PATH.stat().st_size < 2_000_000
