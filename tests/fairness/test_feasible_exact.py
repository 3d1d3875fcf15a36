"""The quick proofs say what two linear programmes for every hidden amount say: a slow attacker beside the quick one."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from aipm.fairness.feasible import SLACK, Attacker, Line, Margin

LAWS = settings(deadline=None, max_examples=25)
CONFUSION = ((0, 1, 2, 3), (0, 3), (0, 1))
"""Margins of the four confusion counts: everybody, those who are, those who are said to be."""


def cube(body):
    """All groups of a table with an axis a column, outcomes last: their amounts, and the lines they add up in."""
    axes = body.ndim - 1
    values = [(None, *range(size)) for size in body.shape[:-1]]
    groups = sorted(itertools.product(*values), key=lambda group: axes - group.count(None))
    where = {group: k for k, group in enumerate(groups)}
    amounts = [
        body[tuple(slice(None) if value is None else slice(value, value + 1) for value in group)]
        .reshape(-1, body.shape[-1])
        .sum(axis=0)
        for group in groups
    ]
    lines = [
        Line(
            where[group], tuple(where[(*group[:axis], value, *group[axis + 1 :])] for value in range(body.shape[axis]))
        )
        for group in groups
        for axis in range(axes)
        if group[axis] is None
    ]
    return np.array(amounts), lines


def told_slowly(amounts, hidden, lines, margins, width):
    """By definition: each amount and each unknown sum as far down and up as what is shown lets it go."""
    groups, outcomes = amounts.shape
    size, rows, known = groups * outcomes, [], []

    def learn(row, number):
        rows.append(row.reshape(-1))
        known.append(number)

    def one(group, chosen, number=1.0):
        row = np.zeros((groups, outcomes))
        row[group, list(chosen)] = number
        return row

    for line in lines:
        for outcome in range(outcomes):
            learn(one(list(line.children), [outcome]) - one(line.parent, [outcome]), 0.0)
    for group in np.flatnonzero(~hidden):
        for outcome in range(outcomes):
            learn(one(group, [outcome]), amounts[group, outcome])
    for margin in margins:
        for group in np.flatnonzero(margin.known):
            learn(one(group, margin.outcomes), amounts[group, list(margin.outcomes)].sum())
    top = 3 * float(amounts.max()) + 20 * width

    def end(goal):
        return linprog(goal.reshape(size), A_eq=np.array(rows), b_eq=known, bounds=(0, top), method="highs").fun

    found = set()
    for group in np.flatnonzero(hidden):
        sums = [(m.known, part) for m in margins for part in (m.outcomes, set(range(outcomes)) - {*m.outcomes})]
        for part in [(k,) for k in range(outcomes)] + [
            tuple(part) for known, part in sums if part and not known[group]
        ]:
            low, high = end(one(group, part)), -end(-one(group, part))
            if high - low < width - 2 * SLACK:
                found.add(int(group))
    return found


@st.composite
def holes(draw, shapes):
    """A table without zeros, some of its groups hidden, some margins known for some groups."""
    shape = draw(st.sampled_from(shapes))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    body = random.choice([1.0, 2.0, 4.0, 12.0, 30.0], shape) * draw(st.sampled_from([1.0, 0.7]))
    amounts, lines = cube(body)
    hidden = random.random(len(amounts)) < draw(st.sampled_from([0.3, 0.6, 0.9]))
    margins = [
        Margin(outcomes, random.random(len(amounts)) < 0.7)
        for outcomes in (CONFUSION if shape[-1] == 4 else ((0, 1),) if shape[-1] == 2 else ())
    ]
    return amounts, hidden, lines, margins


@LAWS
@given(holes([(5, 1), (3, 4, 1), (3, 3, 2), (2, 2, 4), (2, 2, 2, 1), (2, 2, 2, 2)]), st.sampled_from([3.0, 5.0, 11.0]))
def test_it_is_told_what_the_programmes_of_the_definition_tell(table, width):
    amounts, hidden, lines, margins = table
    attacker = Attacker(amounts=amounts, lines=lines, margins=margins, width=width)
    assert set(attacker.told(hidden)) == told_slowly(amounts, hidden, lines, margins, width)


@LAWS
@given(holes([(4, 4, 1), (3, 3, 2), (3, 2, 4), (3, 2, 2, 2)]), st.lists(st.integers(0, 10_000), max_size=4))
def test_what_was_found_before_changes_no_answer(table, seeds):
    amounts, hidden, lines, margins = table
    attacker = Attacker(amounts=amounts, lines=lines, margins=margins, width=5.0)
    for seed in seeds:  # groups come and go, as they do when it is tried which need not be hidden
        attacker.told(hidden ^ (np.random.default_rng(seed).random(len(hidden)) < 0.2))
    fresh = Attacker(amounts=amounts, lines=lines, margins=margins, width=5.0)
    assert attacker.told(hidden) == fresh.told(hidden)
    assert bool(attacker.told(hidden, only_first=True)) == bool(fresh.told(hidden))


@LAWS
@given(holes([(4, 4, 1), (3, 3, 2), (3, 2, 4), (2, 2, 2, 2)]))
def test_every_table_that_serves_as_a_proof_is_possible(table):
    amounts, hidden, lines, margins = table
    attacker = Attacker(amounts=amounts, lines=lines, margins=margins, width=5.0)
    attacker.told(hidden)
    for change in attacker.possible:
        assert (amounts + change > -1e-6).all()
        assert change[~hidden] == pytest.approx(0)
        for line in lines:
            assert change[list(line.children)].sum(axis=0) == pytest.approx(change[line.parent], abs=1e-6)
        for margin in margins:
            assert change[margin.known][:, list(margin.outcomes)].sum(axis=1) == pytest.approx(0, abs=1e-6)
