"""Who is in the file against who should be: the groups of a column beside a reference population."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import pandas as pd

from aipm.tables import Refusal

Verdict = Literal["as_expected", "too_few", "too_many", "absent", "not_in_reference"]
MOST_GROUPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """One group. `ratio`: its share here for each 1 of its share there; the interval is of its share here (Wilson).

    `expected`: None where the reference does not name the group. `lacking`: rows of the group to add for its share to
    be that of the reference, all others staying as they are; None where it is not too few, or cannot be.
    """

    group: str
    rows: int
    share: float
    low: float
    high: float
    expected: float | None
    ratio: float | None
    verdict: Verdict
    lacking: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diversity:
    """`misplaced`: share of the rows that would have to be other people for the shares to be those of the reference."""

    groups: tuple[Presence, ...]
    rows: int
    missing: int
    misplaced: float


def diversity(cells: pd.Series, reference: Mapping[str, float]) -> Diversity:
    """The groups of a column against `reference`: group -> share, per cent or head count, taken as parts of their sum.

    Names are compared without regard to case and blanks at the ends. A group is too few or too many where its interval
    lies off the expected share. Raises Refusal: a reference without two groups, with negative or no numbers, with over
    200 groups or one named twice; a column without a value.
    """
    from scipy.stats import binomtest

    wanted = {name.strip().casefold(): (name.strip(), float(number)) for name, number in reference.items()}
    total = sum(number for _, number in wanted.values())
    if not 2 <= len(wanted) <= MOST_GROUPS or len(wanted) < len(reference):
        raise Refusal("bad_reference", "The reference needs 2 to 200 groups, each once.", advice="Mend the list.")
    if any(not isfinite(number) or number < 0 for _, number in wanted.values()) or not 0 < total < float("inf"):
        raise Refusal("bad_reference", "The reference needs numbers from 0 on.", advice="Give shares or head counts.")
    texts = cells.dropna().astype("str").str.strip()
    rows = len(texts)
    if not rows:
        raise Refusal("no_rows", "The column has no value.", advice="Choose another column.")
    spelling = texts.groupby(texts.str.casefold()).agg(lambda names: names.mode().iloc[0])
    counts = texts.str.casefold().value_counts()
    if len(counts) > 10 * MOST_GROUPS:
        raise Refusal("many_categories", f"The column has {len(counts):,} values.", advice="Choose a column of groups.")
    found = []
    for key in sorted({*wanted, *counts.index}, key=lambda key: (-wanted.get(key, ("", -1.0))[1], key)):
        count = int(counts.get(key, 0))
        interval = binomtest(count, rows).proportion_ci(method="wilson")
        expected = wanted[key][1] / total if key in wanted else None
        verdict = _verdict(count, expected, interval.low, interval.high)
        lacks = verdict in {"too_few", "absent"} and expected is not None and expected < 1
        found.append(
            Presence(
                group=wanted[key][0] if key in wanted else str(spelling[key]),
                rows=count,
                share=count / rows,
                low=float(interval.low),
                high=float(interval.high),
                expected=expected,
                ratio=count / rows / expected if expected else None,
                verdict=verdict,
                lacking=round((expected * rows - count) / (1 - expected)) if lacks and expected is not None else None,
            )
        )
    apart = sum(abs(each.share - (each.expected or 0.0)) for each in found) / 2
    return Diversity(groups=tuple(found), rows=rows, missing=int(cells.isna().sum()), misplaced=apart)


def reference_of(frame: pd.DataFrame) -> dict[str, float]:
    """A reference from an uploaded table: groups in the first column, numbers in the second. Raises Refusal."""
    if frame.shape[1] < 2:
        raise Refusal("bad_reference", "The reference needs two columns.", advice="Group first, then share or count.")
    names = frame.iloc[:, 0].astype("str")
    numbers = pd.to_numeric(frame.iloc[:, 1].astype("str").str.removesuffix("%"), errors="coerce")
    if unfit := int((numbers.isna() | names.isna()).sum()):
        raise Refusal("bad_reference", f"{unfit} rows of the reference lack a group or a number.", advice="Mend them.")
    if names.str.strip().str.casefold().duplicated().any():
        raise Refusal("bad_reference", "The reference names a group twice.", advice="Keep one row for each group.")
    return dict(zip(names, numbers.astype(float), strict=True))


def _verdict(count: int, expected: float | None, low: float, high: float) -> Verdict:
    if expected is None:
        return "not_in_reference"
    if count == 0 and expected > high:
        return "absent"
    return "too_few" if expected > high else "too_many" if expected < low else "as_expected"
