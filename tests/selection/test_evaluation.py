"""The team's own evaluation: pass rates with ranges, and what keeps them from being compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.selection.evaluation import Judgement, PassRate, evaluate, judgements_from_table, verdict
from aipm.tables import Refusal


def judged(candidate, marks):
    """Marks such as "++-?" for the examples 1, 2, 3, 4."""
    passed = {"+": True, "-": False, "?": None}
    return [
        Judgement(example=str(place), candidate=candidate, passed=passed[mark]) for place, mark in enumerate(marks, 1)
    ]


@given(st.integers(0, 60).flatmap(lambda tried: st.tuples(st.integers(0, tried), st.just(tried))))
def test_the_range_holds_the_share_and_stays_within_bounds(counts):
    rate = PassRate.of(*counts)
    if not counts[1]:
        assert (rate.value, rate.low, rate.high) == (None, None, None)
    else:
        assert 0 <= rate.low <= rate.value <= rate.high <= 1


def test_pass_rates_by_candidate():
    found = evaluate([*judged("A", "++++++++--"), *judged("B", "+++++-----")])
    assert (found.rates["A"].value, found.rates["B"].value) == (0.8, 0.5)
    assert (found.examples, found.same_examples, found.few) == (10, True, ())
    assert found.apart == ()  # three to nothing among ten: no more than luck


def test_what_was_not_judged_is_not_a_failure():
    found = evaluate([*judged("A", "+++?"), *judged("B", "++++")])
    assert (found.rates["A"].passed, found.rates["A"].tried) == (3, 3)
    assert not found.same_examples
    assert found.few == ("A", "B")


def test_a_difference_on_the_same_examples_that_is_no_luck():
    # Six to nothing: 2 / 2^6 = 3.1 %; five to nothing would be 6.3 %.
    found = evaluate([*judged("A", "++++++++++"), *judged("B", "++++------")])
    assert found.apart == (("A", "B"),)
    assert evaluate([*judged("A", "++++++++++"), *judged("B", "+++++-----")]).apart == ()


def test_an_example_judged_twice_is_refused():
    with pytest.raises(Refusal, match="twice"):
        evaluate([*judged("A", "+"), *judged("A", "-")])


def test_no_judgements_give_no_rates():
    assert evaluate([]).rates == {}
    assert evaluate([]).same_examples


@pytest.mark.parametrize(
    ("text", "means"),
    [("Yes", True), (" pass ", True), ("✓", True), ("1", True), ("FAIL", False), ("x", False), ("", None), ("?", None)],
)
def test_judgements_as_people_write_them(text, means):
    assert verdict(text) is means


def test_another_word_is_refused_without_being_repeated():
    with pytest.raises(Refusal) as problem:
        verdict("probably secret")
    assert "secret" not in problem.value.message + problem.value.advice


@pytest.mark.parametrize("counts", [(3, 2), (-1, 2), (1.5, 2), (1, 10**9)])
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(Refusal):
        PassRate.of(*counts)


def test_a_table_has_an_example_a_row_and_a_candidate_a_column():
    found = evaluate(
        judgements_from_table(
            ["request", "Alder", "Birch"], [["refund", "yes", "no"], ["", "pass", ""], ["address", "1", "✓"]]
        )
    )
    assert {name: (rate.passed, rate.tried) for name, rate in found.rates.items()} == {"Alder": (3, 3), "Birch": (1, 2)}


@pytest.mark.parametrize(
    ("columns", "rows", "message"),
    [
        (["request"], [["refund"]], "one for each candidate"),
        (["request", "Alder"], [["a", "yes"], ["b", "rather"]], "Row 2"),
    ],
)
def test_a_table_that_cannot_be_read_says_where(columns, rows, message):
    with pytest.raises(Refusal, match=message):
        judgements_from_table(columns, rows)
