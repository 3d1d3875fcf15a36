"""Every metric against independent implementations, row by row: scikit-learn and plain numpy."""

import warnings

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from aipm.fairness.metrics import METRICS
from tests.fairness.build import audited, counted, estimate, value

LAWS = settings(deadline=None, max_examples=15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", ""]),
        st.sampled_from(["0", "1", ""]),
        st.sampled_from(["0", "1", ""]),
        st.sampled_from(["0", "0.1", "0.25", "0.5", "0.501", "0.999", "1", "", "?"]),
        st.sampled_from(["0", "0.5", "1", "3"]),
    ),
    min_size=1,
    max_size=60,
).map(
    lambda rows: [
        *rows,
        ("a", "1", "0", "0.5", "1"),
        ("b", "0", "1", "0.25", "1"),
        *[("", "", "", "0.1", "0")] * len(rows),
    ]
)
NAMES = ("group", "label", "prediction", "score", "weight")


def is_number(cell):
    return cell not in ("", "?")


def columns(rows):
    return dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))


def oracle(rows, weighted, median):
    """All metrics of some rows, by definition and by scikit-learn."""
    weight = np.array([float(row[4]) if weighted else 1.0 for row in rows])
    label, prediction = (np.array([row[k] for row in rows]) for k in (1, 2))
    scored = np.array([is_number(row[3]) for row in rows])
    score = np.array([float(row[3]) if is_number(row[3]) else np.nan for row in rows])
    both = (label != "") & (prediction != "")
    y, p, w = label[both] == "1", prediction[both] == "1", weight[both]
    tn, fp, fn, tp = (w[(y == yes) & (p == said)].sum() for yes, said in ((0, 0), (0, 1), (1, 0), (1, 1)))
    if w.any():
        matrix = sk.confusion_matrix(y, p, labels=[False, True], sample_weight=w)
        assert np.allclose(matrix, [[tn, fp], [fn, tp]])
    ranked = scored & (label != "")
    yes, s, v = label[ranked] == "1", score[ranked], weight[ranked]
    can_rank = v[yes].sum() > 0 and v[~yes].sum() > 0
    calibration = sum(abs((v * (s - yes))[np.minimum((s * 10).astype(int), 9) == k].sum()) for k in range(10))
    tpr, fpr = part(tp, tp + fn), part(fp, fp + tn)
    return {
        "count": weight.sum(),
        "true_positives": tp,
        "false_positives": fp,
        "true_negatives": tn,
        "false_negatives": fn,
        "base_rate": part(weight[label == "1"].sum(), weight[label != ""].sum()),
        "selection_rate": part(weight[prediction == "1"].sum(), weight[prediction != ""].sum()),
        "accuracy": sk.accuracy_score(y, p, sample_weight=w) if w.any() else None,
        "error_rate": sk.zero_one_loss(y, p, sample_weight=w) if w.any() else None,
        "true_positive_rate": score_of(sk.recall_score, y, p, w),
        "false_positive_rate": fpr,
        "true_negative_rate": score_of(sk.recall_score, ~y, ~p, w),
        "false_negative_rate": part(fn, tp + fn),
        "precision": score_of(sk.precision_score, y, p, w),
        "negative_predictive_value": score_of(sk.precision_score, ~y, ~p, w),
        "false_discovery_rate": part(fp, tp + fp),
        "false_omission_rate": part(fn, tn + fn),
        "positive_likelihood_ratio": None if tpr is None or fpr is None else part(tpr, fpr),
        "negative_likelihood_ratio": None if tpr is None or fpr is None else part(1 - tpr, 1 - fpr),
        "f1": score_of(sk.f1_score, y, p, w),
        "auc": sk.roc_auc_score(yes, s, sample_weight=v) if can_rank else None,
        "brier_score": sk.brier_score_loss(yes, s, sample_weight=v, labels=[False, True]) if v.any() else None,
        "calibration_error": part(calibration, v.sum()),
        "mean_score": part((weight * score)[scored].sum(), weight[scored].sum()),
        "scoring_rate": part(weight[scored & (score > median)].sum(), weight[scored].sum()),
    }


def part(above, below):
    return above / below if below else None


def score_of(function, y, p, w):
    """A scikit-learn score; None where it is 0 / 0."""
    if not w.any():
        return None
    found = function(y, p, sample_weight=w, zero_division=np.nan)
    return None if np.isnan(found) else found


