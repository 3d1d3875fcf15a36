"""Two decision records of the same question -> what has changed from one to the other."""

from dataclasses import dataclass
from decimal import Decimal

from aipm.selection.record import DecisionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """A cost line of both records. `relative` is the change as a share; None where it was free before."""

    item: str
    unit: str
    then: Decimal
    now: Decimal
    relative: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankChange:
    name: str
    then: int
    now: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChange:
    """None: not named there."""

    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is different now. `first_then` and `first_now`: who shares rank 1; `gone` and `new`: in the ranking."""

    first_then: tuple[str, ...]
    first_now: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    moved: tuple[RankChange, ...]
    prices: tuple[PriceChange, ...]
    versions: tuple[VersionChange, ...]

    @property
    def same_first(self) -> bool:
        return set(self.first_then) == set(self.first_now)

    @property
    def nothing(self) -> bool:
        """Is all as it was?"""
        return self.same_first and not (self.gone or self.new or self.moved or self.prices or self.versions)


def since(then: DecisionRecord, now: DecisionRecord) -> Since:
    """What `now` says otherwise than `then`; models are known by their names, cost lines by item and unit."""
    before, after = _ranks(then), _ranks(now)
    was = {(each.item, each.unit): each.value for each in then.cost}
    prices = [
        PriceChange(
            item=each.item,
            unit=each.unit,
            then=old,
            now=each.value,
            relative=float(each.value / old) - 1 if old else None,
        )
        for each in now.cost
        if each.value is not None and (old := was.get((each.item, each.unit))) is not None and old != each.value
    ]
    return Since(
        first_then=_first(then),
        first_now=_first(now),
        gone=tuple(name for name in before if name not in after),
        new=tuple(name for name in after if name not in before),
        moved=tuple(
            RankChange(name=name, then=old, now=after[name])
            for name, old in before.items()
            if name in after and after[name] != old
        ),
        prices=tuple(prices),
        versions=tuple(
            VersionChange(name=name, then=then.versions.get(name), now=now.versions.get(name))
            for name in dict.fromkeys((*then.versions, *now.versions))
            if then.versions.get(name) != now.versions.get(name)
        ),
    )


def _ranks(record: DecisionRecord) -> dict[str, int]:
    return {each.name: each.rank for each in record.ranking if each.rank is not None}


def _first(record: DecisionRecord) -> tuple[str, ...]:
    return tuple(name for name, rank in _ranks(record).items() if rank == 1)
