"""Thresholds by group: as near to equal as scores allow, the cheapest of those, priced as a person would by hand."""

from itertools import product

import numpy as np
import pytest

from aipm.fairness.special import Z
from aipm.fairness.thresholds import cells, rates, sweep
from aipm.fairness.thresholds_equal import ALIKE, EQUAL, Costs, cheapest, equalised, extra_cost, prices
from tests.fairness.build import counted, repeated

ROLES = {"groups": ("group",), "label": "label", "score": "score"}
# Forty yes and forty no a group. At 0.8 or more 20 and 10 of a are selected, none of b; at 0.5 of b 20 and 10.
SHIFTED_ROWS = (
    *((20, "a", 1, 0.8), (10, "a", 0, 0.8), (20, "a", 1, 0.5), (30, "a", 0, 0.2)),
    *((20, "b", 1, 0.5), (10, "b", 0, 0.5), (20, "b", 1, 0.2), (30, "b", 0, 0.1)),
)
SHIFTED = repeated(*SHIFTED_ROWS, names="group label score")


def swept(data, **spec):
    return sweep(*counted(data, **{**ROLES, **spec}))


def test_by_hand():
    """A score that takes the same off everybody in b is made good by thresholds that do.

    In common 0.5 costs least: 10 wrong yes in a, 10 wrong yes and 20 wrong no in b. By group, 0.5 and 0.2 miss nobody:
    10 wrong yes in each.
    """
    (found,) = prices(swept(SHIFTED), 800, Costs())
    assert (found.chosen.false_positives, found.chosen.false_negatives) == (10, 60)
    assert found.cheapest is not None
    assert set(found.cheapest.thresholds) == {0.5}
    assert (found.cheapest.false_positives, found.cheapest.false_negatives, found.cheapest.cost) == (20, 20, 40)
    equal = found.equal["true_positive_rate"]
    assert equal.thresholds == (0.5, 0.2)
    assert (equal.errors, equal.cost, equal.gap("true_positive_rate")) == (20, 20, 0)
    # Of thresholds with the same wrong yes the lowest score is taken, which misses nobody.
    assert found.equal["false_positive_rate"].thresholds == (0.5, 0.2)
    value, low, high = equal.extra or (None, None, None)
    assert value == -20
    assert low is not None
    assert high is not None
    assert low < -20 < high < 0


def test_what_an_error_costs_decides_which_threshold_is_cheapest():
    """Where a wrong yes costs ten wrong no, nobody is selected: any threshold that selects has a wrong yes in three."""
    found = swept(SHIFTED)
    assert found.edges[cheapest(found, Costs(false_positive=1, false_negative=10))] == 0.2
    assert found.edges[cheapest(found, Costs(false_positive=10, false_negative=1))] == np.inf


def test_both_costs_are_in_the_price():
    (found,) = prices(swept(SHIFTED), 800, Costs(false_positive=2, false_negative=5))
    assert (found.chosen.false_positives, found.chosen.false_negatives) == (10, 60)
    assert found.chosen.cost == 2 * 10 + 5 * 60


def test_a_score_that_is_never_wrong_costs_nothing_at_the_highest_threshold_that_misses_nobody():
    found = swept(table_of((40, "a", 1, 0.7), (40, "a", 0, 0.2), (40, "b", 1, 0.9), (40, "b", 0, 0.3)))
    assert found.edges[cheapest(found, Costs())] == 0.7


def test_the_cheapest_threshold_weighs_people_by_their_weights():
    """Two of weight 3 are missed at 0.8 (6), four of weight 2 wrongly selected at 0.5 (8): 18 beside 16 if squared."""
    data = repeated(
        *((50, "a", 1, 0.8, 1), (2, "a", 1, 0.5, 3), (4, "a", 0, 0.5, 2), (50, "a", 0, 0.2, 1)),
        names="group label score weight",
    )
    found = swept(data, weight="weight")
    assert found.edges[cheapest(found, Costs())] == 0.8


