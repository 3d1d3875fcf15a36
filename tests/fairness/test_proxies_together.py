"""How well all columns together tell the group: planted ones found, chance called chance, every number its people's."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from aipm.fairness.alone_model import area, together
from aipm.fairness.proxies_together import proxies_together
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from tests.fairness.build import table
from tests.fairness.test_proxies import SPEC, found_in, people


def test_auc_is_that_of_scikit_learn():
    rng = np.random.default_rng(1)
    kind, chances = rng.integers(0, 3, 300), rng.dirichlet([1, 1, 1], 300).round(2)
    assert area(chances[:, 0], kind == 0)[0] == pytest.approx(roc_auc_score(kind == 0, chances[:, 0]))
    each = [roc_auc_score(kind == k, chances[:, k]) for k in range(3)]
    assert together(chances, kind)[0] == pytest.approx(np.average(each, weights=np.bincount(kind)))


def test_all_columns_together_tell_the_group_and_which_of_them_carry_it():
    found = proxies_together(table(people(2_000)), SPEC, "sex")
    assert found.told
    assert found.right_low > 0.87
    assert found.carriers[0].column == "title"
    assert found.carriers[-1].column == "hours"
    assert abs(found.carriers[-1].drop) < 0.01
    assert found.pairs == ()
    assert found == proxies_together(table(people(2_000)), SPEC, "sex")


def test_together_they_can_tell_what_none_tells_alone():
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, 2, 1_500), rng.integers(0, 2, 1_500)
    data = {"sex": np.where(left ^ right, "f", "m"), "left": left, "right": right}
    assert {each.told for each in found_in(data).values()} == {"chance"}
    assert proxies_together(table(data), SPEC, "sex").auc > 0.99


def test_they_do_so_among_columns_that_tell_nothing():
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, 2, 2_000), rng.integers(0, 2, 2_000)
    sure = rng.random(2_000) < 0.9
    data = {"sex": np.where((left ^ right) == sure, "f", "m"), **{f"q{k}": rng.normal(0, 1, 2_000) for k in range(6)}}
    found = proxies_together(table(data | {"left": left, "right": right}), SPEC, "sex")
    assert found.auc > 0.88  # of .9 that could be
    assert found.pairs == (("left", "right"),)
    assert {each.column for each in found.carriers[:2]} == {"left", "right"}
    assert found.carriers[2].drop < 0.02


def test_the_order_of_the_rows_does_not_matter():
    data = three_kinds(600)
    order = np.random.default_rng(9).permutation(600)
    assert proxies_together(table(data), SPEC, "sex") == proxies_together(
        table({name: np.asarray(cells)[order] for name, cells in data.items()}), SPEC, "sex"
    )


def test_columns_without_anything_to_do_with_it_tell_nothing_together():
    told = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        data = {"sex": rng.choice(["f", "m"], 400), "a": rng.choice(list("xyz"), 400), "q": rng.normal(0, 1, 400)}
        told += proxies_together(table(data), SPEC, "sex").told
    assert told <= 1


def test_small_groups_are_not_told_apart_and_said_so():
    data = people(400)
    data["sex"] = np.where(np.arange(400) < 20, "x", data["sex"])
    assert proxies_together(table(data), SPEC, "sex").groups_left_out == ("x",)


def test_with_one_group_there_is_nothing_to_tell_apart():
    with pytest.raises(Refusal, match="Fewer than two groups"):
        proxies_together(table({"sex": ["f"] * 50, "a": ["x", "y"] * 25}), SPEC, "sex")


def three_kinds(size=1_200, seed=8):
    """Three groups of 2 : 3 : 7 told by a colour, some people of none, and a few of a fourth."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(["f", "m", "x"], size, p=[2 / 12, 3 / 12, 7 / 12]).astype("<U2")
    colour = np.where(rng.random(size) < 0.8, sex, rng.choice(["f", "m", "x"], size))
    sex[:60] = ""
    sex[60:75] = "z"
    return {"sex": sex, "colour": colour, "coin": rng.choice(["h", "t"], size), "nr": np.arange(size)}


def test_every_number_of_all_columns_together_is_of_the_people_who_were_told_apart():
    data = three_kinds()
    found = proxies_together(table(data), SPEC, "sex")
    sizes = {name: int((data["sex"] == name).sum()) for name in "xmf"}
    assert {each.group: each.rows for each in found.groups} == sizes
    assert [each.group for each in found.groups] == ["x", "m", "f"]  # the largest first
    assert (found.rows, found.of) == (sum(sizes.values()), 1_200) == (1_125, 1_200)
    assert found.groups_left_out == ("z",)
    assert found.largest == pytest.approx(sizes["x"] / 1_125)
    assert found.right_low < found.right < found.right_high
    assert found.right > found.largest
    assert found.right == pytest.approx(0.8 + 0.2 / 3, abs=0.04)  # whose colour is theirs
    assert found.columns == ("colour", "coin")
    assert found.left_out == (("nr", "identifier"),)
    for each in found.groups:
        assert 0.5 < each.low < each.auc < each.high
    weights = [each.rows for each in found.groups]
    assert found.auc == pytest.approx(np.average([each.auc for each in found.groups], weights=weights))


def test_better_than_chance_is_where_the_interval_says_so():
    found = proxies_together(table(three_kinds()), SPEC, "sex")
    assert replace(found, low=0.501).told
    assert not replace(found, low=0.5).told


def test_of_very_many_groups_the_eight_largest_are_told_apart():
    names = [f"g{k}" for k in range(10) for _ in range(80 - k)]
    kinds = [name if k % 3 else "other" for k, name in enumerate(names)]
    found = proxies_together(table({"sex": names, "a": kinds}), SPEC, "sex")
    assert [each.group for each in found.groups] == [f"g{k}" for k in range(8)]
    assert found.groups_left_out == ("g8", "g9")


def test_a_quantity_as_the_group_is_told_apart_in_the_audits_parts():
    age = [18 + k % 60 for k in range(600)]
    data = {"age": age, "retired": ["yes" if each >= 65 else "no" for each in age], "coin": ["h", "t"] * 300}
    found = proxies_together(table(data), AuditSpec(groups=("age",), bins=(("age", (65.0,)),)), "age")
    assert [each.group for each in found.groups] == ["under 65", "65 or more"]
    assert found.auc > 0.99
