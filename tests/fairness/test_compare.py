"""Groups beside their reference: the right one, the right arithmetic, and no verdict that the data do not bear."""

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from aipm.fairness.compare import KINDS, LEVEL, ruled
from aipm.fairness.metrics import COUNTS
from aipm.fairness.pairs import ENOUGH_ROWS, FEWEST_ROWS
from aipm.fairness.samples import generate
from tests.fairness.build import HIRING, audited, cells, comparison, flat, hiring, repeated, same, value

LAWS = settings(deadline=None, max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))


# Difference, ratio, intervals


def test_hand_checked_numbers():
    """EEOC, Questions and Answers on the Uniform Guidelines: 45 % against 60 % is a ratio of 75 %."""
    result = hiring(reference=(("sex", "m"),))
    women = comparison(result, "selection_rate", sex="f")
    assert women.difference == pytest.approx(-0.15)
    assert women.ratio == pytest.approx(0.75)
    assert women.low < 0.75 < women.high < 0.8
    assert women.difference_low < -0.15 < women.difference_high < 0
    assert women.p_value < 1e-10
    assert women.verdict == "gap"


ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", ""]), st.sampled_from("01"), st.sampled_from("01"), st.integers(0, 9)),
    min_size=1,
    max_size=150,
)


@LAWS
@given(ROWS, st.sampled_from(["largest", "highest", "overall"]), st.sampled_from([0.8, 0.9, 1.0, 0.5]))
def test_comparisons_keep_their_promises(rows, rule, tolerance):
    rows += [("a", "0", "0", 0), ("a", "1", "1", 9)]
    group, label, prediction, score = zip(*rows, strict=True)
    result = audited(
        {"group": group, "label": label, "p": prediction, "score": [each / 9 for each in score]},
        groups=("group",), label="label", prediction="p", score="score", reference_rule=rule, tolerance=tolerance,
    )  # fmt: skip
    groups = {each.group: each.metrics for each in result.groups}
    assert {each.metric for each in result.comparisons}.isdisjoint(count.name for count in COUNTS)
    for each in result.comparisons:
        ours, theirs = groups[each.group][each.metric], groups[each.reference][each.metric]
        if ours.value is None or theirs.value is None:
            assert (each.verdict, each.difference, each.ratio) == ("not_computable", None, None)
            continue
        assert each.difference == pytest.approx(ours.value - theirs.value)
        assert each.ratio == (pytest.approx(ours.value / theirs.value) if theirs.value else None)
        if each.difference_low is not None:
            assert each.difference_low - 1e-9 <= each.difference <= (each.difference_high or math.inf) + 1e-9
        if each.ratio is not None and each.low is not None:
            assert 0 <= each.low <= each.ratio + 1e-9
        if each.p_adjusted is not None:
            assert 0 <= each.p_value <= each.p_adjusted <= 1
        elif each.p_value is not None:  # the groups together cannot be judged: all but one are tiny
            assert (each.verdict, each.reason) in (("inconclusive", "not_enough_data"), ("within_tolerance", None))
        if each.verdict == "within_tolerance":
            assert tolerance <= each.low <= each.high <= 1 / tolerance
        if each.verdict == "gap":
            assert each.p_adjusted < LEVEL
            assert each.ratio is None or not tolerance <= each.ratio <= 1 / tolerance
            assert min(ours.rows, theirs.rows) >= FEWEST_ROWS
        if each.more_rows is not None:
            assert each.verdict == "inconclusive"
            assert each.more_rows > 0


# Chance


