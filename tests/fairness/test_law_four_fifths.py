"""The four-fifths rule on cases that courts and authorities worked out, and scipy as the judge of the exact test."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from aipm.fairness.law_four_fifths import fisher_exact, flips_of, four_fifths, one_person, standard_deviations
from tests.fairness.build import counted, repeated

counts_of = st.integers(1, 60)


def compared(*groups, threshold=0, **spec):
    """(name, selected, people) -> the table by one column."""
    lines = [(chosen, name, "yes") for name, chosen, _ in groups]
    lines += [(people - chosen, name, "no") for name, chosen, people in groups]
    asked = {"prediction": "selected", **spec}
    counts, spec_of = counted(repeated(*lines, names="race selected"), groups=("race",), **asked)
    return four_fifths(counts, spec_of, measure="selection_rate", threshold=threshold)


def line_of(found, name):
    return next(line for line in found.tables[0].lines if line.group[0][1] == name)


def test_connecticut_v_teal():
    """457 U.S. 440 (1982): 26 of 48 black and 206 of 259 white candidates passed, "approximately 68 percent"."""
    found = compared(("black", 26, 48), ("white", 206, 259))
    line = line_of(found, "black")
    assert line.ratio == pytest.approx(0.681, abs=0.0005)
    assert (line.flag, line.reading) == (True, "flag")
    # By hand: p = 232/307, z = (.54167 − .79537) / √(.75570 × .24430 × (1/48 + 1/259)) = −3.757
    assert line.deviations == pytest.approx(-3.757, abs=0.001)
    assert line.exact == pytest.approx(stats.fisher_exact([[26, 22], [206, 53]]).pvalue)
    # Four fifths of .79537 of 48 is 30.54: five more would have had to pass.
    assert (line.flips, line.one_person) == (5, False)
    assert line_of(found, "white").reading == "reference"


def test_ricci_v_destefano():
    """557 U.S. 557 (2009): of the captain candidates 16 of 25 white, 3 of 8 black and 3 of 8 Hispanic ones passed."""
    found = compared(("W", 16, 25), ("B", 3, 8), ("H", 3, 8))
    black = line_of(found, "B")
    assert black.ratio == pytest.approx(0.59, abs=0.0051)  # as the opinion prints it
    assert (black.flag, black.reading) == (True, "not_rated")  # eight people are too few to be rated
    assert black.flips == 2  # 4 of 8 is .78 of .64, 5 of 8 is .98


def test_three_men_and_one_woman():
    """Questions and answers on the guidelines, no. 21: 3 of 20 men, 1 of 10 women; 66⅔ %, but too small to say."""
    found = compared(("men", 3, 20), ("women", 1, 10))
    women = line_of(found, "women")
    assert women.ratio == pytest.approx(2 / 3)
    assert women.flag is True
    assert women.reading == "flag_chance"
    assert (women.flips, women.one_person) == (1, True)


def test_exactly_four_fifths_is_no_flag():
    assert line_of(compared(("a", 40, 100), ("b", 50, 100)), "a").flag is False
    assert line_of(compared(("a", 39, 100), ("b", 50, 100)), "a").flag is True
    assert line_of(compared(("a", 28, 50), ("b", 70, 100)), "a").flag is False  # .56 of .70, which floats get wrong


def test_large_numbers_tell_what_the_rule_does_not():
    """9,000 of 10,000 beside 8,500 of 10,000: a ratio of .94, no flag, and far from chance."""
    line = line_of(compared(("a", 8500, 10_000), ("b", 9000, 10_000)), "a")
    assert (line.flag, line.reading) == (False, "beyond_chance")
    assert abs(line.deviations) > 10


def test_nobody_selected_of_a_few_is_a_flag_as_well():
    """0 of 10 beside 8 of 100: one selected would be enough, for a tenth is more than eight per cent."""
    line = line_of(compared(("a", 0, 10), ("b", 8, 100)), "a")
    assert (line.flag, line.flips) == (True, 1)
    assert line.exact == pytest.approx(stats.fisher_exact([[0, 10], [8, 92]]).pvalue)


def test_a_group_that_is_level_is_certainly_so_and_no_more():
    assert line_of(compared(("a", 200, 400), ("b", 200, 400), ("c", 200, 400)), "a").corrected == 1


def test_where_no_group_has_ten_people_none_is_rated():
    found = compared(("a", 3, 5), ("b", 2, 6))
    assert found.tables[0].reference == (("race", "a"),)
    assert (line_of(found, "b").flag, line_of(found, "b").reading) == (True, "not_rated")
    assert found.worst is None


def test_every_column_has_a_highest_group_of_its_own():
    data = repeated((60, "m", "x", "yes"), (40, "m", "y", "no"), (30, "f", "y", "yes"), (70, "f", "x", "no"),
                    names="sex race selected")  # fmt: skip
    counts, spec = counted(data, groups=("sex", "race"), prediction="selected")
    found = four_fifths(counts, spec, measure="selection_rate")
    assert [table.reference for table in found.tables] == [(("sex", "m"),), (("race", "x"),)]
    assert found.worst[0] == "sex"  # 30 % beside 60 % are flagged, 43 % beside 46 % are not


@pytest.mark.parametrize(
    ("rows", "reference"),
    [
        # Of 100 people five have a decision: too few. Twelve of 1,917 are under 2 %, however all of them were selected.
        (((5, "c", "yes"), (95, "c", ""), (12, "a", "yes"), (500, "b", "yes"), (500, "b", "no"), (400, "d", "yes"),
          (500, "d", "no")), "b"),
        # Sixty people of 1,960 are no small group, and twelve of them with a decision are not too few.
        (((12, "c", "yes"), (48, "c", ""), (500, "b", "yes"), (500, "b", "no"), (400, "d", "yes"), (500, "d", "no")),
         "c"),
    ],
)  # fmt: skip
def test_where_many_have_no_decision_two_per_cent_are_of_those_who_have_one(rows, reference):
    counts, spec = counted(
        repeated(*rows, names="race selected"), groups=("race",), prediction="selected", prediction_positive=("yes",)
    )
    assert four_fifths(counts, spec, measure="selection_rate").tables[0].reference == (("race", reference),)


def test_two_alike_small_groups_are_not_said_to_be_fine():
    found = compared(("a", 12, 25), ("b", 13, 25))
    assert line_of(found, "a").reading == "not_rated"
    assert found.worst is None


def test_many_groups_need_stronger_evidence():
    """The same pair alone and among twelve groups: what is beyond chance alone could be chance among many."""
    pair = (("low", 30, 100), ("high", 45, 100))
    alone = line_of(compared(*pair), "low")
    among = line_of(compared(*pair, *((f"g{k}", 40, 100) for k in range(10))), "low")
    assert alone.exact == among.exact
    assert (alone.reading, among.reading) == ("flag", "flag_chance")


def test_where_a_yes_is_bad_the_rates_count_those_spared():
    found = compared(("a", 70, 100), ("b", 30, 100), favourable="negative")
    assert found.tables[0].reference == (("race", "b"),)
    assert line_of(found, "a").ratio == pytest.approx(3 / 7)


def test_the_missing_are_counted_and_never_the_highest():
    found = compared(("", 90, 90), ("a", 50, 100), ("b", 60, 100))
    assert found.tables[0].reference == (("race", "b"),)
    assert found.tables[0].unknown == 90
    assert {line.group[0][1] for line in found.tables[0].lines} == {"a", "b"}


def test_weighted_rows_have_no_whole_people():
    data = repeated((60, "a", "yes", 2), (40, "a", "no", 2), (30, "b", "yes", 2), (70, "b", "no", 2),
                    names="race selected w")  # fmt: skip
    counts, spec = counted(data, groups=("race",), prediction="selected", weight="w")
    found = four_fifths(counts, spec, measure="selection_rate")
    line = line_of(found, "b")
    assert (line.exact, line.flips, line.one_person) == (None, None, None)
    assert line.deviations == pytest.approx(standard_deviations(30, 100, 60, 100))  # equal weights weigh nothing
    assert line.reading == "flag"


def test_a_hidden_group_shows_nothing():
    found = compared(("a", 200, 400), ("b", 150, 400), ("c", 3, 6), threshold=11)
    hidden = line_of(found, "c")
    assert hidden.reading == "suppressed"
    for name in ("rate", "ratio", "deviations", "exact", "corrected", "flips", "one_person", "flag"):
        assert getattr(hidden, name) is None


@settings(max_examples=200)
@given(counts_of, counts_of, st.data())
def test_fishers_exact_test_is_scipys(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))
    assert fisher_exact(x, n, y, m) == pytest.approx(stats.fisher_exact([[x, n - x], [y, m - y]]).pvalue, rel=1e-6)


@pytest.mark.parametrize(
    ("x", "n", "y", "m"),
    [(4_900, 10_000, 5_100, 10_000), (120, 90_000, 95, 110_000), (60_000, 100_000, 59_000, 100_000)],
)
def test_so_it_is_for_large_numbers(x, n, y, m):
    assert fisher_exact(x, n, y, m) == pytest.approx(stats.fisher_exact([[x, n - x], [y, m - y]]).pvalue, rel=1e-6)


def test_standard_deviations_are_the_root_of_pearsons_statistic():
    table = np.array([[26, 22], [206, 53]])
    statistic = stats.chi2_contingency(table, correction=False).statistic
    assert standard_deviations(26, 48, 206, 259) == pytest.approx(-math.sqrt(statistic))
    assert standard_deviations(0, 5, 0, 5) is None
    assert standard_deviations(0, 0, 1, 5) is None


@given(counts_of, counts_of, st.data())
def test_flips_is_the_smallest_number_that_turns_the_flag(n, m, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, m))

    def flag(chosen):
        return 5 * chosen * m < 4 * y * n

    flips = flips_of(x, n, y, m)
    steps = range(1, n - x + 1) if flag(x) else range(-1, -x - 1, -1)
    assert flips == next((step for step in steps if flag(x + step) != flag(x)), None)


def test_one_person_is_taken_from_the_highest_group():
    assert one_person(1, 10, 3, 20)  # 2 of 10 beside 2 of 20
    assert not one_person(10, 10, 3, 20)  # nobody is left to select
    assert not one_person(26, 48, 206, 259)
    assert not one_person(1, 10, 3, 10)  # 2 of 10 beside 2 of 10: level with it is not above it
    assert not one_person(3, 10, 0, 20)  # nobody of the highest can be taken


def test_three_groups_are_three_half_looks_for_the_highest_and_two_for_the_others():
    """The highest of three groups could have been any: each chance counts 3 / 2 times, after Holm's 2 and 1."""
    found = compared(("a", 30, 100), ("b", 20, 100), ("c", 60, 100))
    chance = {name: stats.fisher_exact([[x, 100 - x], [60, 40]]).pvalue for name, x in (("a", 30), ("b", 20))}
    assert line_of(found, "b").corrected == pytest.approx(chance["b"] * 2 * 1.5)
    assert line_of(found, "a").corrected == pytest.approx(chance["a"] * 1 * 1.5)
    assert found.worst == ("race", line_of(found, "b"))  # both are flagged; the lower ratio leads
    assert found.tables[0].unknown == 0


