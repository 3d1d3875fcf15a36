"""Every subgroup of up to four columns, against counting the rows one by one."""

from collections import Counter
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.fairness.worst_lattice import lattice

ROWS = st.lists(st.tuples(*(st.integers(0, size - 1) for size in (2, 3, 1, 4, 2))), min_size=1, max_size=60)
SIZES = (2, 3, 1, 4, 2)


def coded(rows: list[tuple[int, ...]]) -> tuple[np.ndarray, np.ndarray]:
    """The different rows as mixed-radix numbers, and how often each occurs."""
    codes = []
    for row in rows:
        code = 0
        for value, size in zip(row, SIZES, strict=True):
            code = code * size + value
        codes.append(code)
    return np.unique(codes, return_counts=True)


@settings(deadline=None)
@given(ROWS, st.integers(1, 4))
def test_every_subgroup_has_the_rows_that_fit_its_conditions(rows: list[tuple[int, ...]], depth: int) -> None:
    codes, times = coded(rows)
    found = lattice(codes, SIZES, depth)
    sums = found.add_up(times[:, None].astype(float))[:, 0]
    counted: Counter[tuple[tuple[int, int], ...]] = Counter()
    for row in rows:
        for size in range(depth + 1):
            for columns in combinations(range(len(SIZES)), size):
                counted[tuple((i, row[i]) for i in columns)] += 1
    assert {found.conditions(k): sums[k] for k in range(len(sums))} == dict(counted)


@settings(deadline=None)
@given(ROWS)
def test_parents_are_the_subgroups_with_one_condition_less(rows: list[tuple[int, ...]]) -> None:
    codes, _ = coded(rows)
    found = lattice(codes, SIZES, 3)
    for k in range(1, len(found.depths)):
        conditions = found.conditions(k)
        parents = {found.conditions(parent) for parent in found.parents[k].tolist() if parent >= 0}
        assert parents == {tuple(c for c in conditions if c != left) for left in conditions}


@settings(deadline=None)
@given(ROWS)
def test_the_cells_of_a_subgroup_add_up_to_it(rows: list[tuple[int, ...]]) -> None:
    codes, times = coded(rows)
    found = lattice(codes, SIZES, 2)
    sums = found.add_up(times[:, None].astype(float))[:, 0]
    assert [times[found.members(k, codes)].sum() for k in range(len(sums))] == sums.tolist()
