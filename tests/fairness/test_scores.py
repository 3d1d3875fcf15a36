"""Scores: written in any way, on any scale, they rank and promise what they rank and promise."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from aipm.fairness import columns
from aipm.tables import Refusal
from tests.fairness.build import audited, codes, counted, estimate, flat, same, value

rng = np.random.default_rng(3)
LABEL = rng.integers(0, 2, 300)
SCORE = np.clip(rng.normal(0.4 + 0.2 * LABEL, 0.2), 0, 1).round(2)
DATA = {"group": ["a", "b", "b"] * 100, "label": LABEL, "score": SCORE}
ROLES = {"groups": ("group",), "label": "label", "score": "score"}


def with_scores(cells, **spec):
    return audited({**DATA, "score": list(cells)}, **ROLES, **spec)


@pytest.mark.parametrize(
    ("write", "code"),
    [
        (lambda x: f"{x:.2f}", None),
        (lambda x: f" {x:.2f}", None),
        (lambda x: f"{x:.2e}", None),
        (lambda x: f"{x:.2f}".lstrip("0") or "0", None),
        (lambda x: f"{x:.2f}".replace(".", ","), "score_comma"),
        (lambda x: f"{x:.0%}", "score_percent"),
        (lambda x: f"{100 * x:.0f} %", "score_percent"),
        (lambda x: f"{100 * x:.0f}\u00a0%", "score_percent"),
        (lambda x: f"{x:.2f}\u202f", None),
    ],
)
def test_scores_written_in_any_way_are_the_same_scores(write, code):
    there, here = with_scores(SCORE), with_scores(map(write, SCORE))
    assert same(flat(there), flat(here))
    assert code is None or code in codes(here)


def test_ties_count_half():
    data = {"group": ["a"] * 4, "label": [0, 1, 0, 1], "score": [0.2, 0.5, 0.5, 0.9]}
    assert value(audited(data, **ROLES), "auc") == (1 + 1 + 1 + 0.5) / 4


def test_a_score_that_means_nothing_ranks_like_a_coin():
    data = {"group": ["a"] * 20, "label": [0, 1] * 10, "score": [0.5] * 20}
    assert value(audited(data, **ROLES), "auc") == 0.5


@pytest.mark.parametrize("bins", [100, 1000])
def test_bins_cost_next_to_nothing(monkeypatch, bins):
    monkeypatch.setattr(columns, "FINE_BINS", bins)
    label = rng.integers(0, 2, 20_000)
    score = np.clip(rng.normal(0.4 + 0.2 * label, 0.2), 0, 1)
    data = {"group": ["a", "b"] * 10_000, "label": label, "score": [repr(float(s)) for s in score]}
    found = value(audited(data, **ROLES), "auc")
    assert found == pytest.approx(roc_auc_score(label, score), abs=2e-4 if bins == 100 else 2e-5)


@pytest.mark.parametrize("factor", [1, 10, 100, 1000, -1])
def test_any_scale_ranks_alike_and_only_shares_are_probabilities(factor):
    result = with_scores(SCORE * factor - 5)
    auc = roc_auc_score(LABEL, SCORE)
    assert value(result, "auc") == pytest.approx(auc if factor > 0 else 1 - auc)
    assert "brier_score" not in result.groups[0].metrics
    assert "score_not_probability" in codes(result)
    assert "selection_rate" not in result.groups[0].metrics  # no threshold was given, and 0.5 would mean nothing


def test_calibration_by_hand():
    """Of 10 people promised 0.8, 6 came true: 0.2 off; of 30 promised 0.1, 6 came true: 0.1 off."""
    data = {
        "group": ["a"] * 40,
        "score": [0.8] * 10 + [0.1] * 30,
        "label": [1] * 6 + [0] * 4 + [1] * 6 + [0] * 24,
    }
    result = audited(data, **ROLES)
    assert value(result, "calibration_error") == pytest.approx((10 * 0.2 + 30 * 0.1) / 40)
    assert value(result, "brier_score") == pytest.approx((6 * 0.04 + 4 * 0.64 + 6 * 0.81 + 24 * 0.01) / 40)
    assert value(result, "mean_score") == pytest.approx(11 / 40)


def test_perfect_scores_have_no_loss_below_zero():
    data = {"group": ["a"] * 30, "label": [1, 0, 1] * 10, "score": ["0.9999999999999999", "1e-17", "1"] * 10}
    found = estimate(audited(data, **ROLES), "brier_score")
    assert 0 <= found.value < 1e-15


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("inf", "score_out_of_range"),
        ("-inf", "score_out_of_range"),
        ("1e400", "score_out_of_range"),
        ("-0.2", "score_out_of_range"),
        ("37", "score_out_of_range"),
        ("1.0000000001", "score_out_of_range"),
        ("NaN", "score_not_number"),
        ("high", "score_not_number"),
        ("0x1p-1", "score_not_number"),
        ("1,234", "score_not_number"),
        ("53%", "score_not_number"),
        ("", "score_missing"),
        (" \t", "score_missing"),
    ],
)
def test_cells_that_are_no_score_are_counted_and_left_out(cell, code):
    result = with_scores([cell if k % 5 == 0 else "0.5" for k in range(300)], threshold=0.5)
    warned = {warning.code: warning.count for warning in result.warnings}
    assert warned[code] == 60
    assert estimate(result, "mean_score").denominator == 240
    assert value(result, "selection_rate") == 1
    assert estimate(result, "selection_rate").denominator == 240


@pytest.mark.parametrize("cells", [["high", "low"], ["", ""], ["0.5", "x", "y"], ["inf", "nan"]])
def test_a_column_without_numbers_is_no_score(cells):
    with pytest.raises(Refusal) as refusal:
        audited({"group": ["a", "b"] * 30, "score": (cells * 60)[:60]}, groups=("group",), score="score")
    assert refusal.value.code == "score_not_numeric"


def test_scores_sorted_by_size_are_judged_as_a_whole(monkeypatch):
    """The first rows of a sorted file lie within 0 and 1; the scale of all is 0 to 100."""
    monkeypatch.setattr(columns, "SAMPLE_ROWS", 20)
    data = {"group": ["a", "b"] * 500, "score": [k / 10 for k in range(1000)]}
    counts, _ = counted(data, groups=("group",), score="score")
    assert not counts.scale.is_probability
    assert (counts.bin >= 0).all()
    assert counts.above_median.sum() == 500


def test_numbers_that_are_mostly_infinite_are_left_out(monkeypatch):
    monkeypatch.setattr(columns, "SAMPLE_ROWS", 2)
    data = {"group": ["a", "b"] * 10, "score": ["0", "1"] + ["0.2", "inf", "0.9", "inf", "-inf", "inf"] * 3}
    result = audited(data, groups=("group",), score="score", threshold=0.5)
    assert estimate(result, "mean_score").denominator == 8
    assert value(result, "selection_rate") == value(result, "scoring_rate") == 0.5


def test_one_score_for_all_is_a_scale_too():
    result = audited({"group": ["a", "b"] * 10, "score": ["7"] * 20}, groups=("group",), score="score", threshold=7)
    assert value(result, "mean_score") == 7
    assert value(result, "selection_rate") == 1
    assert value(result, "scoring_rate") == 0


def test_the_default_threshold_is_said():
    assert "threshold_default" in codes(with_scores(SCORE))
    assert "threshold_default" not in codes(with_scores(SCORE, threshold=0.5))


def test_a_prediction_column_goes_before_the_score():
    result = audited({**DATA, "p": [1, 0, 0] * 100}, **ROLES, prediction="p", threshold=0.5)
    assert value(result, "selection_rate", group="a") == 1
    assert value(result, "auc") is not None
