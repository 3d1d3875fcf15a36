"""The special functions behind p-values that numpy lacks (importing scipy costs two seconds), vectorised.

Each is accurate to about 1e-10 relative to its value over the range tests can produce; the tests hold them to scipy.
"""

from math import pi

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""

_TINY = 1e-300
_ENOUGH = 1e-15
_STEPS = 100_000


def log_gamma(x: ArrayLike) -> Array:
    """Natural logarithm of Γ(x) for x > 0: Stirling's series after shifting the argument above 10."""
    x = np.asarray(x, float)
    shift = np.where(x < 10, 10, 0)
    product = np.ones_like(x)
    for step in range(10):
        product = np.where(shift > step, product * (x + step), product)
    y = x + shift
    series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * y**2)) / y**2) / y**2) / y**2) / y
    value: Array = (y - 0.5) * np.log(y) - y + 0.5 * np.log(2 * pi) + series - np.log(product)
    return value


def _gamma_series(a: Array, x: Array) -> Array:
    """Lower incomplete gamma over its prefactor, for x < a + 1 (Abramowitz & Stegun 6.5.29)."""
    term = 1 / a
    total = term.copy()
    for step in range(1, _STEPS):
        term = term * x / (a + step)
        total += term
        if np.all(term <= _ENOUGH * total):
            break
    return total


def _gamma_fraction(a: Array, x: Array) -> Array:
    """Upper incomplete gamma over its prefactor, for x ≥ a + 1 (A&S 6.5.31, by the modified Lentz method)."""
    b = x + 1 - a
    c = np.full_like(x, 1 / _TINY)
    d = 1 / b
    value = d.copy()
    for step in range(1, _STEPS):
        numerator = -step * (step - a)
        b = b + 2
        d = 1 / (numerator * d + b)
        c = b + numerator / c
        value *= d * c
        if np.all(np.abs(d * c - 1) <= _ENOUGH):
            break
    return value


def upper_gamma(a: ArrayLike, x: ArrayLike) -> Array:
    """Regularised upper incomplete gamma function Q(a, x), a > 0; NaN where either is NaN; 1 for x ≤ 0."""
    a, x = np.broadcast_arrays(np.asarray(a, float), np.asarray(x, float))
    out = np.where(np.isnan(a) | np.isnan(x), np.nan, np.where(x > 0, 0.0, 1.0))
    usable = np.isfinite(a) & np.isfinite(x) & (x > 0) & (a > 0)
    low = usable & (x < a + 1)
    high = usable & ~low
    for mask, lower in ((low, True), (high, False)):
        if mask.any():
            am, xm = a[mask], x[mask]
            prefactor = np.exp(-xm + am * np.log(xm) - log_gamma(am))
            out[mask] = 1 - prefactor * _gamma_series(am, xm) if lower else prefactor * _gamma_fraction(am, xm)
    return out


def chi_square_tail(statistic: ArrayLike, degrees: ArrayLike) -> Array:
    """P(χ² > statistic) with the given degrees of freedom."""
    return upper_gamma(np.asarray(degrees, float) / 2, np.asarray(statistic, float) / 2)


def normal_tails(z: ArrayLike) -> Array:
    """Two-sided p-value of a standard normal z."""
    return chi_square_tail(np.asarray(z, float) ** 2, 1.0)


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
