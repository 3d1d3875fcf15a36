"""What a threshold does and costs, on cases small enough to count by hand, and against the rows themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aipm.governance.metric_sheet import Amount, CostMatrix
from aipm.governance.scored import BINS, Scores, counted, made_up, outcomes
from aipm.governance.threshold import chosen, costs_by_place, least, precisions
from aipm.tables import Refusal, read

TEN = [(0.05, 0), (0.1, 0), (0.2, 0), (0.3, 1), (0.4, 0), (0.5, 0), (0.6, 1), (0.7, 0), (0.8, 1), (0.9, 1)]
"""Score and outcome: four yes among ten."""


def table(rows, *, head="score,outcome"):
    return read("\n".join([head, *(f"{score},{outcome}" for score, outcome in rows)]).encode())


def scored(rows):
    return counted(table(rows), score="score", outcome="outcome", yes=("1",))


def costs(false_yes, false_no, right_yes=0.0, right_no=0.0):
    return CostMatrix(
        false_yes=Amount(likely=false_yes),
        false_no=Amount(likely=false_no),
        right_yes=Amount(likely=right_yes),
        right_no=Amount(likely=right_no),
    )


def test_ten_cases_by_hand():
    found = chosen(scored(TEN), 0.5, costs(1, 5))
    assert found.counts == (3, 2, 1, 4)
    assert found.per_1000 == pytest.approx((300, 200, 100, 400))
    assert found.precision.value == pytest.approx(3 / 5)
    assert found.recall.value == pytest.approx(3 / 4)
    assert found.false_alarm.value == pytest.approx(2 / 6)
    assert found.f1 == pytest.approx(2 * 0.6 * 0.75 / 1.35)
    assert found.accuracy == pytest.approx(0.7)
    assert found.always_the_same == pytest.approx(0.6)
    assert found.cost == pytest.approx(200 * 1 + 100 * 5)


def test_the_least_cost_by_hand():
    # From 0.3 on: no miss, three false yes. From 0.6 on: one miss, one false yes. From 0.8: two misses, none.
    scores = scored(TEN)
    assert least(scores, costs(1, 5)).cost == pytest.approx(300)
    assert 0.2 < least(scores, costs(1, 5)).threshold <= 0.3
    dear = least(scores, costs(10, 1))
    assert dear.cost == pytest.approx(200)
    assert 0.7 < dear.threshold <= 0.8
    assert (dear.everybody, dear.none_at_all) == pytest.approx((6_000, 400))


def test_right_answers_that_are_worth_something_are_gains():
    found = chosen(scored(TEN), 0.5, costs(1, 5, right_yes=4, right_no=1))
    assert found.cost == pytest.approx(200 + 500 - 300 * 4 - 400)


def test_another_share_of_yes_keeps_what_happens_within_the_yes_and_within_the_no():
    found = chosen(scored(TEN), 0.5, costs(1, 5), share_of_yes=0.1)
    assert found.per_1000 == pytest.approx((75, 300, 25, 600))
    assert found.precision.value == pytest.approx(75 / 375)
    assert found.recall.value == pytest.approx(0.75)
    assert found.cost == pytest.approx(300 + 125)
    assert found.counts == (3, 2, 1, 4)


def test_it_is_as_if_the_rows_had_been_weighted():
    scores = made_up()
    found = chosen(scores, 0.5, costs(1, 5), share_of_yes=0.02)
    weights = (0.02 / scores.share_of_yes, 0.98 / (1 - scores.share_of_yes))
    right, false, missed, rest = (
        count * weights[which] for count, which in zip(found.counts, (0, 1, 0, 1), strict=True)
    )
    assert found.precision.value == pytest.approx(right / (right + false))
    assert found.accuracy == pytest.approx((right + rest) / (right + false + missed + rest))


@given(
    rows=st.lists(st.tuples(st.integers(0, 1_000), st.booleans()), min_size=2, max_size=60).filter(
        lambda rows: len({yes for _, yes in rows}) == 2
    ),
    place=st.integers(0, BINS),
)
def test_a_score_on_the_threshold_is_a_yes(rows, place):
    yes, no = (
        tuple(sum(min(score, BINS - 1) == each and is_yes is kind for score, is_yes in rows) for each in range(BINS))
        for kind in (True, False)
    )
    scores = Scores(low=0.0, step=1 / BINS, yes=yes, no=no)
    found = chosen(scores, scores.edge(place), costs(1, 5))
    called = [is_yes for score, is_yes in rows if min(score, BINS - 1) >= place]
    assert found.counts[:2] == (sum(called), len(called) - sum(called))
    assert sum(found.counts) == len(rows)
    assert sum(found.per_1000) == pytest.approx(1_000)


@settings(max_examples=60)
@given(
    st.tuples(*[st.floats(0, 100) for _ in range(4)]),
    st.floats(0.01, 0.99),
    st.integers(0, 2**32 - 1),
)
def test_no_threshold_costs_less_than_the_least(amounts, share, seed):
    scores = made_up(cases=200, share_of_yes=0.3, seed=seed)
    matrix = costs(*amounts)
    best = least(scores, matrix, share_of_yes=share)
    line = costs_by_place(scores, matrix, share_of_yes=share)
    assert best.cost == pytest.approx(line.min(), abs=1e-6)
    assert chosen(scores, best.threshold, matrix, share_of_yes=share).cost == pytest.approx(best.cost, abs=1e-6)
    assert best.flat[0] <= best.threshold <= best.flat[1]
    assert best.by_ranges == (best.threshold, best.threshold)  # no ends were given


def test_with_a_score_that_is_a_true_chance_the_least_cost_lies_at_the_break_even_chance():
    # Elkan (2001), equation 2: cost of a false yes / (that + cost of a false no) = 1 / 6.
    chance = np.arange(BINS) / BINS + 0.5 / BINS
    many = 10_000
    scores = Scores(
        low=0.0,
        step=1 / BINS,
        yes=tuple(np.round(many * chance).astype(int).tolist()),
        no=tuple(np.round(many * (1 - chance)).astype(int).tolist()),
    )
    matrix = costs(1, 5)
    assert matrix.breaks_even == pytest.approx(1 / 6)
    assert least(scores, matrix).threshold == pytest.approx(1 / 6, abs=0.002)


def test_ends_move_the_cost_and_the_threshold():
    matrix = CostMatrix(
        false_yes=Amount(likely=1, low=0.5, high=4),
        false_no=Amount(likely=5, high=20),
        right_yes=Amount(likely=1, low=0),
    )
    scores = made_up()
    found = chosen(scores, 0.5, matrix)
    assert found.cost_ranges[0] < found.cost < found.cost_ranges[1]
    right, false, missed, _ = found.per_1000
    assert found.cost_ranges == pytest.approx((false * 0.5 + missed * 5 - right, false * 4 + missed * 20))
    best = least(scores, matrix)
    assert best.by_ranges[0] < best.threshold < best.by_ranges[1]
    assert best.by_chance[0] <= best.threshold <= best.by_chance[1]


def test_an_end_on_the_wrong_side_of_the_likely_amount_is_not_taken():
    assert Amount(likely=5, low=7, high=2).end("low") == 5
    assert Amount(likely=5, low=7, high=2).end("high") == 5


def test_the_interval_of_the_cost_covers_what_it_says():
    """95 % of samples of 300 cases, within the error of 800 draws (1.96 × 0.77 points) and Wilson's own unevenness."""
    truth = made_up(cases=400_000, share_of_yes=0.25, seed=3)
    matrix = costs(1, 5)
    true = chosen(truth, 0.45, matrix).cost
    chance, covered = np.random.default_rng(5), 0
    for _ in range(800):
        parts = [
            tuple(chance.multinomial(count, np.array(part) / sum(part)).tolist())
            for count, part in ((75, truth.yes), (225, truth.no))
        ]
        low, high = chosen(Scores(low=0.0, step=truth.step, yes=parts[0], no=parts[1]), 0.45, matrix).cost_sampling
        covered += low <= true <= high
    assert 0.93 <= covered / 800 <= 0.97