def test_of_thresholds_that_cost_the_same_the_highest_is_taken_though_sums_of_weights_differ_in_their_last_bit():
    """Below 0.8 are, at 0.5, a yes of .1 and one of .2, and a no of .3: what is won is what is lost."""
    data = repeated(
        *((1, "a", 1, 0.9, 0.1), (1, "a", 1, 0.8, 0.6), (1, "a", 1, 0.5, 0.1), (1, "a", 1, 0.5, 0.2)),
        *((1, "a", 0, 0.5, 0.3), (1, "a", 0, 0.1, 0.6)),
        names="group label score weight",
    )
    found = swept(data, weight="weight")
    assert found.edges[cheapest(found, Costs())] == 0.8


def random_data(seed):
    rng = np.random.default_rng(seed)
    label = rng.integers(0, 2, 240)
    group = rng.choice(["a", "b"], 240)
    score = np.clip(rng.normal(0.45 + 0.15 * label - 0.1 * (group == "b"), 0.2), 0, 1).round(1)
    return {"group": group, "label": label, "score": score}


@pytest.mark.parametrize("name", EQUAL)
@pytest.mark.parametrize("seed", range(4))
def test_no_pair_of_thresholds_that_is_as_equal_is_cheaper(name, seed):
    """Every pair of scores is tried: of those that lie as near to each other, none costs less."""
    found, costs = swept(random_data(seed)), Costs(false_positive=2)
    groups = found.of(slice(1, 3))
    places, thin = equalised(groups, name, costs, common=cheapest(found, costs))
    assert not thin.any()
    values, counted_ = rates(groups, (name,))[name].value, cells(groups.weight)
    spent = costs.false_positive * counted_.fp + costs.false_negative * counted_.fn

    def of(pair):
        return abs(values[0, pair[0]] - values[1, pair[1]]), spent[0, pair[0]] + spent[1, pair[1]]

    gap, cost = of(places)
    steps = [groups.place(score / 10) for score in range(11)] + [len(groups.edges) - 1]
    others = [of(pair) for pair in product(steps, repeat=2)]
    inner = [of(pair)[0] for pair in product(steps, repeat=2) if 0 < values[0, pair[0]] < 1]
    assert gap <= max(ALIKE, min(inner)) + 1e-12 or gap == min(each for each, _ in others)
    assert cost <= min(other for nearness, other in others if nearness <= ALIKE)


def test_a_group_of_few_keeps_the_common_threshold():
    rows = random_data(1)
    data = {name: [*cells_, *cells_[:12]] for name, cells_ in rows.items()}
    data["group"] = [*rows["group"], *["few"] * 12]
    found = swept(data)
    (each,) = prices(found, found.start, Costs())
    assert each.cheapest is not None
    few = [group[0][1] for group in each.chosen.groups].index("few")
    for policy in each.equal.values():
        assert policy.thin[few]
        assert policy.thresholds[few] == each.cheapest.thresholds[0]


def test_without_a_label_selection_is_brought_to_that_of_everybody_and_has_no_price():
    """At 0.5 or more 50 of 80 are selected in a, 30 of 80 in b: half of everybody. At 0.2 or more it is 50 in b too."""
    found = sweep(*counted(SHIFTED, groups=("group",), score="score"))
    (each,) = prices(found, found.place(0.5), Costs())
    assert set(each.equal) == {"selection_rate"}
    assert each.cheapest is None
    policy = each.equal["selection_rate"]
    assert (policy.cost, policy.errors, policy.extra) == (None, None, None)
    assert (policy.false_positives, policy.false_negatives) == (None, None)
    assert policy.thresholds == (0.5, 0.2)
    assert (each.chosen.gap("selection_rate"), policy.gap("selection_rate")) == (0.25, 0)


