"""Which group the others stand beside."""

import pytest

from aipm.tables import Refusal
from tests.fairness.build import audited, comparison, hiring, repeated


def references(result, metric="selection_rate", columns=("sex",)):
    return {
        each.reference
        for each in result.comparisons
        if each.metric == metric and tuple(column for column, _ in each.group) == columns
    }


def test_the_largest_group_is_the_reference_unless_missing():
    tie = repeated((20, "m", 1), (20, "f", 0), (10, "o", 1), (90, "", 1), names="sex hired")
    assert references(audited(tie, groups=("sex",), prediction="hired")) == {(("sex", "f"),)}
    assert references(hiring()) in ({(("sex", "m"),)}, {(("sex", "f"),)})


def test_the_highest_rate_is_the_reference_of_local_law_144():
    """6 RCNY § 5-301; a category under 2 % of the rows may be left out, and is: 40 of 7,040."""
    result = hiring(reference_rule="highest")
    assert references(result) == {(("sex", "m"),)}
    assert comparison(result, "selection_rate", sex="f").ratio == 0.45 / 0.6
    assert comparison(result, "selection_rate", sex="o").ratio == 0.75 / 0.6


def test_a_small_group_may_be_the_highest_of_a_small_table():
    few = repeated((5, "m", 1), (5, "m", 0), (3, "f", 1), names="sex hired")
    assert references(audited(few, groups=("sex",), prediction="hired", reference_rule="highest")) == {(("sex", "f"),)}


def test_among_equal_rates_the_larger_group_is_the_highest():
    tie = repeated((10, "a", 1), (10, "a", 0), (30, "b", 1), (30, "b", 0), (20, "c", 0), names="sex hired")
    assert references(audited(tie, groups=("sex",), prediction="hired", reference_rule="highest")) == {(("sex", "b"),)}


def test_each_metric_has_its_own_highest():
    data = repeated(
        (40, "a", 1, 1), (10, "a", 1, 0), (10, "a", 0, 1), (40, "a", 0, 0),
        (20, "b", 1, 1), (30, "b", 1, 0), (30, "b", 0, 1), (20, "b", 0, 0),
        names="sex label hired",
    )  # fmt: skip
    result = audited(data, groups=("sex",), label="label", prediction="hired", reference_rule="highest")
    assert references(result, "true_positive_rate") == {(("sex", "a"),)}
    assert references(result, "false_positive_rate") == {(("sex", "b"),)}


def test_everybody_may_be_the_reference():
    result = hiring(reference_rule="overall", groups=("sex", "site"), depth=2)
    assert {each.reference for each in result.comparisons} == {()}
    assert comparison(result, "selection_rate", sex="f").difference == pytest.approx(0.45 - 2140 / 7040)


@pytest.mark.parametrize("rule", ["largest", "highest", "overall"])
def test_a_named_reference_goes_before_the_rule(rule):
    result = hiring(reference=(("sex", "o"),), reference_rule=rule)
    assert references(result) == {(("sex", "o"),)}
    assert len([c for c in result.comparisons if c.metric == "selection_rate"]) == 3  # missing is compared, too


def test_missing_is_a_reference_only_by_name():
    for rule in ("largest", "highest"):
        for named in ((), (("site", "x"),), (("sex", "f"),)):
            result = hiring(groups=("sex", "site"), depth=2, reference_rule=rule, reference=named)
            assert all(value is not None for each in result.comparisons for _, value in each.reference)
    assert references(hiring(reference=(("sex", None),))) == {(("sex", None),)}


def test_the_reference_of_an_intersection_is_one_of_the_same_columns():
    spec = {"groups": ("sex", "site"), "depth": 2}
    both = hiring(**spec, reference=(("sex", "f"), ("site", "y")))
    assert references(both, columns=("sex", "site")) == {(("sex", "f"), ("site", "y"))}
    one = hiring(**spec, reference=(("sex", "o"),))
    assert references(one, columns=("sex", "site")) == {(("sex", "o"), ("site", "x"))}  # the larger of the two
    assert references(one, columns=("site",)) == {(("site", "x"),)}
    highest = hiring(**spec, reference_rule="highest")
    assert references(highest, columns=("sex", "site")) == {(("sex", "m"), ("site", "x"))}


@pytest.mark.parametrize("reference", [("sex", "M"), ("sex", " m"), ("sex", "1"), ("site", "x"), ("Sex", "m")])
def test_a_reference_that_is_not_there_is_said_not_skipped(reference):
    with pytest.raises(Refusal) as refusal:
        hiring(reference=(reference,))
    assert refusal.value.code == "reference_not_found"


def test_a_group_is_not_compared_with_itself():
    assert all(each.group != each.reference for each in hiring(groups=("sex", "site"), depth=2).comparisons)
    single = repeated((20, "m", 1), (20, "m", 0), names="sex hired")
    assert audited(single, groups=("sex",), prediction="hired").comparisons == ()
