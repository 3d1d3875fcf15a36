"""Curves by group are those of scikit-learn, point by point."""

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import precision_recall_curve, roc_auc_score, roc_curve

from aipm.fairness.audit import audit
from aipm.fairness.curves import precision_recall, reliability, roc
from aipm.fairness.thresholds import sweep
from tests.fairness.build import counted

rng = np.random.default_rng(4)
LABEL = rng.integers(0, 2, 400)
GROUP = np.array(["a", "b"] * 200)
SCORE = np.clip(rng.normal(0.35 + 0.25 * LABEL, 0.2), 0, 1).round(2)
DATA = {"group": GROUP, "label": LABEL, "score": SCORE}
ROLES = {"groups": ("group",), "label": "label", "score": "score"}
COUNTS, SPEC = counted(DATA, **ROLES)
FOUND = sweep(COUNTS, SPEC)


def rows(k):
    """The rows of a group: everybody, a, b."""
    return [GROUP != "", GROUP == "a", GROUP == "b"][k]


@pytest.mark.parametrize("k", [0, 1, 2])
def test_roc(k):
    fpr, tpr, _ = roc_curve(LABEL[rows(k)], SCORE[rows(k)], drop_intermediate=False)
    curve = roc(FOUND)[k]
    assert curve.x == pytest.approx(fpr)
    assert curve.y == pytest.approx(tpr)
    assert np.trapezoid(curve.y, curve.x) == pytest.approx(roc_auc_score(LABEL[rows(k)], SCORE[rows(k)]))


@pytest.mark.parametrize("k", [0, 1, 2])
def test_precision_and_recall(k):
    precision, recall, thresholds = precision_recall_curve(LABEL[rows(k)], SCORE[rows(k)])
    curve = precision_recall(FOUND)[k]
    assert curve.x == pytest.approx(recall[:-1][::-1])  # theirs ends in a made-up point where nobody is selected
    assert curve.y == pytest.approx(precision[:-1][::-1])
    assert curve.thresholds == pytest.approx(thresholds[::-1])


@pytest.mark.parametrize("k", [0, 1, 2])
def test_calibration(k):
    inside = rows(k) & (SCORE % 0.1 > 1e-9)  # what lies on the edge of a part belongs to the upper one here
    inside &= (0.1 - SCORE % 0.1) > 1e-9
    data = {name: np.asarray(cells)[inside] for name, cells in DATA.items()}
    came, promised = calibration_curve(data["label"], data["score"], n_bins=10)
    counts, spec = counted(data, **ROLES)
    found = reliability(counts, spec, sweep(counts, spec).people)
    known = ~np.isnan(found.promised[0])
    assert found.promised[0, known] == pytest.approx(promised)
    assert found.came.value[0, known] == pytest.approx(came)


def test_the_calibration_error_of_the_audit_is_the_distance_of_these_marks():
    found = reliability(COUNTS, SPEC, FOUND.people)
    share = found.came.denominator / found.came.denominator.sum(axis=1, keepdims=True)
    error = np.nansum(share * np.abs(found.came.value - found.promised), axis=1)
    wanted = [dict(each.metrics)["calibration_error"].value for each in audit(COUNTS, SPEC).groups]
    assert error == pytest.approx(wanted)


def test_a_group_without_a_no_has_no_roc_curve():
    data = {"group": ["a"] * 4 + ["b"] * 2, "label": [0, 1, 0, 1, 1, 1], "score": [0.1, 0.4, 0.6, 0.9, 0.2, 0.3]}
    everybody, first, second = roc(sweep(*counted(data, **ROLES)))
    assert everybody is not None
    assert first is not None
    assert second is None


UNKNOWN = {"group": ["a"] * 60, "label": [""] * 40 + [1] * 20, "score": [k / 40 for k in range(40)] + [""] * 20}
"""People of whom the label or the score is not known."""


def test_people_without_a_label_or_a_score_are_in_no_curve_and_in_no_calibration():
    more = {name: [*DATA[name], *UNKNOWN[name]] for name in DATA}
    counts, spec = counted(more, **ROLES)
    found = sweep(counts, spec)
    assert roc(found) == roc(FOUND)
    assert precision_recall(found) == precision_recall(FOUND)
    here, there = reliability(counts, spec, found.people), reliability(COUNTS, SPEC, FOUND.people)
    np.testing.assert_allclose(here.promised, there.promised)
    for part in ("value", "numerator", "denominator", "low", "high"):
        np.testing.assert_allclose(getattr(here.came, part), getattr(there.came, part), err_msg=part)


def test_a_curve_of_many_points_is_drawn_with_two_hundred_from_nobody_to_everybody():
    score = np.arange(600) / 600
    data = {"group": ["a"] * 600, "label": [0, 1] * 300, "score": score}
    everybody, _ = roc(sweep(*counted(data, **ROLES)))
    assert len(everybody.x) == 200
    assert (everybody.x[0], everybody.y[0], everybody.thresholds[0]) == (0, 0, np.inf)
    assert (everybody.x[-1], everybody.y[-1], everybody.thresholds[-1]) == (1, 1, 0)
    assert len(set(everybody.thresholds)) == 200


@pytest.mark.parametrize(("times", "spec"), [(1, {"weight": "three"}), (2, {"cluster": "person"})])
def test_calibration_counts_people_not_rows_or_weights(times, spec):
    """All weigh three, or all have two rows: what was promised and what came, with its interval, stay as they are."""
    data = {name: np.repeat(cells, times) for name, cells in DATA.items()}
    data |= {"three": [3] * 400 * times, "person": np.repeat(np.arange(400), times)}
    counts, asked = counted(data, **ROLES, **spec)
    here, there = reliability(counts, asked, FOUND.people), reliability(COUNTS, SPEC, FOUND.people)
    np.testing.assert_allclose(here.promised, there.promised)
    for part in ("value", "low", "high", "rows"):
        np.testing.assert_allclose(getattr(here.came, part), getattr(there.came, part), atol=1e-9, err_msg=part)


def test_where_nobody_has_such_a_score_nothing_was_promised():
    counts, spec = counted({"group": ["a"] * 2, "label": [0, 1], "score": [0.15, 0.95]}, **ROLES)
    promised = reliability(counts, spec, sweep(counts, spec).people).promised[0]
    assert promised[[1, 9]] == pytest.approx([0.15, 0.95])
    assert np.isnan(np.delete(promised, [1, 9])).all()
