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
