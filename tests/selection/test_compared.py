"""The same question asked of several methods, and how alike two rankings are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from aipm.selection.candidates import candidates_from_rows
from aipm.selection.criteria import Criterion
from aipm.selection.ranked import RankSpec
from aipm.selection.ranking import COMPARED, agreed, agreement, compare, rank, rank_correlation

ROWS = [{"name": name, "a": a, "b": b} for name, a, b in (("one", 10, 1), ("two", 5, 5), ("three", 1, 1))]
SPEC = RankSpec(
    criteria=tuple(Criterion(name=name, column=name, direction="max", weight=1) for name in ("a", "b")), samples=0
)


def test_every_method_gives_everybody_a_place() -> None:
    found = compare(candidates_from_rows(ROWS), SPEC)

    assert tuple(found.places) == COMPARED
    assert found.places["weighted_product"] == {"two": 1, "one": 2, "three": 3}
    assert agreed(found) == agreement(candidates_from_rows(ROWS), SPEC)


def test_the_weighted_sum_there_is_the_ranking_of_the_page() -> None:
    candidates = candidates_from_rows(ROWS)
    places = {each.name: each.rank for each in rank(candidates, SPEC).ranking}
    assert compare(candidates, SPEC).places["weighted_sum"] == places


def test_the_same_order_the_reverse_and_no_order() -> None:
    order = {"a": 1, "b": 2, "c": 3}
    assert rank_correlation(order, order) == pytest.approx(1)
    assert rank_correlation(order, {"a": 3, "b": 2, "c": 1}) == pytest.approx(-1)
    assert rank_correlation(order, {"a": 1, "b": 1, "c": 1}) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=12))
def test_it_is_spearmans_with_equals(pairs: list[tuple[int, int]]) -> None:
    def places(values: list[int]) -> dict[str, int]:
        return {str(k): 1 + sum(other < value for other in values) for k, value in enumerate(values)}

    one, other = [first for first, _ in pairs], [second for _, second in pairs]
    found = rank_correlation(places(one), places(other))
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(spearmanr(one, other).statistic)
