"""Proxies: Cramér's V against scipy and by hand, error rates where nothing is associated, and planted ones."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, kruskal
from scipy.stats.contingency import association

from aipm.fairness.alone import Crossed, Scan, scan
from aipm.fairness.alone_columns import Feature
from aipm.fairness.proxies import chance, cramers_v, ordered, proxies
from aipm.fairness.spec import AuditSpec
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


def test_it_asks_how_often_two_people_of_one_value_are_of_different_groups():
    group, value = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2]), np.array([0, 0, 0, 1, 1, 1, 0, 2, 2, 1])
    counts = np.zeros((3, 3))
    np.add.at(counts, (group, value), 1)
    share = counts.sum(1) / 10
    within = 0.0
    for one in range(10):
        partners = [k for k in range(10) if k != one and value[k] == value[one]]
        within += np.mean([(group[k] != group[one]) / share[group[one]] for k in partners]) / 10
    phi = 3 - 1 - 9 / 10 * within
    assert phi > 0.1
    assert cramers_v(counts)[0] == pytest.approx(np.sqrt(phi / 2))


def test_where_all_values_have_as_many_rows_it_is_the_unbiased_correlation_ratio():
    # Kelley 1935: ε² = 1 − (1 − η²) (n − 1) / (n − c), for two groups the share of explained variance.
    counts = np.array([[4.0, 1.0, 3.0, 0.0, 2.0], [0.0, 3.0, 1.0, 4.0, 2.0]])
    eta = association(counts.astype(int), method="cramer") ** 2
    assert cramers_v(counts)[0] ** 2 == pytest.approx(1 - (1 - eta) * 19 / 15)


def test_with_many_rows_a_value_it_is_the_one_corrected_for_bias():
    rng = np.random.default_rng(2)
    counts = rng.integers(50, 600, (3, 4))
    n, (r, c) = counts.sum(), counts.shape
    plain = association(counts, method="cramer")
    phi = plain**2 * (min(r, c) - 1) - (r - 1) * (c - 1) / (n - 1)
    most = min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1
    assert cramers_v(counts.astype(float))[0] == pytest.approx(np.sqrt(phi / most), abs=0.001)


@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(1, 30))
def test_the_interval_holds_the_value_and_stays_between_nothing_and_all(seed, groups, values):
    counts = np.random.default_rng(seed).poisson(1.5, (groups, values)).astype(float)
    counts = counts[counts.sum(1) > 0][:, counts.sum(0) > 0]
    value, low, high = cramers_v(counts)
    assert np.isnan([value, low, high]).all() or 0 <= low <= value <= high <= 1


def drawn(rng, *, values, rows, tells, groups=(0.5, 0.5)):
    """A table in which each value says so well of which group its people are, and its true V."""
    own = rng.choice(len(groups), values, p=groups)
    chances = (1 - tells) * np.array(groups)[:, None] + tells * np.eye(len(groups))[:, own]
    by_group = chances.mean(axis=1, keepdims=True)
    phi = float((chances**2 / by_group).sum()) / values - 1
    truth = np.sqrt(max(phi, 0.0) / (len(groups) - 1))
    made = rng.multinomial(rows, (chances / values).ravel()).reshape(chances.shape).astype(float)
    return made[:, made.sum(axis=0) > 0], truth


@pytest.mark.parametrize("tells", [0.0, 0.3, 0.7, 0.95])
@pytest.mark.parametrize(
    ("values", "rows", "groups"),
    [(100, 200, (0.5, 0.5)), (200, 320, (0.5, 0.5)), (100, 300, (0.7, 0.2, 0.1)), (100, 1_000, (0.5, 0.5))],
)
def test_the_interval_covers_where_a_value_has_few_rows(values, rows, groups, tells):
    rng, looks = np.random.default_rng(21), 300
    made = [drawn(rng, values=values, rows=rows, tells=tells, groups=groups) for _ in range(looks)]
    found = [(*cramers_v(table_), truth) for table_, truth in made]
    assert np.mean([low <= truth <= high for _, low, high, truth in found]) >= 0.93
    assert np.mean([low > truth for _, low, _, truth in found]) <= 0.05


@pytest.mark.parametrize("tells", [0.5, 0.9])
def test_few_rows_a_value_do_not_make_it_smaller_or_larger(tells):
    # Six rows a value: nearly none has a value of its own.
    rng = np.random.default_rng(3)
    found = [
        (cramers_v(table_)[0], truth)
        for table_, truth in (drawn(rng, values=60, rows=360, tells=tells) for _ in range(200))
    ]
    assert np.mean([value**2 - truth**2 for value, truth in found]) == pytest.approx(0, abs=0.015)


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


@pytest.mark.parametrize(
    ("rows", "columns", "size", "strength"),
    [(2, 2, 60, 0.25), (2, 2, 200, 0.1), (2, 2, 60, 0.0), (2, 20, 200, 0.3), (3, 40, 200, 0.3), (3, 5, 5_000, 0.1)],
)
def test_the_interval_covers_weak_and_sparse_tables_too(rows, columns, size, strength):
    # Half of the values are as much likelier in the first group as they are less likely in the last one.
    rng = np.random.default_rng(11)
    tilt = np.outer(np.linspace(1, -1, rows), np.where(np.arange(columns) % 2, 1, -1))
    p = 1 + tilt * strength * np.sqrt((rows - 1) / (tilt**2).mean())
    assert (p >= 0).all()
    inside = 0
    for drawn in rng.multinomial(size, p.ravel() / p.sum(), size=600):
        made = drawn.reshape(p.shape).astype(float)
        value, low, high = cramers_v(made[:, made.sum(0) > 0])
        assert low <= value <= high
        inside += low <= strength <= high
    # 600 samples tell a coverage to within .027; 95 % is claimed and a sparse table's may be a little less.
    assert inside / 600 >= 0.9


def test_the_interval_begins_above_nothing_where_the_test_says_so():
    # One degree of freedom: from χ² − 1 > 1.96 √2, or χ² > 3.77 (the test's own border is 3.84).
    for less, p_value in ((39, 0.05), (41, 0.05)):
        table_ = np.array([[50.0, 50.0], [100.0 - less + 3.0, less - 3.0]])
        assert (cramers_v(table_)[1] > 0) == (chance(table_) < p_value)


@pytest.mark.parametrize(("groups", "values", "size"), [(2, 100, 200), (5, 40, 50), (3, 2, 60)])
def test_in_sparse_tables_chance_is_called_rare_as_often_as_it_is(groups, values, size):
    rng, looks = np.random.default_rng(12), 1_000
    found = []
    for _ in range(looks):
        made = np.zeros((groups, values))
        np.add.at(made, (rng.integers(0, groups, size), rng.integers(0, values, size)), 1)
        found.append(chance(made[made.sum(1) > 0][:, made.sum(0) > 0]))
    for level in (0.05, 0.2):
        error = np.sqrt(level * (1 - level) / looks)
        assert abs(np.mean(np.array(found) < level) - level) < 4 * error


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


def test_names_that_hardly_anybody_shares_are_no_strong_proxy():
    rng = np.random.default_rng(6)
    sex = rng.choice(["f", "m"], 600)
    names = rng.integers(0, 90, 600).astype("<U9")
    names[:200] = [f"only {k}" for k in range(200)]
    found = found_in({"sex": sex, "name": names, "coin": rng.choice(["h", "t"], 600)})["name"]
    assert found.told == "too_few_a_value"
    assert (found.strength, found.low, found.high) == (None, None, None)


def test_a_name_of_ones_own_beside_names_that_tell_hides_nothing():
    sex = np.array(["f", "m"] * 300)
    names = np.where(sex == "f", "Ada", "Bob").astype("<U9")
    names[:200] = [f"only {k}" for k in range(200)]
    found = found_in({"sex": sex, "name": names})["name"]
    assert found.told == "strong"
    # Two thirds are told for certain; the others may be or not.
    assert found.strength == pytest.approx(np.sqrt(2 / 3), abs=0.01)
    assert found.low < np.sqrt(2 / 3)
    assert found.high == 1


def test_where_everybody_has_a_value_of_their_own_there_is_no_number():
    found = crossed([[1, 0] * 30, [0, 1] * 30]).found[0]
    assert (found.strength, found.low, found.high, found.told) == (None, None, None, "too_few_a_value")


def crossed(rows, missing=None, groups=("f", "m")):
    """Groups × values as the only column beside them."""
    rows = np.array(rows, float)
    lacking = np.zeros(len(rows)) if missing is None else np.array(missing, float)
    column = Crossed(feature=Feature(name="c", kind="category"), rows=rows, missing=lacking)
    return proxies(Scan(column="sex", groups=groups, crossed=(column,)))


@pytest.mark.parametrize(
    ("strength", "told"),
    [(0.505, "strong"), (0.495, "clear"), (0.305, "clear"), (0.295, "weak"), (0.105, "weak"), (0.095, "faint")],
)
def test_how_an_association_is_called_follows_cramers_v(strength, told):
    more, less = 5_000 * (1 + strength), 5_000 * (1 - strength)
    (found,) = crossed([[more, less], [less, more]]).found
    assert found.strength == pytest.approx(strength, abs=0.001)
    assert found.told == told


@pytest.mark.parametrize(("people", "told"), [(14, "not_enough_data"), (15, "strong")])
def test_from_thirty_rows_on_something_is_said(people, told):
    assert crossed([[people, 0], [0, people]]).found[0].told == told


@pytest.mark.parametrize(("size", "rows"), [(9, 200), (10, 210)])
@pytest.mark.parametrize("name", ["x", None])
def test_groups_of_under_ten_and_people_of_no_group_do_not_count(size, rows, name):
    found = crossed([[50, 50, 0], [50, 50, 0], [0, 0, size]], groups=("f", "m", name))
    counts = rows if name else 200
    assert (found.rows, found.found[0].rows) == (counts, counts)
    assert found.found[0].told == ("strong" if counts == 210 else "chance")


@pytest.mark.parametrize(
    ("rows", "missing", "by_missing"),
    [
        ([[90, 10], [10, 90]], (10, 12), False),  # the values tell it
        ([[50, 50], [50, 50]], (10, 12), False),  # nothing does
        ([[50, 50], [50, 50]], (80, 0), True),
        ([[5_200, 4_800], [4_800, 5_200]], (5_000, 0), True),  # the values tell next to nothing, however surely
        ([[7, 3], [3, 7]], (40, 0), True),  # of twenty values nothing is sure
        ([[90, 10], [10, 90]], (0, 0), False),
    ],
)
def test_what_only_being_missing_tells_is_said_so(rows, missing, by_missing):
    assert crossed(rows, missing).found[0].by_missing is by_missing


def test_missing_values_have_no_place_in_the_order_of_a_quantity():
    rng = np.random.default_rng(4)
    sex = np.repeat(["f", "m"], 300)
    pay = rng.normal(30, 5, 600) + 3 * (sex == "m")
    lacks = (sex == "f") & (rng.random(600) < 0.5)
    cells = np.where(lacks, "", pay.round(3).astype(str))
    found = found_in({"sex": sex, "pay": cells})["pay"]
    h = kruskal(pay[(sex == "f") & ~lacks], pay[sex == "m"]).statistic
    # Cut into ten parts the ranks lose a little.
    assert found.order == pytest.approx(np.sqrt((h - 1) / ((~lacks).sum() - 2)), abs=0.02)
    assert found.strength > found.order  # that the pay is missing tells more


def test_what_tells_all_is_one_and_what_cannot_be_told_is_no_number():
    value, low, high = cramers_v(np.array([[50.0, 0.0], [0.0, 50.0]]))
    assert value == pytest.approx(1)
    assert 0.8 < low < 1
    assert high == 1
    assert np.isnan(cramers_v(np.eye(2))).all()  # two people
    assert np.isnan(ordered(np.eye(3)))
    assert chance(np.array([[1.0, 1.0, 0.0, 1.0, 0.0], [0.0, 0.0, 1.0, 0.0, 1.0]])) == 1  # everybody of their own kind
    assert chance(np.array([[10.0, 0.0], [0.0, 10.0]])) < 0.001
