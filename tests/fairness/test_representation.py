"""Who is in the data beside a population: against scipy, by hand, and where nothing differs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare

from aipm.fairness.representation import Population, goodness_of_fit, number_of, populations, representation
from aipm.tables import Refusal
from tests.fairness.build import counted


def shares(sizes, population, **spec):
    cells = [name for name, size in sizes.items() for _ in range(size)]
    counts, _ = counted({"who": cells, **spec.pop("columns", {})}, groups=("who",), **spec)
    found = representation(counts, Population(column="who", numbers=tuple(population.items())), tolerance=0.8)
    return {each.group: each for each in found.groups}, found


def test_shares_ratios_and_differences_are_those_one_works_out_by_hand():
    each, found = shares({"a": 300, "b": 700}, {"a": 50, "b": 50})
    assert (each["a"].share, each["a"].expected, each["a"].ratio) == (0.3, 0.5, 0.6)
    assert each["a"].difference == pytest.approx(-0.2)
    assert found.apart == pytest.approx(0.2)
    assert each["a"].ratio_low < 0.6 < each["a"].ratio_high < 0.8
    assert each["a"].verdict == "gap"


def test_the_p_value_of_a_group_is_that_of_the_binomial_test():
    for size in (4, 8):  # of 20 expected: rare enough to be worked out exactly
        each, _ = shares({"a": size, "b": 1_000 - size}, {"a": 2, "b": 98})
        # Half of the probability of what was seen counts (mid-P), doubled: between the tails with and without it.
        tails = [binomtest(k, 1_000, 0.02, alternative="less").pvalue for k in (size - 1, size)]
        assert each["a"].p_value == pytest.approx(sum(tails), rel=1e-4)
    each, _ = shares({"a": 2_100, "b": 17_900}, {"a": 10, "b": 90})
    assert each["a"].p_value == pytest.approx(binomtest(2_100, 20_000, 0.1).pvalue, rel=0.05)


def test_goodness_of_fit_is_scipys():
    observed, expected = np.array([40.0, 25.0, 35.0]), np.array([0.3, 0.3, 0.4])
    assert goodness_of_fit(observed, expected) == pytest.approx(chisquare(observed, 100 * expected).pvalue)


def test_with_few_expected_the_p_value_comes_from_draws():
    # Two of three in a group of 1 %: the exact chance of two or more is 3 × .01² × .99 + .01³ = .000298.
    assert goodness_of_fit(np.array([2.0, 1.0]), np.array([0.01, 0.99])) == pytest.approx(0.0003, abs=0.0003)


def test_nobody_makes_no_fit():
    assert goodness_of_fit(np.array([0.1, 0.3]), np.array([0.5, 0.5])) is None


def test_all_spellings_of_a_group_are_that_group():
    each, found = shares({"A": 50, "a ": 30, "b": 20}, {"a": 80, "B": 20})
    assert {name: group.rows for name, group in each.items()} == {"A": 80, "b": 20}  # called as most rows call it
    assert (found.rows, found.missing, each["A"].verdict) == (100, 0, "within_tolerance")
    assert found.apart == pytest.approx(0)


def test_p_values_are_corrected_for_looking_at_every_group():
    each, _ = shares({"a": 260, "b": 330, "c": 410}, {"a": 30, "b": 33, "c": 37})
    raw = sorted(group.p_value for group in each.values())
    assert min(group.p_adjusted for group in each.values()) == pytest.approx(3 * raw[0])


def test_a_group_of_the_population_that_the_data_lacks_is_shown_as_absent():
    each, _ = shares({"a": 500, "b": 500}, {"a": 45, "b": 45, "c": 10})
    assert each["c"].absent
    assert each["c"].verdict == "gap"
    assert each["c"].share == 0
    assert each["c"].high < 0.01


def test_a_group_that_the_population_does_not_name_is_counted_yet_not_judged():
    each, found = shares({"a": 50, "b": 40, "other": 10}, {"a": 50, "b": 50})
    assert each["other"].expected is None
    assert each["other"].verdict == "not_computable"
    assert each["a"].share == 0.5
    assert found.rows == 100


def test_where_few_were_to_be_expected_nothing_is_said():
    each, _ = shares({"a": 60, "b": 2}, {"a": 95, "b": 5})
    assert each["b"].verdict == "not_enough_data"


def test_rows_without_a_group_are_left_out_and_counted():
    each, found = shares({"a": 50, "b": 40, "": 10}, {"A ": 1, "b": 1})
    assert found.missing == 10
    assert each["a"].share == pytest.approx(5 / 9)


def test_weights_make_shares_and_widen_intervals():
    weights = {"columns": {"w": [3] * 100 + [1] * 100}, "weight": "w"}
    weighted, _ = shares({"a": 100, "b": 100}, {"a": 75, "b": 25}, **weights)
    plain, _ = shares({"a": 300, "b": 100}, {"a": 75, "b": 25})
    assert weighted["a"].share == 0.75
    assert weighted["a"].high - weighted["a"].low > plain["a"].high - plain["a"].low


@settings(max_examples=25)
@given(st.lists(st.integers(0, 300), min_size=2, max_size=6), st.lists(st.integers(1, 9), min_size=6, max_size=6))
def test_shares_add_up_and_lie_within_their_intervals(sizes, numbers):
    sizes[0] += 1
    named = {f"g{k}": size for k, size in enumerate(sizes)}
    each, _ = shares(named, dict(zip(named, numbers, strict=False)))
    assert sum(group.share for group in each.values()) == pytest.approx(1)
    for group in each.values():
        assert group.low <= group.share <= group.high
        assert group.ratio_low <= group.ratio <= group.ratio_high


def test_where_the_data_is_drawn_from_the_population_hardly_any_look_finds_a_gap():
    rng, expected, found = np.random.default_rng(1), np.array([0.5, 0.3, 0.15, 0.05]), 0
    counts, _ = counted({"who": list("abcd")}, groups=("who",))
    population = Population(column="who", numbers=tuple(zip("abcd", expected, strict=True)))
    for drawn in rng.multinomial(120, expected, size=1_000).astype(float):
        sample = replace(counts, rows=drawn, weight=drawn, weight_squared=drawn)
        groups = representation(sample, population, tolerance=0.8).groups
        found += any(group.p_adjusted is not None and group.p_adjusted < 0.05 for group in groups)
    assert found <= 1_000 * 0.05 + 2 * np.sqrt(1_000 * 0.05 * 0.95)


@pytest.mark.parametrize("spread", [0.5, 1.0])
def test_with_weights_the_intervals_cover_the_population_s_shares(spread):
    rng, expected, times = np.random.default_rng(2), np.array([0.5, 0.3, 0.15, 0.05]), 400
    counts, _ = counted({"who": list("abcd"), "w": ["1"] * 4}, groups=("who",), weight="w")
    population = Population(column="who", numbers=tuple(zip("abcd", expected, strict=True)))
    inside, found = np.zeros((3, 4)), 0
    for _ in range(times):
        who, weight = rng.choice(4, 300, p=expected), rng.lognormal(0, spread, 300)
        sums = [np.bincount(who, each, 4) for each in (np.ones(300), weight, weight**2)]
        sample = replace(counts, **dict(zip(("rows", "weight", "weight_squared"), sums, strict=True)))
        groups = representation(sample, population, tolerance=0.8).groups
        inside[0] += [g.low <= p <= g.high for g, p in zip(groups, expected, strict=True)]
        inside[1] += [g.difference_low <= 0 <= g.difference_high for g in groups]
        inside[2] += [g.ratio_low <= 1 <= g.ratio_high for g in groups]
        found += any(g.p_adjusted is not None and g.p_adjusted < 0.05 for g in groups)
    assert (inside / times >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / times)).all()
    assert found / times <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / times)


@pytest.mark.parametrize(
    ("text", "number"),
    [("51", 51), ("51%", 51), ("0.51", 0.51), ("51,3", 51.3), ("1,204,500", 1_204_500), ("1 204 500", 1_204_500)],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert number_of(text) == number


def test_a_small_file_names_groups_and_numbers():
    two = populations(("sex", "share"), [("woman", "51%"), ("man", "49%"), ("", "")], ("race", "sex"))
    assert two == (Population(column="sex", numbers=(("woman", 51.0), ("man", 49.0))),)
    three = populations(("column", "group", "count"), [("Sex", "woman", "1"), ("race", "x", "2")], ("race", "sex"))
    assert [each.column for each in three] == ["sex", "race"]


@pytest.mark.parametrize(
    "numbers", [(("a", 1.0),), (("a", 1.0), ("A ", 2.0)), (("a", -1.0), ("b", 2.0)), (("a", 0.0), ("b", 0.0))]
)
def test_a_population_that_makes_no_sense_is_refused(numbers):
    counts, _ = counted({"who": ["a", "b"]}, groups=("who",))
    with pytest.raises(Refusal, match="population"):
        representation(counts, Population(column="who", numbers=numbers), tolerance=0.8)


def test_what_is_no_number_is_refused():
    with pytest.raises(Refusal, match="no number"):
        number_of("many")


@pytest.mark.parametrize(
    ("sizes", "population", "verdict"),
    [
        ({"a": 1_500, "b": 8_500}, {"a": 10, "b": 90}, "gap"),  # half as many again
        ({"a": 8, "b": 112}, {"a": 10, "b": 90}, "inconclusive"),  # two thirds of 12, as chance has it
        ({"a": 1_000, "b": 9_000}, {"a": 10, "b": 90}, "within_tolerance"),
        ({"a": 90, "b": 910}, {"a": 10, "b": 90}, "inconclusive"),  # .90 (.73 to 1.10): below .8 is possible
        ({"a": 115, "b": 885}, {"a": 10, "b": 90}, "inconclusive"),  # 1.15 (.96 to 1.36): so is above 1.25
        ({"a": 5, "b": 95}, {"a": 10, "b": 90}, "inconclusive"),  # ten were expected: enough to be rated
        ({"a": 30, "b": 970}, {"a": 0.5, "b": 99.5}, "gap"),  # five were expected and thirty came
        ({"a": 30, "b": 970}, {"a": 0, "b": 100}, "gap"),  # nobody was expected
    ],
)
def test_a_verdict_needs_more_than_chance_and_fewer_or_more_people_than_tolerated(sizes, population, verdict):
    each, _ = shares(sizes, population)
    assert each["a"].verdict == verdict


def test_where_the_population_has_nobody_of_a_group_there_is_no_ratio():
    each, found = shares({"a": 50, "b": 40, "c": 10}, {"a": 50, "b": 50, "c": 0})
    assert (each["c"].ratio, each["c"].ratio_low, each["c"].ratio_high) == (None, None, None)
    assert each["c"].difference == pytest.approx(0.1)
    rare, _ = shares({"a": 30, "b": 970}, {"a": 1, "b": 99})
    assert rare["a"].ratio == pytest.approx(3)
    assert rare["a"].difference_low < 0.02 < rare["a"].difference_high < 0.04
    # Of 100 rows, ten of b's fifty would have to take the place of c's ten.
    assert found.apart == pytest.approx(0.1)
    assert shares({"a": 50, "b": 40, "other": 10}, {"a": 50, "b": 50})[1].apart == pytest.approx(0.1)


def test_several_rows_of_a_person_are_one_person_and_equal_weights_weigh_nothing():
    sizes, population = {"a": 40, "b": 60}, {"a": 30, "b": 70}
    once, whole = shares(sizes, population)
    heavy, weighted = shares(sizes, population, columns={"w": [10] * 100}, weight="w")
    assert weighted.p_value == pytest.approx(whole.p_value)
    assert heavy["a"].p_value == pytest.approx(once["a"].p_value)
    people = [person for person in range(100) for _ in range(5)]
    many, _ = shares({"a": 200, "b": 300}, population, columns={"person": people}, cluster="person")
    assert (many["a"].low, many["a"].high) == pytest.approx((once["a"].low, once["a"].high))
    assert many["a"].p_value == pytest.approx(once["a"].p_value)


def test_goodness_of_fit_from_draws_is_the_exact_chance():
    # 5 of 25 where 2.5 are expected: as far away or further are none, and five or more.
    exact = 0.9**25 + binomtest(5, 25, 0.1, alternative="greater").pvalue
    assert goodness_of_fit(np.array([5.0, 20.0]), np.array([0.1, 0.9])) == pytest.approx(exact, abs=0.01)
    # Nothing is closer than none of .03 expected: every draw is as far away. And no draw is a reason to say never.
    assert goodness_of_fit(np.array([0.0, 3.0]), np.array([0.01, 0.99])) == 1
    assert goodness_of_fit(np.array([20.0, 0.0]), np.array([0.001, 0.999])) == pytest.approx(1 / 20_001)


def test_groups_that_the_population_lacks_are_no_degree_of_freedom():
    three = goodness_of_fit(np.array([40.0, 25.0, 35.0]), np.array([0.3, 0.3, 0.4]))
    assert goodness_of_fit(np.array([40.0, 25.0, 35.0, 0.0]), np.array([0.3, 0.3, 0.4, 0.0])) == pytest.approx(three)


@pytest.mark.parametrize(("size", "refused"), [(200, False), (201, True)])
def test_a_population_has_up_to_two_hundred_groups(size, refused):
    counts, _ = counted({"who": ["g0", "g1"]}, groups=("who",))
    population = Population(column="who", numbers=tuple((f"g{k}", 1.0) for k in range(size)))
    try:
        assert len(representation(counts, population, tolerance=0.8).groups) == size
        assert not refused
    except Refusal:
        assert refused


@pytest.mark.parametrize(
    ("text", "number"), [("0,513", 0.513), ("1234,567", 1234.567), ("1,204.5", 1204.5), ("12,34,567", None)]
)
def test_a_comma_parts_thousands_only_where_it_can(text, number):
    if number is None:
        with pytest.raises(Refusal):
            number_of(text)
    else:
        assert number_of(text) == number


def test_a_file_of_two_columns_names_the_column_it_means_or_it_is_the_first():
    lines = [("x", "1"), ("y", "2")]
    assert [each.column for each in populations(("Race ", "share"), lines, ("sex", "race"))] == ["race"]
    assert [each.column for each in populations(("group", "share"), lines, ("sex", "race"))] == ["sex"]
    with pytest.raises(Refusal, match="no group column"):
        populations(("column", "group", "count"), [("shoe", "x", "1")], ("sex", "race"))


def test_groups_stand_in_the_population_s_order_under_the_names_of_the_data():
    _, found = shares({"a": 50, "Zoe": 40, "k": 10}, {" zoe": 50, "A": 50})
    assert [each.group for each in found.groups] == ["Zoe", "a", "k"]


@pytest.mark.parametrize(
    "numbers",
    [(("a", float("inf")), ("b", 1.0)), (("a", float("nan")), ("b", 1.0)), (("a", 1.0), (" A", 1.0), ("b", 2.0))],
)
def test_endless_numbers_and_a_name_given_twice_are_no_population(numbers):
    counts, _ = counted({"who": ["a", "b"]}, groups=("who",))
    with pytest.raises(Refusal, match="population"):
        representation(counts, Population(column="who", numbers=numbers), tolerance=0.8)
