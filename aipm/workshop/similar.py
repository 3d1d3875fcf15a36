"""Cards that say much the same, to propose for merging: by the cosine of their sentence vectors."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from aipm.workshop.entries import Card

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = 0.5
"""Cosine from which two cards are proposed. Of 16 pains said in two ways it finds 14; of 12 that only share their
subject it also proposes 9, for a person to turn down; of 1,326 pairs of the sample journeys' pains, one."""
MOST_GROUPS = 20


@lru_cache(maxsize=4_000)
def _vector(text: str) -> "NDArray[np.float32]":
    """Once a text, a few milliseconds."""
    from aipm import encoder

    found: NDArray[np.float32] = encoder.encode([text])[0]
    return found


def proposals(cards: Sequence[Card], *, alike: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Numbers of cards that belong together, the most alike first; of a group every two are alike.

    Only cards that stand by themselves and are seen are looked at: what was merged by hand stays as it is. Whole groups
    are joined by their least alike cards (complete linkage), so that a chain of small steps makes no group.
    """
    import numpy as np

    into = {each.into for each in cards}
    alone = [each for each in cards if each.into is None and each.id not in into and not each.hidden]
    if len(alone) < 2:
        return ()
    vectors = np.stack([_vector(each.text) for each in alone])
    near = vectors @ vectors.T
    groups: list[list[int]] = [[place] for place in range(len(alone))]
    where = list(range(len(alone)))
    rows, columns = np.nonzero(np.triu(near >= alike, k=1))
    order = np.argsort(-near[rows, columns], kind="stable")
    for first, second in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        one, other = where[first], where[second]
        if one != other and near[np.ix_(groups[one], groups[other])].min() >= alike:
            for place in groups[other]:
                where[place] = one
            groups[one] += groups[other]
            groups[other] = []
    found = [group for group in groups if len(group) > 1]
    found.sort(key=lambda group: -near[np.ix_(group, group)].min())
    return tuple(tuple(sorted(alone[place].id for place in group)) for group in found[:MOST_GROUPS])
