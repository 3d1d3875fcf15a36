"""Proxies: Cramér's V against scipy and by hand, error rates where nothing is associated, and planted ones."""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import chi2_contingency, kruskal
from scipy.stats.contingency import association
from sklearn.metrics import roc_auc_score

from aipm.fairness.alone import Crossed, Scan, scan
from aipm.fairness.alone_columns import Feature
from aipm.fairness.alone_model import area, together
from aipm.fairness.proxies import chance, cramers_v, ordered, proxies
from aipm.fairness.proxies_together import proxies_together
from aipm.fairness.spec import AuditSpec
from aipm.tables import Refusal
from tests.fairness.build import table

SPEC = AuditSpec(groups=("sex",))


def found_in(data, **spec):
    asked = AuditSpec(**{"groups": ("sex",), **spec})
    return {each.column: each for each in proxies(scan(table(data), asked, asked.groups[0])).found}


def people(size, seed=0):
    """A group, a column that follows it, one that nearly does, one that does not, and a running number."""
    rng = np.random.default_rng(seed)
    sex = rng.choice(["f", "m"], size)
    follows = np.where(rng.random(size) < 0.9, sex, np.where(sex == "f", "m", "f"))
    return {
        "sex": sex,
        "title": np.where(follows == "f", "Ms", "Mr"),
        "height": np.round(rng.normal(170, 7, size) + 10 * (sex == "m"), 1),
        "hours": rng.choice([20, 30, 40], size),
        "number": np.arange(size),
    }


def test_cramers_v_worked_out_by_hand():
    # φ² of [[30, 10], [10, 30]]: (30 × 30 − 10 × 10)² / 40⁴ = .25. Less 1/79: .237342; over 2 − 1/79 − 1 = .987342:
    # .240385, whose root is .490290 (Bergsma 2013, equations 4 to 6).
    assert cramers_v(np.array([[30.0, 10.0], [10.0, 30.0]]))[0] == pytest.approx(0.490290, abs=1e-6)


def test_without_its_correction_it_is_scipys():
    rng = np.random.default_rng(2)
    counts = rng.integers(5, 60, (3, 4))
    n, (r, c) = counts.sum(), counts.shape
    plain = association(counts, method="cramer")
    phi = plain**2 * (min(r, c) - 1) - (r - 1) * (c - 1) / (n - 1)
    most = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    assert cramers_v(counts.astype(float))[0] == pytest.approx(np.sqrt(max(phi, 0) / most))


def test_the_order_of_rows_and_columns_does_not_matter():
    counts = np.array([[9.0, 4.0, 7.0], [2.0, 8.0, 5.0], [6.0, 6.0, 30.0]])
    values = {round(cramers_v(counts[list(order)].T)[0], 12) for order in permutations(range(3))}
    assert len(values) == 1


def test_the_interval_covers_the_true_value():
    rng = np.random.default_rng(5)
    for shares in ([[0.3, 0.2], [0.2, 0.3]], [[0.2, 0.05, 0.05], [0.1, 0.2, 0.1], [0.05, 0.05, 0.2]]):
        p = np.array(shares)
        expected = p.sum(1, keepdims=True) * p.sum(0, keepdims=True)
        truth = np.sqrt(((p - expected) ** 2 / expected).sum() / (len(p) - 1))
        inside = 0
        for drawn in rng.multinomial(400, p.ravel(), size=400):
            _, low, high = cramers_v(drawn.reshape(p.shape).astype(float))
            inside += low <= truth <= high
        assert 0.92 <= inside / 400 <= 0.985


def test_with_many_rows_the_p_value_is_the_chi_square_one():
    counts = np.array([[400.0, 520.0, 610.0], [430.0, 480.0, 640.0]])
    assert chance(counts) == pytest.approx(chi2_contingency(counts).pvalue, rel=0.01)


