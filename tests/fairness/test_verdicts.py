"""The plain questions, and which answer each gets."""

import pytest

from tests.fairness.build import audited, repeated

LOANS = repeated(  # women are approved less often and wrongly refused more often; towns do not differ
    (700, "m", "n", 1, 1), (100, "m", "n", 1, 0), (40, "m", "n", 0, 1), (160, "m", "n", 0, 0),
    (350, "f", "n", 1, 1), (450, "f", "n", 1, 0), (40, "f", "n", 0, 1), (160, "f", "n", 0, 0),
    (525, "m", "s", 1, 1), (275, "m", "s", 1, 0), (40, "m", "s", 0, 1), (160, "m", "s", 0, 0),
    (525, "f", "s", 1, 1), (275, "f", "s", 1, 0), (40, "f", "s", 0, 1), (160, "f", "s", 0, 0),
    names="sex town repaid approved",
)  # fmt: skip
FULL = {"groups": ("sex", "town"), "label": "repaid", "prediction": "approved"}


def answers(result):
    return {(each.question, each.metric, each.columns): each.verdict for each in result.verdicts}


def test_the_three_questions_lead_for_every_combination_of_columns():
    result = audited(LOANS, **FULL, depth=2)
    questions = [(each.question, each.metric) for each in result.verdicts if each.columns == ("sex",)]
    assert questions == [
        ("who_selected", "selection_rate"),
        ("who_wrong", "false_negative_rate"),
        ("who_wrong", "false_positive_rate"),
        ("can_trust", "precision"),
    ]
    assert [each.columns for each in result.verdicts][::4] == [("sex",), ("town",), ("sex", "town")]


def test_a_gap_that_single_columns_hide():
    found = answers(audited(LOANS, **FULL, depth=2))
    assert found["who_selected", "selection_rate", ("town",)] == "within_tolerance"
    assert found["who_selected", "selection_rate", ("sex",)] == "gap"
    assert found["who_selected", "selection_rate", ("sex", "town")] == "gap"
    assert found["can_trust", "precision", ("sex",)] == "within_tolerance"


def test_the_worst_served_comes_first():
    result = audited(LOANS, **FULL, depth=2, reference=(("sex", "m"), ("town", "n")))
    verdict = next(each for each in result.verdicts if each.columns == ("sex", "town"))
    assert verdict.groups[0] == (("sex", "f"), ("town", "n"))


def test_the_error_that_hurts_more_comes_first():
    result = audited(LOANS, **FULL, worse_error="false_positive")
    assert [v.metric for v in result.verdicts if v.question == "who_wrong"][:2] == [
        "false_positive_rate",
        "false_negative_rate",
    ]


def test_without_labels_only_selection_can_be_asked():
    result = audited(LOANS, groups=("sex",), prediction="approved")
    assert {each.question for each in result.verdicts} == {"who_selected"}
    assert "no_label" in result.unanswered


def test_without_predictions_only_base_rates_can_be_asked():
    result = audited(LOANS, groups=("sex",), label="repaid")
    assert {each.question for each in result.verdicts} == {"base_rates"}
    assert "no_prediction" in result.unanswered


def test_with_neither_nothing_is_judged_and_everything_is_counted():
    result = audited(LOANS, groups=("sex", "town"), depth=2)
    assert result.comparisons == ()
    assert all(each.verdict != "gap" for each in result.verdicts)
    assert {"no_label", "no_prediction"} <= {*result.unanswered}
    assert [each.metrics["count"].value for each in result.groups] == [4000, 2000, 2000, 2000, 2000, *[1000] * 4]


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([(4, "a", 1), (3, "a", 0), (5, "b", 1), (2, "b", 0)], "inconclusive"),
        ([(300, "a", 0), (300, "b", 0)], "not_computable"),
        ([(300, "a", 1), (300, "a", 0)], "not_computable"),
        ([(600, "a", 1), (600, "a", 0), (600, "b", 1), (600, "b", 0)], "within_tolerance"),
        ([(600, "a", 1), (600, "a", 0), (600, "b", 1), (600, "b", 0), (1, "c", 1)], "within_tolerance"),
        ([(600, "a", 1), (600, "a", 0), (600, "b", 1), (600, "b", 0), (10, "c", 1), (10, "c", 0)], "inconclusive"),
        ([(600, "a", 1), (600, "a", 0), (600, "b", 0), (1, "c", 1)], "gap"),
    ],
)
def test_one_answer_is_the_worst_of_its_groups(rows, verdict):
    """An open question is worse than a good answer; only a group too small to rate, which is named, decides nothing."""
    result = audited(repeated(*rows, names="g p"), groups=("g",), prediction="p")
    assert answers(result)["who_selected", "selection_rate", ("g",)] == verdict


def test_nobody_of_the_reference_selected_is_as_unequal_as_it_gets():
    data = repeated((600, "a", 0), (300, "b", 1), (200, "b", 0), (100, "c", 1), (400, "c", 0), names="g p")
    result = audited(data, groups=("g",), prediction="p", reference=(("g", "a"),))
    verdict = result.verdicts[0]
    assert verdict.verdict == "gap"
    assert {each.ratio for each in result.comparisons} == {None}
    assert set(verdict.groups) == {(("g", "b"),), (("g", "c"),)}


def test_every_verdict_is_a_sentence():
    for spec in (FULL, {**FULL, "favourable": "negative", "depth": 2}, {"groups": ("sex",), "label": "repaid"}):
        for verdict in audited(LOANS, **spec).verdicts:
            assert verdict.text.endswith((".", "?"))
            assert "{" not in verdict.text
            assert "illegal" not in verdict.text
