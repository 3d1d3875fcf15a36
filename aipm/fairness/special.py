"""The special functions behind p-values that numpy lacks (importing scipy costs two seconds), vectorised.

Each is accurate to about 1e-10 relative to its value over the range tests can produce; the tests hold them to scipy.
"""

from math import erfc, exp, isinf, isnan, lgamma, log, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""

_TINY = 1e-300
_ENOUGH = 1e-15
_STEPS = 100_000


def _upper_gamma(a: float, x: float) -> float:
    """Q(a, x) for single numbers: a handful of them is done long before array operations have begun."""
    if isnan(a) or isnan(x):
        return nan
    if x <= 0 or isinf(x):
        return float(x <= 0)
    prefactor = exp(-x + a * log(x) - lgamma(a))
    return 1 - prefactor * _gamma_series(a, x) if x < a + 1 else prefactor * _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    """Lower incomplete gamma over its prefactor, for x < a + 1 (Abramowitz & Stegun 6.5.29)."""
    total = term = 1 / a
    for step in range(1, _STEPS):
        term *= x / (a + step)
        total += term
        if term <= _ENOUGH * total:
            break
    return total


def _gamma_fraction(a: float, x: float) -> float:
    """Upper incomplete gamma over its prefactor, for x ≥ a + 1 (A&S 6.5.31, by the modified Lentz method)."""
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / b
    value = d
    for step in range(1, _STEPS):
        numerator = -step * (step - a)
        b += 2
        d = 1 / (numerator * d + b or _TINY)
        c = b + numerator / c or _TINY
        value *= d * c
        if abs(d * c - 1) <= _ENOUGH:
            break
    return value


_UPPER_GAMMA, _ERFC = np.frompyfunc(_upper_gamma, 2, 1), np.frompyfunc(erfc, 1, 1)


def upper_gamma(a: ArrayLike, x: ArrayLike) -> Array:
    """Regularised upper incomplete gamma function Q(a, x), a > 0; NaN where either is NaN; 1 for x ≤ 0."""
    return np.asarray(_UPPER_GAMMA(np.asarray(a, float), np.asarray(x, float)), float)


def chi_square_tail(statistic: ArrayLike, degrees: ArrayLike) -> Array:
    """P(χ² > statistic) with the given degrees of freedom."""
    return upper_gamma(np.asarray(degrees, float) / 2, np.asarray(statistic, float) / 2)


def normal_tails(z: ArrayLike) -> Array:
    """Two-sided p-value of a standard normal z."""
    return np.asarray(_ERFC(np.abs(np.asarray(z, float)) / sqrt(2)), float)


def t_quantile(degrees: ArrayLike) -> Array:
    """The quantile of Student's t for a two-sided 95 % interval (Cornish-Fisher, A&S 26.7.5).

    Within 0.002 of the true quantile from three degrees of freedom, 0.03 at two; NaN below two.
    """
    n = np.asarray(degrees, float)
    n = np.where(n >= 2, n, np.nan)
    z, z3, z5, z7, z9 = (Z**power for power in (1, 3, 5, 7, 9))
    g1 = (z3 + z) / 4
    g2 = (5 * z5 + 16 * z3 + 3 * z) / 96
    g3 = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
    g4 = (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / 92160
    quantile: Array = Z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n
    return quantile