def test_the_interval_of_the_extra_cost_holds_the_truth_in_95_of_100_samples():
    """Two groups, thresholds fixed beforehand, 400 people each time; the truth is what very many people would cost."""
    rng, costs, hits, times = np.random.default_rng(5), Costs(false_positive=3), 0, 150

    def sample(size):
        label, group = rng.integers(0, 2, size), rng.choice(["a", "b"], size)
        return {"group": group, "label": label, "score": np.clip(rng.normal(0.4 + 0.2 * label, 0.2), 0, 1).round(2)}

    def difference(data):
        found = swept(data).of(slice(1, 3))
        first = np.array([found.place(0.6), found.place(0.4)])
        return extra_cost(found, first, np.full(2, found.place(0.5)), costs)

    truth = difference(sample(400_000))[0] / 1_000
    for _ in range(times):
        _, low, high = difference(sample(400))
        hits += low <= truth <= high
    assert 0.9 <= hits / times <= 0.99


def table_of(*rows):
    """(times, group, label, score)"""
    return repeated(*rows, names="group label score")


def only(data, costs=None, threshold=0.5, **spec):
    """The prices of the only column."""
    found = swept(data, **spec)
    (each,) = prices(found, found.place(threshold), costs or Costs())
    return each


def test_a_group_of_few_has_no_part_in_the_gap_and_keeps_the_cheapest_threshold_not_the_chosen_one():
    """At 0.8, 30 of 80 are selected in a, none in b, and all twelve of the few."""
    found = only(table_of(*SHIFTED_ROWS, (6, "few", 1, 0.9), (6, "few", 0, 0.9)), threshold=0.8)
    assert found.chosen.gap("selection_rate") == 30 / 80
    for policy in found.equal.values():
        assert policy.thin == (False, False, True)
        assert policy.thresholds[2] == 0.5


def test_one_large_group_alone_cannot_be_made_equal_to_anybody():
    """The few in b make 0.8 the cheapest for all, though 0.5 is for a."""
    found = only(table_of(*SHIFTED_ROWS[:4], (25, "b", 0, 0.5)))
    for policy in found.equal.values():
        assert (policy.thresholds, policy.thin) == ((0.8, 0.8), (True, True))
    assert found.chosen.gap("selection_rate") is None


@pytest.mark.parametrize(("rows", "thin"), [(29, True), (30, False)])
def test_thirty_people_are_enough_for_a_threshold_however_much_they_weigh(rows, thin):
    data = repeated(
        *((times, *cells_, 1) for times, *cells_ in SHIFTED_ROWS), (rows, "c", 1, 0.6, 50),
        names="group label score weight",
    )  # fmt: skip
    assert only(data, weight="weight").equal["selection_rate"].thin == (False, False, thin)


def test_without_a_label_each_group_takes_what_lies_nearest_to_the_rate_of_everybody():
    """At 0.6, 60 of 100 are selected in a and 20 of 100 in b: two in five. Nearest are 39 and 40. The few stay."""
    found = only(
        repeated(
            *((30, "a", 0.9), (9, "a", 0.7), (21, "a", 0.6), (40, "a", 0.1)),
            *((10, "b", 0.9), (10, "b", 0.6), (20, "b", 0.5), (20, "b", 0.4), (40, "b", 0.1)),
            *((4, "few", 0.9), (6, "few", 0.1)),
            names="group score",
        ),
        threshold=0.6,
        label=None,
    )
    assert found.equal["selection_rate"].thresholds == (0.7, 0.5, 0.6)


def test_where_scores_are_coarse_as_near_as_they_come_is_near_enough():
    """40 and 50 of 100 is the nearest but for selecting all or nobody, which would cost 110 or 90 errors, not 18."""
    found = only(
        table_of(
            *((36, "a", 1, 0.8), (4, "a", 0, 0.8), (4, "a", 1, 0.2), (56, "a", 0, 0.2)),
            *((45, "b", 1, 0.7), (5, "b", 0, 0.7), (5, "b", 1, 0.1), (45, "b", 0, 0.1)),
        )
    )
    policy = found.equal["selection_rate"]
    assert (policy.thresholds, policy.errors) == ((0.8, 0.7), 18)
    assert policy.gap("selection_rate") == pytest.approx(0.1)


