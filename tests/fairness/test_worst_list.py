"""The list of the worst-served: each group of people once, worst first, every number that of its own people."""

import numpy as np
import pytest

from aipm.fairness.intervals import donner_zou, newcombe, wilson
from aipm.fairness.significance import two_proportions
from aipm.fairness.worst_search import look, tally
from tests.fairness.build import repeated, table
from tests.fairness.worst_tables import groups, made_ready, searched


def one_sided(x, n, y, m):
    """That x of n is lower than y of m."""
    both = float(two_proportions(x, n, y, m))
    return both / 2 if x / n < y / m else 1 - both / 2


def test_every_number_of_a_listed_group_is_that_of_its_people_everybody_else_and_its_parents():
    data = repeated(
        (30, "p", "m", "yes"), (170, "p", "m", "no"), (110, "p", "n", "yes"), (90, "p", "n", "no"),
        (120, "q", "m", "yes"), (80, "q", "m", "no"), (115, "q", "n", "yes"), (85, "q", "n", "no"), names="a b hired",
    )  # fmt: skip
    found = searched(data, "ab")
    worst = found.subgroups[0]
    assert dict(worst.here.group) == {"a": "p", "b": "m"}
    x, n, y, m = 30, 200, 345, 600
    low, high = newcombe(x, n, y, m)
    assert worst.gap == pytest.approx(x / n - y / m)
    assert (worst.gap_low, worst.gap_high) == pytest.approx((float(low), float(high)))
    assert worst.bound == pytest.approx(-float(high))
    low, high = donner_zou(x, n, y, m)
    assert worst.ratio == pytest.approx((x / n) / (y / m))
    assert (worst.ratio_low, worst.ratio_high) == pytest.approx((float(low), float(high)))
    assert (worst.here.low, worst.here.high) == pytest.approx(tuple(float(each) for each in wilson(x, n)))
    beside = {worst.parents[k].rate.group: worst.parents[k] for k in (0, 1)}
    assert {group: (each.rate.numerator, each.rate.denominator) for group, each in beside.items()} == {
        (("a", "p"),): (140, 400), (("b", "m"),): (150, 400),
    }  # fmt: skip
    assert beside[(("a", "p"),)].p_value == pytest.approx(one_sided(30, 200, 110, 200))
    assert beside[(("b", "m"),)].p_value == pytest.approx(one_sided(30, 200, 120, 200))
    # The largest of the three tests counts; of eight looks it is the only one without another that is found by itself.
    assert worst.p_value == pytest.approx(
        max(one_sided(*each) for each in ((x, n, y, m), (x, n, 110, 200), (x, n, 120, 200)))
    )
    assert worst.p_value < worst.p_adjusted
    assert found.looked == 8
    assert all(not each.parents for each in found.subgroups if len(each.here.group) == 1)


@pytest.mark.parametrize(("swapped", "names"), [(20, 1), (30, 2)])
def test_two_names_of_nineteen_in_twenty_of_either_s_people_are_one_group(swapped, names):
    # 980 of 1,020 are 96 %, 970 of 1,030 are 94 %.
    both, one = 1_000 - swapped, swapped
    rows = [(both, "p", "p"), (one, "p", "q"), (one, "q", "p"), (3_000 - one, "q", "q")]
    cells = [(count // 5 * share, a, b, hired) for count, a, b in rows for share, hired in
             (((1, "yes"), (4, "no")) if a == "p" or b == "p" else ((3, "yes"), (2, "no")))]  # fmt: skip
    found = searched(repeated(*cells, names="a b hired"), "ab", wanted={"depth": 1})
    assert len(groups(found)) == names
    assert len(found.subgroups[0].same) == 2 - names
    assert found.explained == 2 - names


def many(*rates, size=300):
    """Groups g00, g01, … of one column, of equal size, with so many hired of a hundred."""
    rows = [(size * rate // 100, f"g{k:02}", "yes") for k, rate in enumerate(rates)]
    return repeated(*rows, *((size - row[0], row[1], "no") for row in rows), names="a hired")


def test_ten_are_listed_and_the_others_counted():
    found = searched(many(*range(10, 22), *[60] * 20), "a")
    assert (found.found, len(found.subgroups), found.unlisted, found.explained) == (12, 10, 2, 0)
    assert [dict(each.here.group)["a"] for each in found.subgroups] == [f"g{k:02}" for k in range(10)]
    assert all(each.parents == () for each in found.subgroups)  # everybody is no parent: they are the others, and more
    assert all(each.found for each in found.subgroups)


def test_where_none_is_found_five_of_the_twenty_that_stand_out_most_are_shown_the_surest_first():
    rng = np.random.default_rng(3)
    sizes = np.r_[rng.integers(32, 60, 12), rng.integers(200, 900, 28)]
    place = np.repeat([f"g{k:02}" for k in range(40)], sizes)
    data = table({"a": place, "hired": np.where(rng.random(len(place)) < 0.5, "yes", "no")})
    found = searched(data, "a")
    assert found.found == 0
    on = made_ready(data, "a")
    looks = look(on.lattice, tally(on.sums, "selection_rate", plain=True), sign=-1, support=30, share=0.0, depth=3)
    foremost = sorted(zip(looks.z, looks.bound, strict=True), reverse=True)[:20]
    surest = sorted((bound for _, bound in foremost), reverse=True)[:5]
    assert [each.bound for each in found.subgroups] == surest
    assert not any(each.found for each in found.subgroups)
    assert min(each.p_value for each in found.subgroups) < 0.05  # by itself, and no longer after forty looks


def test_of_more_than_twenty_that_stand_out_those_that_do_so_least_are_not_shown():
    """Thirty places of 120, 140, … 700 people where 45 of a hundred are hired, and eight large ones where 55 are."""
    rows = [(size * 9 // 20, f"g{size}", "yes") for size in range(120, 720, 20)]
    rows += [(int(name[1:]) - hired, name, "no") for hired, name, _ in rows]
    rows += [(hired, f"h{k}", said) for k in range(8) for hired, said in ((847, "yes"), (693, "no"))]
    found = searched(repeated(*rows, names="a hired"), "a")
    assert (found.found, found.looked) == (0, 38)
    assert {each.here.group[0][1] for each in found.subgroups} == {"g700", "g680", "g660", "g640", "g620"}


def siblings(*hired):
    """Of a hundred of p so many are hired, by their second column m, n and o; of all others six of ten."""
    rows = [(400, "p", each, rate) for each, rate in zip("mno", hired, strict=True)]
    rows += [(400, "q", each, 60) for each in "mno"]
    cells = [(size * share // 100, a, b, said) for size, a, b, rate in rows
             for share, said in ((rate, "yes"), (100 - rate, "no"))]  # fmt: skip
    return searched(repeated(*cells, names="a b hired"), "ab")


def test_a_group_that_shares_a_condition_with_a_listed_one_is_a_group_of_its_own():
    listed = groups(siblings(10, 10, 60))
    assert {"a": "p", "b": "m"} in listed
    assert {"a": "p", "b": "n"} in listed


@pytest.mark.parametrize(("others", "its_own"), [(40, True), (60, False)])
def test_a_larger_group_is_one_of_its_own_only_where_it_is_worse_without_the_smaller(others, its_own):
    """One in ten of p and m is hired. The rest of p is worse than all others, or no worse at all."""
    found = siblings(10, others, others)
    assert groups(found)[0] == {"a": "p", "b": "m"}
    assert ({"a": "p"} in groups(found)) == its_own
    assert ((("a", "p"),) in found.subgroups[0].carries) == (not its_own)
    assert found.found == len(groups(found)) + found.explained
