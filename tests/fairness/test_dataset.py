"""Numbers for the data set as a whole, against Fairlearn's and AIF360's published definitions."""

import numpy as np
import pytest

from tests.fairness.build import audited, repeated

rng = np.random.default_rng(7)
DATA = {
    "sex": rng.choice(["f", "m"], 400),
    "race": rng.choice(["x", "y", "z"], 400),
    "label": rng.integers(0, 2, 400),
    "prediction": rng.integers(0, 2, 400),
    "weight": rng.choice([0.5, 1, 2], 400),
}
ROLES = {"label": "label", "prediction": "prediction"}


def overall(data=DATA, **spec):
    return {name: each.value for name, each in audited(data, **{**ROLES, **spec}).overall.items()}


def rates(*columns, given=None):
    """Selection rate a group, among the rows with a label where one is given."""
    keys = list(zip(*(DATA[column] for column in columns), strict=True))
    label = DATA["label"]
    chosen = [given is None or each == given for each in label]
    return [
        np.mean([p for p, key, use in zip(DATA["prediction"], keys, chosen, strict=True) if use and key == group])
        for group in set(keys)
    ]


@pytest.mark.parametrize(("groups", "depth"), [(("race",), 1), (("sex", "race"), 2)])
def test_parity_and_odds_as_fairlearn_defines_them(groups, depth):
    """Fairlearn's user guide: the largest minus (over) the smallest rate of any group; for odds, the worse of two."""
    found = overall(groups=groups, depth=depth)
    selected, tpr, fpr = rates(*groups), rates(*groups, given=1), rates(*groups, given=0)
    assert found["demographic_parity_difference"] == pytest.approx(max(selected) - min(selected))
    assert found["demographic_parity_ratio"] == pytest.approx(min(selected) / max(selected))
    assert found["equalized_odds_difference"] == pytest.approx(max(max(tpr) - min(tpr), max(fpr) - min(fpr)))
    assert found["equalized_odds_ratio"] == pytest.approx(min(min(tpr) / max(tpr), min(fpr) / max(fpr)))


def test_with_several_columns_the_widest_gap_of_any_counts():
    one, other, both = (overall(groups=groups) for groups in (("sex",), ("race",), ("sex", "race")))
    name = "demographic_parity_difference"
    assert both[name] == max(one[name], other[name])


@pytest.mark.parametrize("favourable", ["positive", "negative"])
@pytest.mark.parametrize("weight", [None, "weight"])
def test_inequality_as_aif360_defines_it(favourable, weight):
    """AIF360 generalized_entropy_index: benefits b = ŷ − y + 1; alpha 2, and 1 for Theil (Speicher et al. 2018)."""
    found = overall(groups=("sex",), favourable=favourable, weight=weight)
    label, prediction = DATA["label"], DATA["prediction"]
    benefit = prediction - label + 1 if favourable == "positive" else label - prediction + 1
    w = DATA["weight"] if weight else np.ones(400)
    b = benefit / np.average(benefit, weights=w)
    assert found["generalized_entropy_index"] == pytest.approx(np.average(b**2 - 1, weights=w) / 2)
    logs = np.log(b, where=b > 0, out=np.zeros(400))
    assert found["theil_index"] == pytest.approx(np.average(b * logs, weights=w))


def test_inequality_is_less_sure_of_rows_that_weigh_unequally():
    plain, weighted = (
        audited(DATA, groups=("sex",), **ROLES, weight=weight).overall["theil_index"] for weight in (None, "weight")
    )
    assert plain.low < plain.value < plain.high
    assert weighted.high - weighted.low > plain.high - plain.low


def test_perfect_decisions_are_equal():
    found = overall({**DATA, "prediction": DATA["label"]}, groups=("sex",))
    assert found["generalized_entropy_index"] == found["theil_index"] == 0
    assert found["equalized_odds_difference"] == 0


def test_half_of_equalised_odds_is_no_number():
    """Nobody has a no in the label: false positive rates are unknown, and a difference of 0 would look fair."""
    data = repeated((10, "a", 1, 1), (10, "b", 1, 1), names="group label prediction")
    found = overall(data, groups=("group",))
    assert found["equalized_odds_difference"] is None
    assert found["equalized_odds_ratio"] is None
    assert found["demographic_parity_difference"] == 0


def test_one_group_has_no_gap_and_nobody_selected_no_ratio():
    single = repeated((10, "a", 1, 1), (10, "a", 0, 1), names="group label prediction")
    assert overall(single, groups=("group",))["demographic_parity_difference"] is None
    nobody = repeated((10, "a", 1, 0), (10, "b", 0, 0), names="group label prediction")
    found = overall(nobody, groups=("group",))
    assert found["demographic_parity_difference"] == 0
    assert found["demographic_parity_ratio"] is None


def test_a_column_with_one_group_hides_no_gap_of_another():
    data = {**DATA, "one": ["a"] * 400}
    name = "demographic_parity_difference"
    assert overall(data, groups=("one", "sex"))[name] == overall(groups=("sex",))[name]
    assert overall(data, groups=("sex", "one"))[name] == overall(groups=("sex",))[name]


def test_all_wrong_in_one_direction_has_no_inequality_to_speak_of():
    missed = repeated((10, "a", 1, 0), (10, "b", 1, 0), names="group label prediction")
    assert overall(missed, groups=("group",))["theil_index"] is None  # nobody has any benefit to compare
