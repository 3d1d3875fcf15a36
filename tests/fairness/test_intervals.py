"""Intervals: published examples, laws, and coverage counted out or simulated."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from aipm.fairness.intervals import (
    area_under_curve,
    calibration_error,
    difference_limits,
    donner_zou,
    effective_size,
    f1,
    generalized_entropy,
    mean,
    newcombe,
    ratio_limits,
    theil,
    wilson,
)


def numbers(*values):
    return tuple(np.asarray(value, float) for value in values)


counts = st.integers(1, 2000).flatmap(
    lambda n: st.tuples(st.one_of(st.integers(0, n).map(float), st.floats(0.01, n)), st.just(float(n)))
)
"""Successes, whole or fractional, and a total."""


# Rates


@pytest.mark.parametrize(
    ("successes", "total", "plain", "corrected"),
    [
        (81, 263, (0.2553, 0.3662), (0.2535, 0.3682)),
        (15, 148, (0.0624, 0.1605), (0.0598, 0.1644)),
        (0, 20, (0.0, 0.1611), (0.0, 0.2005)),
        (1, 29, (0.0061, 0.1718), (0.0018, 0.1963)),
    ],
)
def test_wilson_s_interval_of_newcombe_s_examples(successes, total, plain, corrected):
    """Newcombe 1998a, table I, methods 3 (score) and 4 (score with continuity correction); ours lies between."""
    x, n = numbers(successes, total)
    assert wilson(x, n, correction=0.0) == pytest.approx(plain, abs=6e-5)
    assert wilson(x, n, correction=0.5) == pytest.approx(corrected, abs=6e-5)
    low, high = wilson(x, n)
    assert corrected[0] - 6e-5 <= low <= plain[0] + 6e-5
    assert plain[1] - 6e-5 <= high <= corrected[1] + 6e-5


def rate_coverage(n, rates):
    """Exact: the chance of a number of successes whose interval holds the rate, which are neighbours."""
    low, high = wilson(np.arange(n + 1.0), np.float64(n))
    first, last = np.searchsorted(high, rates, side="left"), np.searchsorted(low, rates, side="right") - 1
    return stats.binom.cdf(last, n, rates) - stats.binom.cdf(first - 1, n, rates)


def test_a_rate_is_covered_at_least_93_per_cent_of_the_time_whatever_n_and_rate():
    """The worst rates of an n lie just beyond its intervals' ends, so those are looked at: nothing slips between."""
    worst, average = [], []
    for n in [*range(10, 101), *range(105, 1000, 45), 1000]:
        ends = np.concatenate(wilson(np.arange(n + 1.0), np.float64(n)))
        rates = np.concatenate([ends - 1e-9, ends + 1e-9, [0.02, 0.5]])
        worst.append(rate_coverage(n, rates[(rates >= 0.02) & (rates <= 0.5)]).min())
        average.append(rate_coverage(n, np.linspace(0.02, 0.5, 97)).mean())
    assert min(worst) >= 0.93
    assert 0.945 <= np.mean(average) <= 0.97
    assert max(average) <= 0.975


def test_wilson_s_own_interval_would_not_do():
    assert rate_coverage(50, np.array([0.02]))[0] >= 0.93
    plain = wilson(np.arange(51.0), np.float64(50), correction=0.0)
    covered = (plain[0] <= 0.02) & (plain[1] >= 0.02)
    assert stats.binom.pmf(np.arange(51), 50, 0.02)[covered].sum() == pytest.approx(0.9216, abs=1e-4)


