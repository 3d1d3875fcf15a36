"""Agreement beyond chance: published examples, limits, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.prep.agreement import agreement
from aipm.tables import Refusal

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C: four observers, twelve units, gaps.
OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
).astype("Int64")


def test_alpha_of_krippendorffs_example():
    found = agreement(OBSERVERS.astype("str"), list("ABCD"))
    assert found.coefficient == "krippendorff_alpha"
    assert found.value == pytest.approx(0.743, abs=0.0005)
    assert found.rows == 11  # the last unit has one label only
    assert found.disputed == (2, 6, 8)


def test_kappa_by_hand():
    """50 grants: both yes 20, both no 15, differing 5 and 10. Observed .7, by chance .5, kappa .4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = agreement(pd.DataFrame(pairs, columns=["a", "b"]), ["a", "b"])
    assert (found.observed, found.value) == (pytest.approx(0.7), pytest.approx(0.4))
    assert found.low < 0.4 < found.high < 0.667
    assert found.band == "unreliable"
    assert found.confused == (("no", "yes", 15),)


def test_case_and_blanks_are_no_disagreement():
    frame = pd.DataFrame({"a": ["Yes", "no"] * 30, "b": [" yes", "No "] * 30})
    found = agreement(frame, ["a", "b"])
    assert (found.value, found.low, found.band, found.disputed) == (1, 1, "reliable", ())


def test_one_label_tells_nothing_and_says_so():
    found = agreement(pd.DataFrame({"a": ["x"] * 9, "b": ["x"] * 9}), ["a", "b"])
    assert (found.value, found.low, found.band, found.observed) == (None, None, "not_computable", 1)


def test_a_handful_of_rows_cannot_say():
    found = agreement(pd.DataFrame({"a": list("xyxyx"), "b": list("xyxyy")}), ["a", "b"])
    assert found.band == "inconclusive"


@settings(max_examples=30)
@given(rows=st.lists(st.tuples(*[st.sampled_from(["x", "y", "z", None])] * 3), min_size=1, max_size=30))
def test_agreement_does_not_depend_on_who_comes_first(rows):
    frame = pd.DataFrame(rows, columns=["a", "b", "c"])
    if (frame.notna().sum(axis=1) < 2).all():
        return
    first, turned = agreement(frame, ["a", "b", "c"]), agreement(frame, ["c", "a", "b"])
    assert first.value == (None if turned.value is None else pytest.approx(turned.value))
    assert 0 <= first.observed <= 1
    assert first.value is None or (first.low <= first.value <= first.high <= 1)


@pytest.mark.parametrize(
    ("frame", "columns"),
    [
        (pd.DataFrame({"a": ["x"]}), ["a"]),
        (pd.DataFrame({"a": ["x", None], "b": [None, "x"]}), ["a", "b"]),
        (pd.DataFrame({"a": np.arange(300).astype(str), "b": "x"}), ["a", "b"]),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(frame, columns):
    with pytest.raises(Refusal):
        agreement(frame, columns)
