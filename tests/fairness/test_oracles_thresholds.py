"""Thresholds that make a rate alike, beside Fairlearn's ThresholdOptimizer (Hardt, Price & Srebro 2016).

Fairlearn may draw lots between two thresholds of a group, so that any rate can be had by every group; the audit takes
one threshold a group, and only scores that occur. Hence two laws. Lots can only help: with the same leeway between the
groups Fairlearn never makes more errors. And where lots are of no use, both make the same number of errors.
"""

from math import lcm

import numpy as np
import pytest

from aipm.fairness.thresholds import at, sweep
from aipm.fairness.thresholds_equal import ALIKE, EQUAL, Costs, prices
from tests.fairness.build import counted
from tests.fairness.oracles import by_group, near, repeat

ROLES = {"groups": ("group",), "label": "label", "score": "score"}
CONSTRAINT = {name: f"{name}_parity" for name in EQUAL}


def policy(data, name, costs):
    (found,) = prices(sweep(*counted(data, **ROLES)), 500, costs)
    return found.equal[name]


def fewest_errors(data, name, *, leeway=None):
    """How many errors Fairlearn's thresholds make, as expected over its lots, and the rate it sets each group to.

    Its grid holds every rate that a threshold can give any of the groups, so that its optimum is exact.
    """
    from fairlearn.postprocessing import ThresholdOptimizer
    from sklearn.base import BaseEstimator, ClassifierMixin

    class Given(ClassifierMixin, BaseEstimator):
        """A model whose score is the column it is given."""

        def fit(self, _, label):
            self.classes_ = np.unique(label)
            return self

        def predict_proba(self, rows):
            return np.column_stack([1 - rows[:, 0], rows[:, 0]])

    counts = {"selection_rate": (0, 1), "true_positive_rate": (1,), "false_positive_rate": (0,)}[name]
    sizes = [int(np.isin(data["label"][data["group"] == each], counts).sum()) for each in np.unique(data["group"])]
    rows = data["score"][:, None]
    found = ThresholdOptimizer(
        estimator=Given().fit(rows, data["label"]),
        constraints=CONSTRAINT[name],
        prefit=True,
        predict_method="predict_proba",
        grid_size=lcm(*sizes),
        tol=leeway,
    ).fit(rows, data["label"], sensitive_features=data["group"])
    chance = np.zeros(len(rows))
    for group, lots in found.interpolated_thresholder_.interpolation_dict.items():
        here = data["group"] == group
        score = data["score"][here]
        chance[here] = lots.p0 * lots.operation0(score) + lots.p1 * lots.operation1(score)
    return float(np.abs(data["label"] - chance).sum())


def random(seed):
    """Three groups of different sizes whose scores tell more about some than about others."""
    rng = np.random.default_rng(seed)
    people = {"a": (100, 120), "b": (80, 100), "c": (50, 60)}
    group = np.repeat([*people], [sum(both) for both in people.values()])
    label = np.concatenate([np.repeat([1, 0], both) for both in people.values()])
    shift = {"a": 0.0, "b": rng.uniform(-0.3, 0), "c": rng.uniform(0, 0.2)}
    level = 0.4 + rng.uniform(0.1, 0.3) * label + np.array([shift[each] for each in group])
    return {"group": group, "label": label, "score": np.clip(rng.normal(level, 0.2), 0, 1).round(2)}


@pytest.mark.parametrize("name", EQUAL)
@pytest.mark.parametrize("seed", range(10))
def test_lots_never_make_more_errors(name, seed):
    """Nor many fewer where scores take many values: here at most one decision in fifty."""
    data = random(seed)
    ours = policy(data, name, Costs())
    assert ours.gap(name) <= ALIKE + 1e-9
    fewest = fewest_errors(data, name, leeway=ALIKE + 1e-9)
    assert fewest - 1e-6 <= ours.errors <= fewest + len(data["label"]) / 50