def test_precision_at_another_share_of_yes_holds_at_95_or_more():
    truth = made_up(cases=400_000, share_of_yes=0.25, seed=3)
    true = chosen(truth, 0.45, costs(1, 5), share_of_yes=0.05).precision.value
    chance, covered = np.random.default_rng(6), 0
    for _ in range(400):
        parts = [
            tuple(chance.multinomial(count, np.array(part) / sum(part)).tolist())
            for count, part in ((60, truth.yes), (180, truth.no))
        ]
        scores = Scores(low=0.0, step=truth.step, yes=parts[0], no=parts[1])
        found = chosen(scores, 0.45, costs(1, 5), share_of_yes=0.05).precision
        covered += found.low <= true <= found.high
    assert covered / 400 >= 0.94


def test_where_nobody_is_called_yes_there_is_no_precision():
    scores = scored(TEN)
    for share in (None, 0.1):
        found = chosen(scores, 1.0, costs(1, 5), share_of_yes=share)
        assert found.precision.value is None
        assert found.recall.value == 0
        assert np.isnan(precisions(scores, share_of_yes=share)[-1])


def test_numbers_are_read_as_people_write_them_and_the_rest_is_left_out():
    rows = [("50%", "yes"), ("0.5", "no"), ('"0,5"', "yes"), ("n/a", "yes"), ("0.7", ""), ("inf", "no"), ("0.2", "NA")]
    found = counted(table(rows), score="score", outcome="outcome", yes=("yes",))
    assert (found.yes[500], found.no[500], found.cases, found.left_out) == (2, 1, 3, 4)


def test_whole_scores_keep_their_own_steps():
    found = counted(table([(300, 0), (612, 0), (850, 1)]), score="score", outcome="outcome", yes=("1",))
    assert (found.low, found.step, len(found.yes)) == (300, 1, 551)
    assert chosen(found, 612, costs(1, 5)).counts == (1, 1, 0, 1)
    assert chosen(found, 613, costs(1, 5)).counts == (1, 0, 0, 2)


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order():
    # Of 24 pairs, 0.3 beats 3 no, 0.6 beats 5, 0.8 and 0.9 beat 6 each.
    assert scored(TEN).ranks == pytest.approx(20 / 24)


def test_outcomes_come_with_the_commonest_first():
    assert outcomes(table([(1, "b"), (2, "a"), (3, "b"), (4, " "), (5, "NA")]), "outcome") == ("b", "a")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("a", 1), ("b", 0)], "no_scores"),
        ([(0.1, 1), (0.2, 1)], "one_outcome"),
        ([(0.1, 0), (0.2, 0)], "one_outcome"),
    ],
)
def test_what_cannot_be_used_is_refused(rows, code):
    with pytest.raises(Refusal) as refused:
        scored(rows)
    assert refused.value.code == code


def test_an_outcome_of_many_values_is_refused():
    with pytest.raises(Refusal) as refused:
        outcomes(table([(each, each) for each in range(60)]), "outcome")
    assert refused.value.code == "many_outcomes"
