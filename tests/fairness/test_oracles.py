"""The first audit beside Fairlearn and AIF360: the rates of groups and intersections, and gaps of pairs.

Rows without a label count in selection rates, those without a decision in base rates; where a metric needs both, such
rows are left out. The two libraries know no missing cells: each is given the rows that its metric rests on.
"""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.fairness.build import audited, comparison, estimate, value
from tests.fairness.oracles import ROLES, by_group, groups_of, known, near, pair, people

BY = [("sex",), ("race",), ("sex", "race"), ("sex", "race", "age")]
DATA = people(1)
ANSWERED = known(DATA, "label", "prediction")
WEIGHTS = pytest.mark.parametrize("weight", [None, "weight"])
COLUMNS = pytest.mark.parametrize("by", BY, ids="-".join)


def same(result, theirs, by):
    """Whether the audit holds every group that has rows, each with Fairlearn's numbers; None where it has none."""
    ours = {
        tuple(each for _, each in group.group): group.metrics
        for group in result.groups
        if tuple(name for name, _ in group.group) == by
    }
    assert ours.keys() == groups_of(DATA, by)
    for metric in next(iter(theirs.values())):
        expected = {group: near(theirs[group][metric]) if group in theirs else None for group in ours}
        assert {group: metrics[metric].value for group, metrics in ours.items()} == expected, metric
    # Fairlearn lists every combination of values that occur, also those in which there is nobody.
    assert all(set(theirs[group].values()) == {None} for group in theirs.keys() - ours.keys())


def of_class(function, positive):
    """A metric of scikit-learn for one of the two answers; 0/0 is asked to be no number, as in the audit."""

    def found(true, said, sample_weight=None):
        return function(true, said, pos_label=positive, sample_weight=sample_weight, zero_division=np.nan)

    return found


@WEIGHTS
@COLUMNS
def test_rates_of_label_and_decision(by, weight):
    from sklearn import metrics

    asked = {
        "accuracy": metrics.accuracy_score,
        "error_rate": metrics.zero_one_loss,
        "true_positive_rate": of_class(metrics.recall_score, 1),
        "true_negative_rate": of_class(metrics.recall_score, 0),
        "precision": of_class(metrics.precision_score, 1),
        "negative_predictive_value": of_class(metrics.precision_score, 0),
        "f1": of_class(metrics.f1_score, 1),
    }
    result = audited(DATA, groups=by, depth=len(by), weight=weight, **ROLES)
    same(result, by_group(ANSWERED, asked, true="label", said="prediction", by=by, weight=weight), by)


CELLS = st.tuples(st.sampled_from(["f", "m", ""]), st.sampled_from(["0", "1", ""]), st.sampled_from(["0", "1", ""]))


@settings(max_examples=30)
@given(st.lists(CELLS, min_size=1, max_size=15))
def test_rates_of_whatever_few_people(rows):
    """Groups with one answer only, without an answer, or without anybody."""
    from sklearn import metrics

    data = dict(zip(("sex", "label", "prediction"), map(np.array, zip(*rows, strict=True)), strict=True))
    answered = known(data, "label", "prediction")
    assume(len(answered["sex"]))
    result = audited(data, groups=("sex",), **ROLES)
    asked = {
        "accuracy": metrics.accuracy_score,
        "true_positive_rate": of_class(metrics.recall_score, 1),
        "true_negative_rate": of_class(metrics.recall_score, 0),
        "precision": of_class(metrics.precision_score, 1),
    }
    found = by_group(answered, asked, true="label", said="prediction", by=("sex",))
    for group in groups_of(data, ("sex",)):
        numbers = found.get(group, dict.fromkeys(asked))
        assert {name: value(result, name, sex=group[0]) for name in asked} == {n: near(numbers[n]) for n in asked}


@COLUMNS
@WEIGHTS
def test_shares_selected_and_with_a_yes_in_the_label(by, weight):
    from fairlearn.metrics import selection_rate

    result = audited(DATA, groups=by, depth=len(by), weight=weight, **ROLES)
    for metric, column in (("selection_rate", "prediction"), ("base_rate", "label")):
        rows = known(DATA, column)
        same(result, by_group(rows, {metric: selection_rate}, true=column, said=column, by=by, weight=weight), by)


@WEIGHTS
@pytest.mark.parametrize("by", BY[:3], ids="-".join)
def test_the_four_rates_of_the_label_as_fairlearn_names_them(by, weight):
    """Nothing of nothing is 0 there, no number here."""
    import fairlearn.metrics as fairlearn

    names = [f"{truth}_{answer}_rate" for truth in ("true", "false") for answer in ("positive", "negative")]
    result = audited(DATA, groups=by, depth=len(by), weight=weight, **ROLES)
    asked = {name: getattr(fairlearn, name) for name in names}
    found = by_group(ANSWERED, asked, true="label", said="prediction", by=by, weight=weight)
    for group, numbers in found.items():
        if group in groups_of(ANSWERED, by):
            ours = dict(zip(by, group, strict=True))
            assert {name: value(result, name, **ours) or 0.0 for name in names} == {n: near(numbers[n]) for n in names}


