"""Base rate, precision and misses leave one false positive rate: an identity of any four counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.fairness.thresholds import at, sweep
from aipm.fairness.thresholds_identity import false_positive_rate, implied
from tests.fairness.build import counted, repeated

COUNT = st.integers(1, 10_000)


@given(COUNT, COUNT, COUNT, COUNT)
def test_it_holds_of_any_confusion_counts(tp, fp, tn, fn):
    base, precision, misses = (tp + fn) / (tp + fp + tn + fn), tp / (tp + fp), fn / (tp + fn)
    assert false_positive_rate(base, precision, misses) == pytest.approx(fp / (fp + tn))


def test_by_hand():
    """Half of one group and a fifth of the other have a yes. With precision 3/4 and a quarter missed in both, the first
    has 1 × 1/3 × 3/4 = 1/4 false alarms, the second 1/4 of that.
    """
    assert false_positive_rate(0.5, 0.75, 0.25) == pytest.approx(1 / 4)
    assert false_positive_rate(0.2, 0.75, 0.25) == pytest.approx(1 / 16)


def test_what_no_model_can_have_is_over_one_and_what_is_not_defined_is_none():
    assert false_positive_rate(0.9, 0.5, 0.0) == pytest.approx(9)
    assert false_positive_rate(1.0, 0.5, 0.0) is None
    assert false_positive_rate(0.5, 0.0, 1.0) is None


def test_groups_with_their_own_precision_and_misses_have_their_own_false_positive_rate():
    """Under a group's own two rates, what is forced is what it has."""
    data = repeated(
        *((300, "a", 1, 0.8), (100, "a", 1, 0.2), (90, "a", 0, 0.8), (110, "a", 0, 0.2)),
        *((60, "b", 1, 0.8), (40, "b", 1, 0.2), (30, "b", 0, 0.8), (270, "b", 0, 0.2)),
        names="group label score",
    )
    found = sweep(*counted(data, groups=("group",), label="label", score="score"))
    measured = at(found, found.place(0.5))
    for k in (1, 2):
        precision, misses = (measured[name][k].value for name in ("precision", "false_negative_rate"))
        own = implied(found.people.groups, measured, precision=precision, false_negative_rate=misses)[k]
        assert own.value == pytest.approx(own.false_positive_rate.value)
        assert own.low < own.value < own.high
    alike = implied(found.people.groups, measured, precision=0.75, false_negative_rate=0.25)
    assert alike[1].value == pytest.approx(2 * 1 / 3 * 0.75)  # base rates 2/3 and 1/4: odds 2 and 1/3
    assert alike[2].value == pytest.approx(1 / 3 * 1 / 3 * 0.75)