@pytest.mark.parametrize("weighted", [False, True])
@LAWS
@given(rows=ROWS)
def test_every_metric_of_every_group(rows, weighted):
    result = audited(
        columns(rows),
        groups=("group",),
        label="label",
        label_positive=("1",),
        prediction="prediction",
        prediction_positive=("1",),
        score="score",
        weight="weight" if weighted else None,
    )
    median = np.median([float(row[3]) for row in rows if is_number(row[3])])
    for found in result.groups:
        name = dict(found.group).get("group", "everybody")
        members = [row for row in rows if name == "everybody" or (row[0] or None) == name]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # scikit-learn's own, on groups with one class
            expected = oracle(members, weighted, median)
        assert expected.keys() == METRICS.keys() == found.metrics.keys()
        for metric, number in expected.items():
            assert found.metrics[metric].value == (None if number is None else pytest.approx(number, abs=1e-12)), metric


@LAWS
@given(rows=ROWS)
def test_estimates_keep_their_promises(rows):
    result = audited(
        columns(rows), groups=("group",), label="label", label_positive=("1",), prediction="prediction",
        prediction_positive=("1",), score="score",
    )  # fmt: skip
    unbounded = {"positive_likelihood_ratio", "negative_likelihood_ratio"}
    for found in result.groups:
        for name, each in found.metrics.items():
            assert (each.value is None) == (each.status == "not_computable")
            assert (each.status == "ok") == (each.reason is None)
            if name.endswith("s") or name == "count" or each.value is None:
                continue
            assert each.value >= 0
            assert name in unbounded or each.value <= 1
            assert each.low is not None
            assert each.low <= each.value + 1e-12
            assert each.high is None or each.value <= each.high + 1e-12
            if name not in unbounded | {"auc", "mean_score", "brier_score", "calibration_error"}:
                assert each.value == pytest.approx(each.numerator / each.denominator)


HAND = {  # 100 rows that can be checked by hand
    "group": ["a"] * 50 + ["b"] * 50,
    "label": [1] * 30 + [0] * 20 + [1] * 10 + [0] * 40,
    "prediction": [1] * 24 + [0] * 6 + [1] * 5 + [0] * 15 + [1] * 4 + [0] * 6 + [1] * 10 + [0] * 30,
}
ROLES = {"groups": ("group",), "label": "label", "prediction": "prediction"}


def test_hand_checked_numbers():
    result = audited(HAND, **ROLES)
    assert value(result, "true_positive_rate", group="a") == 24 / 30
    assert value(result, "false_positive_rate", group="a") == 5 / 20
    assert value(result, "precision", group="b") == 4 / 14
    assert value(result, "selection_rate") == 43 / 100
    assert value(result, "f1", group="b") == pytest.approx(2 * 4 / (2 * 4 + 10 + 6))
    rate = estimate(result, "selection_rate", group="a")
    assert (rate.numerator, rate.denominator, rate.rows) == (29, 50, 50)


def test_swapping_label_and_prediction_swaps_precision_and_recall():
    there = audited(HAND, **ROLES)
    back = audited(HAND, groups=("group",), label="prediction", prediction="label")
    for group in ({}, {"group": "a"}, {"group": "b"}):
        assert value(there, "precision", **group) == value(back, "true_positive_rate", **group)
        assert value(there, "false_omission_rate", **group) == value(back, "false_positive_rate", **group)
        assert value(there, "base_rate", **group) == value(back, "selection_rate", **group)
        assert value(there, "f1", **group) == pytest.approx(value(back, "f1", **group))


def test_the_complement_turns_every_rate_into_its_mirror():
    yes = audited(HAND, **ROLES, label_positive=("1",), prediction_positive=("1",))
    no = audited(HAND, **ROLES, label_positive=("0",), prediction_positive=("0",))
    mirror = {
        "true_positive_rate": "true_negative_rate",
        "false_positive_rate": "false_negative_rate",
        "precision": "negative_predictive_value",
        "false_discovery_rate": "false_omission_rate",
        "accuracy": "accuracy",
    }
    for group in ({}, {"group": "a"}, {"group": "b"}):
        for one, other in mirror.items():
            assert value(yes, one, **group) == value(no, other, **group)
        assert value(yes, "selection_rate", **group) == pytest.approx(1 - value(no, "selection_rate", **group))


