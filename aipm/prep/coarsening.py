"""The least that must be told less exactly for everybody to have a crowd of k to hide in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd

from aipm.prep.anonymity import checked
from aipm.prep.coarser import Codes, Kind, Level, coded, levels
from aipm.prep.recipe import Step
from aipm.tables import Refusal

MOST_COLUMNS = 6
WORK = 40_000_000
"""Cells looked at in a search, which bounds it to a few seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coarsening:
    """The levels of least cost with which at most `suppressed` rows have to go; `steps` does it, in order.

    `exact`: every cheaper combination of levels was ruled out. Otherwise no single level of it
    can be made finer.
    """

    levels: tuple[Level, ...]
    cost: float
    suppressed: int
    steps: tuple[Step, ...]
    exact: bool
    looked_at: int


def coarsening(
    frame: pd.DataFrame,
    columns: Sequence[str],
    *,
    k: int = 5,
    sensitive: str | None = None,
    l: int = 1,  # noqa: E741 - the name of the measure
    suppress: float = 0.02,
    kinds: Mapping[str, Kind] | None = None,
) -> Coarsening:
    """The smallest loss of detail after which all but a share `suppress` of the rows have a crowd of k (and l values).

    The loss of a level is the share of the column's entropy that is gone. The squares of the losses add up to the cost,
    so that a little of several columns goes before all of one. Levels are tried from the least cost on, after those are
    ruled out that fail with one or two of the columns alone: rows without a crowd by some columns are without one by
    more of them (LeFevre, DeWitt & Ramakrishnan 2005, Incognito).
    Raises Refusal: too many columns, no rows, or fewer rows than k.
    """
    checked(frame, columns, sensitive)
    if len(columns) > MOST_COLUMNS:
        raise Refusal(
            "too_many_columns",
            f"The search takes up to {MOST_COLUMNS} columns.",
            advice="Choose those that outsiders are likely to know, and drop the others.",
        )
    if len(frame) < k:
        raise Refusal("too_few_rows", f"The file has fewer than {k} rows.", advice="Choose a smaller k.")
    given = kinds or {}
    ladders = [list(levels(frame, column, given.get(column))) for column in columns]
    limit = int(suppress * len(frame))
    crowd = _Crowd.of(ladders, coded(frame[sensitive]) if sensitive else None, k=k, l=l, limit=limit)
    best, exact, looked_at = crowd.search([[level.loss**2 for level, _ in ladder] for ladder in ladders])
    chosen = tuple(ladder[place][0] for ladder, place in zip(ladders, best, strict=True))
    suppressed = crowd.short(best)
    steps = [level.step for level in chosen if level.step is not None]
    left = tuple(level.column for level in chosen if level.step is None or level.step.op != "drop_columns")
    if suppressed and left:
        params = {"k": k} | ({"l": l} if sensitive and l > 1 else {})
        among = left + ((sensitive,) if sensitive and l > 1 else ())
        steps.append(Step(id="drop-rare", op="drop_rare_combinations", columns=among, params=params, scope="rows"))
    return Coarsening(
        levels=chosen,
        cost=sum(level.loss**2 for level in chosen),
        suppressed=suppressed,
        steps=tuple(steps),
        exact=exact,
        looked_at=looked_at,
    )


@dataclass(frozen=True, slots=True)
class _Crowd:
    """The rows as numbers: for every column and level the code of each row's value."""

    codes: list[list[Codes]]
    sensitive: Codes | None
    k: int
    l: int  # noqa: E741 - the name of the measure
    limit: int

    @classmethod
    def of(
        cls,
        ladders: Sequence[Sequence[tuple[Level, Codes]]],
        sensitive: Codes | None,
        **bounds: int,
    ) -> "_Crowd":
        return cls([[codes for _, codes in ladder] for ladder in ladders], sensitive, **bounds)

    def short(self, places: Sequence[int], among: Sequence[int] | None = None) -> int:
        """Rows without a crowd where the columns (those named in `among`, or all) are as coarse as `places` says."""
        chosen = range(len(self.codes)) if among is None else among
        group = _joined([self.codes[column][place] for column, place in zip(chosen, places, strict=True)])
        sizes = np.bincount(group)
        alone = sizes < self.k
        if self.sensitive is not None and self.l > 1:
            pairs = np.unique(group * (int(self.sensitive.max()) + 1) + self.sensitive)
            values = np.bincount(pairs // (int(self.sensitive.max()) + 1), minlength=len(sizes))
            alone |= values < self.l
        return int(sizes[alone].sum())

    def search(self, costs: list[list[float]]) -> tuple[tuple[int, ...], bool, int]:
        """(the levels, whether they are proven to lose least, how many combinations were looked at)."""
        rows = max(len(self.codes[0][0]), 1)
        budget = max(WORK // rows, 60)
        looked_at = 0
        columns = range(len(costs))
        ruled_out: dict[tuple[int, ...], set[tuple[int, ...]]] = {}
        for among in [each for size in (1, 2) for each in combinations(columns, size) if size < len(costs)]:
            failed = set()
            for places in product(*(range(len(costs[column])) for column in among)):
                if looked_at < budget // 2:
                    looked_at += 1
                    if self.short(places, among) > self.limit:
                        failed.add(places)
            ruled_out[among] = failed
        possible = [
            places
            for places in product(*(range(len(ladder)) for ladder in costs))
            if not any(tuple(places[column] for column in among) in failed for among, failed in ruled_out.items())
        ]
        possible.sort(key=lambda places: (sum(costs[column][place] for column, place in enumerate(places)), places))
        for places in possible:
            if looked_at >= budget:
                break
            looked_at += 1
            if self.short(places) <= self.limit:
                return places, True, looked_at
        return self._taken_back(costs), False, looked_at

    def _taken_back(self, costs: list[list[float]]) -> tuple[int, ...]:
        """From everything at its coarsest, one level finer at a time where most is gained, as long as it holds."""
        places = [len(ladder) - 1 for ladder in costs]
        while True:
            gains = sorted(
                (
                    (costs[column][place - 1] - costs[column][place], column)
                    for column, place in enumerate(places)
                    if place
                )
            )
            for _, column in gains:
                finer = [place - (each == column) for each, place in enumerate(places)]
                if self.short(finer) <= self.limit:
                    places = finer
                    break
            else:
                return tuple(places)


def _joined(columns: Sequence[Codes]) -> Codes:
    """One code for each combination, from 0 without gaps, so that it never outgrows 64 bits."""
    group = columns[0]
    for codes in columns[1:]:
        group = pd.factorize(group * (int(codes.max(initial=0)) + 1) + codes)[0].astype(np.int64)
    return group