@pytest.mark.parametrize("name", EQUAL)
@pytest.mark.parametrize("seed", range(4))
def test_the_rates_promised_are_those_that_fairlearn_measures(name, seed):
    import fairlearn.metrics as fairlearn

    data = random(seed)
    ours = policy(data, name, Costs())
    threshold = {group[0][1]: each for group, each in zip(ours.groups, ours.thresholds, strict=True)}
    said = (data["score"] >= np.array([threshold[each] for each in data["group"]])).astype(int)
    asked = {rate: getattr(fairlearn, rate) for rate in EQUAL}
    found = by_group({**data, "said": said}, asked, true="label", said="said", by=("group",))
    for k, group in enumerate(ours.groups):
        assert {rate: ours.rates[rate][k].value for rate in EQUAL} == {
            rate: near(number) for rate, number in found[group[0][1],].items()
        }
    assert ours.errors == (said != data["label"]).sum()


def test_a_threshold_of_one_s_own_between_any_two_edges():
    """Scores of many decimals, and a threshold that lies within one of the thousand bins they are counted in."""
    import fairlearn.metrics as fairlearn

    data = random(0)
    data["score"] = np.clip(data["score"] + np.random.default_rng(0).uniform(-0.004, 0.004, len(data["score"])), 0, 1)
    place = int(np.argsort(data["score"])[200])
    threshold = float(data["score"][place])
    assert threshold * 1000 != round(threshold * 1000)
    found = sweep(*counted(data, **ROLES, threshold=threshold))
    ours = at(found, found.start)
    said = (data["score"] >= threshold).astype(int)
    asked = {rate: getattr(fairlearn, rate) for rate in EQUAL}
    theirs = by_group({**data, "said": said}, asked, true="label", said="said", by=("group",))
    for k, group in enumerate(found.people.groups[1:], start=1):
        assert {rate: ours[rate][k].value for rate in EQUAL} == {
            rate: near(number) for rate, number in theirs[group[0][1],].items()
        }


# People with a yes and with a no in the label at each of five scores, the best first. Each score holds a fifth of what
# the rate counts, and no and yes shift steadily, so that the curves bend one way only: no lot betters a threshold.
STEADY = {
    "selection_rate": {
        "a": [(38, 2), (33, 7), (24, 16), (9, 31), (3, 37)],
        "b": [(27, 3), (21, 9), (17, 13), (13, 17), (1, 29)],
    },
    "true_positive_rate": {
        "a": [(40, 2), (40, 7), (40, 30), (40, 61), (40, 90)],
        "b": [(20, 3), (20, 9), (20, 25), (20, 27), (20, 80)],
    },
    "false_positive_rate": {
        "a": [(90, 30), (64, 30), (31, 30), (16, 30), (1, 30)],
        "b": [(70, 50), (66, 50), (52, 50), (49, 50), (2, 50)],
    },
}
SCORES = {"a": (0.9, 0.7, 0.5, 0.3, 0.1), "b": (0.8, 0.75, 0.4, 0.35, 0.05)}


def steady(name):
    cells = [
        (group, label, score, both[1 - label])
        for group, people in STEADY[name].items()
        for score, both in zip(SCORES[group], people, strict=True)
        for label in (1, 0)
    ]
    group, label, score, times = map(np.array, zip(*cells, strict=True))
    return repeat({"group": group, "label": label, "score": score}, times)


@pytest.mark.parametrize("name", EQUAL)
def test_where_lots_are_of_no_use_both_make_the_same_errors(name):
    data = steady(name)
    ours = policy(data, name, Costs())
    assert ours.gap(name) == 0
    assert len(set(ours.thresholds)) == 2
    assert ours.errors == near(fewest_errors(data, name))


@pytest.mark.parametrize("name", EQUAL[1:])
@pytest.mark.parametrize(("missed", "wrong"), [(3, 1), (1, 3), (5, 2)])
def test_what_each_error_costs(name, missed, wrong):
    """An error that costs three times as much is one person standing for three, which leaves both rates as they are."""
    data = steady(name)
    ours = policy(data, name, Costs(false_positive=wrong, false_negative=missed))
    assert ours.cost == near(fewest_errors(repeat(data, np.where(data["label"] == 1, missed, wrong)), name))
