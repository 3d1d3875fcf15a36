"""Who is in the data beside who is in a population: the shares of one column's groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from aipm.fairness.counts import Counts
from aipm.fairness.groups import added_up
from aipm.fairness.intervals import donner_zou, newcombe
from aipm.fairness.measure import shares
from aipm.fairness.pairs import FEWEST_ROWS
from aipm.fairness.significance import holm, two_proportions
from aipm.fairness.special import chi_square_tail
from aipm.tables import Refusal

Array = NDArray[np.float64]
MOST_GROUPS = 200
ENDLESS = 1e12
"""Rows of the population: so many that its shares are as good as exact."""
FEW_EXPECTED = 5.0
DRAWS = 20_000
LEVEL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Shares or head counts of the groups of one column, as a person gives them; only their proportions matter."""

    column: str
    numbers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One group: its share of the rows whose group is known, beside its share of the population.

    `rows` are weighted where there is a weight. verdict: gap, within_tolerance, inconclusive, not_enough_data, or
    not_computable where the population does not name the group. The intervals are 95 %; the population is exact.
    """

    group: str
    rows: float
    share: float
    low: float
    high: float
    expected: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    p_value: float | None
    p_adjusted: float | None
    verdict: str

    @property
    def absent(self) -> bool:
        """Whether the population has such people and the data has none."""
        return self.rows == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Representation:
    """All groups of a column, those of the population in its order. `p_value`: that the shares are the population's.

    `missing`: rows without a group, left out. `apart`: the share of rows that would have to be other people.
    """

    column: str
    groups: tuple[Presence, ...]
    rows: float
    missing: float
    p_value: float | None
    apart: float


def representation(counts: Counts, population: Population, *, tolerance: float) -> Representation:
    """The groups of one column beside a population. Raises Refusal where the population makes no sense.

    Names are compared without capitals and outer blanks; a group that the data spells in several ways is one group.
    """
    wanted = _wanted(population)
    place = counts.columns.index(population.column)
    names = counts.values[place]
    member = np.array([names.index(cell[place]) for cell in counts.groups], dtype=np.int64)[counts.group]
    weight, square = (added_up(member, each, len(names)) for each in (counts.weight, counts.weight_squared))
    known = [k for k, name in enumerate(names) if name is not None]
    by_key: dict[str, list[int]] = {}
    for k in sorted(known, key=lambda k: -weight[k]):
        by_key.setdefault(str(names[k]).strip().casefold(), []).append(k)
    keys = [*wanted, *(key for key in by_key if key not in wanted)]
    hits, squares = (np.array([each[by_key.get(key, [])].sum() for key in keys]) for each in (weight, square))
    if hits.sum() <= 0:
        raise Refusal("no_rows", "No row has a group.", advice="Choose another column.")
    factor = counts.cluster_factor.get((), 1.0)
    totals = np.full(len(keys), hits.sum())
    share, _, _, low, high, rows = shares(hits, totals, squares * factor, np.full(len(keys), squares.sum() * factor))
    rows = np.where(hits > 0, rows, rows.max())  # nobody of the group: as sure as the others are
    expected = np.array([wanted[key][1] if key in wanted else np.nan for key in keys])
    beside = (share * rows, rows, expected * ENDLESS, np.full(len(keys), ENDLESS))
    with np.errstate(invalid="ignore", divide="ignore"):
        rated = np.isfinite(expected) & (np.maximum(share, expected) * rows >= FEWEST_ROWS)
        difference, ratio = newcombe(*beside), donner_zou(*beside)
        chance = np.where(rated, two_proportions(*(np.nan_to_num(each) for each in beside)), np.nan)
    adjusted = holm(chance)
    groups = tuple(
        Presence(
            group=str(names[by_key[key][0]]) if key in by_key else wanted[key][0],
            rows=float(hits[i]),
            share=float(share[i]),
            low=float(low[i]),
            high=float(high[i]),
            expected=_known(expected[i]),
            difference=_known(share[i] - expected[i]),
            difference_low=_known(difference[0][i]),
            difference_high=_known(difference[1][i]),
            ratio=_known(share[i] / expected[i]) if expected[i] > 0 else None,
            ratio_low=_known(ratio[0][i]) if expected[i] > 0 else None,
            ratio_high=_known(ratio[1][i]) if expected[i] > 0 else None,
            p_value=_known(chance[i]),
            p_adjusted=_known(adjusted[i]),
            verdict=_verdict(i, (expected, rated, share, adjusted), ratio, tolerance),
        )
        for i, key in enumerate(keys)
    )
    return Representation(
        column=population.column,
        groups=groups,
        rows=float(hits.sum()),
        missing=float(weight.sum() - hits.sum()),
        p_value=goodness_of_fit(share * float(rows.min()), np.nan_to_num(expected)),
        apart=float(np.abs(share - np.nan_to_num(expected)).sum() / 2),
    )


def goodness_of_fit(observed: Array, expected: Array) -> float | None:
    """p-value that counts are drawn from these shares: Pearson's χ², or the same from 20,000 seeded draws where under
    5 are expected of a group. Groups with share 0 do not count; None where fewer than two are left, or nobody.
    """
    used = expected > 0
    observed, expected = observed[used], expected[used] / expected[used].sum()
    n = float(observed.sum())
    if used.sum() < 2 or round(n) < 1:
        return None
    statistic = float(((observed - n * expected) ** 2 / (n * expected)).sum())
    if (n * expected).min() >= FEW_EXPECTED:
        return float(chi_square_tail(statistic, used.sum() - 1))
    n = round(n)
    drawn = np.random.default_rng(0).multinomial(n, expected, size=DRAWS)
    others = ((drawn - n * expected) ** 2 / (n * expected)).sum(axis=1)
    return float((1 + (others >= statistic * (1 - 1e-12)).sum()) / (DRAWS + 1))


def _verdict(i: int, numbers: tuple[Array, ...], ratio: tuple[Array, Array], tolerance: float) -> str:
    expected, rated, share, adjusted = (each[i] for each in numbers)
    if not isfinite(expected):
        return "not_computable"
    if not rated:
        return "not_enough_data"
    if expected == 0:  # nobody of them in the population, yet here they are
        return "gap" if adjusted < LEVEL else "inconclusive"
    if not tolerance <= share / expected <= 1 / tolerance and adjusted < LEVEL:
        return "gap"
    return "within_tolerance" if ratio[0][i] >= tolerance and ratio[1][i] <= 1 / tolerance else "inconclusive"


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _wanted(population: Population) -> dict[str, tuple[str, float]]:
    """Group as compared -> its name and its share of the population."""
    wanted = {name.strip().casefold(): (name.strip(), number) for name, number in population.numbers}
    total = sum(number for _, number in wanted.values())
    if len(wanted) < len(population.numbers):
        raise _bad("The population names a group twice.", "Keep one number for each group.")
    if not 2 <= len(wanted) <= MOST_GROUPS:
        raise _bad("The population needs from 2 to 200 groups.", "Give a share or a number of people for each.")
    if any(not isfinite(number) or number < 0 for _, number in wanted.values()) or not 0 < total < float("inf"):
        raise _bad("The population needs numbers from 0 on.", "Give shares or numbers of people.")
    return {key: (name, number / total) for key, (name, number) in wanted.items()}


def _bad(message: str, advice: str) -> Refusal:
    return Refusal("bad_population", message, advice=advice)


def number_of(text: str) -> float:
    """A share or a head count as people write it: 51, 51%, 0.51, 51,3 or 1 204 500. Raises Refusal."""
    plain = "".join(text.split()).removesuffix("%").replace("\u202f", "").replace("\u00a0", "")
    plain = plain.replace(",", "") if "." in plain or _thousands(plain) else plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        raise _bad("A share of the population is no number.", "Write it as 51, 51% or 0.51.") from None


def _thousands(text: str) -> bool:
    first, *rest = text.split(",")
    return bool(rest) and len(first) <= 3 and first != "0" and all(len(each) == 3 for each in rest)


def populations(
    columns: Sequence[str], lines: Iterable[Sequence[str]], groups: Sequence[str]
) -> tuple[Population, ...]:
    """Populations from a small file: group and number, or column, group and number. Raises Refusal.

    With two columns the first one's name says which group column is meant; else it is the only, or first, one.
    """
    found: dict[str, list[tuple[str, float]]] = {}
    if len(columns) < 2:
        raise _bad("The population needs two columns.", "The group first, then its share or number of people.")
    by_name = {name.strip().casefold(): name for name in groups}
    meant = by_name.get(columns[0].strip().casefold(), groups[0])
    for line in lines:
        if not any(cell.strip() for cell in line):
            continue
        *where, group, amount = line[:3]
        column = by_name.get(where[0].strip().casefold()) if where else meant
        if column is None:
            raise _bad("The population names a column that is no group column.", "Use the names of the group columns.")
        found.setdefault(column, []).append((group, number_of(amount)))
    return tuple(Population(column=column, numbers=tuple(numbers)) for column, numbers in found.items())
