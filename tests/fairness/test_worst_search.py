"""Every subgroup tested, against going through the rows one by one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from aipm.fairness.intervals import newcombe
from aipm.fairness.significance import two_proportions
from aipm.fairness.worst_search import LEVEL, PROMISING, benjamini_yekutieli, enough, look, tally
from tests.fairness.build import table
from tests.fairness.worst_tables import made_ready


def test_benjamini_and_yekutieli_by_hand():
    # 3 looks: 1 + 1/2 + 1/3 = 11/6. Smallest: .01 · 3/1 · 11/6 = .055; .02 · 3/2 · 11/6 = .055; .03 · 11/6 = .055.
    assert benjamini_yekutieli(np.array([0.02, 0.01, 0.03]), 3) == pytest.approx([0.055] * 3)


def test_what_is_enough_to_be_found_is_where_the_adjusted_p_value_reaches_the_level():
    for found, looks in ((1, 1), (3, 10), (10, 10)):
        p_values = np.full(found, enough(found, looks))
        assert benjamini_yekutieli(p_values, looks) == pytest.approx(np.full(found, LEVEL))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 20))
def test_benjamini_and_yekutieli_as_scipy_has_it(p_values, others):
    expected = false_discovery_control([*p_values, *[1.0] * others], method="by")[: len(p_values)]
    found = benjamini_yekutieli(np.array(p_values), len(p_values) + others)
    assert found == pytest.approx(expected, abs=1e-12)


ROWS = st.lists(
    st.tuples(st.sampled_from("xy"), st.sampled_from("pqr"), st.sampled_from("mn"), st.sampled_from(["yes", "no"])),
    min_size=20,
    max_size=120,
)


def one_sided(rows, others, sign):
    """The p-value of two lists of yes and no, by the tests that the audit uses for any two groups."""
    x, n, y, m = sum(rows), len(rows), sum(others), len(others)
    both = float(two_proportions(x, n, y, m)) if n and m else 1.0
    if not n or not m or x / n == y / m:
        return 1.0
    return both / 2 if sign * (x / n - y / m) > 0 else 1 - both / 2


def by_hand(rows, *, sign, support, depth):
    """Every subgroup that is looked at: conditions -> (p-value, bound of the gap)."""
    hits = [row[-1] == "yes" for row in rows]
    member = {
        conditions: tuple(all(row[i] == value for i, value in conditions) for row in rows)
        for size in range(depth + 1)
        for columns in combinations(range(3), size)
        for conditions in {tuple((i, row[i]) for i in columns) for row in rows}
    }
    found = {}
    for conditions, inside in member.items():
        parents = [member[tuple(c for c in conditions if c != left)] for left in conditions]
        here = [hit for hit, is_in in zip(hits, inside, strict=True) if is_in]
        others = [hit for hit, is_in in zip(hits, inside, strict=True) if not is_in]
        if not conditions or len(here) < support or len(others) < 10 or inside in parents:
            continue
        p_value = one_sided(here, others, sign)
        for parent in parents:
            rest = [hit for hit, a, b in zip(hits, parent, inside, strict=True) if a and not b]
            p_value = max(p_value, one_sided(here, rest, sign))
        low, high = newcombe(sum(here), len(here), sum(others), len(others))
        found[conditions] = p_value, float(low if sign > 0 else -high)
    return found


@settings(deadline=None, max_examples=40)
@given(ROWS, st.sampled_from([1, -1]), st.sampled_from([1, 5, 15]), st.integers(1, 3))
def test_the_search_finds_what_going_through_the_rows_finds(rows, sign, support, depth):
    data = table(dict(zip(("a", "b", "c", "hired"), zip(*rows, strict=True), strict=True)))
    on = made_ready(data, "abc")
    found = look(
        on.lattice,
        tally(on.sums, "selection_rate", plain=True),
        sign=sign,
        support=support,
        share=0.0,
        depth=depth,
    )
    expected = by_hand(rows, sign=sign, support=support, depth=depth)
    assert int(found.looked.sum()) == len(expected)
    adjusted = (
        dict(zip(expected, false_discovery_control([p for p, _ in expected.values()], method="by"), strict=True))
        if expected
        else {}
    )
    significant = set()
    for k, subgroup in enumerate(found.chosen.tolist()):
        conditions = tuple((i, on.cube.values[i][digit]) for i, digit in on.lattice.conditions(subgroup))
        p_value, bound = expected[conditions]
        assert found.bound[k] == pytest.approx(bound)
        if p_value < LEVEL:
            assert found.p_value[k] == pytest.approx(p_value)
        assert (found.p_value[k] < LEVEL) == (p_value < LEVEL)
        significant |= {conditions} if found.p_adjusted[k] < LEVEL else set()
    assert significant == {conditions for conditions, p_value in adjusted.items() if p_value < LEVEL}
    assert (np.diff(found.bound) <= 0).all()
    assert (found.z > PROMISING).all()
