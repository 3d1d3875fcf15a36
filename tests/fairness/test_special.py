"""The special functions, held to scipy's."""

import numpy as np
import pytest
from scipy import stats

from aipm.fairness.special import chi_square_tail, normal_tails, t_quantile, upper_gamma


@pytest.mark.parametrize("degrees", [1, 2, 3, 7, 39, 199, 5000])
def test_chi_square_tail_down_to_the_smallest_numbers(degrees):
    statistic = np.concatenate([np.geomspace(1e-6, 1, 30) * degrees, degrees + np.linspace(1, 1200, 200)])
    expected = stats.chi2.sf(statistic, degrees)
    usable = expected > 1e-280
    np.testing.assert_allclose(chi_square_tail(statistic, degrees)[usable], expected[usable], rtol=1e-10)


def test_normal_tails():
    assert normal_tails(1.959963984540054) == pytest.approx(0.05, rel=1e-12)
    z = np.linspace(-30, 30, 301)
    np.testing.assert_allclose(normal_tails(z), 2 * stats.norm.sf(abs(z)), rtol=1e-10)


def test_the_edges_of_the_gamma_function():
    found = upper_gamma([1.0, 1.0, np.nan, 2.0, 2.0], [0.0, np.inf, 1.0, np.nan, -1.0])
    np.testing.assert_array_equal(found, [1, 0, np.nan, np.nan, 1])


def test_quantile_of_student_s_t():
    degrees = np.array([3, 4, 5, 9, 29.5, 1e3, 1e7])
    np.testing.assert_allclose(t_quantile(degrees), stats.t.ppf(0.975, degrees), atol=0.004)
    np.testing.assert_allclose(t_quantile(degrees)[2:], stats.t.ppf(0.975, degrees)[2:], atol=3e-4)
    assert np.isnan(t_quantile(1.9))
