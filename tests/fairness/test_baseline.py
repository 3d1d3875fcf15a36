"""What a quick model makes of the labels, and whom it gets wrong."""

import numpy as np
import pytest

from aipm.fairness.baseline import baseline
from aipm.fairness.result import AuditResult
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from tests.fairness.build import table

SPEC = AuditSpec(groups=("who",), label="good", label_positive=("yes",), favourable="positive")


def applicants(size=3_000, seed=0):
    """Skill decides for everybody, but what stands in the file tells of b's skill only roughly."""
    rng = np.random.default_rng(seed)
    who, skill = rng.choice(["a", "b"], size), rng.normal(0, 1, size)
    noise = np.where(who == "b", 2.0, 0.2)
    return {
        "who": who,
        "test": (skill + rng.normal(0, 1, size) * noise).round(2),
        "shoe": rng.choice(["left", "right"], size),
        "good": np.where(skill > 0, "yes", "no"),
    }


def rate(result: AuditResult, metric: str, value: str) -> float:
    group = next(each for each in result.groups if each.group == (("who", value),))
    found = group.metrics[metric].value
    assert found is not None
    return found


def test_it_makes_more_mistakes_where_the_columns_tell_less():
    found = baseline(table(applicants()), SPEC)
    assert found.low > 0.75
    assert rate(found.result, "false_negative_rate", "b") > 2 * rate(found.result, "false_negative_rate", "a")
    wrong = {each.metric: each.verdict for each in found.result.verdicts if each.question == "who_wrong"}
    assert wrong["false_negative_rate"] == "gap"


def test_it_sees_neither_the_group_nor_the_decision_and_says_so():
    data = applicants() | {"hired": applicants()["good"]}
    found = baseline(
        table(data),
        AuditSpec(groups=("who",), label="good", label_positive=("yes",), prediction="hired"),
    )
    assert found.columns == ("test", "shoe")
    assert set(found.left_out) == {("good", "label"), ("hired", "prediction")}
    assert found.high < 1


def test_it_says_yes_as_often_as_the_labels_do():
    found = baseline(table(applicants()), SPEC)
    everybody = found.result.groups[0].metrics
    assert everybody["selection_rate"].value == everybody["base_rate"].value


def test_where_the_columns_tell_nothing_it_learns_nothing():
    data = applicants()
    data["test"] = np.random.default_rng(1).normal(0, 1, 3_000).round(2)
    found = baseline(table(data), SPEC)
    assert found.low < 0.5 < found.high


def test_rows_without_a_label_are_left_out():
    data = applicants(400)
    data["good"] = np.where(np.arange(400) < 100, "", data["good"])
    found = baseline(table(data), SPEC)
    assert (found.rows, found.of) == (300, 400)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"good": np.where(np.arange(100) < 5, "yes", "no")}, "too few labels"),
        ({"test": np.arange(100), "shoe": ["x"] * 100}, "No other column"),
    ],
)
def test_what_cannot_be_learned_is_refused(change, said):
    with pytest.raises(Refusal, match=said):
        baseline(table(applicants(100) | change), SPEC)


def test_a_label_is_needed():
    with pytest.raises(Refusal, match="no label"):
        baseline(table(applicants(100)), AuditSpec(groups=("who",)))
