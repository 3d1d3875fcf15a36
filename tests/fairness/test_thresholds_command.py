"""`audit --thresholds` and `--equalise`: the keys that a pipeline reads, under "scores"."""

import pytest

from aipm import cli
from aipm.fairness.samples import generate
from aipm.fairness.thresholds_equal import EQUAL


@pytest.fixture
def call(tmp_path):
    """The sample of loans, audited by sex at a threshold of 0.7."""
    (tmp_path / "loans.csv").write_bytes(generate("loans"))
    roles = ("--label", "repaid", "--label-positive", "yes", "--score", "score", "--threshold", 0.7)
    return ("audit", tmp_path / "loans.csv", "--group", "sex", *roles)


def test_every_rate_is_a_list_over_the_thresholds(run, call):
    status, (answer,) = run(*call, "--thresholds")
    assert status == 0
    found = answer["scores"]
    at = found["thresholds"].index(found["threshold"])
    assert found["threshold"] == 0.7
    assert [each["group"] for each in found["groups"]] == [each["group"] for each in answer["groups"]]
    for each, whole in zip(found["groups"], answer["groups"], strict=True):
        for name in (*EQUAL, "precision", "accuracy"):
            assert {len(each[name][part]) for part in each[name]} == {len(found["thresholds"])}
            assert each[name]["value"][at] == pytest.approx(whole["metrics"][name]["value"])


def test_thresholds_by_group_stand_beside_common_ones(run, call):
    status, (answer,) = run(*call, "--equalise", "true_positive_rate", "--cost-false-positive", 5)
    assert status == 0
    equalised = answer["scores"]["equalised"]
    assert (equalised["cost_false_positive"], equalised["cost_false_negative"]) == (5, 1)
    (column,) = equalised["columns"]
    assert column["chosen"]["cost"] == 5 * column["chosen"]["false_positives"] + column["chosen"]["false_negatives"]
    assert column["cheapest_common"]["cost"] <= column["chosen"]["cost"]
    assert column["by_group"]["difference"] < 0.02 < column["chosen"]["difference"]
    women, men, _ = (each["threshold"] for each in column["by_group"]["groups"])
    assert women < men  # a fixed amount was taken off every woman's score


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--thresholds",), "--score"),
        (("--score", "score", "--equalise", "false_positive_rate"), "--label"),
        (("--cost-false-negative", "2"), "--equalise"),
        (("--cost-false-negative", "-2"), "0 or more"),
    ],
)
def test_a_call_that_lacks_something_says_what(call, capsys, options, why):
    with pytest.raises(SystemExit) as left:
        cli.main([str(each) for each in (*call[:4], *options)])
    assert left.value.code == 2
    assert why in capsys.readouterr().err
