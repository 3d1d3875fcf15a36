"""Local Law 144, on the worked examples of its rule (6 RCNY § 5-301) and on numbers made by hand.

The examples were read in a transcription of the rule. Their tables do not add up to one another (sexes 2,571, races
2,584), so each table is checked for itself. Ratios there are divided from rounded rates: hence the tolerances.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aipm.fairness.intervals import wilson
from aipm.fairness.law_data import measures, selected_first, suggest, unknown_values
from aipm.fairness.law_nyc import NycAsked, nyc
from aipm.tables import Refusal
from tests.fairness.build import counted, repeated

RACES = {  # applicants, selected, impact ratio as printed
    "Hispanic or Latino": (408, 204, 0.97), "White": (797, 412, 1.00), "Black": (390, 170, 0.84),
    "NHPI": (119, 52, 0.85), "Asian": (616, 302, 0.95), "AIAN": (41, 18, 0.85), "Two or more": (213, 96, 0.87),
}  # fmt: skip
BOTH = {
    ("Hispanic or Latino", "Male"): (205, 90, 0.841), ("White", "Male"): (412, 215, 1.000),
    ("Black", "Male"): (226, 95, 0.806), ("NHPI", "Male"): (87, 37, 0.815), ("Asian", "Male"): (321, 167, 0.997),
    ("AIAN", "Male"): (24, 11, 0.878), ("Hispanic or Latino", "Female"): (190, 82, 0.827),
    ("White", "Female"): (385, 197, 0.981), ("Black", "Female"): (164, 75, 0.876), ("NHPI", "Female"): (32, 15, 0.898),
    ("Asian", "Female"): (295, 135, 0.877), ("AIAN", "Female"): (17, 7, 0.789),
}  # fmt: skip
SCORED = {  # applicants, above the median, impact ratio as printed
    ("Hispanic or Latino", "Male"): (16, 12, 1.00), ("White", "Male"): (20, 7, 0.47), ("Black", "Male"): (20, 10, 0.67),
    ("NHPI", "Male"): (4, 3, 1.00), ("Asian", "Male"): (12, 7, 0.78), ("AIAN", "Male"): (8, 5, 0.83),
    ("Two or more", "Male"): (12, 6, 0.67), ("Hispanic or Latino", "Female"): (12, 6, 0.67),
    ("White", "Female"): (20, 8, 0.53), ("Black", "Female"): (12, 6, 0.67), ("NHPI", "Female"): (4, 2, 0.67),
    ("Asian", "Female"): (12, 3, 0.33), ("AIAN", "Female"): (8, 5, 0.83), ("Two or more", "Female"): (8, 4, 0.67),
}  # fmt: skip


def table_of(found, part):
    return next(each for each in found.tables if each.part == part)


def category(found, part, *values):
    return next(each for each in table_of(found, part).categories if tuple(value for _, value in each.group) == values)


def decided(rows):
    """(race, sex) -> (applicants, selected, …) as a table of people."""
    lines = [(chosen, *key, "yes") for key, (_, chosen, *_) in rows.items()]
    lines += [(all_ - chosen, *key, "no") for key, (all_, chosen, *_) in rows.items()]
    return repeated(*lines, names="race sex selected")


def by_both(data, *, measure="selection_rate", threshold=0, spec=None, **asked):
    chosen = spec or {"prediction": "selected"}
    counts, asked_of = counted(data, groups=("race", "sex"), **chosen)
    question = NycAsked(sex="sex", race="race", measure=measure, **asked)
    return nyc(counts, asked_of, question, threshold=threshold)


def test_the_rules_selection_example_by_sex():
    data = repeated((667, "Male", "yes"), (723, "Male", "no"), (555, "Female", "yes"), (626, "Female", "no"),
                    names="sex selected")  # fmt: skip
    counts, spec = counted(data, groups=("sex",), prediction="selected")
    found = nyc(counts, spec, NycAsked(sex="sex", race=None))
    assert [table.part for table in found.tables] == ["sex"]
    assert category(found, "sex", "Female").ratio == pytest.approx(0.979, abs=0.001)
    assert category(found, "sex", "Male").kind == "highest"
    assert found.people == 2571


def test_the_rules_selection_example_by_race():
    lines = [(chosen, race, "yes") for race, (_, chosen, _) in RACES.items()]
    lines += [(all_ - chosen, race, "no") for race, (all_, chosen, _) in RACES.items()]
    counts, spec = counted(repeated(*lines, names="race selected"), groups=("race",), prediction="selected")
    found = nyc(counts, spec, NycAsked(sex=None, race="race", leave_out_small=False))
    for race, (applicants, chosen, ratio) in RACES.items():
        line = category(found, "race", race)
        assert (line.applicants, line.chosen) == (applicants, chosen)
        assert line.ratio == pytest.approx(ratio, abs=0.0051)


def test_the_rules_selection_example_by_both():
    found = by_both(decided(BOTH), leave_out_small=False)
    assert dict(table_of(found, "both").highest) == {"race": "White", "sex": "Male"}
    for key, (_, _, ratio) in BOTH.items():
        assert category(found, "both", *key).ratio == pytest.approx(ratio, abs=0.0011)


@pytest.fixture(scope="module")
def scored():
    lines = [(above, *key, 0.9) for key, (_, above, _) in SCORED.items()]
    lines += [(all_ - above, *key, 0.1) for key, (all_, above, _) in SCORED.items()]
    return repeated(*lines, names="race sex score")


def test_the_rules_scoring_example(scored):
    found = by_both(scored, measure="scoring_rate", spec={"score": "score"}, leave_out_small=False)
    assert category(found, "sex", "Male").rate == pytest.approx(0.543, abs=0.0005)
    assert category(found, "sex", "Female").ratio == pytest.approx(0.82, abs=0.0051)
    assert category(found, "race", "Asian").ratio == pytest.approx(0.65, abs=0.0051)
    assert category(found, "race", "Hispanic or Latino").kind == "highest"
    for key, (_, _, ratio) in SCORED.items():
        assert category(found, "both", *key).ratio == pytest.approx(ratio, abs=0.0051)


def test_a_score_that_equals_the_median_does_not_count_as_above():
    data = repeated((3, "m", 5), (1, "m", 9), (1, "f", 1), (3, "f", 5), names="sex score")  # the median is 5
    counts, spec = counted(data, groups=("sex",), score="score")
    found = nyc(counts, spec, NycAsked(sex="sex", race=None, measure="scoring_rate"))
    assert found.basis.median == 5
    assert (category(found, "sex", "m").chosen, category(found, "sex", "f").chosen) == (1, 0)


SMALL = {("a", "m"): (500, 250), ("a", "f"): (470, 235), ("b", "m"): (15, 12), ("b", "f"): (15, 9)}


def test_a_category_under_two_per_cent_is_listed_and_left_out_of_the_ratios():
    small, large = by_both(decided(SMALL)), by_both(decided(SMALL), leave_out_small=False)
    both = category(small, "both", "b", "m")
    assert (both.kind, both.ratio, both.applicants, both.rate) == ("left_out", None, 15, 0.8)
    assert category(small, "both", "a", "f").ratio == 1  # and it is not what others are divided by
    assert category(large, "both", "a", "f").ratio == pytest.approx(0.5 / 0.8)
    assert category(small, "race", "b").kind == "highest"  # 3 % by race alone


def test_people_of_unknown_category_are_counted_outside_the_ratios():
    data = repeated((50, "m", "x", "yes"), (50, "f", "x", "no"), (7, "", "x", "yes"), (5, "f", "", "no"),
                    (3, "Prefer not to say", "", "yes"), names="sex race selected")  # fmt: skip
    counts, spec = counted(data, groups=("sex", "race"), prediction="selected")
    unknown = unknown_values(counts, ("race", "sex"))
    assert unknown == (("sex", "Prefer not to say"),)
    found = nyc(counts, spec, NycAsked(sex="sex", race="race", unknown=unknown))
    assert [table.unknown for table in found.tables] == [10, 8, 15]
    assert [line.group for line in table_of(found, "sex").categories] == [(("sex", "f"),), (("sex", "m"),)]
    assert category(found, "sex", "f").applicants == 55  # one table does not lose whom another one lacks
    assert found.people == 115


def test_people_without_a_decision_are_stated_and_in_no_table():
    data = repeated((5, "m", "yes"), (5, "m", "no"), (4, "m", ""), (10, "f", "yes"), names="sex selected")
    counts, spec = counted(data, groups=("sex",), prediction="selected")
    found = nyc(counts, spec, NycAsked(sex="sex", race=None))
    assert (found.without, category(found, "sex", "m").applicants) == (4, 10)


def test_where_a_yes_is_bad_selected_means_spared():
    data = repeated((30, "m", "yes"), (70, "m", "no"), (60, "f", "yes"), (40, "f", "no"), names="sex flagged")
    counts, spec = counted(data, groups=("sex",), prediction="flagged", favourable="negative")
    found = nyc(counts, spec, NycAsked(sex="sex", race=None))
    assert category(found, "sex", "f").ratio == pytest.approx(0.4 / 0.7)


def test_what_is_hidden_cannot_be_worked_out_of_the_ratios():
    data = decided({("a", "m"): (500, 250), ("a", "f"): (480, 235), ("b", "m"): (40, 36), ("b", "f"): (60, 30)})
    found = by_both(data, threshold=11)
    hidden = category(found, "both", "b", "m")  # 4 were not selected
    assert (hidden.kind, hidden.rate, hidden.ratio) == ("suppressed", None, None)
    # It was the highest, so its rate would follow from any ratio.
    assert {each.ratio for each in table_of(found, "both").categories} == {None}
    assert table_of(found, "both").highest is None


def test_no_column_is_refused():
    counts, spec = counted(decided(SMALL), groups=("race", "sex"), prediction="selected")
    with pytest.raises(Refusal, match="No column"):
        nyc(counts, spec, NycAsked(sex=None, race=None))


def test_nobody_selected_gives_no_ratio():
    found = by_both(decided({("a", "m"): (100, 0), ("a", "f"): (100, 0)}))
    assert {each.kind for each in table_of(found, "sex").categories} == {"no_ratio"}


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("mf")),
        st.tuples(st.integers(1, 40), st.integers(0, 40)),
        min_size=2,
    )
)
def test_an_impact_ratio_is_never_above_one_and_nobody_is_lost(drawn):
    rows = {key: (all_, min(all_, chosen)) for key, (all_, chosen) in drawn.items()}
    found = by_both(decided(rows))
    for table in found.tables:
        assert sum(each.applicants for each in table.categories) == sum(all_ for all_, _ in rows.values())
        assert all(0 <= each.ratio <= 1 for each in table.categories if each.ratio is not None)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("id", "applicantSex", "race_ethnicity"), ("applicantSex", "race_ethnicity")),
        (("background", "gender"), ("gender", "background")),
        (("trace", "sextant", "age"), (None, None)),
    ],
)
def test_columns_are_suggested_by_their_names(columns, expected):
    assert suggest(columns) == expected


def test_where_only_a_score_is_known_the_scoring_rate_comes_first(scored):
    counts, spec = counted(scored, groups=("race", "sex"), score="score")
    assert measures(counts, spec) == ("scoring_rate", "selection_rate")
    assert selected_first(measures(counts, spec)) == "selection_rate"  # what the four-fifths rule is about
    assert measures(*counted(decided(SMALL), groups=("sex",), prediction="selected")) == ("selection_rate",)
    assert measures(*counted(decided(SMALL), groups=("sex",))) == ()


def by_sex(*rows, names="sex selected", threshold=0, unknown=(), **spec):
    counts, asked = counted(repeated(*rows, names=names), groups=("sex",), prediction="selected", **spec)
    return nyc(counts, asked, NycAsked(sex="sex", race=None, unknown=unknown), threshold=threshold)


EVEN = ((100, "m", "yes"), (100, "m", "no"), (80, "f", "yes"), (120, "f", "no"))


def test_a_category_has_its_share_of_everybody_and_wilsons_interval():
    man = category(by_sex(*EVEN), "sex", "m")
    assert man.share == 0.5
    low, high = wilson(np.array(100.0), np.array(200.0))
    assert (man.low, man.high) == (pytest.approx(float(low)), pytest.approx(float(high)))
    assert man.low < 0.5 < man.high


def test_of_two_highest_categories_the_larger_is_named():
    found = by_sex((50, "f", "yes"), (50, "f", "no"), (60, "m", "yes"), (60, "m", "no"))
    assert table_of(found, "sex").highest == (("sex", "m"),)


def test_two_per_cent_are_of_everybody_and_not_of_those_with_a_decision():
    # Ten of 613 people are 1.6 %; of the 210 with a decision they would be 4.8 %.
    found = by_sex((100, "m", "yes"), (100, "m", "no"), (400, "m", ""), (8, "x", "yes"), (2, "x", "no"), (3, "y", ""))
    assert category(found, "sex", "x").kind == "left_out"
    assert category(found, "sex", "m").ratio == 1
    nobody = category(found, "sex", "y")  # three people, none with a decision
    assert (nobody.kind, nobody.applicants, nobody.rate) == ("not_computable", 0, None)
    assert (found.people, found.without) == (613, 403)


def test_a_few_people_of_unknown_category_are_hidden_and_cannot_be_subtracted():
    found = by_sex(*EVEN, (3, "", "yes"), (2, "", "no"), threshold=11)
    assert table_of(found, "sex").unknown is None
    assert (found.people, found.without) == (None, None)  # less the two categories it would leave five
    assert {each.share for each in table_of(found, "sex").categories} == {None}
    assert by_sex(*EVEN, (30, "", "yes"), (20, "", "no"), threshold=11).tables[0].unknown == 50


@pytest.mark.parametrize("threshold", [4, 11])
def test_every_threshold_hides_the_categories_below_it(threshold):
    found = by_sex(*EVEN, (2, "x", "yes"), (1, "x", "no"), threshold=threshold)
    assert category(found, "sex", "x").kind == "suppressed"
    found = by_sex(*EVEN, (6, "x", "yes"), (6, "x", "no"), threshold=threshold)
    assert category(found, "sex", "x").applicants == (12 if threshold == 4 else None)  # six selected, six not


def test_a_category_that_is_left_out_stays_so_where_the_ratios_are_hidden():
    found = by_sex((300, "m", "yes"), (300, "m", "no"), (250, "f", "yes"), (350, "f", "no"),
                   (36, "a", "yes"), (4, "a", "no"), (6, "z", "yes"), (9, "z", "no"), (11, "x", "yes"),
                   (11, "x", "no"), threshold=11)  # fmt: skip
    kinds = {each.group[0][1]: each.kind for each in table_of(found, "sex").categories}
    assert kinds == {"m": "ratio_hidden", "f": "ratio_hidden", "a": "suppressed", "z": "suppressed", "x": "left_out"}


def test_in_the_table_of_both_only_people_of_two_known_categories_stand():
    data = repeated((50, "m", "x", "yes"), (50, "f", "x", "no"), (7, "", "x", "yes"), (5, "f", "", "no"),
                    names="sex race selected")  # fmt: skip
    both = table_of(by_both(data), "both")
    assert [tuple(value for _, value in each.group) for each in both.categories] == [("x", "f"), ("x", "m")]
