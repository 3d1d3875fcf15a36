"""The target, and what gives it away."""

import numpy as np
import pytest

from tests.prep.profile.build import findings

RANDOM = np.random.default_rng(5)
ROWS = 600
ANSWER = np.where(RANDOM.random(ROWS) < 0.4, "yes", "no")
NOISE = RANDOM.normal(0, 1, ROWS).round(3).tolist()


def leaks(columns, target):
    return {column for kind, column in findings(columns, target=target) if kind.startswith("leakage")}


def test_what_is_merely_useful_is_no_leak():
    useful = np.where(ANSWER == "yes", 1.0, 0.0) + RANDOM.normal(0, 0.7, ROWS)
    assert not leaks({"useful": useful.round(3).tolist(), "noise": NOISE, "y": ANSWER.tolist()}, "y")


@pytest.mark.parametrize(
    "leak",
    [
        np.where(ANSWER == "yes", "granted", "refused"),
        np.where(ANSWER == "yes", RANDOM.uniform(50, 99, ROWS), RANDOM.uniform(0, 49, ROWS)).round(2),
        np.char.add(RANDOM.integers(1990, 2020, ROWS).astype(str), ANSWER),
        np.where(ANSWER == "yes", RANDOM.choice(["a", "b"], ROWS), RANDOM.choice(["c", "d", "e"], ROWS)),
    ],
    ids=["other words", "a threshold", "contains it", "finer"],
)
def test_a_column_that_tells_the_target(leak):
    assert leaks({"leak": leak.tolist(), "noise": NOISE, "y": ANSWER.tolist()}, "y") == {"leak"}


def test_a_gap_that_tells_the_target():
    reason = [f"reason {i % 9}" if answer == "yes" else None for i, answer in enumerate(ANSWER)]
    found = findings({"why": reason, "noise": NOISE, "y": ANSWER.tolist()}, target="y")
    assert {("leakage_by_missingness", "why"), ("leakage", "why")} & set(found)


def test_the_time_between_two_dates():
    opened = np.datetime64("2024-01-01") + RANDOM.integers(0, 300, ROWS)
    closed = opened + np.where(ANSWER == "yes", RANDOM.integers(0, 5, ROWS), RANDOM.integers(6, 40, ROWS))
    columns = {"opened": opened.astype(str).tolist(), "closed": closed.astype(str).tolist(), "y": ANSWER.tolist()}
    assert leaks(columns, "y") == {"closed"}


def test_a_sum_that_is_the_target():
    casual, member = RANDOM.poisson(20, ROWS), RANDOM.poisson(90, ROWS)
    columns = {"casual": casual.tolist(), "member": member.tolist(), "noise": NOISE, "all": (casual + member).tolist()}
    assert leaks(columns, "all") == {"casual"}


def test_an_identifier_is_no_leak():
    assert not leaks({"id": range(ROWS), "noise": NOISE, "y": ANSWER.tolist()}, "y")


def test_classes():
    rare = ["yes"] * 12 + ["no"] * (ROWS - 12)
    found = findings({"noise": NOISE, "y": rare}, target="y")["class_imbalance", "y"]
    assert (found.count, found.severity) == (12, "warning")
    even = ["yes", "no"] * (ROWS // 2)
    assert ("class_imbalance", "y") not in findings({"noise": NOISE, "y": even}, target="y")
    assert findings({"noise": NOISE, "y": ["yes"] * ROWS}, target="y")["constant_column", "y"].severity == "critical"


def test_rows_without_a_label():
    found = findings({"noise": NOISE, "y": [*ANSWER[:-9], *["?"] * 9]}, target="y")["missing_target", "y"]
    assert (found.count, found.fix.op) == (9, "drop_target_missing")


def test_labels_that_were_turned_round_are_suspected():
    x = RANDOM.normal(0, 1, (ROWS, 2))
    truth = np.where(x.sum(axis=1) > 0, "yes", "no")
    far = np.flatnonzero(np.abs(x.sum(axis=1)) > 2)[:6]
    given = truth.copy()
    given[far] = np.where(truth[far] == "yes", "no", "yes")
    columns = {"a": x[:, 0].round(4).tolist(), "b": x[:, 1].round(4).tolist(), "y": given.tolist()}
    found = findings(columns, target="y", labels=True)["label_error_suspect", "y"]
    assert set(found.rows) & set((far + 1).tolist())
    assert "sample of" in found.message


def test_two_labels_for_the_same_row():
    columns = {f"c{i}": RANDOM.integers(0, 50, 60).tolist() * 2 for i in range(4)}
    labels = ["yes"] * 60 + ["yes"] * 57 + ["no"] * 3
    assert findings({**columns, "y": labels}, target="y")["label_error_suspect", "y"].count == 6
