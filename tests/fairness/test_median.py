"""The exact median of scores that were counted in bins: where it lies, what is collected there, who stands above it."""

import numpy as np
import pyarrow as pa
import pytest

from aipm.fairness.median import likely_median_bins, median_bins, with_median
from aipm.fairness.scale import ScoreScale

TENTHS = ScoreScale(low=0.0, high=1.0, bins=10)


@pytest.mark.parametrize(
    ("rows", "bins"),
    [
        ({0: 3, 4: 1, 9: 3}, (4, 4)),  # the fourth of seven
        ({0: 3, 4: 1, 9: 4}, (4, 9)),  # the fourth and the fifth of eight
        ({0: 4, 9: 4}, (0, 9)),
        ({0: 5, 9: 3}, (0, 0)),
        ({-1: 100, 2: 1, 3: 2}, (3, 3)),  # rows without a score are nobody's rank
        ({2: 1}, (2, 2)),
        ({-1: 5}, None),
    ],
)
def test_the_middle_scores_lie_in_these_bins(rows, bins):
    cells = pa.table({"b": [*rows], "n": [*rows.values()]})
    assert median_bins(cells) == bins


def test_cells_of_several_groups_in_one_bin_count_together():
    assert median_bins(pa.table({"b": [1, 5, 1, 5], "n": [2, 3, 2, 2]})) == (5, 5)  # the fifth of nine


def test_a_sample_tells_the_bins_that_hold_the_middle_twentieth_of_its_ranks():
    """Of 0, .001, … 1 the ranks from 47.5 to 52.5 %, and so the scores from .475 to .525."""
    assert likely_median_bins(np.linspace(0, 1, 1_001), TENTHS) == (4, 5)
    hundredths = ScoreScale(low=0.0, high=1.0, bins=100)
    assert likely_median_bins(np.linspace(0, 1, 1_001), hundredths) == (47, 52)
    assert likely_median_bins(np.full(50, 0.35), TENTHS) == (3, 3)
    assert likely_median_bins(np.ones(50), TENTHS) == (10, 10)  # the highest score has a bin of its own


def test_without_a_sample_every_score_is_collected():
    assert likely_median_bins(np.zeros(0), TENTHS) == (0, 10)


def counted(*cells, weighted=False):
    """(bin, scores of the bin, with weights where there are some; None: so many rows of weight 2)."""
    rows = [n if near is None else len(near) for _, near, n in cells]
    near = [None if each is None else [{"v": v, "w": w} for v, w in each] if weighted else each for _, each, _ in cells]
    kind = pa.struct({"v": pa.float64(), "w": pa.float64()}) if weighted else pa.float64()
    columns = {"b": pa.array([b for b, _, _ in cells]), "n": pa.array(rows), "near": pa.array(near, pa.list_(kind))}
    if weighted:
        columns["w"] = pa.array([2.0 * n if each is None else sum(w for _, w in each) for _, each, n in cells])
    return pa.table(columns)


def test_whoever_stands_above_the_median_is_counted_in_the_middle_bins_one_by_one():
    cells = counted((0, None, 2), (4, [0.42, 0.44, 0.48], 0), (4, [0.45, 0.44], 0), (7, None, 2), (-1, None, 50))
    found, median = with_median(cells, (4, 4))
    assert median == 0.44  # of 2 below, .42 .44 .44 .45 .48, 2 above: the fifth of nine
    assert found.column("m").to_pylist() == [0, 1, 1, 2, 0]  # the same as the median is not above it
    assert "near" not in found.column_names


def test_of_an_even_number_the_median_is_half_way_between_the_two_in_the_middle():
    found, median = with_median(counted((4, [0.40, 0.43], 0), (5, [0.5, 0.59], 0)), (4, 5))
    assert median == pytest.approx(0.465)
    assert found.column("m").to_pylist() == [0, 2]


def test_above_the_median_weights_are_added_up_and_the_median_is_that_of_rows():
    cells = counted((0, None, 5), (4, [(0.41, 1.0), (0.45, 20.0), (0.49, 0.5)], 0), (8, None, 3), weighted=True)
    found, median = with_median(cells, (4, 4))
    assert median == 0.41  # the sixth of eleven rows; half of the weight ends with .45
    assert found.column("m").to_pylist() == [0, 20.5, 6]


def test_scores_of_the_lowest_bin_alone_have_a_median():
    found, median = with_median(counted((0, [0.01, 0.02, 0.05], 0)), (0, 0))
    assert (median, found.column("m").to_pylist()) == (0.02, [1])


def test_without_a_score_there_is_no_median_and_nobody_above():
    found, median = with_median(counted((-1, None, 4)), (0, 10))
    assert median is None
    assert found.column("m").to_pylist() == [0]