def test_with_rare_values_the_p_value_is_that_of_shuffling():
    rng = np.random.default_rng(7)
    group = rng.permutation(np.repeat([0, 1], [150, 50]))
    value = np.repeat(np.arange(60), np.r_[np.full(20, 1), np.full(30, 3), np.full(10, 9)])

    def counts(order):
        made = np.zeros((2, 60))
        np.add.at(made, (order, value), 1)
        return made

    def statistic(made):
        expected = np.outer(made.sum(1), made.sum(0)) / made.sum()
        return ((made - expected) ** 2 / expected).sum()

    shuffled = np.array([statistic(counts(rng.permutation(group))) for _ in range(3_000)])
    for quantile in (0.5, 0.9, 0.95, 0.99):
        order = next(
            o
            for o in (rng.permutation(group) for _ in range(100_000))
            if abs(statistic(counts(o)) - np.quantile(shuffled, quantile)) < 0.5
        )
        assert chance(counts(order)) == pytest.approx(1 - quantile, abs=0.02)


def test_the_order_of_a_quantity_is_the_rank_based_effect_of_kruskal_and_wallis():
    rng = np.random.default_rng(3)
    sides = [rng.integers(0, 8, 60), rng.integers(2, 10, 80), rng.integers(0, 10, 50)]
    counts = np.array([np.bincount(side, minlength=10) for side in sides], float)
    h = kruskal(*sides).statistic
    assert ordered(counts[:, counts.sum(0) > 0]) == pytest.approx(np.sqrt((h - 2) / (190 - 3)))


def test_columns_without_anything_to_do_with_the_group_are_no_proxies():
    rng, hits, looks = np.random.default_rng(0), 0, 500
    sizes = (2, 5, 5, 10, 40)  # values of each column, the last one sparse: five rows a value
    for _ in range(looks):
        group = rng.integers(0, 3, 200)
        crossed = []
        for k, size in enumerate(sizes):
            rows = np.zeros((3, size))
            np.add.at(rows, (group, rng.integers(0, size, 200)), 1)
            crossed.append(Crossed(feature=Feature(name=f"c{k}", kind="category"), rows=rows, missing=np.zeros(3)))
        found = proxies(Scan(column="sex", groups=("f", "m", "x"), crossed=tuple(crossed)))
        hits += any(each.told != "chance" for each in found.found)
    assert hits / looks <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / looks)


def test_a_planted_proxy_is_found_and_its_strength_said():
    found = found_in(people(1_000))
    assert next(iter(found)) == "title"
    assert found["title"].told == "strong"
    assert found["title"].strength == pytest.approx(0.8, abs=0.05)
    assert found["height"].told in ("clear", "strong")
    assert found["height"].order > 0.4
    assert found["hours"].told == "chance"
    assert "number" not in found


def test_labels_decisions_scores_and_identities_are_left_out_and_said_so():
    rng = np.random.default_rng(0)
    data = people(200) | {
        "good": rng.choice(["yes", "no"], 200),
        "said": rng.choice(["yes", "no"], 200),
        "risk": rng.random(200).round(3),
        "words": [f"somebody wrote this about case {k}" for k in range(200)],
        "same": ["x"] * 200,
        "nothing": [""] * 200,
    }
    asked = AuditSpec(groups=("sex",), label="good", prediction="said", score="risk")
    left = dict(proxies(scan(table(data), asked, "sex")).left_out)
    assert left == {
        "number": "identifier", "good": "label", "said": "prediction", "risk": "score",
        "words": "text", "same": "constant", "nothing": "empty",
    }  # fmt: skip


def test_that_a_value_is_missing_can_tell_the_group():
    data = {"sex": ["f"] * 100 + ["m"] * 100, "army": [""] * 95 + ["yes"] * 5 + ["yes"] * 95 + [""] * 5}
    assert found_in(data)["army"].told == "strong"


def test_spellings_of_a_category_are_one():
    data = {"sex": ["f", "m"] * 100, "c": ["a", " A", "b", "B "] * 50}
    assert found_in(data)["c"].strength == pytest.approx(cramers_v(np.array([[50.0, 50.0], [50.0, 50.0]]))[0])


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
    assert found == proxies_together(table(people(2_000)), SPEC, "sex")


def test_together_they_can_tell_what_none_tells_alone():
    rng = np.random.default_rng(0)
    left, right = rng.integers(0, 2, 1_500), rng.integers(0, 2, 1_500)
    data = {"sex": np.where(left ^ right, "f", "m"), "left": left, "right": right}
    assert {each.told for each in found_in(data).values()} == {"chance"}
    assert proxies_together(table(data), SPEC, "sex").auc > 0.99


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
