"""Which parts of the population an audit looks at."""

import numpy as np
import pytest

from aipm.fairness.groups import population
from aipm.tables import Refusal
from tests.fairness.build import audited, counted

DATA = {
    "sex": ["f", "m", "f", "m"] * 6,
    "race": ["x", "x", "y", ""] * 6,
    "site": ["1", "2", "10"] * 8,
    "p": [0, 1] * 12,
}


def people(depth, *columns):
    counts, _ = counted(DATA, groups=columns, prediction="p")
    return population(counts, depth), counts


def test_everybody_comes_first_then_columns_then_intersections():
    found, _ = people(2, "sex", "race")
    assert found.groups == (
        (),
        (("sex", "f"),),
        (("sex", "m"),),
        (("race", "x"),),
        (("race", "y"),),
        (("race", None),),
        (("sex", "f"), ("race", "x")),
        (("sex", "f"), ("race", "y")),
        (("sex", "m"), ("race", "x")),
        (("sex", "m"), ("race", None)),
    )  # combinations that nobody belongs to are not there


def test_depth_goes_no_further_than_the_columns():
    assert people(3, "sex")[0].groups == people(1, "sex")[0].groups
    depths = [part.columns for part in people(3, "sex", "race", "site")[0].combinations]
    assert depths[-1] == ("sex", "race", "site")
    assert len(depths) == 7


def test_numbers_are_sorted_by_size():
    found, _ = people(1, "site")
    assert [group[0][1] for group in found.groups[1:]] == ["1", "2", "10"]


def test_gathering_adds_up_what_belongs_together():
    found, counts = people(3, "sex", "race", "site")
    ones = np.ones((len(counts.groups), 2))
    gathered = found.gather(ones)
    assert (gathered[0] == len(counts.groups)).all()
    for part in found.combinations:
        assert gathered[part.start : part.stop].sum(axis=0).tolist() == [len(counts.groups)] * 2


def test_more_groups_than_anybody_could_read_are_refused():
    data = {name: [f"{name}{k % size}" for k in range(4000)] for name, size in (("a", 50), ("b", 51))}
    assert len(audited(data, groups=("a", "b"), depth=1).groups) == 102
    with pytest.raises(Refusal) as refusal:
        audited(data, groups=("a", "b"), depth=2)
    assert refusal.value.code == "too_many_intersections"


def test_a_column_named_twice_is_a_slip():
    with pytest.raises(Refusal) as refusal:
        people(2, "sex", "sex")
    assert refusal.value.code == "group_twice"