@WEIGHTS
@pytest.mark.parametrize("by", BY[:2], ids="-".join)
def test_metrics_of_a_score(by, weight):
    """Scores of three decimals stand on edges of the bins that rows are counted in, so that the area is exact."""
    from fairlearn.metrics import mean_prediction, selection_rate
    from sklearn.metrics import brier_score_loss, precision_score, roc_auc_score

    data = people(2)
    result = audited(data, groups=by, label="label", score="score", threshold=0.5, weight=weight)
    both, scored = known(data, "label", "score"), known(data, "score")
    # Local Law 144 asks for the median of all rows, whatever they weigh.
    scored["above"] = (scored["score"] > np.median(scored["score"])).astype(int)
    both["over"] = (both["score"] >= 0.5).astype(int)
    for rows, true, said, asked in (
        (both, "label", "score", {"auc": roc_auc_score, "brier_score": brier_score_loss}),
        (both, "label", "over", {"precision": of_class(precision_score, 1)}),
        (scored, "score", "score", {"mean_score": mean_prediction}),
        (scored, "above", "above", {"scoring_rate": selection_rate}),
    ):
        found = by_group(rows, asked, true=true, said=said, by=by, weight=weight)
        for group, numbers in found.items():
            ours = dict(zip(by, group, strict=True))
            assert {name: value(result, name, **ours) for name in numbers} == {n: near(x) for n, x in numbers.items()}


@WEIGHTS
def test_likelihood_ratios(weight):
    from sklearn.metrics import class_likelihood_ratios

    result = audited(DATA, groups=("sex",), weight=weight, **ROLES)
    for sex in ("f", "m"):
        here = ANSWERED["sex"] == sex
        share = ANSWERED["weight"][here] if weight else None
        both = class_likelihood_ratios(ANSWERED["label"][here], ANSWERED["prediction"][here], sample_weight=share)
        for name, number in zip(("positive_likelihood_ratio", "negative_likelihood_ratio"), both, strict=True):
            assert value(result, name, sex=sex) == near(number)


AIF360_NAMES = {
    "true_positives": "num_true_positives",
    "false_positives": "num_false_positives",
    "true_negatives": "num_true_negatives",
    "false_negatives": "num_false_negatives",
    "accuracy": "accuracy",
    "error_rate": "error_rate",
    "true_positive_rate": "true_positive_rate",
    "false_positive_rate": "false_positive_rate",
    "true_negative_rate": "true_negative_rate",
    "false_negative_rate": "false_negative_rate",
    "precision": "positive_predictive_value",
    "negative_predictive_value": "negative_predictive_value",
    "false_discovery_rate": "false_discovery_rate",
    "false_omission_rate": "false_omission_rate",
}
AIF360_GAPS = {
    "error_rate": ("error_rate_difference", "error_rate_ratio"),
    "true_positive_rate": ("equal_opportunity_difference", None),
    "false_positive_rate": ("false_positive_rate_difference", "false_positive_rate_ratio"),
    "false_negative_rate": ("false_negative_rate_difference", "false_negative_rate_ratio"),
    "false_discovery_rate": ("false_discovery_rate_difference", "false_discovery_rate_ratio"),
    "false_omission_rate": ("false_omission_rate_difference", "false_omission_rate_ratio"),
}
"""Difference and ratio of the unprivileged group to the privileged one: of a group to its reference."""


@WEIGHTS
@pytest.mark.parametrize(
    ("group", "reference"),
    [
        ({"sex": "f"}, {"sex": "m"}),
        ({"race": "y"}, {"race": "x"}),
        ({"race": "z"}, {"race": "y"}),
        ({"sex": "f", "race": "y"}, {"sex": "m", "race": "x"}),
        ({"sex": "m", "race": "y", "age": "young"}, {"sex": "m", "race": "x", "age": "middle"}),
    ],
    ids=lambda group: "-".join(group.values()),
)
def test_counts_rates_and_gaps_of_a_pair_as_aif360_finds_them(group, reference, weight):
    by = tuple(group)
    result = audited(DATA, groups=by, depth=len(by), weight=weight, reference=tuple(reference.items()), **ROLES)
    theirs = pair(ANSWERED, group, reference, weight=weight)
    for side, privileged in ((group, False), (reference, True), ({}, None)):
        for ours, name in AIF360_NAMES.items():
            assert value(result, ours, **side) == near(getattr(theirs.both, name)(privileged=privileged)), name
    for metric, (difference, ratio) in AIF360_GAPS.items():
        found = comparison(result, metric, **group)
        assert found.difference == near(getattr(theirs.both, difference)())
        assert ratio is None or found.ratio == near(getattr(theirs.both, ratio)())
    for metric, column in (("selection_rate", "prediction"), ("base_rate", "label")):
        rows = known(DATA, column)
        of_one = pair({**rows, "label": rows[column], "prediction": rows[column]}, group, reference, weight=weight)
        found = comparison(result, metric, **group)
        assert found.difference == near(of_one.decisions.statistical_parity_difference())
        assert found.ratio == near(of_one.decisions.disparate_impact())
        assert estimate(result, metric, **group).denominator == near(of_one.decisions.num_instances(privileged=False))
