"""Cards that say the same are proposed; what only sounds alike by steps, or was put together by hand, is left alone."""

from aipm.workshop import similar
from aipm.workshop.entries import Card


def cards(*texts):
    return [Card(id=number, person=1, text=text) for number, text in enumerate(texts, start=1)]


def test_the_same_said_in_two_ways_is_proposed():
    found = similar.proposals(
        cards(
            "It takes two weeks until my refund arrives",
            "The app crashes when I upload photos",
            "Refunds are far too slow",
            "Uploading pictures makes the app crash",
            "Nobody could tell me what the fee is for",
        )
    )
    assert found == ((2, 4), (1, 3))


def test_each_text_is_encoded_once():
    similar._vector.cache_clear()
    again = cards("Where do I find my bill?", "I cannot find the invoice", "Where do I find my bill?")
    assert {1, 3} <= set(similar.proposals(again)[0])
    similar.proposals(again)
    assert similar._vector.cache_info().misses == 2


def test_hidden_and_merged_cards_are_left_alone():
    one, other, third = cards("Refunds are slow", "Refunds are slow", "Refunds are slow")
    hidden = Card(id=2, person=1, text=other.text, hidden=True)
    assert similar.proposals([one, hidden]) == ()
    assert similar.proposals([one, Card(id=2, person=1, text=other.text, into=1), third]) == ()


def test_a_chain_of_small_steps_makes_no_group(monkeypatch):
    """0, 40 and 80 degrees: neighbours are alike (0.77), the ends are not (0.17)."""
    import numpy as np

    angles = {"a": 0, "b": 40, "c": 80}
    monkeypatch.setattr(
        similar, "_vector", lambda text: np.array([np.cos(np.radians(angles[text])), np.sin(np.radians(angles[text]))])
    )
    assert similar.proposals(cards("a", "b", "c")) in (((1, 2),), ((2, 3),))


def test_few_cards():
    assert similar.proposals([]) == similar.proposals(cards("alone")) == ()