def test_of_two_that_cost_the_same_the_more_equal_is_taken():
    """Two more in a, one rightly and one wrongly: 102 of 200 would still be alike, but 100 is the same as in b."""
    found = only(
        table_of(
            *((90, "a", 1, 0.8), (10, "a", 0, 0.8), (1, "a", 1, 0.7), (1, "a", 0, 0.7), (98, "a", 0, 0.2)),
            *((90, "b", 1, 0.8), (10, "b", 0, 0.8), (100, "b", 0, 0.2)),
        )
    )
    assert found.equal["selection_rate"].thresholds == (0.8, 0.8)


@pytest.mark.parametrize(("more", "of_a"), [(10, 0.7), (11, 0.8)])
def test_a_percentage_point_apart_is_alike_and_more_is_not(more, of_a):
    """In b 300 of 1,000 are selected. In a, 300 are at 0.8, and 10 more, all rightly, at 0.7: one point apart."""
    found = only(
        table_of(
            *((300, "a", 1, 0.8), (more, "a", 1, 0.7), (690 - more, "a", 0, 0.2), (10, "a", 0, 0.1)),
            *((300, "b", 1, 0.8), (700, "b", 0, 0.2)),
        )
    )
    assert found.equal["selection_rate"].thresholds == (of_a, 0.8)


def test_thirty_people_take_part_in_the_gap():
    """At 0.5 half of a's eighty, all of the thirty, and none of another twenty-nine are selected."""
    rows = ((40, "a", 1, 0.8), (40, "a", 0, 0.2), (30, "c", 1, 0.9), (29, "d", 1, 0.1))
    assert only(table_of(*rows)).chosen.gap("selection_rate") == 0.5


def test_as_near_as_they_come_may_be_that_nobody_of_one_group_is_selected():
    """Of a, 20 in 100 can be selected, of b half: thirty points apart. With nobody in b it is twenty, and cheaper than
    nobody or everybody in both.
    """
    found = only(
        table_of(
            *((18, "a", 1, 0.8), (2, "a", 0, 0.8), (8, "a", 1, 0.2), (72, "a", 0, 0.2)),
            *((45, "b", 1, 0.7), (5, "b", 0, 0.7), (5, "b", 1, 0.1), (45, "b", 0, 0.1)),
        )
    )
    policy = found.equal["selection_rate"]
    assert (policy.thresholds, policy.errors) == ((0.8, np.inf), 2 + 8 + 50)


def test_as_near_as_they_come_may_be_that_everybody_of_one_group_is_selected():
    """The same with yes and no exchanged: 80 in 100 of a, everybody of b."""
    found = only(
        table_of(
            *((72, "a", 1, 0.8), (8, "a", 0, 0.8), (2, "a", 1, 0.2), (18, "a", 0, 0.2)),
            *((45, "b", 1, 0.7), (5, "b", 0, 0.7), (5, "b", 1, 0.1), (45, "b", 0, 0.1)),
        )
    )
    policy = found.equal["selection_rate"]
    assert (policy.thresholds, policy.errors) == ((0.8, 0.1), 2 + 8 + 50)


def test_the_cheapest_of_those_alike_weighs_people_by_their_weights():
    """Below 0.8 are ten of weight 2 who should get a yes and then six of weight 3 who should not. At 0.8 the ten are
    missed (20), at 0.5 the six are wrongly selected (18); by squares it would be 40 beside 54.
    """
    rows = ((40, 1, 0.8, 1), (6, 0, 0.5, 3), (10, 1, 0.5, 2), (40, 0, 0.2, 1))
    data = repeated(*((n, group, *rest) for group in "ab" for n, *rest in rows), names="group label score weight")
    assert only(data, weight="weight").equal["selection_rate"].thresholds == (0.5, 0.5)


