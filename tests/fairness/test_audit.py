"""An audit as a whole: what it says of odd data, and that a change of mind needs no rows."""

from dataclasses import replace

import pytest

from aipm.fairness.audit import audit
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS
from aipm.tables import Refusal
from tests.fairness.build import audited, cells, codes, comparison, counted, estimate, repeated, value

DATA = repeated(
    (90, "m", 1, 1), (30, "m", 1, 0), (20, "m", 0, 1), (60, "m", 0, 0),
    (60, "f", 1, 1), (60, "f", 1, 0), (20, "f", 0, 1), (60, "f", 0, 0),
    (2, "o", 1, 1), (3, "o", 0, 0),
    names="sex label p",
)  # fmt: skip
FULL = {"groups": ("sex",), "label": "label", "prediction": "p"}


@pytest.mark.parametrize(
    "change",
    [
        {"favourable": "negative"},
        {"reference": (("sex", "f"),)},
        {"reference_rule": "highest"},
        {"tolerance": 0.9},
        {"label_positive": ("0",)},
        {"prediction_positive": ("0",)},
        {"depth": 2},
        {"worse_error": "false_negative"},
    ],
)
def test_a_change_of_mind_works_on_the_counts(change):
    """…and gives what counting again would give."""
    counts, spec = counted(DATA, **FULL)
    changed = replace(spec, **change)
    assert audit(counts, changed) == audited(DATA, **{**FULL, **change})


def test_the_result_holds_what_was_asked():
    counts, spec = counted(DATA, **FULL)
    result = audit(counts, spec, fingerprint="abc")
    assert (result.spec, result.fingerprint, result.rows) == (spec, "abc", 405)


@pytest.mark.parametrize(
    ("column", "role", "code"),
    [
        (["", "", ""], "label", "empty_label_column"),
        (["NA", "?", ""], "prediction", "empty_prediction_column"),
        (["1", "2", "1"], "prediction", "which_prediction_is_yes"),
        (["good", "bad", ""], "label", "which_label_is_yes"),
    ],
)
def test_answers_that_nobody_can_read(column, role, code):
    with pytest.raises(Refusal) as refusal:
        audited({"g": ["a", "b", "c"], "x": column}, groups=("g",), **{role: "x"})
    assert refusal.value.code == code


def test_missing_answers_are_counted_and_stay_out_of_the_rates():
    data = {"g": ["a", "b"] * 20, "l": ["1", "0", "", "NA"] * 10, "p": ["1", "0", "0", ""] * 10}
    result = audited(data, groups=("g",), label="l", prediction="p")
    warned = {(warning.code, warning.count) for warning in result.warnings}
    assert {("missing_label", 20), ("missing_prediction", 10)} <= warned
    assert value(result, "count") == 40
    assert estimate(result, "base_rate").denominator == 20
    assert estimate(result, "selection_rate").denominator == 30
    assert estimate(result, "accuracy").denominator == 20


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sex": ["m"] * 405}, "single_group"),
        ({"label": [1] * 405}, "single_class"),
        ({"p": [0] * 405}, "single_class"),
        ({"p": ["yes", " YES", "no"] * 135}, "spellings_folded"),
        ({"sex": ["m", "f", ""] * 135}, "missing_group"),
        ({}, "small_groups"),
        ({}, "positive_inferred"),
    ],
)
def test_odd_data_is_said(change, code):
    data = {name: cells(DATA, name) for name in DATA.columns}
    assert code in codes(audited({**data, **change}, **FULL))


def test_nothing_is_said_to_be_inferred_where_it_was_said():
    assert "positive_inferred" not in codes(audited(DATA, **FULL, label_positive=("1",), prediction_positive=("1",)))


def test_a_single_class_leaves_rates_unknown_instead_of_perfect():
    data = repeated((50, "a", 1, 1), (10, "a", 1, 0), (50, "b", 1, 1), (10, "b", 1, 0), names="g l p")
    result = audited(data, groups=("g",), label="l", prediction="p")
    assert value(result, "false_positive_rate", g="a") is None
    assert comparison(result, "false_positive_rate", g="b").verdict == "not_computable"
    assert value(result, "true_positive_rate", g="a") == 50 / 60


@pytest.mark.parametrize("metric", ["f1", "positive_likelihood_ratio", "selection_rate", "accuracy", "precision"])
def test_numbers_of_few_rows_are_not_called_sure(metric):
    result = audited(DATA, **FULL)
    found = estimate(result, metric, sex="o")
    assert found.status in ("not_enough_data", "not_computable")
    assert FEWEST_ROWS < ENOUGH_ROWS
    assert estimate(result, metric, sex="m").status == "ok"


def test_scores_of_few_rows_are_not_called_sure():
    data = {
        "g": ["a"] * 300 + ["b"] * 6,
        "l": [k % 2 for k in range(306)],
        "s": [(k * 7 % 100) / 100 for k in range(306)],
    }
    result = audited(data, groups=("g",), label="l", score="s")
    for metric in ("auc", "brier_score", "calibration_error", "mean_score", "scoring_rate"):
        assert estimate(result, metric, g="a").status == "ok", metric
        assert estimate(result, metric, g="b").status == "not_enough_data", metric


def test_every_warning_has_words():
    data = {"g": ["a", " a", "NA", ""] * 50, "l": ["1", "1.0", "", "no"] * 50, "s": ["0,5", "0,2", "x", "7"] * 50}
    for warning in audited(data, groups=("g",), label="l", score="s").warnings:
        assert warning.message.endswith((".", ")."))
        assert warning.code not in warning.message


def test_a_score_and_a_prediction_that_disagree_are_said():
    data = {"g": ["a", "b"] * 20, "p": [1, 1, 0, 0] * 10, "s": [0.9, 0.1, 0.2, 0.3] * 10}
    result = audited(data, groups=("g",), prediction="p", score="s", threshold=0.5)
    assert {w.code: w.count for w in result.warnings}["score_disagrees"] == 10


def test_a_score_that_runs_backwards_is_said():
    data = {"g": ["a", "b"] * 50, "l": [0, 0, 1, 1] * 25, "s": [0.9, 0.8, 0.2, 0.1] * 25}
    assert "score_inverted" in codes(audited(data, groups=("g",), label="l", score="s"))
