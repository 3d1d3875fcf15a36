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
    assert set(found.left_out) == {("good", "label"), ("hired", "prediction"), ("who", "group")}
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


def test_the_audit_is_of_the_people_who_have_a_label_and_asked_as_the_audit_was():
    data = applicants(600)
    data["good"] = np.where(np.arange(600) % 5 == 0, "", data["good"])
    data["age"] = 20 + np.arange(600) % 45
    asked = AuditSpec(
        groups=("who", "age"), label="good", label_positive=("yes",), favourable="negative",
        worse_error="false_negative", reference_rule="highest", reference=(("who", "nobody"),), tolerance=0.9,
        bins=(("age", (40.0,)),),
    )  # fmt: skip
    found = baseline(table(data), asked)
    spec = found.result.spec
    assert (spec.favourable, spec.worse_error, spec.reference_rule, spec.tolerance, spec.reference) == (
        "negative", "false_negative", "highest", 0.9, (),
    )  # fmt: skip
    known = data["good"] != ""
    for name in "ab":
        ours = known & (data["who"] == name)
        metrics = next(each.metrics for each in found.result.groups if each.group == (("who", name),))
        assert metrics["count"].value == ours.sum()
        assert metrics["base_rate"].value == pytest.approx((data["good"][ours] == "yes").mean())
    single = [each.group[0] for each in found.result.groups if len(each.group) == 1]
    assert [value for name, value in single if name == "age"] == ["under 40", "40 or more"]
    assert found.columns == ("test", "shoe")
    assert ("age", "group") in found.left_out


def test_people_who_look_alike_are_taken_by_lot_and_not_by_their_place():
    rng = np.random.default_rng(2)
    data = {"who": ["a"] * 500 + ["b"] * 500, "kind": rng.choice(["p", "q"], 1_000)}
    good = rng.random(1_000) < np.where(data["kind"] == "p", 0.6, 0.2)
    found = baseline(table({**data, "good": np.where(good, "yes", "no")}), SPEC)
    # All of the four hundred who are chosen look alike; those who stand first are not chosen first.
    assert abs(rate(found.result, "selection_rate", "a") - rate(found.result, "selection_rate", "b")) < 0.15


def test_the_order_of_the_rows_does_not_matter():
    data = applicants(500) | {"test": np.random.default_rng(3).integers(0, 4, 500)}  # many look alike
    order = np.random.default_rng(4).permutation(500)
    other = baseline(table({name: cells[order] for name, cells in data.items()}), SPEC)
    found = baseline(table(data), SPEC)
    assert (found.auc, found.result.groups) == (other.auc, other.result.groups)


def test_a_named_reference_stays_and_better_guesses_are_a_yes():
    named = AuditSpec(groups=("who",), label="good", label_positive=("yes",), reference=(("who", "b"),))
    found = baseline(table(applicants()), named)
    assert found.result.spec.reference == (("who", "b"),)
    assert found.low < found.auc < found.high
    assert rate(found.result, "false_negative_rate", "a") < 0.3


def test_thirty_labels_of_either_kind_are_needed():
    data = applicants(400)
    for few, other in (("yes", "no"), ("no", "yes")):
        data["good"] = np.where(np.arange(400) < 29, few, other)
        with pytest.raises(Refusal, match="too few labels"):
            baseline(table(data), SPEC)
    data["good"] = np.where(np.arange(400) < 30, "yes", "no")
    assert baseline(table(data), SPEC).rows == 400