def extra(rows, costs, thresholds, *, times=1, **spec):
    """What thresholds of one's own cost beyond 0.5 for all; every row `times` times, each person being those."""
    people = [(each, times) for row in rows for each in [row[1:]] * row[0]]
    data = repeated(
        *((repeat, *each, number, 2) for number, (each, repeat) in enumerate(people)),
        names="group label score person weight",
    )
    found = swept(data, **spec).of(slice(1, 3))
    return extra_cost(found, np.array([found.place(each) for each in thresholds]), np.full(2, found.place(0.5)), costs)


@pytest.mark.parametrize("more", [(), ((40, "a", "", 0.2), (7, "b", "", 0.9))], ids=["", "with unknown labels"])
def test_the_extra_cost_and_its_interval_by_hand(more):
    """Of 160 people 20 with a yes and 30 with a no are selected besides, at 1 saved and 2 spent: 60 − 20. The sum of
    squares is 30 × 4 + 20, less 160 × (40 / 160)². Unknown labels say nothing.
    """
    value, low, high = extra((*SHIFTED_ROWS, *more), Costs(false_positive=2), (0.5, 0.1))
    half = Z * np.sqrt(30 * 4 + 20 - 160 * (40 / 160) ** 2)
    assert (value, low, high) == pytest.approx((40, 40 - half, 40 + half))


def test_a_yes_saved_at_four_and_people_with_the_least_score_of_all():
    """As above, those who have 0.1 having 0: 30 × 2 − 20 × 4 = −20, squares 30 × 4 + 20 × 16, of the same 160."""
    rows = [(*row[:3], 0.0 if row[3] == 0.1 else row[3]) for row in SHIFTED_ROWS]
    value, low, high = extra(rows, Costs(false_positive=2, false_negative=4), (0.5, 0.0))
    half = Z * np.sqrt(30 * 4 + 20 * 16 - 160 * (20 / 160) ** 2)
    assert (value, low, high) == pytest.approx((-20, -20 - half, -20 + half))


def test_the_same_thresholds_cost_nothing_more_for_certain():
    assert extra(SHIFTED_ROWS, Costs(), (0.5, 0.5)) == (0, 0, 0)


def test_where_everybody_is_decided_differently_and_wrongly_the_cost_is_certain():
    rows = ((40, "a", 0, 0.2), (40, "b", 0, 0.2))
    assert extra(rows, Costs(), (0.2, 0.2)) == pytest.approx((80, 80, 80))


def test_weights_and_rows_of_one_person_double_the_cost_and_its_uncertainty():
    costs, thresholds = Costs(false_positive=2), (0.5, 0.1)
    twice = pytest.approx([2 * each for each in extra(SHIFTED_ROWS, costs, thresholds)])
    assert extra(SHIFTED_ROWS, costs, thresholds, weight="weight") == twice
    assert extra(SHIFTED_ROWS, costs, thresholds, times=2, cluster="person") == twice


@pytest.mark.parametrize(("changed", "bounded"), [(9, False), (10, True)])
def test_an_interval_takes_ten_people_who_are_decided_differently(changed, bounded):
    rows = (*SHIFTED_ROWS, (changed, "a", 1, 0.45))
    value, low, high = extra(rows, Costs(), (0.4, 0.5))
    assert value == -changed
    assert (low is not None, high is not None) == (bounded, bounded)


@pytest.mark.parametrize(("of_a", "of_b"), [(1, 0), (1, 1), (0, 0)])
@pytest.mark.parametrize(("in_b", "bounded"), [(4, False), (5, True)])
def test_the_ten_may_be_of_both_groups_and_decided_rightly_or_wrongly(of_a, of_b, in_b, bounded):
    """At 0.4 five more of a and some of b are selected: rightly, which saves an error each, or wrongly."""
    rows = (*SHIFTED_ROWS, (5, "a", of_a, 0.45), (in_b, "b", of_b, 0.45))
    value, low, high = extra(rows, Costs(), (0.4, 0.4))
    assert value == 5 * (1 - 2 * of_a) + in_b * (1 - 2 * of_b)
    assert (low is not None, high is not None) == (bounded, bounded)
