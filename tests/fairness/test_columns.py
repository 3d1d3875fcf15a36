"""Which columns can play the roles they were given."""

import random
import uuid

import numpy as np
import pytest

from aipm.fairness.columns import nice_edges
from aipm.tables import Refusal
from tests.fairness.build import audited, codes, counted, value

rng = random.Random(11)


def names(data, **spec):
    """The groups of the first group column."""
    counts, _ = counted(data, **spec)
    return list(counts.values[0])


def refusal_of(data, **spec):
    with pytest.raises(Refusal) as refusal:
        audited(data, **spec)
    return refusal.value


@pytest.mark.parametrize(
    "cells",
    [
        [str(uuid.UUID(int=k * 97)) for k in range(100)],
        [f"person{k}@example.org" for k in range(100)],
        [str(10**18 + 7 * k) for k in range(100)],
        [str(k) for k in range(100)],
        [f"{k:06d}" for k in range(100)],
        [f"Name {k}" for k in range(40)],
        [f"n{k // 2}" for k in range(1000)],
        [str(10**15 + k // 3) for k in range(900)],
    ],
    ids=["uuid", "e-mail", "long number", "row number", "padded", "names", "twice each", "long number, three each"],
)
def test_identifiers_make_no_groups(cells):
    rng.shuffle(cells)
    refused = refusal_of({"x": cells}, groups=("x",))
    assert refused.code == "id_like_group"
    assert not any(cell in refused.message + refused.advice for cell in cells if len(cell) > 1)


@pytest.mark.parametrize("empty", ["", " ", "\t"])
def test_blank_cells_do_not_hide_an_identifier(empty):
    cells = [empty] * 500 + [f"id{k}" for k in range(100)]
    assert refusal_of({"x": cells}, groups=("x",)).code == "id_like_group"


def test_codes_with_leading_zeros_are_names_and_no_quantities():
    assert names({"zip": [f"{k % 20:05d}" for k in range(400)]}, groups=("zip",)) == [f"{k:05d}" for k in range(20)]


def test_many_categories_are_groups_up_to_a_bound():
    assert len(names({"x": [f"c{k % 200}" for k in range(4000)]}, groups=("x",))) == 200
    assert refusal_of({"x": [f"c{k % 201}" for k in range(4000)]}, groups=("x",)).code == "id_like_group"


def test_a_quantity_is_cut_near_its_quartiles_and_it_is_said():
    data = {"age": [str(18 + k % 60) for k in range(600)]}
    assert names(data, groups=("age",)) == ["under 30", "30 to under 50", "50 to under 60", "60 or more"]
    assert "numeric_group_binned" in codes(audited(data, groups=("age",)))


def test_few_numbers_stay_as_they_are():
    assert names({"x": [str(k % 12) for k in range(120)]}, groups=("x",)) == [str(k) for k in range(12)]


@pytest.mark.parametrize("edge", [25.0, 0.3, 0.1 + 0.2, 1e-7, -3.0, 1e12])
def test_an_edge_belongs_to_the_upper_bin(edge):
    cells = [repr(x) for x in (edge - abs(edge) / 10, edge, edge + abs(edge) / 10)]
    counts, _ = counted({"x": cells}, groups=("x",), bins=(("x", (edge,)),))
    assert counts.rows.tolist() == [1, 2]
    assert counts.groups[0][0].startswith("under ")


def test_the_persons_edges_go_before_ours():
    data = {"age": ["24", "25", "44", "45", " 46 ", "", "old", "inf"]}
    counts, _ = counted(data, groups=("age",), bins=(("age", (25.0, 45.0)),))
    by_name = dict(zip((g[0] for g in counts.groups), counts.rows.tolist(), strict=False))
    assert names(data, groups=("age",), bins=(("age", (25.0, 45.0)),)) == [
        "under 25", "25 to under 45", "45 or more", "not a number", None,
    ]  # fmt: skip
    assert by_name == {"under 25": 1, "25 to under 45": 2, "45 or more": 2, "not a number": 2, None: 1}


@pytest.mark.parametrize(
    ("bins", "code"),
    [
        ((("age", ()),), "bad_edges"),
        ((("age", (30.0, 20.0)),), "bad_edges"),
        ((("age", (20.0, 20.0)),), "bad_edges"),
        ((("age", (20.0, float("inf"))),), "bad_edges"),
        ((("age", (float("nan"),)),), "bad_edges"),
        ((("score", (0.5,)),), "bins_without_group"),
    ],
)
def test_edges_that_make_no_bins(bins, code):
    assert refusal_of({"age": ["1", "2"], "score": ["0", "1"]}, groups=("age",), bins=bins).code == code


@pytest.mark.parametrize(
    ("quartiles", "edges"),
    [
        ([29.7, 44.2, 61.8], (30, 40, 60)),
        ([0.21, 0.52, 0.74], (0.2, 0.6, 0.8)),
        ([21_000, 48_500, 103_000], (20_000, 40_000, 100_000)),
        ([-3.1, 0.2, 2.9], (-4, 0, 2)),
        ([1e-9, 2e-9, 4e-9], (1e-9, 2e-9, 4e-9)),
    ],
)
def test_edges_are_round_numbers_near_the_quartiles(quartiles, edges):
    low, middle, high = quartiles
    assert nice_edges(np.array([2 * low - high, low, middle, high, 2 * high])) == pytest.approx(edges, abs=0)


@pytest.mark.parametrize(
    "cells",
    [
        ["0"] * 300 + [str(114 * k) for k in range(1, 101)],  # capital gains: most have none
        [str(k) for k in range(1, 101)] + ["0"] * 301,
        ["1e300", "-1e300"] * 50 + [str(k % 40) for k in range(4000)],
        ["inf", "nan", "-inf"] * 20 + [str(k % 40 + 0.5) for k in range(2000)],
        [f"{k % 30}e-14" for k in range(300)],
    ],
    ids=["mostly zero", "mostly zero, sorted", "huge", "infinite", "tiny"],
)
def test_any_quantity_makes_at_least_two_groups(cells):
    result = audited({"x": cells}, groups=("x",))
    counts = [each.metrics["count"].value for each in result.groups[1:]]
    assert len(counts) >= 2
    assert sum(counts) == len(cells)


def test_dates_as_groups_are_said():
    data = {"day": ["2024-01-31", "31/01/2024", "2024-02-01", "31.01.2024"] * 10}
    assert "date_like_group" in codes(audited(data, groups=("day",)))


@pytest.mark.parametrize("role", ["label", "prediction"])
def test_an_answer_with_many_values_is_a_score(role):
    data = {"g": ["a", "b"] * 40, "x": [k / 80 for k in range(80)]}
    assert refusal_of(data, groups=("g",), **{role: "x"}).code == f"{role}_has_many_values"


def test_many_answers_behind_the_first_rows_are_found_too(monkeypatch):
    from aipm.fairness import columns

    monkeypatch.setattr(columns, "SAMPLE_ROWS", 10)
    data = {"g": ["a", "b"] * 100, "x": ["1"] * 20 + [k / 180 for k in range(180)]}
    assert (
        refusal_of(data, groups=("g",), prediction="x", prediction_positive=("1",)).code == "prediction_has_many_values"
    )
    late = {"g": ["a"] * 20 + [f"id{k}" for k in range(400)]}
    assert refusal_of(late, groups=("g",)).code == "id_like_group"


@pytest.mark.parametrize("role", ["label", "prediction", "score", "weight", "cluster"])
def test_a_column_that_is_not_there(role):
    refused = refusal_of({"g": ["a", "b"]}, groups=("g",), **{role: "Beeblebrox"})
    assert refused.code == "no_such_column"
    assert "Beeblebrox" not in refused.message


def test_names_of_columns_are_exact():
    data = {"race": ["a", "b"] * 5, "RACE": ["x"] * 10}
    assert names(data, groups=("race",)) == ["a", "b"]
    assert names(data, groups=("RACE",)) == ["x"]
    assert refusal_of(data, groups=("Race",)).code == "no_such_column"
    assert refusal_of(data, groups=("race",), where=(("Race", "a"),)).code == "no_such_column"


def test_no_column_at_all():
    assert refusal_of({"g": ["a"]}, groups=()).code == "no_group"


@pytest.mark.parametrize("threshold", [float("nan"), float("inf")])
def test_a_threshold_is_a_number(threshold):
    data = {"g": ["a", "b"], "s": ["0.1", "0.9"]}
    assert refusal_of(data, groups=("g",), score="s", threshold=threshold).code == "bad_threshold"


def test_one_column_may_play_several_roles():
    """Gender classification: the group is the truth."""
    data = {"sex": ["f", "m"] * 20, "said": ["f", "m", "m", "m"] * 10}
    result = audited(
        data, groups=("sex",), label="sex", label_positive=("f",), prediction="said", prediction_positive=("f",)
    )
    assert value(result, "accuracy", sex="f") == 0.5
    assert value(result, "accuracy", sex="m") == 1