def test_groups_of_another_column_do_not_make_a_difference_of_this_one_less_certain():
    """Holm's correction is for the groups of one column; columns answer for each other all together."""
    men_and_women = [(n, s, f"t{k}", said) for s, n, said in (("m", 60, 1), ("m", 40, 0), ("f", 45, 1), ("f", 55, 0))
                     for k in range(25)]  # fmt: skip
    data = repeated(*[(n // 10, s, t, said) for n, s, t, said in men_and_women], names="sex town p")
    alone, beside = (
        comparison(audited(data, groups=groups, prediction="p", reference=(("sex", "m"),)), "selection_rate", sex="f")
        for groups in (("sex",), ("sex", "town"))
    )
    assert alone.p_adjusted <= beside.p_adjusted <= 2 * alone.p_adjusted < LEVEL


TOWNS = [(n, sex, town, p) for sex, yes in (("m", 56), ("f", 41)) for p, n in ((1, yes), (0, 100 - yes))
         for town, n in (("x", n // 2), ("y", n - n // 2))]  # fmt: skip


def test_a_second_column_makes_every_chance_of_the_first_count_twice():
    """56 of 100 men and 41 of 100 women: a chance of 3.4 % by itself, and of 6.9 % where towns were looked at too."""
    data = repeated(*TOWNS, names="sex town p")
    alone, beside = (
        comparison(audited(data, groups=groups, prediction="p", reference=(("sex", "m"),)), "selection_rate", sex="f")
        for groups in (("sex",), ("sex", "town"))
    )
    assert alone.p_value == alone.p_adjusted == pytest.approx(0.034, abs=0.0005)
    assert beside.p_adjusted == pytest.approx(2 * alone.p_value)
    assert (alone.verdict, beside.verdict) == ("gap", "inconclusive")


LEADING = ("selection_rate", "false_positive_rate", "false_negative_rate", "precision", "base_rate")


def test_five_metrics_lead_and_are_corrected_among_themselves_while_the_others_wait_for_them():
    """Both groups have the same false-positive rate; of the five chances the least counts five times, the next four."""
    data = repeated(
        (50, "a", 1, 1), (10, "a", 1, 0), (20, "a", 0, 1), (40, "a", 0, 0),
        (30, "b", 1, 1), (30, "b", 1, 0), (40, "b", 0, 1), (80, "b", 0, 0), names="g l p",
    )  # fmt: skip
    found = audited(data, groups=("g",), label="l", prediction="p", reference=(("g", "b"),)).comparisons
    by_name = {each.metric: each for each in found}
    chances = sorted(by_name[name].p_value for name in LEADING)
    counted = np.minimum(np.maximum.accumulate([chance * (5 - k) for k, chance in enumerate(chances)]), 1)
    assert sorted(by_name[name].p_adjusted for name in LEADING) == pytest.approx(list(counted))
    others = [each for each in found if each.metric not in LEADING]
    assert min(each.p_adjusted for each in others) == pytest.approx(counted[0])
    assert 9 * by_name["f1"].p_value < counted[0]  # by itself the least chance of all, which has to wait


def test_what_only_a_leading_metric_tells_is_found_by_it():
    """Outcomes alone have a base rate, and decisions alone a selection rate."""
    data = repeated((300, "a", 1), (700, "a", 0), (600, "b", 1), (400, "b", 0), names="g said")
    for role, metric in (("label", "base_rate"), ("prediction", "selection_rate")):
        result = audited(data, groups=("g",), **{role: "said"})
        assert comparison(result, metric, g="b").verdict == "gap"


def test_of_a_score_alone_every_metric_leads():
    """No decision follows from credit scores by themselves: without a leading metric nothing could ever be found."""
    rows = [(400, "a", score) for score in (300, 320, 340, 700)] + [(400, "b", score) for score in (400, 600, 640, 700)]
    found = audited(repeated(*rows, names="g score"), groups=("g",), score="score").comparisons
    assert {each.metric: each.verdict for each in found} == {"mean_score": "gap", "scoring_rate": "gap"}
    least, most = sorted(found, key=lambda each: each.p_value)
    assert least.p_adjusted == pytest.approx(2 * least.p_value, abs=0)
    assert most.p_adjusted == pytest.approx(most.p_value, abs=0)


def test_where_nothing_but_groups_is_known_nothing_is_compared():
    assert audited({"g": ["a"] * 40 + ["b"] * 40}, groups=("g",)).comparisons == ()


# Verdicts


def two_groups(selected, of, beside, of_beside, **spec):
    data = repeated(
        (selected, "a", 1), (of - selected, "a", 0), (beside, "b", 1), (of_beside - beside, "b", 0), names="g p"
    )
    result = audited(data, groups=("g",), prediction="p", reference=(("g", "b"),), **spec)
    return comparison(result, "selection_rate", g="a")


@pytest.mark.parametrize(
    ("selected", "of", "beside", "of_beside", "verdict", "reason"),
    [
        (300, 1000, 600, 1000, "gap", None),
        (600, 1000, 300, 1000, "gap", None),  # twice the rate is as far from equal as half
        (500, 1000, 500, 1000, "within_tolerance", None),
        (480, 1000, 500, 1000, "within_tolerance", None),
        (4, 9, 500, 1000, "inconclusive", "too_few_rows"),
        (0, 9, 500, 1000, "inconclusive", "too_few_rows"),
        (500, 1000, 4, 9, "inconclusive", "too_few_rows"),
        (7, 20, 500, 1000, "inconclusive", "not_enough_data"),
        (410, 1000, 500, 1000, "inconclusive", "beyond_noise_unclear"),
        (0, 1000, 0, 1000, "not_computable", "reference_zero"),
        (300, 1000, 0, 1000, "gap", None),
        (0, 1000, 300, 1000, "gap", None),
    ],
)
def test_verdicts(selected, of, beside, of_beside, verdict, reason):
    found = two_groups(selected, of, beside, of_beside)
    assert (found.verdict, found.reason) == (verdict, reason)


def test_a_tighter_tolerance_finds_the_smaller_gap():
    assert two_groups(4400, 10_000, 5000, 10_000).verdict == "within_tolerance"
    assert two_groups(4400, 10_000, 5000, 10_000, tolerance=0.9).verdict == "gap"


def test_a_ratio_on_the_limit_is_no_gap():
    assert two_groups(40_000, 100_000, 50_000, 100_000).verdict == "inconclusive"  # exactly four fifths


def test_more_rows_would_settle_what_is_open():
    open_ = two_groups(43, 100, 50_000, 100_000)
    assert open_.verdict == "inconclusive"
    factor = 1 + 1.05 * open_.more_rows / 100
    assert two_groups(round(43 * factor), round(100 * factor), 50_000, 100_000).verdict == "within_tolerance"
    assert two_groups(300, 1000, 600, 1000).more_rows is None


@pytest.mark.parametrize(
    ("selected", "of", "beside", "of_beside"),
    [
        (0, 9, 500, 1000),  # so few are not rated, and yet their interval lies outside already
        (500, 1000, 4, 9),  # it is the reference that is too small
        (500, 1000, 500, 1000),
    ],
)
def test_no_rows_are_asked_for_where_none_would_tell_more(selected, of, beside, of_beside):
    assert two_groups(selected, of, beside, of_beside).more_rows is None


def test_more_rows_are_asked_for_rates_and_the_area_under_the_curve_alone():
    """How many rows a mean or a calibration error takes is not known from its value."""
    rows = [(6, g, label, round(0.1 + 0.1 * k + 0.2 * label + 0.03 * (g == "a"), 2))
            for g in "ab" for label in (0, 1) for k in range(4)]  # fmt: skip
    large = [(100, "b", label, round(0.1 + 0.1 * k + 0.2 * label, 2)) for label in (0, 1) for k in range(4)]
    result = audited(repeated(*rows, *large, names="g l s"), groups=("g",), label="l", score="s")
    asked = {each.metric for each in result.comparisons if each.more_rows is not None}
    assert "precision" in asked
    assert asked.isdisjoint(
        {
            "mean_score",
            "brier_score",
            "calibration_error",
            "f1",
            "positive_likelihood_ratio",
            "negative_likelihood_ratio",
        }
    )
    assert any(each.verdict == "inconclusive" for each in result.comparisons if each.metric == "brier_score")


def test_more_rows_are_asked_for_beside_everybody_as_well():
    data = repeated((43, "a", 1), (57, "a", 0), (5_000, "b", 1), (5_000, "b", 0), names="g p")
    result = audited(data, groups=("g",), prediction="p", reference_rule="overall")
    assert comparison(result, "selection_rate", g="a").more_rows > 0


def test_twenty_looks_need_more_than_one():
    """One group of twenty a little lower: alone it is a gap, among the others it may be chance."""
    alone = two_groups(36, 100, 53, 100)
    assert alone.p_value < LEVEL
    groups = [(50, f"g{k}", 1) for k in range(19)] + [(50, f"g{k}", 0) for k in range(19)]
    data = repeated(*groups, (36, "low", 1), (64, "low", 0), names="g p")
    among = comparison(audited(data, groups=("g",), prediction="p"), "selection_rate", g="low")
    assert among.verdict == "inconclusive"
    assert among.p_adjusted > LEVEL


def test_equal_groups_are_rarely_called_unequal():
    """40 groups of 100 rows at one rate: largest minus smallest is 0.2 on average, and a gap at most one time in 20."""
    rng = np.random.default_rng(1)
    gaps, widest = 0, []
    for _ in range(40):
        data = {"g": np.repeat([f"g{k:02d}" for k in range(40)], 100), "p": rng.integers(0, 2, 4000)}
        result = audited(data, groups=("g",), prediction="p")
        gaps += any(each.verdict == "gap" for each in result.comparisons)
        widest.append(result.overall["demographic_parity_difference"].value)
    assert np.mean(widest) > 0.2
    assert gaps <= 6  # of 40 at a rate of one in twenty, more than 6 come up once in 300 times


def test_swapping_group_and_reference_turns_the_ratio_round():
    there, back = two_groups(300, 1000, 600, 1000), two_groups(600, 1000, 300, 1000)
    assert there.ratio == pytest.approx(1 / back.ratio)
    assert there.difference == pytest.approx(-back.difference)
    assert (there.low, there.high) == pytest.approx((1 / back.high, 1 / back.low), rel=1e-4)
    assert (there.difference_low, there.difference_high) == pytest.approx((-back.difference_high, -back.difference_low))
    assert there.p_value == pytest.approx(back.p_value)


def test_what_a_reader_adds_does_not_change_the_numbers_of_a_group():
    """A second column adds looks, never changes a rate, a ratio or its interval."""
    alone, beside = hiring(reference=(("sex", "m"),)), hiring(groups=("sex", "site"), reference=(("sex", "m"),))
    parts = ("difference", "ratio", "low", "high")
    for group in ("f", "o"):
        one, two = (comparison(each, "selection_rate", sex=group) for each in (alone, beside))
        assert [getattr(one, part) for part in parts] == [getattr(two, part) for part in parts]


def test_the_same_question_twice_has_the_same_answer():
    assert hiring(groups=("sex", "site"), depth=2) == hiring(groups=("sex", "site"), depth=2)


def test_names_of_groups_do_not_matter():
    renamed = audited(
        {"sex": [{"m": "zz", "f": "aa"}.get(x, x) for x in cells(HIRING, "sex")], "hired": cells(HIRING, "hired")},
        groups=("sex",), prediction="hired", reference=(("sex", "zz"),),
    )  # fmt: skip
    there = flat(hiring(reference=(("sex", "m"),)))
    names = {("sex", "zz"): ("sex", "m"), ("sex", "aa"): ("sex", "f")}
    back = {
        tuple(frozenset(names.get(p, p) for p in part) if isinstance(part, frozenset) else part for part in key): x
        for key, x in flat(renamed).items()
    }
    assert same(there, back)


def test_a_group_that_is_never_right_beside_others():
    """Likelihood ratios of 0 and without a bound are compared without a warning on standard error."""
    data = repeated(
        (40, "a", 1, 0), (40, "a", 0, 1), (30, "b", 1, 1), (30, "b", 0, 0), (30, "b", 1, 0), (30, "b", 0, 1),
        (50, "c", 1, 1), (50, "c", 0, 0), (20, "d", 1, 0), (20, "d", 0, 0),
        names="g l p",
    )  # fmt: skip
    for rule in ("largest", "highest", "overall"):
        result = audited(data, groups=("g",), label="l", prediction="p", reference_rule=rule)
        assert value(result, "positive_likelihood_ratio", g="a") == 0
        assert value(result, "positive_likelihood_ratio", g="c") is None


def test_a_small_reference_makes_every_comparison_uncertain():
    found = two_groups(500, 1000, 10, ENOUGH_ROWS - 1)
    assert (found.verdict, found.reason) == ("inconclusive", "not_enough_data")


def test_everybody_as_reference_is_judged_against_the_others():
    """Nine in ten rows are of one group: everybody is nearly that group, and chance must not be counted twice."""
    data = repeated((450, "a", 1), (450, "a", 0), (20, "b", 1), (80, "b", 0), names="g p")
    result = audited(data, groups=("g",), prediction="p", reference_rule="overall")
    assert value(result, "selection_rate") == 0.47
    a, b = (comparison(result, "selection_rate", g=group) for group in "ab")
    assert a.p_value == pytest.approx(b.p_value)  # a against the rest is b against the rest
    assert b.verdict == "gap"


def test_weighted_and_clustered_rows_beside_everybody_have_a_p_value_that_is_one():
    header, *rows = csv.reader(io.StringIO(generate("loans").decode()))
    data = dict(zip(header, zip(*rows, strict=True), strict=True))
    result = audited(
        data, groups=("repaid", "sex"), label="repaid", weight="age", cluster="score", depth=2,
        reference_rule="overall",
    )  # fmt: skip
    chances = [each.p_value for each in result.comparisons if each.p_value is not None]
    assert chances
    assert all(0 <= chance <= 1 for chance in chances)


# The rule itself, at its limits


@pytest.mark.parametrize(
    ("value", "other", "bounds", "adjusted", "rated", "thin", "kind"),
    [
        (0.5, 0.4, (1.2, 1.3), 0.001, True, False, ("inconclusive", "beyond_noise_unclear")),  # 1 / 0.8 is no gap yet
        (0.505, 0.4, (1.2, 1.3), 0.001, True, False, ("gap", None)),
        (0.49, 0.4, (1.2, 1.24), 0.001, True, False, ("within_tolerance", None)),  # certainly a little more
        (0.45, 0.5, (0.8, 1.25), 0.9, True, False, ("within_tolerance", None)),  # to both limits, and not beyond
        (0.45, 0.5, (0.79, 1.0), 0.9, True, False, ("inconclusive", "beyond_noise_unclear")),
        (0.5, 0.45, (1.0, 1.26), 0.9, True, False, ("inconclusive", "beyond_noise_unclear")),
        (0.2, 0.5, (0.3, 0.5), 0.051, True, False, ("inconclusive", "beyond_noise_unclear")),
        (0.2, 0.5, (0.3, 0.5), 0.05, True, False, ("inconclusive", "beyond_noise_unclear")),
        (0.2, 0.5, (0.3, 0.5), 0.0499, True, False, ("gap", None)),  # under one in twenty
        (-0.2, -0.5, (math.nan, math.nan), 0.9, True, False, ("not_computable", "reference_zero")),  # mean scores
        (0.2, 0.5, (0.3, 0.5), 0.001, False, False, ("inconclusive", "too_few_rows")),
        (0.5, 0.5, (0.9, 1.1), 0.9, False, False, ("inconclusive", "too_few_rows")),
        (0.5, 0.5, (0.9, 1.1), 0.9, True, True, ("within_tolerance", None)),
        (0.5, 0.5, (0.7, 1.4), 0.9, True, True, ("inconclusive", "not_enough_data")),
        (0.0, 0.0, (math.nan, math.nan), 0.001, True, False, ("not_computable", "reference_zero")),  # alike, whatever p
        (0.0, 0.0, (math.nan, math.nan), 0.9, False, True, ("inconclusive", "too_few_rows")),
        (math.nan, 0.5, (math.nan, math.nan), math.nan, True, False, ("not_computable", "no_denominator")),
        (0.5, math.nan, (math.nan, math.nan), math.nan, True, False, ("not_computable", "no_denominator")),
    ],
)
def test_the_rule(value, other, bounds, adjusted, rated, thin, kind):
    one = [np.array([each]) for each in (value, other, *bounds, adjusted)]
    _, found = ruled(
        one[0], one[1], (one[2], one[3]), one[4], rated=np.array([rated]), thin=np.array([thin]), tolerance=0.8
    )
    assert KINDS[found[0]] == kind


def test_more_rows_settle_it_under_the_tolerance_asked_for():
    open_ = two_groups(49, 100, 50_000, 100_000, tolerance=0.9)
    wider = two_groups(49, 100, 50_000, 100_000, tolerance=0.8)
    assert open_.more_rows > wider.more_rows
    factor = 1 + 1.05 * open_.more_rows / 100
    settled = two_groups(round(49 * factor), round(100 * factor), 50_000, 100_000, tolerance=0.9)
    assert settled.verdict == "within_tolerance"


def test_where_all_together_differ_holm_counts_the_looks():
    """Three groups beside their reference: the least chance counts three times, the next twice."""
    rows = [(times, name, p) for name, yes in zip("abcd", (100, 78, 70, 20), strict=True)
            for p, times in ((1, yes), (0, 201 * (name == "a") + 200 * (name != "a") - yes))]  # fmt: skip
    result = audited(repeated(*rows, names="g p"), groups=("g",), prediction="p")
    chances = sorted((each.p_value, each.p_adjusted) for each in result.comparisons)
    (first, _), (second, second_adjusted), (third, third_adjusted) = chances
    assert first < 1e-9
    assert second_adjusted == pytest.approx(2 * second)
    assert third_adjusted == pytest.approx(max(third, 2 * second))


def test_what_has_no_ratio_has_no_bounds_of_one():
    found = two_groups(300, 1000, 0, 1000)
    assert (found.ratio, found.low, found.high) == (None, None, None)


def test_a_rate_that_nobody_has_is_not_compared():
    """Nobody is selected: there is no precision, and no group whose precision is the highest."""
    data = repeated(*[(20, g, "no", y) for g in "ab" for y in "01"], names="g p y")
    result = audited(
        data, groups=("g",), label="y", prediction="p", prediction_positive=("yes",), reference_rule="highest"
    )
    assert {each.metric for each in result.comparisons} >= {"selection_rate"}
    assert "precision" not in {each.metric for each in result.comparisons}
