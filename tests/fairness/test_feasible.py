"""What can be worked out about hidden amounts: small tables whose answer is seen by eye."""

import numpy as np
import pytest

from aipm.fairness.feasible import Attacker, Line, Margin


def told(amounts, *, hidden, lines, margins=(), width=5.0):
    """Numbers of the hidden groups that can be worked out to within less than `width`."""
    table = np.array(amounts, dtype=float)
    table = table[:, None] if table.ndim == 1 else table
    flags = np.isin(np.arange(len(table)), hidden)
    return Attacker(amounts=table, lines=lines, margins=margins, width=width).told(flags)


ONE_COLUMN = (Line(0, (1, 2, 3)),)
"""Everybody is group 0; groups 1, 2, 3 add up to it."""


def test_a_single_hidden_group_is_the_total_less_the_others():
    assert told([30, 3, 12, 15], hidden=[1], lines=ONE_COLUMN) == [1]


def test_two_hidden_groups_know_only_their_sum():
    assert told([30, 3, 12, 15], hidden=[1, 2], lines=ONE_COLUMN) == []  # 3 + 12: each is anything from 0 to 15


def test_two_hidden_groups_with_a_small_sum_are_both_told():
    assert told([30, 3, 1, 26], hidden=[1, 2], lines=ONE_COLUMN) == [1, 2]  # 3 + 1: each is 0 to 4, narrower than 5


def test_a_single_hidden_group_is_safe_where_the_total_is_hidden_too():
    assert told([30, 3, 12, 15], hidden=[0, 1], lines=ONE_COLUMN) == []


def test_a_hidden_total_helps_nobody_where_another_column_gives_it_away():
    lines = (Line(0, (1, 2)), Line(0, (3, 4)))
    assert told([30, 3, 27, 10, 20], hidden=[0, 1], lines=lines) == [0, 1]


def test_a_table_of_two_columns_needs_a_rectangle():
    # rows 1, 2 and columns 3, 4; cells 5 = (1,3), 6 = (1,4), 7 = (2,3), 8 = (2,4)
    lines = (Line(0, (1, 2)), Line(0, (3, 4)), Line(1, (5, 6)), Line(2, (7, 8)), Line(3, (5, 7)), Line(4, (6, 8)))
    amounts = [100, 40, 60, 30, 70, 3, 37, 27, 33]
    assert told(amounts, hidden=[5, 6], lines=lines) == [5, 6]  # each column has one hole
    assert told(amounts, hidden=[5, 6, 7, 8], lines=lines) == []


def test_every_line_may_have_two_holes_and_the_bridge_between_them_still_be_told():
    """Two rectangles of holes joined by one cell: that cell is known, though no line has a single hole."""
    rows, columns = 4, 4
    holes = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}
    cells = {(r, c): 1 + rows + columns + r * columns + c for r in range(rows) for c in range(columns)}
    body = np.arange(20, 20 + rows * columns).reshape(rows, columns)
    amounts = [body.sum(), *body.sum(axis=1), *body.sum(axis=0), *body.reshape(-1)]
    lines = [Line(0, tuple(range(1, 1 + rows))), Line(0, tuple(range(1 + rows, 1 + rows + columns)))]
    lines += [Line(1 + r, tuple(cells[r, c] for c in range(columns))) for r in range(rows)]
    lines += [Line(1 + rows + c, tuple(cells[r, c] for r in range(rows))) for c in range(columns)]
    hidden = [cells[hole] for hole in holes]
    assert all(len(set(line.children) & set(hidden)) >= 2 for line in lines[2:] if set(line.children) & set(hidden))
    assert told(amounts, hidden=hidden, lines=lines) == [cells[1, 2]]
    attacker = Attacker(amounts=np.array(amounts, dtype=float)[:, None], lines=lines, margins=(), width=5.0)
    everything = np.ones(len(amounts), dtype=bool)
    assert attacker.told(everything) == []  # and what is possible there must not stand for the table of few holes
    assert attacker.told(np.isin(np.arange(len(amounts)), hidden)) == [cells[1, 2]]


def test_a_margin_narrows_what_an_outcome_can_be():
    # two groups with outcomes (yes, no); the sum of each group is known, as is that of everybody
    amounts = [[20, 40], [2, 38], [18, 2]]
    lines = (Line(0, (1, 2)),)
    known = (Margin((0, 1), np.array([True, True, True])),)
    assert told(amounts, hidden=[1, 2], lines=lines, margins=known, width=15) == []  # yes of 1: 0 to 20
    assert told(amounts, hidden=[1, 2], lines=lines, margins=known, width=21) == [1, 2]


def test_a_margin_that_is_not_known_must_not_be_told_either():
    amounts = [[9, 21], [2, 1], [7, 20]]
    unknown = (Margin((0, 1), np.array([True, False, False])),)
    assert told(amounts, hidden=[1], lines=(Line(0, (1, 2)),), margins=unknown) == [1]


def test_what_an_unknown_margin_leaves_over_must_not_be_told_either():
    amounts = [[50, 60, 70], [20, 30, 30], [30, 30, 40]]
    unknown, rest = Margin((0,), np.zeros(3, dtype=bool)), Margin((1, 2), np.ones(3, dtype=bool))
    assert told(amounts, hidden=[0, 1, 2], lines=(Line(0, (1, 2)),), margins=(unknown,)) == []
    assert told(amounts, hidden=[0, 1, 2], lines=(Line(0, (1, 2)),), margins=(unknown, rest)) == [0, 1, 2]


@pytest.mark.parametrize("amounts", [[[0, 30], [0, 3], [0, 27]], [[12, 18], [0, 15], [12, 3]]])
def test_a_zero_that_a_shown_zero_forces_is_no_finding(amounts):
    lines, hidden = (Line(0, (1, 2)),), [1, 2] if amounts[0][0] == 0 else []
    assert told(amounts, hidden=hidden, lines=lines, width=3) == []


def test_nothing_hidden_nothing_told():
    assert told([30, 3, 12, 15], hidden=[], lines=ONE_COLUMN) == []