def test_where_groups_are_hidden_no_chance_tells_of_another():
    """Holm's correction of one group hangs on the others, so each is corrected for all four looks at five groups."""
    found = compared(("a", 200, 400), ("b", 150, 400), ("d", 160, 400), ("c", 3, 6), ("e", 2, 5), threshold=11)
    for name, chosen in (("b", 150), ("d", 160)):
        chance = stats.fisher_exact([[chosen, 400 - chosen], [200, 200]]).pvalue
        assert line_of(found, name).corrected == pytest.approx(chance * 4 * 2.5)


@pytest.mark.parametrize("threshold", [4, 11])
def test_every_threshold_hides_the_groups_below_it_and_no_others(threshold):
    found = compared(("a", 200, 400), ("b", 150, 400), ("c", 1, 3), threshold=threshold)
    assert [line.group[0][1] for line in found.tables[0].lines if line.reading == "suppressed"] == ["c"]
    few = line_of(compared(("a", 200, 400), ("b", 150, 400), ("c", 6, 12), threshold=threshold), "c")
    assert few.people == (12 if threshold == 4 else None)  # six were selected, and six were not
    assert line_of(compared(("a", 200, 400), ("b", 150, 400), ("c", 1, 3)), "c").people == 3


@pytest.mark.parametrize(
    ("groups", "reference"),
    [
        ((("c", 10, 10), ("a", 40, 50), ("b", 40, 200)), "c"),  # ten people are not too few
        ((("c", 9, 9), ("a", 8, 10), ("b", 40, 200)), "a"),  # nor are these, however many of them were selected
        ((("c", 9, 9), ("a", 8, 10), ("b", 100, 300), ("d", 100, 400)), "b"),  # ten of 719: under 2 %
        ((("c", 9, 9), ("", 90, 100), ("a", 60, 100), ("b", 30, 100)), "a"),  # nobody is of no group
        ((("c", 9, 9), ("f", 50, 100), ("m", 60, 120)), "m"),  # of two alike the larger
    ],
)
def test_the_highest_group_of_ten_people_and_two_per_cent_is_what_others_stand_beside(groups, reference):
    assert compared(*groups).tables[0].reference == (("race", reference),)


def test_beside_a_group_of_few_people_nothing_is_said_to_be_fine():
    found = compared(("a", 50, 100), ("b", 14, 25))
    assert line_of(found, "a").reading == "not_rated"


def test_rows_of_one_person_are_no_whole_people():
    data = repeated((60, "a", "yes", ""), (40, "a", "no", ""), (30, "b", "yes", ""), (70, "b", "no", ""),
                    names="race selected who")  # fmt: skip
    counts, spec = counted(data, groups=("race",), prediction="selected", cluster="who")
    line = next(each for each in four_fifths(counts, spec, measure="selection_rate").tables[0].lines if each.ratio)
    assert (line.exact, line.flips, line.one_person) == (None, None, None)