@given(counts)
def test_an_interval_of_a_rate_holds_it_within_0_and_1_and_mirrors_its_complement(count):
    x, n = numbers(*count)
    low, high = wilson(x, n)
    assert 0 <= low <= x / n + 1e-12
    assert x / n - 1e-12 <= high <= 1
    assert wilson(n - x, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(counts, st.floats(0, 1))
def test_more_successes_raise_both_ends_and_more_rows_narrow_the_interval(count, step):
    x, n = numbers(*count)
    low, high = wilson(x, n)
    low_more, high_more = wilson(np.minimum(x + step, n), n)
    assert low_more >= low - 1e-12
    assert high_more >= high - 1e-12
    low_twice, high_twice = wilson(2 * x, 2 * n)
    assert high_twice - low_twice <= high - low + 1e-12


def test_no_rows_no_interval():
    assert np.isnan(wilson(*numbers([0], [0]))).all()
    assert np.isnan(newcombe(*numbers([0], [0], [1], [5]))).all()
    assert np.isnan(donner_zou(*numbers([1], [5], [0], [0]))).all()


def test_intervals_broadcast():
    low, high = wilson(np.arange(4.0)[:, None], np.array([10.0, 20, 30]))
    assert low.shape == high.shape == (4, 3)
    low, _ = donner_zou(np.ones((2, 3)), np.full((2, 3), 9.0), np.float64(2), np.float64(20))
    assert low.shape == (2, 3)


# Differences and ratios


def two_rates(x, n, y, m):
    """Both rates with Wilson's own interval, as the published examples have it."""
    x, n, y, m = numbers(x, n, y, m)
    return x / n, *wilson(x, n, correction=0.0), y / m, *wilson(y, m, correction=0.0)


@pytest.mark.parametrize(
    ("counts", "limits"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
        ((7, 34, 1, 34), (0.0189, 0.3404)),
    ],
)
def test_newcombe_s_examples_of_differences(counts, limits):
    """Newcombe 1998b, table II, method 10; the last from Fagerland, Lydersen & Laake 2015 (Perondi's trial)."""
    assert difference_limits(*two_rates(*counts)) == pytest.approx(limits, abs=6e-5)
    low, high = newcombe(*numbers(*counts))
    assert low <= limits[0] + 6e-5
    assert high >= limits[1] - 6e-5


def test_donner_and_zou_s_ratio_of_perondi_s_trial():
    """Fagerland, Lydersen & Laake 2015: MOVER-R with Wilson's limits, 7.0 (1.1537 to 41.9763)."""
    assert ratio_limits(*two_rates(7, 34, 1, 34)) == pytest.approx((1.1537, 41.9763), abs=1e-4)
    low, high = donner_zou(*numbers(7, 34, 1, 34))
    assert 1.0 < low < 1.1537
    assert high > 41.9763


def test_the_aspirin_trial_as_in_agresti():
    """Agresti, Categorical Data Analysis (2002), 3.1: ratio 1.82 (1.43 to 2.31), difference .0077 (.005 to .011)."""
    trial = numbers(189, 11034, 104, 11037)
    assert donner_zou(*trial) == pytest.approx((1.43, 2.31), abs=0.005)
    assert newcombe(*trial) == pytest.approx((0.0047, 0.0108), abs=1e-4)


def likely(n, rate):
    """The numbers of successes that happen, and their chances."""
    chance = stats.binom.pmf(np.arange(n + 1), n, rate)
    first, *_, last = np.flatnonzero(chance > 1e-11)
    return slice(first, last + 1), chance[first : last + 1]


def pair_coverage(limits, n, m, rates, other_rates, truth):
    """Exact: the chance of two numbers of successes whose interval holds the truth, for every pair of rates."""
    low, high = limits(np.arange(n + 1.0)[:, None], np.float64(n), np.arange(m + 1.0), np.float64(m))
    found = np.empty((len(rates), len(other_rates)))
    ours, theirs = [likely(n, rate) for rate in rates], [likely(m, rate) for rate in other_rates]
    for i, j in np.ndindex(found.shape):
        (rows, chance), (columns, other_chance) = ours[i], theirs[j]
        target = truth(rates[i], other_rates[j])
        slack = 1e-10 * max(1, abs(target))
        holds = (low[rows, columns] <= target + slack) & (high[rows, columns] >= target - slack)
        found[i, j] = chance @ holds @ other_chance
    return found


@pytest.mark.parametrize(("limits", "truth"), [(newcombe, np.subtract), (donner_zou, np.divide)])
def test_two_groups_are_covered_at_least_93_per_cent_of_the_time(limits, truth):
    rates = np.array([0.02, 0.025, 0.03, 0.04, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.46, 0.5])
    sizes = (10, 11, 12, 14, 17, 20, 25, 30, 50, 100, 300, 1000)
    covered = {pair: pair_coverage(limits, *pair, rates, rates, truth) for pair in product(sizes, repeat=2)}
    assert min(each.min() for each in covered.values()) >= 0.93
    assert 0.945 <= np.mean([covered[pair].mean() for pair in product((10, 30, 100, 300, 1000), repeat=2)]) <= 0.97


def test_the_log_method_would_not_do_for_a_small_reference():
    """Katz et al. 1978 with ½ added: 1,000 rows at .5 beside 10 rows at .03."""

    def katz(x, n, y, m):
        ratio = np.log((x + 0.5) / (n + 0.5) / ((y + 0.5) / (m + 0.5)))
        arm = 1.96 * np.sqrt(1 / (x + 0.5) - 1 / (n + 0.5) + 1 / (y + 0.5) - 1 / (m + 0.5))
        return np.exp(ratio - arm), np.exp(ratio + arm)

    rates = np.array([0.5]), np.array([0.03])
    assert pair_coverage(katz, 1000, 10, *rates, np.divide) < 0.75
    assert pair_coverage(donner_zou, 1000, 10, *rates, np.divide) >= 0.93


@given(counts, counts)
@settings(max_examples=300)
def test_the_difference_excludes_0_exactly_where_the_ratio_excludes_1(count, other):
    x, n, y, m = numbers(*count, *other)
    difference, ratio = newcombe(x, n, y, m), donner_zou(x, n, y, m)
    for side in range(2):
        if abs(difference[side]) > 1e-9:
            assert np.sign(difference[side]) == np.sign(ratio[side] - 1)


@given(counts, counts)
def test_intervals_of_two_rates_hold_the_estimate_and_turn_over_with_the_groups(count, other):
    x, n, y, m = numbers(*count, *other)
    low, high = newcombe(x, n, y, m)
    assert -1 - 1e-12 <= low <= x / n - y / m <= high <= 1 + 1e-12
    assert newcombe(y, m, x, n) == pytest.approx((-high, -low), abs=1e-12)
    low, high = donner_zou(x, n, y, m)
    assert 0 <= low <= high
    if y > 0:
        assert low <= x / n / (y / m) * (1 + 1e-9)
        assert x / n / (y / m) <= high * (1 + 1e-9)
    turned = donner_zou(y, m, x, n)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(turned, (1 / high, 1 / low), rtol=1e-6)


def test_a_ratio_to_a_reference_without_successes_is_bounded_from_below_only():
    low, high = donner_zou(*numbers([30, 0], [60, 60], [0, 0], [50, 50]))
    np.testing.assert_array_equal(high, np.inf)
    assert low[0] > 3
    assert low[1] == 0


def test_no_successes_bound_the_ratio_from_above_only():
    low, high = donner_zou(*numbers(0, 60, 20, 40))
    assert low == 0
    assert 0.1 < high < 0.25


def test_likelihood_ratios_agree_with_simel_s_log_method_where_counts_are_large():
    """Simel, Samsa & Matchar 1991: ln LR ± 1.96 √(1/TP − 1/P + 1/FP − 1/N)."""
    hits, sick, false, well = numbers(800, 1000, 300, 1500)
    arm = 1.96 * np.sqrt(1 / hits - 1 / sick + 1 / false - 1 / well)
    assert donner_zou(hits, sick, false, well) == pytest.approx((4 * np.exp(-arm), 4 * np.exp(arm)), rel=0.005)


# Weights and clusters


def test_effective_size_of_equal_and_uneven_weights():
    weights = np.array([1.0, 1, 1, 5])
    assert effective_size(*numbers(4, 4)) == 4
    assert effective_size(weights.sum(), (weights**2).sum()) == pytest.approx(64 / 28)
    assert effective_size(*numbers(0, 0)) == 0


def test_effective_size_of_clusters_is_their_number_where_they_are_even():
    sizes = np.full(20, 5.0)
    assert effective_size(sizes.sum(), (sizes**2).sum()) == 20


def test_effective_size_of_a_rate_shrinks_where_the_successes_weigh_more():
    # 10 successes of weight 2 among 100 rows: Σw = 110, Σw² = 130, rate 20/110
    kish = 110**2 / 130
    rate = 20 / 110
    own = rate * (1 - rate) * 110**2 / ((1 - rate) ** 2 * 40 + rate**2 * 90)
    assert effective_size(*numbers(110, 130)) == pytest.approx(kish)
    assert effective_size(*numbers(110, 130, 20, 40)) == pytest.approx(own)
    assert own < kish
    assert effective_size(*numbers(110, 130, 0, 0)) == pytest.approx(kish)
    assert effective_size(*numbers(100, 100, 10, 10)) == pytest.approx(100)


@pytest.mark.parametrize("heavier", [1.0, 1.5])
@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_weighted_rates_are_covered(rate, heavier):
    """Log-normal weights; with those of the successes half as large again the weighted rate is another one."""
    generator = np.random.default_rng(1)
    yes = generator.random((3000, 300)) < rate
    weights = generator.lognormal(0, 0.6, yes.shape) * np.where(yes, heavier, 1)
    total, square = weights.sum(1), (weights**2).sum(1)
    hits, hit_square = (weights * yes).sum(1), (weights**2 * yes).sum(1)
    rows = effective_size(total, square, hits, hit_square)
    low, high = wilson(hits / total * rows, rows)
    truth = heavier * rate / (heavier * rate + 1 - rate)
    assert 0.93 <= ((low <= truth) & (truth <= high)).mean() <= 0.985


def test_rows_of_clusters_that_say_all_the_same_are_covered():
    generator = np.random.default_rng(2)
    sizes = generator.integers(1, 9, (3000, 60)).astype(float)
    yes = generator.random(sizes.shape) < 0.3
    rows = effective_size(sizes.sum(1), (sizes**2).sum(1))
    low, high = wilson((sizes * yes).sum(1) / sizes.sum(1) * rows, rows)
    assert 0.93 <= ((low <= 0.3) & (high >= 0.3)).mean() <= 0.98


# Means


def test_student_s_sleep_data():
    """Student 1908: ten patients' extra sleep, mean 1.58 hours, 95 % interval .70 to 2.46."""
    hours = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    found = mean(*numbers([hours.sum()], [(hours**2).sum()], [10], [10]))
    np.testing.assert_allclose(np.concatenate(found), [1.58, 0.7001, 2.4599, 0.38896], atol=1e-4)


def test_a_mean_of_too_few_rows_has_no_interval_without_bounds_and_a_wide_one_with():
    value, low, high, _ = mean(*numbers([0.6], [0.18], [2], [2]))
    assert value == pytest.approx(0.3)
    assert np.isnan([low, high]).all()
    value, low, high, _ = mean(*numbers([0.6], [0.18], [2], [2]), bounds=(0.0, 1.0))
    assert 0 <= low < 0.1
    assert 0.6 < high <= 1


def test_a_bounded_mean_scales_with_its_bounds():
    values = np.array([3.0, 4, 4, 5, 8])
    stars = mean(*numbers(values.sum(), (values**2).sum(), 5, 5), bounds=(1.0, 9.0))
    shares = (values - 1) / 8
    unit = mean(*numbers(shares.sum(), (shares**2).sum(), 5, 5), bounds=(0.0, 1.0))
    np.testing.assert_allclose(stars[:3], [1 + 8 * part for part in unit[:3]])


def test_a_mean_of_yes_and_no_is_wilson_s():
    _, low, high, _ = mean(*numbers([30], [30], [100], [100]), bounds=(0.0, 1.0))
    assert (low[0], high[0]) == pytest.approx(tuple(np.ravel(wilson(*numbers(30, 100), correction=0.0))), abs=2e-3)


@pytest.mark.parametrize(("a", "b"), [(2, 2), (0.5, 5), (8, 2)])
@pytest.mark.parametrize("rows", [10, 30, 200])
def test_mean_scores_are_covered(a, b, rows):
    generator = np.random.default_rng(3)
    scores = generator.beta(a, b, (2000, rows))
    n = np.full(2000, float(rows))
    _, low, high, _ = mean(scores.sum(1), (scores**2).sum(1), n, n, bounds=(0.0, 1.0))
    assert ((low <= a / (a + b)) & (a / (a + b) <= high)).mean() >= 0.93


# Metrics that are no rates


def test_area_under_curve_of_hanley_and_mcneil_s_readings():
    """Hanley & McNeil 1982: CT of 58 normal and 51 abnormal patients; area .893, standard error .032."""
    normal, abnormal = numbers([33, 6, 6, 11, 2], [3, 2, 2, 11, 33])
    value, low, high, rows = area_under_curve(abnormal, normal)
    assert value == pytest.approx(0.8932, abs=5e-5)
    assert np.sqrt(value * (1 - value) / rows) == pytest.approx(0.032, abs=0.001)
    assert 0.80 < low < 0.83
    assert 0.93 < high < 0.96


def test_area_under_curve_by_counting_pairs():
    # scores: no 1, 2, 2; yes 2, 3: of six pairs four are right and two tie
    value, low, high, _ = area_under_curve(*numbers([0, 1, 1], [1, 2, 0]))
    assert value == pytest.approx(5 / 6)
    assert 0 <= low < value < high <= 1


def test_area_under_curve_turns_over_with_the_classes_and_is_never_certain():
    yes, no = numbers([1, 4, 9], [7, 5, 2])
    value, low, high, rows = area_under_curve(yes, no)
    assert area_under_curve(no, yes) == pytest.approx((1 - value, 1 - high, 1 - low, rows))
    value, low, high, _ = area_under_curve(*numbers([0, 10], [10, 0]))
    assert (value, high) == (1, 1)
    assert 0.8 < low < 0.95
    assert np.isnan(area_under_curve(*numbers([[0, 0]], [[10, 0]]))[0]).all()


@pytest.mark.parametrize("area", [0.6, 0.8, 0.95])
@pytest.mark.parametrize(("positives", "negatives"), [(10, 30), (30, 300), (100, 100)])
def test_area_under_curve_is_covered(area, positives, negatives):
    """Two normal distributions of one spread, cut into 20 bins."""
    distance = stats.norm.ppf(area) * np.sqrt(2)
    edges = np.concatenate([[-np.inf], np.linspace(-2.5, 2.5 + distance, 19), [np.inf]])
    yes, no = np.diff(stats.norm.cdf(edges - distance)), np.diff(stats.norm.cdf(edges))
    truth = (yes * (np.cumsum(no) - no / 2)).sum()
    generator = np.random.default_rng(4)
    _, low, high, _ = area_under_curve(
        generator.multinomial(positives, yes, 2000).astype(float),
        generator.multinomial(negatives, no, 2000).astype(float),
    )
    assert 0.93 <= ((low <= truth) & (truth <= high)).mean() <= 0.99


def test_f1_carries_the_interval_of_a_rate():
    value, low, high = f1(*numbers(30, 20))  # TP 30, FP + FN 20
    assert value == pytest.approx(60 / 80)
    below, above = wilson(*numbers(30, 50))
    assert (low, high) == pytest.approx((2 * below / (1 + below), 2 * above / (1 + above)))
    assert np.isnan(f1(*numbers(0, 0))).all()


def test_calibration_error_by_hand():
    # 100 rows promised .2 of which 30 came, 100 promised .7 of which 60 came: half of .1 each
    totals, promised, came = numbers([[100, 100]], [[20, 70]], [[30, 60]])
    value, low, high, error = calibration_error(totals, promised, came, np.array([200.0]))
    assert value == pytest.approx(0.1)
    assert 0 <= low < 0.05
    assert 0.15 < high < 0.2
    assert error == pytest.approx(np.sqrt((0.3 * 0.7 + 0.6 * 0.4) / 400), rel=0.02)


@pytest.mark.parametrize("shift", [0.0, 0.03, 0.1])
@pytest.mark.parametrize("rows", [100, 2000])
def test_calibration_error_is_covered(shift, rows):
    promise = np.linspace(0.05, 0.95, 10)
    chance = np.clip(promise + shift, 0, 1)
    truth = abs(chance - promise).mean()
    generator = np.random.default_rng(5)
    cells = generator.multinomial(rows, np.concatenate([chance, 1 - chance]) / 10, 2000).astype(float)
    totals, came = cells[:, :10] + cells[:, 10:], cells[:, :10]
    _, low, high, _ = calibration_error(totals, totals * promise, came, np.full(2000, float(rows)))
    assert ((low <= truth + 1e-12) & (truth <= high)).mean() >= 0.95


def test_a_calibrated_model_is_not_called_uncalibrated():
    """Noise alone makes the error about .03 of 1,000 rows; resampling the rows would add to it, never allow for it."""
    promise = np.linspace(0.05, 0.95, 10)
    generator = np.random.default_rng(6)
    cells = generator.multinomial(1000, np.concatenate([promise, 1 - promise]) / 10, 30).astype(float)
    totals = cells[:, :10] + cells[:, 10:]
    _, low, _, _ = calibration_error(totals, totals * promise, cells[:, :10], np.full(30, 1000.0))
    assert (low == 0).mean() > 0.9


BENEFITS = np.array([0.0, 1.0, 2.0])


def test_inequality_by_hand():
    """Benefits 0, 1, 1, 2: mean 1, so Σ (r² − 1) / 2n = (−1 + 0 + 0 + 3) / 8 and Σ r ln r / n = 2 ln 2 / 4."""
    counts = np.array([1.0, 2.0, 1.0])
    assert generalized_entropy(counts, BENEFITS, np.array(4.0))[0] == pytest.approx(0.25)
    assert theil(counts, BENEFITS, np.array(4.0))[0] == pytest.approx(np.log(2) / 2)


@pytest.mark.parametrize("index", [generalized_entropy, theil])
@pytest.mark.parametrize("rows", [100, 1000])
@pytest.mark.parametrize("shares", [(0.1, 0.8, 0.1), (0.05, 0.92, 0.03), (0.3, 0.5, 0.2)])
def test_inequality_is_covered(index, rows, shares):
    truth, _, _ = index(np.array(shares), BENEFITS, np.array(1.0))
    counts = np.random.default_rng(8).multinomial(rows, shares, 4000).astype(float)
    _, low, high = index(counts, BENEFITS, np.full(4000, float(rows)))
    assert 0.93 <= ((low <= truth) & (truth <= high)).mean() <= 0.98


def test_equal_benefits_have_no_interval_and_none_no_index():
    value, low, high = theil(np.array([[0.0, 9, 0], [9, 0, 0], [0, 0, 0]]), BENEFITS, np.full(3, 9.0))
    np.testing.assert_array_equal(value, [0, np.nan, np.nan])
    assert np.isnan([low, high]).all()


def test_rows_that_weigh_alike_are_as_many_as_they_are_however_many_are_hits():
    """Ten are not 9.999999999999998, which would be too few to rate."""
    rows = np.arange(1.0, 200.0)
    for share in (0.0, 0.1, 0.4, 0.6, 0.8, 0.9, 1.0):
        hits = np.round(rows * share)
        assert effective_size(rows, rows, hits, hits).tolist() == rows.tolist()
        assert effective_size(rows / 3, rows / 9, hits / 3, hits / 9).tolist() == rows.tolist()
