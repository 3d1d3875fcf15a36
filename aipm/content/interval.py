"""The 95 % interval of a share, for a few numbers on a page. Columns of counts have theirs in the bias audit."""

import math
from statistics import NormalDist


def wilson(share: float, count: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """(low, high), within [0, 1], for a share in [0, 1] of `count` > 0.

    Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209-212.
    """
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = math.sqrt(z2 * (share * (1 - share) / count + z2 / (4 * count * count))) / (1 + z2 / count)
    return 0.0 if share == 0 else max(0.0, middle - half), 1.0 if share == 1 else min(1.0, middle + half)
