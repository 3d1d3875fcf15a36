"""Every subgroup tested, against going through the rows one by one."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, false_discovery_control

from aipm.fairness.intervals import newcombe
from aipm.fairness.significance import two_proportions
from aipm.fairness.worst_search import LEVEL, PROMISING, benjamini_yekutieli, enough, look, score, tally, worse_chance
from tests.fairness.build import repeated, table
from tests.fairness.worst_tables import made_ready


def test_benjamini_and_yekutieli_by_hand():
    # 3 looks: 1 + 1/2 + 1/3 = 11/6. Smallest: .01 · 3/1 · 11/6 = .055; .02 · 3/2 · 11/6 = .055; .03 · 11/6 = .055.
    assert benjamini_yekutieli(np.array([0.02, 0.01, 0.03]), 3) == pytest.approx([0.055] * 3)
    assert benjamini_yekutieli(np.array([0.2, 0.9]), 3) == pytest.approx([1, 1])  # .2 · 3 · 11/6 = 1.1
    assert benjamini_yekutieli(np.zeros(0), 40).shape == (0,)


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


def test_weights_and_persons_of_a_part_are_taken_from_those_of_the_whole():
    """Σw, Σw² and persons of everybody else are what a table of everybody else alone has."""
    rng = np.random.default_rng(6)
    who = np.repeat(np.arange(150), 4)
    cells = {"a": np.array(["x", "y", "z"])[rng.integers(0, 3, 150)][who], "w": rng.lognormal(0, 1, 600).round(3)}
    cells |= {"hired": np.where(rng.random(600) < 0.4, "yes", "no"), "who": who}
    others = {name: each[cells["a"] != "x"] for name, each in cells.items()}
    for role in ({"weight": "w"}, {"cluster": "who"}, {"weight": "w", "cluster": "who"}):
        whole, part = (made_ready(table(each), "a", **role) for each in (cells, others))
        all_, alone = (tally(each.sums, "selection_rate", plain=False) for each in (whole, part))
        names = [whole.lattice.named(k, whole.cube.columns, whole.cube.values) for k in range(4)]
        rest = all_[np.array([0])] - all_[np.array([names.index((("a", "x"),))])]
        for each in ("hits", "totals", "hit_squares", "squares", "rows", "persons", "size", "value"):
            assert getattr(rest, each) == pytest.approx(getattr(alone, each)[:1], rel=1e-9)
        assert rest.size[0] < 0.7 * len(others["a"])
        assert all_.rows[0] == pytest.approx(600)  # rows, whatever they weigh


def subgroups(data, columns="a"):
    """The counts of every subgroup, by the value of its one column; everybody is "all"."""
    on = made_ready(data, columns)
    all_ = tally(on.sums, "selection_rate", plain=True)
    names = [dict(on.lattice.named(k, on.cube.columns, on.cube.values)).get("a", "all") for k in range(len(all_.hits))]
    return on, all_, {name: np.array([k]) for k, name in enumerate(names)}


def test_how_far_a_group_stands_out_is_pearsons_statistic_with_one_row_less():
    """Campbell 2007: the square root of χ² (N − 1) / N; 3 of 12 beside 9 of 14."""
    _, all_, at = subgroups(repeated((3, "x", "yes"), (9, "x", "no"), (9, "y", "yes"), (5, "y", "no"), names="a hired"))
    expected = 66 * 5 / 168  # |3 · 14 − 9 · 12| · √(25 / (12 · 14 · 12 · 14))
    assert expected**2 == pytest.approx(chi2_contingency([[3, 9], [9, 5]], correction=False).statistic * 25 / 26)
    for one, other, sign, z in (("x", "y", -1, expected), ("y", "x", -1, -expected), ("y", "x", 1, expected)):
        assert score(all_[at[one]], all_[at[other]], sign) == pytest.approx([z])


def test_that_one_is_worse_is_as_likely_as_that_the_other_is_not():
    """3 of 12 beside 9 of 14: a one-sided chance is half of the two-sided one, or all but that half."""
    rows = [(3, "x", "yes"), (9, "x", "no"), (9, "y", "yes"), (5, "y", "no"), (6, "z", "yes"), (18, "z", "no")]
    _, all_, at = subgroups(repeated(*rows, names="a hired"))
    x, y, z = (all_[at[name]] for name in "xyz")
    both = float(two_proportions(3, 12, 9, 14))
    assert worse_chance(x, y, -1) == pytest.approx([both / 2])
    assert worse_chance(y, x, -1) == worse_chance(x, y, 1) == pytest.approx([1 - both / 2])
    assert worse_chance(x, z, -1) == [1]  # a quarter of either: no worse at all


def test_without_everybody_nobody_is_left_and_nothing_stands_out():
    _, all_, at = subgroups(repeated((30, "x", "yes"), (30, "x", "no"), (9, "y", "yes"), names="a hired"))
    nobody = all_[at["all"]] - all_[at["all"]]
    assert [float(getattr(nobody, each)[0]) for each in ("hits", "totals", "squares", "hit_squares", "rows")] == [0] * 5
    assert np.isnan(nobody.value[0])
    assert score(all_[at["all"]], nobody, -1) == -np.inf
    assert worse_chance(all_[at["x"]], nobody, -1) == worse_chance(nobody, all_[at["x"]], -1) == [1]


def test_people_without_a_decision_make_no_small_group():
    """Of z nobody was decided on: there is nothing to look at, and that is not because z are few."""
    data = repeated(
        (40, "x", "yes"), (40, "x", "no"), (40, "y", "yes"), (5, "few", "no"), (50, "z", ""), names="a hired"
    )
    on, all_, _ = subgroups(data)
    found = look(on.lattice, all_, sign=-1, support=30, share=0.0, depth=1)
    assert (int(found.looked.sum()), found.small) == (2, 1)


@pytest.mark.parametrize(("support", "share", "looked"), [(30, 0.0, 3), (31, 0.0, 2), (1, 0.03, 3), (1, 0.031, 2)])
def test_support_and_share_are_reached_by_as_many_people(support, share, looked):
    cells = {"a": ["few"] * 30 + ["x"] * 485 + ["y"] * 485, "hired": ["no"] * 400 + ["yes"] * 600}
    on = made_ready(table(cells), "a")
    all_ = tally(on.sums, "selection_rate", plain=True)
    found = look(on.lattice, all_, sign=-1, support=support, share=share, depth=1)
    assert int(found.looked.sum()) == looked
    assert found.small == 3 - looked


@pytest.mark.parametrize(("others", "looked"), [(9, 0), (10, 1)])
def test_everybody_else_has_to_be_ten_people(others, looked):
    cells = {"a": ["x"] * 200 + ["y"] * others, "hired": ["no"] * 150 + ["yes"] * (50 + others)}
    on = made_ready(table(cells), "a")
    all_ = tally(on.sums, "selection_rate", plain=True)
    assert int(look(on.lattice, all_, sign=-1, support=30, share=0.0, depth=1).looked.sum()) == looked
