"""Scores in two rounds: how far people lie apart before any mean is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.workshop.entries import Answer, leading
from aipm.workshop.scores import scores_result, swings, with_weights
from aipm.workshop.specs import Option, Scores
from aipm.workshop.weights import what_if

SPEC = Scores(
    title="S",
    question="?",
    candidates=(Option(key="buy", name="Buy"), Option(key="rule", name="Rule")),
    criteria=(Option(key="cost", name="Cost"), Option(key="quality", name="Quality")),
)


def score(person, item, value):
    return Answer(person=person, item=item, value=value)


FIRST = [
    *(score(person, "1/buy/cost", value) for person, value in ((1, 1), (2, 3), (3, 5))),
    *(score(person, "1/buy/quality", 4) for person in (1, 2, 3)),
    *(score(person, "1/rule/cost", 5) for person in (1, 2, 3)),
    *(score(person, "1/rule/quality", value) for person, value in ((1, 2), (2, 2), (3, 3))),
]


def test_the_first_round_shows_spreads_and_who_is_far_out_is_asked_without_a_name():
    found = scores_result(SPEC, FIRST, number=1)
    cell = found.cells[1][0]
    assert (cell.candidate, cell.criterion, cell.spread.low, cell.spread.high) == ("buy", "cost", 1, 5)
    assert cell.invited == (1, 5)
    assert [each.invited for each in found.cells[1][1:]] == [None, None, None]
    assert found.totals == {}
    assert found.leading == ()
    assert all(not row for row in found.means.values())


def test_after_the_second_round_there_are_totals_and_what_changed():
    second = [score(person, "2/buy/cost", 3) for person in (1, 2, 3)]
    found = scores_result(
        SPEC, [*FIRST, *second, score(1, "dissent", "Too dear")], weights={"cost": 1, "quality": 0}, number=2
    )
    assert found.round == 2
    assert found.totals == {"buy": 3}  # a rule was not scored again
    assert [(each.candidate, each.criterion, each.mean, each.deviation) for each in found.changes] == [
        ("buy", "cost", 0, -2)
    ]
    assert found.dissent == ("Too dear",)


def test_an_early_end_still_has_totals():
    found = scores_result(SPEC, FIRST)
    assert found.totals == pytest.approx({"buy": (3 + 4) / 2, "rule": (5 + 7 / 3) / 2})
    assert found.leading == ("rule",)


def test_what_if_on_weights_changes_the_winner():
    means = scores_result(SPEC, FIRST).means
    assert with_weights(means, {"cost": 0, "quality": 1}) == pytest.approx({"buy": 4, "rule": 7 / 3})
    assert with_weights(means, {"cost": 0, "quality": 0}) == {}


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=20))
def test_means_lie_within_the_spread_whoever_scored(scores):
    answers = [score(person, "1/buy/cost", each[0]) for person, each in enumerate(scores)]
    answers += [score(person, "1/rule/cost", each[1]) for person, each in enumerate(scores)]
    found = scores_result(SPEC, answers)
    assert found == scores_result(SPEC, [score(900 - each.person, each.item, each.value) for each in reversed(answers)])
    for cell in found.cells[1]:
        assert cell.spread.low <= cell.spread.mean <= cell.spread.high


def test_how_far_one_weight_has_to_go_before_another_comes_first():
    """At the share s of x: a has 4s + 2(1-s), b has 1s + 3(1-s); level at s = 1/4."""
    means = {"a": {"x": 4, "y": 2}, "b": {"x": 1, "y": 3}}
    by_x, by_y = swings(means, {"x": 1, "y": 1})
    assert (by_x.share, by_x.at, by_x.first) == (0.5, pytest.approx(0.25), "b")
    assert (by_y.share, by_y.at, by_y.first) == (0.5, pytest.approx(0.75), "b")


def test_a_candidate_that_is_better_by_everything_stays_first():
    assert [each.at for each in swings({"a": {"x": 4, "y": 4}, "b": {"x": 1, "y": 3}}, {"x": 1, "y": 1})] == [
        None,
        None,
    ]


def test_without_one_in_front_no_weight_swings():
    assert swings({"a": {"x": 3}, "b": {"x": 3}}, {"x": 1}) == ()
    assert swings({}, {"x": 1}) == ()
    assert swings({"a": {"x": 3}}, {"x": 0}) == ()


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.fixed_dictionaries(dict.fromkeys("xyz", st.integers(1, 5))), min_size=2
    ),
    st.fixed_dictionaries(dict.fromkeys("xyz", st.integers(0, 100))),
)
def test_where_it_swings_two_draw_level_and_before_that_nothing_changes(means, weights):
    shares = {key: weight / max(1, sum(weights.values())) for key, weight in weights.items()}
    for each in swings(means, weights):
        (first,) = leading({name: round(total, 9) for name, total in with_weights(means, weights).items()})
        if each.at is None:
            for share in (0.0, 0.37, 1.0):
                totals = with_weights(means, what_if(shares, each.criterion, share))
                assert totals[first] >= max(totals.values()) - 1e-9
        else:
            totals = with_weights(means, what_if(shares, each.criterion, each.at))
            assert totals[first] == pytest.approx(totals[each.first])
            half = with_weights(means, what_if(shares, each.criterion, (each.at + each.share) / 2))
            assert half[first] >= max(half.values()) - 1e-9
