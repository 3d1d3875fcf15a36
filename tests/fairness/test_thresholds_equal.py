"""Thresholds by group: as near to equal as scores allow, the cheapest of those, priced as a person would by hand."""

from itertools import product

import numpy as np
import pytest

from aipm.fairness.thresholds import cells, rates, sweep
from aipm.fairness.thresholds_equal import ALIKE, EQUAL, Costs, cheapest, equalised, extra_cost, prices
from tests.fairness.build import counted, repeated

ROLES = {"groups": ("group",), "label": "label", "score": "score"}
# Forty yes and forty no a group. At 0.8 or more 20 and 10 of a are selected, none of b; at 0.5 of b 20 and 10.
SHIFTED = repeated(
    *((20, "a", 1, 0.8), (10, "a", 0, 0.8), (20, "a", 1, 0.5), (30, "a", 0, 0.2)),
    *((20, "b", 1, 0.5), (10, "b", 0, 0.5), (20, "b", 1, 0.2), (30, "b", 0, 0.1)),
    names="group label score",
)


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
