"""What chance alone does: outcomes dealt out anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from aipm.fairness.worst_lattice import lattice
from aipm.fairness.worst_shuffle import FEWEST, deal, shuffles_for, worst_by_chance


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.integers(0, 600), st.integers(0, 9))
def test_a_deal_gives_out_every_hit_once_and_no_cell_more_than_it_holds(
    totals: list[int], hits: int, seed: int
) -> None:
    people = np.array([1, *totals])
    hits = min(hits, int(people.sum()))
    dealt = deal(np.random.default_rng(seed), people, hits)
    assert dealt.sum() == hits
    assert ((dealt >= 0) & (dealt <= people)).all()


def test_a_cell_is_dealt_what_a_hypergeometric_draw_would_deal_it() -> None:
    people, hits, times = np.array([8, 30, 2, 60]), 25, 20_000
    rng = np.random.default_rng(1)
    dealt = np.stack([deal(rng, people, hits) for _ in range(times)])
    for cell, size in enumerate(people):
        seen = np.bincount(dealt[:, cell], minlength=size + 1) / times
        expected = hypergeom(people.sum(), size, hits).pmf(np.arange(size + 1))
        # Four standard errors of a share, over some hundred shares.
        assert (np.abs(seen - expected) <= 4 * np.sqrt(expected * (1 - expected) / times) + 1e-4).all()


def test_the_worst_of_two_halves_stands_out_as_a_normal_number_does() -> None:
    # One column with two values: the scores of both are each other's opposite, so that the worse one is |Z|.
    found = lattice(np.array([0, 1]), (2,), 1)
    most = worst_by_chance(
        found, np.array([2000.0, 2000.0]), 1200.0, np.array([False, True, True]), sign=1, times=2000, seed=3
    )
    assert abs(np.quantile(most, 0.95) - 1.96) < 0.12  # twice the error of that quantile over 2,000 draws
    assert abs(np.median(most) - 0.674) < 0.06


def test_a_table_of_many_combinations_is_shuffled_fewer_times() -> None:
    small, large = (lattice(np.arange(side**4), (side,) * 4, 3) for side in (3, 30))
    assert shuffles_for(small, 3**4, 200) == 200
    assert FEWEST <= shuffles_for(large, 30**4, 200) < 200


def test_a_second_is_about_a_hundred_shuffles_of_a_hundred_thousand_cells() -> None:
    small = lattice(np.array([0, 1]), (2,), 1)
    assert shuffles_for(small, 100_000, 1_000) == 105  # 95 nanoseconds a cell
    assert shuffles_for(small, 100_000, 50) == 50
    assert shuffles_for(small, 10**8, 1_000) == FEWEST


def test_four_hits_among_twice_four_people_by_hand() -> None:
    # Of the first four 0 to 4 are hit, 2 on average, with a variance of 4 · ½ · ½ · 4 / 7: at most 2 / √(4 / 7) = √7.
    found, people = lattice(np.array([0, 1]), (2,), 1), np.array([4.0, 4.0])
    for looked, expected in (
        ([False, True, True], [0, np.sqrt(7) / 2, np.sqrt(7)]),
        ([True, False, False], [0]),  # everybody is no subgroup
    ):
        most = worst_by_chance(found, people, 4.0, np.array(looked), sign=1, times=500, seed=5)
        np.testing.assert_allclose(np.unique(most.round(9)), expected, atol=1e-8)
    one = [worst_by_chance(found, people, 4.0, np.array([False, True, False]), sign=sign, times=500, seed=5)
           for sign in (1, -1)]  # fmt: skip
    assert ((one[0] == 0) | (one[1] == 0)).all()  # a group that is hit more often is not hit less often as well


def test_where_everybody_is_in_one_group_nothing_stands_out() -> None:
    found = lattice(np.array([0, 1]), (2,), 1)
    most = worst_by_chance(found, np.array([5.0, 0.0]), 2.0, np.array([False, True, True]), sign=1, times=3, seed=1)
    assert most.tolist() == [0, 0, 0]


def test_searching_fewer_columns_at_once_shuffles_the_same_people_alike() -> None:
    cells, people = np.arange(16), np.random.default_rng(2).integers(1, 30, 16).astype(float)
    shallow, deep = (lattice(cells, (2, 2, 2, 2), depth) for depth in (1, 4))
    one, other = (
        worst_by_chance(each, people, 80.0, each.depths == 1, sign=-1, times=30, seed=4) for each in (shallow, deep)
    )
    np.testing.assert_allclose(one, other)
    assert one.min() > 0