def test_weights_as_whole_numbers_are_rows_written_out():
    weights = [3, 1, 2, 5] * 25
    weighted = audited({**HAND, "weight": weights}, **ROLES, weight="weight")
    written = audited({name: np.repeat(cells, weights) for name, cells in HAND.items()}, **ROLES)
    for group in ({}, {"group": "a"}, {"group": "b"}):
        for metric in ("count", "selection_rate", "true_positive_rate", "precision", "f1"):
            assert value(weighted, metric, **group) == pytest.approx(value(written, metric, **group))
    # …but they are worth fewer rows: (Σw)² / Σw² (Kish 1965), or fewer still where the selected weigh more
    rate = estimate(weighted, "selection_rate")
    assert rate.rows <= sum(weights) ** 2 / sum(w * w for w in weights) < 100
    assert rate.high - rate.low > (wide := estimate(written, "selection_rate")).high - wide.low


def test_one_weight_for_all_changes_no_rate_and_no_interval():
    plain = audited(HAND, **ROLES)
    heavy = audited({**HAND, "weight": [7] * 100}, **ROLES, weight="weight")
    for metric in ("selection_rate", "false_negative_rate", "f1"):
        a, b = (estimate(result, metric, group="b") for result in (plain, heavy))
        assert (b.value, b.low, b.high, b.rows) == pytest.approx((a.value, a.low, a.high, a.rows))
    assert value(heavy, "count") == 700


def test_rows_of_one_person_count_once():
    """Every row five times, under its person's number: no rate and no interval changes."""
    people = list(range(100)) * 5
    five = {name: list(cells) * 5 for name, cells in HAND.items()}
    once = audited(HAND, **ROLES)
    clustered = audited({**five, "person": people}, **ROLES, cluster="person")
    careless = audited(five, **ROLES)
    for metric in ("selection_rate", "true_positive_rate", "precision"):
        a, b, c = (estimate(result, metric, group="b") for result in (once, clustered, careless))
        assert (b.value, b.low, b.high, b.rows) == pytest.approx((a.value, a.low, a.high, a.rows))
        assert c.high - c.low < a.high - a.low


def test_what_clusters_cost_does_not_depend_on_the_other_columns():
    """A household of a man and a woman is one cluster of everybody, and of its street, but none of men."""
    homes = [home for home in range(50) for _ in range(2)]
    data = {
        "sex": ["f", "m"] * 50,
        "street": ["x"] * 50 + ["y"] * 50,
        "prediction": [home % 2 for home in homes],
        "home": homes,
    }
    roles = {"prediction": "prediction", "cluster": "home"}
    alone = audited(data, groups=("street",), **roles)
    beside = audited(data, groups=("street", "sex"), **roles)
    for result in (alone, beside):
        assert estimate(result, "selection_rate").rows == pytest.approx(50)
        assert estimate(result, "selection_rate", street="x").rows == pytest.approx(25)
    assert estimate(beside, "selection_rate", sex="f").rows == pytest.approx(50)


def test_rows_without_a_cluster_id_are_people_of_their_own():
    data = {**HAND, "person": ["", *range(99)]}
    nobody = {**HAND, "person": [*range(50), *[""] * 50]}
    for each in (data, nobody):
        assert estimate(audited(each, **ROLES, cluster="person"), "selection_rate").rows == pytest.approx(100)


def test_nothing_computable_is_none_with_a_reason_and_never_zero():
    everybody_yes = {"group": ["a", "b"] * 20, "label": [1] * 40, "prediction": [1, 0] * 20}
    result = audited(everybody_yes, **ROLES)
    for metric in ("false_positive_rate", "true_negative_rate", "positive_likelihood_ratio"):
        found = estimate(result, metric, group="a")
        assert (found.value, found.low, found.high, found.status) == (None, None, None, "not_computable")
        assert found.reason
    assert value(result, "negative_predictive_value", group="a") is None
    assert value(result, "negative_predictive_value", group="b") == 0


@pytest.mark.parametrize(
    ("rows", "status"), [(9, "not_enough_data"), (29, "not_enough_data"), (150, "ok"), (60, "not_enough_data")]
)
def test_a_rate_of_few_rows_is_given_but_not_rated(rows, status):
    data = {"group": ["a"] * rows + ["b"] * 200, "prediction": [k % 2 for k in range(rows + 200)]}
    found = estimate(audited(data, groups=("group",), prediction="prediction"), "selection_rate", group="a")
    assert found.value == pytest.approx(rows // 2 / rows)
    assert found.status == status  # 60 rows of rate one half are known to 0.24 only


def test_a_threshold_without_a_score_decides_nothing():
    counts, spec = counted(HAND, groups=("group",), label="label", threshold=0.5)
    from aipm.fairness.audit import audit

    assert "selection_rate" not in audit(counts, spec).groups[0].metrics
