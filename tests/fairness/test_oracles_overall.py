"""The first audit as a whole beside Fairlearn and AIF360: the widest gaps, inequality, intervals, and 0/0."""

import warnings

import numpy as np
import pytest

from tests.fairness.build import audited, estimate
from tests.fairness.oracles import ROLES, by_group, known, near, pair, people, repeat

BY = [("sex",), ("race",), ("sex", "race")]
DATA = people(1)
ANSWERED = known(DATA, "label", "prediction")
WEIGHTS = pytest.mark.parametrize("weight", [None, "weight"])


@WEIGHTS
@pytest.mark.parametrize("by", BY, ids="-".join)
def test_gaps_over_the_whole_data_as_fairlearn_finds_them(by, weight):
    from fairlearn import metrics as fairlearn

    data = people(4, rows=4000)
    result = audited(data, groups=by, depth=len(by), weight=weight, **ROLES)
    decided, both = known(data, "prediction"), known(data, "label", "prediction")
    for name, rows in (
        ("demographic_parity_difference", decided),
        ("demographic_parity_ratio", decided),
        ("equalized_odds_difference", both),
        ("equalized_odds_ratio", both),
    ):
        expected = getattr(fairlearn, name)(
            rows["label"] if rows is both else rows["prediction"],
            rows["prediction"],
            sensitive_features={column: rows[column] for column in by},
            sample_weight=rows["weight"] if weight else None,
        )
        assert result.overall[name].value == near(expected), name


@WEIGHTS
def test_the_widest_gap_to_everybody(weight):
    from fairlearn.metrics import MetricFrame, selection_rate

    result = audited(DATA, groups=("race",), weight=weight, reference_rule="overall", **ROLES)
    rows = known(DATA, "prediction")
    frame = MetricFrame(
        metrics=selection_rate,
        y_true=rows["prediction"],
        y_pred=rows["prediction"],
        sensitive_features=rows["race"],
        sample_params={"sample_weight": rows["weight"]} if weight else None,
    )
    found = [each for each in result.comparisons if each.metric == "selection_rate"]
    assert {each.reference for each in found} == {()}
    assert max(abs(each.difference) for each in found) == near(frame.difference(method="to_overall"))
    assert min(min(each.ratio, 1 / each.ratio) for each in found) == near(frame.ratio(method="to_overall"))


@pytest.mark.parametrize(("favourable", "number"), [("positive", 1), ("negative", 0)])
@WEIGHTS
def test_inequality_between_individuals_as_aif360_finds_it(favourable, number, weight):
    """The benefit is the decision less what was deserved, plus one (Speicher et al. 2018): 1 is the favourable label.

    AIF360 leaves weights out of its two indices: there a row of weight 2.5 stands ten times, one of 0.25 once.
    """
    rows = ANSWERED if weight is None else repeat(ANSWERED, (4 * ANSWERED["weight"]).astype(int))
    theirs = pair(rows, {"sex": "f"}, {"sex": "m"}, favourable=number).both
    ours = audited(DATA, groups=("sex",), weight=weight, favourable=favourable, **ROLES).overall
    assert ours["generalized_entropy_index"].value == near(theirs.generalized_entropy_index())
    assert ours["theil_index"].value == near(theirs.theil_index())


@WEIGHTS
def test_equalised_odds_of_two_groups_as_aif360_finds_them(weight):
    data = people(5, gaps=False)
    theirs = pair(known(data, "label", "prediction"), {"sex": "f"}, {"sex": "m"}, weight=weight)
    ours = audited(data, groups=("sex",), weight=weight, **ROLES).overall
    assert ours["equalized_odds_difference"].value == near(theirs.both.equalized_odds_difference())
    assert ours["demographic_parity_difference"].value == near(abs(theirs.decisions.mean_difference()))


def test_the_interval_of_a_weighted_share_is_as_wide_as_fairlearn_s_bootstrap():
    """Rows of unequal weight tell less than as many equal ones: by their number it would be a fifth too narrow."""
    from fairlearn.metrics import MetricFrame, selection_rate

    data = people(9, rows=600, gaps=False)
    rows = known(data, "prediction")
    frame = MetricFrame(
        metrics=selection_rate,
        y_true=rows["prediction"],
        y_pred=rows["prediction"],
        sensitive_features=rows["sex"],
        sample_params={"sample_weight": rows["weight"]},
        n_boot=300,
        ci_quantiles=[0.025, 0.975],
        random_state=0,
    )
    low, high = frame.by_group_ci
    result = audited(data, groups=("sex",), prediction="prediction", weight="weight")
    for sex in ("f", "m"):
        found = estimate(result, "selection_rate", sex=sex)
        assert found.high - found.low == pytest.approx(high[sex] - low[sex], rel=0.15)


def test_nothing_of_nothing():
    """Nobody in c deserves a yes. Fairlearn calls their true positive rate 0 and a gap; AIF360 calls it no number.

    So do we, and the gap is that between the groups of which the rate is known.
    """
    from fairlearn.metrics import equalized_odds_difference, true_positive_rate

    data = {
        "sex": np.array([*"aaaaabbbbbcc"]),
        "label": np.array([1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0]),
        "prediction": np.array([1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0]),
    }
    result = audited(data, groups=("sex",), **ROLES)
    found = estimate(result, "true_positive_rate", sex="c")
    assert (found.value, found.status) == (None, "not_computable")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        theirs = pair(data, {"sex": "c"}, {"sex": "a"}).both.true_positive_rate(privileged=False)
    assert np.isnan(theirs)
    frame = by_group(data, {"rate": true_positive_rate}, true="label", said="prediction", by=("sex",))
    assert frame["c",]["rate"] == 0
    of_all = equalized_odds_difference(data["label"], data["prediction"], sensitive_features=data["sex"])
    assert (of_all, result.overall["equalized_odds_difference"].value) == (0.75, 0.25)
